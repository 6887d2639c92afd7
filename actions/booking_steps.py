"""From a chosen date to the confirmed appointment."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from actions.booking_questions import (
    hint_sentence,
    kept_sentence,
    mail_sentence,
    preview,
    question,
)
from actions.booking_search import Heard, elsewhere, exact_slot, offer
from actions.booking_talk import STOP, Talk, joined
from actions.facts_loader import FactsLoader
from actions.turn import HANDOFF, IN_DIALOGUE, Reply
from kumpel.answers.facts import HOTLINE, Question
from kumpel.answers.sections import short_documents, short_fees
from kumpel.appointments.models import Appointment, Reservation, Slot
from kumpel.booking import cards, person, words
from kumpel.errors import (
    AppointmentError,
    InvalidPersonError,
    NotBookableError,
    PortalError,
    ReservationLapsedError,
    SlotTakenError,
    TooManyAppointmentsError,
    UncertainError,
)

logger = logging.getLogger(__name__)

#: "das erste" is never a name, whether anything was on offer or not.
_MOST_CHOICES = 4


def choose(talk: Talk, slot: Slot) -> Reply:
    """Takes a slot: reserves it, and asks for what is missing."""
    if talk.state.kind == "move":
        return ask(talk.at(slot=slot.token, step="sure"))
    is_same = talk.state.slot == slot.token and talk.state.process_id
    if is_same and not talk.has_lapsed:
        # A double click, or a second tab.
        return next_step(talk)
    reserved = _reserve(talk, slot)
    if isinstance(reserved, Reply):
        return reserved
    _give_back(talk)
    is_told = not reserved.box.name or reserved.box.mail
    return next_step(reserved, "" if is_told else kept_sentence(reserved))


def take_wish(heard: Heard) -> Reply:
    """Takes the one slot that a wish names, else offers what fits."""
    slot = exact_slot(heard)
    if slot is not None:
        return choose(heard.talk, slot)
    return offer(heard)


def _reserve(talk: Talk, slot: Slot) -> Talk | Reply:
    tried = talk.at(tries=talk.state.tries + 1)
    try:
        made = talk.desk.reserve(
            slot, talk.state.service or "", talk.state.persons, tried.key
        )
    except SlotTakenError:
        lead = talk.turn.wording.text("utter_booking_taken")
        return offer(Heard(tried.at(slot=None)), lead)
    except NotBookableError:
        return elsewhere(talk)
    return _with_reservation(tried, made).at(
        slot=slot.token, office=talk.state.office, misses=0
    )


def _with_reservation(talk: Talk, made: Reservation) -> Talk:
    talk = talk.at(process_id=made.process_id, expires_at=made.expires_at.isoformat())
    return talk.knowing(process_id=made.process_id, auth_key=made.auth_key)


def give_back(talk: Talk) -> Talk:
    """Gives the reservation back, so that others may have it."""
    _give_back(talk)
    talk = talk.at(slot=None, process_id=None, expires_at=None)
    return talk.knowing(process_id="", auth_key="")


def _give_back(talk: Talk) -> None:
    if talk.state.kind != "booking" or not talk.state.process_id:
        return
    credentials = talk.box.credentials
    if credentials is None:
        return
    try:
        talk.desk.cancel(credentials)
    except PortalError as error:
        # It lapses by itself.
        logger.info("A reservation was not given back: %s", error)


def reservation_of(talk: Talk) -> Reservation | None:
    """Returns the reservation that the talk has, if any."""
    slot, until = talk.state.chosen, talk.state.expires_at
    office = talk.office(slot.office) if slot else None
    credentials = talk.box.credentials
    if slot is None or office is None or credentials is None or until is None:
        return None
    return Reservation(
        credentials.process_id,
        credentials.auth_key,
        slot,
        office,
        datetime.fromisoformat(until),
    )


def next_step(talk: Talk, lead: str = "") -> Reply:
    """Asks for the next thing that is missing, else reads everything back."""
    box = talk.box
    slot = talk.state.chosen
    office = talk.office(slot.office) if slot else None
    is_waiting = talk.state.kind == "waitlist"
    if talk.state.kind == "move":
        # Only the address is ever asked for, where the old one has too many.
        return ask(talk.at(step="sure" if box.mail else "mail"), lead)
    if not box.name:
        step = "name"
    elif not box.mail and (is_waiting or office is None or office.needs_mail):
        step = "mail"
    elif is_waiting:
        step = "check"
    elif office and office.telephone == "required" and not box.telephone:
        step = "telephone"
    elif office and office.remark == "required" and not box.remark:
        step = "remark"
    else:
        return _note(talk, lead)
    return ask(talk.at(step=step, misses=0), lead)


def _note(talk: Talk, lead: str) -> Reply:
    """Tells the desk who comes, and reads back."""
    wording = talk.turn.wording
    reservation = reservation_of(talk)
    if reservation is None:
        return offer(Heard(talk), wording.text("utter_booking_lapsed"))
    try:
        kept = talk.desk.update(reservation, talk.box.person)
    except InvalidPersonError as error:
        return _ask_again_for(talk, error)
    except TooManyAppointmentsError:
        talk = talk.knowing(mail="").at(step="mail")
        return talk.say([wording.text("utter_booking_too_many")])
    except ReservationLapsedError:
        return renew(talk)
    talk = talk.at(expires_at=kept.expires_at.isoformat(), step="check", misses=0)
    return ask(talk, lead)


def _ask_again_for(talk: Talk, error: InvalidPersonError) -> Reply:
    step = next(iter(error.fields), "name")
    lead = talk.turn.wording.text("utter_booking_refused")
    return ask(talk.knowing(**{step: ""}).at(step=step), lead)


def renew(talk: Talk) -> Reply:
    """Reserves a lapsed slot again and goes on, or offers others."""
    reserved = reserve_again(talk)
    if isinstance(reserved, Reply):
        return reserved
    return next_step(reserved, talk.turn.wording.text("utter_booking_renewed"))


def reserve_again(talk: Talk) -> Talk | Reply:
    """Reserves a lapsed slot again; where it is gone, offers others."""
    slot = talk.state.chosen
    lapsed = talk.at(process_id=None, expires_at=None)
    lapsed = lapsed.knowing(process_id="", auth_key="")
    if slot is None or slot.starts_at <= talk.turn.now:
        text = talk.turn.wording.text("utter_booking_lapsed")
        return offer(Heard(lapsed.at(slot=None)), text)
    return _reserve(lapsed, slot)


def ask(talk: Talk, lead: str = "") -> Reply:
    """Asks the question of the step."""
    text, buttons = question(talk)
    card = None
    if talk.state.step == "slot":
        card = talk.slots_card(talk.state.offered_slots)
    elif talk.state.step == "check":
        card = preview(talk)
    return talk.say([" ".join(filter(None, [lead, text]))], buttons, card=card)


def take_name(talk: Talk) -> Reply:
    """Reads the answer to the question for the name."""
    name, problem = person.name_in(talk.text)
    is_answer = words.is_yes(talk.text) or words.is_no(talk.text)
    if is_answer or words.ordinal(talk.text, _MOST_CHOICES) is not None:
        problem = "empty"
    talk = talk.knowing(said=talk.text)
    if problem is None:
        return next_step(talk.knowing(name=name))
    wording = talk.turn.wording
    why = wording.text(f"utter_booking_name_{problem}")
    return _miss(talk, joined([f"{why} {wording.text('utter_booking_name_again')}"]))


def take_mail(talk: Talk) -> Reply:
    """Reads the answer to the question for the mail address."""
    mail, is_usable = person.mail_in(talk.text)
    talk = talk.knowing(said=talk.text)
    if mail and is_usable:
        return next_step(talk.knowing(mail=mail))
    wording = talk.turn.wording
    key = "utter_booking_mail_again"
    if mail and "+" in mail:
        key = "utter_booking_mail_plus"
    elif mail is None:
        key = "utter_booking_mail_needed"
    return _miss(talk, wording.text(key))


def take_telephone(talk: Talk) -> Reply:
    """Reads the answer to the question for the telephone number."""
    number = person.telephone_in(talk.text)
    talk = talk.knowing(said=talk.text)
    if number:
        return next_step(talk.knowing(telephone=number))
    return _miss(talk, talk.turn.wording.text("utter_booking_telephone_again"))


def take_remark(talk: Talk) -> Reply:
    """Reads the answer to the office's own question."""
    remark = person.remark_in(talk.text)
    talk = talk.knowing(said=talk.text)
    if remark:
        return next_step(talk.knowing(remark=remark))
    return ask(talk)


