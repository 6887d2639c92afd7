"""`python -m bench.understanding`."""

import sys

from bench.understanding.command_line import main

sys.exit(main())
