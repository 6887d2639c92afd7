"""Makes a model from an older one after a small change in data/nlu, without Rasa.

Starting Rasa with TensorFlow takes longer than training what a changed file touches.
A model is an archive of a folder per component (`LocalModelStorage` of Rasa 3.6); where
nothing but utterances changed, only the folder of our classifier does.

Run as `python -m kumpel.nlu.refreshed_model OLD NEW` in the project's folder.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import re
import sys
import tarfile
import tempfile
import uuid
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from kumpel.errors import KumpelError
from kumpel.nlu.data_files import read_examples, read_yaml
from kumpel.nlu.decision import Thresholds
from kumpel.nlu.training import code_version, refresh
from kumpel.nlu.understanding import Tuning, Understander

_CONFIG = Path("config.yml")
_DATA, _NLU_DATA = Path("data"), Path("data/nlu")
_TOP_LEVEL_KEY = re.compile(rb"^(\w+):", re.MULTILINE)
_NLU_KEYS = frozenset({b"version", b"nlu"})
_CLASSIFIER = "UnderstandingClassifier"
_COMPONENTS, _METADATA = "components/", "metadata.json"
#: What takes room in a model is compressed already.
_COMPRESSION = 1


def nlu_files(root: Path) -> list[Path]:
    """Returns the files of the language data, in the order in which Rasa reads them."""
    paths = (p for end in ("*.yml", "*.yaml") for p in (root / _NLU_DATA).rglob(end))
    return sorted(path for path in paths if not path.name.startswith("."))


def refreshed(root: Path = Path()) -> Understander | None:
    """Trains what changed in data/nlu since the last training from scratch.

    Args:
        root: The project's folder.

    Returns:
        None where Rasa has to train: too much changed, or nothing to start from.

    Raises:
        InvalidInputError: A file of the data is no good.
    """
    config = _classifier_config(read_yaml(root / _CONFIG))
    if not config.get("memory") or not _is_apart(root):
        return None
    return refresh(
        read_examples(nlu_files(root)),
        Tuning.from_config(config),
        Thresholds.from_config(config),
        root / config["memory"],
        code_version(),
    )


def write_model(old: Path, new: Path, understander: Understander) -> None:
    """Copies a model archive with another understanding in it.

    Args:
        old: Model of the same domain, rules, configuration and code.
        new: Where to write the archive.
        understander: What the new model understands by.

    Raises:
        KumpelError: The old archive holds no understanding.
    """
    with (
        tarfile.open(old, "r:gz") as source,
        tarfile.open(new, "w:gz", compresslevel=_COMPRESSION) as target,
    ):
        component = None
        for member in source:
            name = member.name.removeprefix("./")
            if name == _METADATA:
                content = source.extractfile(member)
                metadata = json.load(content) if content else {}
                _add(target, member, _renewed(metadata))
            elif _belongs_to_classifier(name):
                component = member.name if member.isdir() else component
            else:
                target.addfile(member, source.extractfile(member))
        if component is None:
            raise KumpelError(f"{old.name} holds no understanding: run make train.")
        with tempfile.TemporaryDirectory() as folder:
            understander.persist(Path(folder))
            target.add(folder, component)


def _is_apart(root: Path) -> bool:
    """Says whether data/nlu holds all utterances and nothing else; Rasa mixes."""
    ours = set(nlu_files(root))
    for path in (root / _DATA).rglob("*.y*ml"):
        keys = set(_TOP_LEVEL_KEY.findall(path.read_bytes()))
        if (b"nlu" in keys) != (path in ours) or (path in ours and keys - _NLU_KEYS):
            return False
    return True


def _renewed(metadata: Mapping[str, Any]) -> bytes:
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    renewed = {"trained_at": now.isoformat(), "model_id": uuid.uuid4().hex}
    return json.dumps({**metadata, **renewed}).encode()


def _add(target: tarfile.TarFile, member: tarfile.TarInfo, content: bytes) -> None:
    member.size = len(content)
    target.addfile(member, io.BytesIO(content))


def _belongs_to_classifier(name: str) -> bool:
    component = name.removeprefix(_COMPONENTS).partition("/")[0]
    return name.startswith(_COMPONENTS) and _CLASSIFIER in component


def _classifier_config(config: Mapping[str, Any]) -> Mapping[str, Any]:
    pipeline = config.get("pipeline") or []
    ours = (each for each in pipeline if each.get("name", "").endswith(_CLASSIFIER))
    return next(ours, {})


def main() -> int:
    """Writes the new model.

    Returns:
        0 when it is there, EX_TEMPFAIL of sysexits.h where Rasa has to train it.
    """
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path, help="model of the same domain and rules")
    parser.add_argument("new", type=Path, help="archive to write")
    arguments = parser.parse_args()
    understander = refreshed()
    if understander is None:
        return os.EX_TEMPFAIL
    write_model(arguments.old, arguments.new, understander)
    return 0


if __name__ == "__main__":
    sys.exit(main())
