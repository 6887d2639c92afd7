"""`python -m kumpel.validation [ROOT]`: prints every problem of the language data."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from pathlib import Path

from kumpel.settings import PROJECT_ROOT
from kumpel.validation.project import Project
from kumpel.validation.registry import problems_of

_USAGE_ERROR = 2


def main(arguments: Sequence[str] | None = None) -> int:
    """Checks a project.

    Args:
        arguments: At most the project's folder; default is this project.

    Returns:
        0 where all is well, 1 with problems, 2 for a wrong call.
    """
    words = list(sys.argv[1:] if arguments is None else arguments)
    root = Path(words[0]).resolve() if words else PROJECT_ROOT
    if len(words) > 1 or not root.is_dir():
        print("Aufruf: python -m kumpel.validation [ORDNER]", file=sys.stderr)
        return _USAGE_ERROR
    begin = time.monotonic()
    project = Project.read(root)
    problems = problems_of(project)
    for problem in problems:
        print(problem)
    if problems:
        print(f"{_count(len(problems))} gefunden.")
        return 1
    print(
        f"Die Sprachdaten sind in Ordnung: {len(project.service_sources)} Leistungen, "
        f"{len(project.utterances)} Sätze, {len(project.responses)} Texte, "
        f"{len(project.stories)} Regeln und Geschichten "
        f"({time.monotonic() - begin:.1f} s)."
    )
    return 0


def _count(number: int) -> str:
    return "1 Problem" if number == 1 else f"{number} Probleme"


if __name__ == "__main__":
    sys.exit(main())
