"""Signed conversation ids: only whom the server gave one can go on with it."""

from __future__ import annotations

import hashlib
import secrets

from itsdangerous import BadSignature, SignatureExpired, TimestampSigner

from kumpel.channels.outcomes import Outcome
from kumpel.clock import Clock
from kumpel.errors import InvalidInputError

#: A conversation that rests longer than this cannot be continued.
MAX_AGE_IN_SECONDS = 24 * 60 * 60

_SENDER_PREFIX = "web_"


class RejectedConversationError(InvalidInputError):
    """An id is missing, forged or too old.

    Attributes:
        outcome: What the citizen is told.
    """

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(f"The conversation id is refused: {outcome.kind}.")
        self.outcome = outcome


class _ClockSigner(TimestampSigner):
    """Signs with the time of an injected clock."""

    def __init__(self, secret: str, clock: Clock) -> None:
        super().__init__(
            secret, salt="kumpel.conversation", digest_method=hashlib.sha256
        )
        self._clock = clock

    def get_timestamp(self) -> int:
        """Returns the current time in seconds since 1970."""
        return int(self._clock().timestamp())


class ConversationIds:
    """Issues and checks the ids of the web channel.

    The tracker stores only the random part (the sender id): whoever reads the
    database cannot continue a conversation, because the signature is missing.
    """

    def __init__(self, secret: str, clock: Clock) -> None:
        self._signer = _ClockSigner(secret, clock)

    def issue(self) -> str:
        """Returns the signed id of a new conversation."""
        return self.renew(_SENDER_PREFIX + secrets.token_urlsafe(16))

    def renew(self, sender_id: str) -> str:
        """Returns a signed id of a conversation that counts its age from now."""
        return self._signer.sign(sender_id).decode()

    def sender_id(self, conversation: object) -> str:
        """Returns the tracker's sender id that a signed id stands for.

        Raises:
            RejectedConversationError: The id is missing, forged or too old.
        """
        if not conversation or not isinstance(conversation, str):
            raise RejectedConversationError(Outcome.NO_CONVERSATION)
        try:
            signed = self._signer.unsign(conversation, max_age=MAX_AGE_IN_SECONDS)
            return signed.decode()
        except SignatureExpired as error:
            raise RejectedConversationError(Outcome.EXPIRED_CONVERSATION) from error
        except (BadSignature, UnicodeError) as error:
            raise RejectedConversationError(Outcome.UNKNOWN_CONVERSATION) from error
