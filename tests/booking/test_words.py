"""What a message in a booking does."""

from __future__ import annotations

import pytest

from kumpel.booking import words


@pytest.mark.parametrize(
    "text", ["ja", "Ja bitte", "stimmt alles", "ok", "na klar", "passt", "yes please"]
)
def test_a_yes_is_a_yes(text: str) -> None:
    assert words.is_yes(text)
    assert not words.is_no(text)


@pytest.mark.parametrize(
    "text", ["nein", "nein danke", "stimmt nicht", "das stimmt nicht", "nichts davon"]
)
def test_a_no_is_a_no(text: str) -> None:
    assert words.is_no(text)
    assert not words.is_yes(text)


@pytest.mark.parametrize(
    "text", ["jein", "ja nein", "ja aber die Mail ist falsch", "vielleicht", "", "🙂"]
)
def test_what_is_neither_is_asked_again(text: str) -> None:
    assert not words.is_yes(text)
    assert not words.is_no(text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("das zweite", 1),
        ("2", 1),
        ("den letzten", 3),
        ("ich nehme den ersten", 0),
        ("10 uhr", None),
        ("der um 10", None),
        ("am 2. Dezember", None),
        ("5", None),
    ],
)
def test_an_offer_is_chosen_by_its_number(text: str, number: int | None) -> None:
    assert words.ordinal(text, 4) == number


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("für 3 Personen", 3),
        ("zu zweit", 2),
        ("wir sind vier", 4),
        ("für mich und meine Tochter", 2),
        ("ich und meine Frau und zwei Kinder", 4),
        ("für meine Mutter und mich", 2),
        ("ich brauche einen Termin mit meinem Ausweis", None),
        ("um 10 Uhr", None),
        ("am 3.12.", None),
    ],
)
def test_persons_are_counted(text: str, count: int | None) -> None:
    assert words.persons_in(text) == count


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Termin absagen", "cancel"),
        ("ich muss meinen termin verschieben", "move"),
        ("wann ist mein Termin?", "show"),
        ("please cancel my appointment", "cancel"),
        ("wann is mein termin?", "show"),
        ("ich brauche einen Termin", None),
    ],
)
def test_what_is_wanted_of_an_appointment(text: str, wanted: str | None) -> None:
    assert words.manage_in(text) == wanted


def test_stop_back_and_corrections_are_told_apart() -> None:
    assert words.is_stop("abbrechen")
    assert not words.is_stop("doch lieber Mittwoch")
    assert words.is_back("zurück")
    assert not words.is_back("zurück zum Reisepass")
    assert words.corrects("nein doch lieber Mittwoch")
    assert words.wants_other_office("gibt es ein anderes Büro?")
    assert words.wants_earlier("geht es früher?")
    assert words.topic_of_change("die Mail war falsch") == "mail"


@pytest.mark.parametrize(
    "text", ["nee doch nicht, zurück", "go back", "einen Schritt zurück"]
)
def test_back_is_known_in_a_sentence(text: str) -> None:
    assert words.is_back(text)


@pytest.mark.parametrize("text", ["doch nicht", "nein danke", "vergiss es"])
def test_a_kind_no_stops_too(text: str) -> None:
    assert words.is_stop(text)
    assert not words.is_stop("die Mail stimmt doch nicht")


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("ja aber lieber eine Stunde später", 1),
        ("zwei stunden früher bitte", -2),
        ("eine halbe Stunde später", 0.5),
        ("später", 0),
    ],
)
def test_hours_are_counted(text: str, hours: float) -> None:
    assert words.hours_later(text) == hours


def test_another_service_is_wanted_or_only_asked_about() -> None:
    assert words.switches("ach nein, doch lieber für den Reisepass")
    assert words.switches("ich meinte die Ummeldung")
    assert not words.switches("was kostet eigentlich ein Reisepass?")


@pytest.mark.parametrize(
    "text", ["Termin buchen", "dann bitte einen Termin", "ich brauche einen Termin"]
)
def test_an_appointment_and_nothing_else_is_wanted(text: str) -> None:
    assert words.wants_to_book(text)
    assert not words.wants_to_book("Termin für den Reisepass")


def test_the_new_time_stands_behind_auf() -> None:
    assert words.new_time_in("Termin auf Mittwoch verschieben").strip().startswith("Mi")
    assert words.new_time_in("Termin am Freitag verschieben") == ""
