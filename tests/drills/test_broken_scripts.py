"""Each mistake is pointed at: the right file, line and column, in words that name it."""

from __future__ import annotations

from pathlib import Path

import pytest

from voicecoach.drills.check import check_paths
from voicecoach.drills.diagnostics import Diagnostic
from voicecoach.drills.flow import Flow
from voicecoach.drills.load import load_script
from voicecoach.drills.model import Drill

KNOWN = frozenset(
    [
        "stop",
        "now",
        "my",
        "back",
        "hurts",
        "ouch",
        "i'm",
        "dizzy",
        "start",
        "begin",
        "next",
        "drill",
        "too",
        "easy",
        "hard",
        "up",
        "down",
        "step",
        "resume",
    ]
)
MARK = "«"
"""In the changed text, where the caret must be."""

GREETING = "greeting: [Good morning.]"

# (kind, right text, broken text with the mark, part of the message, part of the hint)
PAUSED_HEARS = "    hears:\n      start:\n        - {if: red flag last time, to: finished}\n        - {to: working}\n"
CASES = [
    ("drill", "tempo: 2-1-1-0", "«tempoo: 2-1-1-0", "unknown key 'tempoo'", "did you mean 'tempo'?"),
    ("drill", "tempo: 2-1-1-0", "tempo: «3-x", "four numbers", "2-1-1-0"),
    ("drill", "tempo: 2-1-1-0", "tempo: «2-1-1", "this has 3", ""),
    ("drill", "tempo: 2-1-1-0", "tempo: «2-1-fast-0", "four numbers", ""),
    ("drill", "tempo: 2-1-1-0", "tempo: «0-0-0-0", "at least one second", ""),
    ("drill", "tempo: 2-1-1-0", "tempo: «2\N{EN DASH}1-1-0", "plain hyphens", ""),
    ("drill", "reps: 10", "reps: «ten", "whole number", ""),
    ("drill", "reps: 10", "reps: «0", "'0' is not possible", "at least 1"),
    ("drill", "reps: 10", "«reps:", "'reps' has no value", ""),
    ("drill", "rest: 45s", "rest: «soon", "a time is written like", "1m30s"),
    ("drill", "rest: 45s", "rest: «45", "a time is written like", ""),
    (
        "drill",
        "start: 7 in, step: 1 in",
        "start: 7 in, step: «1 cm",
        "this is in cm, but it starts with in",
        "one unit",
    ),
    ("drill", "start: 7 in, step", "start: «7 miles, step", "the unit 'miles' is not known", ""),
    ("drill", "start: 7 in, step", "start: «20 in, step", "outside the limits", "between 4 and 16"),
    ("drill", "step: 1 in, between", "step: «0 in, between", "not possible between the limits", ""),
    ("drill", "between: [4 in, 16 in]", "between: «[16 in, 4 in]", "the smallest value comes first", ""),
    ("drill", "  start: 15 lb", "  start: «15", "a weight needs its unit", ""),
    ("drill", "Lie down, {distance} from", "Lie down, «{distence} from", "unknown variable {distence}", "'distance'"),
    ("drill", '"{sets} sets', '"{sets} «{sets', "a { without its partner", ""),
    (
        "drill",
        '- "{sets} sets of {reps}. Say start when ready."',
        "- «{sets} sets of {reps}.",
        "needs quotes",
        "quotes",
    ),
    ("drill", "lift: Squeeze", "lift: «Stop and squeeze", "hear itself say 'stop'", "other words"),
    ("drill", "lift: Squeeze", "lift: Non-«stop.", "hear itself say 'stop'", ""),
    ("drill", "lift: Squeeze", "lift: If your «back hurts, rest.", "hear itself say 'back hurts'", ""),
    ("drill", "  every 5 reps:", "  «evry 5 reps:", "unknown key 'evry 5 reps'", "every 5 reps"),
    ("drill", "turn: distance up", "turn: «distanc up", "no dial called 'distanc'", "did you mean 'distance'?"),
    ("drill", "turn: distance up", "turn: «distance sideways", "up or down", ""),
    (
        "drill",
        "  distance: {",
        "  «distence: {",
        "nothing asks for the dial 'distence'",
        "did you mean 'distance' here?",
    ),
    ("drill", "  too easy: {turn", "  «too easi: {turn", "no command 'too easi'", "did you mean 'too easy'?"),
    ("drill", "  too easy: {turn: distance up, say: Farther.}", "  «stop: {say: Fine.}", "no drill can change", ""),
    ("drill", "or go to: easy plank", "or go to: «easi plank", "no drill called 'easi plank'", "easy plank"),
    ("drill", "or go to: easy plank", "or go to: «plank", "back to the same drill", ""),
    ("drill", "name: plank\n", "", "the key 'name' is missing", "add 'name"),
    ("drill", "sets: 3", "sets: 3\n«sets: 4", "the key 'sets' is written twice", "line 6"),
    ("drill", "sets: 3", "«\tsets: 3", "a tab", "spaces"),
    ("drill", "sets: 3", "«sets 3", "a colon is missing", "key: value"),
    ("drill", "  setup:\n", "  «setup\n", "a colon is missing after 'setup'", "write 'setup:'"),
    ("drill", "cues:\n", "«cues\n", "a colon is missing after 'cues'", "write 'cues:'"),
    ("drill", "  lower: Hips back", "  «lower", "a colon is missing after 'lower'", "write 'lower:'"),
    ("drill", "  distance: {", "  «distance {", "a colon is missing after 'distance'", "write 'distance:'"),
    ("drill", "  setup:\n", "  «setup Lie down.\n  reminder: Up.\n  finish:\n", "a colon is missing", "key: value"),
    ("drill", "  setup:\n", "   «setup:\n", "not indented like the others", "same number of spaces"),
    ("drill", "  lift: Squeeze", "   «lift: Squeeze", "read as part of the text before it", "indent it like"),
    ("programme", GREETING, "«greeting\n  - Good morning.", "a colon is missing after 'greeting'", "write 'greeting:'"),
    ("drill", "goal: Hold a straight line.", "goal: «*line", "aliases", ""),
    ("drill", "goal: Hold a straight line.", "goal: «!!python/name:os.system x", "tags (!)", ""),
    ("drill", "goal: Hold a straight line.", "goal: Straight«: a line: held.", "a colon where none can be", "quotes"),
    ("drill", "goal: Hold a straight line.", 'goal: «"Hold a line.', "never closed", ""),
    ("drill", "needs: [mat]", "needs: «[mat", "not closed", ""),
    ("drill", "kind: drill", "kind: «dril", "no kind of script called 'dril'", "did you mean 'drill'?"),
    ("drill", "version: 1", "version: «2", "version 2 of the format", "update voicecoach"),
    ("drill", "say: Farther.}", "say: Farther, «but not too far.}", "splits the text in two", "quotes"),
    ("drill", "name: plank", "name: «plank {x}", "a name is spoken", ""),
    ("drill", "kind: drill", "«kimd: drill", "what kind of script", "kind: drill"),
    ("drill", '    - "{sets} sets', '      «- "{sets} sets', "read as part of the text before it", "indent"),
    (
        "flow",
        "  pain: {safety",
        "  «pains: {safety",
        "the safety command 'pain' is missing",
        "did you mean 'pain' here?",
    ),
    ("flow", "  at limit:", "  «at limits:", "the line 'at limit' is missing", "did you mean 'at limit' here?"),
    ("flow", "  paused:\n    e", "  «pausde:\n    e", "nothing leads to the state 'pausde'", "mean 'paused' here?"),
    ("flow", "enter: [sum up]", "enter: [sum up, undo: «redy]", "no state called 'redy'", "ready"),
    ("programme", "drills: [plank, easy", "drills: [«plonk, easy", "no drill called 'plonk'", "plank"),
    ("programme", "flow: standard", "flow: «standart", "no flow called 'standart'", "standard"),
    ("programme", "greeting: [Good morning.]", "greeting: [Good morning. «Stop.]", "hear itself say 'stop'", ""),
    ("programme", "drills: [plank, easy", "drills: [plank, «Plank, easy", "is in the programme already", "'sets:'"),
    (
        "programme",
        GREETING,
        GREETING + "\nladder: [easy plank, «plonk]",
        "'plonk' is no drill of this programme",
        "plank",
    ),
    (
        "programme",
        GREETING,
        GREETING + "\nladder: [plank, «Plank]",
        "this rung is there already",
        "each drill once",
    ),
    (
        "programme",
        GREETING,
        GREETING + "\nladder: [easy plank, plank]\nstart at: «plonk",
        "'plonk' is no rung of the ladder",
        "plank",
    ),
    (
        "programme",
        GREETING,
        GREETING + "\nphases:\n  one: {«from week: 2}",
        "the first phase begins at once",
        "take this away",
    ),
    (
        "programme",
        GREETING,
        GREETING + "\nphases:\n  one: {}\n  two: {from week: 4}\n  three: {from week: «3}",
        "before the phase above begins",
        "week 4",
    ),
    (
        "programme",
        GREETING,
        GREETING + "\nphases:\n  one: {}\n  two: {after: {«plonk: 2}}",
        "'plonk' is no drill of this programme",
        "plank",
    ),
    (
        "programme",
        GREETING,
        GREETING + "\nphases:\n  one: {drills: [plank, «plonk]}",
        "'plonk' is no drill of this programme",
        "plank",
    ),
    (
        "programme",
        GREETING,
        GREETING + "\nphases:\n  one: {loads: {plank: {at most: «30 kg}}}",
        "not in the drill's units",
        "lb",
    ),
    (
        "programme",
        GREETING,
        GREETING + "\nphases:\n  one: {loads: {plank: {at most: «30 lb or 13 lb}}}",
        "the same in the other unit",
        "",
    ),
    (
        "programme",
        GREETING,
        GREETING + "\nreminders: {«day 1: Flat shoes.}",
        "day 1",
        "",
    ),
    (
        "programme",
        GREETING,
        GREETING + "\nphases:\n  one: {about: «Stop.}",
        "hear itself say 'stop'",
        "",
    ),
    (
        "programme",
        GREETING,
        GREETING + "\nequipment: {kettlebells: «heavy}",
        "loads are written as",
        "8 12 16 kg",
    ),
    (
        "programme",
        GREETING,
        GREETING + "\nequipment: {plates: «10 kg}",
        "a bar is needed",
        "",
    ),
    (
        "programme",
        GREETING,
        GREETING + "\nclean sessions: «0",
        "'0' is not possible",
        "at least 1",
    ),
    ("flow", "start: ready", "start: «redy", "no state called 'redy'", "did you mean 'ready'?"),
    ("flow", "to: working}", "to: «wroking}", "no state called 'wroking'", "did you mean 'working'?"),
    (
        "flow",
        "      weight: {do: [take weight]}",
        "      weight: {do: [take weight], to: «workin}",
        "no state called 'workin'",
        "working",
    ),
    ("flow", "enter: [sum up]", "enter: [«sumup]", "no action called 'sumup'", "did you mean 'sum up'?"),
    ("flow", "if: more sets", "if: «more set", "no condition called 'more set'", "did you mean 'more sets'?"),
    ("flow", "[say: paused]", "[say: «pausd]", "no line called 'pausd'", "did you mean 'paused'?"),
    ("flow", "end session: finished]", "end session: «finish]", "a session cannot end 'finish'", "finished"),
    ("flow", "      too easy: {do", "      «too eesy: {do", "no command called 'too eesy'", "too easy"),
    ("flow", "      counted:", "      «conted:", "no trigger called 'conted'", "did you mean 'counted'?"),
    ("flow", "      spoken: {do", "      «silent: {do", "'silent' never comes in this state", "silence"),
    ("flow", PAUSED_HEARS, "", "no way out of the state 'paused'", ""),
    (
        "flow",
        "anywhere:",
        "  «lonely:\n    hears: {start: working}\nanywhere:",
        "nothing leads to the state 'lonely'",
        "",
    ),
    ("flow", "  stop: {do: [hush], to: paused}\n", "", "the safety command 'stop' is not heard anywhere", ""),
    ("flow", "  stop: {do: [hush], to: paused}", "  «stop: {if: in a set, to: paused}", "must lead|always heard", ""),
    (
        "flow",
        "      weight: {do: [take weight]}",
        "      weight: {do: [take weight]}\n      stop: «{do: [hush]}",
        "'stop' must lead to a state",
        "",
    ),
    ("flow", "  stop: {safety: true, key: s,", "  «stop: {key: s,", "'stop' must be a safety command", "safety: true"),
    ("flow", "phrases: [start, begin]", "phrases: [start, «dizzy]", "'dizzy' already means 'red flag'", "line"),
    ("flow", "phrases: [start, begin]", "phrases: [«(start|begin]", "bracket", ""),
    ("flow", "phrases: [start, begin]", "phrases: [start, «begyn]", "does not know the word 'begyn'", "begin"),
    ("flow", "phrases: [start, begin]", f"phrases: [«{'(a|b|c|d|e)' * 5}]", "more than 500 phrases", ""),
    ("flow", "key: enter,", "key: «s,", "the key 's' already means 'stop'", ""),
    (
        "flow",
        "  paused: [Holding. Say start.]",
        "  paused: [Holding. Say «stop now.]",
        "hear itself say 'stop now'",
        "",
    ),
    ("flow", "    final: true\n", "", "no state ends the session", ""),
    ("flow", "lines:\n", "lines:\n  «set don: [Some words.]\n", "'set don' is never said", "'set done'"),
    ("flow", "commands:\n", "commands:\n  «skp: {phrases: [later]}\n", "no state hears the command 'skp'", "'skip'"),
    ("flow", "      weight: {do", "      «reps: {do", "does not expect it", "expects: [reps]"),
]
NAMES = {"drill": "plank.yaml", "programme": "morning.yaml", "flow": "flows/standard.yaml"}


