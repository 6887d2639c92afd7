"""`python -m bench.widget`: one run, one browser, one table."""

from __future__ import annotations

import argparse
import json
import re
import shlex
import sys
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

from bench.understanding.machine import describe_machine
from bench.understanding.report import around_markers, publish
from bench.widget.browser import chromium, chromium_path
from bench.widget.chart import draw
from bench.widget.measuring import measure, measure_times
from bench.widget.peers import CONTESTANTS, add_peer_routes, install
from bench.widget.report import BEGIN, END, as_markdown
from bench.widget.scripted_channel import ScriptedChannel
from kumpel.clock import system_clock
from kumpel.errors import ConfigurationError, KumpelError
from kumpel.settings import PROJECT_ROOT

BUNDLE = PROJECT_ROOT / "widget" / "dist" / "kumpel-chat.js"
DOCUMENT = PROJECT_ROOT / "docs" / "benchmarks.md"
CHART = PROJECT_ROOT / "docs" / "images" / "benchmark-widget.svg"
RESULTS = PROJECT_ROOT / "bench" / "results" / "widget.json"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the comparison.

    Args:
        arguments: Default is the command line.

    Returns:
        0; 1 where Chromium, npm or a file is missing.
    """
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    options = _parser().parse_args(arguments)
    try:
        report = _compare(options, arguments)
        options.out.mkdir(parents=True, exist_ok=True)
        _write_json(report, options.out / "results.json")
        if options.publish:
            _write_json(report, RESULTS)
            draw(report["contestants"], CHART)
            chart = str(CHART.relative_to(DOCUMENT.parent))
            publish(DOCUMENT, as_markdown(report, chart), BEGIN, END)
    except KumpelError as error:
        print(error, file=sys.stderr)
        return 1
    print(as_markdown(report))
    return 0


def _compare(options: argparse.Namespace, arguments: Sequence[str]) -> dict[str, Any]:
    if options.publish:
        around_markers(DOCUMENT, BEGIN, END)
    path = chromium_path()
    if path is None:
        raise ConfigurationError(
            "Chromium fehlt: Bitte das Paket chromium installieren oder den Pfad in "
            "KUMPEL_TEST_CHROMIUM nennen."
        )
    machine = describe_machine()
    scripts = {
        each.name: install(each, options.out) for each in CONTESTANTS if each.package
    }
    channel = ScriptedChannel(BUNDLE, lambda app: add_peer_routes(app, scripts))
    channel.start()
    try:
        with chromium(path) as browser:
            times = measure_times(browser, channel, CONTESTANTS, options.rounds)
            measured = [
                {**measure(browser, channel, each), **times[each.name]}
                for each in CONTESTANTS
            ]
            version = browser.version
    finally:
        channel.stop()
    return {
        "date": f"{system_clock():%Y-%m-%d}",
        "command": shlex.join(["python", "-m", "bench.widget", *arguments]),
        "machine": machine,
        "chromium": version,
        "axe": _axe_version(),
        "rounds": options.rounds,
        "contestants": measured,
    }


def _axe_version() -> str:
    head = (files("axe_playwright_python") / "axe.min.js").read_text(encoding="utf-8")
    found = re.search(r"axe v([\d.]+)", head[:200])
    return found[1] if found else "unknown"


def _write_json(report: dict[str, Any], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(report, indent=2, ensure_ascii=False) + "\n"
    path.write_text(text, encoding="utf-8")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.widget",
        description="Misst den Chat neben rasa-webchat und deep-chat.",
    )
    parser.add_argument(
        "--out",
        type=Path,
        default=PROJECT_ROOT / "var" / "bench" / "widget",
        help="Ordner für Pakete und Ergebnisse (Vorgabe: %(default)s)",
    )
    parser.add_argument(
        "--rounds", type=int, default=5, help="wie oft Zeiten gemessen werden"
    )
    parser.add_argument(
        "--publish",
        action="store_true",
        help="schreibt auch docs/benchmarks.md und das Bild",
    )
    return parser
