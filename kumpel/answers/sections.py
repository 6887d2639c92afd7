"""What is told about a service for each aspect."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kumpel.answers import fees, hours, offices
from kumpel.answers.answer import MAXIMUM_ITEMS, Answer, answer
from kumpel.answers.facts import ServiceFacts
from kumpel.answers.formats import plain
from kumpel.answers.queue import queue_sentence
from kumpel.answers.sources import caution, is_doubtful, source_line
from kumpel.answers.wording import Wording
from kumpel.portal_client.models import Link

#: What the facts say where nothing needs to be done until a day.
_NO_DEADLINE = "keine"
_FEES_SHOWN = 8
#: The overview is read on a phone: the rest is told when it is asked for.
_DOCUMENTS_IN_OVERVIEW = 4
_FEES_IN_OVERVIEW = 3
_OFFICES_NAMED_IN_OVERVIEW = 2
#: Statements that tell the keepers of the facts to check them first.
_FOR_KEEPERS = re.compile(r"vor Ausgabe|widersprüchlich|überholt", re.IGNORECASE)


def documents(facts: ServiceFacts, wording: Wording) -> Answer:
    """Tells what to bring."""
    service = facts.service
    if not service.documents:
        return unknown(facts, wording)
    shown = [plain(text) for text in service.documents]
    return _told(
        facts, wording, [wording.text("utter_documents", service=service.title)], shown
    )


def fee(facts: ServiceFacts, wording: Wording) -> Answer:
    """Tells the prices; the one that fits a named age first."""
    service, age = facts.service, facts.question.age_in_years
    lines = fees.by_age(fees.told_fees(service.fees), age)
    if not lines:
        return unknown(facts, wording)
    sentences = []
    if all(not each.is_known for each in lines):
        sentences = [
            wording.text("utter_fee_not_known", service=service.title),
            _ask(facts, wording),
        ]
    elif age is not None and fees.fits_age(lines[0], age):
        text = fees.line(lines[0], wording, with_note=False)
        sentences = [
            wording.text("utter_fee_age", service=service.title, age=age, fee=text)
        ]
        lines = [each for each in lines[1:] if fees.fits_age(each, age) is not False]
    elif len(lines) == 1:
        text = fees.line(lines[0], wording, title=service.title)
        sentences = [wording.text("utter_fee_one", service=service.title, fee=text)]
        return _told(facts, wording, sentences, [])
    elif fees.has_payments(lines):
        sentences = [wording.text("utter_fee_payments", service=service.title)]
    else:
        sentences = [wording.text("utter_fee", service=service.title)]
    items = [fees.line(each, wording) for each in lines[:_FEES_SHOWN]]
    rest = len(lines) - _FEES_SHOWN
    items.append(_more(wording, "utter_fee_more", "utter_fee_more_one", rest))
    return _told(facts, wording, sentences, items)


def opening_hours(facts: ServiceFacts, wording: Wording) -> Answer:
    """Tells whether the office is open, and the week's hours."""
    if facts.place is None:
        return unknown(facts, wording)
    told = offices.opening_hours(facts.place, facts.question, facts.now, wording)
    before = answer([_not_in_district(facts, wording)])
    return before + told + answer([_external(facts, wording)])


def location(facts: ServiceFacts, wording: Wording) -> Answer:
    """Tells where to go: the office of the asked district, else the main one."""
    place, district = facts.place, facts.question.district
    if place is None:
        return unknown(facts, wording)
    office, where = place.office, offices.address(place.office)
    key = "utter_location"
    if district and facts.is_in_district:
        key = "utter_location_district"
    elif office.is_external:
        key = "utter_location_external"
    sentences = [
        _not_in_district(facts, wording),
        wording.text(
            key,
            service=facts.service.title,
            district=district,
            office=office.title,
            address=where,
        )
        or wording.text(
            "utter_location_no_address", office=office.title, phone=place.phone
        ),
        caution(office.source, place.phone, facts.now.year, wording),
        _more_offices(facts, wording),
    ]
    items = [each.title for each in facts.other_offices[: MAXIMUM_ITEMS - 1]]
    items += [
        wording.text("utter_item_transport", transport=office.transport),
        wording.text("utter_item_accessibility", accessibility=office.accessibility),
        *_external_bodies(facts, wording),
    ]
    return answer(sentences, items, source_line(office.source, wording))


