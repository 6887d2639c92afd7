"""Fixtures that tests of several packages share."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import TYPE_CHECKING

import hypothesis
import pytest

if TYPE_CHECKING:
    from kumpel.evaluation.conversation import Assistant

# A loaded machine stops for a quarter of a second at any example.
hypothesis.settings.register_profile("kumpel", deadline=None)
hypothesis.settings.load_profile("kumpel")

#: A Tuesday without holidays near: the town hall is open, and so are most offices.
A_WORKING_MORNING = "2026-11-24T10:15:00+01:00"


@pytest.fixture(scope="session")
def assistant() -> Iterator[Assistant]:
    """The newest model with rules, actions and portal, on a Tuesday morning.

    Loaded once: a test takes a conversation of its own by its name.
    """
    from rasa.utils.log_utils import configure_structlog

    from kumpel.evaluation.harness import in_process_assistant

    # Unconfigured, it prints thousands of lines to each failure.
    configure_structlog(logging.ERROR)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KUMPEL_NOW", A_WORKING_MORNING)
        with in_process_assistant() as started:
            patch.undo()
            yield started
