"""What citizens call an office where its own names and aliases do not say it."""

from __future__ import annotations

#: By the office's id. A word that may mean several offices ("Bürgerbüro") stands
#: nowhere: the answer asks or takes the main one.
LAY_NAMES: dict[str, tuple[str, ...]] = {
    "auslaenderbehoerde": (
        "Ausländerbehörde",
        "Ausländeramt",
        "Ausländerstelle",
        "Migrationsamt",
        "immigration office",
        "foreigners office",
    ),
    "buergerbuero-bockum": ("Rathaus Bockum",),
    "buergerbuero-fischeln": ("Rathaus Fischeln",),
    "buergerbuero-mitte": (
        "Bürgerbüro Innenstadt",
        "Bürgerbüro Stadtmitte",
        "Bürgerbüro im Rathaus",
        "Bürgerbüro am Rathaus",
    ),
    "buergerbuero-nord-west": (
        "Bürgerbüro Nordwest",
        "Bürgerbüro Nord",
        "Bürgerbüro West",
        "Bürgerbüro Kempener Allee",
    ),
    "bussgeldstelle": ("Knöllchenstelle",),
    "finanzamt-krefeld": ("tax office",),
    "fuehrerscheinstelle": ("Fahrerlaubnisbehörde", "driving licence office"),
    "fundstelle": ("Fundstelle", "Fundamt", "lost and found", "lost property office"),
    "gesundheitsamt": ("health office",),
    "jobcenter": ("Arbeitsamt", "job centre", "job center"),
    "jugendamt": ("youth office", "youth welfare office"),
    "kfz-zulassungsstelle": (
        "Zulassungsstelle",
        "Kfz-Stelle",
        "Autozulassungsstelle",
        "Kfz-Zulassungsbehörde",
    ),
    "mediothek": ("Stadtbibliothek", "library"),
    "ordnungsamt": ("public order office",),
    "standesamt": ("registry office",),
    "strassenverkehrsamt": ("Verkehrsamt", "StVA"),
    "swk": ("SWK",),
    "wertstoffhof": ("Wertstoffhof", "Schadstoffannahme", "recycling centre"),
}
