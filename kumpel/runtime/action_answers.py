"""Makes Rasa check the answers of the action server in microseconds.

Rasa's `RemoteAction._validate_action_result` calls `jsonschema.validate`, which checks
its own constant schema against the metaschema before each use: 30 to 60 ms for each
action, several times what understanding and answering a message take together.
"""

from __future__ import annotations

from typing import Any

import jsonschema
from rasa.core.actions.action import RemoteAction

_SCHEMA = RemoteAction.action_response_format_spec()
_VALIDATOR = jsonschema.validators.validator_for(_SCHEMA)(_SCHEMA)


def check_answers_quickly() -> None:
    """Replaces the check by the same one with a schema that was prepared once."""
    RemoteAction._validate_action_result = _validate


def _validate(_action: RemoteAction, result: Any) -> bool:
    """Checks an answer against Rasa's schema.

    Raises:
        jsonschema.ValidationError: The answer has another shape.
    """
    _VALIDATOR.validate(result)
    return True
