"""Every mistake in an input file is named with file and line."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from kumpel.errors import InvalidInputError
from kumpel.evaluation.input_files import (
    known_services,
    read_dialogues,
    read_out_of_scope,
    read_questions,
)

SERVICES = {"reisepass", "wohngeld"}
GOOD = {"text": "Was?", "service": ["reisepass"], "aspect": ["fee"], "style": "typo"}


def line(**changes: Any) -> str:
    values = {**GOOD, **changes}
    return json.dumps({k: v for k, v in values.items() if v is not ...})


def test_a_question_keeps_its_labels_and_other_keys_do_not_matter(
    tmp_path: Path,
) -> None:
    path = tmp_path / "q.jsonl"
    path.write_text(line(hard=True) + "\n\n" + line(text="a\u2028b\u0085c") + "\n")

    first, second = read_questions(path, SERVICES)

    assert (first.services, first.aspects) == (("reisepass",), ("fee",))
    assert first.style == "typo"
    assert second.text == "a\u2028b\u0085c"


def test_a_byte_order_mark_and_windows_lines_are_read(tmp_path: Path) -> None:
    path = tmp_path / "q.jsonl"
    path.write_bytes(b"\xef\xbb\xbf" + f"{line()}\r\n{line()}\r\n".encode())

    assert len(read_questions(path, SERVICES)) == 2


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ("{", "kein gültiges JSON"),
        ("nothing", "kein gültiges JSON"),
        ('{"text": "a"} {"text": "b"}', "kein gültiges JSON"),
        ("[1, 2]", "Schlüssel mit Werten erwartet"),
        ("null", "Schlüssel mit Werten erwartet"),
        (line(text=...), "'text' fehlt"),
        (line(text=None), "'text' muss Text sein"),
        (line(text=115), "'text' muss Text sein"),
        (line(text=""), "'text' ist leer"),
        (line(service=...), "'service' fehlt"),
        (line(service="reisepass"), "'service' muss eine Liste"),
        (line(service=[]), "'service' ist leer"),
        (line(service=[1]), "'service' muss eine Liste"),
        (line(service=["reisepas"]), "'service': 'reisepas' ist unbekannt"),
        (line(service=["reisepass", "x"]), "'service': 'x' ist unbekannt"),
        (line(aspect=...), "'aspect' fehlt"),
        (line(aspect=["price"]), "'aspect': 'price' ist unbekannt"),
        (line(aspect=[]), "'aspect' ist leer"),
        (line(style=...), "'style' fehlt"),
        (line(style=7), "'style' muss Text sein"),
        (line(style=["typo"]), "'style' muss Text sein"),
    ],
)
def test_a_wrong_question_is_named_with_its_line(
    tmp_path: Path, bad: str, message: str
) -> None:
    path = tmp_path / "questions.jsonl"
    path.write_text(f"{line()}\n\n{bad}\n{line()}\n")

    with pytest.raises(InvalidInputError) as caught:
        read_questions(path, SERVICES)

    assert str(caught.value).startswith(f"{path}, Zeile 3: ")
    assert message in str(caught.value)


@pytest.mark.parametrize("content", ["", "\n \n"])
def test_an_empty_file_is_a_mistake(tmp_path: Path, content: str) -> None:
    path = tmp_path / "empty"
    path.write_text(content)

    for read in (
        lambda: read_questions(path, SERVICES),
        lambda: read_out_of_scope(path),
        lambda: read_dialogues(path, SERVICES),
    ):
        with pytest.raises(InvalidInputError, match="empty: enthält keine"):
            read()


def test_a_file_that_is_missing_a_folder_or_no_text_is_named(tmp_path: Path) -> None:
    binary = tmp_path / "binary.jsonl"
    binary.write_bytes(f"{line()}\n".encode() + b"\xff\xfe\n")

    with pytest.raises(InvalidInputError, match="Zeile 2: kein UTF-8"):
        read_questions(binary, SERVICES)
    with pytest.raises(InvalidInputError, match="nicht lesbar"):
        read_questions(tmp_path / "missing.jsonl", SERVICES)
    with pytest.raises(InvalidInputError, match="nicht lesbar"):
        read_questions(tmp_path, SERVICES)


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({"text": "a"}, "'kind' fehlt"),
        ({"kind": "weather"}, "'text' fehlt"),
        ({"text": "a", "kind": 1}, "'kind' muss Text sein"),
        ({"text": "a", "kind": "b", "must_contain_any": "112"}, "muss eine Liste"),
        (
            {"text": "a", "kind": "b", "must_contain_any": ["112", "(110"]},
            r"der Ausdruck '\(110' ist falsch",
        ),
    ],
)
def test_a_wrong_message_out_of_scope_is_named(
    tmp_path: Path, bad: dict[str, Any], message: str
) -> None:
    path = tmp_path / "out.jsonl"
    path.write_text('{"text": "Hallo", "kind": "chitchat"}\n' + json.dumps(bad))

    with pytest.raises(InvalidInputError, match=f"Zeile 2: .*{message}"):
        read_out_of_scope(path)


DIALOGUES = """\
- id: d01
  title: Erster
  turns:
  - user: hallo
    expect:
      service: null
      aspect: null
      must_contain_any: [Tag]
      must_not: []
  - user: was kostet der pass
    expect: {service: reisepass, aspect: [fee, overview]}
