"""Compiles the locks from `requirements/*.in`: `make lock`.

A lock holds names, versions and hashes of the whole closure for Linux on x86_64 and
aarch64, but no address: where packages come from is up to the machine.
"""

from __future__ import annotations

import re
import subprocess
import sys

from bootstrap import MAIN, REQUIREMENTS, ROOT
from uv_tool import find_uv, get_uv

# pyproject.toml tells uv to solve for these machines only. It repeats that in every
# line; our environments are Linux with Python 3.10 anyway.
_EVERYWHERE = (
    "python_full_version < '3.11' and ((platform_machine == 'aarch64' and "
    "sys_platform == 'linux') or (platform_machine == 'x86_64' and "
    "sys_platform == 'linux'))"
)
_HEADER = "# Compiled from {source} by `make lock`; do not edit.\n"


def compile_lock(uv: str, name: str, *constraints: str) -> None:
    """Writes `requirements/<name>.lock` from `requirements/<name>.in`.

    Versions of the old lock are kept where they still fit.

    Args:
        uv: Path of uv.
        name: Stem of both files.
        constraints: Names of locks whose versions this one must share.

    Raises:
        subprocess.CalledProcessError: No versions fit together.
    """
    lock = REQUIREMENTS / f"{name}.lock"
    command = [uv, "pip", "compile", "--quiet", "--universal", "--generate-hashes"]
    command += ["--no-emit-index-url", "--no-header", "--no-annotate"]
    command += ["--python-version", "3.10", "--python", str(MAIN.python)]
    for constraint in constraints:
        command += ["--constraint", str(REQUIREMENTS / constraint)]
    command += [str(REQUIREMENTS / f"{name}.in"), "--output-file", str(lock)]
    subprocess.run(command, cwd=ROOT, check=True)
    text = lock.read_text().replace(f" ; {_EVERYWHERE}", "")
    if re.search(r"\w+://|^-", text, flags=re.MULTILINE):
        sys.exit(f"{lock} holds an address or an option: see requirements/{name}.in")
    lock.write_text(_HEADER.format(source=f"{name}.in") + text)


def main() -> int:
    """Compiles every lock.

    Returns:
        0, or 1 where uv cannot be had or versions do not fit together.
    """
    uv = find_uv(ROOT) or get_uv(ROOT)
    if uv is None:
        print("Fehler: uv fehlt; bitte mit pip installieren.", file=sys.stderr)
        return 1
    try:
        compile_lock(uv, "bootstrap")
        compile_lock(uv, "build")
        compile_lock(uv, "runtime", "build.lock")
        compile_lock(uv, "development", "runtime.lock")
        compile_lock(uv, "contract")
    except subprocess.CalledProcessError:
        print("Fehler: Die Versionen passen nicht zusammen.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
