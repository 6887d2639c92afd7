"""`python -m bench.widget`."""

import sys

from bench.widget.command_line import main

sys.exit(main())
