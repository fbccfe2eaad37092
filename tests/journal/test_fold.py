from __future__ import annotations

import random
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.cli.history import history
from voicecoach.journal.fold import fold, unfinished
from voicecoach.words.meaning import Quantity


def begin(diary, when, session="a", drills=("wall tap", "RDL")):
    diary.event(when, session, "session_started", programme="hip hinge", drills=list(drills))


def start_set(diary, when, number=1, drill="RDL", session="a"):
    diary.event(when, session, "set_started", drill=drill, set=number, sets=3, reps=12, weight=35, unit="lb", dials={})


def reps(diary, when, count, number=1):
    return [diary.event(when, "a", "rep", drill="RDL", set=number, rep=n + 1) for n in range(count)]


def end_set(diary, when, number=1, drill="RDL", session="a", **more):
    fields = {"sets": 3, "reps": 12, "target": 12, "weight": 35, "unit": "lb", **more}
    return diary.event(when, session, "set_done", drill=drill, set=number, **fields)


def test_a_session_is_told_with_its_sets_pains_and_dials(diary, monday):
    diary.session(
        monday,
        [
            {"dials": {"depth": {"value": 50, "unit": "%"}}},
            {
                "reps": 7,
                "pain": True,
                "then": [("pain", {"where": "back", "drill": "RDL", "set": 2, "rep": 7, "said": "ouch"})],
            },
            {"weight": 25, "then": [("weight", {"drill": "RDL", "value": 20, "unit": "lb", "why": "pain"})]},
        ],
    )
    (session,) = fold(diary.records)
    assert [done.reps for done in session.sets] == [12, 7, 12]
    assert session.sets[0].dials == {"depth": Quantity(50.0, "%")}
    assert session.sets[2].weight == Quantity(25.0, "lb")
    assert (session.pains[0].where, session.pains[0].rep) == ("back", 7)
    assert session.turned[0].value == Quantity(20.0, "lb")
    assert session.how == "finished"


def test_a_corrected_number_takes_the_place_of_the_heard_one(diary, monday):
    diary.session(monday, [{"weight": 15}])
    wrong = diary.records[1]
    diary.event(monday, "edit", "correction", of=wrong["id"], weight=50, why="misheard")
    (session,) = fold(diary.records)
    assert session.sets[0].weight == Quantity(50.0, "lb")
    assert session.sets[0].corrected


def test_a_deleted_set_is_gone_until_the_deletion_is_taken_back(diary, monday):
    diary.session(monday, [{}, {}])
    gone = diary.event(monday, "s1", "correction", of=diary.records[1]["id"], deleted=True, why="undo")
    assert [done.set for done in fold(diary.records)[0].sets] == [2]
    diary.event(monday, "s1", "correction", of=gone["id"], deleted=True, why="undo")
    assert [done.set for done in fold(diary.records)[0].sets] == [1, 2]


def test_the_later_of_two_corrections_counts(diary, monday):
    diary.session(monday, [{}])
    for minutes, value in ((2, 45), (1, 40)):
        diary.event(monday + timedelta(minutes=minutes), "edit", "correction", of=diary.records[1]["id"], weight=value)
    assert fold(diary.records)[0].sets[0].weight == Quantity(45.0, "lb")


def test_corrections_that_go_round_in_a_circle_do_no_harm(diary, monday):
    diary.session(monday, [{}])
    one = diary.event(monday, "edit", "correction", of="e99", weight=1)
    diary.event(monday, "edit", "correction", of=one["id"], weight=2)
    one["of"] = diary.records[-1]["id"]
    assert fold(diary.records)[0].sets[0].weight == Quantity(35.0, "lb")


@given(seed=st.integers(0, 2**32))
def test_the_order_of_lines_does_not_matter(seed):
    from datetime import datetime

    monday = datetime.fromisoformat("2026-11-16T18:00:00+01:00")
    diary = _ConfiguredDiary()
    begin(diary, monday)
    start_set(diary, monday + timedelta(seconds=1))
    reps(diary, monday + timedelta(seconds=2), 12)
    end_set(diary, monday + timedelta(seconds=3))
    start_set(diary, monday + timedelta(seconds=4), 2)
    reps(diary, monday + timedelta(seconds=5), 4, 2)
    diary.event(monday + timedelta(days=1), "b", "correction", of=diary.records[14]["id"], reps=10)
    expected = fold(diary.records)
    assert expected[0].place is not None
    assert expected[0].place.rep == 4
    shuffled = diary.records.copy()
    random.Random(seed).shuffle(shuffled)
    assert fold(shuffled) == expected


class _ConfiguredDiary:
    def __init__(self):
        self.records = []

    def event(self, when, session, event, **fields):
        number = 1 + sum(record["session"] == session for record in self.records)
        record = {
            "v": 1,
            "id": f"i{len(self.records)}",
            "t": when.isoformat(),
            "session": session,
            "n": number,
            "event": event,
        }
        self.records.append({**record, **fields})
        return self.records[-1]