@pytest.mark.parametrize("case", CASES, ids=[c[3] for c in CASES])
def test_a_mistake_is_pointed_at(shelf, texts, tmp_path: Path, case) -> None:
    kind, right, broken, message, hint = case
    base, name = texts[kind], NAMES[kind]
    assert right in base
    text = base.replace(right, broken, 1)
    at = text.find(MARK)
    library = shelf(**{kind: text.replace(MARK, "")})
    found = check_paths([tmp_path / name], library, vocabulary=sorted(KNOWN))
    said = [d for d in found if any(part in d.message for part in message.split("|"))]
    assert said, [d.message for d in found]
    first = said[0]
    assert Path(first.file).name == Path(name).name
    assert hint in first.hint
    assert first.severity == "error"
    if at >= 0:
        before = text[:at]
        assert (first.line, first.column) == (before.count("\n") + 1, at - before.rfind("\n"))


WARNINGS = [
    ("drill", "lift: Squeeze", "lift: Squeeze and «begin the next very slowly", "'next' means 'skip'"),
    ("drill", "lift: Squeeze", "lift: «Squeeze and drive the hips forward now", "seconds to say; 'lift' takes 1"),
    ("drill", "  lift: Squeeze", "  «top: Tall", "'top' takes 0 seconds"),
    ("drill", "Shins vertical.,", f"«{'Very long cue ' * 5}.,", "a sentence of 15 words"),
    ("drill", "  every 5 reps:", "  «every 10 reps:", "a set has 10 reps"),
    ("drill", "after set: [Good.]", "after set: [Good work, «friend]", "makes two texts"),
    ("flow", '["next [drill]"]', '["next [drill]", «too]', "'too' is how 'too"),
    ("flow", "phrases: [start, begin]", "phrases: [start, «stopp]", "sounds like 'stop'"),
    ("flow", "phrases: [start, begin]", "phrases: [start, «stoop]", "one sound away from 'stop'"),
    (
        "flow",
        "    silence: 10s\n    expects",
        "    silence: 10s\n    «after: 5s\n    expects",
        "nothing waits for 'time over'",
    ),
    ("flow", "lines:\n", "lines:\n  «unheard of: [Some words.]\n", "'unheard of' is never said"),
    ("flow", "commands:\n", "commands:\n  «lunch: {phrases: [begin later]}\n", "no state hears the command 'lunch'"),
    ("flow", "empty way: [You can begin", "empty way: [You can «begin", "'begin' means 'start'"),
]


