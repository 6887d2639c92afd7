"""What several conformance cases of the ZMS citizen API need."""

from __future__ import annotations

import re
from typing import Any

import pytest
from booking_portal import (
    CitizenClient,
)

UNKNOWN_KEY = "a" * 64
JWT = re.compile(r"^[\w-]+\.[\w-]+\.[\w-]+$")


def relation_where(zms: CitizenClient, **flags: Any) -> tuple[dict[str, Any], int, int]:
    """Returns scope, office and service of an office whose scope has these flags."""
    found = zms.catalogue
    for office in found["offices"]:
        scope = office["scope"]
        if all(scope[name] == value for name, value in flags.items()):
            for relation in found["relations"]:
                if relation["officeId"] == office["id"] and zms.slots(
                    office["id"], relation["serviceId"]
                ):
                    return scope, office["id"], relation["serviceId"]
    pytest.skip(f"no scope with {flags} has free appointments")
