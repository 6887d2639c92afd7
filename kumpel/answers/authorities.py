"""Authorities and bodies outside the city, by what people ask of them."""

from __future__ import annotations

import re

from kumpel.text.fold import fold

#: Who is responsible, by folded words of a request. Names and addresses only: phone
#: numbers change, and a wrong one is worse than none.
_AUTHORITIES = {
    r"rente\w*|pension\w*": (
        "die Deutsche Rentenversicherung (www.deutsche-rentenversicherung.de)"
    ),
    r"kindergeld|kinderzuschlag|familienkasse|child benefit": (
        "die Familienkasse der Bundesagentur für Arbeit (www.familienkasse.de)"
    ),
    r"kraftfahrzeugsteuer|kfz steuer|zoll\w*|customs": "der Zoll (www.zoll.de)",
    r"steuererklarung|steuerbescheid|lohnsteuer\w*|einkommens\w+|elster|finanzamt"
    r"|tax return": "das Finanzamt (www.finanzamt.nrw.de)",
    r"arbeitslos\w*|kurzarbeit\w*|agentur fur arbeit|unemploy\w*": (
        "die Agentur für Arbeit (www.arbeitsagentur.de)"
    ),
    r"krankenkasse\w*|krankengeld|aok|barmer|pflegegrad|pflegekasse"
    r"|mutterschaftsgeld|health insurance": "Ihre Kranken- oder Pflegekasse",
    r"rundfunk\w*|gez|broadcast\w*": (
        "der Beitragsservice von ARD, ZDF und Deutschlandradio "
        "(www.rundfunkbeitrag.de)"
    ),
    r"flensburg|punkte\w*": "das Kraftfahrt-Bundesamt (www.kba.de)",
    r"scheidung\w*|erbschein|testament\w*|grundbuch\w*|beratungshilfe\w*"
    r"|handelsregister\w*|insolvenz\w*|divorce": (
        "das zuständige Gericht, in Krefeld das Amtsgericht (Nordwall 131)"
    ),
    r"strafanzeige|onlinewache|anzeige bei der polizei|geklaut|gestohlen": (
        "die Polizei (www.polizei.nrw; im Notfall 110)"
    ),
    r"asyl\w*|bamf": "das Bundesamt für Migration und Flüchtlinge (www.bamf.de)",
    r"visum|visa|botschaft\w*|konsulat\w*|embassy|consulate": (
        "die Botschaft oder das Konsulat des Landes"
    ),
    r"strom\w*|stadtwerke\w*|swk": "die SWK Stadtwerke Krefeld",
    r"bus|strassenbahn|fahrplan|timetable": (
        "das Verkehrsunternehmen (in Krefeld die SWK)"
    ),
    r"paket\w*|dhl|post": "die Deutsche Post, DHL oder ein anderer Zusteller",
    r"tuv|hauptuntersuchung": "eine Prüfstelle wie TÜV oder DEKRA",
    r"semester\w*|hochschule\w*|studienplatz\w*|uni": (
        "die Hochschule oder das Studierendenwerk"
    ),
    r"minijob\w*": "die Minijob-Zentrale (www.minijob-zentrale.de)",
    r"bundeswehr|wehrdienst\w*": "die Bundeswehr (www.bundeswehr.de)",
}


def authority_for(text: str) -> str | None:
    """Returns who is responsible for a request, or None where that is not known."""
    folded = fold(text)
    for words, name in _AUTHORITIES.items():
        if re.search(rf"\b(?:{words})\b", folded):
            return name
    return None
