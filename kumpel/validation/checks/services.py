"""Services of the portal and their training files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kumpel.validation.language_data import NLU_FOLDER
from kumpel.validation.problem import Place, Problem
from kumpel.validation.project import SEED_FOLDER, Project


def services_without_training(project: Project) -> Iterator[Problem]:
    """Finds services that the portal offers and nobody can ask for."""
    for slug, seed in project.seeds.items():
        if slug not in project.service_sources:
            wanted = NLU_FOLDER / seed.path.parent.name / f"{slug}.yml"
            yield Problem(
                seed.at(1),
                f"Zur Leistung „{slug}“ fehlen Beispielsätze. Bitte "
                f"{wanted.as_posix()} anlegen.",
            )


def training_without_service(project: Project) -> Iterator[Problem]:
    """Finds training files of services that the portal does not have."""
    if not project.seeds:
        yield Problem(
            Place(SEED_FOLDER, 1), "Hier liegen keine Leistungen des Portals."
        )
        return
    for slug, source in project.service_sources.items():
        if slug not in project.seeds:
            yield Problem(
                source.at(1),
                f"Die Leistung „{slug}“ gibt es im Portal nicht. Bitte die Datei nach "
                f"dem Slug benennen, oder {_seed(source.path)} anlegen.",
            )


def categories_that_differ(project: Project) -> Iterator[Problem]:
    """Finds files whose folder is not the category of their service."""
    for slug, source in project.service_sources.items():
        seed = project.seeds.get(slug)
        if seed and seed.path.parent.name != source.path.parent.name:
            right = NLU_FOLDER / seed.path.parent.name / source.path.name
            yield Problem(
                source.at(1),
                f"Die Leistung gehört im Portal zu „{seed.path.parent.name}“. Bitte "
                f"die Datei nach {right.as_posix()} verschieben.",
            )


def seeds_that_contradict_their_path(project: Project) -> Iterator[Problem]:
    """Finds portal files whose slug or category is not what their path says."""
    for slug, seed in project.seeds.items():
        for key, wanted in (("slug", slug), ("category", seed.path.parent.name)):
            found = seed.content.get(key)
            if found != wanted:
                yield Problem(
                    seed.at(seed.content.line_of(key)),
                    f"„{key}“ ist „{found}“, Ordner und Dateiname sagen „{wanted}“. "
                    "Bitte angleichen.",
                )


def foreign_intents_in_service_files(project: Project) -> Iterator[Problem]:
    """Finds sentences of another intent in a service's file."""
    for block in project.blocks:
        slug = block.source.path.stem
        if block.kind != "intent" or project.service_sources.get(slug) != block.source:
            continue
        if block.name != f"service/{slug}":
            yield Problem(
                block.place,
                f"In dieser Datei steht nur „service/{slug}“, hier aber "
                f"„{block.name}“. Bitte den Namen ändern oder den Abschnitt "
                "verschieben.",
            )


def _seed(path: Path) -> str:
    return (SEED_FOLDER / path.parent.name / path.name).as_posix()