def contact(facts: ServiceFacts, wording: Wording) -> Answer:
    """Tells phone, mail and page of the office."""
    if facts.place is None:
        return unknown(facts, wording)
    office = facts.place.office
    items = offices.contact_lines(facts.place, wording)
    items += [link_line(link) for link in _links(facts, {"portal"})]
    sentence = wording.text(
        "utter_contact", service=facts.service.title, office=office.title
    )
    below = answer(
        [_external(facts, wording)], source=source_line(office.source, wording)
    )
    return answer([sentence], items) + below


def form(facts: ServiceFacts, wording: Wording) -> Answer:
    """Links the form, or says how else it goes."""
    items = form_lines(facts, wording)
    if not items:
        sentence = wording.text("utter_form_none", service=facts.service.title)
        links = [link_line(link) for link in _links(facts, {"portal"})]
        return _told(facts, wording, [sentence, _ask(facts, wording)], links)
    sentence = wording.text("utter_form", service=facts.service.title)
    return _told(facts, wording, [sentence], items)


def appointment(facts: ServiceFacts, wording: Wording) -> Answer:
    """Tells whether an appointment is needed and where it is made."""
    service = facts.service
    sentences = [appointment_sentence(facts, wording)]
    if service.appointment_confirmed is not True:
        sentences.append(wording.text("utter_appointment_check", phone=facts.phone))
    if service.appointment_note:
        note = plain(service.appointment_note)
        sentences.append(wording.text("utter_appointment_note", note=note))
    url = booking_url(facts)
    items = []
    if url:
        items.append(wording.text("utter_appointment_book", url=url))
    elif service.appointment != "none" and not facts.is_booked_here:
        sentences.append(
            wording.text(
                "utter_appointment_call", office=facts.office_name, phone=facts.phone
            )
        )
    # "Probably, ask there" warns already.
    is_warned = service.appointment_confirmed is not True
    return _told(facts, wording, sentences, items, has_caution=not is_warned)


def duration(facts: ServiceFacts, wording: Wording) -> Answer:
    """Tells how long it takes and how long it is valid."""
    service = facts.service
    sentences = [
        wording.text(
            "utter_duration",
            service=service.title,
            duration=plain(service.processing_time),
        ),
        wording.text(
            "utter_validity", service=service.title, validity=plain(service.validity)
        ),
    ]
    if not any(sentences):
        return unknown(facts, wording)
    return _told(facts, wording, sentences, [])


def deadline(facts: ServiceFacts, wording: Wording) -> Answer:
    """Tells until when something must be done."""
    text = _deadline(facts)
    sentence = wording.text(
        "utter_deadline", service=facts.service.title, deadline=text
    )
    if facts.service.deadline == _NO_DEADLINE:
        sentence = wording.text("utter_deadline_none", service=facts.service.title)
    return (
        _told(facts, wording, [sentence], []) if sentence else unknown(facts, wording)
    )


def status(facts: ServiceFacts, wording: Wording) -> Answer:
    """Tells how to learn the state of one's case; never invents it."""
    sentences = [
        wording.text(
            "utter_status",
            service=facts.service.title,
            office=facts.office_name,
            phone=facts.phone,
        )
        or wording.text("utter_status_hotline", phone=facts.phone),
        wording.text(
            "utter_duration",
            service=facts.service.title,
            duration=plain(facts.service.processing_time),
        ),
    ]
    items = [link_line(link) for link in _links(facts, {"portal"})]
    return _told(facts, wording, sentences, items)


def eligibility(facts: ServiceFacts, wording: Wording) -> Answer:
    """Tells conditions as far as the facts hold them."""
    service = facts.service
    told = [plain(text) for text in service.facts if not _FOR_KEEPERS.search(text)]
    unsure = ", ".join(plain(text) for text in service.unverified)
    if not told:
        return unknown(facts, wording) + answer(
            [], [wording.text("utter_item_law", laws=", ".join(service.legal_basis))]
        )
    items = [
        *told[: MAXIMUM_ITEMS - 2],
        wording.text("utter_item_unverified", facts=unsure),
        wording.text("utter_item_law", laws=", ".join(service.legal_basis)),
    ]
    sentence = wording.text("utter_eligibility", service=service.title)
    return _told(facts, wording, [sentence], items)


