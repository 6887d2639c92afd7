"""What was said before a booking holds on, also for another service."""

from __future__ import annotations

from talker import Talker

NAME, MAIL = "Ute Janßen", "u.janssen@example.org"


def test_a_day_is_kept_while_it_is_asked_which_service(citizen: Talker) -> None:
    citizen.say(
        "Termin für Pass nächsten Freitag vormittag in Hüls, für 2 Personen",
        "service_unclear",
        ["reisepass", "reisepass-express"],
        ["appointment"],
        district="Hüls",
    )
    assert citizen.slots["choices"] == ["reisepass", "reisepass-express"]
    reply = citizen.press("Reisepass beantragen")
    assert "Freitag, 27.11.2026" in reply
    assert "Bürgerbüro Hüls" in reply
    assert citizen.slots["dialogue"]["persons"] == 2


def test_the_number_of_a_choice_is_no_date(citizen: Talker) -> None:
    services = ["reisepass", "reisepass-express"]
    text = "Termin für Pass am Mittwoch"
    citizen.say(text, "service_unclear", services, ["appointment"])
    assert "Mittwoch, 25.11.2026" in citizen.say("der erste", "choose")


def test_the_button_below_an_answer_knows_the_day(citizen: Talker) -> None:
    text = "Hat das Bürgerbüro am Freitag für den Reisepass offen?"
    citizen.say(text, "service", ["reisepass"], ["opening_hours"])
    assert "Freitag, 27.11.2026" in citizen.press("Termin buchen")


def test_termin_alone_books_what_was_talked_about(citizen: Talker) -> None:
    citizen.say("was kostet der Reisepass?", "service", ["reisepass"], ["fee"])
    reply = citizen.say("dann bitte einen Termin", "service", ["volkshochschule"])
    assert citizen.slots["dialogue"]["service"] == "reisepass", reply


def test_a_day_of_another_matter_is_forgotten(citizen: Talker) -> None:
    text = "Hat das Bürgerbüro am Freitag für den Reisepass offen?"
    citizen.say(text, "service", ["reisepass"], ["opening_hours"])
    citizen.book("Termin für das Führungszeugnis", "fuehrungszeugnis")
    assert citizen.slots["dialogue"].get("wishes") is None


def test_no_second_way_is_shown_where_we_book(citizen: Talker) -> None:
    about = (["reisepass"], ["overview"])
    reply = citizen.say("Ich brauche einen Reisepass", "service", *about)
    assert "tevis.krzn.de/tevisweb" not in reply
    assert [b["title"] for b in citizen.buttons] == ["Termin buchen"]
    about = (["reisepass"], ["appointment"])
    reply = citizen.say("Brauche ich einen Termin dafür?", "service", *about)
    assert "tevis.krzn.de/tevisweb" not in reply


def test_another_service_takes_the_place_of_the_first(citizen: Talker) -> None:
    citizen.book("Termin für Personalausweis am Freitag in Hüls", "personalausweis")
    citizen.say("das erste", "choose")
    first = citizen.slots["dialogue"]["slot"]
    text = "ach nein, doch lieber für den Reisepass"
    reply = citizen.say(text, "service", ["reisepass"], ["overview"])
    assert "dann ein Termin für „Reisepass beantragen“" in reply
    assert "Freitag, 27.11.2026" in reply
    assert "Hüls" in reply
    assert citizen.slots["dialogue"]["service"] == "reisepass"
    assert first in citizen.slots["dialogue"]["offers"], "it was given back"


def test_what_was_told_holds_on_for_the_other_service(citizen: Talker) -> None:
    citizen.book("Termin für Personalausweis am Freitag", "personalausweis")
    citizen.say("das erste", "choose")
    citizen.say(NAME)
    citizen.say(MAIL)
    citizen.say("ich meinte die Ummeldung", "service", ["wohnsitz-ummelden"])
    citizen.say("das erste", "choose")
    assert citizen.step == "check"
    assert "gebucht" in citizen.say("ja", "affirm")


def test_a_question_about_another_service_switches_nothing(citizen: Talker) -> None:
    citizen.book("Termin für Personalausweis am Freitag", "personalausweis")
    text = "was kostet eigentlich ein Reisepass?"
    reply = citizen.say(text, "service", ["reisepass"], ["fee"])
    assert "70,00" in reply
    assert "Zurück zu Ihrem Termin" in reply
    assert citizen.slots["dialogue"]["service"] == "personalausweis"


