"""Offices without a service, follow-ups, and what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest
from conversation import Conversation


def _start(talk: Conversation, service: str, *aspects: str, **understood: Any) -> str:
    return talk.say("action_answer", services=[service], aspects=aspects, **understood)


def _office(talk: Conversation, text: str, *aspects: str, **understood: Any) -> str:
    return talk.say(
        understood.pop("action", "action_answer"),
        text,
        intent=understood.pop("intent", "aspect"),
        aspects=aspects,
        **understood,
    )


@pytest.mark.parametrize(
    ("action", "intent", "services"),
    [
        ("action_answer", "aspect", ["fundbuero"]),
        ("action_answer", "service", ["melderegisterauskunft"]),
        ("action_ask_back", "service_unclear", ["fundbuero", "reisepass"]),
        ("action_fallback", "nlu_fallback", ["buergergeld"]),
    ],
)
def test_the_citizens_office_of_a_district_is_found_whatever_the_intent(
    talk: Conversation, action: str, intent: str, services: list[str]
) -> None:
    reply = _office(
        talk,
        "wo ist das nächste bürgerbüro in fischeln und wann hat das auf",
        "location",
        "opening_hours",
        action=action,
        intent=intent,
        services=services,
        district="Fischeln",
    )
    assert "Kölner Straße 517" in reply
    assert "kenne ich leider nicht sicher" in reply
    assert talk.state == (None, "location", "answered")
    assert "Fischeln" in _office(talk, "Telefonnummer?", "contact")


def test_without_a_district_the_main_office_is_meant_and_others_are_named(
    talk: Conversation,
) -> None:
    reply = _office(talk, "wo ist das bürgeramt", "location")
    assert reply.startswith("Bürgerbüro Mitte (Rathaus): Von-der-Leyen-Platz 1")
    assert "Weitere Bürgerbüros gibt es hier: " in reply
    assert "Fischeln" in reply
    assert "Linn" not in reply


def test_a_district_without_a_citizens_office_is_said(talk: Conversation) -> None:
    reply = _office(talk, "bürgerbüro forstwald?", "location", district="Forstwald")
    assert reply.startswith("In Forstwald kenne ich kein Bürgerbüro")
    assert "Von-der-Leyen-Platz 1" in reply


def test_the_town_hall_is_found_by_its_name_alone(talk: Conversation) -> None:
    reply = _office(talk, "Rathaus heute noch offen?", "opening_hours")
    assert reply.startswith("Rathaus Krefeld: jetzt geöffnet bis 12:30 Uhr")
    assert "Weitere Bürgerbüros" not in reply


@pytest.mark.parametrize(
    ("action", "intent"),
    [
        ("action_answer", "service"),
        ("action_answer", "aspect"),
        ("action_ask_back", "service_unclear"),
        ("action_fallback", "nlu_fallback"),
    ],
)
def test_the_office_that_was_asked_for_is_answered_whatever_the_intent(
    talk: Conversation, action: str, intent: str
) -> None:
    _office(talk, "heute noch offen?", "opening_hours")
    reply = _office(
        talk,
        "das Rathaus",
        "overview",
        action=action,
        intent=intent,
        services=["presse"],
    )
    assert reply.startswith("Rathaus Krefeld: jetzt geöffnet bis 12:30 Uhr")


@pytest.mark.parametrize("action", ["action_ask_back", "action_fallback"])
def test_a_service_in_the_citizens_office_is_no_question_about_the_office(
    talk: Conversation, action: str
) -> None:
    reply = _office(
        talk,
        "wo im Bürgerbüro krieg ich den Reisepass",
        "location",
        action=action,
        intent="nlu_fallback",
        services=["personalausweis", "reisepass"],
    )
    assert "Reisepass" in reply
    assert talk.slots["outcome"] == "asked_back"


@pytest.mark.parametrize(
    ("action", "intent"),
    [
        ("action_answer", "aspect"),
        ("action_ask_back", "service_unclear"),
        ("action_fallback", "nlu_fallback"),
        ("action_out_of_scope", "out_of_scope"),
    ],
)
def test_a_bare_day_asks_for_the_hours_whatever_the_intent(
    talk: Conversation, action: str, intent: str
) -> None:
    _start(talk, "personalausweis", "fee")
    reply = _office(talk, "und morgen?", "overview", action=action, intent=intent)
    assert "Dienstag, 24.11.2026 geöffnet" in reply
    assert talk.state == ("personalausweis", "opening_hours", "answered")


def test_the_weather_of_tomorrow_is_no_opening_hour(talk: Conversation) -> None:
    _start(talk, "personalausweis", "fee")
    reply = talk.say(
        "action_out_of_scope", "wie wird das Wetter morgen", intent="x", kind="weather"
    )
    assert "Wetter" in reply


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Heiligabend?", "Donnerstag, 24.12.2026 geschlossen (Heiligabend"),
        ("Rosenmontag?", "Montag, 8.2.2027"),
    ],
)
def test_a_day_far_ahead_is_told(talk: Conversation, text: str, part: str) -> None:
    _start(talk, "personalausweis", "overview")
    assert part in _office(talk, text, "overview", "deadline")


@pytest.mark.parametrize(
    "text",
    [
        "andere Frage: was kostet das",
        "was kostet eigentlich die Sterbeurkunde",
        "mein Nachbar lässt seit Wochen nachts laut Musik laufen was kostet ihn das",
    ],
)
def test_a_new_question_is_not_answered_about_the_topic_before(
    talk: Conversation, text: str
) -> None:
    _start(talk, "personalausweis", "overview")
    reply = _office(
        talk,
        text,
        "fee",
        action="action_fallback",
        intent="nlu_fallback",
        services=["sterbeurkunde", "laerm"],
    )
    assert "46,00" not in reply
    assert talk.slots["outcome"] in {"asked_back", "fallback"}


def test_a_message_that_names_its_service_is_no_follow_up(talk: Conversation) -> None:
    _start(talk, "kfz-zulassung", "fee")
    services = ["kfz-umschreibung", "wohnsitz-ummelden"]
    reply = _office(talk, "was kostet ummelden vom auto", "fee", services=services)
    assert reply.startswith("„Auto ummelden“ kostet")
    reply = _office(
        talk, "Muss ich den Reisepass mitbringen?", "documents", services=["reisepass"]
    )
    assert reply.startswith("Für „Auto ummelden“ brauchen Sie:")
    services = ["kita-beitrag", "abfallkalender"]
    assert "„Auto ummelden“" in _office(
        talk, "Was kostet das?", "fee", services=services
    )
    services = ["meldebescheinigung", "strassenschaden"]
    reply = _office(talk, "wo melde ich das", "location", services=services)
    assert reply.startswith("Für „Auto ummelden“ ist zuständig")


def test_a_citizen_may_return_to_a_topic(talk: Conversation) -> None:
    _start(talk, "hundesteuer-anmelden", "fee")
    reply = _office(
        talk,
        "Zurück zum Reisepass, was muss ich da mitbringen?",
        "documents",
        services=["reisepass"],
    )
    assert reply.startswith("Für „Reisepass beantragen“ brauchen Sie:")


def test_a_feast_is_a_day_and_no_firework(talk: Conversation) -> None:
    _start(talk, "mediothek", "opening_hours")
    reply = _start(talk, "feuerwerk", "overview", text="an Silvester?")
    assert "Donnerstag, 31.12.2026" in reply
    assert talk.slots["service"] == "mediothek"


def test_an_unsure_aspect_does_not_replace_the_one_that_was_asked(
    talk: Conversation,
) -> None:
    _office(talk, "ich brauche einen Termin", "appointment")
    message = talk.message(
        "für den Perso", services=["personalausweis"], aspects=["fee"]
    )
    message["understanding"]["aspects"][0]["confidence"] = 0.31
    assert "Termin" in talk.say_message("action_answer", message)
    assert talk.state == ("personalausweis", "appointment", "answered")


@pytest.mark.parametrize(
    "text", ["und was kostet das?", "Muss ich als Rentnerin dafür auch so viel zahlen?"]
)
def test_a_question_that_points_back_is_about_the_topic(
    talk: Conversation, text: str
) -> None:
    _start(talk, "personalausweis", "overview")
    reply = _office(
        talk, text, "fee", action="action_fallback", services=["sterbeurkunde"]
    )
    assert "46,00" in reply


def test_a_short_question_keeps_the_topic_though_services_look_likely(
    talk: Conversation,
) -> None:
    _start(talk, "personalausweis", "fee")
    services = ["melderegisterauskunft", "katasterauszug"]
    reply = _office(talk, "wo", "location", action="action_ask_back", services=services)
    assert "Von-der-Leyen-Platz 1" in reply
    assert talk.slots["service"] == "personalausweis"


def test_an_age_asks_for_the_price_of_the_topic(talk: Conversation) -> None:
    _start(talk, "reisepass", "fee")
    reply = _office(
        talk,
        "und für meinen Sohn, der ist 5",
        "overview",
        action="action_ask_back",
        services=["untersuchungsberechtigungsschein", "fuehrerschein-umtausch"],
        age=5,
    )
    assert reply.startswith("Mit 5 Jahren gilt")
    assert "37,50" in reply.splitlines()[0]


def test_a_death_is_not_booked_in_the_calendar_of_weddings(talk: Conversation) -> None:
    assert "traukalender" not in _start(talk, "sterbefall", "overview", "appointment")
    assert "traukalender" in _start(talk, "eheschliessung", "appointment")


def test_grief_is_answered_with_sympathy(talk: Conversation) -> None:
    reply = _start(talk, "sterbefall", text="Mein Mann ist letzte Woche verstorben.")
    assert reply.startswith("Das tut mir sehr leid. Für „Sterbefall anzeigen“")
    assert talk.slots["last_reply"] == reply
    reply = _start(talk, "sterbefall", text="Wie meldet ein Bestatter einen Todesfall?")
    assert not reply.startswith("Das tut mir")


@pytest.mark.parametrize(
    ("evidence", "service"), [(0.3, "museen"), (-0.8, "sperrmuell")]
)
def test_a_word_of_a_synonym_names_a_service_only_with_evidence(
    talk: Conversation, evidence: float, service: str
) -> None:
    _start(talk, "sperrmuell", "overview")

    talk.say(
        "action_answer",
        "und was kostet das Museum?",
        intent="aspect",
        services=["museen"],
        aspects=["fee"],
        evidence=evidence,
    )

    assert talk.slots["service"] == service


def test_a_long_free_choice_is_the_likeliest_one_and_no_shared_word(
    talk: Conversation,
) -> None:
    offered = ["behindertenparkausweis", "bewohnerparkausweis", "handwerkerparkausweis"]
    talk.say(
        "action_ask_back", "Parkausweis", intent="service_unclear", services=offered
    )

    talk.say(
        "action_ask_back",
        "na ich bin Elektriker und brauche den für den Transporter mit Leiter",
        intent="service_unclear",
        services=["handwerkerparkausweis", "kfz-umschreibung"],
    )

    assert talk.slots["service"] == "handwerkerparkausweis"
