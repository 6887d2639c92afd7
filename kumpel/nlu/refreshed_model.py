"""Makes a model from an older one after a small change of utterances, without Rasa.

Starting Rasa with TensorFlow takes longer than training what a changed file touches.
A model is an archive of a folder per component (`LocalModelStorage` of Rasa 3.6); where
nothing but utterances changed, only the folder of our classifier does (and what Rasa
keeps for `rasa train --finetune`, which this project does not use).

Run as `python -m kumpel.nlu.refreshed_model OLD NEW` in the project's folder.
"""

from __future__ import annotations

import argparse
import io
import json
import logging
import os
import sys
import tarfile
import tempfile
import uuid
from collections.abc import Mapping
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

from kumpel.errors import InvalidInputError, KumpelError
from kumpel.nlu.data_files import read_examples, read_yaml
from kumpel.nlu.data_layout import utterance_files
from kumpel.nlu.thresholds import Thresholds
from kumpel.nlu.training import code_version, refresh
from kumpel.nlu.understanding import Tuning, Understander

_CONFIG = Path("config.yml")
_CLASSIFIER = "UnderstandingClassifier"
_COMPONENTS, _METADATA = "components/", "metadata.json"
#: What takes room in a model is compressed already.
_COMPRESSION = 1


def refreshed(root: Path = Path()) -> Understander | None:
    """Trains what changed since the last training from scratch.

    Args:
        root: The project's folder.

    Returns:
        None where Rasa has to train: too much changed, or nothing to start from.

    Raises:
        InvalidInputError: A file of the data is no good.
    """
    config = _classifier_config(read_yaml(root / _CONFIG))
    if not config.get("memory"):
        return None
    return refresh(
        read_examples(utterance_files(root)),
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
                component = component or member.name
            else:
                target.addfile(member, source.extractfile(member))
        if component is None:
            raise KumpelError(f"{old.name} holds no understanding: run make train.")
        # Beside the new model, whose folder is cleared if we are stopped.
        with tempfile.TemporaryDirectory(dir=new.parent) as folder:
            understander.persist(Path(folder))
            target.add(folder, component)


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
        0 when it is there; of sysexits.h EX_TEMPFAIL where Rasa has to train it, and
        EX_DATAERR where a file is no good, which stands in the last line printed.
    """
    logging.basicConfig(level=logging.INFO)
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("old", type=Path, help="model of the same domain and rules")
    parser.add_argument("new", type=Path, help="archive to write")
    arguments = parser.parse_args()
    try:
        understander = refreshed()
    except InvalidInputError as error:
        print(f"InvalidInputError: {error}")
        return os.EX_DATAERR
    if understander is None:
        print("Too much has changed for a refresh, or there is nothing to start from.")
        return os.EX_TEMPFAIL
    write_model(arguments.old, arguments.new, understander)
    return 0


if __name__ == "__main__":
    sys.exit(main())