@pytest.mark.parametrize("case", WARNINGS, ids=[c[3] for c in WARNINGS])
def test_what_hardly_works_is_a_warning(shelf, texts, tmp_path: Path, case) -> None:
    kind, right, changed, message = case
    base, name = texts[kind], NAMES[kind]
    assert right in base
    text = base.replace(right, changed, 1)
    found = check_paths([tmp_path / name], shelf(**{kind: text.replace(MARK, "")}))
    said = [d for d in found if message in d.message]
    assert said, [d.message for d in found]
    assert said[0].severity == "warning"
    line = text[: text.find(MARK)].count("\n") + 1
    assert said[0].line == line


def test_a_right_set_of_scripts_has_no_error(shelf, tmp_path: Path) -> None:
    found = check_paths([tmp_path], shelf(), vocabulary=sorted(KNOWN))
    assert [d for d in found if d.severity == "error"] == []


def test_all_errors_of_all_files_come_at_once(shelf, texts, tmp_path: Path) -> None:
    library = shelf(
        drill=texts["drill"].replace("sets: 3", "sets: three").replace("rest: 45s", "rest: later"),
        programme=texts["programme"].replace("flow: standard", "flow: nonesuch"),
    )
    found = check_paths([tmp_path], library)
    assert {"whole number", "time is written", "no flow called"} <= {
        part for part in ("whole number", "time is written", "no flow called") for d in found if part in d.message
    }
    assert found == sorted(found, key=lambda d: d.place)


