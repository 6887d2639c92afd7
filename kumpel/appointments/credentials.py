"""Number and code of an appointment, as citizens bring them along."""

from __future__ import annotations

import base64
import json
import re

from kumpel.appointments.models import Credentials

#: A mail's link ends with number and code in base64; ZMS's own has it after a `#`.
_LINK = re.compile(r"(?<![\w-])eyJ[\w+/-]{20,400}={0,2}")
_KEY = re.compile(r"(?<![0-9a-f])(?:[0-9a-f]{64})(?![0-9a-f])", re.IGNORECASE)
#: Older installations of ZMS. So short that it must stand alone or behind the number:
#: anywhere else it may be a year or a dialling code.
_SHORT_KEY = re.compile(r"\s*(?:[1-9]\d{5,9}\W+)?([0-9a-f]{4})\W*", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![0-9a-z])[1-9]\d{5,9}(?![0-9a-z])", re.IGNORECASE)


def credentials_in(text: str) -> Credentials | None:
    """Returns number and code that a message holds, None unless it holds both.

    Args:
        text: A pasted link of a mail, or number and code with any words around.
    """
    if (link := _LINK.search(text)) and (found := read_token(link[0])):
        return found
    number, key = number_in(text), code_in(text)
    return Credentials(number, key) if number and key else None


def number_in(text: str) -> str | None:
    """Returns the number of an appointment in a message."""
    found = _NUMBER.search(_KEY.sub(" ", text))
    return found[0] if found else None


def code_in(text: str) -> str | None:
    """Returns the code of an appointment in a message."""
    # A mail program may have broken the code over lines.
    joined = re.sub(r"(?<=[0-9a-f])\s*\n\s*(?=[0-9a-f])", "", text)
    if found := _KEY.search(text) or _KEY.search(joined):
        return found[0].lower()
    short = _SHORT_KEY.fullmatch(text)
    return short[1].lower() if short else None


def token_of(credentials: Credentials) -> str:
    """Returns number and key as they stand in the links of ZMS."""
    document = {"id": int(credentials.process_id), "authKey": credentials.auth_key}
    text = json.dumps(document, separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def read_token(token: str) -> Credentials | None:
    """Returns number and key of a link's last part; None if it is no such part."""
    text = token.rstrip("=").replace("+", "-").replace("/", "_")
    try:
        document = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        number, key = int(document["id"]), str(document["authKey"]).lower()
    except (ValueError, KeyError, TypeError):
        return None
    is_key = re.fullmatch(r"[0-9a-f]{4}|[0-9a-f]{64}", key)
    return Credentials(str(number), key) if number > 0 and is_key else None
