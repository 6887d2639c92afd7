"""What a message in a booking does: yes, no, back, stop, another office, persons."""

from __future__ import annotations

import re

from kumpel.text.fold import fold

#: Everything below is matched against folded text (see `kumpel.text.fold`).
_YES_WORDS = frozenset(
    "ja jo jep jap jup jawohl jawoll joa jaa jaaa yes yep yeah sure ok okay oki klar "
    "genau richtig stimmt korrekt passt einverstanden perfekt super gern gerne bitte "
    "buchen buche buch bestatigen bestatige ordnung gut unbedingt naturlich right "
    "selbstverstandlich correct book mach tamam evet".split()
)
_NO_WORDS = frozenset(
    "nein ne nee no nope nicht falsch nichts keine keiner keins keinen none wrong "
    "not".split()
)
_BESIDE_YES = frozenset(
    "alles so das ist es ganz na sie verbindlich fest in that s is mach machen it "
    "please danke dann auch doch wir mir den dies diesen termin go ahead "
    "absagen stornieren verschieben eintragen cancel move".split()
)
_BESIDE_NO = frozenset(
    "stimmt noch lieber davon passt passen so danke of these das ist mir geht "
    "es".split()
)
_STOP = re.compile(
    r"\b(?:abbrech\w*|abbruch|brich ab|breche ab|stopp?|vergiss es|vergessen sie es|"
    r"lassen wir das|lass gut sein|hat sich erledigt|doch keine[nr]? (?:termin|mehr)|"
    r"keinen termin mehr|will (?:doch )?nicht mehr|aufhoren|hor auf|beenden|exit|quit|"
    r"forget it|never ?mind|abort|cancel (?:this|it|that|booking)|stop)\b|^cancel$|"
    r"^(?:nee?|nein|ach|ne|no|oh|dann)?(?: ?(?:ach|lieber))* ?doch nicht$|"
    r"^(?:nein|nee|ne|no) (?:danke|thanks|thank you)$"
)
_BACK = re.compile(
    r"^(?:(?:bitte|nee|nein|ne|no|ach|oh|ups|doch|nicht|moment|halt|noch|mal|nochmal|"
    r"geh|gehen|sie|wir|einen?|ein|eins|schritt|go|one|step|please) )*"
    r"(?:zuruck|back)(?: bitte| please)?$"
)
_ASKS_PURPOSE = re.compile(
    r"\b(?:wozu|warum|wofur|wieso|weshalb|weswegen|why|what .* for)\b.*\b(?:\w*mail\w*|"
    r"\w*name\w*|\w*adresse|daten|angaben?|\w*nummer|das|die|es|that|this|it|data)\b|"
    r"\b(?:was (?:passiert|macht|machen|geschieht)|datenschutz|wer sieht|speicher\w*)"
    r"\b.*\b(?:mail\w*|name\w*|daten|angaben?|adresse)\b|\bdatenschutz\b"
)
_LACKS_CODE = re.compile(
    r"\b(?:kein\w*|nicht (?:mehr|da|zur hand)|weg|verloren|vergessen|verlegt|geloscht|"
    r"finde\b.*\bnicht|weiss\b.*\bnicht|lost|forgot\w*|don t have|no)\b.*"
    r"\b(?:code|link|\w*nummer|\w*mail|bestatigung|number)\b|"
    r"\b(?:code|link|\w*nummer|\w*mail|bestatigung|number)\b.*\b(?:nicht|weg|verloren|"
    r"vergessen|verlegt|geloscht|lost|forgot\w*)\b|"
    r"^(?:hab|habe) (?:ich )?nicht(?: mehr)?$"
)
_NEW_TIME = re.compile(r"\b(?:auf|nach|to|until)\b", re.IGNORECASE)
_GOES_ON = re.compile(
    r"^(?:ja |ok |gern |bitte |dann )*(?:weiter(?: ?machen)?|mach(?:en sie)? weiter|"
    r"fortsetzen|fortfahren|wo waren wir|continue|go on|carry on)(?: bitte| mit .*)?$"
)
_SWITCHES = re.compile(
    r"\b(?:lieber|stattdessen|statt dessen|sondern|(?:ich )?mein(?:e|te|ten)?|"
    r"gemeint|falsche[nsr]? (?:leistung|termin|sache|thema)|nicht de[nrm]|"
    r"instead|rather|i meant?|doch (?:fur )?(?:de[nr]|die|das|eine?n?))\b|"
    r"\btermin (?:\w+ )?(?:fur|zum|zur|wegen)\b|\bappointment (?:for|to)\b"
)
_WANTS_TO_BOOK = re.compile(
    r"^(?:ja |ok |bitte |gern |dann |und |also |ich |wir |kann |konnen |konnte |will |"
    r"wurde |mochte |hatte |brauche? |gern |direkt |gleich |hier |jetzt |mir |da |"
    r"fur (?:das|den|die|mich) |dafur |einen |ne[n]? |n |nen |auch |"
    r"i |would |like |to |want |need |please |can |an |for |that )*"
    r"(?:termin(?: \w+)?|online ?termin|appointment|buchen|book)"
    r"(?: (?:buchen|machen|vereinbaren|haben|ausmachen|reservieren|dafur|bitte|"
    r"hier|jetzt|gleich|direkt|online|bei ihnen|please))*$"
)
_EARLIER = re.compile(r"\b(?:fruher|eher|zeitiger|earlier|sooner)\b(?! als| abgeben)")
_LATER = re.compile(r"\b(?:spater|later|weitere|mehr termine|andere termine|more)\b")
_OTHER_OFFICE = re.compile(
    r"\b(?:ander\w*|nicht dies\w*|another|different|other) "
    r"(?:\w+ )?(?:buros?|burgerburos?|amt|stelle|stellen|ort|standort|filiale|rathaus|"
    r"offices?|place)\b|"
    r"\bwoanders\b|\banderswo\b|\bsomewhere else\b"
)
_ANY_OFFICE = re.compile(
    r"\b(?:egal wo|buro (?:ist )?egal|(?:alle|jedes|irgendein|egal welches) (?:buro|"
    r"burgerburo)s?|"
    r"any office|wo ist (?:mir )?egal)\b"
)
_CORRECTS = re.compile(
    r"\b(?:nein|ne|nee|doch|lieber|statt|stattdessen|falsch|ander\w*|eher|besser|"
    r"moment|halt|sorry|entschuldigung|sondern|instead|rather|actually|wrong|andern?)\b"
)
_ABOUT_TIME = re.compile(
    r"\b(?:ander\w* (?:tag|datum|termin|zeit|uhrzeit|zeitpunkt)|(?:tag|zeit|uhrzeit|"
    r"datum|termin) "
    r"(?:\w+ )?(?:andern|falsch|passt nicht)|passt (?:mir )?(?:doch )?nicht mehr|"
    r"(?:tag|datum|uhrzeit)(?: und (?:die )?uhrzeit)?|another (?:day|time|date)|"
    r"different (?:day|time|date))\b"
)
_CLOCK = re.compile(r"\b(?:uhrzeit|zeit|time)\b")
_DAY = re.compile(r"\b(?:tag|datum|day|date)\b")
_ABOUT_OFFICE = re.compile(r"\b(?:buro|burgerburo|ort|standort|office)\b")
_ABOUT_NAME = re.compile(r"\b(?:name|namen|nachname\w*|vorname\w*|ich heisse)\b")
_ABOUT_MAIL = re.compile(r"\b(?:e ?mails?|mail\w*|e ?mail ?adresse|mailadresse)\b")
_ABOUT_TELEPHONE = re.compile(r"\b(?:telefon\w*|handy\w*|rufnummer|phone\w*)\b")
_QUESTION_WORDS = re.compile(
    r"^(?:und |ach |aber |ubrigens |eigentlich |moment |and |but )*(?:was|wie|wo|wann|"
    r"warum|wieso|weshalb|"
    r"wer|wem|wen|welche[rsnm]?|muss|mussen|kann|konnen|darf|durfen|brauche?|brauchen|"
    r"gibt|"
    r"habt|haben|ist|sind|kostet|bekomme|what|how|where|when|why|who|which|must|can|"
    r"may|"
    r"do|does|is|are)\b"
)
_ORDINALS = (
    re.compile(r"\b(?:1|eins|number one|erste[nrs]?|first|fruheste[nr]?|den oberen)\b"),
    re.compile(r"\b(?:2|zwei|number two|zweite[nrs]?|second)\b"),
    re.compile(r"\b(?:3|drei|number three|dritte[nrs]?|third)\b"),
    re.compile(r"\b(?:4|vier|number four|vierte[nrs]?|fourth)\b"),
)
_LAST = re.compile(r"\b(?:letzte[nrs]?|last)\b")
_ORDINAL_ONLY = re.compile(
    r"^(?:ja |bitte |ich |nehme |nehm |nimm |dann |der |die |das |den |termin |"
    r"nummer |nr |"
    r"option |the |i |take |number |one |buche |)*\w+(?: bitte| termin| one|"
    r" nehme ich| nehmen)*$"
)
_NUMBERS = {
    "zwei": 2, "drei": 3, "vier": 4, "funf": 5, "sechs": 6, "sieben": 7, "acht": 8,
    "neun": 9, "zehn": 10, "two": 2, "three": 3, "four": 4, "five": 5,
    "zweit": 2, "dritt": 3, "viert": 4, "funft": 5, "eine": 1, "einer": 1, "one": 1,
}  # fmt: skip
_COUNT = r"(\d{1,2}|" + "|".join(_NUMBERS) + ")"
_PERSONS = re.compile(
    rf"\b{_COUNT} (?:personen|person|leuten?|antrage|ausweise|passe|pass|people|"
    rf"persons|kopfe)\b|"
    rf"\b(?:zu|wir sind(?: zu)?|for) {_COUNT}\b(?! uhr| o| am| pm)"
)
_HOURS_LATER = re.compile(
    rf"\b(halbe|eine halbe|{_COUNT[1:-1]}) (?:stunden?|std|hours?) (?:\w+ )?"
    r"(?:spater|fruher|eher|zeitiger|later|earlier)\b"
)
_SELF_AND = re.compile(
    r"\b(?:(?:mich|mir|ich|wir)\b.*\b(?:und|mit)|me and|my ?self and|i and) "
    r"(?:mein\w*|my) (?:\w+)\b|\b(?:mein\w*|my) \w+ (?:und|and) (?:ich|mich|i|me)\b"
)
_COMPANION = re.compile(
    r"\b(?:mein\w*|my) (?:frau|mann|tochter|sohn|kind|mutter|vater|partner\w*|"
    r"freund\w*|schwester|bruder|oma|opa|wife|husband|son|daughter|child|mother|"
    r"father)\b"
)
_CHILDREN = re.compile(
    rf"\b{_COUNT} (?:kinder\w*|sohne\w*|tochter|kids|children|sons|daughters)\b"
)
_APPOINTMENT = r"(?:\w*termin\w*|buchung|appointment|booking|reservierung)"
_MANAGE = {
    "cancel": re.compile(
        rf"\b{_APPOINTMENT}\b.*\b(?:absag\w*|stornier\w*|loschen|cancel|zuruckgeben|"
        rf"abmelden)\b|"
        rf"\b(?:absage|storniere|losche|cancel|stornierung)\b.*\b{_APPOINTMENT}\b"
    ),
    "move": re.compile(
        rf"\b{_APPOINTMENT}\b.*\b(?:verschieb\w*|verleg\w*|umbuch\w*|umzubuchen|"
        rf"vorziehen|"
        rf"andern|tauschen|move|reschedule|change)\b|"
        rf"\b(?:verschiebe|verlege|move|reschedule|change)\b.*\b{_APPOINTMENT}\b"
    ),
    "show": re.compile(
        rf"\b(?:wann|wo|wie spat)\b (?:ist|is|war|habe ich|hab ich|hatte ich)"
        rf"(?: denn| noch| nochmal| nomma| eigentlich| jetzt)* "
        rf"(?:mein\w* |den |einen )?{_APPOINTMENT}\b|"
        rf"\b(?:mein\w*) {_APPOINTMENT} (?:nachsehen|ansehen|anzeigen|prufen|zeigen|"
        rf"nachschauen)\b|"
        rf"\b{_APPOINTMENT} (?:nachsehen|nachschauen|anzeigen)\b|\bterminnummer\b|"
        r"\b(?:show|look up|check|find|when is) my (?:appointment|booking)\b"
    ),
}
_WAITLIST = re.compile(
    r"\bwarteliste\b|\bwaiting list\b|\bbescheid\w*\b.*\b(?:fruher|frei|was|etwas|"
    r"eher)\b|"
    r"\b(?:benachrichtig\w*|informier\w*|tell me|notify me)\b.*\b(?:fruher|frei|"
    r"earlier|free)\b"
)


