"""Keys of appointments, and the encryption of what citizens told."""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from base64 import urlsafe_b64encode
from typing import Any

from cryptography.fernet import Fernet, InvalidToken

#: Bytes of a new key; 64 hexadecimal digits as ZMS has them.
_KEY_LENGTH_IN_BYTES = 32


def new_key() -> str:
    """Returns a new key of an appointment, 64 hexadecimal digits."""
    return secrets.token_hex(_KEY_LENGTH_IN_BYTES)


def new_process_id() -> int:
    """Returns a number of eight digits.

    Drawn, not counted: who knows one number must not know the next, since five
    wrong codes lock an appointment. Still short enough to be read out.
    """
    return 10_000_000 + secrets.randbelow(90_000_000)


def hash_of(text: str) -> str:
    """Returns the hash under which a random key is stored."""
    return hashlib.sha256(text.encode()).hexdigest()


class Cipher:
    """Encrypts documents and hides mail addresses with the portal's secret.

    Args:
        secret: The key of the installation.
    """

    def __init__(self, secret: str) -> None:
        self._secret = secret.encode()
        self._fernet = Fernet(urlsafe_b64encode(self.derive("appointments")))

    def derive(self, purpose: str) -> bytes:
        """Returns a key of 32 bytes that serves one purpose only."""
        return hmac.digest(self._secret, f"kumpel {purpose}".encode(), "sha256")

    def encrypt(self, document: Any) -> bytes:
        """Encrypts a document that JSON can hold."""
        text = json.dumps(document, ensure_ascii=False)
        return bytes(self._fernet.encrypt(text.encode()))

    def decrypt(self, blob: bytes | None) -> Any:
        """Decrypts a document; None where it is purged or another secret's."""
        if blob is None:
            return None
        try:
            return json.loads(self._fernet.decrypt(bytes(blob)))
        except InvalidToken:
            return None

    def hash_mail(self, mail: str) -> str:
        """Returns what tells equal addresses without naming them."""
        key = self.derive("mail addresses")
        return hmac.new(key, mail.strip().lower().encode(), "sha256").hexdigest()
