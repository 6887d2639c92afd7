"""Reports as tables for a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tabulate import tabulate  # type: ignore[import-untyped]

from kumpel.evaluation.scoring import OUTCOMES, Report

_MOST_FAILURES = 15
_MOST_SERVICES = 15
_MOST_CHARACTERS = 78
_HEADERS = ("n", "direkt", "Rückfrage", "falsch", "verloren")


def questions_table(report: Report) -> str:
    """Shows the outcomes by style, and the services that fare worst."""
    rows = [_outcomes("gesamt", report)]
    rows += [_outcomes(name, part) for name, part in report["by_style"].items()]
    worst = sorted(
        (part["direct"] + part["asked_back"], name, part)
        for name, part in report["by_service"].items()
        if part["wrong"] + part["lost"]
    )[:_MOST_SERVICES]
    services = [_outcomes(name, part) for _, name, part in worst]
    latency = report["latency_ms"]
    lines = [
        _table(rows, ("Stil", *_HEADERS)),
        "",
        f"Aspekt richtig (von den direkten): {_percent(report['aspect_correct'])}",
        f"Dauer einer Nachricht: Median {latency['p50']:.1f} ms, "
        f"95 % unter {latency['p95']:.1f} ms",
    ]
    if services:
        title = "Leistungen mit den meisten Fehlern"
        lines += ["", _table(services, (title, *_HEADERS))]
    shown = [
        f"{_expected(failure)} → {_found(failure)}: {failure['text']}"
        for failure in report["failures"]
    ]
    return "\n".join(lines + _failures(shown))


def out_of_scope_table(report: Report) -> str:
    """Shows false answers and questions back by kind."""
    rows = [_refusals("gesamt", report)]
    rows += [_refusals(name, part) for name, part in report["by_kind"].items()]
    emergencies = report["emergencies"]
    lines = [
        _table(rows, ("Art", "n", "falsche Antwort", "Rückfrage")),
        "",
        f"Notfälle richtig: {_percent(emergencies['correct'])} von {emergencies['n']}",
    ]
    shown = [
        f"{failure['kind']} → {_found(failure)}: {failure['text']} ({failure['why']})"
        for failure in report["failures"]
    ]
    return "\n".join(lines + _failures(shown))


def dialogues_table(report: Report) -> str:
    """Shows how many dialogues and turns passed, and why others did not."""
    rows = [
        ("Dialoge", report["n"], report["passed"]),
        ("Züge", report["turns"], report["turns_passed"]),
    ]
    shown = []
    for failure in report["failures"]:
        reply = " ".join(failure["reply"].split())
        shown += [
            f"{failure['id']}, Zug {failure['turn']}: {failure['user']}",
            f"    Antwort: {reply}",
            f"    Grund: {failure['why']}",
        ]
    lines = [_table(rows, ("", "n", "bestanden"))]
    return "\n".join(lines + _failures(shown, lines_each=3))


def _outcomes(name: str, part: Mapping[str, Any]) -> list[str]:
    return [name, str(part["n"]), *(_percent(part[key]) for key in OUTCOMES)]


def _refusals(name: str, part: Mapping[str, Any]) -> list[str]:
    shares = (_percent(part[key]) for key in ("false_answers", "asked_back"))
    return [name, str(part["n"]), *shares]


def _table(rows: list[Any], headers: tuple[str, ...]) -> str:
    alignment = ("left", *("right" for _ in headers[1:]))
    return str(tabulate(rows, headers, colalign=alignment, disable_numparse=True))


def _failures(lines: list[str], lines_each: int = 1) -> list[str]:
    if not lines:
        return []
    count = len(lines) // lines_each
    shown = [_cut(line) for line in lines[: _MOST_FAILURES * lines_each]]
    more = count - _MOST_FAILURES
    rest = [f"… und {more} weitere (alle: --report DATEI)"] if more > 0 else []
    return ["", f"Fehler ({count}):", *shown, *rest]


def _cut(line: str) -> str:
    # A reply of the assistant and the reason are worth more than one line.
    limit = _MOST_CHARACTERS * (4 if line.startswith("    ") else 2)
    return line if len(line) <= limit else f"{line[:limit]}…"


def _expected(failure: Mapping[str, Any]) -> str:
    return "|".join(failure["expected"]["service"])


def _found(failure: Mapping[str, Any]) -> str:
    named = failure["service"] or "|".join(failure["choices"])
    return f"{failure['outcome']} {named}".strip()


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"
