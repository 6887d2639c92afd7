"""Hashes of what decides what a model becomes."""

from __future__ import annotations

import hashlib
import importlib.metadata
from pathlib import Path

from kumpel.nlu.data_layout import (
    DATA,
    files_below,
    holds_only_utterances,
    source_files,
)
from kumpel.runtime.spacy_pipeline import PIPELINE, read_info
from kumpel.settings import PROJECT_ROOT

_HASH_LENGTH = 12


def training_hash(root: Path = PROJECT_ROOT, pipeline: Path = PIPELINE) -> str:
    """Returns a hash of everything that decides what a model becomes.

    That is data/, config.yml, domain.yml, our own components with their helpers
    (Rasa looks at the class alone: pitfall V3), the spaCy pipeline and Rasa itself.

    Args:
        root: The project's folder.
        pipeline: Folder of the spaCy pipeline.
    """
    return _hash_of(_inputs(root), root, pipeline)


def frame_hash(root: Path = PROJECT_ROOT, pipeline: Path = PIPELINE) -> str:
    """Returns a hash of all that but the files that hold only utterances.

    Models of the same frame differ in nothing but what our classifier has learned.
    Arguments as for `training_hash`.
    """
    frame = [path for path in _inputs(root) if not holds_only_utterances(path)]
    return _hash_of(frame, root, pipeline)


def code_hash(root: Path = PROJECT_ROOT, pipeline: Path = PIPELINE) -> str:
    """Returns a hash of all that but data, configuration and domain."""
    info = read_info(pipeline)
    digest = hashlib.sha256((info.fingerprint if info else "").encode())
    digest.update(importlib.metadata.version("rasa").encode())
    for path in source_files(root):
        _add_file(digest, root, path)
    return digest.hexdigest()[:_HASH_LENGTH]


def _inputs(root: Path) -> list[Path]:
    return [root / "config.yml", root / "domain.yml", *files_below(root / DATA)]


def _hash_of(paths: list[Path], root: Path, pipeline: Path) -> str:
    digest = hashlib.sha256(code_hash(root, pipeline).encode())
    for path in paths:
        _add_file(digest, root, path)
    return digest.hexdigest()[:_HASH_LENGTH]


def _add_file(digest: hashlib._Hash, root: Path, path: Path) -> None:
    if path.is_file():
        digest.update(str(path.relative_to(root)).encode() + b"\0")
        digest.update(hashlib.sha256(path.read_bytes()).digest())
