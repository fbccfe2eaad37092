"""Diagnostics read the same for people, programs and workflows, and cannot act on a terminal."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.drills.diagnostics import Diagnostic, did_you_mean, in_order, render_all, render_text

ONE = Diagnostic(
    "plank.yaml", 8, 1, "error", "unknown key 'tempoo'", "did you mean 'tempo'?", "tempoo: 2-1-1-0", width=6
)


def test_text_shows_place_line_caret_and_hint() -> None:
    assert render_text(ONE) == (
        "plank.yaml:8:1: error: unknown key 'tempoo'\n8 | tempoo: 2-1-1-0\n  | ^~~~~~\n  = hint: did you mean 'tempo'?"
    )


def test_json_is_a_list_of_places_with_message_and_hint() -> None:
    assert json.loads(render_all([ONE], "json")) == [
        {
            "file": "plank.yaml",
            "line": 8,
            "column": 1,
            "severity": "error",
            "message": "unknown key 'tempoo'",
            "hint": "did you mean 'tempo'?",
        }
    ]
    assert json.loads(render_all([], "json")) == []


def test_github_escapes_what_its_commands_use() -> None:
    one = Diagnostic("a,b:c.yaml", 1, 2, "warning", "100 % of it", "two\nlines")
    assert render_all([one], "github") == (
        "::warning file=a%2Cb%3Ac.yaml,line=1,col=2::100 %25 of it%0Ahint: two%0Alines"
    )


@given(st.text(), st.text(), st.text(), st.integers(1, 400), st.integers(1, 50))
def test_nothing_a_file_holds_reaches_the_terminal_as_a_control_code(message, hint, excerpt, column, width) -> None:
    text = render_text(Diagnostic("x.yaml", 1, column, "error", message, hint, excerpt, width))
    assert all(c == "\n" or (c.isprintable() or c == " ") or ord(c) >= 0xA0 for c in text)
    assert "\x1b" not in text
    assert "\x9b" not in text


def test_a_caret_stands_under_its_place_in_a_long_line_and_after_wide_characters() -> None:
    long = render_text(Diagnostic("x", 1, 301, "error", "m", "", "a" * 300 + "B" + "a" * 300))
    shown, caret = long.split("\n")[1:]
    assert shown[caret.index("^")] == "B"
    wide = render_text(Diagnostic("x", 1, 3, "error", "m", "", "日本B"))
    assert wide.split("\n")[2].index("^") == len("1 | ") + 4


def test_the_same_thing_is_said_once_and_in_order() -> None:
    later = Diagnostic("plank.yaml", 9, 1, "error", "x")
    assert in_order([later, ONE, ONE]) == [ONE, later]


def test_a_suggestion_is_near_or_the_whole_short_list_or_nothing() -> None:
    assert did_you_mean("Tempoo", ["tempo", "reps"]) == "did you mean 'tempo'?"
    assert did_you_mean("zzz", ["tempo", "reps"]) == "known here: reps, tempo"
    assert did_you_mean("zzz", [f"name {n}" for n in range(40)]) == ""
