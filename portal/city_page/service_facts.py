"""What a service's page tells, put into words from the document of the catalogue.

Only wording: what the facts do not hold stays empty, and the page says that it is not
known. The assistant says the same facts by its own templates; a test compares both.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from portal.city_page.site_texts import SiteTexts

Document = Mapping[str, Any]

#: What the facts say where nothing needs to be done until a day.
_NO_DEADLINE = "keine"
#: Facts whose source is older than this many years are told with a warning.
_OLD_AFTER_YEARS = 3
#: Notes and statements for those who keep the facts, not for citizens.
_INTERNAL_NOTE = re.compile(
    r"nicht (?:gefunden|recherchiert|geprüft|belegt)|vor Ausgabe|Widerspruch|überholt",
    re.IGNORECASE,
)
_INTERNAL_FACT = re.compile(r"vor Ausgabe|widersprüchlich|überholt", re.IGNORECASE)
_OUTDATED = re.compile(r"überholt", re.IGNORECASE)
_PERCENT = re.compile(r",? in Prozent$")
#: Labels that end with "bis" or "etwa": the word belongs to the amount.
_QUALIFIER = re.compile(r",?\s+(bis|ab|etwa|mindestens)$")
#: Money that citizens get.
_PAYMENT = re.compile(
    r"^(?:Leistung|Regelsatz|Regelbedarf|Kindersofortzuschlag)\b|Auszahlung|Zahlung an"
)
_NOT_PROVEN = re.compile(r"\bnicht belegt\b")
#: The end of a sentence, but not of a day such as "15.08.".
_CLOSING = re.compile(r"(?<!\d)[. ]+$")
_DATE = re.compile(r"(\d{4})-(\d{2})(?:-(\d{2}))?")
_YEAR = re.compile(r"\b(?:19|20)\d{2}\b")
_UNDATED = re.compile(r"undatiert", re.IGNORECASE)


@dataclass(frozen=True)
class FeeLine:
    """One line of the price list."""

    label: str
    amount: str
    note: str


@dataclass(frozen=True)
class Link:
    """A named address; without an address only the name."""

    title: str
    url: str
    is_demonstration: bool = False


@dataclass(frozen=True)
class SourceView:
    """Where facts come from."""

    links: list[Link]
    as_of: str
    """Date as a citizen reads it; empty where the source has none."""
    retrieved: str
    confidence: str
    is_doubtful: bool
    """Whether the facts must be told with a warning: unsure, or old."""


@dataclass(frozen=True)
class ServiceView:
    """Everything that a service's page tells; empty means not known."""

    slug: str
    name: str
    category: str
    synonyms: list[str]
    documents: list[str]
    fees: list[FeeLine]
    has_payments: bool
    appointment: str
    is_appointment_confirmed: bool
    appointment_note: str
    booking_url: str
    deadline: str
    duration: str
    validity: str
    online: list[Link]
    facts: list[str]
    unverified: list[str]
    laws: list[str]
    external: list[Link]
    related: list[str]
    """Slugs."""
    source: SourceView


def service_view(
    document: Document,
    form_url: Callable[[Document], str],
    today: date,
    words: SiteTexts,
) -> ServiceView:
    """Puts a service into words.

    Args:
        document: As the catalogue gives it.
        form_url: Returns the address of a form.
        today: Tells how old the source is.
        words: The language.
    """
    fees = [fee for fee in document["fees"] if _is_told(fee)]
    need = document["appointment"]
    is_confirmed = need["confirmed"] is True
    key = f"appointment_{need['need']}" + ("" if is_confirmed else "_unconfirmed")
    deadline = plain(document["deadline"])
    return ServiceView(
        slug=str(document["slug"]),
        name=str(document["name"]),
        category=str(document["category"]),
        synonyms=list(document["alternateName"]),
        documents=[plain(row["name"]) for row in document["requiredDocuments"]],
        fees=[_fee_line(fee, words) for fee in fees],
        has_payments=any(_PAYMENT.search(fee["name"]) for fee in fees),
        appointment=str(getattr(words, key)),
        is_appointment_confirmed=is_confirmed,
        appointment_note=plain(need["note"]),
        booking_url=need["bookingUrl"] or "" if need["need"] != "none" else "",
        deadline=words.deadline_none if deadline == _NO_DEADLINE else deadline,
        duration=plain(document["processingTimeText"]),
        validity=plain(document["validity"]),
        online=_online(document, form_url),
        facts=[
            plain(text) for text in document["facts"] if not _INTERNAL_FACT.search(text)
        ],
        unverified=[plain(text) for text in document["unverified"]],
        laws=[row["name"] for row in document["legalBasis"]],
        external=[
            Link(row["name"], row["url"] or "") for row in document["externalBodies"]
        ],
        related=list(document["related"]),
        source=source_view(document["source"], today, words),
    )


