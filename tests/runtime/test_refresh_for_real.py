"""A changed file in a real training, and what Rasa makes of the result."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
import yaml
from rasa.core.agent import Agent

from kumpel.errors import StartError
from kumpel.runtime.model import newest_model, train

CONFIG = {
    "recipe": "default.v1",
    "assistant_id": "refreshed",
    "language": "de",
    "importers": [{"name": "kumpel.nlu.data_importer.LanguageDataImporter"}],
    "pipeline": [
        {
            "name": "kumpel.nlu.understanding_classifier.UnderstandingClassifier",
            "memory": ".rasa/understanding",
        }
    ],
    "policies": [{"name": "RulePolicy"}],
}
DOMAIN = {"version": "3.1", "intents": ["service", "greet"]}
THINGS = {"hund": ("Hund", "Welpe", "Dackel"), "pass": ("Reisepass", "Pass", "Visum")}
VERBS = ("anmelden", "abmelden", "suchen", "finden", "holen", "kaufen", "verloren")


def write(project: Path, slug: str, *more: str) -> None:
    lines = [f"{thing} {verb}" for thing in THINGS[slug] for verb in VERBS] + [*more]
    blocks = [
        {"intent": f"service/{slug}", "examples": "".join(f"- {x}\n" for x in lines)},
        {
            "intent": f"service/{slug}",
            "metadata": {"aspect": "fee"},
            "examples": "".join(f"- was kostet {x}\n" for x in THINGS[slug]),
        },
    ]
    content = yaml.safe_dump({"version": "3.1", "nlu": blocks}, allow_unicode=True)
    (project / "data" / "nlu" / f"{slug}.yml").write_text(content, encoding="utf-8")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A small project that Rasa trained."""
    (tmp_path / "data" / "nlu").mkdir(parents=True)
    (tmp_path / "config.yml").write_text(yaml.safe_dump(CONFIG))
    (tmp_path / "domain.yml").write_text(yaml.safe_dump(DOMAIN))
    for slug in THINGS:
        write(tmp_path, slug)
    train(lambda _: None, tmp_path / "training.log", tmp_path)
    return tmp_path


def test_rasa_loads_a_refreshed_model_and_understands_the_new_sentence(
    project: Path,
) -> None:
    write(project, "hund", "Wuffi Wuffi")
    said: list[str] = []
    model = train(said.append, project / "training.log", project)

    assert not any("Sprachmodell (" in line for line in said), said
    agent = Agent.load(str(model))
    parsed = asyncio.run(agent.parse_message("wuffi wuffi"))
    assert parsed["understanding"]["services"][0]["slug"] == "hund"
    assert parsed["understanding"]["services"][0]["evidence"] > 0
    cost = asyncio.run(agent.parse_message("was kostet ein Pass"))
    assert cost["understanding"]["services"][0]["slug"] == "pass"
    assert cost["understanding"]["aspects"][0]["aspect"] == "fee"


def test_a_broken_file_is_named_and_leaves_the_model_as_it_was(project: Path) -> None:
    before = newest_model(project / "models")
    (project / "data" / "nlu" / "bad.yml").write_text("nlu:\n- intent: greet\n")
    with pytest.raises(StartError, match=r"bad\.yml"):
        train(lambda _: None, project / "training.log", project)
    assert newest_model(project / "models") == before
