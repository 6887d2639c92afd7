"""Reads wishes from a message, looks for free dates and offers them."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from actions.booking_questions import hint_sentence, which_time
from actions.booking_talk import STOP, WAITLIST, Talk
from actions.turn import HANDOFF, Reply
from kumpel.answers import formats
from kumpel.answers.facts import HOTLINE
from kumpel.appointments.models import BookableOffice, FreeDay, Slot, Wish
from kumpel.booking import words
from kumpel.booking.offers import (
    days_of,
    earlier_than,
    good_offers,
    in_same_week,
    nearest,
    suits,
)
from kumpel.booking.places import office_named_in
from kumpel.dates.calendar import OpeningCalendar, calendar_of
from kumpel.dates.describe import describe
from kumpel.dates.feasts import holiday_name
from kumpel.dates.resolve import Expected, resolve
from kumpel.dates.values import Problem, When, Wishes
from kumpel.errors import NotBookableError, PortalError, TooManyPersonsError

logger = logging.getLogger(__name__)

#: How far ahead is looked; cities release a few weeks.
HORIZON_IN_DAYS = 120
_MOST_DAYS = 4
_ENOUGH_SLOTS = 4
_SUNDAY = 6


@dataclass(frozen=True)
class Heard:
    """What a message says about the appointment."""

    talk: Talk
    """With the new wishes."""
    is_new: bool = False
    """Whether anything changed."""
    problem: Problem | None = None
    missing_district: str | None = None
    """District that was named and has no office for this."""


def hear(talk: Talk, expected: Expected | None = None) -> Heard:
    """Reads office, persons and time from a message."""
    hours = words.hours_later(talk.text)
    if hours and talk.state.chosen:
        return _hear_shift(talk, talk.state.chosen, hours)
    heard = _hear_office(talk)
    persons = words.persons_in(talk.text)
    if persons and persons != heard.talk.state.persons:
        heard = replace(heard, talk=heard.talk.at(persons=persons), is_new=True)
    return _hear_time(heard, expected)


def _hear_shift(talk: Talk, slot: Slot, hours: float) -> Heard:
    """Reads "eine Stunde später" by the slot that was chosen."""
    wanted = slot.starts_at + timedelta(hours=hours)
    at = wanted.time()
    wish = When(wanted.date(), wanted.date(), start=at, end=at, is_rough=True)
    wishes = Wishes((wish,)).to_json()
    return Heard(talk.at(wishes=wishes, office=slot.office, meanings=()), is_new=True)


def recall(talk: Talk, mentioned: Mapping[str, Any]) -> Heard:
    """Takes what was said of time, place and persons before the booking began.

    Args:
        talk: A talk that has just begun.
        mentioned: See `actions.booking_memory`.
    """
    if not mentioned:
        return Heard(talk)
    heard = _with_office(talk, mentioned.get("office") or "", mentioned.get("district"))
    persons = int(mentioned.get("persons") or talk.state.persons)
    wishes = Wishes.from_json(mentioned.get("wishes"))
    # An office that is not one of this service's was another question.
    talk = heard.talk.at(persons=persons, wishes=wishes.to_json() if wishes else None)
    return Heard(talk, is_new=True)


def _hear_office(talk: Talk) -> Heard:
    if words.takes_any_office(talk.text):
        return Heard(talk.at(office=None), is_new=talk.state.office is not None)
    said = talk.turn.said
    name = f"{said.entity('office') or ''} {talk.text}"
    return _with_office(talk, name, said.entity("district"))


def _with_office(talk: Talk, name: str, district: str | None) -> Heard:
    found = office_named_in(name, talk.service.offices)
    if district and (found is None or found.district != district):
        near = _office_of_district(talk, district)
        if near is None and found is None:
            return Heard(talk, missing_district=district)
        found = near or found
    if found is None or found.id == talk.state.office:
        return Heard(talk)
    return Heard(talk.at(office=found.id), is_new=True)


def _office_of_district(talk: Talk, district: str) -> BookableOffice | None:
    service = talk.service
    own = next((o for o in service.offices if o.district == district), None)
    if own:
        return own
    try:
        found = talk.turn.portal.offices(service=service.slug, district=district).value
    except PortalError as error:
        logger.warning("No offices of a district: %s", error)
        return None
    return next((o for f in found if (o := service.office(f.id))), None)


def _hear_time(heard: Heard, expected: Expected | None) -> Heard:
    talk = heard.talk
    calendar = _calendar(talk)
    said = resolve(talk.text, talk.turn.now, calendar, expected=expected)
    if not said.wishes:
        return replace(heard, problem=said.problem)
    before = talk.state.wanted
    newer = in_same_week(said.wishes, said.mentions, before, talk.turn.now.date())
    wishes = before.updated(newer)
    meanings: tuple[dict[str, object], ...] = ()
    if len(said.alternatives) > 1 and newer == said.wishes:
        meanings = tuple(when.to_json() for when in said.alternatives)
    talk = talk.at(wishes=wishes.to_json(), meanings=meanings)
    return replace(heard, talk=talk, is_new=True, problem=said.problem)


def _calendar(talk: Talk) -> OpeningCalendar | None:
    """Returns when the wanted office is open, else the first of the service."""
    office = talk.office(talk.state.office) or next(iter(talk.service.offices), None)
    if office is None or office.slug is None:
        return None
    today = talk.turn.now.date()
    try:
        hours = talk.turn.portal.office_hours(
            office.slug, today, today + timedelta(days=60)
        )
    except PortalError as error:
        logger.warning("No hours of %s: %s", office.slug, error)
        return None
    return calendar_of(hours.value)


def offer(heard: Heard, lead: str = "") -> Reply:
    """Offers what fits the wishes, else says why not and what is nearest.

    Args:
        heard: The message, with all wishes until now.
        lead: What to say first.
    """
    talk = heard.talk
    wording = talk.turn.wording
    if talk.state.meanings:
        return _ask_which(talk, lead)
    if heard.missing_district:
        lead = lead or wording.text(
            "utter_booking_no_office", district=heard.missing_district
        )
    if heard.problem and heard.problem.kind == "no_such_day":
        lead = joined_words(lead, wording.text("utter_booking_no_such_day"))
        heard = replace(heard, problem=None)
    try:
        found = _find(heard)
    except TooManyPersonsError as error:
        most = error.most or talk.service.most_persons
        text = wording.text("utter_booking_too_many_persons", count=most)
        return talk.at(persons=most, step="slot", offers=()).say([lead, text])
    except NotBookableError:
        return elsewhere(talk)
    if not found.offers:
        return _nothing(talk, lead)
    talk = talk.at(
        step="slot",
        offers=tuple(slot.token for slot in found.offers),
        misses=0,
    )
    service = talk.service
    head = found.reason or (
        "" if lead else wording.text("utter_booking_found", service=service.name)
    )
    ask = "utter_booking_which" if found.is_match else "utter_booking_nearest"
    earlier = ""
    if found.earlier:
        slot = talk.slot_text(found.earlier)
        earlier = wording.text("utter_booking_earlier", slot=slot)
        talk = talk.at(offers=(*talk.state.offers, found.earlier.token)[-4:])
    shown = talk.state.offered_slots
    told = [slot for slot in shown if slot != found.earlier]
    hints = dict.fromkeys(
        hint_sentence(service.office(slot.office), wording) for slot in shown
    )
    lines = [f"- {talk.slot_text(slot)}" for slot in told]
    texts = [joined_words(lead, head, wording.text(ask)), *lines]
    buttons = [talk.slot_button(slot) for slot in shown]
    card = talk.slots_card(shown)
    return talk.say([*texts, earlier, *filter(None, hints)], buttons, card=card)


def joined_words(*sentences: str) -> str:
    """Joins sentences in one line; empty ones drop out."""
    return " ".join(filter(None, sentences))


@dataclass(frozen=True)
class _Found:
    offers: tuple[Slot, ...] = ()
    is_match: bool = True
    reason: str = ""
    earlier: Slot | None = None


def _find(heard: Heard) -> _Found:
    talk = heard.talk
    today = talk.turn.now.date()
    office, wishes = talk.state.office, talk.state.wanted
    last = today + timedelta(days=HORIZON_IN_DAYS)
    free = talk.desk.free_days(_wish(talk, today, last, ()))
    order = [each.id for each in talk.service.offices]
    offices = (office,) if office else ()
    matched: list[Slot] = []
    suitable_days = days_of(wishes, free, office)
    for number, day in enumerate(suitable_days[:_MOST_DAYS], start=1):
        slots = talk.desk.free_slots(_wish(talk, day, day, offices), 1)
        matched += [slot for slot in slots if suits(wishes, slot)]
        if number > 1 and len(matched) >= _ENOUGH_SLOTS:
            break
    if matched:
        earlier = None
        if office and not any(wish.has_days for wish in wishes.wanted):
            earlier = _earlier_elsewhere(talk, free, min(matched))
        most = _ENOUGH_SLOTS - (earlier is not None)
        return _Found(good_offers(matched, order, most), earlier=earlier)
    around = _days_around(wishes, free, suitable_days)
    near = [
        slot
        for day in around
        for slot in talk.desk.free_slots(_wish(talk, day, day, ()), 1)
    ]
    offers = nearest(near, wishes, office)
    return _Found(offers, False, _reason(heard, free))


def _wish(talk: Talk, first: date, last: date, offices: tuple[str, ...]) -> Wish:
    service = talk.state.service or ""
    return Wish(service, first, last, offices, talk.state.persons)


def _earlier_elsewhere(talk: Talk, free: Sequence[FreeDay], slot: Slot) -> Slot | None:
    """Returns the earliest slot of another office, if it is a day earlier or more."""
    first = next(iter(free), None)
    if first is None or first.day >= slot.day:
        return None
    slots = talk.desk.free_slots(_wish(talk, first.day, first.day, ()), 1)
    wishes = talk.state.wanted
    return min((s for s in slots if suits(wishes, s)), default=None)


def _days_around(
    wishes: Wishes, free: Sequence[FreeDay], suitable: Sequence[date]
) -> list[date]:
    """Returns three free days near to what was wished."""
    if suitable:
        return list(suitable[:3])
    wish = wishes.wanted[0] if wishes.wanted else When()
    bound = wish.first or wish.last
    days = [each.day for each in free]
    if bound is not None:
        days.sort(key=lambda day: (abs((day - bound).days), day))
    return sorted(days[:3])


def _reason(heard: Heard, free: Sequence[FreeDay]) -> str:
    """Says why nothing suits."""
    talk = heard.talk
    wording, language = talk.turn.wording, talk.turn.wording.language
    wanted = talk.state.wanted.wanted
    wish = wanted[0] if wanted else When()
    kind = heard.problem.kind if heard.problem else None
    today = talk.turn.now.date()
    if kind == "past" or (wish.last is not None and wish.last < today):
        return wording.text("utter_booking_past")
    if wish.day is not None:
        calendar = _calendar(talk)
        reason = (calendar and calendar.closed_reason(wish.day)) or _holiday(wish.day)
        if reason:
            day = formats.full_day(wish.day, language)
            if reason == formats.WEEKDAYS["de"][wish.day.weekday()]:
                return wording.text("utter_booking_closed_weekday", day=day)
            return wording.text("utter_booking_closed", day=day, reason=reason)
    last = free[-1].day if free else None
    if last and wish.first is not None and wish.first > last:
        day = formats.full_day(last, language)
        return wording.text("utter_booking_too_far", day=day)
    office = talk.office(talk.state.office)
    when = describe(wish, language)
    if office and when:
        return wording.text("utter_booking_full_at", when=when, office=office.name)
    if office:
        return wording.text("utter_booking_full_office", office=office.name)
    return wording.text("utter_booking_full", when=when)


def _holiday(day: date) -> str | None:
    if day.weekday() == _SUNDAY:
        return formats.WEEKDAYS["de"][_SUNDAY]
    return holiday_name(day)


def _nothing(talk: Talk, lead: str) -> Reply:
    wording = talk.turn.wording
    text = wording.text("utter_booking_nothing", service=talk.service.name)
    buttons = []
    if talk.desk.capabilities.has_waiting_list:
        text = f"{text} {wording.text('utter_waitlist_offer')}"
        buttons = [talk.named("utter_waitlist_button", WAITLIST)]
    stop = talk.named("utter_booking_stop_button", STOP)
    return talk.at(step="slot", offers=()).say([lead, text], [*buttons, stop])


def _ask_which(talk: Talk, lead: str) -> Reply:
    text, buttons = which_time(talk)
    return talk.at(step="which").say([lead, text], buttons)


def earlier_or_later(talk: Talk) -> Reply | None:
    """Answers "geht es früher?" and "später?" by what was offered last."""
    shown = talk.state.offered_slots
    anchor = talk.state.chosen or (min(shown) if shown else None)
    if anchor is None:
        return None
    today = talk.turn.now.date()
    wording = talk.turn.wording
    if words.wants_earlier(talk.text):
        free = talk.desk.free_days(_wish(talk, today, anchor.day, ()))
        slots = [
            slot
            for each in free[:2]
            for slot in talk.desk.free_slots(_wish(talk, each.day, each.day, ()), 1)
        ]
        slots = earlier_than(slots, anchor.starts_at)
        if not slots:
            text = wording.text("utter_booking_no_earlier")
            buttons = [talk.slot_button(slot) for slot in shown]
            if talk.desk.capabilities.has_waiting_list:
                text = f"{text} {wording.text('utter_waitlist_offer')}"
                buttons.append(talk.named("utter_waitlist_button", WAITLIST))
            return talk.say([text], buttons)
    elif words.wants_later(talk.text):
        after = max(shown) if shown else anchor
        first = after.day
        slots = list(
            talk.desk.free_slots(
                _wish(
                    talk,
                    first,
                    today + timedelta(days=HORIZON_IN_DAYS),
                    (talk.state.office,) if talk.state.office else (),
                ),
                2,
            )
        )
        slots = [slot for slot in slots if slot.starts_at > after.starts_at]
    else:
        return None
    order = [each.id for each in talk.service.offices]
    return show(talk, good_offers(slots, order), "")


def other_offices(talk: Talk) -> Reply:
    """Offers the same wish at the other offices."""
    not_there = talk.state.office or (talk.state.chosen and talk.state.chosen.office)
    today = talk.turn.now.date()
    others = tuple(o.id for o in talk.service.offices if o.id != not_there)
    wording = talk.turn.wording
    if not others:
        text = wording.text("utter_booking_one_office", service=talk.service.name)
        return offer(Heard(talk), text)
    last = today + timedelta(days=HORIZON_IN_DAYS)
    wishes = talk.state.wanted
    free = talk.desk.free_days(_wish(talk, today, last, others))
    slots: list[Slot] = []
    for day in days_of(wishes, free, None)[:2]:
        found = talk.desk.free_slots(_wish(talk, day, day, others), 1)
        slots += [slot for slot in found if suits(wishes, slot)]
    talk = talk.at(office=None)
    if not slots:
        return offer(Heard(talk))
    return show(talk, good_offers(slots, others), "")


def show(talk: Talk, slots: Sequence[Slot], lead: str) -> Reply:
    """Offers given slots."""
    if not slots:
        return _nothing(talk, lead)
    wording = talk.turn.wording
    talk = talk.at(step="slot", offers=tuple(slot.token for slot in slots), misses=0)
    text = wording.text("utter_booking_found", service=talk.service.name)
    ask = wording.text("utter_booking_which")
    lines = [f"- {talk.slot_text(slot)}" for slot in slots]
    buttons = [talk.slot_button(slot) for slot in slots]
    texts = [joined_words(lead, text, ask), *lines]
    return talk.say(texts, buttons, card=talk.slots_card(slots))


def exact_slot(heard: Heard) -> Slot | None:
    """Returns the one free slot that a day with a clock time names, if there is one."""
    talk = heard.talk
    wanted = talk.state.wanted.wanted
    wish = wanted[0] if len(wanted) == 1 else None
    if wish is None or wish.clock_time is None or talk.state.meanings:
        return None
    shown = [s for s in talk.state.offered_slots if suits(talk.state.wanted, s)]
    exact = [s for s in shown if s.starts_at.time() == wish.clock_time]
    if len(exact) == 1:
        return exact[0]
    if wish.day is None or wish.day < talk.turn.now.date():
        return None
    offices = (talk.state.office,) if talk.state.office else ()
    try:
        slots = talk.desk.free_slots(_wish(talk, wish.day, wish.day, offices), 1)
    except NotBookableError:
        return None
    exact = [s for s in slots if s.starts_at.time() == wish.clock_time]
    return exact[0] if len(exact) == 1 else None


def elsewhere(talk: Talk) -> Reply:
    """Names where citizens book on their own, and ends the talk."""
    wording = talk.turn.wording
    target = None
    if talk.turn.desk is not None and talk.state.service:
        try:
            target = talk.turn.desk.link(talk.state.service, talk.state.office)
        except PortalError as error:
            logger.warning("No booking page: %s", error)
    texts = [
        wording.text("utter_booking_elsewhere"),
        wording.text("utter_appointment_book", url=target.url if target else None),
        wording.text("utter_ask_hotline", phone=(target and target.phone) or HOTLINE),
    ]
    return talk.end(texts, outcome=HANDOFF)
