"""Renders the portal's own HTML pages."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import Any

import jinja2
from sanic.response import HTTPResponse, html

from portal.problems import TITLES, Problem

_FOLDER = Path(__file__).resolve().parent

#: Forms need their style and may send to themselves; nothing else is allowed.
PAGE_POLICY = (
    "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


@functools.lru_cache(maxsize=1)
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def page(template: str, status: int = 200, **values: Any) -> HTTPResponse:
    """Renders a template as an answer that nobody may store.

    Args:
        template: File name under `templates/`.
        status: HTTP status.
        values: What the template names.
    """
    text = _environment().get_template(template).render(**values)
    headers = {"Cache-Control": "no-store", "Content-Security-Policy": PAGE_POLICY}
    return html(text, status=status, headers=headers)


def problem_page(problem: Problem) -> HTTPResponse:
    """Renders an error for people."""
    title = TITLES[problem.code][1]
    answer = page("problem.html", problem.status, title=title, problem=problem)
    answer.headers.update(problem.headers)
    return answer


@functools.lru_cache(maxsize=1)
def style() -> bytes:
    """Returns the style sheet of the pages."""
    return (_FOLDER / "static" / "assistant.css").read_bytes()