def test_a_programme_in_the_place_of_a_drill_is_called_one_and_suggested_nowhere(shelf, texts, tmp_path: Path) -> None:
    other = texts["programme"].replace("name: morning", "name: hip hinge")
    programme = texts["programme"].replace("drills: [plank, ", "drills: [plank, hip hinge, ")
    library = shelf(programme=programme + "ladder: [plank, hip hing]\n")
    (tmp_path / "hinge.yaml").write_text(other, encoding="utf-8")
    found = [d for d in check_paths([tmp_path / NAMES["programme"]], library) if d.severity == "error"]
    assert [(d.message, d.hint) for d in found] == [
        ("'hip hinge' is a programme, and a drill is needed", "name its drills one by one"),
        ("'hip hing' is no drill of this programme", "known here: easy plank, plank"),
    ]


@pytest.mark.parametrize(
    ("load", "hint"),
    [
        ("at most: 25 kg", "such as 55 lb or 25 kg"),
        ("at most: 65 lb", "such as 65 lb or 30 kg"),
        ("step: 1 lb", "such as 1 lb or 0.5 kg"),
    ],
)
def test_a_phase_with_one_unit_for_a_load_that_has_two_is_told_what_is_missing(
    shelf, texts, tmp_path: Path, load: str, hint: str
) -> None:
    drill = texts["drill"]
    for one, both in (("15 lb", "15 lb or 7.5 kg"), ("5 lb\n", "5 lb or 2.5 kg\n"), ("200 lb", "200 lb or 90 kg")):
        drill = drill.replace(one, both)
    drill = drill.replace("[5 lb,", "[5 lb or 2.5 kg,")
    programme = f"{texts['programme']}phases:\n  one: {{loads: {{plank: {{{load}}}}}}}\n"
    said = check_paths([tmp_path / NAMES["programme"]], shelf(drill=drill, programme=programme))
    (found,) = [d for d in said if d.severity == "error"]
    units = ("kg", "lb") if "kg" in load else ("lb", "kg")
    assert found.message == "this is in {} alone, and the drill's load has {} as well".format(*units)
    assert found.hint == hint


