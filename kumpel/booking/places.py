"""Which of a service's offices a message names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kumpel.appointments.models import BookableOffice
from kumpel.text.fold import tokens

#: Words that are part of many names and name none.
_COMMON = frozenset(
    "krefeld stadt der die das und fur im in am amt buro burgerburo burgerservice "
    "nebenstelle ausweichstandort abteilung stelle".split()
)
#: "Mitte Dezember" is no place.
_MIDDLE_OF_A_TIME = re.compile(
    r"\bmitte (?:des|der|nächste\w*|kommende\w*|januar|februar|märz|april|mai|juni|"
    r"juli|"
    r"august|september|oktober|november|dezember|\d)",
    re.IGNORECASE,
)


def office_named_in(
    text: str, offices: Sequence[BookableOffice]
) -> BookableOffice | None:
    """Returns the office whose name or quarter a message has words of.

    Args:
        text: What somebody wrote.
        offices: Those that offer the service; of equals the first is taken, so that
            "Rathaus" is the town hall and not that of a quarter.
    """
    said = set(tokens(_MIDDLE_OF_A_TIME.sub(" ", text)))
    best, most = None, 0
    for office in offices:
        names = set(tokens(f"{office.name} {office.district or ''}")) - _COMMON
        common = len(said & names)
        if common > most:
            best, most = office, common
    return best
