"""Reads the language data for a training, many times as fast as Rasa's own reader."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from kumpel.nlu.data_files import read_blocks, read_yaml


class LanguageDataImporter(RasaFileImporter):
    """Rasa's file importer with other readers for the NLU files and the domain.

    Named in `config.yml` under `importers:`. Rasa parses YAML in pure Python, checks
    each file against a schema and does so several times in a training; then it hashes,
    copies and compares all utterances a dozen times. So one message here is a block of
    a file: its text holds one utterance a line (`UnderstandingClassifier` takes them
    apart). `make lint` checks far more than the schema.
    """

    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """Reads all NLU files (see parent class for full docstring).

        Raises:
            InvalidInputError: A file is no valid YAML or holds no blocks under `nlu`.
        """
        return self._nlu_data()

    @cached_method
    def _nlu_data(self) -> TrainingData:
        # Rasa asks for any language and for each that config.yml names.
        return TrainingData(
            [block for path in sorted(self._nlu_files) for block in _blocks(Path(path))]
        )

    @cached_method
    def get_domain(self) -> Domain:
        """Reads the domain (see parent class for full docstring).

        Raises:
            InvalidInputError: The file is no valid YAML.
        """
        if not self._domain_path or not Path(self._domain_path).is_file():
            return super().get_domain()
        return Domain.from_dict(read_yaml(Path(self._domain_path)))


class _Block(Message):
    """A block of utterances that is cheap to copy and to compare.

    Rasa copies all training data and drops duplicates each time it merges two sources
    of data; a plain Message forgets its fingerprint each time and is copied to the
    last string.
    """

    def set(self, prop: str, info: Any, add_to_output: bool = False) -> None:
        """Sets a property; keeps the fingerprint where nothing changes by that."""
        if add_to_output or prop not in self.data or self.data[prop] != info:
            super().set(prop, info, add_to_output)

    def __deepcopy__(self, memo: dict[int, Any]) -> _Block:
        """Copies what training may change; the values themselves stay as they are."""
        properties = set(self.output_properties)
        copied = _Block(self.data, properties, self.time, list(self.features))
        copied._cached_fingerprint = self._cached_fingerprint
        return copied


def _blocks(path: Path) -> Iterator[_Block]:
    for block in read_blocks(path):
        text = "\n".join(block.utterances)
        yield _Block.build(text, block.label, intent_metadata=block.metadata)