@pytest.mark.parametrize("empty", ['""', '"  "'])
def test_an_empty_phrase_hides_nothing_else(shelf, texts, tmp_path: Path, empty) -> None:
    assert "phrases: [start, begin]" in texts["flow"]
    library = shelf(flow=texts["flow"].replace("phrases: [start, begin]", f'phrases: [{empty}, "(begin", stoop]'))
    found = check_paths([tmp_path / NAMES["flow"]], library)
    for part in ("the text is empty", "a bracket () that is not closed", "one sound away from 'stop'"):
        assert [d for d in found if part in d.message], part


def test_two_drills_of_a_programme_are_not_exported_under_one_name(shelf, texts, tmp_path: Path) -> None:
    twin = texts["drill"].replace("name: plank", "name: long plank", 1)
    assert twin != texts["drill"]

    def told(name: str) -> list[str]:
        library = shelf(
            drill=texts["drill"] + "export name: Plank\n",
            programme=texts["programme"].replace("drills: [plank", "drills: [plank, long plank", 1),
        )
        (tmp_path / "long-plank.yaml").write_text(f"{twin}export name: {name}\n", encoding="utf-8")
        found = check_paths([tmp_path / NAMES["programme"]], library)
        return [d.message for d in found if "exported" in d.message and d.severity == "warning"]

    assert told("plank") == ["'long plank' and 'plank' are both exported as 'plank'"]
    assert told("Long Plank") == []


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [("drill", "  distance: {", "  distence: {"), ("flow", "  paused:\n    e", "  pausde:\n    e")],
)
def test_a_name_misspelt_where_it_is_given_is_told_once_and_not_wherever_it_is_asked_for(
    shelf, texts, tmp_path: Path, kind: str, right: str, wrong: str
) -> None:
    library = shelf(**{kind: texts[kind].replace(right, wrong, 1)})
    found = check_paths([tmp_path / NAMES[kind]], library)
    assert len([d.message for d in found if d.severity == "error"]) == 1, found


