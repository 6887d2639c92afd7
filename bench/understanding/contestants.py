"""Who is compared: pipelines as their authors configure them."""

from __future__ import annotations

import copy
import importlib.util
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

import yaml

from kumpel.errors import ConfigurationError
from kumpel.runtime.fingerprint import code_hash
from kumpel.settings import PROJECT_ROOT

Config: TypeAlias = dict[str, Any]

_DEFAULT_CONFIG = "engine/recipes/config_files/default_config.yml"
_ASSISTANT_ID = "bench-understanding"


def our_config() -> Config:
    """Returns the project's own pipeline.

    It keeps no training: another one, in this run or before, would shorten the next,
    and a small one would take the place of the project's own.

    Raises:
        ConfigurationError: config.yml cannot be read.
    """
    config = _read(PROJECT_ROOT / "config.yml")
    for component in config["pipeline"]:
        component.pop("memory", None)
    return config


def rasa_init_config() -> Config:
    """Returns what Rasa configures for a project of `rasa init`, in German.

    The project's config.yml names no pipeline; Rasa then takes the one of this file,
    read here from the installed package so that it is the right version's.

    Raises:
        ConfigurationError: Rasa's file is missing.
    """
    found = importlib.util.find_spec("rasa")
    if found is None or found.origin is None:
        raise ConfigurationError("Rasa ist nicht installiert: Bitte make setup.")
    return {**_read(Path(found.origin).parent / _DEFAULT_CONFIG), "language": "de"}


def buerokratt_config() -> Config:
    """Returns a pipeline like that of Estonia's Bürokratt.

    Its bot's configuration is public (github.com/buerokratt/Buerokratt-Chatbot,
    loba/config.yml, read in its state of January 2024): sparse features, DIET without
    entities, a FallbackClassifier at 0.8, RulePolicy. Two values differ here: German
    instead of Estonian, and 30 epochs, as the comparison was ordered, where that state
    has 40.
    """
    return {
        "recipe": "default.v1",
        "language": "de",
        "pipeline": [
            {"name": "WhitespaceTokenizer"},
            {"name": "RegexFeaturizer"},
            {"name": "LexicalSyntacticFeaturizer"},
            {"name": "CountVectorsFeaturizer"},
            {
                "name": "CountVectorsFeaturizer",
                "analyzer": "char_wb",
                "min_ngram": 1,
                "max_ngram": 4,
            },
            {
                "name": "DIETClassifier",
                "entity_recognition": False,
                "epochs": 30,
                "random_seed": 50,
            },
            {"name": "RegexEntityExtractor", "use_regexes": True},
            {"name": "FallbackClassifier", "threshold": 0.8},
        ],
        "policies": [{"name": "RulePolicy", "core_fallback_threshold": 0.8}],
    }


def _no_code() -> str:
    return ""


@dataclass(frozen=True)
class Contestant:
    """A pipeline that is measured."""

    name: str
    """As the command line and files name it."""
    title: str
    """As the table names it."""
    config: Callable[[], Config]
    """Makes the configuration; may raise ConfigurationError."""
    has_flat_intents: bool = True
    """Whether `service/<slug>` becomes a plain intent: DIET names only the group of a
    retrieval intent."""
    code_hash: Callable[[], str] = _no_code
    """Hash of components that are not Rasa's own."""

    def config_with(self, epochs: int | None) -> Config:
        """Returns the configuration for training.

        Args:
            epochs: Replaces the number of each component that has one; None keeps
                the author's.
        """
        config = copy.deepcopy(self.config())
        config["assistant_id"] = _ASSISTANT_ID
        for component in config["pipeline"]:
            if epochs is not None and "epochs" in component:
                component["epochs"] = epochs
        return config

    def epochs(self, override: int | None = None) -> int | None:
        """Returns how often the classifier sees the data; None where it has no epochs.

        Args:
            override: See `config_with`.
        """
        pipeline = self.config_with(override)["pipeline"]
        return max(
            (each["epochs"] for each in pipeline if "epochs" in each), default=None
        )


CONTESTANTS = {
    each.name: each
    for each in (
        Contestant(
            "kumpel",
            "Kumpel",
            our_config,
            has_flat_intents=False,
            code_hash=code_hash,
        ),
        Contestant("rasa-init", "`rasa init`, German", rasa_init_config),
        Contestant("buerokratt", "like Bürokratt", buerokratt_config),
    )
}


def _read(path: Path) -> Config:
    try:
        config = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, yaml.YAMLError) as error:
        raise ConfigurationError(f"{path}: nicht lesbar ({error}).") from error
    if not isinstance(config, dict) or not config.get("pipeline"):
        raise ConfigurationError(f"{path}: nennt keine 'pipeline'.")
    return config