def _miss(talk: Talk, text: str) -> Reply:
    talk = talk.at(misses=talk.state.misses + 1)
    more = talk.turn.wording.text("utter_booking_help") if talk.state.misses > 1 else ""
    stop = talk.named("utter_booking_stop_button", STOP)
    return talk.say([joined([text, more])], [stop])


def confirm(talk: Talk) -> Reply:
    """Makes the appointment certain."""
    wording = talk.turn.wording
    reservation = reservation_of(talk)
    if reservation is None or talk.has_lapsed:
        return renew(talk)
    try:
        made = talk.desk.confirm(reservation)
    except ReservationLapsedError:
        return renew(talk)
    except InvalidPersonError as error:
        return _ask_again_for(talk, error)
    except TooManyAppointmentsError:
        talk = talk.knowing(mail="").at(step="mail")
        return talk.say([wording.text("utter_booking_too_many")])
    except UncertainError:
        found = _found_after_all(talk, reservation)
        if found is None:
            text = wording.text("utter_booking_uncertain", phone=HOTLINE)
            return talk.end([text], outcome=HANDOFF)
        made = found
    return done(talk, made)


def _found_after_all(talk: Talk, reservation: Reservation) -> Appointment | None:
    try:
        found = talk.desk.find(reservation.credentials)
    except (AppointmentError, PortalError) as error:
        logger.warning("Unknown whether an appointment is confirmed: %s", error)
        return None
    return found if found.status == "confirmed" else None


