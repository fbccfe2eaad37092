"""Variables of a cue that tell of something the drill does not have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library

DRILL = """\
kind: drill
version: 1
name: heel raise
goal: Strong calves.
sets: 2
reps: 12
tempo: 2-0-1-1
rest: 30s
cues:
  setup: Stand on a stair.
  after set:
    - Good.
    - last set: "SAID"
"""

Told = Callable[[str], list[tuple[int, int, str, str]]]


@pytest.fixture
def told(tmp_path: Path) -> Told:
    """Line, column, severity and message of what is said of the drill, with another text after a set."""

    def tell(said: str, more: str = "") -> list[tuple[int, int, str, str]]:
        path = tmp_path / "heel-raise.yaml"
        path.write_text(DRILL.replace("SAID", said) + more, encoding="utf-8")
        found = check_paths([path], Library([tmp_path]))
        return [(d.line, d.column, d.severity, d.message) for d in found if "to say here" in d.message]

    return tell


@pytest.mark.parametrize(
    ("name", "lacks"),
    [
        ("hold", "'hold'"),
        ("held", "'hold'"),
        ("amrap", "'amrap'"),
        ("side", "'sides'"),
        ("weight", "'load'"),
        ("last weight", "'load'"),
        ("easier drill", "'go to' below 'when pain'"),
    ],
)
def test_a_variable_of_something_the_drill_does_not_have_is_warned_of(told: Told, name: str, lacks: str) -> None:
    message = f"{{{name}}} has nothing to say here: the drill has no {lacks}"
    assert told(f"Well done: {{{name}}}.") == [(13, 29, "warning", message)]


def test_variables_that_every_drill_fills_are_not_told(told: Told) -> None:
    assert told("{drill}, {sets} sets of {reps}, {rest} of rest.") == []


def test_with_what_they_tell_of_they_are_right(told) -> None:
    more = "sides: left, right\nload: {ask: How heavy?, step: 1 kg, between: [1 kg, 9 kg]}\n"
    assert told("The {side} with {weight}.", more) == []


def test_in_a_shared_list_the_text_is_named_where_the_drill_names_the_list(told, tmp_path: Path) -> None:
    (tmp_path / "calm.yaml").write_text('kind: cues\nversion: 1\nname: calm\ncues: ["Keep the {hold}."]\n', "utf-8")
    (found,) = told("Good.", "  finish: [shared: calm]\n")
    assert found[0] == 14
    assert found[3].startswith("'Keep the {hold}.' of the list 'calm': {hold} has nothing to say here")
