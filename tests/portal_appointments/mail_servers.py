"""Mail servers to send to: real ones on this machine, each with its own mood."""

from __future__ import annotations

import asyncio
import contextlib
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP as Server
from aiosmtpd.smtp import AuthResult, Envelope, LoginPassword, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = "kumpel", "open sesame"


@dataclass
class Letterbox:
    """Takes mails as it is told to.

    Attributes:
        refused: What is answered to a recipient instead of taking the mail.
        slow_seconds: How long it thinks before it takes a mail.
        hangs_up_on: Recipients at whose mails it ends the connection.
    """

    refused: dict[str, str] = field(default_factory=dict)
    slow_seconds: float = 0
    hangs_up_on: set[str] = field(default_factory=set)
    envelopes: list[Envelope] = field(default_factory=list)
    was_encrypted: list[bool] = field(default_factory=list)
    users: list[Any] = field(default_factory=list)

    async def handle_RCPT(
        self, _: Server, __: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(
        self, server: Server, session: Session, envelope: Envelope
    ) -> str:
        await asyncio.sleep(self.slow_seconds)
        if self.hangs_up_on.intersection(envelope.rcpt_tos):
            server.transport.abort()
            return "421 bye"
        self.envelopes.append(envelope)
        self.was_encrypted.append(session.ssl is not None)
        self.users.append(session.auth_data)
        return "250 2.0.0 taken"

    @property
    def mails(self) -> list[EmailMessage]:
        return [
            message_from_bytes(bytes(each.content or b""), policy=policy.default)
            for each in self.envelopes
        ]

    @property
    def recipients(self) -> list[str]:
        return [address for each in self.envelopes for address in each.rcpt_tos]


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextlib.contextmanager
def mail_server(letterbox: Letterbox, port: int = 0, **more: Any) -> Iterator[int]:
    """Runs a server; yields its port."""
    port = port or free_port()
    controller = Controller(letterbox, hostname="127.0.0.1", port=port, **more)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


def checks_password(
    _: Server, __: Session, ___: Envelope, ____: str, given: Any
) -> AuthResult:
    is_right = isinstance(given, LoginPassword) and given == LoginPassword(
        USER.encode(), PASSWORD.encode()
    )
    return AuthResult(success=is_right, handled=False, auth_data=USER)


@dataclass(frozen=True)
class Certificate:
    """A certificate of a server on this machine, that vouches for itself."""

    file: Path
    key_file: Path

    @property
    def context(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.file, self.key_file)
        return context


def certificate(folder: Path) -> Certificate:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    here = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    now = datetime.now(timezone.utc)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([here]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    found = Certificate(folder / "server.pem", folder / "server.key")
    found.file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    found.key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return found
