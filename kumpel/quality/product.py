"""Takes the understanding out of a model as the product runs it."""

from __future__ import annotations

import json
import tarfile
from pathlib import Path
from typing import Any

from kumpel.errors import KumpelError
from kumpel.evaluation.fitting import trained_understander
from kumpel.nlu.thresholds import Thresholds
from kumpel.nlu.understanding import Tuning, Understander

#: Name of the component, without its module.
COMPONENT = "UnderstandingClassifier"


def product_understander(model: Path) -> Understander:
    """Loads the understanding with the tuning and thresholds stored in its model.

    Args:
        model: Archive of a trained model.

    Raises:
        KumpelError: The archive is damaged or holds no understanding.
    """
    try:
        config = _config(model)
        understander = trained_understander(model)
    except (tarfile.TarError, OSError, EOFError, ValueError, KeyError) as error:
        raise KumpelError(
            f"{model}: Das Modell ist unlesbar ({error}). Bitte make train ausführen."
        ) from error
    understander.tuning = Tuning.from_config(config)
    understander.limits = Thresholds.from_config(config)
    return understander


def _config(model: Path) -> dict[str, Any]:
    with tarfile.open(model) as archive:
        content = archive.extractfile("metadata.json")
        metadata = json.loads(content.read() if content else b"{}")
    nodes = metadata["predict_schema"]["nodes"]
    for name, node in nodes.items():
        if COMPONENT in name:
            config: dict[str, Any] = node["config"]
            return config
    raise KeyError(COMPONENT)
