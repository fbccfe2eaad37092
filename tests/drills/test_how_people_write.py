"""What somebody writes who has not read the manual: each time the line, and a hint that says what to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library

WRITTEN = {
    "the numbers of a tempo with slashes": ("2-1-1-0", "«2/1/1/0", "joined by hyphens: 2-1-1-0", ""),
    "the numbers of a tempo with spaces": ("2-1-1-0", "«2 1 1 0", "joined by hyphens: 2-1-1-0", ""),
    "a time without its unit": ("rest: 45s", "rest: «45", "written like 45s, with its unit beside it", ""),
    "a time in words": ("rest: 45s", "rest: «45 seconds", "written like 45s, with its unit beside it", ""),
    "minutes in words": ("rest: 45s", "rest: «2 minutes", "written like 2m, with its unit beside it", ""),
    "a range of reps": ("reps: 10", "reps: «8-12", "a whole number", "a dial called 'reps'"),
    "no space after a colon": ("sets: 3", "«sets:3", "a space is missing after the colon of 'sets'", "'sets: 3'"),
    "no space after the colon of a first key": (
        "  setup:\n",
        "  «setup:Lie down.\n  reminder: Up.\n  finish:\n",
        "a space is missing after the colon of 'setup'",
        "'setup: Lie down.'",
    ),
    "bullets of a word processor": ("    - Lie down", "    «\u2022 Lie down", "does not begin a list item", "a hyphen"),
    "no space after a hyphen": ("    - Lie down", "    «-Lie down", "begin with a hyphen", "a space after its hyphen"),
    "quotes of a word processor": ("[Good.]", "[«\u201c{sets} of it.\u201d]", "is no quote here", "straight quotes"),
    "an apostrophe in single quotes": ("lift: Squeeze", "lift: «'Don't rush'", "the apostrophe ends", "double quotes"),
    "a number sign": ("lift: Squeeze", "«lift: #1", "'lift' has no value", "what follows a # is a comment"),
    "limits with a hyphen": ("[4 in, 16 in]", "«4-16 in", "a list is needed", "[4 in, 16 in]"),
    "limits with to": ("[4 in, 16 in]", "«4 in to 16 in", "a list is needed", "[4 in, 16 in]"),
    "things with a comma": ("needs: [mat]", "needs: «mat, wall", "one thing with a comma", "[mat, wall]"),
    "both sides": ("rest: 45s", "rest: 45s\nsides: «both", "'both' is not possible", "[left, right]"),
    "a cue every fourth rep": ("every 5 reps:", "«every 4th rep:", "unknown key", "'every 4 reps'"),
    "a cue every four reps": ("every 5 reps:", "«every four reps:", "unknown key", "'every 4 reps'"),
    "down for the way down": ("  lower:", "  «down:", "unknown key 'down'", "'lower'"),
    "a key of a flow": ("version: 1", "version: 1\n«extends: wall tap", "unknown key", "that is a key of a flow"),
    "a note": ("version: 1", "version: 1\n«notes: for Mrs. Miller", "unknown key", "begins with #"),
    "a sentence about pain": ("{lighter: 20%, or go to: easy plank}", "«go to easy plank", "keys", "lighter, turn, or"),
    "a command as it is said": ("  too hard: {turn", "  «not easy: {turn", "no command 'not easy'", "means 'too hard'"),
    "load for weight": ("after set: [Good.]", 'after set: "«{load} was good."', "unknown variable", "'weight'"),
    "a variable in other brackets": (
        "after set: [Good.]",
        'after set: "«[weight] was good."',
        "read out as it stands",
        "{weight}",
    ),
    "phrases with a comma": (
        "version: 1",
        "version: 1\nphrases:\n  too hard: «heavy going, no way",
        "this is one phrase",
        "[one, other]",
    ),
    "how far to turn": ("turn: distance up", "turn: «distance +1", "the name of a dial and up or down; how far", ""),
    "a key too far to the left before a list": ("  setup:\n", "«setup:\n", "not indented like the others", "spaces"),
}


IN_A_PROGRAMME = {
    "the name of a file": ("[plank, easy plank]", "[«plank.yaml, easy plank]", "a name is spoken", "name, plank"),
    "the path of a file": ("flow: standard", "flow: «flows/standard.yaml", "a name is spoken", "name, standard"),
    "a drill with its sets": (
        "[plank, easy plank]",
        "\n  - «plank: 3 sets\n  - easy plank",
        "a text",
        "the text alone",
    ),
    "a list without brackets": ("[plank, easy plank]", "«plank, easy plank", "a list is", "write [plank, easy plank]"),
    "a superset": ("version: 1", "version: 1\nsupersets: [«plank, easy plank]", "a list is needed", "[[goblet squat,"),
    "loads in brackets": (
        "version: 1",
        "version: 1\nequipment:\n  kettlebells: «[8, 12]",
        "a text",
        "without brackets",
    ),
    "a key of a drill": ("version: 1", "version: 1\n«sets: 3", "unknown key", "that is a key of a drill"),
    "a week in words": ("version: 1", "version: 1\nreminders:\n  «week one: Shoes.", "its number", "such as week 1"),
    "a pace in words": ("version: 1", "version: 1\nrate: «slow", "a whole number", "such as 150"),
    "a table as a list": ("version: 1", "version: 1\nsay as: «[RDL, R D L]", "keys with values", "without hyphens"),
    "exercises": ("drills: [", "«exercises: [", "unknown key 'exercises'", "did you mean 'drills'?"),
}


@pytest.mark.parametrize("case", IN_A_PROGRAMME)
def test_in_a_programme_too(shelf: Callable[..., Library], texts: dict[str, str], tmp_path: Path, case: str) -> None:
    right, wrong, message, hint = IN_A_PROGRAMME[case]
    assert right in texts["programme"]
    text = texts["programme"].replace(right, wrong, 1)
    at = text.index("«")
    found = check_paths([tmp_path / "morning.yaml"], shelf(programme=text.replace("«", "")))
    assert (found[0].line, found[0].column) == (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))
    assert message in found[0].message
    assert hint in found[0].hint


@pytest.mark.parametrize("case", WRITTEN)
def test_the_line_and_what_to_write_are_told(
    shelf: Callable[..., Library], texts: dict[str, str], tmp_path: Path, case: str
) -> None:
    right, wrong, message, hint = WRITTEN[case]
    assert right in texts["drill"]
    text = texts["drill"].replace(right, wrong, 1)
    at = text.index("«")
    library = shelf(
        drill=text.replace("«", ""),
        flow=texts["flow"].replace("phrases: [too hard]", "phrases: [too hard, not easy]"),
    )
    path = tmp_path / "plank.yaml"
    found = [d for d in check_paths([path], library) if Path(d.file).name == path.name]
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    said = [d for d in found if (d.line, d.column) == (line, column)]
    assert [d.message for d in said if message in d.message], found
    assert any(hint in d.hint for d in said), said
    assert found[0] in said


def test_a_key_without_a_value_is_told_once(shelf: Callable[..., Library], texts: dict[str, str], tmp_path: Path):
    library = shelf(drill=texts["drill"].replace("  lift: Squeeze", "  lift:"))
    assert [d.message for d in check_paths([tmp_path / "plank.yaml"], library)] == ["'lift' has no value"]


def test_a_word_the_ear_lacks_may_be_said_with_also(shelf, texts: dict[str, str], tmp_path: Path) -> None:
    library = shelf(drill=texts["drill"] + "phrases:\n  pain: [my hip pinches]\n")
    found = check_paths([tmp_path / "plank.yaml"], library, known_word=lambda word: word != "pinches")
    assert ["'also:'" in d.hint for d in found if "'pinches'" in d.message] == [True]
