"""The documents tell the truth: commands, paths, settings and examples."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from document_reading import changes, commands, inline_code, links

from kumpel.cli.main import _parser as command_parser
from kumpel.evaluation.command_line import _parser as evaluation_parser
from kumpel.settings import PROJECT_ROOT, SETTINGS
from kumpel.validation.project import Project
from kumpel.validation.registry import problems_of

DOCUMENTS = sorted(
    path
    for path in [
        *PROJECT_ROOT.glob("*.md"),
        *(PROJECT_ROOT / "docs").rglob("*.md"),
    ]
    if path.is_file()
)
OPERATIONS = PROJECT_ROOT / "docs/betrieb.md"
EDITING = PROJECT_ROOT / "docs/redaktion.md"

#: Made at run time, so that a fresh clone does not hold them.
_MADE = ("var/", "models/", ".venv/")
#: What the example of docs/redaktion.md adds.
_EXAMPLES = {"data/nlu/dialogue/apology.yml"}
_PATH = re.compile(r"[A-Za-z_.][\w.<>*-]*(/[\w.<>*-]+)*/?")

every_document = pytest.mark.parametrize(
    "document", DOCUMENTS, ids=[path.stem for path in DOCUMENTS]
)


@every_document
def test_each_make_target_exists(document: Path) -> None:
    makefile = (PROJECT_ROOT / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z][a-z-]*):", makefile, re.MULTILINE))
    for command in commands(document):
        words = shlex.split(command)
        if words[0] == "make":
            asked = {word for word in words[1:] if re.fullmatch("[a-z-]+", word)}
            assert asked <= targets, command


@every_document
def test_each_kumpel_command_can_be_parsed(document: Path) -> None:
    for command in commands(document):
        words = shlex.split(command.replace("[", "").replace("]", ""))
        program = words[0].rpartition("/")[2]
        if program != "kumpel" or "<" in command or "…" in command:
            continue
        arguments = words[1:]
        if len(arguments) == 1:
            # Named, not shown in full.
            assert arguments[0] in command_parser().format_help(), command
        elif arguments[0] == "evaluate":
            if len(arguments) > 2:
                options = evaluation_parser().parse_args(arguments[1:])
                assert options.what
        else:
            assert command_parser().parse_args(arguments).command == arguments[0]


@every_document
def test_each_path_exists(document: Path) -> None:
    for code in [*inline_code(document), *_paths_in_commands(document)]:
        if not _is_path(code):
            continue
        pattern = re.sub(r"<[^>]*>", "*", code.rstrip("/"))
        assert code in _EXAMPLES or any(PROJECT_ROOT.glob(pattern)), code


@every_document
def test_each_link_leads_to_a_file(document: Path) -> None:
    for target in links(document):
        file = target.partition("#")[0]
        assert not file or (document.parent / file).exists(), target


def _is_path(code: str) -> bool:
    if not _PATH.fullmatch(code) or code.startswith(_MADE):
        return False
    top = code.partition("/")[0]
    is_file = code.endswith((".yml", ".py", ".md", ".toml", ".jsonl", ".yaml"))
    return is_file or ("/" in code and (PROJECT_ROOT / top).exists())


def _paths_in_commands(document: Path) -> list[str]:
    return [word for command in commands(document) for word in shlex.split(command)]


@every_document
def test_each_variable_is_a_setting(document: Path) -> None:
    known = {setting.variable for setting in SETTINGS}
    named = set(re.findall(r"\bKUMPEL_[A-Z_]+[A-Z]\b", document.read_text()))
    # Not of the assistant, but of its tests.
    assert {n for n in named if not n.startswith("KUMPEL_TEST_")} <= known


def test_each_setting_is_documented_with_its_default() -> None:
    rows = dict(
        re.findall(r"^\| `([A-Z][A-Z_]+)` \| (\S+) \| \S", OPERATIONS.read_text(), re.M)
    )
    expected = {}
    for setting in SETTINGS:
        default = setting.default.removeprefix(f"{PROJECT_ROOT}/")
        expected[setting.variable] = f"`{default}`" if default else "leer"
    assert rows == expected


def test_the_examples_for_staff_work_together(tmp_path: Path) -> None:
    """Does everything that docs/redaktion.md shows, then checks the data."""
    for name in ("domain.yml", "data", "portal/seed", "actions", "kumpel"):
        source, target = PROJECT_ROOT / name, tmp_path / name
        if source.is_dir():
            ignored = shutil.ignore_patterns("__pycache__")
            shutil.copytree(source, target, ignore=ignored)
        else:
            shutil.copy(source, target)
    shown = list(changes(EDITING))
    for change in shown:
        path = tmp_path / change.path
        text = path.read_text(encoding="utf-8") if path.exists() else ""
        assert change.before in text, f"{change.path} does not hold:\n{change.before}"
        if change.before:
            assert text.count(change.before) == 1, change.before
        text = text.replace(change.before, change.after) if text else change.after
        path.write_text(text, encoding="utf-8")
    assert len(shown) >= 5
    assert [str(problem) for problem in problems_of(Project.read(tmp_path))] == []


def test_the_shown_error_messages_are_real() -> None:
    """Each message of docs/redaktion.md is one that some check writes."""
    source = "".join(
        path.read_text(encoding="utf-8")
        for path in (PROJECT_ROOT / "kumpel/validation").rglob("*.py")
    )
    written = re.sub(r'"\s*f?"', "", source)
    for words in (
        "fehlt der Strich mit Leerzeichen „- “.",
        "Ein Satz kann nur eins bedeuten: bitte die schlechtere Stelle löschen",
        "Bitte richtig schreiben oder dort ergänzen.",
        "füllt niemand. Möglich sind hier: ",
        "Die Sprachdaten sind in Ordnung: ",
    ):
        assert words in EDITING.read_text(encoding="utf-8")
        assert words in written


def test_the_python_commands_for_operators_run(tmp_path: Path) -> None:
    (tmp_path / "var").mkdir()
    found = [c for c in commands(OPERATIONS) if " -c " in c]
    assert found
    for command in found:
        arguments = shlex.split(command)[1:]
        subprocess.run(
            [sys.executable, *arguments],
            cwd=tmp_path,
            env={"KUMPEL_VAR": str(tmp_path / "var"), "PYTHONPATH": str(PROJECT_ROOT)},
            check=True,
            capture_output=True,
        )


def test_the_folders_of_the_readme_exist() -> None:
    readme = PROJECT_ROOT / "README.md"
    if not readme.exists():
        pytest.skip("no README.md yet")
    tops = {code.rstrip("/") for code in inline_code(readme) if code.endswith("/")}
    missing = {t for t in tops if not (PROJECT_ROOT / t).is_dir()}
    assert {t for t in missing if not f"{t}/".startswith(_MADE)} == set()


def test_the_licence_is_the_whole_eupl() -> None:
    text = (PROJECT_ROOT / "LICENSE").read_text(encoding="utf-8")
    assert text.startswith("EUROPEAN UNION PUBLIC LICENCE v. 1.2\n")
    for article in range(1, 16):
        assert re.search(rf"^{article}\.[A-Z]", text, re.MULTILINE), article
    assert "‘Compatible Licences’ according to Article 5 EUPL are:" in text