def is_yes(text: str) -> bool:
    """Tells whether a message says yes and nothing else."""
    words = set(fold(text).split())
    return bool(words & _YES_WORDS) and words <= _YES_WORDS | _BESIDE_YES


def is_no(text: str) -> bool:
    """Tells whether a message says no and nothing else."""
    words = set(fold(text).split())
    return bool(words & _NO_WORDS) and words <= _NO_WORDS | _BESIDE_NO


def is_stop(text: str) -> bool:
    """Tells whether a message breaks off."""
    return bool(_STOP.search(fold(text)))


def is_back(text: str) -> bool:
    """Tells whether a message wants to go one step back."""
    return bool(_BACK.search(fold(text)))


def hours_later(text: str) -> float:
    """Reads "eine Stunde später" as 1 and "zwei Stunden früher" as -2, else 0."""
    found = _HOURS_LATER.search(fold(text))
    if found is None:
        return 0.0
    hours = 0.5 if "halbe" in found[1] else float(_number(found[1]))
    return -hours if _EARLIER.search(found[0]) else hours


def asks_purpose(text: str) -> bool:
    """Tells whether a message asks what the data are for."""
    return bool(_ASKS_PURPOSE.search(fold(text)))


def lacks_code(text: str) -> bool:
    """Tells whether a message says that number, code or mail are lost."""
    return bool(_LACKS_CODE.search(fold(text)))