def test_a_flow_whose_extends_is_misspelt_lacks_nothing_else(shelf, tmp_path: Path) -> None:
    library = shelf()
    path = tmp_path / "flows" / "mine.yaml"
    path.write_text("kind: flow\nversion: 1\nname: mine\nextend: standard\n", encoding="utf-8")
    assert [(d.line, d.message, d.hint) for d in check_paths([path], library)] == [
        (4, "unknown key 'extend'", "did you mean 'extends'?")
    ]


MINE = "kind: flow\nversion: 1\nname: mine\nextends: standard\n"
STEP = "  step up: {phrases: [step]}\nanywhere:\n  step up: {to: paused}\n"


@pytest.mark.parametrize(
    ("own", "line", "message", "hint"),
    [
        ("ignored: [lovely weather, begin]", 5, "'begin' already means 'start'", "'begin' stands in |, line 9"),
        ("ignored: begin", 5, "'begin' already means 'start'", "'begin' stands in |, line 9"),
        (f"commands:\n{STEP}", 6, "'step' is ignored, as talk", "'step' stands in |, line 13"),
        (f"ignored: [step]\ncommands:\n{STEP}", 5, "'step' already means 'step up'", "change it here or on line 7"),
        (f"commands:\n{STEP.replace('[step]', '[to easy]')}", 6, "'to easy' sounds like 'too easy'", "|, line 11"),
        (f"commands:\n{STEP.replace('[step]', '[too]')}", 6, "'too' is how 'too easy' begins", "|, line 11"),
        (f"commands:\n{STEP.replace('[step]', '[stop now then]')}", 6, "'stop now' is how", "use another word; |"),
    ],
)
def test_a_phrase_that_clashes_with_an_inherited_one_is_pointed_at_in_ones_own_file_and_says_where_the_other_is(
    shelf, tmp_path: Path, own: str, line: int, message: str, hint: str
) -> None:
    library = shelf()
    path = tmp_path / "flows" / "mine.yaml"
    path.write_text(f"{MINE}{own}\n", encoding="utf-8")
    found = check_paths([path], library)
    said = [d for d in found if message in d.message]
    assert [(Path(d.file).name, d.line) for d in said] == [("mine.yaml", line)], found
    before, _, after = hint.partition("|")
    assert before in said[0].hint
    assert after in said[0].hint
    assert not after or "standard.yaml" in said[0].hint


def test_a_flow_that_extends_another_adds_to_the_phrases_of_a_safety_command(shelf, tmp_path: Path) -> None:
    library = shelf()
    path = tmp_path / "flows" / "mine.yaml"
    path.write_text(f"{MINE}commands:\n  stop: {{phrases: halt}}\n  start: {{phrases: go on}}\n", encoding="utf-8")
    flow = load_script(path, library)
    assert isinstance(flow, Flow)
    assert set(flow.commands["stop"].templates) == {"stop", "stop now", "halt"}
    assert set(flow.commands["start"].templates) == {"go on"}


