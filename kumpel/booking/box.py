"""What identifies a citizen during a dialogue, encrypted wherever it is stored."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

from kumpel.appointments.credentials import token_of
from kumpel.appointments.models import Credentials, Person
from kumpel.booking.state import State

#: Slots whose values hold a sealed box.
DIALOGUE, APPOINTMENT = "dialogue", "appointment"
#: Shorter parts stand in too many other words.
_SHORTEST_PART = 3
#: How every sealed box begins (Fernet: version 0x80, then a time before 2106).
_SEAL = "gAAAAA"
_LABELS = {
    "name": "Name",
    "mail": "E-Mail",
    "telephone": "Telefonnummer",
    "remark": "Angabe",
    "auth_key": "Code",
}


@dataclass(frozen=True)
class Box:
    """Who comes, and the code of the appointment."""

    name: str = field(default="", repr=False)
    mail: str = field(default="", repr=False)
    telephone: str = field(default="", repr=False)
    remark: str = field(default="", repr=False)
    process_id: str = ""
    auth_key: str = field(default="", repr=False)
    said: str = field(default="", repr=False)
    """What the citizen wrote in this message, where all of it is personal."""

    @property
    def person(self) -> Person:
        """Who comes, as the desk takes it."""
        return Person(
            self.name, self.mail or None, self.telephone or None, self.remark or None
        )

    @property
    def credentials(self) -> Credentials | None:
        """Number and code, where both are known."""
        if self.process_id and self.auth_key:
            return Credentials(self.process_id, self.auth_key)
        return None

    def seal(self, secret: str) -> str:
        """Encrypts the box."""
        plain = {key: value for key, value in asdict(self).items() if value}
        text = json.dumps(plain, ensure_ascii=False)
        return _cipher(secret).encrypt(text.encode()).decode()

    def parts(self) -> dict[str, str]:
        """Returns each piece with the label that may stand in its place."""
        found = {self.said: "Angabe"}
        found |= {getattr(self, key): label for key, label in _LABELS.items()}
        if self.credentials:
            found[token_of(self.credentials)] = "Code"
        usable = {p: label for p, label in found.items() if len(p) >= _SHORTEST_PART}
        # The longest first: a name may be part of the whole message.
        return dict(sorted(usable.items(), key=lambda item: -len(item[0])))


def open_box(sealed: str | None, secret: str) -> Box:
    """Opens a sealed box; an empty one where the key was changed meanwhile."""
    if not sealed:
        return Box()
    try:
        plain = json.loads(_cipher(secret).decrypt(sealed.encode()))
    except (InvalidToken, ValueError):
        return Box()
    known = {each.name for each in fields(Box)}
    return Box(**{key: str(value) for key, value in plain.items() if key in known})


def private_parts(events: Iterable[Mapping[str, Any]], secret: str) -> dict[str, str]:
    """Returns what sealed boxes in events hold, with labels.

    Args:
        events: Events of a conversation as `as_dict` gives them.
        secret: The key, `Settings.secret()`.
    """
    boxes: dict[str, None] = {}
    for event in events:
        if event.get("event") == "slot" and event.get("name") in (
            DIALOGUE,
            APPOINTMENT,
        ):
            value = event.get("value")
            sealed = value.get("sealed") if isinstance(value, Mapping) else value
            if isinstance(sealed, str):
                boxes[sealed] = None
    found: dict[str, str] = {}
    for sealed in boxes:
        found |= open_box(sealed, secret).parts()
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))


def unread_parts(events: Iterable[Mapping[str, Any]]) -> dict[str, str]:
    """Returns the answers to a booking's questions that it never read, with labels.

    Where a turn breaks off, nobody says which part of its message is a name. So all of
    it is taken for one.

    Args:
        events: Events of a conversation as `as_dict` gives them.
    """
    unread: list[str] = []
    answer = ""
    is_asking = False
    for event in events:
        if event.get("event") == "user":
            unread.append(answer)
            answer = str(event.get("text") or "") if is_asking else ""
        elif event.get("event") == "slot" and event.get("name") == DIALOGUE:
            state = State.from_json(event.get("value"))
            is_asking = state is not None and state.may_be_told_of_citizen
            answer = ""
    unread.append(answer)
    return {text: "Angabe" for text in unread if len(text) >= _SHORTEST_PART}


def without_boxes(value: Any) -> Any:
    """Returns a slot's value without its sealed box, for what is kept longer."""
    if isinstance(value, Mapping):
        return {key: each for key, each in value.items() if key != "sealed"}
    return None if isinstance(value, str) and value.startswith(_SEAL) else value


def _cipher(secret: str) -> Fernet:
    # A key of its own: what signs buttons must not open boxes.
    key = hmac.new(secret.encode(), b"kumpel booking box", hashlib.sha256).digest()
    return Fernet(base64.urlsafe_b64encode(key))
