"""The whole assistant in one process: model, rules, actions, portal; no port.

`rasa test` does not run custom actions (pitfall V5), and what the actions say is what
citizens read.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import secrets
import tempfile
import time
from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.shared.core.domain import Domain

from actions import context
from actions.context import Context
from kumpel.appointments.factory import make_desk
from kumpel.clock import TIME_ZONE, Clock
from kumpel.errors import StartError
from kumpel.evaluation.action_endpoint import InProcessActions
from kumpel.evaluation.asgi_session import session_for
from kumpel.evaluation.conversation import Button, Turn
from kumpel.portal_client.client import PortalClient
from kumpel.runtime.action_answers import check_answers_quickly
from kumpel.runtime.model import newest_model
from kumpel.settings import PROJECT_ROOT, Settings
from portal.app import create_app

logger = logging.getLogger(__name__)

CHANNEL = "evaluation"
#: Generous: a busy machine must not make the assistant look wrong.
_PORTAL_TIMEOUT_IN_SECONDS = 30
_PATIENCE = 15.0


class PuttableClock:
    """A clock that can be put forward; actions, desk and portal share it."""

    def __init__(self, clock: Clock) -> None:
        """Takes the clock that it runs with."""
        self._clock = clock
        self.ahead = timedelta()

    def __call__(self) -> datetime:
        """Returns the moment."""
        return (self._clock() + self.ahead).astimezone(TIME_ZONE)


class InProcessAssistant:
    """Answers messages by the model, rules and actions of the project."""

    def __init__(
        self, agent: Agent, shared: Context, clock: PuttableClock | None = None
    ) -> None:
        """Takes a loaded agent.

        Args:
            agent: The agent.
            shared: Portal, clock and key of its actions.
            clock: The clock of all parts, for conversations with a pause.
        """
        self._agent = agent
        self._shared = shared
        self._clock = clock or PuttableClock(shared.clock)
        self._pauses: dict[str, timedelta] = {}
        self._loop = asyncio.new_event_loop()

    def wait(self, conversation: str, minutes: int) -> None:
        """Lets time pass in one conversation (see `Assistant.wait`).

        Rasa goes by the machine's clock to tell when a session is over, so what was
        said is made older.
        """
        before = self._pauses.get(conversation, timedelta())
        self._pauses[conversation] = before + timedelta(minutes=minutes)
        self._loop.run_until_complete(self._age(conversation, minutes * 60.0))

    async def _age(self, conversation: str, seconds: float) -> None:
        store = self._agent.tracker_store
        tracker = await store.retrieve_full_tracker(conversation)
        if tracker is None:
            return
        for event in tracker.events:
            event.timestamp -= seconds
        await store.save(tracker)

    def ask(self, conversation: str, text: str) -> Turn:
        """Sends one message (see `Assistant.ask`).

        A failure of the assistant is a turn without a reply: logged, and scored as
        what a citizen has of it.
        """
        self._clock.ahead = self._pauses.get(conversation, timedelta())
        # Before each message: the actions know one context per process only, and
        # somebody else may have put another in place since.
        context.install(self._shared)
        return self._loop.run_until_complete(self._ask(conversation, text))

    def close(self) -> None:
        """Ends the event loop and takes its context from the actions."""
        context.install(None)
        self._loop.close()

    async def _ask(self, conversation: str, text: str) -> Turn:
        output = CollectingOutputChannel()
        message = UserMessage(text, output, conversation, input_channel=CHANNEL)
        begin = time.perf_counter()
        try:
            await self._agent.handle_message(message)
        except Exception:
            logger.exception("A message could not be handled: %r", text)
            return Turn(latency_in_ms=_milliseconds_since(begin))
        latency_in_ms = _milliseconds_since(begin)
        tracker = await self._agent.tracker_store.retrieve(conversation)
        return _turn(output.messages, tracker.current_slot_values(), latency_in_ms)


@contextlib.contextmanager
def in_process_assistant(model: Path | None = None) -> Iterator[InProcessAssistant]:
    """Yields the assistant as it stands, with a freshly seeded portal.

    State is kept in a temporary folder: nothing under `var/` is read or changed.
    KUMPEL_NOW holds for all parts.

    Args:
        model: Archive of the model; default is the newest one.

    Raises:
        StartError: There is no model, it cannot be loaded, or it does not fit the
            actions.
    """
    path = model or newest_model()
    if path is None:
        raise StartError("Es gibt noch kein Sprachmodell: Bitte make train ausführen.")
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="kumpel-"))
        with _environment(_isolated(folder)):
            clock = PuttableClock(Settings.from_environment().clock)
            settings = _with_clock(clock)
            agent = _load(path.resolve())
        session = stack.enter_context(session_for(create_app(settings)))
        portal = PortalClient.to(
            settings.portal_url,
            allowed_hosts=("127.0.0.1",),
            timeout_in_seconds=settings.portal_timeout_in_seconds,
            clock=settings.clock,
            session=session,
            patience=_PATIENCE,
        )
        stack.callback(portal.close)
        desk = make_desk(settings, portal, session)
        shared = Context(portal, settings.clock, settings.secret(), desk, _PATIENCE)
        assistant = InProcessAssistant(agent, shared, clock)
        stack.callback(assistant.close)
        yield assistant


def _with_clock(clock: Clock) -> Settings:
    """Returns the settings with another clock than the one of KUMPEL_NOW."""

    class PuttingSettings(Settings):
        @property
        def clock(self) -> Clock:
            return clock

    return PuttingSettings.from_environment()


def _load(model: Path) -> Agent:
    actions = InProcessActions()
    store = InMemoryTrackerStore(Domain.empty())
    check_answers_quickly()
    # config.yml and the model name files from the project's folder.
    with _working_folder(PROJECT_ROOT):
        try:
            agent = Agent.load(
                str(model),
                tracker_store=store,
                lock_store=InMemoryLockStore(),
                action_endpoint=actions,
            )
        except Exception as error:
            # Rasa wraps what a component raises into a sentence without a reason.
            reason = error.__cause__ or error
            raise StartError(
                f"Das Modell {model.name} lässt sich nicht laden ({reason}): "
                "Bitte make train ausführen."
            ) from error
    wanted = {n for n in agent.domain.user_actions if n.startswith("action_")}
    missing = wanted - actions.action_names
    if missing:
        names = ", ".join(sorted(missing))
        raise StartError(
            f"Das Modell {model.name} passt nicht zu actions/ (es fehlt: {names}): "
            "Bitte make train ausführen."
        )
    return agent


def _turn(
    messages: list[dict[str, Any]], slots: Mapping[str, Any], latency_in_ms: float
) -> Turn:
    return Turn(
        # Cards come as messages of their own; their text is complete without them.
        texts=tuple(
            str(m.get("text") or m.get("image") or "")
            for m in messages
            if set(m) - {"recipient_id", "custom"}
        ),
        buttons=tuple(
            Button(str(button.get("title")), str(button.get("payload")))
            for message in messages
            for button in message.get("buttons") or ()
        ),
        service=slots.get("service"),
        aspect=slots.get("aspect"),
        outcome=slots.get("outcome"),
        choices=tuple(slots.get("choices") or ()),
        cards=tuple(m["custom"] for m in messages if m.get("custom")),
        slots=dict(slots),
        language=slots.get("language"),
        latency_in_ms=latency_in_ms,
    )


def _isolated(folder: str) -> dict[str, str]:
    """Returns the variables that keep an evaluation to itself."""
    return {
        "KUMPEL_VAR": folder,
        "KUMPEL_SECRET": secrets.token_urlsafe(32),
        "KUMPEL_RATE_LIMITS": "off",
        "KUMPEL_PORTAL_TIMEOUT": str(_PORTAL_TIMEOUT_IN_SECONDS),
        # Empty is unset: the embedded portal and its own database.
        "KUMPEL_PORTAL_URL": "",
        "KUMPEL_PORTAL_DATABASE": "",
        "KUMPEL_TRACKER_DATABASE": "",
    }


@contextlib.contextmanager
def _environment(variables: Mapping[str, str]) -> Iterator[None]:
    # The model's components read their settings by themselves when it is loaded, so
    # that handing them another `Settings` is not possible.
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


@contextlib.contextmanager
def _working_folder(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _milliseconds_since(begin: float) -> float:
    return (time.perf_counter() - begin) * 1000
