"""Answers and offers that would make a drill harder where it should get easier."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library

ANSWERS = """\
  too easy: {turn: distance up, say: Farther.}
  too hard: {turn: weight down, say: Less.}
when pain: {lighter: 20%, or go to: easy plank}
"""

Told = Callable[[str], list[tuple[str, str, str]]]


@pytest.fixture
def told(shelf: Callable[..., Library], texts: dict[str, str], tmp_path: Path) -> Told:
    """Severity, message and hint of everything that is said of the small drill with other answers."""

    def tell(answers: str) -> list[tuple[str, str, str]]:
        assert ANSWERS in texts["drill"]
        library = shelf(drill=texts["drill"].replace(ANSWERS, answers))
        found = check_paths([tmp_path / "plank.yaml"], library)
        return [(d.severity, d.message, d.hint) for d in found if Path(d.file).name == "plank.yaml"]

    return tell


def test_pain_never_makes_the_weight_heavier(told: Told) -> None:
    said = told("  too easy: {turn: weight up}\nwhen pain: {turn: weight up}\n")
    assert said == [("error", "after pain the weight would be heavier", "write weight down")]


def test_pain_does_not_turn_a_dial_the_way_too_easy_does(told: Told) -> None:
    message = "after pain the drill would be harder: this turns 'distance' as 'too easy' does"
    said = told("  too easy: {turn: distance down}\nwhen pain: {turn: distance down}\n")
    assert said == [("error", message, "write distance up")]


def test_pain_does_not_turn_a_dial_against_too_hard(told: Told) -> None:
    message = "after pain the drill would be harder: this turns 'distance' against 'too hard'"
    said = told("  too hard: {turn: distance down}\nwhen pain: {turn: distance up}\n")
    assert said == [("error", message, "write distance down")]


def test_answers_that_turn_the_weight_the_wrong_way_are_warned_of(told: Told) -> None:
    assert told("  too easy: {turn: weight down}\n  too hard: {turn: weight up}\n") == [
        ("warning", "'too easy' makes the weight lighter here", "write weight up"),
        ("warning", "'too hard' makes the weight heavier here", "write weight down"),
    ]


def test_too_hard_that_turns_a_dial_like_too_easy_is_told_once(told: Told) -> None:
    said = told("  too easy: {turn: distance up}\n  too hard: {turn: distance up}\nwhen pain: {turn: distance down}\n")
    assert said == [("warning", "'too hard' turns 'distance' the same way as 'too easy'", "write distance down")]


@pytest.mark.parametrize(
    "answers",
    [
        "  too easy: {turn: distance down}\n  too hard: {turn: distance up}\nwhen pain: {turn: distance up}\n",
        "  too easy: {turn: weight up}\n  too hard: {turn: distance down}\nwhen pain: {turn: distance down}\n",
        "  skip: {say: Then on.}\nwhen pain: {turn: distance up}\n",
    ],
)
def test_a_dial_of_which_less_is_harder_may_be_turned_up_when_it_hurts(told: Told, answers: str) -> None:
    assert told(answers) == []
