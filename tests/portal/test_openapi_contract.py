"""What the portal promises in /openapi.json, asked by schemathesis."""

from __future__ import annotations

import subprocess
from pathlib import Path

import jsonschema
import pytest
from portal_server import Server

from kumpel.settings import PROJECT_ROOT
from portal.app import HANDLERS
from portal.specification import specification

SCHEMATHESIS = PROJECT_ROOT / ".venv-contract" / "bin" / "st"
CONFIGURATION = Path(__file__).with_name("schemathesis.toml")


def test_every_documented_operation_has_a_handler() -> None:
    assert {operation.id for operation in specification().operations} == set(HANDLERS)


def test_all_references_lead_somewhere_and_schemas_are_schemas() -> None:
    document = specification().document
    for schema in document["components"]["schemas"].values():
        jsonschema.Draft202012Validator.check_schema(schema)

    def walk(node: object) -> None:
        if isinstance(node, dict):
            reference = node.get("$ref")
            if reference:
                found = document
                for part in reference.removeprefix("#/").split("/"):
                    found = found[part]
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(document)


@pytest.mark.skipif(
    not SCHEMATHESIS.exists(), reason="schemathesis is not installed in .venv-contract"
)
def test_the_portal_keeps_what_its_document_promises(
    server: Server, tmp_path: Path
) -> None:
    result = subprocess.run(
        [
            str(SCHEMATHESIS),
            f"--config-file={CONFIGURATION}",
            "run",
            f"{server.url}/openapi.json",
            "--no-color",
        ],
        cwd=tmp_path,  # It keeps a cache in the folder where it runs.
        capture_output=True,
        text=True,
        timeout=540,
        check=False,
    )
    assert result.returncode == 0, result.stdout[-8000:] + result.stderr[-2000:]