- id: d02
  turns:
  - user: 'ja'
    expect: {}
"""


def test_dialogues_keep_what_is_asserted_and_what_is_not(tmp_path: Path) -> None:
    path = tmp_path / "dialogues.yaml"
    path.write_text(DIALOGUES)

    first, second = read_dialogues(path, SERVICES)

    greeting, fee = (turn.expect for turn in first.turns)
    assert (greeting.service, greeting.aspects) == (None, None)
    assert greeting.must_contain_any[0].search("guten\ntag")
    assert greeting.must_contain_any[0].flags & re.DOTALL
    assert (fee.service, fee.aspects) == ("reisepass", ("fee", "overview"))
    assert fee.must_not == ()
    assert second.turns[0].user == "ja"


@pytest.mark.parametrize(
    ("old", "new", "line_number", "message"),
    [
        ("- id: d02", "- id: d01", 12, "id 'd01' gibt es schon"),
        ("- id: d02\n  turns", "- turns", 12, "'id' fehlt"),
        ("id: d02", "id: 2", 12, "'id' muss Text sein"),
        ("user: 'ja'", "user: yes", 14, "'user' muss Text sein, nicht True"),
        ("\n  - user: 'ja'\n    expect: {}", " []", 12, "'turns' muss eine Liste"),
        ("    expect: {}", "    expect: []", 14, "Schlüssel mit Werten erwartet"),
        ("\n    expect: {}", "", 14, "'expect' fehlt"),
        ("service: reisepass", "service: pass", 11, "'pass' ist unbekannt"),
        ("service: reisepass", "service: [reisepass]", 11, "'service' muss Text"),
        ("[fee, overview]", "[price]", 11, "'price' ist unbekannt"),
        ("[fee, overview]", "fee", 11, "'aspect' muss eine Liste"),
        ("[Tag]", "[Tag, '*']", 6, r"der Ausdruck '\*' ist falsch"),
        ("must_not: []", "must_not: x", 6, "'must_not' muss eine Liste"),
        ("must_not: []", "service: reisepass", 9, "'service' steht doppelt"),
        ("[Tag]", "[Tag", 9, "kein gültiges YAML"),
    ],
)
def test_a_wrong_dialogue_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line_number: int, message: str
) -> None:
    path = tmp_path / "dialogues.yaml"
    assert old in DIALOGUES
    path.write_text(DIALOGUES.replace(old, new))

    with pytest.raises(InvalidInputError, match=f"Zeile {line_number}: .*{message}"):
        read_dialogues(path, SERVICES)


@pytest.mark.parametrize("content", ["- a", "a: 1", "text", "[]", "- id: x\n\tb: 1"])
def test_yaml_that_is_no_list_of_dialogues_is_refused(
    tmp_path: Path, content: str
) -> None:
    path = tmp_path / "dialogues.yaml"
    path.write_text(content)

    with pytest.raises(InvalidInputError, match=r"dialogues\.yaml"):
        read_dialogues(path, SERVICES)


def test_yaml_makes_no_python_objects(tmp_path: Path) -> None:
    path = tmp_path / "dialogues.yaml"
    path.write_text("- !!python/object/apply:os.getcwd []\n")

    with pytest.raises(InvalidInputError, match="Zeile 1"):
        read_dialogues(path, SERVICES)


def test_the_services_are_those_of_the_project() -> None:
    assert len(known_services()) == 171
