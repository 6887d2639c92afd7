"""What the figures were measured on; nothing that names the machine itself."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
from pathlib import Path
from typing import Any

_KIB_PER_GB = 1e9 / 1024


def describe_machine() -> dict[str, Any]:
    """Returns processor, memory, versions, and how busy the machine is already.

    ``load`` is the kernel's average number of running processes in the last minute:
    well above 0 somebody else was at work, and times are worth less.
    """
    return {
        "cpus": len(os.sched_getaffinity(0)),
        "cpu": _first(r"model name\s*:\s*(.+)", "/proc/cpuinfo", platform.machine()),
        "memory_gb": int(_first(r"MemTotal:\s*(\d+)", "/proc/meminfo", "0"))
        / _KIB_PER_GB,
        "load": os.getloadavg()[0],
        "system": platform.system(),
        "python": platform.python_version(),
        "rasa": importlib.metadata.version("rasa"),
        "tensorflow": importlib.metadata.version("tensorflow"),
    }


def _first(pattern: str, path: str, default: str) -> str:
    try:
        found = re.search(pattern, Path(path).read_text(encoding="utf-8"))
    except OSError:
        found = None
    return found[1].strip() if found else default
