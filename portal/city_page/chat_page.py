"""The chat as a page of its own: without JavaScript, and for a frame."""

from __future__ import annotations

import asyncio

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from kumpel.settings import Settings
from portal.appointments.outbox_page import OUTBOX_PAGE, shows_outbox
from portal.city_page.chat import Caller, Chat
from portal.city_page.rendering import (
    POLICY_WITHOUT_SCRIPT,
    READ,
    add_route,
    framed_policy,
    locale_of,
    page,
)
from portal.city_page.site_pages import service_name
from portal.city_page.turns import View, acted, opened

CHAT_PAGE = "/chat/seite"
FRAME = "/chat/frame"

_FORM_FIELDS = ("action", "conversation", "message_id", "text", "choice", "service")
_LONGEST_DRAFT_IN_CHARACTERS = 1_000
#: The registered tag of simplified German: "easy" alone is no language.
_EASY = "de-simple"
_EASY_NAMES = ("easy", _EASY)


class ChatPage:
    """Answers requests for the chat's own page.

    Args:
        settings: Tells where the assistant is, and who may show it in a frame.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._chat = Chat(settings.rasa_url)

    def add_to(self, routes: Blueprint) -> None:
        """Adds the page to a blueprint."""
        add_route(routes, CHAT_PAGE, self._show, "chat", READ)
        add_route(routes, CHAT_PAGE, self._act, "chat_act", ["POST"])
        # The chat's address before it had one of its own, for pages left open.
        add_route(routes, "/", self._act, "home_act", ["POST"])
        add_route(routes, FRAME, self._frame, "frame", READ)

    async def _show(self, request: Request) -> HTTPResponse:
        draft = _argument(request, "frage")[:_LONGEST_DRAFT_IN_CHARACTERS]
        view = await asyncio.to_thread(opened, self._chat, _caller(request), draft)
        return await self._page(request, view, _argument(request, "service"))

    async def _act(self, request: Request) -> HTTPResponse:
        form = {name: _field(request, name) for name in _FORM_FIELDS}
        view = await asyncio.to_thread(acted, self._chat, _caller(request), form)
        return await self._page(request, view, form["service"])

    async def _page(self, request: Request, view: View, service: str) -> HTTPResponse:
        topic = await service_name(request, service)
        return page(
            "chat.html",
            locale_of(request),
            status=view.status,
            policy=POLICY_WITHOUT_SCRIPT,
            caching="no-store",
            path=CHAT_PAGE,
            query={},
            view=view,
            service=service if topic else "",
            topic=topic,
            outbox=OUTBOX_PAGE if shows_outbox(request, self._settings) else None,
        )

    async def _frame(self, request: Request) -> HTTPResponse:
        locale = locale_of(request)
        slug = _argument(request, "service")
        is_easy = _argument(request, "lang").lower() in _EASY_NAMES
        shown = page(
            "frame.html",
            locale,
            policy=framed_policy(self._settings.widget_origins),
            service=slug if await service_name(request, slug) else "",
            chat_language=_EASY if is_easy else locale.language,
        )
        # This header knows no list of origins; browsers that know the policy go by
        # that alone.
        shown.headers["X-Frame-Options"] = "SAMEORIGIN"
        return shown


def _caller(request: Request) -> Caller:
    address = str(request.remote_addr or request.ip or "")
    return Caller(address, locale_of(request).language)


def _argument(request: Request, name: str) -> str:
    return str(request.args.get(name) or "")


def _field(request: Request, name: str) -> str:
    return str((request.form or {}).get(name) or "")