def source_view(source: Document, today: date, words: SiteTexts) -> SourceView:
    """Puts a source into words."""
    years = [int(year) for year in _YEAR.findall(source["asOf"] or "")]
    is_old = bool(years) and today.year - max(years) >= _OLD_AFTER_YEARS
    return SourceView(
        links=[_source_link(url) for url in source["urls"]],
        as_of=shown_date(source["asOf"]),
        retrieved=shown_date(source["retrieved"]),
        confidence=str(getattr(words, f"confidence_{source['confidence']}")),
        is_doubtful=is_old or source["confidence"] == "low",
    )


def shown_date(text: str | None) -> str:
    """Writes the date of a source: `2026-02` as `02/2026`; empty where undated."""
    if not text or not re.search(r"\d", text):
        return ""
    written = _DATE.sub(
        lambda m: f"{int(m[3])}.{int(m[2])}.{m[1]}" if m[3] else f"{m[2]}/{m[1]}", text
    )
    return _UNDATED.sub("ohne Datum", written)


def plain(text: str | None) -> str:
    """Turns a note of the facts into citizens' words; empty where there is none."""
    return _CLOSING.sub("", _NOT_PROVEN.sub("nicht bestätigt", text or ""))


def money(amount: Decimal) -> str:
    """Writes an amount as German offices do: `1.250,00 €`."""
    return f"{amount:,.2f}".translate(str.maketrans(",.", ".,")) + " €"


def _percent(amount: Decimal) -> str:
    text = f"{amount:,.2f}".rstrip("0").rstrip(".")
    return text.translate(str.maketrans(",.", ".,")) + " %"


def _is_told(fee: Document) -> bool:
    return not (fee["known"] and _OUTDATED.search(fee["note"] or ""))


def _fee_line(fee: Document, words: SiteTexts) -> FeeLine:
    label = _PERCENT.sub("", _QUALIFIER.sub("", fee["name"]))
    note = "" if _INTERNAL_NOTE.search(fee["note"] or "") else plain(fee["note"])
    return FeeLine(plain(label), _amount(fee, words), note)


def _amount(fee: Document, words: SiteTexts) -> str:
    fixed, low, high = (
        None if fee[key] is None else Decimal(fee[key])
        for key in ("price", "minPrice", "maxPrice")
    )
    written = _percent if "Prozent" in fee["name"] else money
    low = fixed if low is None else low
    if not fee["known"] or (low is None and high is None):
        return words.fee_unknown
    if low is None:
        return words.fee_up_to.format(written(high or Decimal(0)))
    if high is not None and low != high:
        return words.fee_range.format(written(low), written(high))
    if low == 0:
        return words.fee_free
    text = written(low)
    if fixed is None and high is None:
        return words.fee_from.format(text)
    qualifier = _QUALIFIER.search(fee["name"])
    return f"{qualifier[1]} {text}" if qualifier else text


def _online(document: Document, form_url: Callable[[Document], str]) -> list[Link]:
    links = [
        Link(plain(form["title"]), form_url(form), bool(form["demonstration"]))
        for form in document["forms"]
    ]
    known = {link.url for link in links}
    return links + [
        Link(plain(row["title"]), row["url"])
        for row in document["online"]
        if row["url"] and row["url"] not in known
    ]


def _source_link(url: str) -> Link:
    """Names a page by its host; a source without an address stands as plain text."""
    if not url.startswith(("http://", "https://")):
        return Link(url, "")
    host = urlsplit(url).hostname or url
    return Link(host.removeprefix("www."), url)
