"""The routes of the demo city page: the page itself and its style."""

from __future__ import annotations

import asyncio
import functools
import logging
from pathlib import Path
from typing import Any

import jinja2
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html, raw

from kumpel.settings import Settings
from portal.appointments.outbox_page import OUTBOX_PAGE, shows_outbox
from portal.city_page.chat import Caller, Chat
from portal.city_page.markup import rendered
from portal.city_page.texts import SERVICE_NUMBER, Texts, category_name, texts_for
from portal.city_page.turns import View, acted, opened

logger = logging.getLogger(__name__)

_FOLDER = Path(__file__).resolve().parent
_MAX_SERVICES = 1_000
_FORM_FIELDS = ("action", "conversation", "message_id", "text", "choice")
_PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)

Services = dict[str, list[dict[str, Any]]]


def create_blueprint(settings: Settings) -> Blueprint:
    """Makes the blueprint of the page.

    The application that registers it offers the facts as `app.ctx.portal`.

    Args:
        settings: Tells where the assistant is.
    """
    routes = Blueprint("city_page")
    chat = Chat(settings.rasa_url)

    @routes.route("/", methods=["GET", "HEAD"])
    async def show(request: Request) -> HTTPResponse:
        caller = _caller(request)
        services = await _services(request)
        draft = _question(_argument(request, "service"), services, caller)
        view = await asyncio.to_thread(opened, chat, caller, draft)
        outbox = OUTBOX_PAGE if shows_outbox(request, settings) else None
        return _page(view, services, texts_for(caller.language), outbox)

    @routes.post("/")
    async def act(request: Request) -> HTTPResponse:
        caller = _caller(request)
        form = {name: _field(request, name) for name in _FORM_FIELDS}
        view = await asyncio.to_thread(acted, chat, caller, form)
        outbox = OUTBOX_PAGE if shows_outbox(request, settings) else None
        texts = texts_for(caller.language)
        return _page(view, await _services(request), texts, outbox)

    @routes.route("/city.css", methods=["GET", "HEAD"])
    async def style(_request: Request) -> HTTPResponse:
        headers = {"Cache-Control": "public, max-age=300"}
        return raw(_style(), content_type="text/css; charset=utf-8", headers=headers)

    return routes


def _caller(request: Request) -> Caller:
    language = "en" if _argument(request, "lang") == "en" else "de"
    return Caller(str(request.remote_addr or request.ip or ""), language)


def _argument(request: Request, name: str) -> str:
    return str(request.args.get(name) or "")


def _field(request: Request, name: str) -> str:
    return str((request.form or {}).get(name) or "")


async def _services(request: Request) -> Services:
    """Returns the services by category; none where the facts cannot be read."""
    portal = request.app.ctx.portal

    def read() -> Services:
        page = portal.catalogue.services(
            None, None, None, limit=_MAX_SERVICES, offset=0
        )
        by_category: Services = {}
        for item in sorted(page.items, key=lambda item: str(item["name"]).casefold()):
            by_category.setdefault(str(item["category"]), []).append(item)
        return by_category

    try:
        return await asyncio.to_thread(read)
    except Exception:
        # The chat is the page's purpose: it must be there without the list, too.
        logger.exception("The list of services is left out of the page.")
        return {}


def _question(slug: str, services: Services, caller: Caller) -> str:
    for items in services.values():
        for item in items:
            if item["slug"] == slug:
                return texts_for(caller.language).question_about.format(item["name"])
    return ""


def _page(
    view: View, services: Services, texts: Texts, outbox: str | None
) -> HTTPResponse:
    topics = [(category_name(key, texts), items) for key, items in services.items()]
    text = (
        _environment()
        .get_template("page.html")
        .render(
            view=view,
            t=texts,
            topics=sorted(topics),
            outbox=outbox,
            rendered=rendered,
            number=SERVICE_NUMBER,
        )
    )
    headers = {
        "Cache-Control": "no-store",
        "Content-Language": texts.language,
        "Content-Security-Policy": _PAGE_POLICY,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    # A conversation may hold half a character, which no encoding can write.
    return html(text.encode("utf-8", "replace"), status=view.status, headers=headers)


@functools.lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


@functools.lru_cache(maxsize=1)
def _style() -> bytes:
    return (_FOLDER / "static" / "city.css").read_bytes()
