"""The results as Markdown, and their place in docs/benchmarks.md."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tabulate import tabulate  # type: ignore[import-untyped]

from kumpel.errors import InvalidInputError

Report = Mapping[str, Any]

BEGIN = "<!-- understanding: begin (written by make bench-understanding) -->"
END = "<!-- understanding: end -->"
OURS, STOCK = "kumpel", "rasa-init"
_NOTHING = "–"


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


def _milliseconds(value: float) -> str:
    return f"{value:.1f} ms"


def _seconds(value: float) -> str:
    return f"{value:,.0f} s" if value >= 10 else f"{value:.1f} s"


def _megabytes(value: float) -> str:
    return f"{value:,.0f} MB"


_ROWS: tuple[tuple[str, tuple[str, ...], Callable[[float], str]], ...] = (
    ("**right service named first**", ("accuracy",), _percent),
    ("… answered at once, rightly", ("direct",), _percent),
    ("… asked back, right one among at most 3", ("asked_back",), _percent),
    ("… answered wrongly", ("wrong",), _percent),
    ("… not answered", ("unanswered",), _percent),
    ("out of scope, answered nevertheless", ("false_answers",), _percent),
    ("**a message, median**", ("latency_ms", "p50"), _milliseconds),
    ("a message, 95 % below", ("latency_ms", "p95"), _milliseconds),
    ("training", ("training_seconds",), _seconds),
    ("training, peak memory", ("training_peak_mb",), _megabytes),
    ("loading the model", ("load_seconds",), _seconds),
    ("from start of the process to ready", ("start_seconds",), _seconds),
    ("serving, peak memory", ("serving_peak_mb",), _megabytes),
    ("size of the model", ("model_mb",), _megabytes),
)


def as_markdown(report: Report, chart: str | None = None) -> str:
    """Writes everything that is to be read of a run.

    Args:
        report: See `command_line`.
        chart: Link to the chart, as the document sees it.
    """
    parts = [_what(report), _table(report)]
    parts += [text for text in (_lead(report), _failures(report)) if text]
    if chart:
        parts.append(f"![{alt_text(report)}]({chart})")
    parts += [_styles(report), _how(report)]
    return "\n\n".join(part for part in parts if part)


def publish(document: Path, text: str, begin: str = BEGIN, end: str = END) -> None:
    """Puts a text between two markers of a document.

    Args:
        document: A file that holds both markers.
        text: What stands between them afterwards.
        begin: The line before it.
        end: The line after it.

    Raises:
        InvalidInputError: The file or a marker is missing.
    """
    before, after = around_markers(document, begin, end)
    document.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}", encoding="utf-8")


def around_markers(
    document: Path, begin: str = BEGIN, end: str = END
) -> tuple[str, str]:
    """Returns what stands before and after the part that is written.

    Args:
        document: A file that holds both markers.
        begin: The line before it.
        end: The line after it.

    Raises:
        InvalidInputError: The file or a marker is missing.
    """
    try:
        old = document.read_text(encoding="utf-8")
    except OSError as error:
        message = f"{document}: nicht lesbar ({error.strerror})."
        raise InvalidInputError(message) from error
    before, has_begin, rest = old.partition(begin)
    _, has_end, after = rest.partition(end)
    if not has_begin or not has_end:
        raise InvalidInputError(
            f"{document}: Es fehlen die Zeilen, zwischen die geschrieben wird: "
            f"{begin!r} und {end!r}."
        )
    return before, after


def alt_text(report: Report) -> str:
    """Says in one sentence what the chart shows."""
    shown = [
        f"{_plain(each['title'])} {_percent(each['accuracy'])} right, "
        f"{_milliseconds(each['latency_ms']['p50'])} a message, "
        f"{_seconds(each['training_seconds'])} of training, "
        f"{_megabytes(each['serving_peak_mb'])}"
        for each in _finished(report)
    ]
    return "Bars for accuracy, time and memory: " + "; ".join(shown)


def _plain(title: str) -> str:
    return title.replace("`", "")


def _finished(report: Report) -> list[Report]:
    return [each for each in report["contestants"] if "failure" not in each]


def _what(report: Report) -> str:
    data, machine = report["data"], report["machine"]
    scope = (
        f"**With {data['utterances_per_intent']} utterances an intent, not all.** "
        if data["utterances_per_intent"]
        else ""
    )
    return (
        f"{scope}Trained on {data['utterances']:,} utterances of {data['intents']} "
        f"intents; asked {data['questions']:,} questions and {data['out_of_scope']:,} "
        f"messages out of scope, once each, on {report['date']}. "
        f"{machine['cpus']} CPUs ({machine['cpu']}), {machine['memory_gb']:.0f} GB, "
        f"{machine['system']}, Python {machine['python']}, Rasa {machine['rasa']}, "
        f"TensorFlow {machine['tensorflow']}; load before the start "
        f"{machine['load']:.1f}."
    )


def _table(report: Report) -> str:
    contestants = report["contestants"]
    rows = [
        [title, *(_cell(each, keys, show) for each in contestants)]
        for title, keys, show in _ROWS
    ]
    rows.append(["epochs", *map(_epochs, contestants)])
    headers = ["", *(each["title"] for each in contestants)]
    alignment = ("left", *("right" for _ in contestants))
    return str(
        tabulate(rows, headers, "pipe", colalign=alignment, disable_numparse=True)
    )


def _cell(each: Report, keys: tuple[str, ...], show: Callable[[float], str]) -> str:
    value: Any = each
    for key in keys:
        value = value.get(key) if value is not None else None
    return _NOTHING if value is None else show(value)


def _epochs(each: Report) -> str:
    if each["epochs"] == each["authors_epochs"]:
        return str(each["epochs"] or _NOTHING)
    return f"{each['epochs']} (author: {each['authors_epochs']})"


def _lead(report: Report) -> str:
    named = {each["name"]: each for each in _finished(report)}
    if OURS not in named or STOCK not in named:
        return ""
    ours, stock = named[OURS], named[STOCK]
    points = 100 * (ours["accuracy"] - stock["accuracy"])
    factor = stock["latency_ms"]["p50"] / ours["latency_ms"]["p50"]
    return (
        f"Against {stock['title']}: {points:+.1f} points of accuracy (at least +5 "
        f"wanted), {factor:.1f} times as fast per message (at least 5 wanted)."
    )


def _failures(report: Report) -> str:
    failed = [each for each in report["contestants"] if "failure" in each]
    return "\n".join(f"- {each['title']} failed: {each['failure']}" for each in failed)


def _styles(report: Report) -> str:
    finished = _finished(report)
    if not finished:
        return ""
    rows = [
        [style, *(_percent(each["by_style"][style]) for each in finished)]
        for style in finished[0]["by_style"]
    ]
    headers = ["right service, by style", *(each["title"] for each in finished)]
    alignment = ("left", *("right" for _ in finished))
    return str(
        tabulate(rows, headers, "pipe", colalign=alignment, disable_numparse=True)
    )


def _how(report: Report) -> str:
    kept = [each["title"] for each in _finished(report) if each["is_resumed"]]
    note = f"Trained in an earlier run: {', '.join(kept)}. " if kept else ""
    return f"{note}Made by:\n\n```sh\n{report['command']}\n```"
