"""Questions and follow-ups, with the real portal behind them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from conversation import Conversation
from rasa_sdk.executor import ActionExecutor

from kumpel.aspects import ASPECTS
from kumpel.portal_client import transport


def _ask(talk: Conversation, text: str, *aspects: str, **understood: Any) -> str:
    return talk.say(
        "action_answer", text, intent="aspect", aspects=aspects, **understood
    )


def _start(talk: Conversation, service: str, *aspects: str, **understood: Any) -> str:
    return talk.say("action_answer", services=[service], aspects=aspects, **understood)


def test_the_combined_answer_holds_everything_a_citizen_needs(
    talk: Conversation,
) -> None:
    reply = _start(talk, "personalausweis", "overview")
    for part in (
        "Bürgerbüro Mitte",
        "Termin",
        "geöffnet bis 12:30 Uhr",
        "Mitbringen: ",
        "46,00 €",
        "27,60 €",
        "Von-der-Leyen-Platz 1",
        "https://tevis.krzn.de",
    ):
        assert part in reply
    assert (
        reply.splitlines()[-1] == "Quelle: service.krefeld.de, Stand 02/2026 (Gebühr)"
    )
    assert talk.state == ("personalausweis", "overview", "answered")


def test_a_follow_up_keeps_the_service(talk: Conversation) -> None:
    _start(talk, "personalausweis", "overview")
    assert "46,00 €" in _ask(talk, "und was kostet das?", "fee")
    assert talk.state == ("personalausweis", "fee", "answered")
    reply = _ask(talk, "meine tochter ist 17", "fee", age=17)
    assert reply.startswith("Mit 17 Jahren gilt")
    assert "27,60 €" in reply.splitlines()[0]
    assert "46,00" not in reply.splitlines()[0]
    reply = _ask(
        talk, "und geht das auch in fischeln?", "location", district="Fischeln"
    )
    assert reply.startswith("In Fischeln: Bürgerbüro Fischeln")
    reply = _ask(talk, "wann haben die auf?", "opening_hours")
    assert "Bürgerbüro Fischeln" in reply
    assert "kenne ich leider nicht sicher" in reply
    assert "02151 86-0" in reply


def test_a_district_without_an_office_is_said(talk: Conversation) -> None:
    _start(talk, "hundesteuer-anmelden", "overview")
    reply = _ask(talk, "und in Hüls?", "location", district="Hüls")
    assert "In Hüls kenne ich dafür keine Stelle" in reply
    assert "Petersstraße 9" in reply


def test_a_topic_is_left_and_taken_up_again(talk: Conversation) -> None:
    _start(talk, "personalausweis", "overview")
    _start(talk, "hundesteuer-anmelden", "fee")
    assert talk.state == ("hundesteuer-anmelden", "fee", "answered")
    _start(talk, "personalausweis", "documents")
    assert "46,00 €" in _ask(talk, "und was kostet das?", "fee")


def test_two_aspects_are_answered_in_one_message(talk: Conversation) -> None:
    reply = _start(talk, "wohnsitz-ummelden", "documents", "opening_hours")
    assert "Wohnungsgeberbestätigung" in reply
    assert "jetzt geöffnet bis 12:30 Uhr" in reply
    assert reply.count("Quelle: ") == 2
    assert talk.state == ("wohnsitz-ummelden", "documents", "answered")


def test_two_requests_are_answered_in_one_message(talk: Conversation) -> None:
    parts = [
        {"text": "Pass", "service": "reisepass", "aspects": ["fee"]},
        {"text": "Sofa", "service": "sperrmuell", "aspects": ["appointment"]},
    ]
    reply = _start(talk, "reisepass", "fee", parts=parts)
    assert "70,00 €" in reply
    assert "02151 582-180" in reply
    assert talk.state == ("reisepass", "fee", "answered")


def test_hours_of_a_named_day_are_told(talk: Conversation) -> None:
    _start(talk, "personalausweis", "overview")
    reply = _ask(talk, "haben die am 24.12. auf?", "opening_hours")
    assert "Donnerstag, 24.12.2026 geschlossen (Heiligabend" in reply
    reply = _ask(talk, "und am Freitag?", "opening_hours")
    assert "am Freitag, 27.11.2026 geöffnet 8:00–12:30 Uhr" in reply
    reply = _ask(talk, "an Weihnachten?", "opening_hours")
    assert "25.12.2026 geschlossen (Erster Weihnachtstag)" in reply


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T07:00:00+01:00", "noch geschlossen, öffnet heute um 8:00 Uhr"),
        (
            "2026-11-23T12:45:00+01:00",
            "gerade geschlossen, heute wieder geöffnet ab 13:00 Uhr",
        ),
        (
            "2026-11-23T17:00:00+01:00",
            "schon geschlossen, wieder geöffnet morgen ab 8:00 Uhr",
        ),
        (
            "2026-11-27T13:00:00+01:00",
            "geschlossen, wieder geöffnet am Montag ab 8:00 Uhr",
        ),
        (
            "2026-11-28T10:00:00+01:00",
            "heute geschlossen, wieder geöffnet übermorgen ab 8:00",
        ),
        (
            "2026-12-25T10:00:00+01:00",
            "(Erster Weihnachtstag), wieder geöffnet am Montag, 4.1.",
        ),
    ],
)
def test_whether_an_office_is_open_now_is_told(
    talk: Conversation,
    portal_url: str,
    use_portal: Callable[..., Any],
    now: str,
    expected: str,
) -> None:
    use_portal(portal_url, now=now)
    assert expected in _start(talk, "personalausweis", "opening_hours")


def test_an_office_is_answered_without_a_service(talk: Conversation) -> None:
    reply = _ask(
        talk,
        "wann hat die Mediothek auf?",
        "opening_hours",
        office="Mediothek Krefeld (Stadtbibliothek)",
    )
    assert "Di–Fr: 11:00–19:00 Uhr" in reply
    assert talk.slots["outcome"] == "answered"
    assert "Theaterplatz 2" in _ask(talk, "und wo ist das?", "location")
    assert "02151 86-0" in _ask(talk, "Telefon?", "contact")
    reply = talk.say("action_source", intent="source")
    assert "Die Angaben zu „Mediothek Krefeld“" in reply


def test_another_office_than_the_service_s_is_answered_alone(
    talk: Conversation,
) -> None:
    _start(talk, "personalausweis", "overview")
    reply = _ask(
        talk, "wann hat die mediothek auf?", "opening_hours", office="mediothek"
    )
    assert reply.startswith("Mediothek Krefeld")
    assert talk.slots["service"] is None
    assert "Theaterplatz 2" in _ask(talk, "und wo ist das?", "location")


@pytest.mark.parametrize("action", ["action_answer", "action_fallback"])
def test_an_office_is_found_by_one_of_its_names(
    talk: Conversation, action: str
) -> None:
    reply = talk.say(
        action,
        "wann hat das Bürgerbüro Mitte am 24.12. auf?",
        intent="aspect" if action == "action_answer" else "nlu_fallback",
        aspects=["opening_hours"],
    )
    assert "Bürgerbüro Mitte (Rathaus): am Donnerstag, 24.12.2026 geschlossen" in reply
    reply = talk.say("action_fallback", "und am Freitag?", intent="nlu_fallback")
    assert "am Freitag, 27.11.2026 geöffnet 8:00–12:30 Uhr" in reply
    reply = talk.say("action_fallback", "Rathaus?", intent="nlu_fallback")
    assert "Rathaus Krefeld" not in reply or "Von-der-Leyen-Platz 1" in reply


def test_open_today_without_a_place_asks_which(talk: Conversation) -> None:
    reply = _ask(talk, "heute noch offen?", "opening_hours")
    assert "Welche Stelle meinen Sie?" in reply
    assert talk.state == (None, "opening_hours", "fallback")
    reply = _start(talk, "personalausweis", "overview")
    assert "Mo–Mi: 8:00–12:30" in reply
    assert talk.state == ("personalausweis", "opening_hours", "answered")


def test_an_aspect_without_a_service_asks_what_it_is_about(talk: Conversation) -> None:
    assert "Worum geht es?" in _ask(talk, "was kostet das?", "fee")
    assert talk.state == (None, "fee", "fallback")


def test_stations_are_named_by_street_place_and_district(talk: Conversation) -> None:
    reply = _start(
        talk,
        "hundekotbeutel",
        "location",
        text="bei der Ispelsstraße?",
        street="Ispelsstraße",
    )
    assert "Ispelsstraße / Tannenstraße" in reply
    assert "Viersener" not in reply
    reply = talk.say("action_fallback", "und am elfrather see?", intent="nlu_fallback")
    assert "Elfrather See, Parkplatz Asberger Straße" in reply
    assert talk.state == ("hundekotbeutel", "location", "answered")
    reply = _ask(talk, "und in Linn?", "location", district="Linn")
    assert "Greiffenhorstpark" in reply
    reply = _ask(talk, "die ist aber leer", "contact")
    assert "maak-et.de" in reply


def test_an_english_question_gets_an_english_answer(talk: Conversation) -> None:
    talk.slots["language"] = "en"
    reply = _start(talk, "personalausweis", "overview", "fee")
    for part in (
        "Responsible for “Personalausweis beantragen”",
        "open now until 12:30",
        "Bring along:",
        "46,00 €",
        "Source: service.krefeld.de",
    ):
        assert part in reply
    assert "Quelle" not in reply


def test_doubtful_facts_are_told_as_doubtful(talk: Conversation) -> None:
    reply = _start(talk, "fundbuero", "documents")
    assert "Das ist nicht sicher (Stand 2016), bitte unter 02151 86-0 prüfen." in reply
    reply = _start(talk, "hundekotbeutel", "eligibility")
    assert "Nicht sicher bestätigt: heutige Gesamtzahl" in reply


def test_what_is_not_known_is_said(talk: Conversation) -> None:
    reply = _start(talk, "fundbuero", "fee")
    assert "weiß ich leider nicht sicher" in reply
    assert "02151 86-0" in reply
    reply = _start(talk, "kfz-zulassung", "deadline")
    assert reply.startswith("Das weiß ich zu „Auto neu zulassen“ leider nicht sicher.")


def test_a_status_is_never_invented(talk: Conversation) -> None:
    reply = _start(talk, "reisepass", "status")
    assert "kann ich nicht einsehen" in reply
    assert "02151 86-0" in reply


def test_a_form_of_the_embedded_portal_is_marked_as_demonstration(
    talk: Conversation,
) -> None:
    reply = _start(talk, "meldebescheinigung", "form")
    assert "http" in reply
    assert "Vorführung" in reply or "service.krefeld.de" in reply


def test_a_service_that_the_portal_does_not_know_ends_in_a_number(
    talk: Conversation,
) -> None:
    reply = _start(talk, "zauberei", "fee")
    assert "02151 86-0" in reply
    assert "zauberei" not in reply
    assert talk.state == ("zauberei", "fee", "handoff")


def test_every_answer_about_every_service_is_whole_and_leaks_nothing(
    talk: Conversation, portal_url: str, use_portal: Callable[..., Any]
) -> None:
    from datetime import datetime

    from actions.facts_loader import FactsLoader
    from kumpel.answers.facts import Question
    from kumpel.answers.sections import SECTIONS
    from kumpel.answers.wording import Wording
    from kumpel.clock import TIME_ZONE

    assert set(SECTIONS) == set(ASPECTS)
    client = use_portal(portal_url)
    now = datetime(2026, 11, 23, 10, 15, tzinfo=TIME_ZONE)
    slugs = [summary.slug for summary in client.services().value]
    wordings = [
        Wording(talk.domain["responses"], language) for language in ("de", "en")
    ]
    for slug in slugs:
        facts = FactsLoader(client, now).service(slug, Question(), None)
        for aspect, section in SECTIONS.items():
            for wording in wordings:
                told = section(facts, wording)
                text = told.text
                where = f"{slug} {aspect} {wording.language}: {text}"
                assert "None" not in text, where
                assert "{" not in text, where
                assert "utter_" not in text, where
                assert "\n\n" not in text, where
                assert ".." not in text.replace("...", ""), where
                first = text.splitlines()[0]
                assert not first.startswith("- "), where
                assert text.splitlines()[-1].startswith(("Quelle: ", "Source: ")), where
                if "-" in slug and slug not in text.lower().split():
                    assert f" {slug} " not in text, where
                assert len(text) < 3500, where


def test_the_portal_stops_in_mid_conversation(
    make_portal: Callable[[], Any],
    use_portal: Callable[..., Any],
    executor: ActionExecutor,
    domain: dict[str, Any],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(transport, "MAXIMUM_AGE_IN_SECONDS", 0)
    monkeypatch.setattr(transport, "OPEN_FOR_SECONDS", 0.2)
    portal = make_portal()
    use_portal(portal.url)
    talk = Conversation(executor, domain)
    _start(talk, "personalausweis", "overview")
    portal.stop()
    reply = _ask(talk, "und was kostet das?", "fee")
    assert reply.startswith(
        "Ich erreiche die Auskunft der Stadt gerade nicht. Das sind"
    )
    assert "vom 23.11.2026, 10:15 Uhr." in reply
    assert "46,00 €" in reply
    assert talk.state == ("personalausweis", "fee", "answered")
    reply = _ask(talk, "und in Fischeln?", "location", district="Fischeln")
    assert reply.startswith("Ich erreiche die Auskunft") or "nicht sicher" in reply
    assert "Bürgerbüro Mitte" not in reply
    assert talk.state == ("personalausweis", "location", "answered")
    reply = _start(talk, "reisepass", "fee")
    assert reply.startswith("Ich erreiche die Auskunft der Stadt gerade nicht.")
    assert reply.endswith("oder rufen Sie unter 02151 86-0 an.")
    assert talk.state == ("reisepass", "fee", "handoff")
    assert "112" in talk.say("action_emergency", intent="emergency", kind="fire")
    assert "02151 86-0" in talk.say("action_human", intent="human")
    portal.start()
    assert "70,00 €" in _ask(talk, "und jetzt?", "fee")


def test_another_district_after_a_buergerbuero_means_the_one_there(
    talk: Conversation,
) -> None:
    _ask(talk, "Öffnungszeiten Bürgerbüro Hüls", "opening_hours", office="Hüls")
    assert talk.slots["place"] == "buergerbuero-huels"

    reply = _ask(talk, "und in Fischeln?", "location", district="Fischeln")

    assert "Bürgerbüro Fischeln" in reply
    assert talk.state == (None, "opening_hours", "answered")
    assert talk.slots["place"] == "buergerbuero-fischeln"
    reply = _ask(talk, "wo ist das denn in Uerdingen", "location", district="Uerdingen")
    assert "Bürgerbüro Uerdingen" in reply
    assert talk.slots["aspect"] == "location"


def test_whether_an_office_wants_an_appointment_depends_on_the_matter(
    talk: Conversation,
) -> None:
    _ask(talk, "Bürgerbüro Hüls", "location", office="Bürgerbüro Hüls")

    reply = _ask(talk, "brauche ich da einen Termin?", "appointment")

    assert reply.startswith("Ob Sie einen Termin brauchen, hängt vom Anliegen ab.")
    assert "02151 86-0" in reply
    assert talk.slots["pending_aspects"] == ["appointment"]


def test_a_mere_office_answers_which_one_was_asked_about(talk: Conversation) -> None:
    _ask(talk, "wann habt ihr heute auf", "opening_hours")
    assert talk.slots["pending_aspects"] == ["opening_hours"]

    # By itself it looks like a question for the address.
    reply = _ask(talk, "das Rathaus", "location")

    assert "Rathaus Krefeld: jetzt geöffnet" in reply
    assert talk.slots["aspect"] == "opening_hours"
