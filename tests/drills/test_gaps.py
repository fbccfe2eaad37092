"""What cannot be said in its time: the check says so, and the coach indeed never says it."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stagehand import TODAY, Stagehand

from voicecoach.app.training import prepare
from voicecoach.coach import counting, rest, sets, speech
from voicecoach.coach.coach import Coach
from voicecoach.drills import pacing
from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library, shipped_scripts
from voicecoach.drills.measures import read_tempo, rep_seconds
from voicecoach.drills.phrasebook import tokens

HEAD = "kind: drill\nversion: 1\nname: hip lift\ngoal: Hips.\n"
REPS = HEAD + "sets: 1\nreps: 3\nrest: 30s\n"


def warnings(folder: Path, text: str) -> list[tuple[int, str]]:
    path = folder / "hip-lift.yaml"
    path.write_text(text, encoding="utf-8")
    found = check_paths([path], Library([folder, shipped_scripts()]))
    assert {d.severity for d in found} <= {"warning"}
    return [(d.line, d.message) for d in found]


@pytest.mark.parametrize(
    ("text", "line", "part"),
    [
        (REPS + "tempo: 2-0-1-0\ncues:\n  last rep: This one is the last one of all.\n", 10, "longest gap of a rep is"),
        (REPS + "tempo: 1-0-1-0\ncues:\n  every 1 reps: Snap the hips.\n", 10, "gap of a rep is 0.9, so it is never"),
        (REPS + "tempo: 1-0-1-0\ncues:\n  lower: Down again\n", 10, "'lower' takes 1, 0.4 after the count"),
        (REPS.replace("reps: 3", "reps: 1") + "tempo: 2-0-1-0\ncues:\n  last rep: Last.\n", 10, "has one rep, so this"),
        (
            HEAD + "sets: 2\nhold: 30s\nrest: 30s\ncues:\n  hold: [Hips up and breathe on as if it was not so long.]\n",
            9,
            "3.5",
        ),
        (HEAD + "sets: 2\nhold: 6s\nrest: 30s\ncues:\n  hold: [Hips up.]\n", 9, "in 6 seconds there is no time"),
        (HEAD + "sets: 2\nhold: 30s\nrest: 30s\ncues:\n  lift: Up\n", 9, "a set is a hold, so this is never said"),
        (
            HEAD + "sets: 2\nhold: 30s\nrest: 30s\ncues:\n  last rep: Last.\n",
            9,
            "a set is a hold, so this is never said",
        ),
        (HEAD + "sets: 2\nhold: 30s\nrest: 30s\ncues:\n  every 2 reps: Up\n", 9, "a set is a hold, so this is never"),
        (
            HEAD + "sets: 2\nhold: 9s\nsides: left, right\nchange over: 5s\nrest: 30s\ncues:\n  after set: Good.\n",
            8,
            "what is said in it takes about 3",
        ),
        (
            HEAD + "sets: 2\nhold: 9s\nrest: 6s\ncues:\n  after set: You held on to it, and well.\n",
            9,
            "the rest leaves 2.6",
        ),
        (
            HEAD
            + "sets: 2\nhold: 9s\nrest: 30s\ncues:\n  reminder: [Lie down on your mat., 'Hips high, chin in, and as"
            " quiet as you can be, long.']\n",
            9,
            "there are 6.6",
        ),
    ],
)
def test_a_text_without_the_time_for_it_is_pointed_at(text, line, part, tmp_path):
    found = warnings(tmp_path, text)
    assert any(at == line and part in message for at, message in found), found


@pytest.mark.parametrize(
    ("line", "text", "part"),
    [
        ("half way", "You are half way there and it is going very well.", "it has 2 until"),
        ("hold now", "Hold it now for as long as the time lasts.", "it has 2 until"),
        (
            "ten seconds left",
            "There are ten seconds left, and then you are really done with this whole long set and can rest a bit.",
            "7",
        ),
    ],
)
def test_a_line_of_a_flow_that_runs_into_the_next_is_pointed_at(line, text, part, tmp_path):
    path = tmp_path / "flows" / "mine.yaml"
    path.parent.mkdir()
    path.write_text(
        f'kind: flow\nversion: 1\nname: mine\nextends: standard\nlines:\n  {line}: ["{text}"]\n', encoding="utf-8"
    )
    found = check_paths([path], Library([tmp_path, shipped_scripts()]))
    assert any(d.line == 6 and part in d.message for d in found), found


def estimate(text: str) -> float:
    return pacing.spoken_seconds(len(tokens(text)))


def said_by_the_coach(folder: Path) -> list[str]:
    training = prepare("hip lift", Library([folder, shipped_scripts()]), (), TODAY)
    hand = Stagehand(training)
    hand.coach = Coach(training.plan, training.flow, estimate)
    hand.begin().wait_for("ready")
    hand.say("start")
    hand.wait(90)
    return hand.spoken()


@settings(max_examples=12, deadline=None)
@given(
    tempo=st.tuples(*[st.sampled_from([0, 1, 2, 3])] * 4).filter(lambda t: sum(t) >= 2 and t[0] + t[2] > 0),
    words=st.integers(1, 6),
    count_on=st.sampled_from(["top", "bottom"]),
    first=st.sampled_from(["lower", "lift"]),
)
def test_a_form_cue_is_never_said_where_the_check_says_so_and_said_where_it_fits(tempo, words, count_on, first):
    written = "-".join(map(str, tempo))
    cue = " ".join(["Tall", "and", "long", "as", "you", "lift"][:words])
    text = f"{REPS}tempo: {written}\ncount on: {count_on}\nstarts with: {first}\ncues:\n  every 1 reps: {cue}\n"
    with tempfile.TemporaryDirectory() as name:
        warned = any("never said" in message for _, message in warnings(Path(name), text))
        said = cue in said_by_the_coach(Path(name))
    room = pacing.cue_room(read_tempo(written), count_on)
    assert rep_seconds(read_tempo(written)) >= room
    if warned:
        assert not said
    elif estimate(cue) <= room - 0.1:
        assert said


def test_the_check_reckons_with_the_coachs_own_times():
    assert pacing.BREATH == speech.BREATH
    assert pacing.SENTENCE == speech.SENTENCE
    assert pacing.COUNTDOWN == sets.COUNTDOWN_SECONDS
    assert pacing.REST_WARNING == rest.WARNING_SECONDS
    assert pacing.SHORTEST_WARNED_REST == 2 * rest.WARNING_SECONDS
    assert pacing.HOLD_CUE == counting.LONGEST_GAP / 2


SUPERSET = (
    "kind: programme\nversion: 1\nname: two in turn\ndrills: [hip lift, side lying hold]\n"
    "supersets:\n  - [hip lift, side lying hold]\n"
)
SECOND = (
    "kind: drill\nversion: 1\nname: side lying hold\ngoal: Hips.\nsets: 2\nhold: 20s\nrest: 30s\n"
    "change over: {time}\ncues:\n  setup: Lie on your side.\n"
)


def found_in(folder: Path, *files: tuple[str, str], check: str) -> list[tuple[str, int, str, str]]:
    for name, text in files:
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    found = check_paths([folder / f"{check}.yaml"], Library([folder, shipped_scripts()]))
    assert {d.severity for d in found} <= {"warning"}, found
    return [(Path(d.file).stem, d.line, d.message, d.hint) for d in found]


@pytest.mark.parametrize(("time", "told"), [("6s", True), ("12s", False)])
def test_what_is_said_in_the_change_over_of_a_superset_has_the_time_for_it(time, told, tmp_path):
    first = REPS.replace("sets: 1", "sets: 2") + "tempo: 2-0-1-0\ncues:\n  after set: Good, and tall.\n"
    drills = [("hip-lift", first), ("side-lying-hold", SECOND.replace("{time}", time))]
    found = found_in(tmp_path, *drills, ("two", SUPERSET), check="two")
    assert [(name, line) for name, line, *_ in found] == ([("two", 6)] if told else [])
    for _, _, message, hint in found:
        assert "before 'side lying hold' takes about 3.5" in message
        assert "leaves 2.6 before the countdown" in message
        assert hint.startswith("'change over: 7s' in the drill")


@pytest.mark.parametrize(("rests", "told"), [(("5s", "4s"), True), (("5s", "12s"), False), (("12s", "5s"), False)])
def test_what_is_said_in_the_rest_after_a_round_of_a_superset_has_the_longest_rest_of_its_drills(rests, told, tmp_path):
    first = REPS.replace("sets: 1", "sets: 2").replace("rest: 30s", f"rest: {rests[0]}")
    first += "tempo: 2-0-1-0\ncues: {after set: Good.}\n"
    second = SECOND.replace("{time}", "12s").replace("rest: 30s", f"rest: {rests[1]}")
    found = found_in(tmp_path, ("hip-lift", first), ("side-lying-hold", second), ("two", SUPERSET), check="two")
    of_the_round = [(name, line, message, hint) for name, line, message, hint in found if "after a round" in message]
    assert [(name, line) for name, line, *_ in of_the_round] == ([("two", 6)] if told else [])
    for _, _, message, hint in of_the_round:
        assert "the rest, 5s, leaves 1.6" in message
        assert hint.startswith("'rest: ")
        assert "in one of its drills" in hint


CUE = REPS.replace("sets: 1", "sets: 1\nrate: 170") + "tempo: 3-0-1-0\ncues:\n  every 1 reps: Press into the heels.\n"
ONE = "kind: programme\nversion: 1\nname: slow evening\ndrills: [hip lift]\n"


def test_a_cue_is_measured_at_the_pace_of_the_programme_that_it_is_done_in(tmp_path):
    files = [("hip-lift", CUE), ("slow", f"{ONE}rate: 90\n")]
    assert found_in(tmp_path, *files, check="hip-lift") == []
    [(name, line, message, hint)] = found_in(tmp_path, *files, check="slow")
    assert (name, line) == ("hip-lift", 11)
    assert "never said" in message
    assert hint == "fewer words; 'slow evening' is spoken at 90 words a minute"


def test_the_drills_own_pace_does_not_count_in_a_programme(tmp_path):
    files = [("hip-lift", CUE.replace("rate: 170", "rate: 90")), ("usual", ONE)]
    assert len(found_in(tmp_path, *files, check="hip-lift")) == 1
    assert found_in(tmp_path, *files, check="usual") == []


def test_a_word_is_as_long_as_the_programme_has_it_said(tmp_path):
    files = [
        ("hip-lift", CUE.replace("heels", "RDL")),
        ("spelt", f"{ONE}say as: {{RDL: Romanian dead lift with the bar}}\n"),
    ]
    assert found_in(tmp_path, *files, check="hip-lift") == []
    assert [line for name, line, *_ in found_in(tmp_path, *files, check="spelt") if name == "hip-lift"] == [11]


def test_where_programme_and_drill_say_a_word_otherwise_the_drills_is_measured(tmp_path):
    drill = CUE.replace("heels", "RDL").replace("rate: 170", "say as: {RDL: lift}")
    files = [("hip-lift", drill), ("spelt", f"{ONE}say as: {{RDL: Romanian dead lift with the bar}}\n")]
    assert [one for one in found_in(tmp_path, *files, check="spelt") if one[0] == "hip-lift"] == []


MINE = "kind: flow\nversion: 1\nname: mine\nextends: standard\nlines:\n  half way: [You are half way.]\n"


def test_a_pace_at_which_the_lines_of_a_set_run_into_one_another_is_pointed_at(tmp_path):
    (tmp_path / "flows").mkdir()
    drill = ("hip-lift", REPS + "tempo: 3-0-1-0\ncues:\n  setup: Lie down.\n")
    slow = ("slow", f"{ONE}flow: mine\nrate: 110\n")
    [(_, line, message, _)] = found_in(tmp_path, drill, ("flows/mine", MINE), slow, check="slow")
    assert line == 6
    assert "the line 'half way' of the flow takes about 2.4 seconds so; it has 2" in message


def test_a_flow_is_measured_as_it_is_spoken_itself(tmp_path):
    folder = tmp_path / "flows"
    folder.mkdir()
    assert found_in(folder, ("mine", MINE), check="mine") == []
    assert [line for _, line, *_ in found_in(folder, ("mine", f"{MINE}rate: 110\n"), check="mine")] == [6]
