"""All checks, in the order in which their findings help most."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kumpel.validation.checks import (
    actions,
    dialogue,
    files,
    forms,
    intents,
    letters,
    responses,
    services,
    tables,
    training,
)
from kumpel.validation.problem import Problem
from kumpel.validation.project import Project

Check = Callable[[Project], Iterator[Problem]]

#: What makes the other checks pointless: they would report what was not read.
READING: tuple[Check, ...] = (files.unreadable_files, files.merge_leftovers)

CHECKS: tuple[Check, ...] = (
    files.keys_that_stand_twice,
    files.test_files_in_data,
    files.other_files_in_data,
    letters.look_alike_letters,
    letters.unseen_characters,
    letters.decomposed_umlauts,
    training.unknown_keys,
    training.unknown_aspects,
    training.blocks_without_examples,
    training.lines_without_dash,
    training.forbidden_characters,
    training.unknown_entities,
    training.utterances_that_stand_twice,
    training.too_few_utterances,
    training.intents_of_several_files,
    services.services_without_training,
    services.training_without_service,
    services.categories_that_differ,
    services.seeds_that_contradict_their_path,
    services.foreign_intents_in_service_files,
    intents.intents_without_examples,
    intents.examples_of_unknown_intents,
    intents.intents_without_rule,
    responses.unused_responses,
    responses.missing_responses,
    responses.placeholders_nobody_fills,
    responses.responses_in_one_language,
    responses.facts_in_one_language,
    responses.malformed_variations,
    responses.wrong_buttons,
    actions.actions_without_code,
    actions.code_without_action,
    actions.actions_implemented_twice,
    actions.actions_never_called,
    forms.forms_that_swallow_questions,
    forms.free_text_without_conditions,
    forms.slots_without_question,
    forms.forms_without_validation,
    forms.unknown_form_names,
    forms.slots_that_no_rule_needs,
    forms.unknown_slot_entities,
    dialogue.unknown_names,
    dialogue.unknown_slugs_in_labels,
    dialogue.doubled_names,
    dialogue.empty_stories,
    dialogue.contradictions,
    tables.lookups_that_hide_entries,
    tables.lookups_with_trailing_dots,
    tables.contradicting_synonyms,
)


def problems_of(project: Project) -> list[Problem]:
    """Runs all checks.

    Returns:
        What they find, by file and line. Where a file cannot be read, only that.
    """
    unread = _run(READING, project)
    return unread or _run(CHECKS, project)


def _run(checks: tuple[Check, ...], project: Project) -> list[Problem]:
    return sorted({problem for check in checks for problem in check(project)})
