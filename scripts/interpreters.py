"""Finds a Python 3.10 that really runs; Rasa 3.6 works with no other version.

Only the standard library, and nothing newer than Python 3.8: it runs on whatever
Python the machine has.
"""

from __future__ import annotations

import glob
import os
import subprocess
from collections.abc import Iterator

# Debian ships Python in pieces and pyenv compiles what it finds headers for: an
# interpreter without these starts well and fails in the middle of the installation.
_PROBE = (
    "import sys, ssl, sqlite3, zlib, bz2, ctypes, hashlib;"
    "sys.stdout.write('%d.%d' % sys.version_info[:2])"
)
_PROBE_TIMEOUT_IN_SECONDS = 30


# Debian's and Ubuntu's list of certificates, which a city's IT extends with its own.
_CERTIFICATES = "/etc/ssl/certs/ca-certificates.crt"


def clean_environment() -> dict[str, str]:
    """Returns the environment for tools that we start.

    Without what would bend another Python's imports, and with the system's
    certificates: pip and uv bring their own, and behind a proxy that opens TLS these
    are not enough.
    """
    misleading = {"PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV", "__PYVENV_LAUNCHER__"}
    environment = {k: v for k, v in os.environ.items() if k not in misleading}
    environment["PYTHONNOUSERSITE"] = "1"
    if os.path.isfile(_CERTIFICATES):
        environment.setdefault("SSL_CERT_FILE", _CERTIFICATES)
        environment.setdefault("PIP_CERT", _CERTIFICATES)
    return environment


def version_of(python: str) -> str | None:
    """Returns the version that `python` reports when run, such as "3.10".

    A shim of pyenv can lie on PATH for a version that is switched off: it exists, is
    executable, and fails. Hence the name of a file is never believed.

    Returns:
        None where it does not run or lacks a part of the standard library.
    """
    try:
        run = subprocess.run(
            [python, "-c", _PROBE],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            stdin=subprocess.DEVNULL,
            env=clean_environment(),
            timeout=_PROBE_TIMEOUT_IN_SECONDS,
            check=False,
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return run.stdout.decode("ascii", "replace") if run.returncode == 0 else None


def _candidates(uv: str | None) -> Iterator[str]:
    for folder in os.environ.get("PATH", "").split(os.pathsep):
        for name in ("python3.10", "python3", "python"):
            path = os.path.join(folder or ".", name)
            if os.access(path, os.X_OK):
                yield path
    homes = {os.environ.get("PYENV_ROOT", ""), os.path.expanduser("~/.pyenv")} - {""}
    for home in sorted(homes):
        pattern = os.path.join(glob.escape(home), "versions", "3.10*", "bin", "python")
        yield from sorted(glob.glob(pattern), reverse=True)
    if uv:
        found = subprocess.run(
            [uv, "python", "find", "--no-project", "3.10"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=clean_environment(),
            check=False,
        )
        path = found.stdout.decode().strip()
        if found.returncode == 0 and path:
            yield path


def find_python_310(uv: str | None) -> str | None:
    """Looks for Python 3.10 on PATH, among pyenv's versions and among uv's.

    Args:
        uv: A working uv, or None where there is none yet.

    Returns:
        The path of an interpreter that runs and is complete, else None.
    """
    seen = set()
    for path in _candidates(uv):
        real = os.path.realpath(path)
        # Every shim of pyenv is the same script, which asks for its own name.
        key = path if "shims" in path else real
        if key in seen:
            continue
        seen.add(key)
        if version_of(path) == "3.10":
            return path
    return None
