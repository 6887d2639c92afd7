"""Which of many free slots to offer, and what comes nearest to a wish."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from kumpel.appointments.models import FreeDay, Slot
from kumpel.dates.values import Mention, When, Wishes

MOST_OFFERS = 4
_ROUGHLY = timedelta(hours=1)
_NOON = time(12)
_WEEKDAYS = (
    *("montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonna"),
    *("sonntag", "mo", "di", "mi", "do", "fr", "sa", "so", "monday", "tuesday", "wed"),
    *("thu", "fri", "sat", "sun"),
)


def days_of(wishes: Wishes, free: Iterable[FreeDay], office: str | None) -> list[date]:
    """Returns the free days that suit, earliest first.

    Args:
        wishes: What suits.
        free: Days with the offices at which something is free.
        office: Number of the wanted office; None takes any.
    """
    return [
        each.day
        for each in free
        if _suits_day(wishes, each.day) and (office is None or office in each.offices)
    ]


def _suits_day(wishes: Wishes, day: date) -> bool:
    is_wanted = not wishes.wanted or any(w.admits_day(day) for w in wishes.wanted)
    return is_wanted and not any(
        not no.has_times and no.admits_day(day) for no in wishes.excluded
    )


def suits(wishes: Wishes, slot: Slot) -> bool:
    """Tells whether a slot suits; "gegen 10" takes an hour around."""
    moment = slot.starts_at.replace(tzinfo=None)
    if wishes.admits(moment):
        return True
    return any(_is_near(wish, moment) for wish in wishes.wanted if wish.is_rough)


def _is_near(wish: When, moment: datetime) -> bool:
    at = wish.clock_time
    if at is None or not wish.admits_day(moment.date()):
        return False
    return abs(datetime.combine(moment.date(), at) - moment) <= _ROUGHLY


def good_offers(
    slots: Sequence[Slot], order: Sequence[str], most: int = MOST_OFFERS
) -> tuple[Slot, ...]:
    """Picks offers that differ: the earliest, then other offices, days and hours.

    Args:
        slots: What suits.
        order: Numbers of the offices, the one to prefer first.
        most: How many to pick.
    """
    rank = {office: number for number, office in enumerate(order)}
    left = sorted(slots, key=lambda s: (s.starts_at, rank.get(s.office, len(rank))))
    if not left:
        return ()
    picked = [left[0]]
    while len(picked) < most:
        rest = [slot for slot in left if slot not in picked]
        if not rest:
            break
        # Stable: of equally different ones the earliest.
        picked.append(max(rest, key=lambda slot: _difference(slot, picked)))
    return tuple(sorted(picked))


def _difference(slot: Slot, picked: Sequence[Slot]) -> tuple[int, int]:
    """Rates how much a slot adds: another office, then another part of the day."""
    is_other_office = all(slot.office != other.office for other in picked)
    is_other_day = all(slot.day != other.day for other in picked)
    minutes = min(
        abs((slot.starts_at - other.starts_at).total_seconds()) / 60 for other in picked
    )
    # Offers that lie two hours apart are different enough; weeks are not better.
    return (is_other_office + is_other_day, int(min(minutes, 120) // 60))


def nearest(
    slots: Sequence[Slot], wishes: Wishes, office: str | None, most: int = MOST_OFFERS
) -> tuple[Slot, ...]:
    """Picks what comes nearest to wishes that nothing meets.

    Args:
        slots: All free slots on the days around.
        wishes: What was wanted.
        office: Number of the wanted office, preferred.
        most: How many to pick.
    """
    wish = wishes.wanted[0] if wishes.wanted else When()
    allowed = [
        slot
        for slot in slots
        if not any(
            no.admits(slot.starts_at.replace(tzinfo=None)) for no in wishes.excluded
        )
    ]

    def distance(slot: Slot) -> tuple[float, datetime, bool]:
        days = _days_from(wish, slot.day)
        hours = _hours_from(wish, slot.starts_at.time())
        is_elsewhere = office is not None and slot.office != office
        return (days * 6 + hours + 3 * is_elsewhere, slot.starts_at, is_elsewhere)

    picked: list[Slot] = []
    for slot in sorted(allowed, key=distance):
        is_double = any(
            slot.starts_at == other.starts_at
            or (slot.office == other.office and _is_close(slot, other))
            for other in picked
        )
        if not is_double:
            picked.append(slot)
    chosen = picked[:most]
    own = next((slot for slot in picked if slot.office == office), None)
    if own and len(chosen) == most and own not in chosen:
        # Who named an office also wants to know when it has something.
        chosen[-1] = own
    return tuple(sorted(chosen))


def _is_close(slot: Slot, other: Slot) -> bool:
    return abs(slot.starts_at - other.starts_at) < timedelta(minutes=60)


def _days_from(wish: When, day: date) -> float:
    if wish.admits_day(day):
        return 0
    distances = [abs((day - bound).days) for bound in (wish.first, wish.last) if bound]
    return min(distances, default=1)


def _hours_from(wish: When, at: time) -> float:
    if wish.admits_time(at):
        return 0
    bounds = [bound for bound in (wish.start, wish.end) if bound is not None]
    return min((abs(_minutes(at) - _minutes(b)) / 60 for b in bounds), default=0)


def _minutes(at: time) -> int:
    return at.hour * 60 + at.minute


def in_same_week(
    wishes: Wishes, mentions: Sequence[Mention], before: Wishes, today: date
) -> Wishes:
    """Reads "nein, doch lieber Mittwoch" as the Wednesday of the week before it.

    Who first wanted Tuesday in a week and then says no more than Wednesday means the
    day after, not tomorrow.

    Args:
        wishes: What the new message says by itself.
        mentions: Its time expressions.
        before: What was wanted until now.
        today: The current day.
    """
    earlier = before.wanted[0].day if len(before.wanted) == 1 else None
    if earlier is None or len(wishes.wanted) != 1 or wishes.wanted[0].day is None:
        return wishes
    named = [m for m in mentions if m.when.has_days and not m.is_excluded]
    is_bare = len(named) == 1 and _is_bare_weekday(named[0].text)
    if not is_bare:
        return wishes
    monday = earlier - timedelta(days=earlier.weekday())
    day = monday + timedelta(days=wishes.wanted[0].day.weekday())
    if day <= today:
        return wishes
    return Wishes((replace(wishes.wanted[0], first=day, last=day),), wishes.excluded)


def _is_bare_weekday(text: str) -> bool:
    words = text.lower().split()
    if not any(word.startswith(_WEEKDAYS) for word in words):
        # "Heiligabend" is one day of the year and not a Thursday of any week.
        return False
    return not any(c.isdigit() for c in text.split(",")[0]) and not any(
        word.startswith(
            (
                "nächst",
                "naechst",
                "komm",
                "dies",
                "woche",
                "next",
                "this",
                "heute",
                "morgen",
                "übermorgen",
                "tomorrow",
                "today",
            )
        )
        for word in words
    )


def earlier_than(slots: Iterable[Slot], moment: datetime) -> list[Slot]:
    """Returns the slots before a moment."""
    return [slot for slot in slots if slot.starts_at < moment]
