"""Everything that `rasa data validate` lets pass is found."""

from __future__ import annotations

from pathlib import Path

from kumpel.validation.project import Project
from kumpel.validation.registry import problems_of


def _edit(root: Path, file: str, old: str, new: str) -> None:
    path = root / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def _sentences(root: Path) -> str:
    return "\n".join(map(str, problems_of(Project.read(root))))


def test_v1_all_that_rasa_lets_pass_is_found_at_once(root: Path) -> None:
    _edit(root, "domain.yml", "  - greet\n", "  - greet\n  - leere_absicht\n")
    _edit(
        root, "domain.yml", "responses:\n", 'responses:\n  utter_alt:\n  - text: "x"\n'
    )
    _edit(root, "domain.yml", "'/service{", "'/gibtsnicht{")
    _edit(root, "domain.yml", '{"service"', '{"quatsch"')
    _edit(root, "domain.yml", "kostet {fee}", "kostet {gibtsnicht}")
    _edit(root, "domain.yml", "utter_ask_description", "utter_ask_anderes")
    _edit(root, "domain.yml", "  - action_answer\n", "  - action_fehlt\n")
    found = _sentences(root)
    for words in (
        "„leere_absicht“ gibt es keine Beispielsätze",
        "„utter_alt“ sagt niemand",
        "Absicht „gibtsnicht“",
        "Entität „quatsch“",
        "Platzhalter {gibtsnicht}",
        "„utter_ask_description“",
        "„action_fehlt“ gibt es in actions/ nicht",
    ):
        assert words in found


def test_v2_answers_below_data_are_refused(root: Path) -> None:
    _edit(root, "data/rules/conversation.yml", "rules:", "responses: {}\nrules:")
    assert "Antworttexte gehören in domain.yml" in _sentences(root)


def test_v4_a_rule_file_with_the_name_of_a_test_is_refused(root: Path) -> None:
    rules = root / "data/rules"
    (rules / "conversation.yml").rename(rules / "test_conversation.yml")
    assert "data/rules/test_conversation.yml:1: " in _sentences(root)


def test_v6_a_short_lookup_entry_must_not_hide_a_longer_one(root: Path) -> None:
    _edit(root, "data/nlu/lookups/places.yml", "Krefeld-Uerdingen", "Hüls")
    _edit(root, "data/nlu/lookups/places.yml", "    - Krefeld\n", "    - Hüls Mitte\n")
    assert "„Hüls Mitte“ muss vor „Hüls“" in _sentences(root)


def test_v6_entries_that_only_begin_with_the_same_letters_may_stand(root: Path) -> None:
    _edit(root, "data/nlu/lookups/places.yml", "Krefeld-Uerdingen", "Krefeld")
    _edit(root, "data/nlu/lookups/places.yml", "    - Krefeld\n", "    - Krefelder\n")
    assert "Krefelder" not in _sentences(root)


def test_v7_a_word_marked_in_a_sentence_may_not_contradict_a_synonym(
    root: Path,
) -> None:
    _edit(
        root,
        "data/nlu/ausweise/reisepass.yml",
        "[Hüls](district)",
        "[Stadthaus](district:Technisches Rathaus)",
    )
    assert "„stadthaus“ steht hier" in _sentences(root).lower()


def test_f1_a_form_without_free_text_needs_no_ignored_intents(root: Path) -> None:
    text = (root / "domain.yml").read_text(encoding="utf-8")
    start, end = text.index("    ignored_intents"), text.index("actions:")
    (root / "domain.yml").write_text(text[:start] + text[end:], encoding="utf-8")
    assert "würde jede Zwischenfrage" in _sentences(root)
    _edit(root, "domain.yml", "type: from_text", "type: custom")
    assert "würde jede Zwischenfrage" not in _sentences(root)


def test_f7_rules_with_different_conditions_do_not_contradict_each_other(
    root: Path,
) -> None:
    _edit(
        root,
        "data/rules/conversation.yml",
        "rules:\n",
        "rules:\n  - rule: Eilig\n    condition:\n      - slot_was_set:\n"
        "          - is_urgent: true\n    steps:\n      - intent: service\n"
        "      - action: action_smalltalk\n",
    )
    assert "Widerspruch" not in _sentences(root)
    _edit(
        root,
        "data/rules/conversation.yml",
        "is_urgent: true\n    s",
        "is_urgent\n    s",
    )
    assert "Widerspruch" not in _sentences(root)


def test_f7_each_alternative_of_an_or_is_compared(root: Path) -> None:
    _edit(
        root,
        "data/rules/conversation.yml",
        "rules:\n",
        "rules:\n  - rule: Nichts verstanden\n    steps:\n"
        "      - intent: nlu_fallback\n"
        "      - action: action_smalltalk\n",
    )
    assert "Widerspruch in „Nachfrage“" in _sentences(root)