def new_time_in(text: str) -> str:
    """Returns what follows "verschieben auf": the new time and not the old one."""
    said = _NEW_TIME.split(text)
    return said[-1] if len(said) > 1 else ""


def is_about_clock(text: str) -> bool:
    """Tells whether a message speaks of the time of day and not of the day."""
    said = fold(text)
    return bool(_CLOCK.search(said)) and not _DAY.search(said)


def goes_on(text: str) -> bool:
    """Tells whether a message wants to go on with what was begun."""
    return bool(_GOES_ON.search(fold(text)))


def switches(text: str) -> bool:
    """Tells whether a message puts one matter in the place of another."""
    return bool(_SWITCHES.search(fold(text)))


def wants_to_book(text: str) -> bool:
    """Tells whether a message asks for an appointment and says nothing else."""
    return bool(_WANTS_TO_BOOK.search(fold(text)))


def wants_earlier(text: str) -> bool:
    """Tells whether a message asks for something earlier."""
    return bool(_EARLIER.search(fold(text)))


def wants_later(text: str) -> bool:
    """Tells whether a message asks for something later, or for more."""
    return bool(_LATER.search(fold(text)))


def wants_other_office(text: str) -> bool:
    """Tells whether a message asks for another office without naming it."""
    return bool(_OTHER_OFFICE.search(fold(text)))


