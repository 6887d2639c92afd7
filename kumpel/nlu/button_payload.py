"""Short signed tokens that stand behind the buttons of every channel.

A token names an intent and its values, and only the assistant can make one, so
that nobody gets an intent with full confidence by typing it. A token fits into
the 64 bytes that Telegram allows for `callback_data` (Bot API,
InlineKeyboardButton).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from urllib.parse import parse_qsl, urlencode

from kumpel.errors import InvalidInputError

MAX_TOKEN_LENGTH_IN_BYTES = 64

_PREFIX = "~"
_TAG_LENGTH = 8
#: Names that appear in most buttons are written as one letter: the longest slug
#: with the longest aspect would not fit otherwise.
_SHORT_BY_NAME = {
    "service": "s",
    "aspect": "a",
    "district": "d",
    "office": "o",
    "choose": "c",
}
_NAME_BY_SHORT = {short: name for name, short in _SHORT_BY_NAME.items()}
_NAME = re.compile(r"[a-z][a-z0-9_/-]*")
_TOKEN = re.compile(rf"{_PREFIX}([A-Za-z0-9_-]{{{_TAG_LENGTH}}})([a-z][!-~]*)")


def sign(intent: str, values: Mapping[str, str], secret: str) -> str:
    """Makes the token of a button.

    Args:
        intent: Name of the intent that a press stands for.
        values: Entity values by entity name, for example a service's slug.
        secret: The signing key, `Settings.secret()`.

    Raises:
        InvalidInputError: A name is unusable, or the token gets too long.
    """
    body = _shorten(intent)
    if values:
        body += "?" + urlencode({_shorten(key): text for key, text in values.items()})
    token = f"{_PREFIX}{_tag(body, secret)}{body}"
    if len(token) > MAX_TOKEN_LENGTH_IN_BYTES:
        raise InvalidInputError(
            f"The button {intent!r} with {dict(values)!r} needs {len(token)} bytes, "
            f"but {MAX_TOKEN_LENGTH_IN_BYTES} are allowed: use shorter values."
        )
    return token


def verify(text: str, secret: str) -> tuple[str, dict[str, str]] | None:
    """Reads a token.

    Args:
        text: What arrived: a token, or anything that a citizen typed.
        secret: The signing key, `Settings.secret()`.

    Returns:
        The intent and its values, or None where `text` is no token of ours.
    """
    match = _TOKEN.fullmatch(text.strip())
    if match is None:
        return None
    tag, body = match.groups()
    if not hmac.compare_digest(tag, _tag(body, secret)):
        return None
    intent, _, query = body.partition("?")
    values = {_lengthen(key): value for key, value in parse_qsl(query, True)}
    return _lengthen(intent), values


def _tag(body: str, secret: str) -> str:
    # 48 bits are enough: whoever guesses one wins a press of a button that
    # everybody can see. The purpose in the message keeps the key's other uses apart.
    digest = hmac.new(secret.encode(), f"button:{body}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(digest.digest())[:_TAG_LENGTH].decode()


def _shorten(name: str) -> str:
    if not _NAME.fullmatch(name) or name in _NAME_BY_SHORT:
        raise InvalidInputError(
            f"{name!r} cannot be the name of an intent or value of a button: use "
            "lower case letters, digits, _ and /, and more than a short form."
        )
    return _SHORT_BY_NAME.get(name, name)


def _lengthen(name: str) -> str:
    return _NAME_BY_SHORT.get(name, name)