def test_a_session_that_broke_off_in_a_set_is_offered_at_its_rep(diary, monday):
    begin(diary, monday)
    start_set(diary, monday, 2)
    reps(diary, monday, 7, 2)
    found = unfinished(fold(diary.records), monday + timedelta(minutes=10))
    assert found is not None
    assert (found.session, found.drill, found.set, found.rep) == ("a", "RDL", 2, 7)
    assert found.weight == Quantity(35.0, "lb")


def test_a_rep_that_was_taken_back_does_not_count(diary, monday):
    begin(diary, monday)
    start_set(diary, monday)
    last = reps(diary, monday, 7)[-1]
    diary.event(monday, "a", "correction", of=last["id"], deleted=True)
    found = unfinished(fold(diary.records), monday)
    assert found is not None
    assert found.rep == 6


def test_a_set_whose_end_was_taken_back_is_open_again_with_its_reps(diary, monday):
    begin(diary, monday)
    start_set(diary, monday)
    reps(diary, monday, 12)
    done = end_set(diary, monday)
    diary.event(monday, "a", "correction", of=done["id"], deleted=True, why="undo")
    found = unfinished(fold(diary.records), monday)
    assert found is not None
    assert (found.set, found.rep) == (1, 12)


def test_a_session_that_broke_off_in_a_rest_goes_on_with_the_next_set(diary, monday):
    begin(diary, monday)
    end_set(diary, monday, 2, "wall tap")
    found = unfinished(fold(diary.records), monday)
    assert found is not None
    assert (found.drill, found.set, found.rep) == ("wall tap", 3, 0)


def test_after_the_last_set_of_a_drill_the_next_drill_is_due(diary, monday):
    begin(diary, monday)
    end_set(diary, monday, 3, "wall tap")
    found = unfinished(fold(diary.records), monday)
    assert found is not None
    assert (found.drill, found.set) == ("RDL", 1)


def test_a_superset_that_broke_off_goes_on_with_the_drill_whose_turn_it_is(diary, monday):
    drills = ("wall tap", "row", "press", "RDL")
    diary.event(monday, "a", "session_started", programme="hip hinge", drills=list(drills), supersets=[0, 1, 1, 0])
    end_set(diary, monday, 3, "wall tap")
    turns = []
    for drill, number, sets in (("row", 1, 1), ("press", 1, 3), ("press", 2, 3), ("press", 3, 3)):
        found = unfinished(fold(diary.records), monday)
        assert found is not None
        turns.append((found.drill, found.set))
        begun = {"drill": drill, "set": number, "sets": sets, "reps": 5, "weight": None, "unit": None}
        diary.event(monday, "a", "set_started", **begun)
        diary.event(monday, "a", "set_done", **begun | {"target": 5}, superset=1)
    assert turns == [("row", 1), ("press", 1), ("press", 2), ("press", 3)]
    found = unfinished(fold(diary.records), monday)
    assert found is not None
    assert (found.drill, found.set, found.reached) == ("RDL", 1, {})


def test_nothing_is_offered_when_all_of_it_was_done(diary, monday):
    begin(diary, monday)
    end_set(diary, monday, 3, "RDL")
    assert unfinished(fold(diary.records), monday) is None


def test_an_easier_drill_after_pain_is_the_last_of_the_day(diary, monday):
    begin(diary, monday, drills=("wall tap", "RDL", "deadlift"))
    end_set(diary, monday, 1, "RDL", pain=True, reps=4)
    diary.event(monday, "a", "moved", **{"from": "RDL", "to": "dowel hinge", "why": "pain"})
    found = unfinished(fold(diary.records), monday)
    assert found is not None
    assert (found.drill, found.set) == ("dowel hinge", 1)
    end_set(diary, monday, 3, "dowel hinge")
    assert unfinished(fold(diary.records), monday) is None


def test_twelve_hours_later_nothing_is_offered_any_more(diary, monday):
    begin(diary, monday)
    end_set(diary, monday)
    sessions = fold(diary.records)
    assert unfinished(sessions, monday + timedelta(hours=12)) is not None
    assert unfinished(sessions, monday + timedelta(hours=12, seconds=1)) is None


def test_a_session_ended_as_interrupted_is_offered_and_one_that_was_stopped_is_not(diary, monday):
    begin(diary, monday)
    end_set(diary, monday)
    end = diary.event(monday, "a", "session_ended", how="interrupted")
    assert unfinished(fold(diary.records), monday) is not None
    end["how"] = "stopped"
    assert unfinished(fold(diary.records), monday) is None


