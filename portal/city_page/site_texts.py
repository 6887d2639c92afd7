"""What the city's pages around the chat say, in German and in English."""

from __future__ import annotations

from typing import NamedTuple


class SiteTexts(NamedTuple):
    """All words of the pages in one language; facts stay in German."""

    language: str
    weekdays: tuple[str, ...]

    # Frame of every page
    suffix: str
    demonstration: str
    city: str
    motto: str
    skip: str
    skip_to_chat: str
    other_language: str
    navigation: str
    services: str
    offices: str
    home: str
    breadcrumb: str
    search: str
    search_label: str
    search_hint: str
    emergency_title: str
    emergency: str
    chat: str
    chat_link: str
    hotline: str
    accessibility: str
    privacy: str
    chat_page: str
    footer: str
    facts_in_german: str
    outbox: str

    # Home
    welcome: str
    intro: str
    popular: str
    topics: str
    topics_intro: str
    services_count: str
    services_count_one: str
    kumpel_title: str
    kumpel_text: str
    kumpel_without_script: str
    kumpel_link: str
    ask_label: str
    ask_send: str
    open_today: str
    all_offices: str

    # Lists and search
    all_services: str
    all_services_intro: str
    topic_intro: str
    results: str
    results_none: str
    results_near: str
    results_ask: str
    results_empty: str
    found: str
    found_one: str
    missing: str
    missing_text: str

    # A service
    at_a_glance: str
    documents: str
    documents_unknown: str
    fees: str
    payments: str
    fees_unknown: str
    fee_label: str
    fee_amount: str
    fee_unknown: str
    fee_free: str
    fee_from: str
    fee_up_to: str
    fee_range: str
    appointment: str
    appointment_required: str
    appointment_optional: str
    appointment_none: str
    appointment_required_unconfirmed: str
    appointment_optional_unconfirmed: str
    appointment_none_unconfirmed: str
    appointment_check: str
    appointment_book: str
    deadline: str
    deadline_none: str
    deadline_unknown: str
    duration: str
    duration_unknown: str
    validity: str
    online: str
    online_none: str
    form_demonstration: str
    good_to_know: str
    unverified: str
    law: str
    responsible: str
    responsible_unknown: str
    external: str
    related: str
    synonyms: str
    unknown: str
    ask_title: str
    ask_text: str

    # Sources
    source: str
    as_of: str
    undated: str
    retrieved: str
    confidence: str
    confidence_high: str
    confidence_medium: str
    confidence_low: str
    caution: str
    caution_undated: str

    # An office
    offices_intro: str
    address: str
    address_unknown: str
    contact: str
    phone: str
    mail: str
    website: str
    hours: str
    hours_today: str
    hours_unknown: str
    hours_unknown_today: str
    hours_as_of: str
    hours_outdated: str
    day: str
    times: str
    closed: str
    open_until: str
    open_always: str
    opens_today: str
    opens_tomorrow: str
    opens_on: str
    closed_long: str
    closed_because: str
    mode_appointment: str
    mode_phone: str
    not_known: str
    transport: str
    access: str
    access_unknown: str
    payment: str
    tasks: str
    office_services: str
    by_appointment_only: str
    not_the_city: str


