"""Loads a model in a fresh process and asks it each text once.

    python -m bench.understanding.serving MODEL TEXTS.json ANSWERS.json

It never sees what the right answers are.
"""

from __future__ import annotations

import asyncio
import json
import logging
import sys
import time
import warnings
from pathlib import Path
from typing import Any

from bench.understanding.training_data import FLAT_SEPARATOR

SERVICE, SERVICE_UNCLEAR = "service", "service_unclear"
ANSWER, ASK_BACK, OTHER = "answer", "ask_back", "other"
_FLAT_SERVICE = f"{SERVICE}{FLAT_SEPARATOR}"

#: Short and long, so that whatever is made at the first message of a kind is there.
WARM_UP = (
    "Guten Tag",
    "Was ist das?",
    "Wo finde ich das Rathaus und wann hat es geöffnet?",
    "Ich habe vor ein paar Wochen schon einmal geschrieben und leider noch keine "
    "Antwort bekommen. Können Sie mir bitte sagen, an wen ich mich wenden kann?",
    "Can you help me with a form, please?",
) * 4


def answer_of(parsed: dict[str, Any]) -> dict[str, Any]:
    """Reads a parsed message of any contestant.

    Args:
        parsed: What Rasa makes of a message.

    Returns:
        ``services``: slugs, the most probable first. ``act``: what follows from the
        intent: to ``answer`` the first one, to ``ask_back``, or ``other``.
    """
    intent = str((parsed.get("intent") or {}).get("name"))
    understanding = parsed.get("understanding")
    if understanding is not None:
        services = [each["slug"] for each in understanding["services"]]
        acts = {SERVICE: ANSWER, SERVICE_UNCLEAR: ASK_BACK}
        return {"services": services, "act": acts.get(intent, OTHER)}
    names = [str(each["name"]) for each in parsed.get("intent_ranking") or ()]
    services = [
        name.removeprefix(_FLAT_SERVICE)
        for name in names
        if name.startswith(_FLAT_SERVICE)
    ]
    act = ANSWER if intent.startswith(_FLAT_SERVICE) else OTHER
    return {"services": services, "act": act}


async def _ask(agent: Any, texts: list[str]) -> list[dict[str, Any]]:
    for text in WARM_UP:
        await agent.parse_message(text)
    answers = []
    for text in texts:
        begin = time.perf_counter()
        parsed = await agent.parse_message(text)
        milliseconds = (time.perf_counter() - begin) * 1000
        answers.append({**answer_of(parsed), "milliseconds": milliseconds})
    return answers


def main(arguments: list[str]) -> None:
    """Writes the answers and how long importing and loading took, in seconds."""
    model, texts, output = map(Path, arguments)
    warnings.simplefilter("ignore")
    begin = time.perf_counter()
    from rasa.core.agent import Agent
    from rasa.utils.log_utils import configure_structlog

    configure_structlog(logging.ERROR)
    logging.disable(logging.WARNING)
    imported = time.perf_counter()
    agent = Agent.load(str(model))
    loaded = time.perf_counter()
    answers = asyncio.run(_ask(agent, json.loads(texts.read_text(encoding="utf-8"))))
    result = {
        "import_seconds": imported - begin,
        "load_seconds": loaded - imported,
        "answers": answers,
    }
    output.write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