def overview(facts: ServiceFacts, wording: Wording) -> Answer:
    """Tells all in short: what to bring, cost, where, open now, online, appointment."""
    service, place = facts.service, facts.place
    key = "utter_overview"
    if place is not None and place.office.is_external:
        key = "utter_overview_external"
    sentences = [
        _not_in_district(facts, wording),
        wording.text(key, service=service.title, office=facts.office_name)
        or wording.text(
            "utter_overview_hotline", service=service.title, phone=facts.phone
        ),
        appointment_sentence(facts, wording),
    ]
    if place is not None:
        there = wording.text("utter_there")
        sentences.append(hours.state_sentence(place, facts.now, wording, name=there))
        sentences.append(queue_sentence(place, wording))
        is_warned = is_doubtful(service.source, facts.now.year)
        if place.hours is not None and place.hours.are_known and not is_warned:
            sentences.append(offices.hours_caution(place, facts.now, wording))
    items = [
        wording.text("utter_item_documents", documents=short_documents(facts, wording)),
        wording.text(
            "utter_item_payments"
            if fees.has_payments(service.fees)
            else "utter_item_fees",
            fees=short_fees(facts, wording),
        ),
        wording.text("utter_item_address", address=offices.address(place.office))
        if place
        else "",
        _more_offices_item(facts, wording),
        *_external_bodies(facts, wording),
        wording.text("utter_item_deadline", deadline=_deadline(facts)),
        wording.text("utter_appointment_book", url=booking_url(facts)),
        *(
            wording.text("utter_item_online", link=text)
            for text in form_lines(facts, wording)[:2]
        ),
    ]
    return _told(facts, wording, sentences, items, names_office=False)


def unknown(facts: ServiceFacts, wording: Wording) -> Answer:
    """Says that something is not known, and who knows."""
    sentence = wording.text("utter_unknown", service=facts.service.title)
    links = [link_line(link) for link in _links(facts, {"portal"})]
    return answer(
        [sentence, _ask(facts, wording), _external(facts, wording)],
        links[:1],
        source_line(facts.service.source, wording),
    )


SECTIONS: Mapping[str, Callable[[ServiceFacts, Wording], Answer]] = {
    "overview": overview,
    "documents": documents,
    "fee": fee,
    "opening_hours": opening_hours,
    "location": location,
    "contact": contact,
    "form": form,
    "appointment": appointment,
    "duration": duration,
    "deadline": deadline,
    "status": status,
    "eligibility": eligibility,
}


def appointment_sentence(facts: ServiceFacts, wording: Wording) -> str:
    """Says whether an appointment is needed, and whether that is certain."""
    need, place = facts.service.appointment, facts.place
    if facts.service.appointment_confirmed is True:
        return wording.text(f"utter_appointment_{need}")
    if need != "required" and place is not None and offices.sees_by_appointment(place):
        return wording.text("utter_appointment_on_site")
    return wording.text(f"utter_appointment_{need}_unconfirmed")


def booking_url(facts: ServiceFacts) -> str | None:
    """Returns where an appointment is made online, if it is made at all.

    Nowhere else where we book it ourselves: two ways side by side only confuse.
    """
    if facts.service.appointment == "none" or facts.is_booked_here:
        return None
    if facts.service.booking_url:
        return facts.service.booking_url
    return facts.place.office.appointment_url if facts.place else None


def form_lines(facts: ServiceFacts, wording: Wording) -> list[str]:
    """Lists forms and other ways online that have an address."""
    lines = [
        wording.text("utter_item_demonstration", title=each.title, url=each.url)
        if each.is_demonstration
        else f"{each.title}: {each.url}"
        for each in facts.service.forms
        if each.url
    ]
    known = {each.url for each in facts.service.forms}
    links = _links(facts, {"form", "download"})
    return lines + [link_line(link) for link in links if link.url not in known]


