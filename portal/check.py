"""Checks the seed files and starts nothing: `python -m portal.check`."""

from __future__ import annotations

import sys

from kumpel.errors import ConfigurationError
from portal.appointments.seed import read_booking_seed
from portal.seed_reader import read_seed


def main() -> int:
    """Reads all seed files.

    Returns:
        0 where they are right, 1 after naming the first mistake.
    """
    try:
        seed = read_seed()
        read_booking_seed()
    except ConfigurationError as error:
        print(error, file=sys.stderr)
        return 1
    print(
        f"{len(seed.services)} Leistungen, {len(seed.offices)} Stellen und "
        f"{len(seed.forms)} Formulare sind in Ordnung."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
