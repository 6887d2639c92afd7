"""Renders the city's pages, and says what a browser may do with them."""

from __future__ import annotations

import functools
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import jinja2
from sanic import Blueprint
from sanic.request import Request
from sanic.response import HTTPResponse, html, raw

from portal.city_page.markup import rendered
from portal.city_page.site_texts import SiteTexts, site_texts_for
from portal.city_page.texts import SERVICE_NUMBER, Texts, category_name, texts_for

Handler = Callable[..., Awaitable[HTTPResponse]]

READ = ("GET", "HEAD")

_FOLDER = Path(__file__).resolve().parent

#: A page without any script: the chat for browsers that run none.
POLICY_WITHOUT_SCRIPT = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
#: What the chat's element needs: one script of our own, and answers from our own
#: server. Trusted types refuse every text that would become HTML.
_POLICY_WITH_CHAT = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; "
    "img-src 'self'; form-action 'self'; base-uri 'none'; "
    "require-trusted-types-for 'script'; frame-ancestors {}"
)
POLICY_WITH_CHAT = _POLICY_WITH_CHAT.format("'none'")

_FILES = {
    "city.css": "text/css; charset=utf-8",
    "krefeld.svg": "image/svg+xml",
    "mark.svg": "image/svg+xml",
}


def framed_policy(origins: tuple[str, ...]) -> str:
    """Returns the policy of a page that these origins may show in a frame."""
    return _POLICY_WITH_CHAT.format(" ".join(["'self'", *origins]))


@dataclass(frozen=True)
class Locale:
    """The language of one page, and how it links to others."""

    language: str
    """`de` or `en`."""

    @property
    def texts(self) -> Texts:
        """Words of the chat without JavaScript."""
        return texts_for(self.language)

    @property
    def site(self) -> SiteTexts:
        """Words of the city's pages."""
        return site_texts_for(self.language)

    def to(self, path: str, **query: str) -> str:
        """Returns the address of a page in this language."""
        given = {name: value for name, value in query.items() if value}
        if self.language == "en":
            given = {"lang": "en", **given}
        return f"{path}?{urlencode(given)}" if given else path


def locale_of(request: Request) -> Locale:
    """Returns the language that a page is asked for in."""
    return Locale("en" if request.args.get("lang") == "en" else "de")


def page(
    template: str,
    locale: Locale,
    *,
    status: int = 200,
    policy: str = POLICY_WITH_CHAT,
    caching: str = "no-cache",
    **values: Any,
) -> HTTPResponse:
    """Renders a page.

    Args:
        template: File name under `templates/`.
        locale: Language of the page.
        status: HTTP status.
        policy: Content security policy.
        caching: Value of Cache-Control.
        values: What the template names.
    """
    other = Locale("de" if locale.language == "en" else "en")
    text = (
        _environment()
        .get_template(template)
        .render(
            t=locale.texts,
            s=locale.site,
            to=locale.to,
            to_other=other.to,
            other=other.language,
            rendered=rendered,
            number=SERVICE_NUMBER,
            category_name=lambda key: category_name(key, locale.texts),
            **{"outbox": None, "service": "", **values},
        )
    )
    headers = {
        "Cache-Control": caching,
        "Content-Language": locale.language,
        "Content-Security-Policy": policy,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    }
    if "script-src" in policy:
        # Who dictates a question does so in the chat, on this very page.
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(self)"
    # A conversation may hold half a character, which no encoding can write.
    return html(text.encode("utf-8", "replace"), status=status, headers=headers)


def add_route(
    routes: Blueprint, path: str, handler: Handler, name: str, methods: Sequence[str]
) -> None:
    """Adds a handler to a blueprint, which takes functions but no bound methods."""

    async def handle(request: Request, **parts: str) -> HTTPResponse:
        return await handler(request, **parts)

    routes.add_route(handle, path, methods=[*methods], name=name)


def file(name: str) -> HTTPResponse:
    """Returns a style sheet or picture of the pages."""
    headers = {"Cache-Control": "public, max-age=300"}
    return raw(_content(name), content_type=_FILES[name], headers=headers)


def file_names() -> tuple[str, ...]:
    """Returns the names of all style sheets and pictures."""
    return tuple(_FILES)


@functools.lru_cache(maxsize=len(_FILES))
def _content(name: str) -> bytes:
    return (_FOLDER / "static" / name).read_bytes()


@functools.lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
