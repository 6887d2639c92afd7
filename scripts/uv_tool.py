"""Finds uv, which installs quickly and can fetch a Python, or gets it for us.

Only the standard library, and nothing newer than Python 3.8.
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from interpreters import clean_environment

_TOOLS = ".tools"
_LOCK = Path("requirements") / "bootstrap.lock"


def _run(command: list[str], cwd: Path | None = None) -> bool:
    try:
        run = subprocess.run(
            command,
            cwd=str(cwd) if cwd else None,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env=clean_environment(),
            check=False,
        )
    except OSError:
        return False
    return run.returncode == 0


def find_uv(root: Path) -> str | None:
    """Returns the path of a uv that runs, or None.

    Args:
        root: The project's folder; our own uv lies in its `.tools`.
    """
    places = [
        str(root / _TOOLS / "uv" / "bin" / "uv"),
        shutil.which("uv") or "",
        os.path.expanduser("~/.local/bin/uv"),
        os.path.expanduser("~/.cargo/bin/uv"),
    ]
    for place in places:
        # `python find` came with uv 0.3; an older one is as good as none.
        if place and _run([place, "python", "find", "--help"]):
            return place
    return None


def get_uv(root: Path) -> str | None:
    """Installs uv into the project's `.tools`, with whatever this machine offers.

    Each way works without root and leaves the system's own Python as it was: pip
    with `--target` is allowed even where the distribution guards its packages
    (PEP 668).

    Returns:
        The path of uv, or None where no way worked.
    """
    ways: list[Callable[[Path], bool]] = [_by_pip, _by_venv, _by_distribution]
    for way in ways:
        shutil.rmtree(root / _TOOLS, ignore_errors=True)
        if way(root):
            found = find_uv(root)
            if found:
                for helper in ("apt", "venv"):
                    shutil.rmtree(root / _TOOLS / helper, ignore_errors=True)
                return found
    shutil.rmtree(root / _TOOLS, ignore_errors=True)
    return None


def _install_with(pip: list[str], root: Path) -> bool:
    target = root / _TOOLS / "uv"
    lock = root / _LOCK
    return _run(
        [
            *pip,
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--no-deps",
            "--require-hashes",
            "--target",
            str(target),
            "-r",
            str(lock),
        ]
    )


def _by_pip(root: Path) -> bool:
    return _install_with([sys.executable, "-m", "pip"], root)


def _by_venv(root: Path) -> bool:
    folder = root / _TOOLS / "venv"
    if not _run([sys.executable, "-m", "venv", str(folder)]):
        return False
    return _install_with([str(folder / "bin" / "python"), "-m", "pip"], root)


def _by_distribution(root: Path) -> bool:
    """Unpacks pip from the distribution's package, which needs no root.

    Debian and Ubuntu leave pip and ensurepip out of `python3`. Their package
    python3-pip-whl holds pip as a wheel, and a wheel of pip runs from its file.
    """
    folder = root / _TOOLS / "apt"
    for name in ("lists/partial", "cache/archives/partial"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    apt = ["apt-get", "-qq", "-o", f"Dir::State::lists={folder}/lists"]
    apt += ["-o", f"Dir::Cache={folder}/cache", "-o", "APT::Sandbox::User="]
    package = "python3-pip-whl"
    if not _run(["apt-get", "-qq", "download", package], cwd=folder):
        # No package lists yet, as in a fresh container: our own copy of them.
        _run([*apt, "update"])
        if not _run([*apt, "download", package], cwd=folder):
            return False
    debs = glob.glob(str(folder / f"{package}_*.deb"))
    if not debs or not _run(["dpkg-deb", "-x", debs[0], str(folder / "files")]):
        return False
    wheels = glob.glob(str(folder / "files/usr/share/python-wheels/pip-*.whl"))
    return bool(wheels) and _install_with([sys.executable, f"{wheels[0]}/pip"], root)
