"""Reads services, offices, forms and places from the database."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine

from portal import tables
from portal.folding import fold
from portal.seed_models import Hours, SpecialDay

Document = dict[str, Any]


@dataclass(frozen=True)
class Page:
    """One page of a longer list."""

    items: list[Document]
    total: int


@dataclass(frozen=True)
class OfficeRecord:
    """An office with everything that its opening hours need."""

    identifier: int
    document: Document
    hours: Hours


class Catalogue:
    """All questions to the database; every method blocks.

    Args:
        engine: An engine that `portal.database.prepare` returned.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._special_days: list[SpecialDay] | None = None

    def services(
        self,
        q: str | None,
        office: str | None,
        category: str | None,
        *,
        limit: int,
        offset: int,
    ) -> Page:
        """Returns services, best match first, else in the order of the catalogue.

        Args:
            q: Words that all occur in name or synonyms, with German folding.
            office: Slug or identifier of an office in charge.
            category: Category slug.
            limit: Most items of the page.
            offset: Items to skip.
        """
        table = tables.service
        conditions = _search_conditions(table, q)
        if category:
            conditions.append(table.c.category == category)
        if office:
            conditions.append(
                table.c.identifier.in_(
                    sa.select(tables.office_service.c.service)
                    .join(tables.office)
                    .where(_is(tables.office, office))
                )
            )
        with self._engine.connect() as connection:
            total = _count(connection, table, conditions)
            query = (
                sa.select(
                    table.c.identifier, table.c.slug, table.c.name, table.c.category
                )
                .where(*conditions)
                .order_by(*_order(table, q))
                .limit(limit)
                .offset(offset)
            )
            items = [
                {**row._mapping, "identifier": str(row.identifier)}
                for row in connection.execute(query)
            ]
        return Page(items, total)

    def service(self, name: str) -> Document | None:
        """Returns a service by slug or identifier."""
        return self._document(tables.service, name)

    def offices(
        self, q: str | None, service: str | None, districts: Sequence[str] | None
    ) -> list[OfficeRecord]:
        """Returns all offices that match, in order of relevance.

        Args:
            q: Words that all occur in name, aliases, street or tasks.
            service: Slug or identifier of a service; then in its own order.
            districts: Names of Stadtteile; None for all.
        """
        table = tables.office
        query = sa.select(table.c.identifier, table.c.document, table.c.hours).where(
            *_search_conditions(table, q)
        )
        if districts is not None:
            query = query.where(table.c.district.in_(districts))
        if service:
            joined = table.join(tables.office_service).join(
                tables.service,
                tables.service.c.identifier == tables.office_service.c.service,
            )
            query = query.select_from(joined).where(_is(tables.service, service))
            order: Sequence[Any] = (tables.office_service.c.position,)
        else:
            order = ()
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(*_order(table, q, order)))
            return [_office_record(row) for row in rows]

    def office(self, name: str) -> OfficeRecord | None:
        """Returns an office by slug or identifier."""
        table = tables.office
        query = sa.select(table.c.identifier, table.c.document, table.c.hours)
        with self._engine.connect() as connection:
            row = connection.execute(query.where(_is(table, name))).first()
        return None if row is None else _office_record(row)

    def forms(
        self, q: str | None, service: str | None, system: str | None
    ) -> list[Document]:
        """Returns the catalogue of form assistants.

        Args:
            q: Words of the title or of its service.
            service: Slug or identifier.
            system: `form-solutions`, `link` or `demonstration`.
        """
        table = tables.form
        query = sa.select(table.c.document).where(*_search_conditions(table, q))
        if service:
            query = query.select_from(table.join(tables.service)).where(
                _is(tables.service, service)
            )
        if system:
            query = query.where(table.c.system == system)
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(table.c.service, table.c.id))
            return [row.document for row in rows]

    def form(self, name: str) -> Document | None:
        """Returns a form by its id or, for a demonstration, by its SID."""
        table = tables.form
        query = sa.select(table.c.document)
        with self._engine.connect() as connection:
            found: Document | None = connection.execute(
                query.where(sa.or_(table.c.id == name, table.c.sid == name))
            ).scalar()
        return found

    def places(
        self,
        collection: str,
        q: str | None = None,
        districts: Sequence[str] | None = None,
    ) -> list[Document]:
        """Returns the places of one collection, in their file's order."""
        table = tables.place
        query = sa.select(table.c.document).where(
            table.c.collection == collection, *_search_conditions(table, q)
        )
        if districts is not None:
            query = query.where(table.c.district.in_(districts))
        with self._engine.connect() as connection:
            rows = connection.execute(query.order_by(table.c.position))
            return [row.document for row in rows]

    def districts_named(self, text: str) -> list[str]:
        """Returns the Stadtteile that a citizen may mean by a name.

        Args:
            text: A Stadtteil, one of its parts or quarters, or a Stadtbezirk.

        Returns:
            Official names; empty where nothing is called so.
        """
        wanted = fold(text)
        exact: list[str] = []
        borough: list[str] = []
        for district in self.places("district"):
            parts = [district["name"], *district["name"].split("/")]
            if wanted in map(fold, parts + district["quarters"]):
                exact.append(district["name"])
            if wanted == fold(district["borough"]):
                borough.append(district["name"])
        quarters = [
            quarter["district"]
            for quarter in self.places("quarter")
            if quarter["district"] and wanted == fold(quarter["name"])
        ]
        # "Uerdingen" is a Stadtbezirk as well as a Stadtteil; "Mitte" only the former.
        return list(dict.fromkeys([*exact, *quarters] or borough))

    def fact_sheet(self, name: str) -> Document:
        """Returns facts of which there is one of a kind."""
        table = tables.fact_sheet
        with self._engine.connect() as connection:
            found: Document = connection.execute(
                sa.select(table.c.document).where(table.c.name == name)
            ).scalar_one()
        return found

    def special_days(self) -> list[SpecialDay]:
        """Returns the city's special days.

        Read once: facts change only when a portal starts, and every question about
        opening hours needs them.
        """
        if self._special_days is None:
            rows = self.fact_sheet("special_days")["special_days"]
            self._special_days = [SpecialDay.parse_obj(row) for row in rows]
        return self._special_days

    def is_reachable(self) -> bool:
        """Tells whether the database answers and holds facts."""
        with self._engine.connect() as connection:
            return (
                connection.execute(sa.select(tables.seed_state.c.hash)).scalar()
                is not None
            )

    def _document(self, table: sa.Table, name: str) -> Document | None:
        with self._engine.connect() as connection:
            found: Document | None = connection.execute(
                sa.select(table.c.document).where(_is(table, name))
            ).scalar()
        return found


