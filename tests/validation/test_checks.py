"""Each check finds its broken example, at the right line."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from mistakes import PASSPORT, Mistake
from mistakes_in_data import MISTAKES_IN_DATA
from mistakes_in_dialogue import MISTAKES_IN_DIALOGUE

from kumpel.settings import PROJECT_ROOT
from kumpel.validation.project import Project
from kumpel.validation.registry import CHECKS, READING, problems_of

MISTAKES = MISTAKES_IN_DATA + MISTAKES_IN_DIALOGUE


def _broken(root: Path, mistake: Mistake) -> Project:
    path = root / mistake.file
    if mistake.old:
        text = path.read_text(encoding="utf-8")
        assert mistake.old in text
        path.write_text(text.replace(mistake.old, mistake.new), encoding="utf-8")
    else:
        path.write_text(mistake.new, encoding="utf-8")
    return Project.read(root)


def _check(name: str) -> Callable[[Project], object]:
    return next(check for check in READING + CHECKS if check.__name__ == name)


@pytest.mark.parametrize(
    "mistake", MISTAKES, ids=[f"{m.check}-{n}" for n, m in enumerate(MISTAKES)]
)
def test_a_mistake_is_found_at_its_line(root: Path, mistake: Mistake) -> None:
    project = _broken(root, mistake)
    found = list(_check(mistake.check)(project))
    place = found[0].place
    assert place.path == Path(mistake.where or mistake.file)
    assert (root / place.path).read_text().split("\n")[place.line - 1].strip() == (
        mistake.at
    )
    assert mistake.words in found[0].sentence
    assert set(found) <= set(problems_of(project))


def test_a_good_project_passes_every_check(root: Path) -> None:
    assert [str(problem) for problem in problems_of(Project.read(root))] == []


def test_each_check_has_a_broken_example() -> None:
    tried = {mistake.check for mistake in MISTAKES} | {"categories_that_differ"}
    assert {check.__name__ for check in READING + CHECKS} == tried


def test_a_training_file_in_the_wrong_category_is_sent_to_the_right_one(
    root: Path,
) -> None:
    (root / "data/nlu/bauen").mkdir()
    (root / PASSPORT).rename(root / "data/nlu/bauen/reisepass.yml")
    found = problems_of(Project.read(root))
    assert [str(problem.place) for problem in found] == [
        "data/nlu/bauen/reisepass.yml:1"
    ]
    assert PASSPORT in found[0].sentence


def test_this_projects_own_data_is_in_order() -> None:
    found = problems_of(Project.read(PROJECT_ROOT))
    assert [str(problem) for problem in found] == []
