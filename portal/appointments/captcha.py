"""The captcha: an ALTCHA proof of work, and the tokens that it earns."""

from __future__ import annotations

import base64
import json
import time
from collections.abc import Callable, Mapping
from typing import Any

import altcha
import jwt

from portal.appointments.errors import ZmsError
from portal.appointments.keys import Cipher

#: How long a token holds.
TOKEN_LIFETIME_IN_SECONDS = 300

_ALGORITHM = "SHA-256"
_COST = 1000
_CHALLENGE_LIFETIME_IN_SECONDS = 600
#: Longest payload that is looked at, in characters.
_MAXIMUM_PAYLOAD = 8192


class Captcha:
    """Sets challenges, checks solutions, gives and checks tokens.

    Args:
        cipher: Keeps the keys.
        now: The moment by the injected clock, in unix seconds.
    """

    def __init__(self, cipher: Cipher, now: Callable[[], int]) -> None:
        self._challenge_key = cipher.derive("captcha challenges").hex()
        self._token_key = cipher.derive("captcha tokens")
        self._now = now

    def challenge(self) -> dict[str, Any]:
        """Returns a signed challenge, ALTCHA's second version."""
        made = altcha.create_challenge(
            _ALGORITHM,
            _COST,
            # The library compares with the machine's clock, whatever ours says.
            expires_at=int(time.time()) + _CHALLENGE_LIFETIME_IN_SECONDS,
            hmac_secret=self._challenge_key,
        ).to_dict()
        optional = ("keySignature", "memoryCost", "parallelism", "data")
        parameters = {**dict.fromkeys(optional), **made["parameters"]}
        return {"parameters": parameters, "signature": made["signature"]}

    def verify(self, payload: Any, address: str) -> dict[str, Any]:
        """Checks a solution.

        Args:
            payload: Base64 or base64url of the widget's JSON.
            address: Caller's IP address, to which the token is bound.

        Returns:
            The answer of `/captcha-verify/`, with a token where it is right.
        """
        if not payload:
            return _failure("No payload provided")
        document, error = _decoded(payload)
        if document is None:
            return _failure(error)
        text = base64.b64encode(json.dumps(_as_signed(document)).encode()).decode()
        result = altcha.verify_solution(text, self._challenge_key)
        if not result.verified:
            return _failure("Captcha verification failed", {"valid": False})
        return {
            "meta": {"success": True},
            "data": {"valid": True},
            "token": self.token(address),
        }

    def token(self, address: str) -> str:
        """Returns a fresh token for an IP address."""
        now = self._now()
        claims = {
            "ip": address,
            "iat": now,
            "exp": now + TOKEN_LIFETIME_IN_SECONDS,
        }
        return jwt.encode(claims, self._token_key, algorithm="HS256")

    def check(self, token: Any, address: str) -> str | None:
        """Returns the code of what is wrong with a token, or None."""
        if not isinstance(token, str) or not token:
            return "captchaMissing"
        try:
            # The expiry is compared with the injected clock, not with PyJWT's.
            options: Any = {"verify_exp": False, "verify_iat": False}
            claims: Mapping[str, Any] = jwt.decode(
                token, self._token_key, algorithms=["HS256"], options=options
            )
            expires_at = int(claims["exp"])
        except (jwt.InvalidTokenError, KeyError, TypeError, ValueError):
            return "captchaInvalid"
        if claims.get("ip") != address:
            return "captchaInvalid"
        return "captchaExpired" if expires_at <= self._now() else None


class Login:
    """Reads who is logged in from a bearer token.

    ZMS leaves the signature to its gateway. There is none in front of this server, so
    it is checked here (HS256): else anybody could name any user.

    Args:
        cipher: Keeps the key.
        now: The moment by the injected clock, in unix seconds.
    """

    def __init__(self, cipher: Cipher, now: Callable[[], int]) -> None:
        self._key = cipher.derive("citizen login")
        self._now = now

    def token(self, user: str, lifetime_in_seconds: int = 3600) -> str:
        """Returns a token for a user: for gateways and tests."""
        claims = {"lhmExtID": user, "exp": self._now() + lifetime_in_seconds}
        return jwt.encode(claims, self._key, algorithm="HS256")

    def user(self, authorization: str | None) -> str | None:
        """Returns the user that an `Authorization` header names; None without one.

        Raises:
            ZmsError: 401 with `authKeyMismatch`: the token is none of ours.
        """
        if not authorization:
            return None
        scheme, _, token = authorization.partition(" ")
        try:
            options: Any = {"verify_exp": False}
            claims = jwt.decode(
                token.strip(), self._key, algorithms=["HS256"], options=options
            )
            user = claims["lhmExtID"]
            is_valid = isinstance(user, str) and user and claims["exp"] > self._now()
        except (jwt.InvalidTokenError, KeyError, TypeError):
            is_valid, user = False, None
        if scheme.lower() != "bearer" or not is_valid:
            raise ZmsError("authKeyMismatch", status=401)
        return str(user)[:200]


def _decoded(payload: Any) -> tuple[dict[str, Any] | None, str]:
    if not isinstance(payload, str) or len(payload) > _MAXIMUM_PAYLOAD:
        return None, "Payload could not be decoded"
    try:
        text = payload.replace("-", "+").replace("_", "/")
        raw = base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except ValueError:
        return None, "Payload could not be decoded"
    try:
        document = json.loads(raw)
    except (ValueError, RecursionError):
        return None, "Invalid JSON in payload"
    if not isinstance(document, dict):
        return None, "Invalid JSON in payload"
    return document, ""


def _as_signed(document: dict[str, Any]) -> dict[str, Any]:
    """Takes out the empty parameters that ZMS shows but the library does not sign."""
    challenge = document.get("challenge")
    if not isinstance(challenge, dict):
        return document
    parameters = challenge.get("parameters")
    if not isinstance(parameters, dict):
        return document
    signed = {key: value for key, value in parameters.items() if value is not None}
    return {**document, "challenge": {**challenge, "parameters": signed}}


def _failure(error: str, data: Any = None) -> dict[str, Any]:
    return {"meta": {"success": False, "error": error}, "data": data}
