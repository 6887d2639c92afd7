"""`python -m kumpel.quality`."""

import sys

from kumpel.quality.command_line import main

if __name__ == "__main__":
    sys.exit(main())
