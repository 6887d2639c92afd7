"""Which model belongs to the project's data, and training one that does."""

from __future__ import annotations

import contextlib
import gzip
import os
import shutil
import sys
import tarfile
import time
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from kumpel.clock import system_clock
from kumpel.errors import StartError
from kumpel.runtime.fingerprint import code_hash, frame_hash, training_hash
from kumpel.runtime.training_process import run_training
from kumpel.settings import PROJECT_ROOT

MODELS = PROJECT_ROOT / "models"

_CHUNK_IN_BYTES = 1 << 20
_LONGEST_WAIT_IN_SECONDS = 1200.0


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
    model = _chosen_model(say, root)
    if model is not None:
        return model
    with _one_training(root, say):
        # Another one may just have made it.
        return _chosen_model(say, root) or _train(say, log, root, starts_anew=False)


def _chosen_model(say: Callable[[str], None], root: Path) -> Path | None:
    """Returns the model for the data as they are now, which is then the newest."""
    models = root / "models"
    model = matching_model(training_hash(root), models)
    if model is None:
        return None
    if not is_usable(model):
        say(f"Das Modell {model.name} ist beschädigt und wird neu trainiert.")
        model.unlink()
        return None
    if model != newest_model(models):
        os.utime(model)
    return model


def train(
    say: Callable[[str], None],
    log: Path,
    root: Path = PROJECT_ROOT,
    *,
    starts_anew: bool = False,
) -> Path:
    """Trains a model from the data as they are now.

    Where only few utterances differ from an earlier model, what they change is put
    into that one, without starting Rasa. Waits while another training of this project
    runs, since both write the same folders.

    Args:
        say: Takes lines of progress.
        log: File for what the training prints.
        root: The project's folder. Its `models/` gets the model when it is finished,
            in one step.
        starts_anew: Has Rasa train in any case.

    Raises:
        StartError: Training failed; the message names the reason and the log.
    """
    with _one_training(root, say):
        return _train(say, log, root, starts_anew=starts_anew)


@contextlib.contextmanager
def _one_training(root: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Keeps other trainings of this project out; the lock ends with its process."""
    (root / "models").mkdir(parents=True, exist_ok=True)
    lock = FileLock(root / "models" / ".training.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        say("Ein anderes Training läuft gerade; ich warte, bis es fertig ist …")
        try:
            lock.acquire(timeout=_LONGEST_WAIT_IN_SECONDS)
        except Timeout as error:
            raise StartError(
                "Ein anderes Training läuft seit über "
                f"{_LONGEST_WAIT_IN_SECONDS / 60:.0f} Minuten: Bitte warten oder es "
                f"beenden (es hält {lock.lock_file}) und noch einmal starten."
            ) from error
    try:
        yield
    finally:
        lock.release()


def _train(
    say: Callable[[str], None], log: Path, root: Path, *, starts_anew: bool
) -> Path:
    wanted, frame, models = training_hash(root), frame_hash(root), root / "models"
    name = f"kumpel-{system_clock():%Y%m%d-%H%M%S}-{frame}-{wanted}.tar.gz"
    draft = models / ".training"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    log.parent.mkdir(parents=True, exist_ok=True)
    log.write_bytes(b"")
    begin = time.monotonic()
    try:
        older = None if starts_anew else _usable_model_of(frame, models)
        if older is None or not _refresh(root, older, draft / name, log, say):
            _train_with_rasa(root, draft / name, log, say, starts_anew=starts_anew)
        os.replace(draft / name, models / name)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    say(f"Modell {name} in {time.monotonic() - begin:.0f} s trainiert.")
    return models / name


def _usable_model_of(frame: str, models: Path) -> Path | None:
    """Returns the newest model that differs in utterances only."""
    found = sorted(models.glob(f"*-{frame}-*.tar.gz"), reverse=True)
    return next((model for model in found if is_usable(model)), None)


def _refresh(
    root: Path, older: Path, draft: Path, log: Path, say: Callable[[str], None]
) -> bool:
    """Says whether what changed could be put into an older model."""
    say("Lerne die geänderten Beispielsätze …")
    command = [sys.executable, "-m", "kumpel.nlu.refreshed_model", str(older)]
    code = run_training([*command, str(draft)], root, str(_cache(root)), log, say)
    if code == 0 and is_usable(draft):
        return True
    if code == os.EX_DATAERR:
        raise _failure(log)
    if code != os.EX_TEMPFAIL:
        say(f"Das ging nicht ({_reason(log)}); also trainiert Rasa.")
    return False


def _train_with_rasa(
    root: Path,
    draft: Path,
    log: Path,
    say: Callable[[str], None],
    *,
    starts_anew: bool,
) -> None:
    say("Trainiere das Sprachmodell (das dauert einige Minuten) …")
    command = [sys.executable, "-m", "rasa", "train", "--config", "config.yml"]
    # Rasa's own validation passes bad data (V1) and reads everything twice; `make
    # lint` checks more in a second.
    command += ["--domain", "domain.yml", "--data", "data", "--skip-validation"]
    command += ["--out", str(draft.parent), "--fixed-model-name", draft.name]
    command += ["--force"] if starts_anew else []
    code = run_training(command, root, str(_cache(root)), log, say)
    if code != 0 or not is_usable(draft):
        raise _failure(log)


def _failure(log: Path) -> StartError:
    return StartError(
        f"Das Training ist gescheitert ({_reason(log)}): Bitte die zuletzt "
        f"geänderten Dateien prüfen (make lint); alles Weitere steht in {log}."
    )


def _cache(root: Path) -> Path:
    """Returns Rasa's cache for our code as it is now, and removes older ones.

    Rasa's cache does not see a changed helper module (pitfall V3). With a folder for
    each state of our code a change there trains anew, and a change in the data alone
    still profits.
    """
    folder = root / ".rasa"
    cache = folder / f"cache-{code_hash(root)}"
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
