"""What ZMS lacks, on the portal's own API: queue, waiting list, outbox."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Any

from sanic.response import HTTPResponse
from sanic.response import json as json_answer

from kumpel.clock import TIME_ZONE
from portal.appointments.errors import ZmsError
from portal.appointments.guard import sanitized
from portal.appointments.process import Person
from portal.appointments.queue import queue_state
from portal.appointments.validation import MAXIMUM_COUNT, is_mail, number
from portal.appointments.waitlist import Wait, Waiting, Waitlist
from portal.calls import Call
from portal.problems import FieldError, Problem, not_found
from portal.specification import raise_for

_FRESH = {"Cache-Control": "no-store"}
_MAXIMUM_NAME = 100
_SHOWN = ("kind", "recipient", "subject", "text", "html", "link", "calendar")


async def get_queue(call: Call) -> HTTPResponse:
    """Shows how full an office is right now."""
    name, desk, now = call.path["id"], call.portal.desk, call.portal.now
    record = await call.off_loop(lambda: call.portal.catalogue.office(name))
    if record is None:
        raise not_found("Die Dienststelle", name)
    office = desk.catalogue.offices.get(record.identifier)
    state = await call.off_loop(
        lambda: queue_state(desk, office, now) if office else None
    )
    return json_answer(
        {
            "office": record.document["identifier"],
            "slug": record.document["slug"],
            "at": now.isoformat(timespec="seconds"),
            "available": state is not None,
            "demonstration": True,
            "nowServing": state.now_serving if state else None,
            "waiting": state.waiting if state else None,
            "estimatedMinutes": state.minutes if state else None,
        },
        headers={"Cache-Control": "public, max-age=30"},
        ensure_ascii=False,
        escape_forward_slashes=False,
    )


async def join_waitlist(call: Call) -> HTTPResponse:
    """Puts somebody on the waiting list."""
    _need_key(call)
    wait = _wait(call)
    waitlist = Waitlist(call.portal.desk)
    try:
        token = await call.off_loop(lambda: waitlist.join(wait))
        await call.off_loop(waitlist.serve)
    except ZmsError as error:
        detail = "bietet die Leistung nicht mit Termin an"
        raise_for([FieldError("#/officeIds", "combination", detail)])
        raise Problem("validation", detail) from error
    return await _waiting(call, token, 201)


async def get_waiting(call: Call) -> HTTPResponse:
    """Shows a place on the waiting list."""
    _need_key(call)
    return await _waiting(call, call.path["token"], 200)


async def leave_waitlist(call: Call) -> HTTPResponse:
    """Takes somebody off the waiting list."""
    _need_key(call)
    waitlist, token = Waitlist(call.portal.desk), call.path["token"]
    if not await call.off_loop(lambda: waitlist.leave(token)):
        raise not_found("Der Platz auf der Warteliste", token)
    return json_answer({"status": "left"}, headers=_FRESH)


async def list_outbox(call: Call) -> HTTPResponse:
    """Shows the latest mails, where nobody sends them: for demonstrations."""
    _need_key(call)
    outbox = call.portal.desk.outbox
    items = [
        {
            "id": row.id,
            "createdAt": datetime.fromtimestamp(row.created_at, TIME_ZONE).isoformat(),
            **{field: vars(row.letter)[field] for field in _SHOWN},
        }
        for row in await call.off_loop(outbox.latest)
    ]
    return json_answer({"items": items}, headers=_FRESH)


async def get_mail(call: Call) -> HTTPResponse:
    """Tells whether mails leave the portal, or only lie in its outbox."""
    is_sent = call.portal.settings.smtp_host is not None
    return json_answer(
        {"isSent": is_sent}, headers={"Cache-Control": "public, max-age=60"}
    )


async def _waiting(call: Call, token: str, status: int) -> HTTPResponse:
    waitlist = Waitlist(call.portal.desk)
    entry: Waiting | None = await call.off_loop(lambda: waitlist.entry(token))
    if entry is None:
        raise not_found("Der Platz auf der Warteliste", token)
    document = {
        "token": token,
        "status": entry.status,
        "position": entry.position,
        "before": _iso(entry.before),
        "offeredUntil": _iso(entry.offered_until),
    }
    return json_answer(document, status=status, headers=_FRESH)


def _iso(moment: int | None) -> str | None:
    return datetime.fromtimestamp(moment, TIME_ZONE).isoformat() if moment else None


def _need_key(call: Call) -> None:
    given = call.request.headers.get("x-api-key", "")
    if not call.portal.settings.is_portal_api_key(given):
        raise Problem(
            "unauthenticated",
            "Dafür ist ein Schlüssel im Kopf X-API-Key nötig.",
            headers={"WWW-Authenticate": "ApiKey"},
        )


def _wait(call: Call) -> Wait:
    body = _body(call)
    service, count = number(body.get("serviceId")), number(body.get("serviceCount", 1))
    given = body.get("officeIds")
    offices = [number(id_) for id_ in given] if isinstance(given, list) else []
    before = _day(body.get("before"))
    name, mail = body.get("familyName"), body.get("email")
    is_name = isinstance(name, str) and 0 < len(name.strip()) <= _MAXIMUM_NAME
    checks = {
        "serviceId": (service, "ist keine Leistung"),
        "officeIds": (offices and all(offices), "ist keine Liste von Dienststellen"),
        "serviceCount": (
            count and count <= MAXIMUM_COUNT,
            f"muss von 1 bis {MAXIMUM_COUNT} gehen",
        ),
        "before": (
            before and before > call.portal.now,
            "muss ein Tag in der Zukunft sein, etwa 2026-12-24",
        ),
        "familyName": (is_name, "fehlt oder ist zu lang"),
        "email": (isinstance(mail, str) and is_mail(mail), "ist keine E-Mail-Adresse"),
        "consent": (
            body.get("consent") is True,
            "muss true sein: Ohne Zustimmung merken wir uns niemanden",
        ),
    }
    raise_for(
        [
            FieldError(f"#/{field}", "invalid", detail)
            for field, (is_right, detail) in checks.items()
            if not is_right
        ]
    )
    return Wait(
        offices=tuple(id_ for id_ in offices if id_),
        service=service or 0,
        service_count=count or 1,
        before=int(before.timestamp()) if before else 0,
        person=Person(family_name=str(name).strip(), email=str(mail)),
    )


def _body(call: Call) -> dict[str, Any]:
    try:
        body = sanitized(json.loads(call.request.body))
    except (ValueError, RecursionError, ZmsError) as error:
        raise Problem("malformed", "Erwartet wird ein JSON-Objekt.") from error
    if not isinstance(body, dict):
        raise Problem("malformed", "Erwartet wird ein JSON-Objekt.")
    return body


def _day(value: Any) -> datetime | None:
    """Returns the beginning of a day, or a moment, in the time of Krefeld."""
    if not isinstance(value, str):
        return None
    try:
        if len(value) == len("2026-12-24"):
            return datetime.combine(date.fromisoformat(value), time(), TIME_ZONE)
        moment = datetime.fromisoformat(value.replace("Z", "+00:00"))
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=TIME_ZONE)
