"""What is told of a step that failed, and what is measured of one that did not."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from bench.understanding import child
from bench.understanding.child import StepError, Usage, last_epoch, run
from kumpel.settings import PROJECT_ROOT


def _run(code: str, tmp_path: Path, said: list[str] | None = None) -> Usage:
    return run(
        [sys.executable, "-c", code],
        what="Training",
        log=tmp_path / "log",
        environment=dict(os.environ),
        say=(said if said is not None else []).append,
    )


def test_memory_and_time_are_those_of_the_step(tmp_path: Path) -> None:
    # Measured from a small process, as the benchmark is: until it becomes the command,
    # a child counts as large as its parent, and these tests may have loaded Rasa.
    script = (
        "import json, os, sys\n"
        "from dataclasses import asdict\n"
        "from pathlib import Path\n"
        "from bench.understanding.child import run\n"
        "print(json.dumps([asdict(run([sys.executable, '-c', code], what='step',"
        " log=Path(sys.argv[1]), environment=dict(os.environ), say=print))"
        " for code in sys.argv[2:]]))"
    )
    steps = ("pass", "import time; x = b'x' * 300_000_000; time.sleep(0.5)")
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "log"), *steps],
        cwd=PROJECT_ROOT,
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    small, large = json.loads(done.stdout)

    assert small["peak_memory_in_mb"] < 150
    assert 300 < large["peak_memory_in_mb"] < 450
    assert 0.5 < large["seconds"] < 60


def test_a_step_without_memory_says_so_and_what_helps(tmp_path: Path) -> None:
    # As the kernel's OOM killer does it.
    with pytest.raises(StepError, match=r"Speicher voll.*--utterances-per-intent"):
        _run("import os; os.kill(os.getpid(), 9)", tmp_path)
    with pytest.raises(StepError, match="der Speicher reicht nicht"):
        _run("raise MemoryError", tmp_path)


def test_a_failed_step_names_reason_log_and_way_out(tmp_path: Path) -> None:
    with pytest.raises(StepError) as caught:
        _run("raise ValueError('no such component')", tmp_path)
    told = str(caught.value)
    assert "ValueError: no such component" in told
    assert "--resume" in told
    assert str(tmp_path / "log") in told


def test_progress_names_time_and_epoch(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(child, "_PROGRESS_EVERY_SECONDS", 0.3)
    said: list[str] = []
    bar = "Epochs:  12%|#2        | 12/100 [00:40<04:53,  3.3s/it, t_loss=2.7]"
    _run(f"import time; print({bar!r}, flush=True); time.sleep(2)", tmp_path, said)
    assert "Training: läuft seit" in said[-1]
    assert said[-1].endswith("Epoche 12/100, noch 04:53")


def test_a_log_without_epochs_has_none(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("Reading data\n")
    assert last_epoch(log) == ""
