"""Opening hours in words, computed from the resolved days of the portal.

The portal's own `status` would be one more request, and it would be wrong as soon
as it is served from the last known facts; the days stay true.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from kumpel.answers import formats
from kumpel.answers.facts import OfficeFacts
from kumpel.answers.wording import Wording
from kumpel.portal_client.models import DayHours, HoursMode, Interval, OfficeHours

_EXCEPTIONS_SHOWN_FOR_DAYS = 14
_UNUSUAL = frozenset({"special", "holiday"})


@dataclass(frozen=True)
class Opening:
    """The next time at which an office opens."""

    day: date
    time: str


@dataclass(frozen=True)
class State:
    """Whether an office is open at a moment."""

    is_open: bool
    closes: str | None
    """Time at which it closes, while it is open."""
    mode: HoursMode | None
    next_opening: Opening | None
    """Next time it opens: after the break, or on another day."""
    had_opened_today: bool
    """Whether it was open earlier that day."""
    today: DayHours | None


def state_at(hours: OfficeHours, now: datetime) -> State:
    """Computes whether an office is open, until when, else from when.

    Args:
        hours: Resolved days, at least that of `now`.
        now: Moment in Europe/Berlin.
    """
    time = f"{now.hour:02d}:{now.minute:02d}"
    today = next((day for day in hours.days if day.day == now.date()), None)
    current: Interval | None = None
    earlier = False
    if today is not None:
        for interval in today.intervals:
            if interval.opens <= time < interval.closes:
                current = interval
            earlier = earlier or interval.closes <= time
    return State(
        is_open=current is not None,
        closes=_closing(today, current) if today and current else None,
        mode=current.mode if current else None,
        next_opening=_next_opening(hours, now.date(), time, current),
        had_opened_today=earlier,
        today=today,
    )


def _closing(today: DayHours, current: Interval) -> str:
    """Follows intervals that touch: 8-12 and 12-16 close at 16."""
    closes = current.closes
    for interval in today.intervals:
        if interval.opens == closes and interval.mode == current.mode:
            closes = interval.closes
    return closes


def _next_opening(
    hours: OfficeHours, today: date, time: str, current: Interval | None
) -> Opening | None:
    after = current.closes if current else time
    for day in sorted(hours.days, key=lambda each: each.day):
        if day.day < today or not day.is_known:
            continue
        for interval in day.intervals:
            if day.day > today or interval.opens > after:
                return Opening(day.day, interval.opens)
    return None


def state_sentence(
    place: OfficeFacts, now: datetime, wording: Wording, *, name: str = ""
) -> str:
    """Says whether an office is open now, until when, else when next.

    Args:
        place: The office.
        now: Moment in Europe/Berlin.
        wording: The texts.
        name: Another word for the office where it was named just before, along with
            whether it sees people by appointment.
    """
    hours, full_name = place.hours, place.office.title
    if hours is None or not hours.are_known:
        if name:
            return wording.text("utter_hours_unknown_there", phone=place.phone)
        return wording.text("utter_hours_unknown", office=full_name, phone=place.phone)
    is_alone = not name
    name = name or full_name
    state = state_at(hours, now)
    if state.today is None or not state.today.is_known:
        return day_sentence(place, now.date(), wording)
    opening = state.next_opening
    facts: dict[str, object] = {"office": name, "phone": place.phone}
    if opening is not None:
        facts["time"] = formats.clock_time(opening.time)
        facts["day"] = formats.day_name(opening.day, now.date(), wording.language)
    if state.is_open:
        facts["until"] = formats.clock_time(state.closes or "")
        is_break = opening is not None and opening.day == now.date()
        key = "utter_hours_open_break" if is_break else "utter_hours_open"
        text = wording.text(key, **facts)
        return _with_mode(text, state.mode, wording) if is_alone else text
    if opening is None:
        return wording.text("utter_hours_closed_long", **facts)
    if opening.day == now.date():
        key = (
            "utter_hours_closed_now"
            if state.had_opened_today
            else "utter_hours_not_yet"
        )
        return wording.text(key, **facts)
    if state.had_opened_today:
        return wording.text("utter_hours_closed_already", **facts)
    reason = state.today.reason
    return wording.text(
        "utter_hours_closed_reason", reason=reason, **facts
    ) or wording.text("utter_hours_closed_today", **facts)


def day_sentence(place: OfficeFacts, day: date, wording: Wording) -> str:
    """Says when an office is open on one day."""
    hours, name = place.hours, place.office.title
    if hours is None or not hours.are_known:
        return wording.text("utter_hours_unknown", office=name, phone=place.phone)
    named = formats.full_day(day, wording.language)
    resolved = next((each for each in hours.days if each.day == day), None)
    if resolved is None or not resolved.is_known:
        return wording.text(
            "utter_hours_day_unknown", office=name, day=named, phone=place.phone
        )
    if resolved.is_open:
        text = wording.text(
            "utter_hours_day_open",
            office=name,
            day=named,
            hours=_intervals(resolved, wording),
        )
        modes = {interval.mode for interval in resolved.intervals}
        return _with_mode(text, modes.pop() if len(modes) == 1 else None, wording)
    return wording.text(
        "utter_hours_day_closed_reason", office=name, day=named, reason=resolved.reason
    ) or wording.text("utter_hours_day_closed", office=name, day=named)


def is_open_on(hours: OfficeHours, day: date) -> bool:
    """Says whether an office is surely open on a day."""
    return any(each.day == day and each.is_open for each in hours.days)


def week_lines(hours: OfficeHours, now: datetime, wording: Wording) -> list[str]:
    """Lists the usual week, equal days together, then the days that differ."""
    usual: dict[int, DayHours] = {}
    for day in hours.days:
        if day.is_known and day.reason_kind not in _UNUSUAL:
            usual.setdefault(day.day.weekday(), day)
    lines: list[str] = []
    group: list[int] = []
    for weekday in range(7):
        if weekday in usual:
            if group and not _alike(usual[group[0]], usual[weekday], group, weekday):
                lines.append(_week_line(group, usual[group[0]], wording))
                group = []
            group.append(weekday)
    if group:
        lines.append(_week_line(group, usual[group[0]], wording))
    return [line for line in lines if line] + _exceptions(hours, now.date(), wording)


def _alike(a: DayHours, b: DayHours, group: list[int], weekday: int) -> bool:
    return a.intervals == b.intervals and group[-1] == weekday - 1


def _week_line(group: list[int], day: DayHours, wording: Wording) -> str:
    days = formats.short_day(group[0], wording.language)
    if len(group) > 1:
        days += "–" + formats.short_day(group[-1], wording.language)
    if day.intervals:
        return wording.text(
            "utter_hours_line", days=days, hours=_intervals(day, wording)
        )
    return wording.text("utter_hours_line_closed", days=days)


def _exceptions(hours: OfficeHours, today: date, wording: Wording) -> list[str]:
    lines = []
    for day in hours.days:
        ahead = (day.day - today).days
        if day.reason_kind not in _UNUSUAL or not day.is_known:
            continue
        if not 0 <= ahead <= _EXCEPTIONS_SHOWN_FOR_DAYS:
            continue
        named = formats.full_day(day.day, wording.language)
        if day.is_open:
            shown = _intervals(day, wording)
            lines.append(wording.text("utter_hours_line", days=named, hours=shown))
        else:
            lines.append(
                wording.text("utter_hours_line_exception", day=named, reason=day.reason)
                or wording.text("utter_hours_line_closed", days=named)
            )
    return lines


def _intervals(day: DayHours, wording: Wording) -> str:
    return ", ".join(
        f"{formats.clock_time(interval.opens)}–{formats.clock_time(interval.closes)}"
        for interval in day.intervals
    ) + (" Uhr" if wording.language == "de" else "")


def _with_mode(text: str, mode: HoursMode | None, wording: Wording) -> str:
    if mode == "appointmentOnly":
        return f"{text} {wording.text('utter_hours_by_appointment')}"
    if mode == "phone":
        return f"{text} {wording.text('utter_hours_by_phone')}"
    return text
