"""What the check says about cues under a condition, and where it points."""

from __future__ import annotations

import pytest

from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library, shipped_scripts

HEAD = "kind: drill\nversion: 1\nname: hip lift\ngoal: Hips.\nsets: 3\nreps: 6\ntempo: 2-0-1-1\nrest: 30s\ncues:\n"
LINES = HEAD.count("\n")


def found(tmp_path, cues: str) -> list[tuple[int, int, str, str]]:
    path = tmp_path / "hip-lift.yaml"
    path.write_text(HEAD + cues, encoding="utf-8")
    diagnostics = check_paths([path], Library([tmp_path, shipped_scripts()]))
    return [(d.line - LINES, d.column, d.message, d.hint) for d in diagnostics]


@pytest.mark.parametrize(
    ("cues", "line", "column", "message", "hint"),
    [
        (
            "  setup:\n    - Lie down.\n    - frst time: Slowly.\n",
            3,
            7,
            "no condition called 'frst time'",
            "first time",
        ),
        ("  setup:\n    - Knees bent: feet flat.\n", 2, 7, "no condition called 'Knees bent'", "quotes around a text"),
        ("  setup:\n    - week 0: Slowly.\n", 2, 7, "no condition called 'week 0'", "week 1"),
        ("  setup:\n    - last set: Go.\n      week 1: Slow.\n", 2, 7, "one condition is needed", "with a hyphen"),
        ("  setup:\n    - Lie down.\n    - last set: Now {rps}.\n", 3, 21, "unknown variable {rps}", "reps"),
        ("  setup:\n    - last set: [Go., Then stop.]\n", 2, 28, "the coach would hear itself", "other words"),
        ("  setup:\n    - last set: [Go., '']\n", 2, 23, "the text is empty", ""),
        ("  setup:\n    - last set: '-w evil'\n", 2, 17, "cannot begin with a hyphen", ""),
        ("  setup:\n    - last set: {first time: Go.}\n", 2, 17, "a list is needed here", ""),
        ("  setup: Lie.\n  lower:\n    - last set: Down and down and down again\n", 3, 17, "to say", "fewer words"),
    ],
)
def test_a_mistake_under_a_condition_is_shown_where_it_stands(tmp_path, cues, line, column, message, hint):
    (first, *_) = found(tmp_path, cues)
    assert first[:2] == (line, column)
    assert message in first[2]
    assert hint in first[3]


@pytest.mark.parametrize("condition", ["first time", "last set", "after pain", "week 1", "week 12"])
def test_a_list_of_nothing_but_a_condition_is_right(tmp_path, condition):
    assert found(tmp_path, f"  setup:\n    - {condition}: Slowly.\n") == []


def test_a_line_that_the_coach_cannot_do_without_has_an_ordinary_wording(tmp_path):
    path = tmp_path / "flows" / "mine.yaml"
    path.parent.mkdir()
    head = "kind: flow\nversion: 1\nname: mine\nextends: standard\nlines:\n"
    path.write_text(f"{head}  set done:\n    - last set: There.\n", encoding="utf-8")
    library = Library([tmp_path, shipped_scripts()])
    (wrong,) = check_paths([path], library)
    assert (wrong.line, wrong.message) == (6, "the line 'set done' would be silent where no condition holds")
    path.write_text(
        f"{head}  set done:\n    - Rest {{rest}}.\n    - last set: There.\n".replace("Rest {rest}.", "'Rest {rest}.'"),
        encoding="utf-8",
    )
    assert check_paths([path], library) == []
