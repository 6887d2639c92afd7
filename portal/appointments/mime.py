"""Makes an e-mail, as it goes over the wire, of a letter from the outbox."""

from __future__ import annotations

import hashlib
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

import idna

from kumpel.clock import TIME_ZONE
from kumpel.errors import InvalidInputError
from portal.appointments.outbox import StoredLetter

_SENDER_NAME = "Stadt Krefeld"
#: Not every mail server takes bytes beyond ASCII (8BITMIME).
_POLICY = SMTP.clone(cte_type="7bit")


def mail_of(stored: StoredLetter, sender: str) -> EmailMessage:
    """Makes the e-mail: text, HTML and, where there is one, the calendar file.

    Args:
        stored: The letter. Number, date and Message-ID of the mail follow from it, so
            that a mail program knows a repetition.
        sender: Mail address from which it comes.

    Raises:
        InvalidInputError: It cannot be written to this citizen; says why in German
            without naming the citizen.
    """
    letter = stored.letter
    message = EmailMessage(policy=_POLICY)
    from_ = _address(_SENDER_NAME, sender, "Der Absender")
    message["From"] = from_
    message["To"] = _address(letter.recipient_name, letter.recipient, "Die Adresse")
    if _has_line_break(letter.subject):
        raise InvalidInputError("Der Betreff hat einen Zeilenumbruch.")
    message["Subject"] = letter.subject
    written_at = datetime.fromtimestamp(stored.created_at, TIME_ZONE)
    message["Date"] = format_datetime(written_at)
    digest = f"{stored.id} {stored.created_at} {letter.text}".encode()
    unique = hashlib.sha256(digest).hexdigest()[:32]
    message["Message-ID"] = f"<{unique}@{from_.domain}>"
    # RFC 3834: no program shall answer that the citizen is on holiday.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(letter.text, cte="quoted-printable")
    message.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    if letter.calendar:
        message.add_attachment(
            letter.calendar, subtype="calendar", filename="termin.ics"
        )
    # At the end, because setting the content drops what is said about it.
    message["Content-Language"] = "de"
    return message


def _address(name: str, mail: str, what: str) -> Address:
    if _has_line_break(name) or _has_line_break(mail):
        # Else a name could add headers and recipients of its own.
        raise InvalidInputError(f"{what} oder der Name hat einen Zeilenumbruch.")
    user, _, domain = mail.strip().rpartition("@")
    if not user or not domain:
        raise InvalidInputError(f"{what} ist keine E-Mail-Adresse.")
    try:
        # Domains with umlauts exist under another name in ASCII (RFC 5891). A local
        # part has none: such an address needs a mail server with SMTPUTF8.
        ascii_domain = idna.encode(domain, uts46=True).decode("ascii")
        return Address(display_name=name.strip(), username=user, domain=ascii_domain)
    except (idna.IDNAError, ValueError) as error:
        raise InvalidInputError(f"{what} lässt sich nicht schreiben.") from error


def _has_line_break(text: str) -> bool:
    return len(f"{text}.".splitlines()) > 1
