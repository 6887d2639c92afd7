"""Sets the project's environments up: `make setup`, and the start of all the rest.

Needs a Python of 3.8 or later and its standard library, no pip, no venv, no root.
Says in German what it does and, where it cannot go on, why and what to do.
"""

from __future__ import annotations

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from interpreters import clean_environment, find_python_310, version_of
from uv_tool import find_uv, get_uv

ROOT = Path(__file__).resolve().parent.parent
REQUIREMENTS = ROOT / "requirements"
_STAMP = "kumpel.stamp"
_UNFINISHED = "kumpel.unfinished"
_NEEDED_MEGABYTES = 4000


class SetupError(Exception):
    """Setting up cannot go on; the message names the cause and the way out."""


class Environment(NamedTuple):
    """A virtual environment and what belongs in it."""

    folder: str
    locks: tuple[str, ...]
    has_project: bool
    purpose: str

    @property
    def path(self) -> Path:
        """Folder of the environment."""
        return ROOT / self.folder

    @property
    def python(self) -> Path:
        """Interpreter of the environment."""
        return self.path / "bin" / "python"

    def wanted_stamp(self) -> str:
        """Returns a hash of all that decides what is installed, and where.

        The place counts because scripts and the editable install hold it.
        """
        inputs = [REQUIREMENTS / "build.lock"] + [REQUIREMENTS / n for n in self.locks]
        if self.has_project:
            inputs.append(ROOT / "pyproject.toml")
        digest = hashlib.sha256(f"1 {ROOT}".encode())
        for path in inputs:
            digest.update(path.read_bytes())
        return digest.hexdigest()

    def is_current(self) -> bool:
        """Tells whether nothing has to be done."""
        try:
            stamp = (self.path / _STAMP).read_text()
        except OSError:
            return False
        return stamp == self.wanted_stamp() and self.python.exists()


MAIN = Environment(
    ".venv",
    ("runtime.lock", "development.lock"),
    has_project=True,
    purpose="Kumpel Krefeld",
)
# Apart, because schemathesis needs newer libraries than Rasa 3.6 allows.
CONTRACT = Environment(
    ".venv-contract",
    ("contract.lock",),
    has_project=False,
    purpose="Vertragstests des Portals",
)


def say(text: str) -> None:
    """Prints a line of progress at once, also into a pipe."""
    print(text, flush=True)


def run(command: Sequence[str], *, is_silent: bool = False) -> bool:
    """Runs a command that shows its own output; tells whether it succeeded.

    Args:
        command: Program and arguments.
        is_silent: Hides its output, where a sentence of ours says all there is.
    """
    output = subprocess.DEVNULL if is_silent else None
    try:
        code = subprocess.call(
            list(command),
            cwd=str(ROOT),
            env=_environment(),
            stdout=output,
            stderr=output,
        )
    except OSError:
        return False
    return code == 0


