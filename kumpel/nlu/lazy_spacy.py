"""Loads the German spaCy pipeline without reading every message by it."""

from __future__ import annotations

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.utils.spacy_utils import SpacyNLP


# A loader and nothing else: then Rasa has one node for it instead of two that would
# each load the pipeline (3 s and 150 MB), and none that every message waits for.
@DefaultV1Recipe.register(
    DefaultV1Recipe.ComponentType.MODEL_LOADER,
    is_trainable=False,
    model_from="LazySpacyNLP",
)
class LazySpacyNLP(SpacyNLP):
    """Hands the pipeline to the components that ask for it by `model_from`.

    Rasa's own SpacyNLP makes a document of every message, a seventh of the time that
    understanding takes. Most messages name no place, and then nobody reads it.
    """
