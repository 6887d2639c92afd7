"""Reads `openapi.yml` and checks requests against it.

The document is not a description of the code: routes and parameters come from it,
so it cannot promise what the portal does not do.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl

import jsonschema
import yaml

from kumpel.clock import TIME_ZONE
from portal.problems import FieldError, Problem

_DOCUMENT = Path(__file__).resolve().parent / "openapi.yml"
_MAXIMUM_PARAMETERS = 64
_INTEGER = re.compile(r"^-?\d{1,9}$")
# A plus sign that nobody encoded arrives as a blank: 12:00:00+01:00.
_LOST_PLUS = re.compile(r" (\d\d:\d\d)$")


@dataclass(frozen=True)
class Parameter:
    """One parameter of the query."""

    name: str
    schema: Mapping[str, Any]
    is_required: bool


@dataclass(frozen=True)
class Operation:
    """One path with one method."""

    id: str
    path: str
    method: str
    parameters: tuple[Parameter, ...]
    takes_any_query: bool
    """Whether the query may hold names that are not declared (prefill keys)."""
    cache: str
    """Value of `Cache-Control`."""
    path_patterns: Mapping[str, re.Pattern[str]]

    def query(self, query_string: str) -> dict[str, Any]:
        """Reads the parameters of a request.

        Args:
            query_string: Still percent-encoded.

        Returns:
            A value for each declared parameter: text, int, date, an aware datetime,
            or None where it is absent and has no default.

        Raises:
            Problem: The query is unreadable (400) or a value is wrong (422).
        """
        given: dict[str, str] = {}
        errors: list[FieldError] = []
        known = {parameter.name for parameter in self.parameters}
        for name, value in read_pairs(query_string):
            if name in given:
                errors.append(
                    FieldError(f"?{name}", "repeated", "darf nur einmal vorkommen")
                )
            elif name not in known and not self.takes_any_query:
                allowed = ", ".join(sorted(known)) or "keine"
                detail = f"ist unbekannt; möglich sind: {allowed}"
                errors.append(FieldError(f"?{name[:40]}", "unknown", detail))
            given[name] = value
        values: dict[str, Any] = {}
        for parameter in self.parameters:
            try:
                values[parameter.name] = _value(parameter, given.get(parameter.name))
            except _RefusedError as error:
                errors.append(
                    FieldError(f"?{parameter.name}", error.code, error.detail)
                )
        raise_for(errors)
        return values


def raise_for(errors: list[FieldError]) -> None:
    """Raises one problem for all errors, if there are any."""
    if errors:
        count = f"{len(errors)} Angaben sind" if len(errors) > 1 else "1 Angabe ist"
        raise Problem("validation", f"{count} ungültig.", errors)


class Specification:
    """The OpenAPI document and its operations."""

    def __init__(self, document: Mapping[str, Any]) -> None:
        self.document = document
        self.operations = tuple(
            self._operation(path, method, details)
            for path, methods in document["paths"].items()
            for method, details in methods.items()
            if method in {"get", "post"}
        )

    def _operation(
        self, path: str, method: str, details: Mapping[str, Any]
    ) -> Operation:
        declared = [self._resolved(row) for row in details.get("parameters", [])]
        return Operation(
            id=details["operationId"],
            path=path,
            method=method.upper(),
            parameters=tuple(
                Parameter(row["name"], row["schema"], row.get("required", False))
                for row in declared
                if row["in"] == "query"
            ),
            takes_any_query=details.get("x-any-query", False),
            cache=details.get("x-cache-control", "no-store"),
            path_patterns={
                row["name"]: re.compile(row["schema"]["pattern"])
                for row in declared
                if row["in"] == "path"
            },
        )

    def _resolved(self, node: Mapping[str, Any]) -> Mapping[str, Any]:
        reference = node.get("$ref")
        if reference is None:
            return node
        found: Any = self.document
        for part in reference.removeprefix("#/").split("/"):
            found = found[part]
        return self._resolved(found)


@functools.lru_cache(maxsize=1)
def specification() -> Specification:
    """Returns the portal's specification."""
    text = _DOCUMENT.read_text(encoding="utf-8")
    return Specification(yaml.load(text, yaml.CSafeLoader))


def read_pairs(text: str) -> list[tuple[str, str]]:
    """Reads percent-encoded pairs of a query or a form.

    Raises:
        Problem: They are no UTF-8, hold control characters, or are too many.
    """
    try:
        pairs = parse_qsl(
            text,
            keep_blank_values=True,
            encoding="utf-8",
            errors="strict",
            max_num_fields=_MAXIMUM_PARAMETERS,
        )
    except ValueError as error:
        raise Problem(
            "malformed",
            "Die Angaben sind nicht lesbar: erwartet werden höchstens "
            f"{_MAXIMUM_PARAMETERS} Paare in UTF-8.",
        ) from error
    for name, value in pairs:
        if any(ord(letter) < 32 and letter not in "\t\r\n" for letter in name + value):
            raise Problem("malformed", "Die Angaben enthalten Steuerzeichen.")
    return pairs


class _RefusedError(Exception):
    def __init__(self, code: str, detail: str) -> None:
        super().__init__(detail)
        self.code = code
        self.detail = detail


def _value(parameter: Parameter, text: str | None) -> Any:
    schema = parameter.schema
    if text is None:
        if parameter.is_required:
            raise _RefusedError("required", "fehlt")
        return schema.get("default")
    kind = schema.get("type")
    value: Any = text
    if kind == "integer":
        if not _INTEGER.match(text):
            raise _RefusedError("type", "muss eine ganze Zahl sein")
        value = int(text)
    errors = jsonschema.Draft202012Validator(schema).iter_errors(value)
    error = jsonschema.exceptions.best_match(errors)
    if error is not None:
        raise _RefusedError(str(error.validator), _german(error, schema))
    if schema.get("format") == "date":
        return _date(text)
    if schema.get("format") == "date-time":
        return _date_time(text)
    return value


def _german(error: jsonschema.ValidationError, schema: Mapping[str, Any]) -> str:
    limit = error.validator_value
    texts: dict[str, str] = {
        "maximum": f"darf höchstens {limit} sein",
        "minimum": f"muss mindestens {limit} sein",
        "maxLength": f"darf höchstens {limit} Zeichen lang sein",
        "pattern": schema.get("x-hint", "hat die falsche Form"),
        "enum": f"muss eines sein von: {', '.join(map(str, schema.get('enum', [])))}",
    }
    return texts.get(str(error.validator), "ist ungültig")


def _date(text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError as error:
        raise _RefusedError("format", "muss ein Datum sein, etwa 2026-11-23") from error
    _check_year(day.year)
    return day


def _date_time(text: str) -> datetime:
    plain = _LOST_PLUS.sub(r"+\1", text.upper().replace("Z", "+00:00"))
    try:
        moment = datetime.fromisoformat(plain)
    except ValueError as error:
        raise _RefusedError(
            "format", "muss ein Zeitpunkt sein, etwa 2026-11-23T10:15:00+01:00"
        ) from error
    _check_year(moment.year)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=TIME_ZONE)
    return moment.astimezone(TIME_ZONE)


def _check_year(year: int) -> None:
    if not 2000 <= year <= 2100:
        raise _RefusedError("range", "muss zwischen den Jahren 2000 und 2100 liegen")