def done(talk: Talk, made: Appointment, lead: str = "utter_booking_done") -> Reply:
    """Tells number, place, what to bring, cost, calendar file and how to cancel."""
    wording = talk.turn.wording
    service = replace(talk.state, service=made.service or talk.state.service)
    talk = replace(talk, state=service)
    texts = [
        wording.text(lead, slot=talk.slot_text(made.slot), number=made.process_id),
        mail_sentence(talk, "utter_booking_mailed") if made.person.mail else "",
    ]
    address = made.office.address if made.office else None
    items = [wording.text("utter_item_address", address=address), *_facts(talk)]
    pages = talk.desk.pages(made.credentials)
    links = []
    if pages:
        links = [
            wording.text("utter_booking_calendar", url=pages.calendar_url),
            wording.text("utter_booking_link", url=pages.show_url),
        ]
    hint = hint_sentence(made.office, wording)
    is_mailed = talk.desk.mail_way() in ("sent", "elsewhere")
    later = "utter_booking_later" if is_mailed else "utter_booking_later_by_link"
    last = [hint, wording.text(later)]
    whole = _told(texts, [*items, *links], last)
    box = replace(talk.box, process_id=made.process_id, auth_key=made.auth_key, said="")
    kept = replace(box, name="", mail="", telephone="", remark="").seal(
        talk.turn.secret
    )
    return talk.end(
        [whole],
        outcome=IN_DIALOGUE,
        card=cards.booked_card(
            made.process_id,
            talk.moment_text(made.slot),
            made.office.name if made.office else "",
            address,
            pages.calendar_url if pages else None,
            pages.show_url if pages else None,
        ),
        appointment=kept,
        # Without the links: they hold the code.
        last_reply=_told(texts, items, last),
    )


def _told(
    texts: Sequence[str], items: Sequence[str], last: Sequence[str | None]
) -> str:
    sentences = " ".join(filter(None, texts))
    return joined([sentences, *(f"- {i}" for i in items if i), *filter(None, last)])


def _facts(talk: Talk) -> list[str]:
    """Returns what to bring and what it costs; nothing if the portal is silent."""
    wording = talk.turn.wording
    loader = FactsLoader(talk.turn.portal, talk.turn.now)
    try:
        facts = loader.service(
            talk.state.service or "", Question(), None, has_hours=False
        )
    except PortalError as error:
        logger.warning("No facts for a booking: %s", error)
        return []
    return [
        wording.text("utter_item_documents", documents=short_documents(facts, wording)),
        wording.text("utter_item_fees", fees=short_fees(facts, wording)),
    ]
