"""Sends what lies in the outbox, beside the portal's other work."""

from __future__ import annotations

import logging
import threading

import sqlalchemy as sa

from kumpel.errors import InvalidInputError
from portal.appointments.mime import mail_of
from portal.appointments.outbox import Outbox, StoredLetter
from portal.appointments.smtp import (
    MailDeferredError,
    MailRefusedError,
    MailServer,
    MailServerError,
)

logger = logging.getLogger(__name__)

#: When a mail that could not be sent is tried again, in seconds; then never.
RETRY_AFTER_SECONDS = (60, 300, 900, 3600, 3 * 3600, 6 * 3600, 12 * 3600)

#: For how long a mail is kept from other replicas: longer than any attempt takes.
_LEASE_IN_SECONDS = 15 * 60
_LOOK_EVERY_SECONDS = 5.0
_FIRST_PAUSE_IN_SECONDS = 60.0
_LONGEST_PAUSE_IN_SECONDS = 900.0


class MailSender:
    """Sends mails until it is stopped.

    It works in a thread of its own that dies with the process: waiting for a slow
    mail server would hold up neither requests nor the end of the portal. What is
    claimed then is due again after its lease.

    Args:
        outbox: Where the mails lie.
        server: Takes the mails.
        sender: Mail address from which they come.
        look_every_seconds: How long a new mail may wait.
        first_pause_in_seconds: Pause after the server took no mail; doubles each time.
    """

    def __init__(
        self,
        outbox: Outbox,
        server: MailServer,
        sender: str,
        *,
        look_every_seconds: float = _LOOK_EVERY_SECONDS,
        first_pause_in_seconds: float = _FIRST_PAUSE_IN_SECONDS,
    ) -> None:
        self._outbox = outbox
        self._server = server
        self._sender = sender
        self._look_every_seconds = look_every_seconds
        self._first_pause_in_seconds = first_pause_in_seconds
        self._stopping = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begins to send."""
        self._thread = threading.Thread(
            target=self._run, name="mail-sender", daemon=True
        )
        self._thread.start()

    def stop(self, wait_seconds: float = 1.0) -> None:
        """Begins no further mail, and waits a little for the one under way."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(wait_seconds)

    def send_due(self) -> bool:
        """Sends all mails that are due.

        Returns:
            Whether the mail server took mails; if not, the rest waits.
        """
        while not self._stopping.is_set():
            stored = self._outbox.claim_next(_LEASE_IN_SECONDS)
            if stored is None:
                return True
            try:
                self._send(stored)
            except MailServerError as error:
                logger.warning("No mail can be sent: %s", error)
                self._outbox.release(stored, str(error))
                return False
        return True

    def _send(self, stored: StoredLetter) -> None:
        name = f"Mail {stored.id} ({stored.letter.kind})"
        try:
            self._server.send(mail_of(stored, self._sender))
        except (InvalidInputError, MailRefusedError) as error:
            logger.warning("%s will never be sent: %s", name, error)
            self._outbox.give_up(stored, str(error))
        except MailDeferredError as error:
            self._put_off(stored, name, str(error))
        except MailServerError:
            raise
        except Exception as error:
            # One mail that nobody thought of must not keep all others. The words of
            # the error may name the citizen, its kind does not.
            self._put_off(stored, name, f"Unerwarteter Fehler: {type(error).__name__}.")
        else:
            self._outbox.sent(stored)
            logger.info("%s was sent.", name)

    def _put_off(self, stored: StoredLetter, name: str, problem: str) -> None:
        if stored.attempts > len(RETRY_AFTER_SECONDS):
            logger.warning("%s is given up: %s", name, problem)
            self._outbox.give_up(stored, problem)
            return
        seconds = RETRY_AFTER_SECONDS[stored.attempts - 1]
        logger.warning("%s is tried again in %s s: %s", name, seconds, problem)
        self._outbox.failed(stored, seconds, problem)

    def _run(self) -> None:
        failures = 0
        pause = 0.0
        while not self._stopping.wait(pause):
            try:
                is_well = self.send_due()
            except sa.exc.SQLAlchemyError:
                logger.exception("The outbox cannot be read; it is tried again.")
                is_well = False
            failures = 0 if is_well else failures + 1
            # Pauses grow, since a wrong password every few seconds locks the account.
            pause = self._look_every_seconds
            if failures:
                pause = min(
                    self._first_pause_in_seconds * 2 ** (failures - 1),
                    _LONGEST_PAUSE_IN_SECONDS,
                )