def test_a_wrong_phrase_added_to_a_safety_command_is_pointed_at(shelf, tmp_path: Path) -> None:
    library = shelf()
    path = tmp_path / "flows" / "mine.yaml"
    path.write_text(f"{MINE}commands:\n  stop:\n    phrases:\n      - halt\n      - ouch\n", encoding="utf-8")
    found = [d for d in check_paths([path], library) if d.severity == "error"]
    assert [(Path(d.file).name, d.line) for d in found] == [("mine.yaml", 9)], found
    assert "stands in" in found[0].hint


def small_flow(shelf, tmp_path: Path, own: str) -> list[Diagnostic]:
    """What is wrong with a flow that extends the small one of these tests."""
    library = shelf()
    path = tmp_path / "flows" / "mine.yaml"
    path.write_text(f"{MINE}{own}", encoding="utf-8")
    return check_paths([path], library)


@pytest.mark.parametrize("own", ["start: paused\n", "states: {paused: {hears: {start: finished}}}\n"])
def test_states_commands_and_lines_that_are_taken_over_may_stay_unused(shelf, tmp_path: Path, own: str) -> None:
    before = small_flow(shelf, tmp_path, "")
    assert small_flow(shelf, tmp_path, own) == before


def test_an_own_state_that_nothing_leads_to_is_pointed_at(shelf, tmp_path: Path) -> None:
    found = small_flow(shelf, tmp_path, "states: {nap: {enter: [say: paused], hears: {start: paused}}}\n")
    assert "nothing leads to the state 'nap'" in {d.message for d in found}


@pytest.mark.parametrize(
    ("own", "line", "column"),
    [
        ("start: working\n", 5, 8),
        ("states:\n  ready:\n    hears:\n      start: working\n", 8, 14),
        ("states:\n  nap:\n    enter: [count reps]\n    hears: {start: paused}\nanywhere:\n  skip: nap\n", 10, 9),
        ("anywhere:\n  skip:\n    - {if: not red flag last time, to: paused}\n    - {to: working}\n", 8, 7),
    ],
)
def test_no_flow_begins_a_set_after_a_red_flag_before_it_asked_how_the_trainee_is(
    shelf, tmp_path: Path, own: str, line: int, column: int
) -> None:
    found = [d for d in small_flow(shelf, tmp_path, own) if "after a red flag last time" in d.message]
    assert [(d.line, d.column) for d in found] == [(line, column)]


FAINT = """\
commands: {faint: {safety: true, phrases: [I might pass out]}}
anywhere: {faint: nap}
states:
  nap:
    enter: [say: paused]
    when:
      spoken:
        - {to: working}
"""


@pytest.mark.parametrize(
    ("own", "line", "command"),
    [
        ("anywhere:\n  stop: working\n", 6, "stop"),
        ("states:\n  working:\n    hears:\n      pain: {do: [hush], to: working}\n", 8, "pain"),
        ("states:\n  paused:\n    after: 20s\n    when:\n      time over: {to: working}\n", 9, "stop"),
        (FAINT, 12, "faint"),
    ],
)
def test_after_a_safety_command_no_set_begins_by_itself(
    shelf, tmp_path: Path, own: str, line: int, command: str
) -> None:
    found = [d for d in small_flow(shelf, tmp_path, own) if "without a word" in d.message]
    assert [d.line for d in found] == [line]
    assert found[0].message.startswith(f"after '{command}' a set")


def test_a_set_may_begin_once_the_trainee_said_to_be_well(shelf, tmp_path: Path) -> None:
    asked = 'states:\n  finished:\n    hears:\n      start: {do: ["ease session": well again], to: working}\n'
    assert not [d for d in small_flow(shelf, tmp_path, asked) if "red flag" in d.message]


def test_a_start_that_is_no_state_is_all_that_is_told_of_it(shelf, texts, tmp_path: Path) -> None:
    library = shelf(flow=texts["flow"].replace("start: ready", "start: hello"))
    found = [d for d in check_paths([tmp_path / "flows/standard.yaml"], library) if d.severity == "error"]
    assert [d.message for d in found] == ["there is no state called 'hello'"]


