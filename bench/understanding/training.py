"""Trains and serves one contestant; keeps what is finished."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import re
import secrets
import shutil
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from typing import Any

import yaml

from bench.understanding.child import Say, StepError, Usage, end_of, run
from bench.understanding.contestants import Contestant
from bench.understanding.training_data import Block, as_rasa_file
from kumpel.runtime.model import is_usable

# Rasa raises the batch size from epoch to epoch; DIET takes the same time for an
# utterance whatever the size, so that the first epoch stands for all. It is a bit too
# long, as TensorFlow builds its graph then.
_PROBE_EPOCHS = 1
# Where one epoch is more than a tenth of the training, it is not worth its time: the
# progress tells the rest soon enough.
_FEWEST_EPOCHS_TO_PROBE = 10

_HASH_LENGTH = 12
_BYTES_PER_MB = 1_000_000
_ELAPSED = re.compile(rf"{_PROBE_EPOCHS}/{_PROBE_EPOCHS} \[(?:(\d+):)?(\d+):(\d+)<")
# The same for all. TensorFlow keeps its own threads and its oneDNN kernels, which the
# project's own processes switch off: DIET needs them to be as fast as it can be.
_ENVIRONMENT = {
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "PYTHONWARNINGS": "ignore",
    "PYTHONUNBUFFERED": "1",
    "PYTHONUTF8": "1",
    "NO_COLOR": "1",
}


@dataclass(frozen=True)
class Estimate:
    """How long a training will take, from a training of one epoch."""

    fixed_seconds: float
    """Start, reading, features, saving."""
    epoch_seconds: float

    def total_seconds(self, epochs: int) -> float:
        """Returns the time for so many epochs."""
        return self.fixed_seconds + epochs * self.epoch_seconds


@dataclass(frozen=True)
class Training:
    """A finished training."""

    usage: Usage
    model_size_in_mb: float
    is_resumed: bool
    """Whether it comes from an earlier run."""


@dataclass(frozen=True)
class Serving:
    """What a contestant answered, in the order of the questions."""

    usage: Usage
    import_seconds: float
    load_seconds: float
    answers: Sequence[dict[str, Any]]
    """See `serving.answer_of`; with ``milliseconds``."""

    @classmethod
    def middle(cls, rounds: Sequence[Serving]) -> Serving:
        """Takes the median of each time, and the answers of the first round.

        Args:
            rounds: At least one, all with the same questions.
        """
        first = rounds[0]
        times = zip(
            *([each["milliseconds"] for each in one.answers] for one in rounds),
            strict=True,
        )
        return cls(
            Usage(
                median(one.usage.seconds for one in rounds),
                max(one.usage.peak_memory_in_mb for one in rounds),
            ),
            median(one.import_seconds for one in rounds),
            median(one.load_seconds for one in rounds),
            [
                {**answer, "milliseconds": median(own)}
                for answer, own in zip(first.answers, times, strict=True)
            ],
        )


class Workspace:
    """The folder of one contestant with its data and its configuration.

    Its name holds a hash of both: what is found there belongs to them.
    """

    def __init__(
        self,
        folder: Path,
        contestant: Contestant,
        blocks: Sequence[Block],
        epochs: int | None,
    ) -> None:
        """Takes what is trained.

        Args:
            folder: Where the workspaces of all contestants are.
            contestant: Who it is.
            blocks: The training utterances.
            epochs: Replaces the author's number; None keeps it.

        Raises:
            ConfigurationError: The contestant's configuration cannot be read.
        """
        self.contestant = contestant
        self.epochs = contestant.epochs(epochs)
        self._config = contestant.config_with(epochs)
        flat = contestant.has_flat_intents
        self._data = as_rasa_file(blocks, has_flat_intents=flat)
        self.folder = folder / f"{contestant.name}-{self._hash()}"

    def _hash(self) -> str:
        parts = (
            self._data,
            json.dumps(self._config, sort_keys=True),
            self.contestant.code_hash(),
            importlib.metadata.version("rasa"),
        )
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:_HASH_LENGTH]

    @property
    def _model(self) -> Path:
        return self.folder / "model.tar.gz"

    @property
    def _training_file(self) -> Path:
        return self.folder / "training.json"

    def is_trained(self) -> bool:
        """Tells whether an earlier run finished the training."""
        return self._training_file.is_file() and is_usable(self._model)

    def estimate(self, say: Say) -> Estimate | None:
        """Measures one epoch; None where that is not worth its time.

        Args:
            say: Takes lines of progress.

        Raises:
            StepError: The training of one epoch failed.
        """
        if self.epochs is None or self.epochs < _FEWEST_EPOCHS_TO_PROBE:
            return None
        kept = self.folder / "estimate.json"
        if kept.is_file():
            return Estimate(**json.loads(kept.read_text(encoding="utf-8")))
        config = self.contestant.config_with(_PROBE_EPOCHS)
        log = self.folder / "probe.log"
        usage = self._train(config, "probe.tar.gz", "Probe einer Epoche", log, say)
        (self.folder / "probe.tar.gz").unlink()
        found = _ELAPSED.findall(end_of(log))
        if not found:
            raise StepError(f"{self.contestant.name}: {log} nennt keine Epochen.")
        hours, minutes, seconds = (int(part or 0) for part in found[-1])
        in_epochs = hours * 3600 + minutes * 60 + seconds
        estimate = Estimate(usage.seconds - in_epochs, in_epochs / _PROBE_EPOCHS)
        kept.write_text(json.dumps(asdict(estimate)), encoding="utf-8")
        return estimate

    def train(self, say: Say, *, resume: bool) -> Training:
        """Trains from scratch, or takes what an earlier run finished.

        Args:
            say: Takes lines of progress.
            resume: Whether a finished training of the same data and configuration
                is taken.

        Raises:
            StepError: The training failed.
        """
        is_resumed = resume and self.is_trained()
        if is_resumed:
            say(f"{self.contestant.name}: schon trainiert")
            usage = Usage(**json.loads(self._training_file.read_text(encoding="utf-8")))
        else:
            self._training_file.unlink(missing_ok=True)
            log = self.folder / "training.log"
            usage = self._train(self._config, self._model.name, "Training", log, say)
            self._training_file.write_text(json.dumps(asdict(usage)), encoding="utf-8")
        size = self._model.stat().st_size / _BYTES_PER_MB
        return Training(usage, size, is_resumed)

    def _train(
        self, config: dict[str, Any], model: str, step: str, log: Path, say: Say
    ) -> Usage:
        self.folder.mkdir(parents=True, exist_ok=True)
        config_file, data_file = self.folder / "config.yml", self.folder / "nlu.yml"
        config_file.write_text(yaml.safe_dump(config, sort_keys=False), "utf-8")
        data_file.write_text(self._data, encoding="utf-8")
        command = [sys.executable, "-m", "rasa", "train", "nlu"]
        command += ["--config", str(config_file), "--nlu", str(data_file)]
        command += ["--out", str(self.folder), "--fixed-model-name", model]
        what = f"{self.contestant.name}, {step}"
        # A cache of its own that is thrown away: each training is from scratch.
        with tempfile.TemporaryDirectory(prefix="kumpel-bench-") as cache:
            environment = {**_environment(), "RASA_CACHE_DIRECTORY": cache}
            usage = run(command, what=what, log=log, environment=environment, say=say)
        if not is_usable(self.folder / model):
            raise StepError(
                f"{what}: endete ohne brauchbares Modell. Ist der Datenträger voll? "
                f"Danach mit --resume fortsetzen (Protokoll: {log})."
            )
        return usage

    def serve(self, texts: Sequence[str], say: Say) -> Serving:
        """Loads the model in a fresh process and asks each text once.

        Args:
            texts: What is asked, in this order.
            say: Takes lines of progress.

        Raises:
            StepError: It could not be loaded, or failed at a text.
        """
        texts_file, output = self.folder / "texts.json", self.folder / "answers.json"
        texts_file.write_text(json.dumps(texts, ensure_ascii=False), encoding="utf-8")
        output.unlink(missing_ok=True)
        command = [sys.executable, "-m", "bench.understanding.serving"]
        command += [str(self._model), str(texts_file), str(output)]
        with tempfile.TemporaryDirectory(prefix="kumpel-bench-") as state:
            usage = run(
                command,
                what=f"{self.contestant.name}, Fragen",
                log=self.folder / "serving.log",
                # Our message guard reads its key when it is loaded.
                environment={
                    **_environment(),
                    "KUMPEL_VAR": state,
                    "KUMPEL_SECRET": secrets.token_urlsafe(32),
                },
                say=say,
            )
        result = json.loads(output.read_text(encoding="utf-8"))
        return Serving(
            usage, result["import_seconds"], result["load_seconds"], result["answers"]
        )

    def forget(self) -> None:
        """Removes everything that earlier runs left here."""
        shutil.rmtree(self.folder, ignore_errors=True)


def _environment() -> dict[str, str]:
    # Without compiled files in the environment each import of Rasa takes 20 s.
    inherited = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**inherited, **_ENVIRONMENT}
