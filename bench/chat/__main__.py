"""`python -m bench.chat`, against a running assistant.

Each question goes the way of the chat element: a conversation of its own, a stream of
events that is open already, a message posted to the portal. Measured is the time from
the message's first byte on the way to the portal until the first byte of an answer has
come back through it.
"""

from __future__ import annotations

import argparse
import itertools
import statistics
import sys
import time
import uuid
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import requests

from kumpel.settings import Settings

_PATTERNS = (
    "Was kostet das: {}?",
    "{}: Was muss ich mitbringen?",
    "Wo muss ich hin für {}?",
    "I have a question about {}",
)
_WARM_UP = 5
_TIMEOUT_IN_SECONDS = 60
_TARGET_IN_MILLISECONDS = 300.0
_UNUSABLE = 2


class Times(NamedTuple):
    """How long one question took, in seconds."""

    taken: float
    """Until the portal said that the message is taken."""
    answer: float
    """Until the first byte of an answer."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints a table.

    Returns:
        0 where 95 of 100 answers begin within the target, 1 where not, 2 where the
        assistant cannot be asked.
    """
    parser = argparse.ArgumentParser(prog="python -m bench.chat", description=__doc__)
    parser.add_argument("--url", help="address of the portal; default is the local one")
    parser.add_argument("--questions", type=int, default=200)
    options = parser.parse_args(arguments)
    url = options.url or Settings.from_environment().portal_url
    try:
        found = measure(url, options.questions)
    except (requests.RequestException, LookupError) as error:
        print(
            f"{url} cannot be asked ({error}). Start it with "
            "KUMPEL_RATE_LIMITS=off make run.",
            file=sys.stderr,
        )
        return _UNUSABLE
    print(f"{len(found)} questions to {url}, in milliseconds\n")
    print(f"{'':28}{'p50':>8}{'p95':>8}{'most':>8}")
    _print_row("message taken (202)", [each.taken for each in found])
    p95 = _print_row("first byte of the answer", [each.answer for each in found])
    return 0 if p95 <= _TARGET_IN_MILLISECONDS else 1


def measure(url: str, count: int) -> list[Times]:
    """Asks questions one after the other and returns their times.

    Args:
        url: Address of the portal.
        count: How many questions are measured; a few more are asked before.
    """
    with requests.Session() as session:
        texts = itertools.islice(_questions(session, url), _WARM_UP + count)
        return [_ask(session, url, text) for text in texts][_WARM_UP:]


def _questions(session: requests.Session, url: str) -> Iterator[str]:
    answer = session.get(f"{url}/portal/v1/services", params={"limit": 100})
    answer.raise_for_status()
    names = [item["name"] for item in answer.json()["items"]]
    for pattern in itertools.cycle(_PATTERNS):
        yield from (pattern.format(name) for name in names)


def _ask(session: requests.Session, url: str, text: str) -> Times:
    started = session.post(f"{url}/chat/conversations", timeout=_TIMEOUT_IN_SECONDS)
    started.raise_for_status()
    conversation = started.json()["conversation"]
    with requests.get(
        f"{url}/chat/events",
        headers={"X-Conversation": conversation},
        stream=True,
        timeout=_TIMEOUT_IN_SECONDS,
    ) as stream:
        stream.raise_for_status()
        lines = stream.iter_lines(chunk_size=1)
        next(lines)  # the stream is open
        body = {
            "conversation": conversation,
            "text": text,
            "messageId": uuid.uuid4().hex,
        }
        start = time.perf_counter()
        taken = session.post(
            f"{url}/chat/messages",
            json=body,
            headers={"Prefer": "respond-async"},
            timeout=_TIMEOUT_IN_SECONDS,
        )
        taken_after = time.perf_counter() - start
        taken.raise_for_status()
        for line in lines:
            if line == b"event: message":
                return Times(taken_after, time.perf_counter() - start)
            if line == b"event: done":
                break
    raise LookupError(f"no answer to {text!r}")


def _print_row(title: str, seconds: Sequence[float]) -> float:
    times = sorted(1_000 * each for each in seconds)
    p50 = statistics.median(times)
    p95 = times[min(len(times) - 1, int(0.95 * len(times)))]
    print(f"{title:28}{p50:8.0f}{p95:8.0f}{times[-1]:8.0f}")
    return p95


if __name__ == "__main__":
    sys.exit(main())