GERMAN = SiteTexts(
    language="de",
    weekdays=(
        "Montag",
        "Dienstag",
        "Mittwoch",
        "Donnerstag",
        "Freitag",
        "Samstag",
        "Sonntag",
    ),
    suffix="Stadt Krefeld (Demonstration)",
    demonstration="Demonstration – keine offizielle Seite der Stadt",
    city="Stadt Krefeld",
    motto="Bürgerservice",
    skip="Zum Inhalt",
    skip_to_chat="Zum Chat",
    other_language="English",
    navigation="Hauptmenü",
    services="Leistungen",
    offices="Dienststellen",
    home="Startseite",
    breadcrumb="Sie sind hier",
    search="Suchen",
    search_label="Leistungen und Stellen suchen",
    search_hint="Zum Beispiel: Reisepass, Hund, Sperrmüll",
    emergency_title="Im Notfall",
    emergency="Feuerwehr und Rettungsdienst **112** · Polizei **110** · ärztlicher "
    "Bereitschaftsdienst **116117**",
    chat="Chat mit Kumpel",
    chat_link="Frage an Kumpel",
    hotline="Servicenummer der Stadt",
    accessibility="Barrierefreiheit",
    privacy="Datenschutz im Chat",
    chat_page="Chat ohne JavaScript",
    footer="Vorführung des Bürgerassistenten Kumpel Krefeld. Freie Software unter "
    "der EUPL-1.2.",
    facts_in_german="",
    outbox="Postausgang der Vorführung: E-Mails zu Terminen",
    welcome="Was möchten Sie erledigen?",
    intro="Unterlagen, Gebühren, Fristen und Öffnungszeiten – mit Quelle und Stand.",
    popular="Oft gesucht",
    topics="Themen",
    topics_intro="Alle Leistungen, nach Lebensbereichen geordnet.",
    services_count="{} Leistungen",
    services_count_one="1 Leistung",
    kumpel_title="Fragen Sie Kumpel",
    kumpel_text="Kumpel ist ein Programm, kein Mensch. Sie fragen in Ihren Worten und "
    "bekommen Auskunft aus den Daten der Stadt. Bei vielen Leistungen bucht "
    "Kumpel auch Ihren Termin.",
    kumpel_without_script="Der Chat geht auch ohne JavaScript:",
    kumpel_link="Chat als eigene Seite öffnen",
    ask_label="Ihre Frage an Kumpel",
    ask_send="Frage senden",
    open_today="Bürgerbüros heute",
    all_offices="Alle Dienststellen",
    all_services="Alle Leistungen von A bis Z",
    all_services_intro="Wählen Sie eine Leistung.",
    topic_intro="Leistungen zu diesem Thema:",
    results="Suche nach „{}“",
    results_none="Dazu haben wir nichts gefunden.",
    results_near="Genau das haben wir nicht gefunden. Meinen Sie vielleicht:",
    results_ask="Kumpel mit diesen Worten fragen",
    results_empty="Bitte schreiben Sie ein Wort in das Suchfeld.",
    found="{} Treffer",
    found_one="1 Treffer",
    missing="Diese Seite gibt es nicht",
    missing_text="Vielleicht hilft die Suche oder Kumpel weiter.",
    at_a_glance="Auf einen Blick",
    documents="Was Sie mitbringen",
    documents_unknown="Welche Unterlagen nötig sind, wissen wir leider nicht sicher.",
    fees="Was es kostet",
    payments="Beträge (Gebühren und Leistungen an Sie)",
    fees_unknown="Was es kostet, wissen wir leider nicht sicher.",
    fee_label="Wofür",
    fee_amount="Betrag",
    fee_unknown="nicht sicher bekannt",
    fee_free="kostenlos",
    fee_from="ab {}",
    fee_up_to="bis {}",
    fee_range="{} bis {}",
    appointment="Termin",
    appointment_required="Sie brauchen einen Termin.",
    appointment_optional="Ein Termin ist möglich, aber keine Pflicht.",
    appointment_none="Einen Termin brauchen Sie nicht.",
    appointment_required_unconfirmed="Sie brauchen vermutlich einen Termin.",
    appointment_optional_unconfirmed="Ein Termin ist vermutlich möglich, aber keine "
    "Pflicht.",
    appointment_none_unconfirmed="Einen Termin brauchen Sie vermutlich nicht.",
    appointment_check="Das ist nicht sicher bestätigt; im Zweifel fragen Sie bitte "
    "vorher.",
    appointment_book="Termin online buchen",
    deadline="Frist",
    deadline_none="Es gibt keine Frist.",
    deadline_unknown="nicht bekannt",
    duration="Dauer",
    duration_unknown="nicht bekannt",
    validity="Gültigkeit",
    online="Online und Formulare",
    online_none="Ein Online-Formular ist uns nicht bekannt.",
    form_demonstration="Vorführung, geht nicht an die Stadt",
    good_to_know="Gut zu wissen",
    unverified="Nicht sicher bestätigt",
    law="Rechtsgrundlage",
    responsible="Wer zuständig ist",
    responsible_unknown="Welche Stelle zuständig ist, wissen wir leider nicht sicher.",
    external="Außerhalb der Stadtverwaltung",
    related="Verwandte Leistungen",
    synonyms="Auch genannt",
    unknown="Fragen Sie bitte nach:",
    ask_title="Noch eine Frage dazu?",
    ask_text="Kumpel weiß, welche Seite Sie lesen: „Was kostet das?“ genügt.",
    source="Quelle und Stand",
    as_of="Stand",
    undated="ohne Datum",
    retrieved="Gelesen",
    confidence="Verlässlichkeit",
    confidence_high="gut belegt",
    confidence_medium="belegt, aber nicht in allem",
    confidence_low="schwach belegt",
    caution="Diese Angaben sind nicht sicher (Stand {}). Bitte prüfen Sie sie unter",
    caution_undated="Diese Angaben sind nicht sicher. Bitte prüfen Sie sie unter",
    offices_intro="Anschrift, Telefon und heutige Öffnungszeiten.",
    address="Anschrift",
    address_unknown="Die Anschrift ist uns nicht bekannt.",
    contact="Kontakt",
    phone="Telefon",
    mail="E-Mail",
    website="Internet",
    hours="Öffnungszeiten",
    hours_today="Heute",
    hours_unknown="Öffnungszeiten nicht bekannt",
    hours_unknown_today="Ob heute geöffnet ist, ist nicht bekannt",
    hours_as_of="Stand der Öffnungszeiten: {}",
    hours_outdated="Diese Zeiten können veraltet sein (Stand {}). Bitte fragen Sie "
    "vor dem Weg nach:",
    day="Tag",
    times="Zeiten",
    closed="geschlossen",
    open_until="Jetzt geöffnet bis {} Uhr",
    open_always="Rund um die Uhr geöffnet",
    opens_today="Jetzt geschlossen, öffnet heute um {} Uhr",
    opens_tomorrow="Jetzt geschlossen, öffnet morgen um {} Uhr",
    opens_on="Jetzt geschlossen, öffnet am {} um {} Uhr",
    closed_long="Geschlossen",
    closed_because="Grund: {}",
    mode_appointment="nur mit Termin",
    mode_phone="telefonisch",
    not_known="nicht bekannt",
    transport="Anfahrt",
    access="Zugang ohne Barrieren",
    access_unknown="nicht bekannt",
    payment="Bezahlen",
    tasks="Aufgaben",
    office_services="Leistungen dieser Stelle",
    by_appointment_only="Diese Stelle empfängt nur mit Termin.",
    not_the_city="Diese Stelle gehört nicht zur Stadtverwaltung.",
)

