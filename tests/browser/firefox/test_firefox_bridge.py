"""What the bridge changes on the way between Playwright and Firefox, and what not."""

from __future__ import annotations

from typing import Any

from firefox_bridge import forgiving, without_eval

EVALUATE = "(utilityScript, ...args) => utilityScript.evaluate(...args)"


def _evaluation(script: str, *given: object) -> dict[str, Any]:
    leading = [{"handle": "h"}, {"type": "boolean"}, {"type": "boolean"}]
    values = [*leading, {"type": "string", "value": script}, *given]
    called = {"functionDeclaration": EVALUATE, "arguments": values}
    return {"id": 7, "method": "script.callFunction", "params": called}


def _function(command: dict[str, Any]) -> str:
    return str(without_eval(command)["params"]["functionDeclaration"])


def test_a_script_becomes_the_body_of_the_called_function() -> None:
    assert "eval: () => (6 * 7\n" in _function(_evaluation(" 6 * 7;\n"))


def test_what_extends_playwrights_own_script_is_not_evaluated_either() -> None:
    extending = "(injectedScript, { source, arg }) => { injectedScript.extend(source) }"
    module = "module.exports = { default: () => Extension }"
    source = {"type": "object", "value": [["k", {"type": "string", "value": module}]]}
    function = _function(_evaluation(extending, source))
    assert module in function
    assert "injectedScript.extend" not in function


def test_a_screenshot_puts_nothing_into_the_page() -> None:
    preparing = '(function inPagePrepareForScreenshots(a) { style })("", true)'
    assert "style" not in _function(_evaluation(preparing))


def test_other_commands_stay_as_they_are() -> None:
    command = {"id": 1, "method": "browsingContext.reload", "params": {"context": "c"}}
    assert without_eval(command) is command


def test_only_the_named_commands_may_be_unknown() -> None:
    answer = {"type": "error", "id": 3, "error": "unknown command", "message": "m"}
    assert forgiving(answer, "emulation.setLocaleOverride")["type"] == "success"
    assert forgiving(answer, "input.performActions") is answer


def test_a_known_command_that_fails_stays_failed() -> None:
    answer = {"type": "error", "id": 3, "error": "invalid argument", "message": "m"}
    assert forgiving(answer, "emulation.setLocaleOverride") is answer
