"""What a handler gets, and how it answers."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.engine import Engine

from kumpel.settings import Settings
from portal.appointments.desk import Desk
from portal.appointments.handlers import Api
from portal.catalogue import Catalogue
from portal.etag import etag_of, has_same
from portal.problems import Problem
from portal.specification import Operation

T = TypeVar("T")


@dataclass
class Portal:
    """What all handlers of one application share.

    Attributes:
        settings: Settings of the process.
        engine: The database; None until the application has started.
        appointments: What appointments work with; likewise.
        cached: The catalogue of that database, once somebody asked for it.
    """

    settings: Settings
    engine: Engine | None = None
    appointments: Api | None = None
    cached: Catalogue | None = None

    @property
    def catalogue(self) -> Catalogue:
        """The facts.

        Raises:
            Problem: The application has not started yet.
        """
        if self.cached is None:
            self.cached = Catalogue(self.database)
        return self.cached

    @property
    def database(self) -> Engine:
        """The open database.

        Raises:
            Problem: The application has not started yet.
        """
        if self.engine is None:
            raise Problem("unavailable", "Das Portal startet noch.")
        return self.engine

    @property
    def desk(self) -> Desk:
        """Where appointments are given.

        Raises:
            Problem: The application has not started yet.
        """
        if self.appointments is None:
            raise Problem("unavailable", "Das Portal startet noch.")
        return self.appointments.desk

    @property
    def now(self) -> datetime:
        """The moment by the injected clock, in Europe/Berlin."""
        return self.settings.clock()

    def form_url(self, form: Mapping[str, Any]) -> str:
        """Returns the address at which a citizen opens a form."""
        if form["url"]:
            return str(form["url"])
        return (
            f"{self.settings.public_url}/metaform/Form-Solutions/sid/assistant/"
            f"{form['sid']}"
        )


@dataclass(frozen=True)
class Call:
    """One checked request.

    Attributes:
        query: A value for each declared parameter, None where absent.
        path: Values in the path.
    """

    portal: Portal
    request: Request
    operation: Operation
    query: dict[str, Any]
    path: dict[str, str]

    async def off_loop(self, work: Callable[[], T]) -> T:
        """Runs blocking work in a thread, so that other requests go on."""
        return await asyncio.to_thread(work)

    def answer(self, document: Any) -> HTTPResponse:
        """Answers with JSON, an ETag, and 304 where the caller has the same."""
        body = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
        return cached(
            self.request, body.encode(), "application/json", self.operation.cache
        )

    def page(self, items: list[Any], total: int, offset: int) -> HTTPResponse:
        """Answers with one page of a list.

        Args:
            items: What the page holds.
            total: Items of all pages.
            offset: Items before this page.
        """
        following = offset + len(items)
        more = following < total and items
        return self.answer(
            {
                "items": items,
                "next": self._cursor(following) if more else None,
                "total": total,
            }
        )

    @property
    def offset(self) -> int:
        """Items to skip, as the cursor says.

        Raises:
            Problem: The cursor is not one of ours, or belongs to another query.
        """
        text = self.query["cursor"]
        if not text:
            return 0
        try:
            offset = int.from_bytes(base64.urlsafe_b64decode(text)[:4], "big")
        except ValueError:
            offset = -1
        # A cursor of another query would silently skip what the caller never saw.
        if offset < 1 or self._cursor(offset) != text:
            raise Problem(
                "malformed", "Der Wert von cursor passt nicht zu dieser Suche."
            )
        return offset

    def _cursor(self, offset: int) -> str:
        filters = {
            key: str(value) for key, value in self.query.items() if key != "cursor"
        }
        text = json.dumps([self.operation.id, filters], sort_keys=True)
        digest = hashlib.sha256(text.encode()).digest()[:8]
        return base64.urlsafe_b64encode(offset.to_bytes(4, "big") + digest).decode()


def cached(
    request: Request, body: bytes, content_type: str, cache_control: str
) -> HTTPResponse:
    """Answers with a strong ETag, or 304 where the caller has the same body."""
    etag = etag_of(body)
    headers = {"ETag": etag, "Cache-Control": cache_control}
    if has_same(request, etag):
        return HTTPResponse(status=304, headers=headers)
    return HTTPResponse(
        body, headers=headers, content_type=f"{content_type}; charset=utf-8"
    )