ENGLISH = SiteTexts(
    language="en",
    weekdays=(
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ),
    suffix="City of Krefeld (demonstration)",
    demonstration="Demonstration – not an official page of the city",
    city="City of Krefeld",
    motto="Citizen services",
    skip="Skip to content",
    skip_to_chat="Skip to the chat",
    other_language="Deutsch",
    navigation="Main menu",
    services="Services",
    offices="Offices",
    home="Home",
    breadcrumb="You are here",
    search="Search",
    search_label="Search services and offices (in German)",
    search_hint="For example: Reisepass, Hund, Sperrmüll",
    emergency_title="In an emergency",
    emergency="Fire and ambulance **112** · Police **110** · Doctor on call **116117**",
    chat="Chat with Kumpel",
    chat_link="Ask Kumpel",
    hotline="City service number",
    accessibility="Accessibility",
    privacy="Privacy in the chat",
    chat_page="Chat without JavaScript",
    footer="Demonstration of the citizen assistant Kumpel Krefeld. Free software "
    "under the EUPL-1.2.",
    facts_in_german="The facts on this page are in German, as the city publishes "
    "them. You can ask Kumpel, the assistant, in English.",
    outbox="Outbox of the demonstration: e-mails about appointments (in German)",
    welcome="What would you like to get done?",
    intro="Documents, fees, deadlines and opening hours – with source and date.",
    popular="Often searched",
    topics="Topics",
    topics_intro="All services by area of life. Their names are in German.",
    services_count="{} services",
    services_count_one="1 service",
    kumpel_title="Ask Kumpel",
    kumpel_text="Kumpel is a program, not a person. You ask in your own words and get "
    "answers from the city's data. For many services Kumpel books your appointment, "
    "too.",
    kumpel_without_script="The chat works without JavaScript, too:",
    kumpel_link="Open the chat as a page of its own",
    ask_label="Your question to Kumpel",
    ask_send="Send question",
    open_today="Citizens' offices today",
    all_offices="All offices",
    all_services="All services from A to Z",
    all_services_intro="Choose a service. Names are in German.",
    topic_intro="Services on this topic:",
    results="Search for “{}”",
    results_none="We found nothing for this.",
    results_near="We did not find exactly this. Did you mean:",
    results_ask="Ask Kumpel with these words",
    results_empty="Please write a word into the search field.",
    found="{} results",
    found_one="1 result",
    missing="This page does not exist",
    missing_text="Perhaps the search or Kumpel can help.",
    at_a_glance="At a glance",
    documents="What to bring",
    documents_unknown="Unfortunately we do not know for certain which documents you "
    "need.",
    fees="What it costs",
    payments="Amounts (fees and payments to you)",
    fees_unknown="Unfortunately we do not know for certain what it costs.",
    fee_label="For",
    fee_amount="Amount",
    fee_unknown="not known for certain",
    fee_free="free of charge",
    fee_from="from {}",
    fee_up_to="up to {}",
    fee_range="{} to {}",
    appointment="Appointment",
    appointment_required="You need an appointment.",
    appointment_optional="An appointment is possible, but not required.",
    appointment_none="You need no appointment.",
    appointment_required_unconfirmed="You probably need an appointment.",
    appointment_optional_unconfirmed="An appointment is probably possible, but not "
    "required.",
    appointment_none_unconfirmed="You probably need no appointment.",
    appointment_check="This is not confirmed; when in doubt, please ask first.",
    appointment_book="Book an appointment online",
    deadline="Deadline",
    deadline_none="There is no deadline.",
    deadline_unknown="not known",
    duration="Duration",
    duration_unknown="not known",
    validity="Validity",
    online="Online and forms",
    online_none="We know of no online form.",
    form_demonstration="demonstration, is not sent to the city",
    good_to_know="Good to know",
    unverified="Not confirmed",
    law="Legal basis",
    responsible="Who is responsible",
    responsible_unknown="Unfortunately we do not know for certain which office is "
    "responsible.",
    external="Outside the city's administration",
    related="Related services",
    synonyms="Also called",
    unknown="Please ask:",
    ask_title="Another question about this?",
    ask_text="Kumpel knows which page you are reading: “What does it cost?” is enough.",
    source="Source and date",
    as_of="As of",
    undated="undated",
    retrieved="Read",
    confidence="Reliability",
    confidence_high="well supported",
    confidence_medium="supported, but not in every detail",
    confidence_low="weakly supported",
    caution="These facts are not certain (as of {}). Please check them by calling",
    caution_undated="These facts are not certain. Please check them by calling",
    offices_intro="Address, phone and today's opening hours.",
    address="Address",
    address_unknown="We do not know the address.",
    contact="Contact",
    phone="Phone",
    mail="E-mail",
    website="Website",
    hours="Opening hours",
    hours_today="Today",
    hours_unknown="Opening hours not known",
    hours_unknown_today="Whether it is open today is not known",
    hours_as_of="Date of the opening hours: {}",
    hours_outdated="These hours may be outdated (as of {}). Please ask before you go:",
    day="Day",
    times="Times",
    closed="closed",
    open_until="Open now until {}",
    open_always="Open around the clock",
    opens_today="Closed now, opens today at {}",
    opens_tomorrow="Closed now, opens tomorrow at {}",
    opens_on="Closed now, opens on {} at {}",
    closed_long="Closed",
    closed_because="Reason: {}",
    mode_appointment="by appointment only",
    mode_phone="by phone",
    not_known="not known",
    transport="Getting there",
    access="Step-free access",
    access_unknown="not known",
    payment="Paying",
    tasks="Tasks",
    office_services="Services of this office",
    by_appointment_only="This office sees people by appointment only.",
    not_the_city="This office is not part of the city's administration.",
)


def site_texts_for(language: str) -> SiteTexts:
    """Returns the words in English for `en`, else in German."""
    return ENGLISH if language == "en" else GERMAN
