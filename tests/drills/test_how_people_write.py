"""What somebody writes who has not read the manual: each time the line, and a hint that says what to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library, shipped_scripts

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
    "numbers before the items": (
        '    - Lie down, {distance} from the wall.\n    - "{sets} sets of {reps}. Say start when ready."\n',
        "    «1. Lie down.\n    2. Stand up.\n",
        "1. does not begin a list item",
        "a hyphen",
    ),
    "a no-break space after a colon": ("sets: 3", "sets:«\u00a03", "a no-break space after the :", "a usual space"),
    "no-break spaces before a line": ("  lift:", "«\u00a0\u00a0lift:", "a no-break space at the beginning", "usual"),
    "a space without width": ("sets: 3", "sets: 3«\u200b", "an invisible character", "type the line again"),
    "words behind a quote": ("lift: Squeeze", 'lift: "Squeeze«" hard', "this quote ends the text", "single quotes"),
    "words behind a quote in a list": ("[Good.]", "['Good«' one.]", "this quote ends the text", "double quotes"),
    "a sign for more": ("lift: Squeeze", "lift: > «ninety degrees", "text cannot begin with | or >", "quotes around"),
    "a word without its spoken form": ("cues:", "say as: {«plank: }\ncues:", "'plank' has no value", "write one"),
    "the end of a document": ("cues:\n", "...\n«cues:\n", "the script has ended above this line", "a line '...'"),
    "no space after a hyphen": ("    - Lie down", "    «-Lie down", "begin with a hyphen", "a space after its hyphen"),
    "quotes of a word processor": ("[Good.]", "[«\u201c{sets} of it.\u201d]", "is no quote here", "straight quotes"),
    "an apostrophe in single quotes": ("lift: Squeeze", "lift: «'Don't rush'", "the apostrophe ends", "double quotes"),
    "a number sign": ("lift: Squeeze", "«lift: #1", "'lift' has no value", "what follows a # is a comment"),
    "a number for a text": ("lift: Squeeze", "lift: «1", "a text is needed here", "put quotes around it"),
    "a list of cues without its list": (
        "after set: [Good.]",
        "after set: «{shared: praise}",
        "a list is needed here",
        "write [shared: praise]",
    ),
    "a condition without its list": (
        "after set: [Good.]",
        "after set:\n    «last set: [Well done.]",
        "a list is needed here",
        "'- last set: …'",
    ),
    "a text with a colon below its key": (
        "after set: [Good.]",
        "after set:\n    «Remember: the knees.",
        "a list is needed here",
        "quotes around a text with a colon",
    ),
    "a cue after no rep": ("every 5 reps:", "«every 0 reps:", "unknown key 'every 0 reps'", "a number from 1 to 999"),
    "pause for rest": ("rest: 45s", "rest: 45s\n«pause: 30s", "unknown key 'pause'", "'rest'"),
    "a decimal comma in a load": ("  start: 15 lb", "  start: «7,5 lb", "a decimal has a point here: 7.5 lb", ""),
    "a decimal comma in a time": ("rest: 45s", "rest: «1,5 min", "a decimal has a point here: 1.5 min", ""),
    "a decimal comma in a tempo": ("2-1-1-0", "«2,5-1-1-0", "a decimal has a point here: 2.5", ""),
    "a load of tons": ("[5 lb, 200 lb]", "[5 lb, «20000 lb]", "at most four digits before the point", ""),
    "minutes and seconds of a dial": ("{start: 7 in,", "{start: «1:30,", "in seconds here: 90 s", ""),
    "one side": ("rest: 45s", "rest: 45s\nsides: «[left]", "too few items", "write [left, right]"),
    "nothing in brackets": ("needs: [mat]", "needs: «[]", "the list is empty", "take the line away"),
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
    "a dial of reps that is not there": (
        "turn: distance up",
        "turn: «reps up",
        "no dial called 'reps'",
        "such as reps: {start: 10 reps, step: 1 rep, between: [6 reps, 14 reps]}",
    ),
    "a rest after pain": ("or go to: easy plank", "or go to: «rest", "no drill called 'rest'", "a rest is offered"),
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
    "the days of a week": (
        "version: 1",
        "version: 1\n«days:\n  monday: [plank]",
        "unknown key 'days'",
        "write a file for each day",
    ),
    "one day": ("version: 1", "version: 1\n«Monday: [plank]", "unknown key 'Monday'", "write a file for each day"),
    "what is on a bar": ("version: 1", "version: 1\nequipment: {«barbell: 20 kg}", "unknown key", "'bar'?"),
    "a limit": (
        "version: 1",
        "version: 1\nphases: {one: {loads: {plank: {«max: 20 lb}}}}",
        "unknown key 'max'",
        "'at most'?",
    ),
    "a thing that is misspelt": ("version: 1", "version: 1\nequipment: {without: «matt}", "needs 'matt'", "'mat'?"),
    "a number in words": ("version: 1", "version: 1\nclean sessions: «two", "a whole number is needed", "write 2"),
    "phases as a list": (
        "version: 1",
        "version: 1\nphases:\n  «- name: learning",
        "keys with values",
        "such as 'learning:'",
    ),
    "a reminder of no week": (
        "version: 1",
        "version: 1\nreminders: «Shoes.",
        "keys with values",
        "'week 1: Flat shoes.'",
    ),
    "a name with a sign": ("name: morning", "name: «Morning!", "a name is spoken", "such as Morning"),
    "no version": ("kind: programme\nversion: 1\n", "«kind: programme\n", "'version' is missing", "add 'version: 1'"),
    "a drill to be written": (
        "[plank,",
        "[«calf pump, plank,",
        "no drill called",
        '`voicecoach new "calf pump"` begins',
    ),
    "a variable of two words": ("[Good morning.]", "['«{set count} sets.']", "unknown variable", "'sets'?"),
    "a variable among words": ("[Good morning.]", "['«{number of reps} reps.']", "unknown variable", "'reps'?"),
    "a misspelt variable of two words": ("[Good morning.]", "['«{nxet drill} then.']", "unknown", "'next drill'?"),
    "a variable that there is not": ("[Good morning.]", "['«{phase} today.']", "unknown", "docs/scripts.md lists"),
}


@pytest.mark.parametrize("case", IN_A_PROGRAMME)
def test_in_a_programme_too(shelf: Callable[..., Library], texts: dict[str, str], tmp_path: Path, case: str) -> None:
    right, wrong, message, hint = IN_A_PROGRAMME[case]
    assert right in texts["programme"]
    text = texts["programme"].replace(right, wrong, 1)
    at = text.index("«")
    path = tmp_path / "morning.yaml"
    found = [d for d in check_paths([path], shelf(programme=text.replace("«", ""))) if Path(d.file).name == path.name]
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


def test_a_command_of_ones_own_is_told_where_it_belongs(texts: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "plank.yaml"
    drill = texts["drill"].replace("  too hard: {turn", "  my knee clicks: {turn").replace(", or go to: easy plank", "")
    path.write_text(drill, encoding="utf-8")
    (found,) = [d for d in check_paths([path], Library([shipped_scripts()])) if "no command" in d.message]
    assert found.hint == "'too easy' is one, 'pain' another; one of your own stands in a flow that extends standard"


def test_a_figure_in_a_phrase_is_to_be_written_in_words(shelf, texts: dict[str, str], tmp_path: Path) -> None:
    library = shelf(drill=texts["drill"] + "phrases:\n  pain: [it hurts 5]\n")
    found = check_paths([tmp_path / "plank.yaml"], library, known_word=lambda word: word.isalpha())
    assert [d.hint.partition(";")[0] for d in found if "'5'" in d.message] == ["write the number in words"]


def test_no_time_is_ever_less_than_nothing(shelf, texts: dict[str, str], tmp_path: Path) -> None:
    library = shelf(drill=texts["drill"].replace("tempo: 2-1-1-0", "tempo: 0.5-0-0.5-0"))
    messages = [d.message for d in check_paths([tmp_path / "plank.yaml"], library)]
    assert "this takes about 0.8 seconds to say; 'lower' takes 0.5, nothing after the count" in messages
    assert any("the longest gap of a rep is" in message for message in messages)
    assert not any("-0." in message for message in messages)


def test_a_no_break_space_between_the_words_of_a_text_is_right(shelf, texts: dict[str, str], tmp_path: Path) -> None:
    library = shelf(drill=texts["drill"].replace("after set: [Good.]", "after set: [Heels 10\u00a0cm apart.]"))
    found = check_paths([tmp_path / "plank.yaml"], library)
    assert [d for d in found if d.severity == "error"] == []


def test_one_text_that_begins_with_a_number_is_no_list(shelf, texts: dict[str, str], tmp_path: Path) -> None:
    library = shelf(drill=texts["drill"].replace("lift: Squeeze", "lift: 1. Squeeze"))
    found = check_paths([tmp_path / "plank.yaml"], library)
    assert [d for d in found if d.severity == "error"] == []


def test_a_key_without_a_value_is_told_once(shelf: Callable[..., Library], texts: dict[str, str], tmp_path: Path):
    library = shelf(drill=texts["drill"].replace("  lift: Squeeze", "  lift:"))
    assert [d.message for d in check_paths([tmp_path / "plank.yaml"], library)] == ["'lift' has no value"]


def test_a_word_the_ear_lacks_may_be_said_with_also(shelf, texts: dict[str, str], tmp_path: Path) -> None:
    library = shelf(drill=texts["drill"] + "phrases:\n  pain: [my hip pinches]\n")
    found = check_paths([tmp_path / "plank.yaml"], library, known_word=lambda word: word != "pinches")
    assert ["'also:'" in d.hint for d in found if "'pinches'" in d.message] == [True]
