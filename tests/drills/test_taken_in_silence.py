"""What a script can hold that is right by its form and does not do what was meant: each is a warning at its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library
from voicecoach.words.marks import nearly_pauses

CASES = {
    "a dial of reps that starts elsewhere": (
        "dials:\n",
        "dials:\n  reps: {start: «8 reps, step: 1 reps, between: [4 reps, 12 reps]}\n",
        "'reps' is 10 above, and its dial starts at 8, which is what is done",
    ),
    "an implement that is misspelt": (
        "needs: [mat]",
        "needs: [«dumbells]",
        "'dumbell' is not the name of an implement",
    ),
    "nothing as a thing": ("needs: [mat]", "needs: [«none]", "'none' is taken for a thing that the drill needs"),
    "quotes of a word processor with a comma": (
        "after set: [Good.]",
        "after set: [\N{DOUBLE LOW-9 QUOTATION MARK}Good, «friend\N{LEFT DOUBLE QUOTATION MARK}]",
        "the comma before this makes two texts of it",
    ),
    "a number sign in a text": ("lift: Squeeze", "lift: Squeeze «#2", "nothing from '#2' on is said: it is a comment"),
    "a pause that is misspelt": ("[Good.]", "[Good. «(pasue 2s) Rest.]", "'(pasue 2s)' would be read out as it stands"),
    "a pause in other brackets": ("[Good.]", '["Good. «[pause] Rest."]', "'[pause]' would be read out as it stands"),
}


@pytest.mark.parametrize("case", CASES)
def test_it_is_warned_of_where_it_stands(
    shelf: Callable[..., Library], texts: dict[str, str], tmp_path: Path, case: str
) -> None:
    right, wrong, message = CASES[case]
    assert right in texts["drill"]
    text = texts["drill"].replace(right, wrong, 1)
    at = text.index("«")
    found = check_paths([tmp_path / "plank.yaml"], shelf(drill=text.replace("«", "")))
    place = (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    assert [d.severity for d in found if (d.line, d.column) == place and d.message.startswith(message)] == ["warning"]


def test_a_comment_behind_a_text_stays_a_comment(shelf, texts: dict[str, str], tmp_path: Path) -> None:
    library = shelf(drill=texts["drill"].replace("lift: Squeeze", "lift: Squeeze  # 2 words at most"))
    assert [d for d in check_paths([tmp_path / "plank.yaml"], library) if "comment" in d.message] == []


def test_a_spoken_form_is_given_once_whatever_the_capitals(shelf, texts: dict[str, str], tmp_path: Path) -> None:
    library = shelf(drill=texts["drill"] + "say as: {Hips: hipps, hips: heeps}\n")
    found = [(d.severity, d.line, d.column, d.message) for d in check_paths([tmp_path / "plank.yaml"], library)]
    assert ("error", 30, 23, "'hips' is written twice: capitals do not matter here") in found


@pytest.mark.parametrize("text", ["(paus)", "(pausing 1s)", "(2s)", "(wait 2 seconds)", "[pause 1s]", "<pause>"])
def test_what_was_meant_as_a_pause_is_found(text: str) -> None:
    assert list(nearly_pauses(f"Down. {text} Up.")) == [text]


@pytest.mark.parametrize(
    "text", ["(pause)", "(pause 2s)", "(Pause 0.5s)", "(please)", "(or two)", "[weight]", "(knees)"]
)
def test_other_words_in_brackets_are_no_pause(text: str) -> None:
    assert list(nearly_pauses(f"Down. {text} Up.")) == []
