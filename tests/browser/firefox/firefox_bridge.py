"""Stands between Playwright and Debian's Firefox; both speak WebDriver BiDi.

Playwright drives a Firefox as it is installed (channel `moz-firefox`), but asks more of
it than the long-term release can do, and evaluates scripts with `eval`, which a page
with a strict policy forbids. So this program, which Playwright takes for Firefox,
starts the real one and hands every message on, with these changes:

- A command that this Firefox does not know yet counts as done, if it is one of those
  without which the chat can be tested: a newer Firefox does them.
- A script for the page becomes the body of the function that is called, which no policy
  concerns. Switching the policy off instead would prove nothing about it.
- Likewise what Playwright adds to its own script in the page.
- No style is put into the page before a screenshot, which its policy forbids as well.

Usage: firefox_bridge.py FIREFOX ARGUMENT...
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
from typing import Any

from aiohttp import ClientSession, ClientWebSocketResponse, WSMsgType, web

Json = dict[str, Any]

#: Unknown to Firefox 140: emulation, response bodies and where downloads go.
_NOT_NEEDED = {
    "browser.setDownloadBehavior",
    "emulation.setLocaleOverride",
    "emulation.setMediaFeaturesOverride",
    "emulation.setScreenOrientationOverride",
    "emulation.setScreenSettingsOverride",
    "network.addDataCollector",
}

#: How Playwright 1.65 lets a page evaluate; the script is the fourth argument.
_EVALUATE = "(utilityScript, ...args) => utilityScript.evaluate(...args)"
_EVALUATE_WITHOUT_EVAL = """(utilityScript, ...args) =>
  Object.assign(Object.create(utilityScript), { global: { eval: () => (%s
  ) } }).evaluate(...args)"""

_EXTEND = "injectedScript.extend("
_EXTEND_WITHOUT_EVAL = """(injectedScript, { arg }) => {
  const module = {};
  %s;
  new (module.exports.default())(injectedScript, arg);
}"""

_PREPARE_SCREENSHOT = "(function inPagePrepareForScreenshots("

_LISTENING = re.compile(r"WebDriver BiDi listening on (ws://\S+)")


def without_eval(command: Json) -> Json:
    """Returns a command of Playwright so that the page need not use `eval`."""
    given = command.get("params", {})
    if given.get("functionDeclaration") != _EVALUATE:
        return command
    script = given["arguments"][3]["value"].strip().removesuffix(";")
    if _EXTEND in script:
        texts = _texts(given["arguments"][4:])
        [module] = [text for text in texts if "module.exports" in text]
        script = _EXTEND_WITHOUT_EVAL % module
    elif script.startswith(_PREPARE_SCREENSHOT):
        script = "undefined"
    changed = {**given, "functionDeclaration": _EVALUATE_WITHOUT_EVAL % script}
    return {**command, "params": changed}


def forgiving(answer: Json, method: str) -> Json:
    """Returns an answer of Firefox; what it cannot do and need not counts as done."""
    if answer.get("error") == "unknown command" and method in _NOT_NEEDED:
        return {"type": "success", "id": answer["id"], "result": {}}
    return answer


def _texts(value: object) -> list[str]:
    """Returns all texts within what Playwright gives to a script."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        value = list(value.values())
    return (
        [text for each in value for text in _texts(each)]
        if isinstance(value, list)
        else []
    )


class _Bridge:
    """One connection of Playwright, and one to Firefox."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._methods: dict[int, str] = {}

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        playwright = web.WebSocketResponse(max_msg_size=0)
        await playwright.prepare(request)
        async with (
            ClientSession() as session,
            session.ws_connect(f"{self._address}/session", max_msg_size=0) as firefox,
        ):
            asking = asyncio.create_task(self._ask(playwright, firefox))
            async for message in firefox:
                if message.type is WSMsgType.TEXT:
                    answer = json.loads(message.data)
                    method = self._methods.pop(answer.get("id"), "")
                    await playwright.send_json(forgiving(answer, method))
            asking.cancel()
        await playwright.close()
        return playwright

    async def _ask(
        self, playwright: web.WebSocketResponse, firefox: ClientWebSocketResponse
    ) -> None:
        async for message in playwright:
            if message.type is WSMsgType.TEXT:
                command = json.loads(message.data)
                self._methods[command["id"]] = command["method"]
                await firefox.send_json(without_eval(command))
        await firefox.close()


async def _run(program: str, *arguments: str) -> int:
    firefox = await asyncio.create_subprocess_exec(
        program, *arguments, stderr=asyncio.subprocess.PIPE
    )
    assert firefox.stderr is not None
    async for line in firefox.stderr:
        told = line.decode(errors="replace")
        if listening := _LISTENING.search(told):
            address = await _listen(_Bridge(listening[1]))
            told = f"WebDriver BiDi listening on {address}\n"
        sys.stderr.write(told)
        sys.stderr.flush()
    return await firefox.wait()


async def _listen(bridge: _Bridge) -> str:
    app = web.Application()
    app.add_routes([web.get("/session", bridge.serve)])
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return f"ws://127.0.0.1:{runner.addresses[0][1]}"


if __name__ == "__main__":
    sys.exit(asyncio.run(_run(*sys.argv[1:])))
