"""Trains and runs a small Rasa assistant with the project's channels, for tests."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
import threading
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import requests
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage, register
from rasa.core.lock_store import InMemoryLockStore, LockError
from rasa.model_training import train
from sanic import Sanic

from kumpel.channels.rest import StrictRestInput
from kumpel.channels.web import WebInput
from kumpel.settings import Settings
from kumpel.stores.tracker import CityTrackerStore

CONFIG = """
recipe: default.v1
assistant_id: small
language: de
pipeline:
- name: kumpel.nlu.message_guard.MessageGuard
- name: WhitespaceTokenizer
- name: KeywordIntentClassifier
  case_sensitive: false
policies:
- name: RulePolicy
"""
DOMAIN = """
version: "3.1"
intents: [greet, service, mail, mute]
entities: [service]
slots:
  service:
    type: text
    influence_conversation: false
    mappings: [{type: from_entity, entity: service}]
responses:
  utter_greet:
  - text: Guten Tag! Was möchten Sie wissen?
    buttons:
    - {title: Reisepass, payload: '/service{{"service": "reisepass"}}'}
    - {title: Personalausweis, payload: '/service{{"service": "personalausweis"}}'}
  utter_service:
  - text: |-
      **{service}**: 37,50 Euro

      - Foto
      - alter Pass

      Mehr: https://www.krefeld.de oder 02151 86-0
  utter_mail:
  - text: Ich habe mir nichts gemerkt.
session_config: {session_expiration_time: 60, carry_over_slots_to_new_session: false}
"""
DATA = """
version: "3.1"
nlu:
- intent: greet
  examples: "- hallo\\n- guten tag"
- intent: service
  examples: "- reisepass\\n- pass"
- intent: mail
  examples: "- meine mail\\n- telefon"
- intent: mute
  examples: "- psst\\n- still"
rules:
- rule: greet
  steps: [{intent: greet}, {action: utter_greet}]
- rule: service
  steps: [{intent: service}, {action: utter_service}]
- rule: mail
  steps: [{intent: mail}, {action: utter_mail}]
"""


def train_small_assistant(folder: Path) -> Path:
    """Trains the small assistant; returns the model's path."""
    for name, text in {"config": CONFIG, "domain": DOMAIN, "data": DATA}.items():
        (folder / f"{name}.yml").write_text(text)
    result = train(
        domain=str(folder / "domain.yml"),
        config=str(folder / "config.yml"),
        training_files=str(folder / "data.yml"),
        output=str(folder / "models"),
    )
    assert result.model
    return Path(result.model)


class FragileAgent(Agent):  # type: ignore[misc]
    """Fails on certain words, in the ways that a real assistant can fail."""

    handled: list[str]

    async def handle_message(self, message: UserMessage) -> Any:
        """Handles a message, or fails as the word in it says."""
        self.handled.append(message.text)
        if "langsam" in message.text:
            await message.output_channel.send_text_message("", "Einen Moment …")
            await asyncio.sleep(30)
        if "kaputt" in message.text:
            raise RuntimeError(f"something with {message.text}")
        if "besetzt" in message.text:
            raise LockError("expired")
        if "doppelt" in message.text:
            await asyncio.sleep(0.3)
            message.text = "hallo"
        return await super().handle_message(message)


class Server:
    """Serves an application on a free port, in a thread of its own."""

    def __init__(self, app: Sanic) -> None:
        self.app = app
        self._loop = asyncio.new_event_loop()
        self._is_up = threading.Event()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()
        assert self._is_up.wait(60)
        assert self._thread.is_alive(), "the server did not start, see above"

    def call(self, method: str, path: str, **options: Any) -> requests.Response:
        """Sends a request to the server."""
        return requests.request(method, self.url + path, timeout=20, **options)

    def in_loop(self, do: Callable[..., Any], *args: Any) -> None:
        """Does something where the server does its work."""
        self._loop.call_soon_threadsafe(do, *args)

    def stop(self) -> None:
        """Stops the server."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopped.set)
            self._thread.join(10)

    def _serve(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._serving())
        finally:
            self._is_up.set()

    async def _serving(self) -> None:
        self._stopped = asyncio.Event()
        Sanic.test_mode = True  # else only the first app of a process starts
        listening = socket.create_server(("127.0.0.1", 0))
        server = await self.app.create_server(
            sock=listening, return_asyncio_server=True, access_log=False
        )
        assert server is not None
        await server.startup()
        await server.before_start()
        await server.after_start()
        self.port = int(listening.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self._is_up.set()
        await self._stopped.wait()
        await server.before_stop()
        await server.close()
        await server.after_stop()


class Running(Server):
    """A small assistant that serves its channels."""

    def __init__(self, agent: Agent | None, channels: list[InputChannel]) -> None:
        self.agent = agent
        super().__init__(application(agent, channels))

    def start_conversation(self) -> str:
        """Returns a new conversation's signed id."""
        answer = self.call("POST", "/webhooks/web/conversations")
        assert answer.status_code == 201
        return str(answer.json()["conversation"])

    def say(self, conversation: Any, text: Any, **more: Any) -> requests.Response:
        """Sends a text through the web channel."""
        body = {"conversation": conversation, "text": text, "messageId": new_id()}
        return self.call("POST", "/webhooks/web/messages", json={**body, **more})


def application(agent: Agent | None, channels: list[InputChannel]) -> Sanic:
    """Returns an application with channels, as Rasa makes it."""
    app = Sanic(f"small_{uuid.uuid4().hex}", configure_logging=False)
    app.ctx.agent = agent
    app.ctx.web = channels[0]
    register(channels, app, "/webhooks/")
    return app


def serve(
    model: Path, settings: Settings, deadline_in_seconds: float = 5.0, **options: Any
) -> Running:
    """Starts the small assistant with the web and the REST channel."""
    agent = load_agent(model, settings) if options.get("has_agent", True) else None
    secret = settings.secret()
    channels = [
        WebInput(settings, secret, deadline_in_seconds),
        StrictRestInput(secret, deadline_in_seconds),
    ]
    return Running(agent, channels)


def load_agent(model: Path, settings: Settings) -> FragileAgent:
    """Loads the small assistant."""
    agent = FragileAgent(
        tracker_store=CityTrackerStore(host=settings.tracker_database),
        lock_store=InMemoryLockStore(),
    )
    agent.handled = []
    agent.load_model(model)
    return agent


def main() -> None:
    """Serves as a process of its own: `small_assistant.py MODEL PORT`."""
    settings = Settings.from_environment()
    agent = load_agent(Path(sys.argv[1]), settings)
    app = application(agent, [WebInput(settings, settings.secret())])
    app.run(host="127.0.0.1", port=int(sys.argv[2]), access_log=False, motd=False)
    # Python takes seconds to tear TensorFlow down, which no test is about.
    os._exit(0)


def new_id() -> str:
    """Returns a fresh message id."""
    return uuid.uuid4().hex


if __name__ == "__main__":
    main()
