"""Writes the mails to citizens: German, plain, as text and as accessible HTML."""

from __future__ import annotations

import base64
import json
from datetime import datetime
from pathlib import Path
from typing import Any

import jinja2

from kumpel.clock import TIME_ZONE
from portal.appointments.catalogue import BookingCatalogue
from portal.appointments.ics import calendar_text
from portal.appointments.outbox import Letter
from portal.appointments.process import Process

#: Where the pages that a mail links to are mounted.
PAGES = "/terminvereinbarung/appointment"

_FOLDER = Path(__file__).resolve().parent / "templates"
_DAYS = "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag".split()
_MONTHS = (
    "Januar Februar März April Mai Juni Juli August September Oktober November Dezember"
).split()
_SUBJECTS = {
    "activation": "Bitte bestätigen Sie Ihren Termin am {day}",
    "confirmation": "Ihr Termin am {day} um {time} Uhr",
    "cancellation": "Ihr Termin am {day} ist abgesagt",
    "moved": "Ihr Termin ist verschoben: {day} um {time} Uhr",
    "offer": "Ein früherer Termin ist frei: {day} um {time} Uhr",
}

_templates = jinja2.Environment(
    loader=jinja2.FileSystemLoader(_FOLDER),
    # Text is text: only HTML is escaped.
    autoescape=jinja2.select_autoescape(["html"]),
    undefined=jinja2.StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def token_of(process_id: int, auth_key: str) -> str:
    """Returns number and key as they stand in the links of ZMS."""
    text = json.dumps({"id": process_id, "authKey": auth_key}, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_token(token: str) -> dict[str, Any]:
    """Returns number and key of a link; empty where it is none of ours."""
    try:
        padded = token + "=" * (-len(token) % 4)
        found = json.loads(base64.urlsafe_b64decode(padded.encode("ascii")))
    except (ValueError, RecursionError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {"processId": found.get("id"), "authKey": found.get("authKey")}


def german_day(moment: datetime) -> str:
    """Returns `Montag, 23. November 2026`."""
    weekday, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{weekday}, {moment.day}. {month} {moment.year}"


class LetterWriter:
    """Writes mails about appointments.

    Args:
        catalogue: Offices and services to name.
        base_url: Address under which citizens reach the portal.
    """

    def __init__(self, catalogue: BookingCatalogue, base_url: str) -> None:
        self._catalogue = catalogue
        self._base_url = base_url

    def write(
        self,
        kind: str,
        process: Process,
        auth_key: str,
        old: Process | None = None,
    ) -> Letter:
        """Writes a mail.

        Args:
            kind: A key of the templates: `activation`, `confirmation`, `moved`,
                `cancellation` or `offer`.
            process: The appointment; its person has a mail address.
            auth_key: Its key, for the links.
            old: The appointment that this one replaces, for `moved`.
        """
        values = self.values(process)
        token = token_of(process.process_id, auth_key)
        links = {
            "confirm_url": f"{self._base_url}{PAGES}/confirm/{token}",
            "show_url": f"{self._base_url}{PAGES}/{token}",
            "cancel_code": auth_key,
        }
        subject = _SUBJECTS[kind].format(day=values["day"], time=values["time"])
        is_booked = kind in ("confirmation", "moved")
        values |= links | {"kind": kind, "subject": subject, "is_booked": is_booked}
        values["old"] = old and self.values(old)
        wants_confirmation = kind in ("activation", "offer")
        return Letter(
            kind=kind,
            recipient=process.person.email or "",
            subject=subject,
            text=_templates.get_template("letter.txt").render(values),
            html=_templates.get_template("letter.html").render(values),
            link=links["confirm_url" if wants_confirmation else "show_url"]
            if kind != "cancellation"
            else None,
            calendar=calendar_text(process, self._catalogue) if is_booked else None,
            recipient_name=process.person.family_name or "",
        )

    def values(self, process: Process) -> dict[str, Any]:
        """Returns what the templates say about an appointment."""
        office = self._catalogue.offices.get(process.office)
        service = self._catalogue.services.get(process.service)
        starts_at = datetime.fromtimestamp(process.starts_at, TIME_ZONE)
        address = office.document["address"] if office else {}
        parts = (address.get("street"), address.get("house_number"))
        expires_at = process.expires_at
        return {
            "process": process,
            "person": process.person,
            "service": service.name if service else "Termin",
            "documents": service.documents if service else (),
            "office": office.name if office else "Stadt Krefeld",
            "street": " ".join(filter(None, parts)),
            "city": " ".join(
                filter(None, (address.get("postal_code"), address.get("city")))
            ),
            "hint": office.scope["hint"] if office else None,
            "day": german_day(starts_at),
            "time": f"{starts_at:%H:%M}",
            "minutes": process.duration_minutes,
            "until": expires_at
            and f"{datetime.fromtimestamp(expires_at, TIME_ZONE):%H:%M}",
        }
