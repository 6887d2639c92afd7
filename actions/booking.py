"""Takes every message while the talk about an appointment is open."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from actions import booking_changes as changing
from actions import booking_manage as managing
from actions import booking_steps as steps
from actions import booking_switch as switching
from actions.answer import ActionAnswer
from actions.ask_back import ActionAskBack
from actions.base import CityAction
from actions.booking_questions import question
from actions.booking_return import come_back
from actions.booking_search import (
    Heard,
    earlier_or_later,
    hear,
    offer,
    other_offices,
)
from actions.booking_talk import (
    BACK,
    NO,
    PICK,
    STOP,
    WAITLIST,
    YES,
    Talk,
    without_talk,
)
from actions.choose import ActionChoose
from actions.conversation import ActionCancel, ActionHuman, ActionRestart, ActionSource
from actions.emergency import ActionEmergency
from actions.fallback import ActionFallback
from actions.out_of_scope import ActionOutOfScope
from actions.smalltalk import ActionSmalltalk
from actions.turn import FALLBACK, SMALLTALK, Reply, Turn
from kumpel.appointments.models import Slot
from kumpel.booking import person, words
from kumpel.booking.box import APPOINTMENT, DIALOGUE, open_box
from kumpel.booking.state import PERSONAL_STEPS, TELLING_STEPS, State
from kumpel.dates.resolve import Expected
from kumpel.errors import InvalidInputError

#: Who answers what has nothing to do with the appointment.
_OTHERS: Mapping[str, type[CityAction]] = {
    "service": ActionAnswer,
    "aspect": ActionAnswer,
    "service_unclear": ActionAskBack,
    "nlu_fallback": ActionFallback,
    "choose": ActionChoose,
    "affirm": ActionChoose,
    "deny": ActionChoose,
    "none_of_these": ActionChoose,
    "cancel": ActionCancel,
    "restart": ActionRestart,
    "human": ActionHuman,
    "source": ActionSource,
    "out_of_scope": ActionOutOfScope,
    "emergency": ActionEmergency,
}
#: These are answered within a talk and leave it open.
_BETWEEN = frozenset({"service", "aspect", "human", "source", "out_of_scope"})
_COURTESIES = frozenset(
    {"greet", "thanks", "compliment", "insult", "bot_challenge", "help", "language"}
)
_LONGEST_TOPIC_IN_WORDS = 3
_ASKED_ABOUT = frozenset(
    "fee documents duration deadline status eligibility contact form".split()
)


class ActionBooking(CityAction):
    """Answers `in_dialogue`."""

    action_name = "action_booking"

    def reply(self, turn: Turn) -> Reply:
        """Makes the reply (see parent class)."""
        state = State.from_json(turn.slots.get(DIALOGUE))
        begun = managing.BEGINNINGS.get(turn.said.entity(PICK) or "")
        if begun and (state is None or not state.is_begun):
            return managing.begin(turn, begun)
        if state is None and turn.said.text.startswith("/"):
            return _nothing_open(turn)
        if state is not None and state.step == "left":
            return come_back(turn, state, _elsewhere)
        if state is None:
            # A slot that cannot be read must not hold the citizen for ever.
            return _closed(_elsewhere(turn))
        talk = Talk.of(turn, state)
        if talk.pick is not None:
            return _pressed(talk, talk.pick)
        if not talk.text:
            return _pressed_above(talk)
        if not state.is_begun:
            return _soft(talk)
        return _said(talk)


def _nothing_open(turn: Turn) -> Reply:
    """Answers a button of a talk that is over."""
    box = open_box(turn.slots.get(APPOINTMENT), turn.secret)
    key = "utter_booking_already" if box.credentials else "utter_booking_over"
    text = turn.wording.text(key, number=box.process_id)
    told = text or turn.wording.text("utter_booking_over")
    return Reply(SMALLTALK, [told], slots={DIALOGUE: None})


def _elsewhere(turn: Turn) -> Reply:
    action = _OTHERS.get(turn.said.intent, ActionSmalltalk)
    return action().reply(turn)


def _closed(reply: Reply) -> Reply:
    """Closes the talk, unless the reply has opened another."""
    return replace(reply, slots={DIALOGUE: None, **reply.slots})


def _pressed_above(talk: Talk) -> Reply:
    """Takes a button of an answer above: another booking, or a question between."""
    turn, state = talk.turn, talk.state
    slug = turn.said.entity("service")
    if not state.is_begun:
        return _closed(_elsewhere(without_talk(turn)))
    if slug and turn.said.aspects[:1] == ("appointment",):
        is_same = state.kind != "booking" or slug == state.service
        return steps.ask(talk) if is_same else switching.switch_to(talk, slug)
    return _between(talk)


def _soft(talk: Talk) -> Reply:
    """Reads a message after dates were offered along with an answer."""
    turn, text = talk.turn, talk.text
    if not _asks_something(talk):
        number = words.ordinal(text, len(talk.state.offers))
        if number is not None:
            return steps.choose(talk, talk.state.offered_slots[number])
        heard = hear(talk)
        if heard.is_new or heard.missing_district:
            return steps.take_wish(heard)
        if words.is_yes(text) or turn.said.intent == "affirm":
            return steps.ask(talk.at(step="slot"))
    return _closed(_elsewhere(without_talk(turn)))


def _pressed(talk: Talk, pick: str) -> Reply:
    state = talk.state
    simple: Mapping[str, Callable[[Talk], Reply]] = {
        STOP: _stop,
        BACK: _back,
        YES: _yes,
        NO: _no,
        WAITLIST: managing.wait,
        "cancel": lambda t: managing.manage(t.at(kind="manage", intent="cancel")),
        "move": lambda t: managing.manage(t.at(kind="manage", intent="move")),
    }
    if pick in simple:
        return simple[pick](talk)
    kind, _, value = pick.partition(":")
    if kind == "for" and value.isdigit() and int(value) < len(state.services):
        return switching.switch_to(talk, state.services[int(value)])
    if kind == "when" and value.isdigit() and int(value) < len(state.options):
        wishes = replace(state.wanted, wanted=(state.options[int(value)],))
        return steps.take_wish(Heard(talk.at(wishes=wishes.to_json(), meanings=())))
    if kind == "change":
        return changing.change(talk, value)
    try:
        slot = Slot.from_token(pick)
    except InvalidInputError:
        return steps.ask(talk)
    if state.kind == "waitlist":
        talk = talk.at(kind="booking")
    return steps.choose(talk, slot)


def _said(talk: Talk) -> Reply:
    """Reads a message of a begun talk."""
    state = talk.state
    if not (state.kind == "booking" and state.process_id and talk.has_lapsed):
        return _read(talk)
    done = _command(talk)
    if done:
        return done
    if state.step not in PERSONAL_STEPS:
        # A yes was meant for the reservation that is gone: it is asked again.
        renewed = steps.renew(talk)
        if not _asks_something(talk):
            return renewed
        answer = _elsewhere(_about(talk))
        return replace(renewed, texts=[*answer.texts, *renewed.texts])
    again = steps.reserve_again(talk)
    if isinstance(again, Reply):
        return again
    lead = talk.turn.wording.text("utter_booking_renewed")
    reply = _read(again)
    return replace(reply, texts=[f"{lead} {reply.texts[0]}", *reply.texts[1:]])


def _about(talk: Talk) -> Turn:
    """Returns the message as one about the service that is booked.

    A short question may seem to be about that though it names another one.
    """
    turn = talk.turn
    service = talk.state.service or turn.service
    other = switching.named_other(talk) if turn.said.intent == "aspect" else None
    return replace(turn, slots={**turn.slots, "service": other or service})


def _read(talk: Talk) -> Reply:
    """Reads a message by what was asked."""
    text, step = talk.text, talk.state.step
    if step == "credentials" and not any(c.isdigit() for c in text):
        return _command(talk) or _without_credentials(talk)
    if step in PERSONAL_STEPS and step != "credentials" and person.has_mail(text):
        return _personal(talk, step)
    done = _command(talk) or switching.switched(talk)
    if done:
        return done
    if _asks_something(talk):
        return _between(talk)
    if step in PERSONAL_STEPS:
        number = words.ordinal(text, len(talk.state.offers))
        if step == "name" and number is not None:
            # Sent twice, or the one below after all.
            return steps.choose(talk, talk.state.offered_slots[number])
        return changing.correction(talk) or _personal(talk, step)
    if step in ("check", "change", "sure", "shown"):
        return _decision(talk)
    return _date(talk)


def _command(talk: Talk) -> Reply | None:
    """Does what may be wanted at any step; None if nothing of it is."""
    text, kind = talk.text, talk.state.kind
    intent = talk.turn.said.intent
    if words.is_stop(text) or (kind == "booking" and words.manage_in(text) == "cancel"):
        return _stop(talk)
    if words.is_back(text):
        return _back(talk)
    if intent == "restart":
        steps.give_back(talk)
        return _closed(ActionRestart().reply(talk.turn))
    if intent == "repeat":
        return steps.ask(talk)
    if words.wants_waitlist(text) and kind != "waitlist":
        return managing.wait(talk)
    return None


def _without_credentials(talk: Talk) -> Reply:
    """Lets go on to something else who has no number at hand."""
    text = talk.text
    if words.lacks_code(text):
        return managing.without_code(talk)
    is_long = len(text.split()) > _LONGEST_TOPIC_IN_WORDS or words.asks(text)
    intent = talk.turn.said.intent
    is_other = (intent in _BETWEEN and is_long) or intent in _COURTESIES
    if is_other and not words.manage_in(text):
        return _closed(_elsewhere(without_talk(talk.turn)))
    return managing.take_credentials(talk)


def _asks_something(talk: Talk) -> bool:
    """Says whether a message is a question that the talk itself cannot answer."""
    said, text = talk.turn.said, talk.text
    if not words.asks(text):
        return said.intent in {"human", "source", "bot_challenge"} and len(
            text.split()
        ) > (2 if talk.state.step in PERSONAL_STEPS else 0)
    if talk.state.step in TELLING_STEPS and words.asks_purpose(text):
        return True
    if said.clear_aspect in _ASKED_ABOUT:
        return True
    if talk.state.step in PERSONAL_STEPS:
        return not words.corrects(text)
    if words.wants_earlier(text) or words.wants_later(text):
        return False
    return not hear(talk).is_new and not words.wants_other_office(text)


def _between(talk: Talk) -> Reply:
    """Answers a question in between and resumes."""
    turn, wording = talk.turn, talk.turn.wording
    asked, buttons = question(talk)
    if talk.state.step == "name" and talk.state.kind == "booking":
        asked = wording.text("utter_booking_name_short")
    back = wording.text("utter_booking_resume", question=asked)
    if talk.state.step in TELLING_STEPS and words.asks_purpose(talk.text):
        other = Reply(SMALLTALK, [wording.text("utter_booking_purpose")])
    elif turn.said.intent in _BETWEEN or not talk.text:
        other = _elsewhere(_about(talk))
    elif turn.said.intent in _COURTESIES:
        other = ActionSmalltalk().reply(turn)
    else:
        text = wording.text("utter_booking_not_answered")
        other = Reply(FALLBACK, [text])
    kept = talk.say([], ()).slots[DIALOGUE]
    slots = {**other.slots, DIALOGUE: kept, "choices": []}
    last = "\n".join([*other.texts, back])
    slots["last_reply"] = talk.masked(last)
    return Reply(other.outcome, [*other.texts, back], buttons, slots)


def _personal(talk: Talk, step: str) -> Reply:
    readers: Mapping[str, Callable[[Talk], Reply]] = {
        "name": steps.take_name,
        "mail": steps.take_mail,
        "telephone": steps.take_telephone,
        "remark": steps.take_remark,
        "credentials": managing.take_credentials,
    }
    if step == "name" and person.has_mail(talk.text):
        # "Ute Janßen, u.janssen@example.org"
        mail, is_usable = person.mail_in(talk.text)
        name = talk.text.replace(mail or "", " ")
        if is_usable and mail:
            told = talk.knowing(mail=mail, said=talk.text)
            found, problem = person.name_in(name)
            if problem is None:
                return steps.next_step(told.knowing(name=found))
            return steps.ask(told)
    return readers[step](talk)


def _decision(talk: Talk) -> Reply:
    """Reads a message where a yes or no is awaited."""
    text = talk.text
    if words.is_yes(text):
        return _yes(talk)
    if words.is_no(text):
        return _no(talk)
    corrected = changing.correction(talk)
    if corrected:
        return corrected
    topic = words.topic_of_change(text)
    if talk.state.step == "change" and topic:
        return changing.change(talk, topic)
    intent = words.manage_in(text)
    if talk.state.kind == "manage" and intent:
        return managing.manage(talk.at(intent=intent))
    if talk.state.step == "shown" and hear(talk).is_new:
        # "Eine Stunde später" says how it is to be moved.
        return managing.begin_move(talk)
    wording = talk.turn.wording
    talk = talk.at(misses=talk.state.misses + 1)
    asked, buttons = question(talk)
    return talk.say([wording.text("utter_booking_yes_or_no"), asked], buttons)


def _yes(talk: Talk) -> Reply:
    step, kind = talk.state.step, talk.state.kind
    if step == "check":
        return managing.join(talk) if kind == "waitlist" else steps.confirm(talk)
    if step == "sure":
        return managing.move(talk) if kind == "move" else managing.cancel(talk)
    if step in ("slot", "offered") and len(talk.state.offers) == 1:
        return steps.choose(talk, talk.state.offered_slots[0])
    return steps.ask(talk.at(step="slot" if step == "offered" else step))


def _no(talk: Talk) -> Reply:
    step = talk.state.step
    if step in ("sure", "shown") or talk.state.kind == "waitlist":
        return _stop(talk)
    if step == "check":
        return steps.ask(talk.at(step="change"))
    if step in PERSONAL_STEPS or step == "change":
        return steps.ask(talk)
    return _ask_for_day(talk)


def _ask_for_day(talk: Talk) -> Reply:
    wording = talk.turn.wording
    talk = talk.at(step="slot", meanings=())
    return talk.say([wording.text("utter_booking_other_day")])


def _stop(talk: Talk) -> Reply:
    wording, kind = talk.turn.wording, talk.state.kind
    talk = steps.give_back(talk)
    keeps = kind in ("manage", "move")
    key = "utter_appointment_kept" if keeps else "utter_booking_stopped"
    return talk.end([wording.text(key)])


def _back(talk: Talk) -> Reply:
    """Goes one step back; what was told before stays."""
    step = talk.state.step
    if talk.state.kind == "manage" or step == "offered":
        return _stop(talk)
    if talk.state.kind == "move" or step in ("name", "slot", "which"):
        return offer(Heard(talk.at(meanings=())))
    if step == "mail":
        return steps.ask(talk.knowing(name="").at(step="name"))
    if step in ("telephone", "remark", "check", "change"):
        return steps.ask(talk.knowing(mail="").at(step="mail"))
    return steps.ask(talk)


def _date(talk: Talk) -> Reply:
    """Reads a message where a date is to be chosen."""
    return _by_number(talk) or _by_words(talk) or _no_date(talk)


def _by_number(talk: Talk) -> Reply | None:
    text, state = talk.text, talk.state
    shown = state.offered_slots
    if state.step == "which":
        option = words.ordinal(text, len(state.options))
        if option is not None:
            return _pressed(talk, f"when:{option}")
    number = words.ordinal(text, len(shown))
    return None if number is None else steps.choose(talk, shown[number])


def _by_words(talk: Talk) -> Reply | None:
    text = talk.text
    if words.is_yes(text):
        return _yes(talk)
    mail, is_usable = person.mail_in(text) if "@" in text else (None, False)
    if mail and is_usable and talk.state.kind == "booking":
        return steps.ask(talk.knowing(mail=mail, said=text))
    if words.wants_other_office(text):
        return other_offices(talk)
    expected: Expected = "time" if talk.state.offers else "day"
    heard = hear(talk.at(meanings=()), expected=expected)
    if heard.is_new or heard.missing_district or heard.problem:
        return steps.take_wish(heard)
    if words.is_no(text):
        return _ask_for_day(talk)
    moved = earlier_or_later(talk)
    if moved:
        return moved
    topic = words.topic_of_change(text)
    if topic in ("time", "office") and len(text.split()) <= _LONGEST_TOPIC_IN_WORDS:
        return other_offices(talk) if topic == "office" else _ask_for_day(talk)
    return None


def _no_date(talk: Talk) -> Reply:
    said = talk.turn.said
    is_short = len(talk.text.split()) <= _LONGEST_TOPIC_IN_WORDS
    # A name or a word that we do not know is no question about anything.
    says_little = is_short and said.clear_aspect in (None, "overview")
    says_little = says_little and said.intent in ("service", "aspect")
    if said.intent in _COURTESIES | _BETWEEN and not says_little:
        return _between(talk)
    talk = talk.at(misses=talk.state.misses + 1)
    wording = talk.turn.wording
    asked, buttons = question(talk)
    help_ = wording.text("utter_booking_help") if talk.state.misses > 1 else ""
    return talk.say([wording.text("utter_booking_day_again"), asked, help_], buttons)