def test_it_is_asked_which_of_several_is_meant(citizen: Talker) -> None:
    citizen.book("Termin für Personalausweis am Freitag", "personalausweis")
    services = ["reisepass", "reisepass-express"]
    reply = citizen.say("ich meinte den Reisepass", "service_unclear", services)
    assert "Wofür soll der Termin sein" in reply
    reply = citizen.press("Reisepass beantragen")
    assert "Freitag, 27.11.2026" in reply
    assert citizen.slots["dialogue"]["service"] == "reisepass"


def test_a_service_without_appointments_is_refused_kindly(citizen: Talker) -> None:
    citizen.book("Termin für Personalausweis am Freitag", "personalausweis")
    services = ["hundesteuer-anmelden"]
    reply = citizen.say("doch lieber Hund anmelden", "service", services)
    assert "kann ich hier keinen Termin buchen" in reply
    assert citizen.slots["dialogue"]["service"] == "personalausweis"


def test_another_place_is_no_other_service(citizen: Talker) -> None:
    citizen.book("Termin für Personalausweis am Freitag", "personalausweis")
    services = ["standesamt-uerdingen", "reisepass"]
    citizen.say("doch lieber in Uerdingen", "service", services, district="Uerdingen")
    assert citizen.slots["dialogue"]["service"] == "personalausweis"
    assert all("Uerdingen" in b["title"] for b in citizen.buttons)


def test_a_button_of_an_answer_above_switches_too(citizen: Talker) -> None:
    about = (["fuehrungszeugnis"], ["fee"])
    citizen.say("was kostet ein Führungszeugnis?", "service", *about)
    button = next(b for b in citizen.buttons if b["title"] == "Termin buchen")
    citizen.book("Termin für Personalausweis am Freitag", "personalausweis")
    citizen.slots["mentioned"] = None
    reply = citizen.press_choice(button["payload"])
    assert "dann ein Termin für „Führungszeugnis“" in reply
    assert "Freitag, 27.11.2026" in reply


def test_only_the_number_of_persons_changes(citizen: Talker) -> None:
    citizen.book("Termin für Reisepass am Freitag für 3 Personen")
    citizen.say("das erste", "choose")
    slot = citizen.slots["dialogue"]["slot"]
    citizen.say(NAME)
    citizen.say(MAIL)
    assert "Personen: 2" in citizen.say("doch nur zu zweit", "nlu_fallback")
    assert citizen.slots["dialogue"]["slot"] == slot
    assert "gebucht" in citizen.say("ja", "affirm")


def test_an_hour_later_is_counted_from_the_chosen_slot(citizen: Talker) -> None:
    citizen.book("Termin für Reisepass am Freitag in Hüls")
    citizen.say("das erste", "choose")
    citizen.say(NAME)
    reply = citizen.say("nein, lieber eine Stunde später", "deny")
    assert "Freitag, 27.11.2026, 9:30 Uhr" in reply


def test_the_purpose_is_told_on_demand(citizen: Talker) -> None:
    citizen.book("Termin für Reisepass am Freitag in Hüls")
    citizen.say("das erste", "choose")
    reply = citizen.say("Wozu brauchen Sie meinen Namen?", "aspect", [], ["contact"])
    assert "30 Tage danach werden sie gelöscht" in reply
    assert "Auf welchen Namen" in reply


def test_an_address_before_the_slot_is_kept(citizen: Talker) -> None:
    citizen.book("Termin für Reisepass am Freitag in Hüls")
    assert "Welcher Termin" in citizen.say(MAIL, "service", ["reisepass"])
    citizen.say("das erste", "choose")
    assert "Stimmt alles" in citizen.say(NAME)


def test_which_day_is_meant_is_asked_again_by_its_names(citizen: Talker) -> None:
    asked = citizen.book("Termin für Reisepass nächsten Freitag vormittag")
    assert "Meinen Sie Freitag, 27.11.2026" in asked

    again = citizen.say("Reisepass", "service", ["reisepass"], ["overview"])

    assert "Meinen Sie Freitag, 27.11.2026" in again
    assert citizen.buttons[0]["title"].startswith("Freitag, 27.11.2026")
    assert citizen.step == "which"
