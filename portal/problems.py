"""Errors as RFC 9457 problem documents, in German, without inner details."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sanic.response import HTTPResponse

PROBLEM_TYPE = "application/problem+json; charset=utf-8"

#: Status and German title by code; RFC 9457 wants both to stay the same per type.
TITLES: dict[str, tuple[int, str]] = {
    "malformed": (400, "Unlesbare Anfrage"),
    "unauthenticated": (401, "Anmeldung nötig"),
    "forbidden": (403, "Nicht erlaubt"),
    "timeout": (408, "Zeit überschritten"),
    "not-found": (404, "Nicht gefunden"),
    "method-not-allowed": (405, "Methode nicht erlaubt"),
    "too-large": (413, "Anfrage zu groß"),
    "unsupported-media": (415, "Format nicht unterstützt"),
    "validation": (422, "Ungültige Anfrage"),
    "rate-limited": (429, "Zu viele Anfragen"),
    "internal": (500, "Interner Fehler"),
    "unavailable": (503, "Zurzeit nicht verfügbar"),
}


@dataclass(frozen=True)
class FieldError:
    """One wrong parameter or field."""

    pointer: str
    """Where: `?limit` in the query, `#/name` in a body."""
    code: str
    detail: str
    """What is wrong, in German."""


@dataclass
class Problem(Exception):
    """Ends a request with a problem document.

    Attributes:
        code: One of `TITLES`.
        detail: What happened, in German, for people.
        errors: Single mistakes where there are some.
        headers: Further headers, such as `Retry-After`.
    """

    code: str
    detail: str
    errors: list[FieldError] = field(default_factory=list)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def status(self) -> int:
        """HTTP status."""
        return TITLES[self.code][0]

    def document(self, instance: str, request_id: str) -> dict[str, Any]:
        """Returns the JSON document.

        Args:
            instance: Path of the request.
            request_id: Id under which the log knows the request.
        """
        status, title = TITLES[self.code]
        document: dict[str, Any] = {
            "type": f"/problems/{self.code}",
            "title": title,
            "status": status,
            "detail": self.detail,
            "instance": instance,
            "code": self.code,
            "requestId": request_id,
        }
        if self.errors:
            document["errors"] = [vars(error) for error in self.errors]
        return document


def not_found(what: str, name: str) -> Problem:
    """Returns the problem that a thing is unknown.

    Args:
        what: German noun with article, such as `Die Leistung`.
        name: What was asked for; shortened, since it comes from outside.
    """
    return Problem("not-found", f"{what} „{name[:80]}“ gibt es hier nicht.")


def problem_response(problem: Problem, instance: str, request_id: str) -> HTTPResponse:
    """Returns a problem as an HTTP answer that nobody may store."""
    body = json.dumps(problem.document(instance, request_id), ensure_ascii=False)
    return HTTPResponse(
        body,
        status=problem.status,
        headers={**problem.headers, "Cache-Control": "no-store"},
        content_type=PROBLEM_TYPE,
    )