def takes_any_office(text: str) -> bool:
    """Tells whether a message says that the office is all the same."""
    return bool(_ANY_OFFICE.search(fold(text)))


def corrects(text: str) -> bool:
    """Tells whether a message has a word of correction."""
    return bool(_CORRECTS.search(fold(text)))


def asks(text: str) -> bool:
    """Tells whether a message is a question by its form."""
    return text.rstrip().endswith("?") or bool(_QUESTION_WORDS.search(fold(text)))


def topic_of_change(text: str) -> str | None:
    """Names what is to be changed: ``time office name mail telephone``."""
    said = fold(text)
    for topic, pattern in (
        ("mail", _ABOUT_MAIL),
        ("telephone", _ABOUT_TELEPHONE),
        ("name", _ABOUT_NAME),
        ("time", _ABOUT_TIME),
        ("office", _ABOUT_OFFICE),
    ):
        if pattern.search(said):
            return topic
    return None


def ordinal(text: str, count: int) -> int | None:
    """Reads "das zweite" as 1; None where it names none of `count` offers."""
    said = fold(text)
    if not _ORDINAL_ONLY.search(said) or len(said.split()) > 6:
        return None
    if _LAST.search(said):
        return count - 1 if count else None
    found = [i for i, pattern in enumerate(_ORDINALS) if pattern.search(said)]
    return found[0] if len(found) == 1 and found[0] < count else None


def persons_in(text: str) -> int | None:
    """Reads for how many persons an appointment is to be."""
    said = fold(text)
    found = _PERSONS.search(said)
    if found:
        word = found[1] or found[2]
        return _number(word)
    if not _SELF_AND.search(said):
        return None
    children = sum(_number(each[1]) for each in _CHILDREN.finditer(said))
    count = 1 + len(_COMPANION.findall(said)) + children
    return count if count > 1 else None


def _number(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def manage_in(text: str) -> str | None:
    """Names what is wanted of an appointment there is: ``cancel move show``."""
    said = fold(text)
    return next((n for n, pattern in _MANAGE.items() if pattern.search(said)), None)


def wants_waitlist(text: str) -> bool:
    """Tells whether a message asks to be told of earlier dates."""
    return bool(_WAITLIST.search(fold(text)))