def test_an_inherited_line_that_says_a_new_phrase_is_pointed_at_where_it_stands(shelf, tmp_path: Path) -> None:
    library = shelf()
    path = tmp_path / "flows" / "mine.yaml"
    path.write_text(f"{MINE}commands:\n  back: {{safety: true, phrases: [holding]}}\n", encoding="utf-8")
    found = [d for d in check_paths([path], library) if "hear itself say 'holding'" in d.message]
    assert [(Path(d.file).name, d.line) for d in found] == [("standard.yaml", 15)]


def test_a_word_that_the_recogniser_lacks_is_pointed_at_in_the_flow_that_has_it(shelf, texts, tmp_path: Path) -> None:
    library = shelf(flow=texts["flow"].replace("[stop, stop now]", "[stop, stop pronto]"))
    path = tmp_path / "flows" / "mine.yaml"
    path.write_text(f"{MINE}commands:\n  start: {{phrases: [start]}}\n", encoding="utf-8")
    found = [d for d in check_paths([path], library, vocabulary=sorted(KNOWN)) if "pronto" in d.message]
    assert [(Path(d.file).name, d.line) for d in found] == [("standard.yaml", 6)]


def test_a_cue_may_tell_the_trainee_what_to_say(shelf, texts, tmp_path: Path) -> None:
    library = shelf(drill=texts["drill"].replace("after set: [Good.]", 'after set: ["Say begin, or say next."]'))
    assert not [d for d in check_paths([tmp_path / "plank.yaml"], library) if "means" in d.message and d.line > 20]


def test_a_decoy_may_be_a_word_the_recogniser_lacks(shelf, texts, tmp_path: Path) -> None:
    library = shelf(flow=texts["flow"].replace("ignored: [up,", "ignored: [zyzzyva,"))
    assert not [d for d in check_paths([tmp_path], library, vocabulary=sorted(KNOWN)) if d.severity == "error"]


def test_further_ways_may_hold_words_the_recogniser_lacks(shelf, texts, tmp_path: Path) -> None:
    library = shelf(flow=texts["flow"].replace("phrases: [too easy]", "phrases: [too easy], also: piffling"))
    assert not [d for d in check_paths([tmp_path], library, vocabulary=sorted(KNOWN)) if d.severity == "error"]


def test_known_word_alone_is_asked_too(shelf, tmp_path: Path) -> None:
    found = check_paths([tmp_path / "flows/standard.yaml"], shelf(), known_word=lambda word: word != "begin")
    assert [d.message for d in found if d.severity == "error"] == ["the recogniser does not know the word 'begin'"]


def test_a_phrase_of_also_may_hold_words_the_recogniser_lacks_and_is_understood_all_the_same(
    shelf, texts, tmp_path: Path
) -> None:
    drill = texts["drill"] + "phrases:\n  pain: ['my foot hurts']\nalso:\n  pain: ['my tendon hurts']\n"
    library = shelf(drill=drill)
    known = KNOWN | {"my", "foot", "hurts"}
    found = check_paths([tmp_path / "plank.yaml"], library, vocabulary=sorted(known))
    assert [d.message for d in found if d.severity == "error"] == []
    built = load_script(tmp_path / "plank.yaml", library)
    assert isinstance(built, Drill)
    assert built.phrases == {"pain": ("my foot hurts", "my tendon hurts")}


def test_the_same_phrase_under_phrases_is_pointed_at(shelf, texts, tmp_path: Path) -> None:
    library = shelf(drill=texts["drill"] + "phrases:\n  pain: ['my tendon hurts']\n")
    found = check_paths([tmp_path / "plank.yaml"], library, vocabulary=sorted(KNOWN | {"my", "hurts"}))
    assert any("does not know the word 'tendon'" in d.message for d in found if d.severity == "error")


def test_also_names_a_command_of_the_flow(shelf, texts, tmp_path: Path) -> None:
    library = shelf(drill=texts["drill"] + "also:\n  pian: ['my foot hurts']\n")
    found = [d for d in check_paths([tmp_path / "plank.yaml"], library) if "no command" in d.message]
    assert [(d.message, d.hint) for d in found] == [("the flow has no command 'pian'", "did you mean 'pain'?")]
