"""The questions of a booking, with their buttons and cards."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from actions.asking import load_choices
from actions.booking_talk import NO, STOP, YES, Talk, clock, joined
from actions.turn import Button
from kumpel.answers import formats
from kumpel.answers.choices import question as choice_question
from kumpel.answers.facts import HOTLINE
from kumpel.answers.wording import Wording
from kumpel.appointments.models import BookableOffice
from kumpel.booking import cards
from kumpel.booking.state import PERSONAL_STEPS
from kumpel.dates.describe import describe


def question(talk: Talk) -> tuple[str, list[Button]]:
    """Returns the question of the step, also for resuming after another one."""
    wording, step = talk.turn.wording, talk.state.step
    if step in _QUESTIONS:
        return _QUESTIONS[step](talk)
    if step == "shown":
        return wording.text("utter_appointment_what"), manage_buttons(talk)
    if step == "service":
        return _which_service(talk)
    if step == "change":
        return wording.text("utter_booking_change"), _change_buttons(talk)
    if step == "which":
        return which_time(talk)
    buttons = [talk.slot_button(each) for each in talk.state.offered_slots]
    return wording.text("utter_booking_which"), buttons


def which_time(talk: Talk) -> tuple[str, list[Button]]:
    """Asks which of the times is meant that a message may have named."""
    wording = talk.turn.wording
    options = [describe(when, wording.language) for when in talk.state.options]
    listed = formats.listing(options, wording.language)
    buttons = [
        talk.button(title, f"when:{number}") for number, title in enumerate(options)
    ]
    return wording.text("utter_booking_which_time", options=listed), buttons


def _which_service(talk: Talk) -> tuple[str, list[Button]]:
    wording = talk.turn.wording
    choices = load_choices(talk.turn, talk.state.services)
    text = choice_question(choices, wording, "utter_booking_which_service")
    buttons = [talk.button(c.name, f"for:{n}") for n, c in enumerate(choices)]
    return text, buttons


def _personal_question(talk: Talk) -> tuple[str, list[Button]]:
    wording, state, slot = talk.turn.wording, talk.state, talk.state.chosen
    stop = talk.named("utter_booking_stop_button", STOP)
    if state.step == "mail" and state.kind == "move":
        text = wording.text("utter_appointment_move_one_per_mail", phone=HOTLINE)
        stop = talk.named("utter_appointment_keep_button", STOP)
    elif state.step == "mail" and state.kind == "waitlist":
        text = wording.text("utter_waitlist_mail", name=talk.box.name)
    elif state.step == "mail":
        text = wording.text("utter_booking_mail", name=talk.box.name)
    elif state.step == "telephone":
        text = wording.text("utter_booking_telephone")
    elif state.step == "remark":
        office = talk.office(slot.office) if slot else None
        label = (office and office.remark_label) or "Angabe"
        text = wording.text("utter_booking_remark", label=label)
    elif state.step == "credentials":
        text = wording.text("utter_appointment_number")
    elif state.kind == "waitlist":
        text = wording.text("utter_waitlist_name")
    else:
        text = " ".join([kept_sentence(talk), wording.text("utter_booking_name")])
    return text, [stop]


def kept_sentence(talk: Talk) -> str:
    """Says which slot is held, and until when."""
    state, slot = talk.state, talk.state.chosen
    until = state.expires_at and clock(datetime.fromisoformat(state.expires_at))
    text = slot and talk.slot_text(slot)
    return talk.turn.wording.text("utter_booking_kept", slot=text, until=until)


def _check(talk: Talk) -> tuple[str, list[Button]]:
    wording, box, slot = talk.turn.wording, talk.box, talk.state.chosen
    service = talk.service.name
    if talk.state.kind == "waitlist":
        before = slot and formats.full_day(slot.day, wording.language)
        lines = [wording.text("utter_waitlist_check", service=service, mail=box.mail)]
        if before:
            lines.append(wording.text("utter_waitlist_before", day=before))
        lines += [mail_sentence(talk), wording.text("utter_waitlist_consent")]
        return joined(lines), [
            talk.named("utter_yes_button", YES),
            talk.named("utter_booking_stop_button", STOP),
        ]
    lines = [f"- {text}" for text in _read_back(talk)]
    text = joined(
        [
            wording.text("utter_booking_check"),
            *lines,
            wording.text("utter_booking_consent"),
        ]
    )
    return text, [
        talk.named("utter_booking_yes_button", YES),
        talk.named("utter_booking_change_button", NO),
        talk.named("utter_booking_stop_button", STOP),
    ]


def _read_back(talk: Talk) -> list[str]:
    """Lists "label: value" of all that was told."""
    wording, box, slot = talk.turn.wording, talk.box, talk.state.chosen
    persons = talk.state.persons if talk.state.persons > 1 else None
    items = [
        wording.text("utter_booking_check_service", service=talk.service.name),
        wording.text("utter_booking_check_persons", count=persons),
        wording.text("utter_booking_check_when", slot=slot and talk.slot_text(slot)),
        wording.text("utter_booking_check_name", name=box.name),
        wording.text("utter_booking_check_mail", mail=box.mail),
        wording.text("utter_booking_check_telephone", telephone=box.telephone),
        wording.text("utter_booking_check_remark", remark=box.remark),
    ]
    return [text for text in items if text]


def preview(talk: Talk) -> dict[str, Any] | None:
    """Makes the card that reads a booking back."""
    wording = talk.turn.wording
    if talk.state.kind != "booking":
        return None
    pairs = [text.partition(": ") for text in _read_back(talk)]
    return cards.preview_card(
        wording.text("utter_booking_check").rstrip(":"),
        [(label, value) for label, _, value in pairs],
        wording.text("utter_booking_consent"),
    )


def _change_buttons(talk: Talk) -> list[Button]:
    return [
        talk.named("utter_booking_change_time", "change:time"),
        talk.named("utter_booking_change_office", "change:office"),
        talk.named("utter_booking_change_name", "change:name"),
        talk.named("utter_booking_change_mail", "change:mail"),
    ]


def manage_buttons(talk: Talk) -> list[Button]:
    """Makes the buttons of an appointment that was looked up."""
    return [
        talk.named("utter_appointment_move_button", "move"),
        talk.named("utter_appointment_cancel_button", "cancel"),
        talk.named("utter_appointment_keep_button", STOP),
    ]


def _sure(talk: Talk) -> tuple[str, list[Button]]:
    wording, slot = talk.turn.wording, talk.state.chosen
    text = slot and talk.slot_text(slot)
    if talk.state.kind == "move":
        asked = wording.text("utter_appointment_sure_move", slot=text)
        yes = "utter_appointment_move_button"
    else:
        asked = wording.text("utter_appointment_sure_cancel", slot=text)
        yes = "utter_appointment_cancel_button"
    return asked, [
        talk.named(yes, YES),
        talk.named("utter_appointment_keep_button", STOP),
    ]


_QUESTIONS: Mapping[str, Callable[[Talk], tuple[str, list[Button]]]] = {
    **dict.fromkeys(PERSONAL_STEPS, _personal_question),
    "check": _check,
    "sure": _sure,
}


def hint_sentence(office: BookableOffice | None, wording: Wording) -> str:
    """Says what every citizen of an office must be told; empty where it is nothing.

    What an office writes stays German. Only that the hours are examples is known as
    such, and said in the language of the conversation.
    """
    if office is None or not office.hint:
        return ""
    name = "utter_booking_demonstration"
    # A model trained before there was such a text has only the office's own words.
    if office.is_demonstration and wording.has(name):
        return wording.text(name)
    return office.hint


def mail_sentence(talk: Talk, sent: str = "") -> str:
    """Says what becomes of a mail, as it is: in a demonstration none is sent.

    Args:
        talk: The talk.
        sent: The response where the portal sends it; without it that goes unsaid.
    """
    way = talk.desk.mail_way()
    names = {"sent": sent, "kept": "utter_mail_kept"}
    if sent:
        names["elsewhere"] = "utter_mail_elsewhere"
    name = names.get(way)
    return talk.turn.wording.text(name) if name else ""
