"""Authorities and bodies outside the city, by what people ask of them."""

from __future__ import annotations

import re

from kumpel.text.fold import fold

#: Who is responsible, by words of a request; a star stands for any ending. Names and
#: addresses only: phone numbers change, and a wrong one is worse than none.
_AUTHORITIES = {
    "rente*, pension*": (
        "die Deutsche Rentenversicherung (www.deutsche-rentenversicherung.de)"
    ),
    "kindergeld, kinderzuschlag, familienkasse, child benefit": (
        "die Familienkasse der Bundesagentur für Arbeit (www.familienkasse.de)"
    ),
    "kraftfahrzeugsteuer, kfz-steuer, zoll*, customs": "der Zoll (www.zoll.de)",
    "steuererklärung, steuerbescheid, lohnsteuer*, einkommensteuer*, "
    "einkommenssteuer*, elster, finanzamt, tax return": (
        "das Finanzamt (www.finanzamt.nrw.de)"
    ),
    "arbeitslos*, kurzarbeit*, agentur für arbeit, unemploy*": (
        "die Agentur für Arbeit (www.arbeitsagentur.de)"
    ),
    "krankenkasse*, krankengeld, aok, barmer, pflegegrad, pflegekasse, "
    "mutterschaftsgeld, health insurance": "Ihre Kranken- oder Pflegekasse",
    "rundfunk*, gez, broadcast*": (
        "der Beitragsservice von ARD, ZDF und Deutschlandradio "
        "(www.rundfunkbeitrag.de)"
    ),
    "flensburg, punkte*": "das Kraftfahrt-Bundesamt (www.kba.de)",
    "scheidung*, erbschein, testament*, grundbuch*, beratungshilfe*, "
    "handelsregister*, insolvenz*, divorce": (
        "das zuständige Gericht, in Krefeld das Amtsgericht (Nordwall 131)"
    ),
    "strafanzeige, onlinewache, anzeige bei der polizei, geklaut, gestohlen": (
        "die Polizei (www.polizei.nrw; im Notfall 110)"
    ),
    "asyl*, bamf": "das Bundesamt für Migration und Flüchtlinge (www.bamf.de)",
    "visum, visa, botschaft*, konsulat*, embassy, consulate": (
        "die Botschaft oder das Konsulat des Landes"
    ),
    "strom*, stadtwerke*, swk": "die SWK Stadtwerke Krefeld",
    "bus, straßenbahn, fahrplan, timetable": (
        "das Verkehrsunternehmen (in Krefeld die SWK)"
    ),
    "paket*, dhl, post": "die Deutsche Post, DHL oder ein anderer Zusteller",
    "tüv, hauptuntersuchung": "eine Prüfstelle wie TÜV oder DEKRA",
    "semester*, hochschule*, studienplatz*, uni": (
        "die Hochschule oder das Studierendenwerk"
    ),
    "minijob*": "die Minijob-Zentrale (www.minijob-zentrale.de)",
    "bundeswehr, wehrdienst*": "die Bundeswehr (www.bundeswehr.de)",
}


def _pattern(words: str) -> re.Pattern[str]:
    folded = (
        fold(word) + (r"\w*" if word.endswith("*") else "")
        for word in words.split(", ")
    )
    return re.compile(rf"\b(?:{'|'.join(folded)})\b")


_PATTERNS = {_pattern(words): name for words, name in _AUTHORITIES.items()}


def authority_for(text: str) -> str | None:
    """Returns who is responsible for a request, or None where that is not known."""
    folded = fold(text)
    for pattern, name in _PATTERNS.items():
        if pattern.search(folded):
            return name
    return None
