"""What a citizen reads when a message cannot be answered, by name of the outcome."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

#: The city's switchboard: every outcome that leaves a citizen alone names it.
SERVICE_NUMBER = "02151 86-0"


class _Row(NamedTuple):
    kind: str
    status: int
    german: str
    english: str


class Outcome(Enum):
    """A named end of a request that brought no answer of the assistant."""

    TIMEOUT = _Row(
        "timeout",
        200,
        "Das dauert gerade zu lange, und ich habe abgebrochen. Bitte versuchen Sie es "
        f"in einigen Minuten noch einmal oder rufen Sie an: {SERVICE_NUMBER}.",
        "This is taking too long, so I stopped. Please try again in a few minutes or "
        f"call {SERVICE_NUMBER}.",
    )
    BUSY = _Row(
        "busy",
        200,
        "Bitte einen Moment: Ich bin noch mit Ihrer vorigen Nachricht beschäftigt. "
        "Senden Sie diese Nachricht bitte gleich noch einmal.",
        "One moment please: I am still working on your previous message. "
        "Please send this one again shortly.",
    )
    FAILED = _Row(
        "failed",
        500,
        "Da ist bei mir etwas schiefgegangen. Bitte versuchen Sie es noch einmal. "
        f"Am Telefon hilft Ihnen die Stadt unter {SERVICE_NUMBER}.",
        "Something went wrong on my side. Please try again. "
        f"The city helps you by phone: {SERVICE_NUMBER}.",
    )
    SILENT = _Row(
        "silent",
        200,
        "Darauf habe ich gerade keine Antwort. Bitte fragen Sie mit anderen Worten "
        f"oder rufen Sie an: {SERVICE_NUMBER}.",
        "I have no answer to this right now. Please ask in other words or call "
        f"{SERVICE_NUMBER}.",
    )
    STARTING = _Row(
        "starting",
        503,
        "Ich werde gerade gestartet. Bitte versuchen Sie es in einer Minute noch "
        f"einmal oder rufen Sie an: {SERVICE_NUMBER}.",
        "I am just starting. Please try again in a minute or call "
        f"{SERVICE_NUMBER}.",
    )
    UNREMEMBERED = _Row(
        "unremembered",
        200,
        "Hinweis: Ich kann mir unser Gespräch gerade nicht merken. Bitte schreiben "
        "Sie Ihre nächste Frage so, dass sie für sich allein verständlich ist.",
        "Please note: I cannot remember our conversation right now. Please write "
        "your next question so that it can be understood on its own.",
    )
    STORE_DOWN = _Row(
        "store_down",
        503,
        "Ich kann Ihr Gespräch gerade nicht lesen oder löschen. Bitte versuchen Sie "
        f"es später noch einmal oder rufen Sie an: {SERVICE_NUMBER}.",
        "I cannot read or delete your conversation right now. Please try again later "
        f"or call {SERVICE_NUMBER}.",
    )
    NO_CONVERSATION = _Row(
        "no_conversation",
        401,
        "Zu dieser Nachricht gehört kein Gespräch. Bitte beginnen Sie ein neues.",
        "This message belongs to no conversation. Please start a new one.",
    )
    UNKNOWN_CONVERSATION = _Row(
        "unknown_conversation",
        401,
        "Dieses Gespräch kenne ich nicht. Bitte beginnen Sie ein neues.",
        "I do not know this conversation. Please start a new one.",
    )
    EXPIRED_CONVERSATION = _Row(
        "expired_conversation",
        401,
        "Ihr Gespräch ist abgelaufen. Bitte stellen Sie Ihre Frage noch einmal in "
        "einem neuen Gespräch.",
        "Your conversation has expired. Please ask again in a new conversation.",
    )
    ENDED_CONVERSATION = _Row(
        "ended_conversation",
        401,
        "Dieses Gespräch wurde beendet und gelöscht. Bitte beginnen Sie ein neues.",
        "This conversation was ended and deleted. Please start a new one.",
    )
    IDLE_CONVERSATION = _Row(
        "idle_conversation",
        401,
        "Hier hat lange niemand mehr geschrieben. Zu Ihrem Schutz ist dieses Gespräch "
        "beendet. Für eine neue Frage beginnen Sie bitte ein neues.",
        "Nobody has written here for a long time. To protect you, this conversation "
        "has ended. Please start a new one for a new question.",
    )
    TOO_MANY = _Row(
        "too_many",
        429,
        "Das waren sehr viele Nachrichten in kurzer Zeit. Bitte warten Sie einen "
        "Augenblick und senden Sie Ihre Nachricht dann noch einmal.",
        "Those were very many messages in a short time. Please wait a moment and "
        "then send your message again.",
    )
    TOO_MANY_STREAMS = _Row(
        "too_many_streams",
        429,
        "Der Chat ist von hier aus schon sehr oft geöffnet. Bitte schließen Sie "
        "andere Fenster mit diesem Chat.",
        "The chat is already open very often from here. Please close other windows "
        "with this chat.",
    )
    TOO_LONG = _Row(
        "too_long",
        413,
        "Ihre Nachricht ist zu lang. Bitte fassen Sie sich kürzer, am besten in ein "
        "bis zwei Sätzen.",
        "Your message is too long. Please be brief, one or two sentences are best.",
    )
    EMPTY = _Row(
        "empty",
        400,
        "Bitte schreiben Sie Ihre Frage in das Feld.",
        "Please write your question into the field.",
    )
    STALE_CHOICE = _Row(
        "stale_choice",
        400,
        "Diese Auswahl gilt nicht mehr. Bitte schreiben Sie, was Sie möchten.",
        "This choice is no longer valid. Please write what you would like.",
    )
    MALFORMED = _Row(
        "malformed",
        400,
        "Diese Anfrage kann ich nicht lesen. Bitte laden Sie die Seite neu.",
        "I cannot read this request. Please reload the page.",
    )

    @property
    def kind(self) -> str:
        """Name of the outcome in answers and logs."""
        return self.value.kind

    @property
    def status(self) -> int:
        """HTTP status of a refusal with this outcome."""
        return self.value.status

    def sentence(self, language: str = "de") -> str:
        """Returns what the citizen reads, in English for `en`, else in German."""
        return self.value.english if language == "en" else self.value.german
