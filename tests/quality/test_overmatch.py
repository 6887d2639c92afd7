"""Stolen utterances and what is done about them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kumpel.errors import InvalidInputError
from kumpel.nlu.thresholds import Thresholds
from kumpel.nlu.training import train
from kumpel.nlu.understanding import Example, Tuning
from kumpel.quality.overmatch import (
    FOLDS,
    Limits,
    Theft,
    cross_validated,
    fold_of,
    in_sample,
)
from kumpel.quality.overmatch_command import check_in_sample, line_of, main
from kumpel.quality.overmatch_exceptions import outdated, read_exceptions, without
from kumpel.validation.language_data import Utterance
from kumpel.validation.problem import Place

FILE = "data/nlu/steuern/hundesteuer.yml"
_WORDS = ("heute", "morgen", "bitte", "schnell", "online", "dringend", "jetzt", "noch",
          "hier", "endlich", "bald", "wieder")  # fmt: skip


def utterance(text: str, label: str, line: int = 1) -> Utterance:
    return Utterance(text, Place(Path(FILE), line), f"service/{label}", "overview")


def utterances() -> list[Utterance]:
    """Two services with words of their own, and one line in the wrong file."""
    dogs = [utterance(f"Hund {w} anmelden", "hund", i) for i, w in enumerate(_WORDS)]
    passes = [utterance(f"Reisepass {w} verlängern", "pass") for w in _WORDS]
    return [*dogs, *passes, utterance("Reisepass flott verlängern", "hund", 99)]


def test_an_utterance_in_the_wrong_file_is_named_with_its_thief() -> None:
    thefts = cross_validated(utterances(), penalty=1.0)

    assert [theft.utterance.text for theft in thefts] == ["Reisepass flott verlängern"]
    assert thefts[0].thief == "service/pass"
    assert thefts[0].thief_margin > thefts[0].own_margin
    line = line_of(thefts[0])
    assert line.startswith(f"{FILE}:99: „Reisepass flott verlängern“ service/hund ")


def test_the_trained_model_names_what_it_could_not_learn() -> None:
    data = utterances()
    # The very same words with the other label: nobody can learn that.
    data += [utterance("Hund heute anmelden", "pass", 7)]
    examples = [Example(each.text, each.intent, each.aspect) for each in data]
    examples += [Example("Was kostet das?", "aspect/fee", "fee")]

    thefts = in_sample(data, train(examples, Tuning(), Thresholds()))

    assert ("Hund heute anmelden", 7) in [
        (theft.utterance.text, theft.place.line) for theft in thefts
    ]


def test_a_fold_depends_on_words_only() -> None:
    folds = {fold_of(each) for each in utterances()}

    assert folds <= set(range(FOLDS))
    assert fold_of(utterance("Hund ANMELDEN!", "hund", 3)) == fold_of(
        utterance("hund anmelden", "pass", 9)
    )


@pytest.mark.parametrize(
    ("own", "thief", "is_sure"),
    [(-1.2, 0.6, True), (-1.2, 0.4, False), (-0.9, 0.6, False)],
)
def test_only_a_sure_thief_far_ahead_fails_the_gate(
    own: float, thief: float, is_sure: bool
) -> None:
    theft = Theft(utterance("x", "hund"), own, "service/pass", thief)

    assert theft.is_sure(Limits(least_thief_margin=0.5, least_gap=1.6)) is is_sure


def _exceptions(folder: Path, text: str) -> Path:
    path = folder / "exceptions.yml"
    path.write_text(text)
    return path


ENTRY = f"""in_sample:
cross_validated:
- file: {FILE}
  utterance: Reisepass flott verlängern
  reason: Der Hund braucht einen Pass.
