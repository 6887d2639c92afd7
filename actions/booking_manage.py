"""Looking up, cancelling and moving an appointment; waiting for an earlier one."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import timedelta

from actions.booking_questions import mail_sentence, manage_buttons
from actions.booking_search import HORIZON_IN_DAYS, Heard, hear, offer
from actions.booking_steps import ask, done, give_back, next_step
from actions.booking_talk import BEGIN_CANCEL, BEGIN_MOVE, STOP, Talk
from actions.turn import HANDOFF, IN_DIALOGUE, Reply, Turn
from kumpel.answers.facts import HOTLINE
from kumpel.appointments.credentials import code_in, credentials_in, number_in
from kumpel.appointments.models import Appointment, WaitingWish
from kumpel.booking import words
from kumpel.booking.box import APPOINTMENT, open_box
from kumpel.booking.state import State
from kumpel.errors import (
    AppointmentNotFoundError,
    InvalidPersonError,
    LockedError,
    NotBookableError,
    NotCancellableError,
    SlotTakenError,
    TooManyAppointmentsError,
    UncertainError,
    WrongCodeError,
)

logger = logging.getLogger(__name__)

_ALIVE = frozenset({"reserved", "preconfirmed", "confirmed"})
_SECONDS_PER_MINUTE = 60
#: What the buttons do that work at any time.
BEGINNINGS = {BEGIN_MOVE: "move", BEGIN_CANCEL: "cancel"}


def begin(turn: Turn, intent: str) -> Reply:
    """Begins by a button, with number and code if they are known."""
    state = State("manage", "credentials", began=turn.now.isoformat(), intent=intent)
    box = open_box(turn.slots.get(APPOINTMENT), turn.secret)
    return manage(replace(Talk.of(turn, state), box=box))


def manage(talk: Talk) -> Reply:
    """Does what is wanted of an appointment, once number and code are known."""
    talk = _with_credentials(talk)
    if talk.box.credentials is None:
        return ask(talk.at(step="credentials"))
    found = _find(talk)
    if isinstance(found, Reply):
        return found
    talk = talk.at(
        service=found.service or talk.state.service,
        persons=found.persons,
        slot=found.slot.token,
    )
    if found.status not in _ALIVE:
        return talk.end([talk.turn.wording.text("utter_appointment_over")])
    if talk.state.intent == "cancel":
        return ask(talk.at(step="sure"))
    if talk.state.intent == "move":
        return begin_move(talk)
    return _show(talk, found)


def _with_credentials(talk: Talk) -> Talk:
    """Takes number and code from the message, also one after the other."""
    found = credentials_in(talk.text)
    if found:
        return talk.knowing(
            process_id=found.process_id, auth_key=found.auth_key, said=talk.text
        )
    number, code = number_in(talk.text), code_in(talk.text)
    if number and not talk.box.credentials:
        talk = talk.knowing(process_id=number)
    if code and talk.box.process_id and not number:
        talk = talk.knowing(auth_key=code, said=talk.text)
    return talk


def take_credentials(talk: Talk) -> Reply:
    """Reads the answer to the question for number and code."""
    before = talk.box
    talk = _with_credentials(talk)
    wording = talk.turn.wording
    if talk.box.credentials:
        return manage(talk)
    stop = talk.named("utter_booking_stop_button", STOP)
    if talk.box.process_id and talk.box != before:
        return talk.say([wording.text("utter_appointment_code")], [stop])
    talk = talk.at(misses=talk.state.misses + 1)
    return talk.say([wording.text("utter_appointment_number_again")], [stop])


def without_code(talk: Talk) -> Reply:
    """Names the ways out where number or code are lost."""
    text = talk.turn.wording.text("utter_appointment_lost", phone=HOTLINE)
    stop = talk.named("utter_booking_stop_button", STOP)
    return talk.say([text], [stop])


def _find(talk: Talk) -> Appointment | Reply:
    credentials = talk.box.credentials
    wording = talk.turn.wording
    forgotten = talk.knowing(auth_key="", process_id="").at(step="credentials")
    stop = talk.named("utter_booking_stop_button", STOP)
    if credentials is None:
        return ask(forgotten)
    try:
        return talk.desk.find(credentials)
    except LockedError as error:
        minutes = -(-error.retry_in_seconds // _SECONDS_PER_MINUTE)
        text = wording.text("utter_appointment_locked", minutes=minutes)
        return talk.end([text], outcome=HANDOFF)
    except (WrongCodeError, AppointmentNotFoundError):
        # Both alike: nobody shall learn which numbers there are.
        return forgotten.say([wording.text("utter_appointment_not_found")], [stop])
    except NotBookableError:
        return talk.end([wording.text("utter_booking_elsewhere")], outcome=HANDOFF)


def _show(talk: Talk, found: Appointment) -> Reply:
    wording = talk.turn.wording
    text = wording.text(
        "utter_appointment_shown",
        service=found.service_name,
        slot=talk.slot_text(found.slot),
        number=found.process_id,
    )
    address = found.office.address if found.office else None
    where = wording.text("utter_item_address", address=address)
    talk = talk.at(step="shown")
    asked = wording.text("utter_appointment_what")
    texts = [text, f"- {where}" if where else "", asked]
    return talk.say(texts, manage_buttons(talk))


def begin_move(talk: Talk) -> Reply:
    """Offers other dates; the old one stays until the new one is sure."""
    old = talk.state.chosen
    wording = talk.turn.wording
    lead = wording.text("utter_appointment_move", slot=old and talk.slot_text(old))
    office = old.office if old and talk.service.office(old.office) else None
    talk = talk.at(kind="move", office=office, process_id=talk.box.process_id)
    # "Termin am Freitag verschieben" may as well say when the old one is.
    is_answer = talk.state.step == "shown"
    new_time = talk.text if is_answer else words.new_time_in(talk.text)
    said = replace(talk.turn.said, text=new_time)
    heard = hear(replace(talk, turn=replace(talk.turn, said=said)))
    return offer(replace(heard, talk=replace(heard.talk, turn=talk.turn)), lead)


def cancel(talk: Talk) -> Reply:
    """Cancels, after the citizen said yes."""
    wording, slot = talk.turn.wording, talk.state.chosen
    credentials = talk.box.credentials
    if credentials is None:
        return manage(talk)
    text = slot and talk.slot_text(slot)
    try:
        talk.desk.cancel(credentials)
    except (NotCancellableError, WrongCodeError, AppointmentNotFoundError):
        return talk.end([wording.text("utter_appointment_over")], appointment=None)
    except UncertainError:
        told = wording.text("utter_appointment_uncertain", phone=HOTLINE)
        return talk.end([told], outcome=HANDOFF)
    told = wording.text("utter_appointment_cancelled", slot=text)
    mail = mail_sentence(talk)
    return talk.end([f"{told} {mail}".rstrip()], outcome=IN_DIALOGUE, appointment=None)


def move(talk: Talk) -> Reply:
    """Moves, after the citizen said yes."""
    wording, slot = talk.turn.wording, talk.state.chosen
    credentials = talk.box.credentials
    if credentials is None or slot is None:
        return manage(talk)
    try:
        moved = talk.desk.move(credentials, slot, talk.key, talk.box.mail or None)
    except TooManyAppointmentsError:
        # Some offices give one appointment per address, and real ZMS counts the old
        # one too. To cancel it first would risk both.
        tries = talk.state.tries + 1
        return ask(talk.knowing(mail="").at(step="mail", tries=tries))
    except SlotTakenError:
        lead = wording.text("utter_appointment_move_taken")
        return offer(Heard(talk.at(tries=talk.state.tries + 1)), lead)
    except (NotCancellableError, WrongCodeError, AppointmentNotFoundError):
        return talk.end([wording.text("utter_appointment_over")])
    except UncertainError:
        told = wording.text("utter_appointment_uncertain", phone=HOTLINE)
        return talk.end([told], outcome=HANDOFF)
    reply = done(talk, moved.new, "utter_appointment_moved")
    if moved.is_old_cancelled:
        return reply
    note = wording.text("utter_appointment_old_stands", number=talk.box.process_id)
    return replace(reply, texts=[*reply.texts, note])


def wait(talk: Talk) -> Reply:
    """Begins to put a citizen on the waiting list; they must want it."""
    wording = talk.turn.wording
    if not talk.desk.capabilities.has_waiting_list or not talk.state.service:
        return talk.say([wording.text("utter_waitlist_none")])
    credentials = talk.box.credentials
    if credentials and talk.state.kind == "manage":
        found = _find(talk)
        if isinstance(found, Reply):
            return found
        talk = talk.knowing(name=found.person.name, mail=found.person.mail or "")
        talk = talk.at(slot=found.slot.token, service=found.service)
    earliest = min(talk.state.offered_slots, default=None)
    if talk.state.kind == "booking":
        before = talk.state.slot or (earliest and earliest.token)
        # What is held for them is of use to others: they wait for something earlier.
        talk = give_back(talk).at(slot=before)
    return next_step(talk.at(kind="waitlist", offers=()))


def join(talk: Talk) -> Reply:
    """Puts a citizen on the waiting list, after they said yes."""
    wording, slot = talk.turn.wording, talk.state.chosen
    last = talk.turn.now + timedelta(days=HORIZON_IN_DAYS)
    before = slot.starts_at if slot else last
    wish = WaitingWish(
        talk.state.service or "",
        before,
        talk.box.person,
        (talk.state.office,) if talk.state.office else (),
        talk.state.persons,
    )
    try:
        place = talk.desk.join_waiting_list(wish)
    except InvalidPersonError:
        return ask(talk.knowing(mail="").at(step="mail"))
    except NotBookableError:
        return talk.end([wording.text("utter_waitlist_none")])
    # Named in full, so that the check of the language data finds them.
    key = {
        (True, False): "utter_waitlist_offered",
        (True, True): "utter_waitlist_offered_kept",
        (False, False): "utter_waitlist_joined",
        (False, True): "utter_waitlist_joined_kept",
    }[place.offered_until is not None, talk.desk.mail_way() == "kept"]
    return talk.end([wording.text(key, position=place.position)], outcome=IN_DIALOGUE)
