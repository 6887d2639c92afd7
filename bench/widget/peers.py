"""Two open chats from npm, and what their pages and servers look like."""

from __future__ import annotations

import base64
import hashlib
import subprocess
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import socketio
from aiohttp import web

from kumpel.errors import ConfigurationError

#: What each of the three answers to whatever is asked.
ANSWER = (
    "Für den **Reisepass** brauchen Sie:\n\n- ein biometrisches Foto\n"
    "- Ihren alten Pass\n\nMehr auf [der Seite der Stadt](https://www.krefeld.de/)."
)
#: Words of the answer without Markdown, by which it is found.
ANSWER_WORDS = "ein biometrisches Foto"
CHOICES = ("Termin vereinbaren", "Kosten")

_INSTALL_LIMIT_IN_SECONDS = 300


@dataclass(frozen=True)
class Contestant:
    """A chat and how a citizen gets at it."""

    name: str
    title: str
    selector: str
    """Of the whole chat in the page."""
    body: str
    scripts: Mapping[str, str]
    """Path in the page to the text of a script that the page brings itself."""
    launcher: str | None
    """Selector of what opens the chat; None where it is always open."""
    field: str
    """Selector of where a citizen writes."""
    package: str | None = None
    integrity: str | None = None
    """Of the package's archive, as npm tells it."""
    bundle: str | None = None
    """The script within the package that its documentation embeds."""


_START_RASA_WEBCHAT = """
window.WebChat.default({
  socketUrl: location.origin,
  socketPath: "/socket.io/",
  title: "Kumpel",
  customData: { language: "de" },
  customMessageDelay: () => 0,
  params: { storage: "session" },
}, null);
"""

OURS = Contestant(
    name="kumpel-chat",
    title="kumpel-chat",
    selector="kumpel-chat",
    body="<kumpel-chat></kumpel-chat>",
    scripts={},
    launcher="kumpel-chat button",
    field="kumpel-chat textarea",
)
RASA_WEBCHAT = Contestant(
    name="rasa-webchat",
    title="rasa-webchat 1.0.1",
    selector="#rasaWebchatPro",
    body='<script src="/peers/rasa-webchat.js"></script>'
    '<script src="/start-rasa-webchat.js"></script>',
    scripts={"/start-rasa-webchat.js": _START_RASA_WEBCHAT},
    launcher=".rw-launcher",
    field=".rw-new-message",
    package="rasa-webchat@1.0.1",
    bundle="package/lib/index.js",
    integrity="sha512-Ld1zVJvTAaTrs6A5p8t70agNNrKYRyXlvqXZRgBoDvKK"
    "UXbA0jhJKECi5bdPGlaR6jsmqWtVylHS+YqIqo0x8w==",
)
DEEP_CHAT = Contestant(
    name="deep-chat",
    title="deep-chat 2.4.2",
    selector="deep-chat",
    body='<script type="module" src="/peers/deep-chat.js"></script>'
    '<deep-chat connect=\'{"url": "/peers/deep-chat"}\'></deep-chat>',
    scripts={},
    launcher=None,
    field="deep-chat #text-input",
    package="deep-chat@2.4.2",
    bundle="package/dist/deepChat.bundle.js",
    integrity="sha512-wQNd6Z6HDoH7OMeoQKpmxDm9XdWrRjMkBJ2yl5tsYND9"
    "Dz2UCv/BdGVM8vK2V0mhO1u+OniHYPWDGvjlNxjCeQ==",
)
CONTESTANTS: Sequence[Contestant] = (OURS, RASA_WEBCHAT, DEEP_CHAT)


def install(contestant: Contestant, folder: Path) -> Path:
    """Gets a peer from npm, checks its archive and returns its script.

    Args:
        contestant: One with a package.
        folder: Where archives are kept between runs.

    Raises:
        ConfigurationError: npm is missing or fails, or the archive is another one.
    """
    if not contestant.package or not contestant.bundle:
        raise ConfigurationError(f"{contestant.name} kommt nicht von npm.")
    folder.mkdir(parents=True, exist_ok=True)
    archive = folder / (contestant.package.replace("@", "-") + ".tgz")
    if not archive.exists():
        command = ["npm", "pack", contestant.package, "--pack-destination", str(folder)]
        try:
            subprocess.run(  # noqa: S603
                command,
                check=True,
                capture_output=True,
                timeout=_INSTALL_LIMIT_IN_SECONDS,
            )
        except (OSError, subprocess.SubprocessError) as error:
            message = f"npm holt {contestant.package} nicht: {error}"
            raise ConfigurationError(message) from error
    digest = hashlib.sha512(archive.read_bytes()).digest()
    if contestant.integrity != f"sha512-{base64.b64encode(digest).decode()}":
        message = f"{archive} ist nicht das geprüfte Archiv; bitte löschen."
        raise ConfigurationError(message)
    script = folder / f"{contestant.name}.js"
    with tarfile.open(archive) as opened:
        content = opened.extractfile(contestant.bundle)
        if content is None:
            raise ConfigurationError(f"{archive} hat kein {contestant.bundle}.")
        script.write_bytes(content.read())
    return script


def add_peer_routes(app: web.Application, scripts: Mapping[str, Path]) -> None:
    """Speaks the peers' protocols: socket.io as Rasa does, and deep-chat's POST.

    Args:
        app: The server that has our own channel too.
        scripts: Each peer's script by its name.
    """
    sockets = socketio.AsyncServer(async_mode="aiohttp")
    sockets.attach(app)

    @sockets.on("session_request")
    async def begin(sid: str, data: Any) -> None:
        name = (data or {}).get("session_id") or sid
        await sockets.emit("session_confirm", name, room=sid)

    @sockets.on("user_uttered")
    async def answer(sid: str, _data: Any) -> None:
        replies = [
            {"content_type": "text", "title": title, "payload": title}
            for title in CHOICES
        ]
        message = {"text": ANSWER, "quick_replies": replies}
        await sockets.emit("bot_uttered", message, room=sid)

    async def answer_deep_chat(_: web.Request) -> web.Response:
        buttons = "".join(
            f'<button class="deep-chat-button deep-chat-suggestion-button">{title}'
            "</button>"
            for title in CHOICES
        )
        return web.json_response([{"text": ANSWER}, {"html": buttons}])

    async def script(request: web.Request) -> web.Response:
        path = scripts[request.match_info["name"]]
        return web.Response(body=path.read_bytes(), content_type="text/javascript")

    app.router.add_post("/peers/deep-chat", answer_deep_chat)
    app.router.add_get("/peers/{name}.js", script)