def _environment() -> dict[str, str]:
    environment = clean_environment()
    environment.setdefault("UV_HTTP_TIMEOUT", "120")
    environment["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"
    return environment


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Lets a second set-up of the same folder wait for the first."""
    handle = os.open(str(ROOT), os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            say("Eine andere Einrichtung läuft gerade, ich warte auf sie …")
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def tools() -> tuple[str, str | None]:
    """Returns a Python 3.10 and, where it can be had, uv.

    Raises:
        SetupError: There is no Python 3.10 and none can be installed.
    """
    uv = find_uv(ROOT)
    python = find_python_310(uv)
    if uv is None:
        say("Hole das Installationswerkzeug uv …")
        uv = get_uv(ROOT)
    if python is None and uv is not None:
        python = find_python_310(uv)
        if python is None:
            say("Python 3.10 fehlt, uv installiert es …")
            run([uv, "python", "install", "--quiet", "3.10"], is_silent=True)
            python = find_python_310(uv)
    if python is None:
        way = (
            "uv konnte es nicht laden"
            if uv
            else "auch uv ließ sich nicht installieren (dafür: "
            "sudo apt-get install -y python3-venv)"
        )
        raise SetupError(
            f"Python 3.10 fehlt und {way}: Bitte die Internetverbindung prüfen oder "
            "Python 3.10 selbst installieren (zum Beispiel: pyenv install 3.10), dann "
            "den Befehl wiederholen."
        )
    return python, uv


def prepare_folder(environment: Environment) -> None:
    """Removes what an interrupted run or another Python left behind.

    An environment without our stamp that works is kept: somebody made it by hand.
    """
    path = environment.path
    if not path.exists() and not path.is_symlink():
        return
    is_broken = (path / _UNFINISHED).exists() or (
        version_of(str(environment.python)) != "3.10"
    )
    if is_broken:
        say(f"{environment.folder} ist unvollständig und wird neu angelegt.")
        if path.is_symlink() or path.is_file():
            path.unlink()
        else:
            shutil.rmtree(path)


def install_with_uv(environment: Environment, python: str, uv: str) -> bool:
    """Fills the environment with uv; tells whether all of it succeeded."""
    if not environment.python.exists() and not run(
        [uv, "venv", "--quiet", "--no-project", "-p", python, str(environment.path)]
    ):
        return False
    (environment.path / _UNFINISHED).touch()
    pip = [uv, "pip", "install", "--python", str(environment.python)]
    return _install(pip, environment)


def install_with_pip(environment: Environment, python: str) -> bool:
    """Fills the environment with pip; tells whether all of it succeeded."""
    has_pip = [str(environment.python), "-c", "import pip"]
    if not environment.python.exists() or not run(has_pip, is_silent=True):
        shutil.rmtree(environment.path, ignore_errors=True)
        if not _make_venv(environment, python):
            return False
    (environment.path / _UNFINISHED).touch()
    pip = [str(environment.python), "-m", "pip", "install", "--quiet"]
    return _install(pip, environment)


def _make_venv(environment: Environment, python: str) -> bool:
    command = [python, "-m", "venv", str(environment.path)]
    if run(command):
        return True
    package = "python3.10-venv"
    if os.geteuid() == 0 and shutil.which("apt-get"):
        say(f"Installiere {package} …")
        shutil.rmtree(environment.path, ignore_errors=True)
        if run(["apt-get", "install", "-y", "-qq", package]) and run(command):
            return True
    raise SetupError(
        f"Diesem Python 3.10 ({python}) fehlt das Modul ensurepip: Bitte "
        f"sudo apt-get install -y {package} ausführen und den Befehl wiederholen."
    )


def _install(pip: list[str], environment: Environment) -> bool:
    hashed = ["--require-hashes", "--no-deps"]
    # A few packages come as source only. They are built with our own pinned
    # setuptools: in isolation, pip would fetch one without a hash.
    locks = [f"--requirement={REQUIREMENTS / name}" for name in environment.locks]
    steps = [
        [*pip, *hashed, f"--requirement={REQUIREMENTS / 'build.lock'}"],
        [*pip, *hashed, "--no-build-isolation", *locks],
    ]
    if environment.has_project:
        steps.append([*pip, "--no-deps", "--no-build-isolation", "--editable", "."])
    return all(run(step) for step in steps)


def set_up(environment: Environment) -> None:
    """Brings one environment to what its locks say; does nothing where it is.

    Raises:
        SetupError: It could not be made; the message names the way out.
    """
    if environment.is_current():
        return
    python, uv = tools()
    prepare_folder(environment)
    say(f"Installiere die Umgebung {environment.folder} ({environment.purpose}) …")
    is_done = bool(uv) and install_with_uv(environment, python, str(uv))
    if not is_done:
        say("Versuche es mit pip …")
        is_done = install_with_pip(environment, python)
    if not is_done:
        raise SetupError(_why_installing_failed(environment))
    (environment.path / _STAMP).write_text(environment.wanted_stamp())
    (environment.path / _UNFINISHED).unlink()


def _why_installing_failed(environment: Environment) -> str:
    free_megabytes = shutil.disk_usage(str(ROOT)).free // 2**20
    if free_megabytes < _NEEDED_MEGABYTES:
        return (
            f"Auf der Festplatte sind nur noch {free_megabytes} MB frei, die "
            f"Einrichtung braucht etwa {_NEEDED_MEGABYTES} MB: Bitte Platz schaffen "
            "und den Befehl wiederholen."
        )
    return (
        f"Die Pakete für {environment.folder} ließen sich nicht installieren (Grund: "
        "siehe oben): Bitte die Internetverbindung prüfen und den Befehl wiederholen."
    )


def main(arguments: Sequence[str] | None = None) -> int:
    """Sets up what is missing.

    Returns:
        0, or 1 where it could not.
    """
    parser = argparse.ArgumentParser(description="Richtet Kumpel Krefeld ein.")
    parser.add_argument(
        "--contract",
        action="store_true",
        help="auch die Umgebung der Vertragstests einrichten",
    )
    wanted = [MAIN]
    if parser.parse_args(arguments).contract:
        wanted.append(CONTRACT)
    if all(environment.is_current() for environment in wanted):
        return 0
    try:
        with only_one():
            for environment in wanted:
                set_up(environment)
    except SetupError as error:
        print(f"Fehler: {error}", file=sys.stderr)
        return 1
    except OSError as error:
        # A full disk and a folder without write permission end here.
        print(
            f"Fehler: Die Einrichtung kann nicht schreiben ({error.strerror}: "
            f"{error.filename or ROOT}): Bitte Platz oder Schreibrechte schaffen und "
            "den Befehl wiederholen.",
            file=sys.stderr,
        )
        return 1
    except KeyboardInterrupt:
        print("Abgebrochen; ein neuer Aufruf setzt fort.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
