"""The pipeline of config.yml, as Rasa checks it before it trains."""

import yaml
from rasa.engine import validation
from rasa.engine.graph import GraphModelConfiguration
from rasa.engine.recipes.recipe import Recipe
from rasa.shared.data import TrainingType

from kumpel.settings import PROJECT_ROOT


def graph() -> GraphModelConfiguration:
    config = yaml.safe_load((PROJECT_ROOT / "config.yml").read_text(encoding="utf-8"))
    recipe = Recipe.recipe_for_name(config["recipe"])
    return recipe.graph_config_for_recipe(config, {}, TrainingType.BOTH)


def test_rasa_accepts_types_and_order_of_the_components() -> None:
    validation.validate(graph())


def test_no_message_waits_for_a_spacy_document_that_nobody_reads() -> None:
    nodes = graph().predict_schema.nodes
    of_spacy = [name for name in nodes if "SpacyNLP" in name]

    assert len(of_spacy) == 1
    assert nodes[of_spacy[0]].fn == "provide"
    extractor = next(
        node for name, node in nodes.items() if "CityEntityExtractor" in name
    )
    assert extractor.needs["model"] == of_spacy[0]
