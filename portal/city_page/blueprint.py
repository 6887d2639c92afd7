"""All routes of the demo city page: its pages, the chat without JavaScript, files."""

from __future__ import annotations

from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse

from kumpel.settings import Settings
from portal.city_page.chat_page import ChatPage
from portal.city_page.rendering import file, file_names
from portal.city_page.site_pages import SitePages


def create_blueprint(settings: Settings) -> Blueprint:
    """Makes the blueprint of the pages.

    The application that registers it offers the facts as `app.ctx.portal`.

    Args:
        settings: Settings of the application.
    """
    routes = Blueprint("city_page")
    SitePages(settings).add_to(routes)
    ChatPage(settings).add_to(routes)
    for name in file_names():
        _add_file(routes, name)
    return routes


def _add_file(routes: Blueprint, name: str) -> None:
    async def serve(_request: Request) -> HTTPResponse:
        return file(name)

    routes.add_route(serve, f"/{name}", methods=["GET", "HEAD"], name=name[:-4])
