"""Fetches the facts that an answer stands on."""

from __future__ import annotations

import logging
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import TypeVar

from actions.turn import Turn
from kumpel.answers.facts import OfficeFacts, Question, ServiceFacts
from kumpel.answers.hours import state_at
from kumpel.answers.office_names import (
    civic_office,
    is_civic,
    office_in,
    office_named,
)
from kumpel.dates.days import find_day
from kumpel.errors import PortalError
from kumpel.portal_client.client import PortalClient
from kumpel.portal_client.models import (
    Fetched,
    Holiday,
    OfficeHours,
    OfficeQueue,
    Service,
)
from kumpel.text.fold import fold

logger = logging.getLogger(__name__)
T = TypeVar("T")

#: Enough to find the usual week behind Betriebsferien, and what opens after them.
HOURS_AHEAD_IN_DAYS = 20
#: What is older does not tell how full it is "right now".
_QUEUE_HOLDS_FOR = timedelta(minutes=10)


@dataclass(frozen=True)
class NamedOffice:
    """An office that a message names."""

    id: str
    district_without: str | None = None
    """District that was named and has no such office."""
    other_areas: tuple[str, ...] = ()
    """Where there are more such offices."""


class FactsLoader:
    """Fetches services and offices for one message, and notes what is stale."""

    def __init__(self, portal: PortalClient, now: datetime) -> None:
        """Takes the portal of one turn."""
        self._portal = portal
        self._now = now
        self.stale_since: datetime | None = None
        """Oldest moment of the last known facts, if the portal was out of reach."""

    def service(
        self,
        slug: str,
        question: Question,
        place: str | None,
        *,
        has_hours: bool = True,
    ) -> ServiceFacts:
        """Fetches a service and the office that fits the question.

        Args:
            slug: The service.
            question: What the citizen named.
            place: Slug of the office that was talked about before.
            has_hours: Whether the answer needs opening hours.

        Raises:
            PortalError: Nothing about the service could be had.
        """
        service = self._value(self._portal.service(slug))
        slugs = [office.id for office in service.offices]
        chosen, is_in_district, question = self._office_of(
            service, slugs, question, place
        )
        return ServiceFacts(
            service=service,
            place=self._place_or_none(chosen, question, has_hours),
            other_offices=tuple(o for o in service.offices if o.id != chosen),
            now=self._now,
            question=question,
            is_in_district=is_in_district,
            stale_since=self.stale_since,
        )

    def place(
        self, office_id: str, question: Question, *, has_hours: bool = True
    ) -> OfficeFacts:
        """Fetches an office, with its hours if the answer needs them.

        Raises:
            PortalError: Nothing about the office could be had.
        """
        office = self._value(self._portal.office(office_id))
        if not has_hours:
            return OfficeFacts(office, None)
        today = self._now.date()
        last = today + timedelta(days=HOURS_AHEAD_IN_DAYS)
        day = question.day
        try:
            hours = self._value(self._portal.office_hours(office_id, today, last))
            if day is not None and day > last:
                far = self._value(self._portal.office_hours(office_id, day, day))
                hours = replace(hours, days=hours.days + far.days)
        except PortalError as error:
            logger.warning("No hours of %s: %s", office_id, error)
            hours = None
        return OfficeFacts(office, hours, self._queue(office_id, hours, day))

    def _queue(
        self, office_id: str, hours: OfficeHours | None, day: date | None
    ) -> OfficeQueue | None:
        """Returns how full an office is, if it is open and today is asked about."""
        if hours is None or not hours.are_known or day not in {None, self._now.date()}:
            return None
        state = state_at(hours, self._now)
        # Whoever may only call waits in no corridor.
        if not state.is_open or state.mode == "phone":
            return None
        try:
            queue = self._portal.office_queue(office_id)
        except PortalError as error:
            logger.info("Nothing about the queue of %s: %s", office_id, error)
            return None
        if queue is None or abs(queue.at - self._now) > _QUEUE_HOLDS_FOR:
            return None
        return queue

    def office_named(
        self, name: str | None, text: str = "", district: str | None = None
    ) -> NamedOffice | None:
        """Returns the office that an entity or else the text names.

        Args:
            name: What the entity holds.
            text: The message.
            district: What it names as district, for "das Bürgerbüro in Fischeln".
        """
        offices = self._value(self._portal.offices())
        exact = office_named(name, offices) if name else None
        civic = civic_office(text, district, offices)
        if exact is None and not (civic and district):
            exact = office_in(f"{name or ''} {text}", offices)
        if exact:
            return NamedOffice(exact)
        if civic is None or civic.id is None:
            return None
        return NamedOffice(
            civic.id, district if civic.is_elsewhere else None, civic.other_areas
        )

    def branch_in(self, district: str, place: str) -> NamedOffice | None:
        """Returns the Bürgerbüro of a district, if the office before was one, too.

        Args:
            district: What the message names.
            place: Slug of the office that was talked about.
        """
        offices = self._value(self._portal.offices())
        names = next((office.name for office in offices if office.id == place), "")
        return self.office_named(None, names, district) if is_civic(names) else None

    def holidays(self) -> tuple[Holiday, ...]:
        """Returns the public holidays of this year and the next; none on failure."""
        found: tuple[Holiday, ...] = ()
        for year in (self._now.year, self._now.year + 1):
            try:
                found += self._value(self._portal.holidays(year))
            except PortalError as error:
                logger.warning("No holidays of %s: %s", year, error)
        return found

    def _office_of(
        self, service: Service, slugs: list[str], question: Question, place: str | None
    ) -> tuple[str | None, bool, Question]:
        """Picks the office: named, of the district, the last one, the main one.

        Returns:
            Its slug; whether it lies in the asked district; and the question, without
            the district where the portal could not say anything about it.
        """
        if question.office:
            named = self.office_named(question.office)
            if named and named.id in slugs:
                return named.id, True, question
        main = next(iter(slugs), None)
        if question.district:
            try:
                found = self._in_district(service.slug, question.district)
            except PortalError as error:
                logger.warning("No offices of a district: %s", error)
                district = fold(question.district)
                for office in service.offices:
                    if district in fold(office.name):
                        return office.id, True, question
                question = replace(question, district=None)
            else:
                return found or main, found is not None, question
        return place if place in slugs else main, False, question

    def _in_district(self, service: str, district: str) -> str | None:
        """Returns the service's office in a district; the portal knows the quarters."""
        found = self._value(self._portal.offices(service=service, district=district))
        return found[0].id if found else None

    def _place_or_none(
        self, office_id: str | None, question: Question, has_hours: bool
    ) -> OfficeFacts | None:
        if office_id is None:
            return None
        try:
            return self.place(office_id, question, has_hours=has_hours)
        except PortalError as error:
            logger.warning("No office %s: %s", office_id, error)
            return None

    def _value(self, fetched: Fetched[T]) -> T:
        if fetched.is_stale:
            oldest = self.stale_since or fetched.fetched_at
            self.stale_since = min(oldest, fetched.fetched_at)
        return fetched.value


def question_of(turn: Turn, loader: FactsLoader) -> Question:
    """Reads place, day and age from a message."""
    said = turn.said
    district, street = said.entity("district"), said.entity("street")
    if district is None and street is not None:
        district = _district_of(street, turn.portal)
    today = turn.now.date()
    day = find_day(said.text, today)
    if day is None and _may_name_a_holiday(said.text):
        day = find_day(said.text, today, loader.holidays())
    return Question(
        district=district,
        office=said.entity("office"),
        day=day,
        age_in_years=said.age_in_years,
    )


def _district_of(street: str, portal: PortalClient) -> str | None:
    try:
        streets = portal.streets(street).value
    except PortalError as error:
        logger.warning("No district of a street: %s", error)
        return None
    wanted = fold(street)
    exact = [each for each in streets if fold(each.name) == wanted]
    return next((each.district for each in exact or streets if each.district), None)


_HOLIDAY_WORDS = (
    "feiertag neujahr karfreitag oster pfingst weihnacht himmelfahrt fronleichnam "
    "allerheiligen einheit mai"
).split()


def _may_name_a_holiday(text: str) -> bool:
    """Spares two requests for all messages that name none."""
    folded = fold(text)
    return any(word in folded for word in _HOLIDAY_WORDS)
