"""What the catalogue of form assistants may contain."""

from __future__ import annotations

import re
from typing import Any, Literal

from pydantic import Field, validator

from portal.seed_models import SLUG, URL, Source, Strict

FieldType = Literal[
    "text", "textarea", "date", "email", "tel", "number", "plz", "select", "checkbox"
]


class FormField(Strict):
    """One input of a form."""

    name: str = Field(..., regex=r"^[a-z][A-Za-z0-9]{0,39}$")
    label: str
    type: FieldType = "text"
    required: bool = False
    personal: bool = False
    target: str | None = Field(None, regex=r"^[A-Za-z][A-Za-z0-9_.]{0,99}$")
    """Name of the Form-Solutions parameter that fills it."""
    hint: str | None = None
    options: list[str] = Field(default_factory=list)
    max_length: int = Field(200, ge=1, le=4000)
    pattern: str | None = None
    pattern_hint: str | None = None
    """What the pattern wants, in German."""

    @validator("options", always=True)
    def _select_has_options(
        cls, options: list[str], values: dict[str, Any]
    ) -> list[str]:
        if (values.get("type") == "select") != bool(options):
            raise ValueError("belongs to type select, and select needs it")
        if len(set(options)) != len(options):
            raise ValueError("names the same option twice")
        return options

    @validator("pattern")
    def _pattern_compiles(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise ValueError(f"is no regular expression: {error}") from error
        return pattern


class FieldSetsSeed(Strict):
    """`forms/_field_sets.yml`: fields that many forms share."""

    field_sets: dict[str, list[FormField]]


class FormSeed(Strict):
    """One form assistant."""

    id: str = Field(..., regex=SLUG)
    title: str
    service: str
    system: Literal["form-solutions", "link", "demonstration"]
    url: str | None = Field(None, regex=URL)
    """Address of the real form; none for a demonstration."""
    sid: str | None = Field(None, regex=r"^[0-9a-f]{24}$")
    """Address part of a demonstration form."""
    url_basis: Literal["source", "home_page", "own_knowledge"] | None = None
    intro: str | None = None
    field_sets: list[str] = Field(default_factory=list)
    fields: list[FormField] = Field(default_factory=list)
    source: Source | None = None

    @validator("sid", always=True)
    def _address_fits_the_system(
        cls, sid: str | None, values: dict[str, Any]
    ) -> str | None:
        if values.get("system") == "demonstration":
            if sid is None or values.get("url"):
                raise ValueError("a demonstration needs sid and has no url")
        elif not values.get("url") or sid:
            raise ValueError("a form elsewhere needs url and has no sid")
        return sid

    @validator("fields", always=True)
    def _only_demonstrations_have_fields(
        cls, fields: list[FormField], values: dict[str, Any]
    ) -> list[FormField]:
        has_fields = bool(fields or values.get("field_sets"))
        if has_fields != (values.get("system") == "demonstration"):
            raise ValueError("a demonstration needs fields; a form elsewhere has none")
        return fields


class FormsSeed(Strict):
    """`forms/<category>.yml`."""

    forms: list[FormSeed]
