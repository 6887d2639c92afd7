"""What was told is changed: "nein, doch lieber Mittwoch", "die Mail war falsch"."""

from __future__ import annotations

from actions import booking_steps as steps
from actions.booking_search import (
    Heard,
    earlier_or_later,
    hear,
    offer,
    other_offices,
)
from actions.booking_talk import Talk
from actions.turn import Reply
from kumpel.booking import person, words
from kumpel.booking.state import PERSONAL_STEPS
from kumpel.dates.values import When, Wishes


def correction(talk: Talk) -> Reply | None:
    """Reads what is to be changed of something told before; None if nothing is."""
    text, step = talk.text, talk.state.step
    is_other = words.corrects(text) or any(c.isdigit() for c in text)
    if step == "credentials" or talk.state.kind not in ("booking", "move"):
        return None
    if words.wants_other_office(text):
        return other_offices(talk)
    topic = words.topic_of_change(text)
    if person.has_mail(text) and step != "mail":
        return steps.take_mail(talk)
    if topic in ("name", "mail", "telephone") and topic != step:
        return change(talk, topic)
    if step in ("telephone", "remark") or not is_other:
        return None
    heard = hear(talk)
    if heard.is_new:
        return _fewer_or_more(talk, heard) or steps.take_wish(heard)
    if topic in ("time", "office"):
        return change(talk, topic)
    return earlier_or_later(talk) if step not in PERSONAL_STEPS else None


def _fewer_or_more(talk: Talk, heard: Heard) -> Reply | None:
    """Reserves the same slot for another number of persons; None if more changed."""
    slot, new = talk.state.chosen, heard.talk.state
    is_else = (new.wishes, new.office) != (talk.state.wishes, talk.state.office)
    if slot is None or is_else or new.persons == talk.state.persons:
        return None
    return steps.choose(steps.give_back(heard.talk), slot)


def change(talk: Talk, topic: str) -> Reply:
    """Changes one thing that was told; takes the new value if it is there."""
    text = talk.text
    if topic == "mail":
        if person.has_mail(text):
            return steps.take_mail(talk)
        return steps.ask(talk.knowing(mail="").at(step="mail"))
    if topic == "name":
        name, problem = person.name_in(text)
        if (
            problem is None
            and name != text.strip()
            and words.topic_of_change(name) is None
        ):
            is_named = not words.corrects(name)
            if is_named and len(name.split()) <= 4:
                return steps.take_name(talk)
        return steps.ask(talk.knowing(name="").at(step="name"))
    if topic == "telephone":
        if person.telephone_in(text):
            return steps.take_telephone(talk)
        return steps.ask(talk.knowing(telephone="").at(step="telephone"))
    if topic == "office":
        return other_offices(talk)
    slot = talk.state.chosen
    if slot and words.is_about_clock(text):
        wishes = Wishes((When(slot.day, slot.day),)).to_json()
        return offer(Heard(talk.at(wishes=wishes, meanings=())))
    return offer(Heard(talk.at(wishes=None, meanings=())))
