"""The set-up scripts, as far as no package has to be fetched."""

from __future__ import annotations

import ast
import os
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

from kumpel.settings import PROJECT_ROOT

LOCKS = sorted((PROJECT_ROOT / "requirements").glob("*.lock"))
PYTHON = os.path.realpath(sys.executable)


@pytest.fixture
def scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(PROJECT_ROOT / "scripts"))


@pytest.fixture
def interpreters(scripts: None) -> ModuleType:
    import interpreters

    return interpreters


@pytest.fixture
def bootstrap(
    scripts: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> ModuleType:
    """The set-up, working in a folder of its own."""
    import bootstrap

    (tmp_path / "requirements").mkdir()
    for lock in LOCKS:
        (tmp_path / "requirements" / lock.name).write_text("# nothing\n")
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.setattr(bootstrap, "ROOT", tmp_path)
    monkeypatch.setattr(bootstrap, "REQUIREMENTS", tmp_path / "requirements")
    return bootstrap


def _program(path: Path, script: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return path


def test_a_shim_that_does_not_run_is_passed_over(
    interpreters: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shim = _program(tmp_path / "shims" / "python3.10", "exit 127")
    real = _program(tmp_path / "bin" / "python3.10", f'exec {PYTHON} "$@"')
    monkeypatch.setenv("PATH", f"{shim.parent}:{real.parent}:/usr/bin:/bin")
    assert interpreters.find_python_310(None) == str(real)


def test_another_version_in_the_name_of_310_is_passed_over(
    interpreters: ModuleType, tmp_path: Path
) -> None:
    liar = _program(tmp_path / "python3.10", "echo 3.9")
    assert interpreters.version_of(str(liar)) != "3.10"
    assert interpreters.version_of(str(tmp_path / "nothing")) is None


def test_pyenv_is_searched_where_path_has_nothing(
    interpreters: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = _program(
        tmp_path / ".pyenv" / "versions" / "3.10.99" / "bin" / "python",
        f'exec {PYTHON} "$@"',
    )
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    assert interpreters.find_python_310(None) == str(python)


def test_pythons_that_uv_installed_are_searched_too(
    interpreters: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = _program(tmp_path / "managed" / "python3.10", f'exec {PYTHON} "$@"')
    uv = _program(tmp_path / "uv", f"echo {python}")
    monkeypatch.setenv("PATH", "")
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    assert interpreters.find_python_310(str(uv)) == str(python)


def test_without_any_python_310_one_sentence_says_what_to_do(
    bootstrap: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(bootstrap, "find_uv", lambda _root: None)
    monkeypatch.setattr(bootstrap, "get_uv", lambda _root: None)
    monkeypatch.setattr(bootstrap, "find_python_310", lambda _uv: None)
    assert bootstrap.main([]) == 1
    error = capsys.readouterr().err
    assert error.startswith("Fehler: Python 3.10 fehlt")
    assert "sudo apt-get install -y python3-venv" in error
    assert error.count("\n") == 1


def test_nothing_is_done_where_the_stamp_fits(bootstrap: ModuleType) -> None:
    environment = bootstrap.MAIN
    environment.python.parent.mkdir(parents=True)
    environment.python.symlink_to(PYTHON)
    (environment.path / "kumpel.stamp").write_text(environment.wanted_stamp())
    assert environment.is_current()
    assert bootstrap.main([]) == 0


def test_a_changed_lock_makes_the_environment_stale(
    bootstrap: ModuleType, tmp_path: Path
) -> None:
    environment = bootstrap.MAIN
    environment.python.parent.mkdir(parents=True)
    environment.python.symlink_to(PYTHON)
    (environment.path / "kumpel.stamp").write_text(environment.wanted_stamp())
    (tmp_path / "requirements" / "runtime.lock").write_text("changed\n")
    assert not environment.is_current()


@pytest.mark.parametrize("damage", ["unfinished", "no python", "other python", "link"])
def test_what_an_interrupted_run_left_is_removed(
    bootstrap: ModuleType, tmp_path: Path, damage: str
) -> None:
    environment = bootstrap.MAIN
    if damage == "link":
        environment.path.symlink_to(tmp_path / "nowhere")
    else:
        environment.python.parent.mkdir(parents=True)
    if damage == "unfinished":
        environment.python.symlink_to(PYTHON)
        (environment.path / "kumpel.unfinished").touch()
    if damage == "other python":
        _program(environment.python, "echo 3.9")
    bootstrap.prepare_folder(environment)
    assert not environment.path.exists()
    assert not environment.path.is_symlink()


def test_a_working_environment_that_somebody_made_by_hand_is_kept(
    bootstrap: ModuleType,
) -> None:
    environment = bootstrap.MAIN
    environment.python.parent.mkdir(parents=True)
    environment.python.symlink_to(PYTHON)
    bootstrap.prepare_folder(environment)
    assert environment.python.exists()


def test_a_missing_ensurepip_names_the_package(
    bootstrap: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = _program(tmp_path / "python3.10", "exit 1")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    with pytest.raises(bootstrap.SetupError, match="python3.10-venv"):
        bootstrap.install_with_pip(bootstrap.MAIN, str(python))


def test_v8_locks_hold_a_hash_for_each_package_and_no_address() -> None:
    assert {lock.stem for lock in LOCKS} == {
        "bootstrap",
        "build",
        "contract",
        "development",
        "runtime",
    }
    for lock in LOCKS:
        text = lock.read_text()
        assert not re.search(r"\w+://|^\s*-[^-]|--(index|find-links|extra)", text, re.M)
        entries = re.split(r"\n(?=\S)", text.split("\n", 1)[1])
        for entry in entries:
            assert re.match(r"[a-z0-9-]+(\[[a-z0-9,-]+\])?==", entry), entry
            assert "--hash=sha256:" in entry, entry


def test_v8_locks_are_compiled_from_what_is_wanted_now() -> None:
    for name in ("runtime", "development", "contract", "build", "bootstrap"):
        folder = PROJECT_ROOT / "requirements"
        lock = (folder / f"{name}.lock").read_text().lower()
        for line in (folder / f"{name}.in").read_text().lower().splitlines():
            if line and not line.startswith("#"):
                wanted = re.sub(r"\[.*\]", "", line)
                assert re.search(rf"^{re.escape(wanted)}\s", lock, re.M), line


def test_the_scripts_stay_readable_for_python_38() -> None:
    for path in (PROJECT_ROOT / "scripts").glob("*.py"):
        text = path.read_text()
        ast.parse(text, feature_version=(3, 8))
        assert "from __future__ import annotations" in text
