"""Hands e-mails to the mail server, and says whose fault it is where that fails."""

from __future__ import annotations

import contextlib
import re
import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from kumpel.errors import ConfigurationError, KumpelError
from kumpel.settings import Settings

_TIMEOUT_IN_SECONDS = 20.0
#: RFC 3463, such as 5.1.1. Of an answer nothing else is kept: it often names the
#: address.
_ENHANCED_CODE = re.compile(r"\b[245]\.\d{1,3}\.\d{1,3}\b")


class MailServerError(KumpelError):
    """The mail server takes no mail at all, whoever it is for."""


class MailDeferredError(KumpelError):
    """This mail could not be sent; later it may."""


class MailRefusedError(KumpelError):
    """This mail can never be sent."""


@dataclass(frozen=True)
class MailServer:
    """A mail server.

    Attributes:
        security: `starttls`, `tls` or `none`.
        ca_file: Certificates (PEM) to trust; None for those of the system.
    """

    host: str
    port: int
    security: str = "starttls"
    user: str | None = None
    password: str | None = None
    ca_file: str | None = None
    timeout_in_seconds: float = _TIMEOUT_IN_SECONDS

    def send(self, message: EmailMessage) -> None:
        """Sends a mail over a connection of its own; blocks.

        Raises:
            MailServerError: No mail could be sent.
            MailDeferredError: This mail could not.
            MailRefusedError: This mail never can.
        """
        with self._connected() as connection:
            try:
                connection.send_message(message)
            except smtplib.SMTPSenderRefused as error:
                code = _code(error.smtp_code, error.smtp_error)
                raise MailServerError(
                    f"Der Mailserver nimmt den Absender nicht an ({code})."
                ) from None
            except smtplib.SMTPRecipientsRefused as error:
                refusals = list(error.recipients.values())
                raise _refusal("die Adresse", *refusals[0]) from None
            except smtplib.SMTPResponseException as error:
                raise _refusal(
                    "die E-Mail", error.smtp_code, error.smtp_error
                ) from None
            except smtplib.SMTPNotSupportedError:
                raise MailRefusedError(
                    "Der Mailserver kennt keine Adressen mit Umlauten vor dem @."
                ) from None
            except (smtplib.SMTPException, OSError) as error:
                raise MailDeferredError(
                    f"Die Verbindung brach beim Senden ab ({type(error).__name__})."
                ) from None

    @contextlib.contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        try:
            connection = self._connect()
        except ssl.SSLCertVerificationError as error:
            raise MailServerError(
                f"Dem Zertifikat des Mailservers ist nicht zu trauen: "
                f"{error.verify_message}."
            ) from None
        except smtplib.SMTPAuthenticationError as error:
            code = _code(error.smtp_code, error.smtp_error)
            raise MailServerError(
                f"Der Mailserver lehnt Name oder Passwort ab ({code})."
            ) from None
        except smtplib.SMTPNotSupportedError:
            raise MailServerError(
                "Der Mailserver bietet die verlangte Verschlüsselung oder Anmeldung "
                "nicht an."
            ) from None
        except (smtplib.SMTPException, OSError) as error:
            raise MailServerError(
                f"Der Mailserver ist nicht erreichbar ({type(error).__name__})."
            ) from None
        try:
            yield connection
        finally:
            # The mail is sent or not by now: how we part changes nothing.
            with contextlib.suppress(smtplib.SMTPException, OSError):
                connection.quit()
            connection.close()

    def _connect(self) -> smtplib.SMTP:
        timeout = self.timeout_in_seconds
        if self.security == "tls":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                self.host, self.port, timeout=timeout, context=self._context()
            )
        else:
            connection = smtplib.SMTP(self.host, self.port, timeout=timeout)
        try:
            if self.security == "starttls":
                connection.starttls(context=self._context())
            if self.user:
                connection.login(self.user, self.password or "")
        except BaseException:
            connection.close()
            raise
        return connection

    def _context(self) -> ssl.SSLContext:
        return ssl.create_default_context(cafile=self.ca_file)


def mail_server_of(settings: Settings) -> MailServer | None:
    """Returns the mail server of the settings; None where none is set.

    Raises:
        ConfigurationError: The settings contradict each other.
    """
    if not settings.smtp_host:
        return None
    user, password = settings.smtp_user, settings.smtp_password
    problems = {
        "KUMPEL_SMTP_USER and KUMPEL_SMTP_PASSWORD belong together.": (
            bool(user) != bool(password)
        ),
        "KUMPEL_SMTP_USER needs KUMPEL_SMTP_SECURITY=starttls or tls: "
        "a password is not sent in the clear.": (
            bool(user) and settings.smtp_security == "none"
        ),
        "KUMPEL_SMTP_USER and KUMPEL_SMTP_PASSWORD may hold ASCII characters only.": (
            not f"{user}{password}".isascii()
        ),
        "KUMPEL_MAIL_SENDER must be a real mail address.": (
            not re.fullmatch(r"[^\s@<>,;]+@[^\s@<>,;]+", settings.mail_sender)
            or not settings.mail_sender.isascii()
            or settings.mail_sender.endswith(".example")
        ),
        "KUMPEL_SMTP_CA_FILE names no file.": (
            settings.smtp_ca_file is not None
            and not Path(settings.smtp_ca_file).is_file()
        ),
    }
    for problem, is_there in problems.items():
        if is_there:
            raise ConfigurationError(problem)
    return MailServer(
        settings.smtp_host,
        settings.smtp_port,
        settings.smtp_security,
        user,
        password,
        settings.smtp_ca_file,
    )


def _refusal(
    what: str, status: int, answer: bytes | str
) -> MailRefusedError | MailDeferredError:
    code = _code(status, answer)
    if 500 <= status < 600:
        return MailRefusedError(f"Der Mailserver lehnt {what} ab ({code}).")
    return MailDeferredError(f"Der Mailserver nimmt {what} gerade nicht an ({code}).")


def _code(status: int, answer: bytes | str) -> str:
    text = answer.decode("ascii", "replace") if isinstance(answer, bytes) else answer
    enhanced = _ENHANCED_CODE.search(text)
    return f"{status} {enhanced.group()}" if enhanced else str(status)
