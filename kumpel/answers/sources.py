"""Where facts come from, and how sure they are."""

from __future__ import annotations

from datetime import datetime

from kumpel.answers import formats
from kumpel.answers.answer import Answer, answer
from kumpel.answers.wording import Wording
from kumpel.portal_client.models import Source

#: Facts whose source is older than this many years are told with a warning.
OLD_AFTER_YEARS = 3


def is_doubtful(source: Source, this_year: int) -> bool:
    """Says whether a fact must be told with a warning: unsure, or old."""
    year = formats.year_of(source.as_of)
    return source.confidence == "low" or (
        year is not None and this_year - year >= OLD_AFTER_YEARS
    )


def caution(source: Source, phone: str, this_year: int, wording: Wording) -> str:
    """Warns of a doubtful fact; is empty for all others."""
    if not is_doubtful(source, this_year):
        return ""
    return wording.text(
        "utter_caution", as_of=_without_brackets(source.as_of), phone=phone
    ) or wording.text("utter_caution_undated", phone=phone)


def _without_brackets(as_of: str | None) -> str | None:
    """Writes a date for use in brackets, which must not stand in brackets again."""
    text = formats.as_of(as_of)
    return text and text.replace("(", "").replace(")", "")


def source_line(source: Source, wording: Wording) -> str:
    """Names source and date of a fact in one line."""
    as_of = formats.as_of(source.as_of)
    retrieved = formats.as_of(source.retrieved)
    name = formats.source_name(source.urls[0]) if source.urls else None
    return (
        wording.text("utter_source", source=name, as_of=as_of)
        or wording.text("utter_source_retrieved", source=name, retrieved=retrieved)
        or wording.text("utter_source_undated", source=name)
        or wording.text("utter_source_unnamed", retrieved=retrieved)
        or wording.text("utter_source_unknown")
    )


def stale_note(stale_since: datetime | None, wording: Wording) -> str:
    """Says since when the portal is out of reach; empty where it is not."""
    if stale_since is None:
        return ""
    time = formats.moment(stale_since, wording.language)
    return wording.text("utter_stale", time=time)


def source_details(
    name: str,
    source: Source,
    phone: str,
    stale_since: datetime | None,
    wording: Wording,
) -> Answer:
    """Tells all sources, their date, and how sure the facts are.

    Args:
        name: Service or office that the facts are about.
        source: Where they come from.
        phone: Number for doubts.
        stale_since: See `stale_note`.
        wording: The texts.
    """
    sentences = [
        wording.text(f"utter_source_confidence_{source.confidence}", phone=phone),
        stale_note(stale_since, wording),
        wording.text("utter_source_of", service=name),
    ]
    return answer(sentences, source.urls, source_line(source, wording))
