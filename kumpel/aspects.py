"""The twelve things that citizens ask about a service."""

from __future__ import annotations

ASPECTS = (
    "overview",
    "documents",
    "fee",
    "opening_hours",
    "location",
    "contact",
    "form",
    "appointment",
    "duration",
    "deadline",
    "status",
    "eligibility",
)