def _office_record(row: Any) -> OfficeRecord:
    return OfficeRecord(row.identifier, row.document, Hours.parse_obj(row.hours))


def _is(table: sa.Table, name: str) -> Any:
    """Compares with the slug or, for digits, with the identifier."""
    if name.isdecimal() and len(name) <= 9:
        return table.c.identifier == int(name)
    return table.c.slug == name


def _search_conditions(table: sa.Table, q: str | None) -> list[Any]:
    if q is None or not q.strip():
        return []
    words = fold(q).split()
    if not words:  # Only signs: nothing can match.
        return [sa.false()]
    # Folded words hold letters and digits only, so nothing needs escaping.
    return [table.c.folded_text.like(f"%{word}%") for word in words]


def _order(table: sa.Table, q: str | None, before: Sequence[Any] = ()) -> list[Any]:
    wanted = fold(q or "")
    if not wanted:
        return [*before, table.c.identifier]
    name, text = table.c.folded_name, table.c.folded_text
    rank = sa.case(
        (name == wanted, 0),
        (name.like(f"{wanted} %"), 1),
        (text.like(f"%| {wanted} |%"), 2),
        (name.like(f"%{wanted}%"), 3),
        (text.like(f"%{wanted}%"), 4),
        else_=5,
    )
    return [rank, *before, table.c.identifier]


def _count(connection: Connection, table: sa.Table, conditions: list[Any]) -> int:
    query = sa.select(sa.func.count()).select_from(table).where(*conditions)
    return int(connection.execute(query).scalar_one())