"""


def test_a_judged_theft_is_left_alone(tmp_path: Path) -> None:
    data = utterances()
    thefts = cross_validated(data, penalty=1.0)
    judged = read_exceptions(_exceptions(tmp_path, ENTRY), "cross_validated")

    assert without(thefts, judged) == []
    assert list(outdated(judged, thefts, data)) == []


def test_an_entry_that_no_longer_applies_is_named(tmp_path: Path) -> None:
    data = utterances()
    judged = read_exceptions(_exceptions(tmp_path, ENTRY), "cross_validated")

    not_stolen = [why for _, why in outdated(judged, [], data)]
    gone = [why for _, why in outdated(judged, [], data[:3])]

    assert not_stolen == ["„Reisepass flott verlängern“ wird nicht mehr gestohlen."]
    assert gone == [
        f"Der Satz „Reisepass flott verlängern“ steht nicht mehr in {FILE}."
    ]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("cross_validated:\n- file: a\n  utterance: b\n", "Zeile 2"),
        ("cross_validated:\n- file: a\n  utterance: b\n  reason: ''\n", "Zeile 2"),
        ("cross_validated: ja\n", "Liste"),
        ("other: []\n", "'cross_validated' fehlt"),
        ("cross_validated: [\n", "Zeile"),
        ("", "erwartet"),
    ],
)
def test_a_wrong_list_of_exceptions_is_named(
    tmp_path: Path, text: str, place: str
) -> None:
    path = _exceptions(tmp_path, text)

    with pytest.raises(InvalidInputError, match=place) as caught:
        read_exceptions(path, "cross_validated")

    assert str(caught.value).startswith(str(path))


def test_a_missing_list_of_exceptions_is_named(tmp_path: Path) -> None:
    with pytest.raises(InvalidInputError, match=r"none\.yml: nicht lesbar"):
        read_exceptions(tmp_path / "none.yml", "in_sample")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project whose dog file holds a line about passports."""
    folder = tmp_path / "data" / "nlu" / "steuern"
    folder.mkdir(parents=True)
    for label in ("hund", "pass"):
        lines = [u.text for u in utterances() if u.intent == f"service/{label}"]
        (folder / f"{label}.yml").write_text(
            f'version: "3.1"\nnlu:\n- intent: service/{label}\n  examples: |\n'
            + "".join(f"    - {line}\n" for line in lines)
        )
    (tmp_path / "config.yml").write_text(
        "pipeline:\n- name: kumpel.nlu.x.UnderstandingClassifier\n  penalty: 1.0\n"
    )
    _exceptions(tmp_path, "cross_validated:\nin_sample:\n")
    return tmp_path


def _gate(project: Path, *more: str) -> int:
    exceptions = str(project / "exceptions.yml")
    return main(["--root", str(project), "--exceptions", exceptions, *more])


def test_the_command_names_file_and_line_and_fails(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _gate(project) == 1

    said = capsys.readouterr().out
    assert "data/nlu/steuern/hund.yml:17: „Reisepass flott verlängern“" in said
    assert "Bitte umformulieren" in said
    assert "Gestohlene Sätze: 1, Probleme: 1." in said


def test_the_command_passes_where_the_theft_was_judged(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _exceptions(project, ENTRY.replace("hundesteuer.yml", "hund.yml"))

    assert _gate(project) == 0

    assert "Gestohlene Sätze: 1, Probleme: 0." in capsys.readouterr().out


def test_the_command_fails_on_an_outdated_exception(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = _exceptions(project, ENTRY)

    assert _gate(project) == 1

    assert f"{path}, Zeile 3: Der Satz" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("broken", "reason"),
    [
        ("config.yml", "config.yml: nennt keinen UnderstandingClassifier"),
        ("exceptions.yml", "exceptions.yml: Schlüssel"),
    ],
)
def test_an_unusable_file_is_named(
    project: Path, capsys: pytest.CaptureFixture[str], broken: str, reason: str
) -> None:
    (project / broken).write_text("")

    assert _gate(project) == 2

    assert reason in capsys.readouterr().err


def test_without_utterances_there_is_nothing_to_check(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    _exceptions(tmp_path, "cross_validated:\nin_sample:\n")

    assert _gate(tmp_path) == 2

    assert "hat keine Übungssätze" in capsys.readouterr().err


def test_without_a_model_of_the_data_the_quick_check_says_so(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _gate(project, "--in-sample") == 2

    assert "make train" in capsys.readouterr().err


@pytest.mark.model
def test_the_product_gives_no_training_utterance_surely_to_another() -> None:
    _, problems = check_in_sample()

    assert problems == []
