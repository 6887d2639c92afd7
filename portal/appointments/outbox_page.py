"""Shows the outbox while nobody sends mails: for demonstrations on one machine."""

from __future__ import annotations

import asyncio
import ipaddress
from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse

from kumpel.clock import TIME_ZONE
from kumpel.settings import Settings
from portal.appointments.handlers import Api
from portal.pages import page
from portal.problems import Problem

#: Where the page is.
OUTBOX_PAGE = "/postausgang"

#: Set by proxies: behind one, every caller seems to be on this machine.
_PROXY_HEADERS = (
    "x-forwarded-for",
    "x-forwarded-host",
    "x-real-ip",
    "forwarded",
    "via",
)


def shows_outbox(request: Request, settings: Settings) -> bool:
    """Tells whether the outbox, with names and addresses, may be shown to a caller.

    Only where nobody sends mails, the portal is not for the public, and the browser
    runs on the same machine. The host's name counts, too: a page elsewhere could have
    its own name point here (DNS rebinding).
    """
    if settings.smtp_host or settings.public_url_override or settings.trusted_proxies:
        return False
    if any(request.headers.get(name) for name in _PROXY_HEADERS):
        return False
    try:
        host = urlsplit(f"//{request.host}").hostname or ""
    except ValueError:
        return False
    is_here = host == "localhost" or _is_loopback(host)
    return is_here and _is_loopback(str(request.ip or ""))


class OutboxPage:
    """Answers with the latest mails.

    Args:
        settings: Settings of the process.
        api: Gives what the citizen API works with, None before the start.
    """

    def __init__(self, settings: Settings, api: Callable[[], Api | None]) -> None:
        self._settings = settings
        self._api = api

    def add_to(self, app: Sanic) -> None:
        """Adds the route to an application that has not started."""
        app.add_route(self._show, OUTBOX_PAGE, methods=["GET", "HEAD"], name="outbox")

    async def _show(self, request: Request) -> HTTPResponse:
        if not shows_outbox(request, self._settings):
            raise Problem("not-found", "Unter dieser Adresse gibt es hier nichts.")
        api = self._api()
        if api is None:
            raise Problem("unavailable", "Das Portal startet noch.")
        mails = [
            (datetime.fromtimestamp(stored.created_at, TIME_ZONE), stored.letter)
            for stored in await asyncio.to_thread(api.desk.outbox.latest)
        ]
        return page("outbox.html", mails=mails)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
