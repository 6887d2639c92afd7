"""Shows and receives demonstration forms at Form-Solutions' addresses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sanic.request import Request
from sanic.response import HTTPResponse, text

from portal.calls import Call
from portal.form_check import check, shown
from portal.form_store import FormStore
from portal.pages import page
from portal.problems import Problem, not_found
from portal.specification import read_pairs

_MAXIMUM_FORM_IN_BYTES = 65_536
_MAXIMUM_POSTDATA_IN_BYTES = 16_384
_MAXIMUM_VALUE_LENGTH = 200
_FORM_TYPE = "application/x-www-form-urlencoded"

#: WCAG 1.3.5: what a browser may fill in by itself, by Form-Solutions' parameter.
_AUTOCOMPLETE = {
    "Titel": "honorific-prefix",
    "FirstName": "given-name",
    "LastName": "family-name",
    "DateOfBirth": "bday",
    "Street": "address-line1",
    "ZipCode": "postal-code",
    "City": "address-level2",
    "Phone": "tel",
    "Email": "email",
    "CompanyName": "organization",
}
_INPUT_TYPES = {"date": "date", "email": "email", "tel": "tel"}


async def show(call: Call) -> HTTPResponse:
    """Shows a form, filled as far as somebody handed values over."""
    form = await _form(call)
    values: dict[str, str] = {}
    note = None
    cache_id = call.query["cacheID"]
    if cache_id:
        now = call.portal.now
        handed_over = await call.off_loop(lambda: _store(call).take(cache_id, now))
        if handed_over is None:
            note = (
                "Die vorbereiteten Angaben sind abgelaufen oder schon verwendet. "
                "Bitte füllen Sie das Formular selbst aus."
            )
        else:
            values = _by_name(form["fields"], handed_over)
    else:
        given = dict(read_pairs(call.request.query_string))
        # Addresses end up in histories and logs: nothing personal is read from them.
        open_fields = [field for field in form["fields"] if not field["personal"]]
        values = _by_name(open_fields, given)
    return _page(form, values, {}, note)


async def send(call: Call) -> HTTPResponse:
    """Checks a form and answers with its mistakes or with a receipt number."""
    form = await _form(call)
    given = dict(_body_pairs(call.request, _MAXIMUM_FORM_IN_BYTES))
    errors = check(form["fields"], given)
    if errors:
        return _page(form, given, errors, None, status=422)
    now = call.portal.now
    number = await call.off_loop(lambda: _store(call).add_receipt(form["id"], now))
    return page("receipt.html", form=form, number=number, moment=now)


async def post_prefill(call: Call) -> HTTPResponse:
    """Takes values for a form and answers with the key that fills it once."""
    pairs = _body_pairs(call.request, _MAXIMUM_POSTDATA_IN_BYTES)
    values = dict(pairs)
    if not values:
        raise Problem("validation", "Es wurden keine Werte übergeben.")
    if any(len(value) > _MAXIMUM_VALUE_LENGTH for value in values.values()):
        raise Problem(
            "validation", f"Ein Wert ist länger als {_MAXIMUM_VALUE_LENGTH} Zeichen."
        )
    cache_id = await call.off_loop(lambda: _store(call).put(values, call.portal.now))
    return text(cache_id, headers={"Cache-Control": "no-store"})


async def _form(call: Call) -> dict[str, Any]:
    sid = call.path["sid"]
    form = await call.off_loop(lambda: call.portal.catalogue.form(sid))
    if form is None or not form["demonstration"]:
        raise not_found("Das Formular", sid)
    return form


def _store(call: Call) -> FormStore:
    return FormStore(call.portal.database, call.portal.settings.secret())


def _body_pairs(request: Request, maximum_in_bytes: int) -> list[tuple[str, str]]:
    content_type = request.headers.get("content-type", "").partition(";")[0].strip()
    if content_type.lower() != _FORM_TYPE:
        raise Problem("unsupported-media", f"Erwartet wird {_FORM_TYPE}.")
    if len(request.body) > maximum_in_bytes:
        limit = maximum_in_bytes // 1024
        raise Problem("too-large", f"Die Angaben sind größer als {limit} Kilobyte.")
    try:
        body = request.body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Problem("malformed", "Die Angaben sind nicht in UTF-8.") from error
    return read_pairs(body)


def _by_name(fields: list[dict[str, Any]], given: Mapping[str, str]) -> dict[str, str]:
    """Assigns handed-over values to fields by name or by Form-Solutions' parameter."""
    values: dict[str, str] = {}
    for field in fields:
        for key in (field["name"], field["target"]):
            if key in given and len(given[key]) <= _MAXIMUM_VALUE_LENGTH:
                values[field["name"]] = given[key]
                break
    return values


def _page(
    form: dict[str, Any],
    values: Mapping[str, str],
    errors: Mapping[str, str],
    note: str | None,
    status: int = 200,
) -> HTTPResponse:
    fields = [
        {
            **field,
            "value": shown(field, values.get(field["name"], "")),
            "error": errors.get(field["name"]),
            "input_type": _INPUT_TYPES.get(field["type"], "text"),
            "autocomplete": _AUTOCOMPLETE.get(field["target"] or "", "off"),
        }
        for field in form["fields"]
    ]
    groups = _groups(fields)
    ordered = [field for _, rows in groups for field in rows]
    # The list of mistakes goes down the page as the fields do.
    errors = {row["name"]: row["error"] for row in ordered if row["error"]}
    return page(
        "assistant.html",
        status,
        form=form,
        groups=groups,
        errors=errors,
        note=note,
    )


def _groups(fields: list[dict[str, Any]]) -> list[tuple[str, list[dict[str, Any]]]]:
    """Sorts fields into fieldsets: the matter, the people, what is confirmed."""
    groups: dict[str, list[dict[str, Any]]] = {
        "Ihr Anliegen": [],
        "Angaben zu Personen": [],
        "Bestätigung": [],
    }
    for field in fields:
        if field["type"] == "checkbox" and field["required"]:
            groups["Bestätigung"].append(field)
        elif field["personal"]:
            groups["Angaben zu Personen"].append(field)
        else:
            groups["Ihr Anliegen"].append(field)
    return [(title, rows) for title, rows in groups.items() if rows]