def test_a_session_that_was_closed_by_a_later_one_is_not_offered(diary, monday):
    begin(diary, monday)
    end_set(diary, monday)
    begin(diary, monday + timedelta(minutes=5), "b")
    assert unfinished(fold(diary.records), monday + timedelta(minutes=6)) is not None
    diary.event(monday + timedelta(minutes=6), "b", "session_ended", how="left", of="a")
    sessions = fold(diary.records)
    assert sessions[0].how == "left"
    assert unfinished(sessions, monday + timedelta(minutes=6)) is None


def test_a_session_and_the_one_that_carries_it_on_are_one(diary, monday):
    begin(diary, monday)
    start_set(diary, monday)
    reps(diary, monday, 7)
    later = monday + timedelta(minutes=20)
    begin(diary, later, "b")
    diary.event(later, "b", "session_resumed", of="a")
    diary.event(later, "b", "rep", drill="RDL", set=1, rep=8)
    sessions = fold(diary.records)
    assert len(sessions) == 1
    again = unfinished(sessions, later)
    assert again is not None
    assert (again.session, again.set, again.rep) == ("b", 1, 8)
    end_set(diary, later, 1, session="b")
    diary.event(later, "b", "session_ended", how="finished")
    (session,) = fold(diary.records)
    assert session.parts == ("a", "b")
    assert [done.reps for done in session.sets] == [12]
    assert session.how == "finished"


def test_broken_fields_do_not_break_the_fold(diary, monday):
    begin(diary, monday)
    diary.event(monday, "a", "set_done", drill=7, set="x", reps=None, weight="heavy", dials=[1], rpe="?", pain="yes")
    diary.event(monday, "a", "something new", field=1)
    diary.records.append({"v": 1, "id": "q", "t": "yesterday", "session": "a", "event": "rep"})
    (session,) = fold(diary.records)
    assert len(session.sets) == 1
    assert session.sets[0].weight is None


@given(seed=st.integers(0, 2**32), shuffle=st.booleans())
def test_reading_a_file_quickly_gives_the_same_sessions_as_reading_every_line(tmp_path_factory, seed, shuffle):
    from datetime import datetime

    from voicecoach.journal.file import encode
    from voicecoach.journal.fold import read_sessions

    chance = random.Random(seed)
    monday = datetime.fromisoformat("2026-11-16T18:00:00+01:00")
    diary = _ConfiguredDiary()
    for session in ("a", "b"):
        begin(diary, monday + timedelta(hours=session == "b"), session)
    for step in range(chance.randrange(30)):
        session, number = chance.choice("ab"), chance.randrange(1, 3)
        when = monday + timedelta(hours=session == "b", seconds=step)
        kind = chance.choice(["set", "reps", "reps", "done", "undo"])
        if kind == "set":
            start_set(diary, when, number, session=session)
        elif kind == "done":
            end_set(diary, when, number, session=session)
        elif kind == "undo":
            diary.event(when, session, "correction", of=chance.choice(diary.records)["id"], deleted=True)
        else:
            for rep in range(chance.randrange(4)):
                diary.event(when, session, "rep", drill="RDL", set=number, rep=rep + 1)
    lines = [encode(record) for record in diary.records]
    if shuffle:
        chance.shuffle(lines)
    path = tmp_path_factory.mktemp("quick") / "j"
    path.write_bytes(b"".join(lines) + lines[0])
    assert read_sessions(path) == fold(diary.records)


def test_a_session_that_broke_off_between_the_sides_stands_at_the_other_one(diary, monday):
    begin(diary, monday)
    end_set(diary, monday, 1, side="right")
    there = unfinished(fold(diary.records), monday + timedelta(minutes=5))
    assert (there.set, there.side) == (1, "left")
    end_set(diary, monday + timedelta(minutes=1), 1, side="left")
    there = unfinished(fold(diary.records), monday + timedelta(minutes=5))
    assert (there.set, there.side) == (2, None)


def test_history_tells_holds_in_seconds_and_joins_the_drills_of_a_superset(
    diary, monday, tmp_path, monkeypatch, capsys
):
    clock = {"sets": 2, "target": None, "weight": None, "tempo": "0-20-0-0"}
    pair = {"sets": 1, "superset": 1}
    diary.session(
        monday,
        [
            {"drill": "plank", "set": 1, "reps": 0, "seconds": 20.0, "hold": 20.0, **clock},
            {"drill": "plank", "set": 2, "reps": 0, "seconds": 20.0, "hold": 20.0, **clock},
            {"drill": "squat", "set": 1, "reps": 8, **pair},
            {"drill": "curl up", "set": 1, "reps": 6, "weight": None, **pair},
        ],
    )
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    diary.write(tmp_path / "journal.jsonl")
    history()
    assert "plank 2 x 20 s · squat 8 at 35 lb + curl up 6\n" in capsys.readouterr().out
