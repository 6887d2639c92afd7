"""What is told about an office, with or without a service."""

from __future__ import annotations

from datetime import datetime

from kumpel.answers import formats, hours
from kumpel.answers.answer import Answer, answer
from kumpel.answers.facts import OfficeFacts, Question
from kumpel.answers.queue import queue_sentence
from kumpel.answers.sources import caution, source_line
from kumpel.answers.wording import Wording
from kumpel.portal_client.models import Office


def opening_hours(
    place: OfficeFacts, question: Question, now: datetime, wording: Wording
) -> Answer:
    """Tells whether an office is open, or its hours on the asked day."""
    day = question.day
    if day is not None and day > now.date():
        sentences = [hours.day_sentence(place, day, wording)]
    else:
        sentences = [
            hours.state_sentence(place, now, wording),
            queue_sentence(place, wording),
        ]
    if place.hours is None or not place.hours.are_known:
        note = formats.plain(place.office.hours_note)
        sentences.append(wording.text("utter_hours_note", note=note))
        return answer(sentences, source=source_line(place.office.source, wording))
    sentences.append(hours_caution(place, now, wording))
    items = []
    if day is None or day <= now.date() or not hours.is_open_on(place.hours, day):
        items = hours.week_lines(place.hours, now, wording)
    return answer(sentences, items, source_line(place.hours.source, wording))


def location(place: OfficeFacts, now: datetime, wording: Wording) -> Answer:
    """Tells where an office is."""
    office = place.office
    sentence = wording.text(
        "utter_location_office", office=office.title, address=address(office)
    ) or wording.text(
        "utter_location_no_address", office=office.title, phone=place.phone
    )
    warning = caution(office.source, place.phone, now.year, wording)
    return answer(
        [sentence, warning],
        access_lines(office, wording),
        source_line(office.source, wording),
    )


def contact(place: OfficeFacts, wording: Wording) -> Answer:
    """Tells how to reach an office."""
    sentence = wording.text("utter_contact_office", office=place.office.title)
    return answer(
        [sentence],
        contact_lines(place, wording),
        source_line(place.office.source, wording),
    )


def contact_lines(place: OfficeFacts, wording: Wording) -> list[str]:
    """Lists phones, mails and page."""
    office = place.office
    lines = [
        wording.text("utter_item_phone_note", number=phone.number, note=phone.note)
        or wording.text("utter_item_phone", number=phone.number)
        for phone in office.phones
    ] or [wording.text("utter_item_phone", number=place.phone)]
    lines += [wording.text("utter_item_email", email=email) for email in office.emails]
    lines.append(wording.text("utter_item_website", url=office.website))
    return lines


def sees_by_appointment(place: OfficeFacts) -> bool:
    """Says whether an office sees nobody without an appointment."""
    days = place.hours.days if place.hours else ()
    modes = {interval.mode for day in days for interval in day.intervals}
    return place.office.is_by_appointment_only is True or modes == {"appointmentOnly"}


def appointment_sentence(place: OfficeFacts, wording: Wording) -> str:
    """Says whether an office wants an appointment, whatever the matter."""
    if sees_by_appointment(place):
        return wording.text("utter_appointment_on_site")
    return wording.text("utter_office_appointment")


def access_lines(office: Office, wording: Wording) -> list[str]:
    """Lists how to get there and whether everybody gets in."""
    return [
        wording.text("utter_item_transport", transport=office.transport),
        wording.text(
            "utter_item_accessibility",
            accessibility=formats.plain(office.accessibility),
        ),
    ]


def address(office: Office) -> str | None:
    """Writes street, postcode and city; None where the street is not known."""
    if not office.street:
        return None
    city = " ".join(filter(None, (office.postcode, office.city)))
    return ", ".join(filter(None, (office.street, city)))


def hours_caution(place: OfficeFacts, now: datetime, wording: Wording) -> str:
    """Warns of hours whose source is old."""
    if place.hours is None:
        return ""
    source = place.hours.source
    if place.hours.is_outdated:
        return wording.text(
            "utter_hours_outdated", as_of=formats.as_of(source.as_of), phone=place.phone
        ) or wording.text("utter_caution_undated", phone=place.phone)
    return caution(source, place.phone, now.year, wording)