def link_line(link: Link) -> str:
    """Writes a link with its name."""
    return f"{plain(link.title)}: {link.url}"


def _told(
    facts: ServiceFacts,
    wording: Wording,
    sentences: list[str],
    items: list[str],
    *,
    has_caution: bool = True,
    names_office: bool = True,
) -> Answer:
    """Adds what every answer about a service has: warning, source, and who decides."""
    source = facts.service.source
    closing = []
    if names_office:
        closing.append(_external(facts, wording))
    if has_caution:
        closing.append(caution(source, facts.phone, facts.now.year, wording))
    shown = [item for item in items if item]
    below = answer(closing, source=source_line(source, wording))
    return answer(sentences, shown[:MAXIMUM_ITEMS]) + below


def _external(facts: ServiceFacts, wording: Wording) -> str:
    """Says that the city is not in charge, where that is so."""
    if facts.place is None or not facts.place.office.is_external:
        return ""
    return wording.text("utter_external_office", office=facts.office_name)


def _ask(facts: ServiceFacts, wording: Wording) -> str:
    return wording.text(
        "utter_ask_office", office=facts.office_name, phone=facts.phone
    ) or wording.text("utter_ask_hotline", phone=facts.phone)


def _links(facts: ServiceFacts, kinds: set[str]) -> list[Link]:
    office = facts.place.office if facts.place else None
    booking = {facts.service.booking_url, office and office.appointment_url}
    return [
        link
        for link in facts.service.online
        if link.kind in kinds and link.url and link.url not in booking
    ]


def _not_in_district(facts: ServiceFacts, wording: Wording) -> str:
    if facts.is_in_district:
        return ""
    return wording.text(
        "utter_location_not_in_district", district=facts.question.district
    )


def _deadline(facts: ServiceFacts) -> str:
    text = plain(facts.service.deadline)
    return "" if text == _NO_DEADLINE else text


def _external_bodies(facts: ServiceFacts, wording: Wording) -> list[str]:
    main = facts.office_name or ""
    return [
        wording.text("utter_external", name=body.name)
        for body in facts.service.external_bodies
        if body.name != main
    ]


def _more_offices(facts: ServiceFacts, wording: Wording) -> str:
    count = len(facts.other_offices)
    return _more(wording, "utter_location_more", "utter_location_more_one", count)


def _more_offices_item(facts: ServiceFacts, wording: Wording) -> str:
    others = facts.other_offices
    if len(others) > _OFFICES_NAMED_IN_OVERVIEW:
        return wording.text("utter_item_more_offices", count=len(others))
    names = ", ".join(each.title for each in others)
    if len(others) == 1:
        return wording.text("utter_item_other_office", office=names)
    return wording.text("utter_item_other_offices", offices=names)


def _more(wording: Wording, name: str, name_of_one: str, count: int) -> str:
    """Says how many more there are; empty where there are none."""
    if count < 1:
        return ""
    return wording.text(name_of_one if count == 1 else name, count=count)


def short_documents(facts: ServiceFacts, wording: Wording) -> str:
    """Names the most important documents in one line; empty where none is known."""
    documents = facts.service.documents
    shown = [plain(text) for text in documents[:_DOCUMENTS_IN_OVERVIEW]]
    rest = len(documents) - len(shown)
    return "; ".join(
        filter(
            None,
            [
                *shown,
                _more(
                    wording, "utter_documents_more", "utter_documents_more_one", rest
                ),
            ],
        )
    )


def short_fees(facts: ServiceFacts, wording: Wording) -> str:
    """Names the most important prices in one line; empty where none is known."""
    lines = fees.told_fees(facts.service.fees)
    lines = fees.by_age(lines, facts.question.age_in_years)
    title = facts.service.title if len(lines) == 1 else ""
    shown = [
        fees.line(each, wording, with_note=False, title=title)
        for each in lines[:_FEES_IN_OVERVIEW]
    ]
    rest = len(lines) - len(shown)
    more = _more(wording, "utter_fees_more", "utter_fees_more_one", rest)
    return "; ".join(filter(None, [*shown, more]))
