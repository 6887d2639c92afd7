"""Which model belongs to the project's data, and training one that does."""

from __future__ import annotations

import gzip
import hashlib
import importlib.metadata
import os
import shutil
import signal
import subprocess
import sys
import tarfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from kumpel.clock import system_clock
from kumpel.errors import StartError
from kumpel.runtime.environment import training_environment
from kumpel.runtime.lifeline import end_with_parent
from kumpel.runtime.spacy_pipeline import PIPELINE, read_info
from kumpel.settings import PROJECT_ROOT

MODELS = PROJECT_ROOT / "models"

_HASH_LENGTH = 12
_CHUNK_IN_BYTES = 1 << 20
_PROGRESS_EVERY_SECONDS = 15.0
_KILL_AFTER_SECONDS = 10.0


def training_hash(root: Path = PROJECT_ROOT, pipeline: Path = PIPELINE) -> str:
    """Returns a hash of everything that decides what a model becomes.

    That is data/, config.yml, domain.yml, our own components with their helpers
    (Rasa looks at the class alone: pitfall V3), the spaCy pipeline and Rasa itself.

    Args:
        root: The project's folder.
        pipeline: Folder of the spaCy pipeline.
    """
    digest = hashlib.sha256(_code_hash(root, pipeline).encode())
    for path in (root / "config.yml", root / "domain.yml", *_files(root / "data")):
        _add_file(digest, root, path)
    return digest.hexdigest()[:_HASH_LENGTH]


def _code_hash(root: Path, pipeline: Path) -> str:
    info = read_info(pipeline)
    digest = hashlib.sha256((info.fingerprint if info else "").encode())
    digest.update(importlib.metadata.version("rasa").encode())
    for folder in ("nlu", "text"):
        for path in _files(root / "kumpel" / folder):
            if path.suffix == ".py":
                _add_file(digest, root, path)
    return digest.hexdigest()[:_HASH_LENGTH]


def _files(folder: Path) -> list[Path]:
    paths = (path for path in folder.rglob("*") if path.is_file())
    # Editors leave backups behind; Rasa does not read them either.
    return sorted(p for p in paths if not p.name.startswith(".") and p.suffix != ".pyc")


def _add_file(digest: hashlib._Hash, root: Path, path: Path) -> None:
    if path.is_file():
        digest.update(str(path.relative_to(root)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())


def newest_model(models: Path = MODELS) -> Path | None:
    """Returns the model that was made or chosen last, or None without any."""
    found = [path for path in models.glob("*.tar.gz") if path.is_file()]
    return max(found, key=lambda path: path.stat().st_mtime) if found else None


def matching_model(wanted_hash: str, models: Path = MODELS) -> Path | None:
    """Returns the newest model that was trained from data with this hash."""
    found = sorted(models.glob(f"*-{wanted_hash}.tar.gz"), reverse=True)
    return found[0] if found else None


def is_usable(model: Path) -> bool:
    """Tells whether an archive is whole: a disk that ran full leaves half ones."""
    try:
        with gzip.open(model) as stream:
            # To the checksum at the very end, which tarfile does not look at.
            while stream.read(_CHUNK_IN_BYTES):
                pass
        with tarfile.open(model, "r:gz") as archive:
            names = {member.name.removeprefix("./") for member in archive}
    except (tarfile.TarError, zlib.error, OSError, EOFError):
        return False
    return "metadata.json" in names


def ensure_model(
    say: Callable[[str], None], log: Path, root: Path = PROJECT_ROOT
) -> Path:
    """Returns a model for the data as they are now; trains where there is none.

    An older model of the same data is used again: going back in the data's history
    costs no training.

    Args:
        say: Takes lines of progress.
        log: File for what the training prints.
        root: The project's folder; the models are in its `models/`.

    Raises:
        StartError: Training failed; the message names the reason and the log.
    """
    wanted, models = training_hash(root), root / "models"
    model = matching_model(wanted, models)
    if model is not None and not is_usable(model):
        say(f"Das Modell {model.name} ist beschädigt und wird neu trainiert.")
        model.unlink()
        model = None
    if model is None:
        return train(say, log, root)
    if model != newest_model(models):
        os.utime(model)
    return model


def train(say: Callable[[str], None], log: Path, root: Path = PROJECT_ROOT) -> Path:
    """Trains a model from the data as they are now.

    Args:
        say: Takes lines of progress.
        log: File for what the training prints.
        root: The project's folder. Its `models/` gets the model when it is finished,
            in one step.

    Raises:
        StartError: Training failed; the message names the reason and the log.
    """
    wanted, models = training_hash(root), root / "models"
    name = f"kumpel-{system_clock():%Y%m%d-%H%M%S}-{wanted}.tar.gz"
    draft = models / ".training"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    say("Trainiere das Sprachmodell (das dauert einige Minuten) …")
    begin = time.monotonic()
    try:
        code = _run_training(root, draft / name, log, say)
        if code != 0 or not is_usable(draft / name):
            raise StartError(
                f"Das Training ist gescheitert ({_reason(log)}): Bitte die zuletzt "
                f"geänderten Dateien prüfen (make lint); alles Weitere steht in {log}."
            )
        os.replace(draft / name, models / name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    say(f"Modell {name} in {time.monotonic() - begin:.0f} s trainiert.")
    return models / name


def _run_training(
    root: Path, draft: Path, log: Path, say: Callable[[str], None]
) -> int:
    command = [sys.executable, "-m", "rasa", "train", "--config", "config.yml"]
    # Rasa's own validation passes bad data (V1) and reads everything twice; `make
    # lint` checks more in a second.
    command += ["--domain", "domain.yml", "--data", "data", "--skip-validation"]
    command += ["--out", str(draft.parent), "--fixed-model-name", draft.name]
    parent = os.getpid()
    begin = time.monotonic()
    next_word = begin + _PROGRESS_EVERY_SECONDS
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command,
            cwd=root,
            env=training_environment(str(_cache(root))),
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=lambda: end_with_parent(parent),
        )
        try:
            while process.poll() is None:
                time.sleep(0.2)
                if time.monotonic() >= next_word:
                    next_word += _PROGRESS_EVERY_SECONDS
                    say(f"… Training läuft seit {time.monotonic() - begin:.0f} s")
        finally:
            _end(process)
    return process.returncode


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends a training that was interrupted; does nothing to one that is over."""
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(_KILL_AFTER_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _cache(root: Path) -> Path:
    """Returns Rasa's cache for our code as it is now, and removes older ones.

    Rasa's cache does not see a changed helper module (pitfall V3). With a folder for
    each state of our code a change there trains anew, and a change in the data alone
    still profits.
    """
    folder = root / ".rasa"
    cache = folder / f"cache-{_code_hash(root, PIPELINE)}"
    for old in folder.glob("cache-*"):
        if old != cache:
            shutil.rmtree(old, ignore_errors=True)
    return cache


def _reason(log: Path) -> str:
    """Returns the last line of the log that looks like an error."""
    lines = list(_plain_lines(log))
    errors = [line for line in lines if "Error" in line or "Exception" in line]
    return (errors or lines or ["keine Ausgabe"])[-1][:300]


def _plain_lines(log: Path) -> Iterator[str]:
    for line in log.read_text(encoding="utf-8", errors="replace").splitlines():
        if line.strip():
            yield line.strip()
