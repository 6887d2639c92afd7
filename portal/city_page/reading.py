"""Reads what the pages show from the catalogue; every method blocks."""

from __future__ import annotations

from collections import Counter
from typing import Any

from portal.calls import Portal
from portal.catalogue import OfficeRecord
from portal.city_page.office_facts import OfficeView, office_view
from portal.city_page.service_facts import ServiceView, service_view
from portal.city_page.site_texts import SiteTexts
from portal.folding import fold

Item = dict[str, Any]

#: More than there are: the lists have no pages.
_MOST_SERVICES = 1_000
_MOST_NEAR_HITS = 8
_SHORTEST_WORD = 4
#: Words of a question that say nothing of its topic, as `fold` writes them.
_ASKING = frozenset(
    "kostet kosten brauche brauchen muss mussen kann konnen mochte will wann wieviel "
    "welche welcher welches unterlagen mitbringen machen einen eine einem einer mein "
    "meine meinen what does cost need bring where when which".split()
)
_CITIZENS_OFFICE = "buergerbuero-"


class Reader:
    """Answers what one page asks, in one language.

    Raises whatever the catalogue raises; nothing is caught, nothing guessed.
    """

    def __init__(self, portal: Portal, words: SiteTexts) -> None:
        self._portal = portal
        self._words = words

    def services(self, category: str | None = None) -> list[Item]:
        """Returns all services, or those of a category, by name."""
        found = self._portal.catalogue.services(
            None, None, category, limit=_MOST_SERVICES, offset=0
        )
        return sorted(found.items, key=lambda item: fold(str(item["name"])))

    def service(self, slug: str) -> ServiceView | None:
        """Returns a service by its slug."""
        document = self._portal.catalogue.service(slug)
        # The catalogue knows identifiers, too: one page, one address.
        if document is None or document["slug"] != slug:
            return None
        return service_view(
            document, self._portal.form_url, self._portal.now.date(), self._words
        )

    def names(self, slugs: list[str]) -> list[tuple[str, str]]:
        """Returns slug and name of services, without those that do not exist."""
        names = {item["slug"]: str(item["name"]) for item in self.services()}
        return [(slug, names[slug]) for slug in slugs if slug in names]

    def offices_of(self, service: str) -> list[OfficeView]:
        """Returns the offices in charge of a service, in its own order."""
        return self._views(self._portal.catalogue.offices(None, service, None))

    def offices(self) -> list[OfficeView]:
        """Returns all offices by name."""
        records = self._portal.catalogue.offices(None, None, None)
        return sorted(self._views(records), key=lambda office: fold(office.name))

    def citizens_offices(self) -> list[OfficeView]:
        """Returns the offices that every citizen goes to."""
        records = [
            record
            for record in self._portal.catalogue.offices(None, None, None)
            if record.document["slug"].startswith(_CITIZENS_OFFICE)
        ]
        # Those whose hours are known are of more use today.
        return sorted(
            self._views(records), key=lambda o: (o.is_open is None, fold(o.name))
        )

    def office(self, slug: str) -> OfficeView | None:
        """Returns an office by its slug."""
        record = self._portal.catalogue.office(slug)
        if record is None or record.document["slug"] != slug:
            return None
        return self._views([record])[0]

    def found(self, text: str) -> list[Item]:
        """Returns services whose name or synonyms hold all words."""
        catalogue = self._portal.catalogue
        found = catalogue.services(text, None, None, limit=_MOST_SERVICES, offset=0)
        return list(found.items)

    def near(self, text: str) -> list[Item]:
        """Returns services that hold some of the words, best first."""
        scores: Counter[str] = Counter()
        items: dict[str, Item] = {}
        for word in fold(text).split():
            if len(word) < _SHORTEST_WORD or word in _ASKING:
                continue
            for item in self.found(word):
                items[item["slug"]] = item
                scores[item["slug"]] += 2 if word in fold(str(item["name"])) else 1
        return [items[slug] for slug, _ in scores.most_common(_MOST_NEAR_HITS)]

    def found_offices(self, text: str) -> list[OfficeView]:
        """Returns offices whose name, street or tasks hold all words."""
        return self._views(self._portal.catalogue.offices(text, None, None))

    def _views(self, records: list[OfficeRecord]) -> list[OfficeView]:
        special_days = self._portal.catalogue.special_days()
        return [
            office_view(
                record,
                special_days,
                self._portal.now,
                self._portal.settings.hours_max_age_in_days,
                self._words,
            )
            for record in records
        ]
