"""Answers as the real channel gives them, one of each kind."""

from __future__ import annotations

from typing import Any

WebMessage = dict[str, Any]

CHOICES: WebMessage = {
    "text": "Was meinen Sie?",
    "buttons": [
        {"title": "Reisepass", "choice": "~reisepass"},
        {"title": "Personalausweis", "choice": "~personalausweis"},
        {"title": "Nichts davon", "choice": "~none"},
    ],
}

MARKDOWN: WebMessage = {
    "text": (
        "Für den **Reisepass** brauchen Sie:\n"
        "- ein *biometrisches* Foto\n"
        "- Ihren alten Pass\n\n"
        "Mehr steht auf [der Seite der Stadt](https://www.krefeld.de/pass). "
        "Fragen? Rufen Sie an: 02151 86-0, oder schreiben Sie an "
        "buergerbuero@krefeld.example."
    ),
    "custom": {
        "kind": "sources",
        "sources": [
            {
                "name": "Stadt Krefeld",
                "url": "https://www.krefeld.de/pass",
                "asOf": "2026-11-02",
                "retrieved": "2026-11-24",
            }
        ],
    },
}

HOURS: WebMessage = {
    "text": "Bürgerbüro Mitte: Montag 8:00 bis 12:30 Uhr. Jetzt geöffnet.",
    "custom": {
        "kind": "hours",
        "office": "Bürgerbüro Mitte",
        "isOpen": True,
        "statement": "Jetzt geöffnet bis 12:30 Uhr",
        "days": [
            {"day": "Montag", "date": "2026-11-23", "times": ["08:00–12:30"]},
            {
                "day": "Dienstag",
                "date": "2026-11-24",
                "times": ["08:00–12:30", "14:00–17:30"],
                "note": "nachmittags nur mit Termin",
            },
            {"day": "Mittwoch", "date": "2026-11-25", "times": []},
        ],
        "source": {
            "name": "Stadt Krefeld",
            "url": "https://www.krefeld.de/buergerbuero",
            "asOf": "2026-11-02",
        },
    },
}

_OFFERS = [
    ("Dienstag, 1.12.2026", "2026-12-01", "12:00", "Bürgerbüro Mitte"),
    ("Dienstag, 1.12.2026", "2026-12-01", "14:15", "Bürgerbüro Mitte"),
    ("Mittwoch, 2.12.2026", "2026-12-02", "08:30", "Bürgerbüro Uerdingen"),
]

SLOTS: WebMessage = {
    "text": "Diese Termine sind frei. Welchen möchten Sie?",
    "buttons": [
        {"title": f"{day}, {time} Uhr, {office}", "choice": f"~slot-{date}-{time}"}
        for day, date, time, office in _OFFERS
    ],
    "custom": {
        "kind": "slots",
        "offers": [
            {
                "day": day,
                "date": date,
                "time": time,
                "office": office,
                "title": f"{day}, {time} Uhr, {office}",
                "choice": f"~slot-{date}-{time}",
            }
            for day, date, time, office in _OFFERS
        ],
    },
}

PREVIEW: WebMessage = {
    "text": "Reisepass, Ute Janßen, u.janssen@example.org. Stimmt alles?",
    "buttons": [
        {"title": "Ja, buchen", "choice": "~yes"},
        {"title": "Etwas ändern", "choice": "~change"},
    ],
    "custom": {
        "kind": "preview",
        "title": "Ihr Termin",
        "fields": [
            {"label": "Anliegen", "value": "Reisepass beantragen"},
            {"label": "Wann", "value": "Dienstag, 1.12.2026, 12:00 Uhr"},
            {"label": "Name", "value": "Ute Janßen"},
            {"label": "E-Mail", "value": "u.janssen@example.org"},
        ],
        "consent": "Mit Ja speichert die Stadt Ihre Angaben für diesen Termin.",
    },
}

BOOKED: WebMessage = {
    "text": (
        "Ihr Termin ist gebucht: Dienstag, 1.12.2026, 12:00 Uhr. "
        "Die Terminnummer ist 123456."
    ),
    "custom": {
        "kind": "booked",
        "number": "123456",
        "when": "Dienstag, 1.12.2026, 12:00 Uhr",
        "office": "Bürgerbüro Mitte",
        "address": "Von-der-Leyen-Platz 1, 47798 Krefeld",
        "calendarUrl": "/termin.ics",
        "manageUrl": "/termin",
    },
}

MAP: WebMessage = {
    "text": "Das Bürgerbüro Mitte liegt am Von-der-Leyen-Platz 1.",
    "image": "/karte.svg",
    "custom": {
        "kind": "map",
        "alt": "Karte: Bürgerbüro Mitte am Von-der-Leyen-Platz",
        "url": "https://www.openstreetmap.org/?mlat=51.33&mlon=6.56",
        "places": [
            {"name": "Bürgerbüro Mitte", "latitude": 51.3337, "longitude": 6.5626}
        ],
    },
}

MAP_PICTURE = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="600" height="300">'
    '<rect width="600" height="300" fill="#dfe8d8"/>'
    '<path d="M0 180 L600 90 M250 0 L320 300" stroke="#fff" stroke-width="18"/>'
    '<circle cx="285" cy="137" r="12" fill="#b00020"/></svg>'
)

SEVERAL_CARDS: WebMessage = {
    "text": HOURS["text"],
    "custom": {
        "kind": "cards",
        "cards": [
            HOURS["custom"],
            {"kind": "from-the-future", "sense": 42},
            MARKDOWN["custom"],
        ],
    },
}
