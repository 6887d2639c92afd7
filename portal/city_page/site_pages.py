"""The city's pages around the chat."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections import Counter
from collections.abc import Callable
from typing import Any, TypeVar

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from kumpel.settings import Settings
from portal.appointments.outbox_page import OUTBOX_PAGE, shows_outbox
from portal.city_page.reading import Reader
from portal.city_page.rendering import READ, Handler, add_route, locale_of, page
from portal.city_page.texts import category_name

logger = logging.getLogger(__name__)

T = TypeVar("T")

_LONGEST_SEARCH_IN_CHARACTERS = 200
_MOST_RELATED = 8
#: What the home page names first, if it exists.
_POPULAR = [
    "personalausweis",
    "reisepass",
    "wohnsitz-ummelden",
    "wohnsitz-anmelden",
    "kfz-zulassung",
    "hundesteuer-anmelden",
    "sperrmuell",
    "fuehrungszeugnis",
]


class SitePages:
    """Answers requests for the pages.

    Args:
        settings: Tells what is kept how long, and who sees the demonstration's mails.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def add_to(self, routes: Blueprint) -> None:
        """Adds the pages to a blueprint."""
        handlers: dict[str, Handler] = {
            "/": self._home,
            "/leistungen": self._services,
            "/leistungen/<slug:str>": self._service,
            "/themen/<category:str>": self._topic,
            "/suche": self._search,
            "/stellen": self._offices,
            "/stellen/<slug:str>": self._office,
            "/barrierefreiheit": self._accessibility,
            "/datenschutz": self._privacy,
        }
        for path, handler in handlers.items():
            name = handler.__name__.strip("_")
            add_route(routes, path, handler, name, READ)

    async def _home(self, request: Request) -> HTTPResponse:
        facts = await _read_home(request)
        message_id = secrets.token_urlsafe(16)
        return self._page(request, "home.html", message_id=message_id, **facts)

    async def _services(self, request: Request) -> HTTPResponse:
        items = await read(request, lambda reader: reader.services())
        title = locale_of(request).site.all_services
        return self._page(request, "services.html", title=title, items=items, topic="")

    async def _topic(self, request: Request, category: str) -> HTTPResponse:
        items = await read(request, lambda reader: reader.services(category))
        if not items:
            return self._missing(request)
        name = category_name(category, locale_of(request).texts)
        return self._page(request, "services.html", title=name, items=items, topic=name)

    async def _service(self, request: Request, slug: str) -> HTTPResponse:
        def facts(reader: Reader) -> dict[str, Any] | None:
            view = reader.service(slug)
            if view is None:
                return None
            return {
                "view": view,
                "offices": reader.offices_of(slug),
                "related": reader.names(view.related)[:_MOST_RELATED],
            }

        found = await read(request, facts)
        if found is None:
            return self._missing(request)
        return self._page(request, "service.html", service=slug, **found)

    async def _search(self, request: Request) -> HTTPResponse:
        text = str(request.args.get("q") or "").strip()[:_LONGEST_SEARCH_IN_CHARACTERS]

        def facts(reader: Reader) -> dict[str, Any]:
            items = reader.found(text) if text else []
            return {
                "items": items,
                "near": reader.near(text) if not items else [],
                "offices": reader.found_offices(text) if text else [],
            }

        found = await read(request, facts)
        return self._page(request, "search.html", q=text, query={"q": text}, **found)

    async def _offices(self, request: Request) -> HTTPResponse:
        found = await read(request, lambda reader: reader.offices())
        return self._page(request, "offices.html", offices=found)

    async def _office(self, request: Request, slug: str) -> HTTPResponse:
        found = await read(request, lambda reader: reader.office(slug))
        if found is None:
            return self._missing(request)
        return self._page(request, "office.html", office=found)

    async def _accessibility(self, request: Request) -> HTTPResponse:
        language = locale_of(request).language
        return self._page(request, f"accessibility_{language}.html")

    async def _privacy(self, request: Request) -> HTTPResponse:
        template = f"privacy_{locale_of(request).language}.html"
        days = self._settings.keep_conversations_in_days
        return self._page(request, template, keep_in_days=days)

    def _missing(self, request: Request) -> HTTPResponse:
        return self._page(request, "missing.html", status=404, path="/")

    def _page(self, request: Request, template: str, **values: Any) -> HTTPResponse:
        outbox = OUTBOX_PAGE if shows_outbox(request, self._settings) else None
        shown = {"path": request.path, "query": {}, "outbox": outbox, **values}
        return page(template, locale_of(request), **shown)


async def read(request: Request, facts: Callable[[Reader], T]) -> T:
    """Reads facts in a thread, so that other requests go on."""
    reader = Reader(request.app.ctx.portal, locale_of(request).site)
    return await asyncio.to_thread(facts, reader)


async def service_name(request: Request, slug: str) -> str:
    """Returns the name of a service; empty where it, or all facts, are missing."""
    if not slug:
        return ""
    try:
        view = await read(request, lambda reader: reader.service(slug))
    except Exception:
        # The chat must be there without the facts, too.
        logger.exception("The chat is shown without its page's service.")
        return ""
    return view.name if view else ""


async def _read_home(request: Request) -> dict[str, Any]:
    """Reads the home page's facts; empty where they cannot be read.

    The chat and the numbers for emergencies must be there in any case.
    """
    texts = locale_of(request).texts

    def facts(reader: Reader) -> dict[str, Any]:
        sizes = Counter(str(item["category"]) for item in reader.services())
        topics = [(category_name(k, texts), k, size) for k, size in sizes.items()]
        return {
            "topics": sorted(topics),
            "popular": reader.names(_POPULAR),
            "offices": reader.citizens_offices(),
        }

    try:
        return await read(request, facts)
    except Exception:
        logger.exception("The home page is shown without its lists.")
        return {"topics": [], "popular": [], "offices": []}
