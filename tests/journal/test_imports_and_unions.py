"""What an import and a union bring together: lines with one number, the same session twice, loads without a unit."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest
import typer
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from voicecoach.cli import equipment, export, history, import_, log, plan
from voicecoach.cli.guard import guarded
from voicecoach.journal.check import check_journal
from voicecoach.journal.file import encode
from voicecoach.journal.fold import fold, read_sessions
from voicecoach.words.meaning import Quantity

MONDAY = datetime.fromisoformat("2026-11-16T18:00:00+01:00")
CLASSIC = (
    "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n"
    '2020-12-30 18:51:52,"Evening",1h,"Squat",1,40.0,3,0,0,"","",\n'
)


@pytest.fixture
def voicecoach(tmp_path, monkeypatch):
    """Commands on a machine that is named first."""
    app = typer.Typer()
    for name, command in (
        ("export", export.export), ("import", import_.import_), ("history", history.history), ("plan", plan.plan),
        ("equipment", equipment.equipment), ("merge", log.merge), ("check", log.check),
    ):  # fmt: skip
        app.command(name)(guarded(command))
    monkeypatch.chdir(tmp_path)

    def run(machine, *arguments):
        (tmp_path / machine).mkdir(exist_ok=True)
        monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / machine))
        return CliRunner().invoke(app, [*arguments])

    return run


@pytest.fixture
def lived(tmp_path, diary, monday):
    """The journal of machine A, where a session was done in every detail."""
    rep = ("rep", {"drill": "RDL", "set": 2, "rep": 1})
    diary.session(monday, [{"then": [rep]}, {}, {}])
    diary.session(monday + timedelta(days=2), [{}, {}])
    (tmp_path / "A").mkdir()
    return diary.write(tmp_path / "A" / "journal.jsonl")


def test_a_session_that_was_imported_and_then_comes_with_its_journal_is_there_once(voicecoach, tmp_path, lived):
    assert voicecoach("A", "export", "--format", "csv", "--out", "x.csv").exit_code == 0
    assert voicecoach("B", "import", "x.csv").exit_code == 0
    merged = voicecoach("B", "merge", str(lived))
    assert merged.exit_code == 0
    assert "0 events added" in merged.output
    assert "Left out, as here already: 2 sessions that one of the journals has from an import" in merged.output
    for command in ("history", "plan", "check"):
        assert voicecoach("B", command).exit_code == 0
    sessions = read_sessions(tmp_path / "B" / "journal.jsonl")
    assert [one.sets for one in sessions] == [one.sets for one in read_sessions(lived)]
    back = voicecoach("A", "merge", str(tmp_path / "B" / "journal.jsonl"))
    assert (back.exit_code, "0 events added" in back.output, "2 sessions" in back.output) == (0, True, True)
    assert voicecoach("A", "check").exit_code == 0


def test_a_session_that_went_on_after_its_export_keeps_its_later_sets(voicecoach, tmp_path, lived, diary, monday):
    voicecoach("A", "export", "--format", "csv", "--out", "x.csv")
    voicecoach("B", "import", "x.csv")
    later = dict(diary.records[-2], id="later", set=3)
    diary.event(monday + timedelta(days=2, minutes=9), "s2", "set_done", **{
        key: value for key, value in later.items() if key not in {"v", "id", "t", "session", "n", "event"}
    })  # fmt: skip
    assert voicecoach("B", "merge", str(diary.write(lived))).exit_code == 0
    for command in ("history", "plan"):
        assert voicecoach("B", command).exit_code == 0
    assert [len(one.sets) for one in read_sessions(tmp_path / "B" / "journal.jsonl")] == [3, 3]


def test_a_pain_that_no_table_holds_comes_with_the_journal(voicecoach, tmp_path, lived, diary, monday):
    voicecoach("A", "export", "--format", "csv", "--out", "x.csv")
    voicecoach("B", "import", "x.csv")
    diary.event(monday + timedelta(minutes=31), "s1", "pain", where="back", drill="RDL", set=3, rep=12, said="ouch")
    merged = voicecoach("B", "merge", str(diary.write(lived)))
    assert (merged.exit_code, "Left out, as here already: 1 session that" in merged.output) == (0, True)
    for command in ("history", "plan"):
        assert voicecoach("B", command).exit_code == 0
    first, second = read_sessions(tmp_path / "B" / "journal.jsonl")
    assert [one.where for one in first.pains] == ["back"]
    assert [len(one.sets) for one in (first, second)] == [3, 2]


def test_a_line_that_was_copied_under_another_id_stops_no_command_and_the_check_names_it(voicecoach, lived):
    lines = [json.loads(line) for line in lived.read_text().splitlines()]
    twin = {**lines[1], "id": "copy"}
    lived.write_text("".join(json.dumps(line) + "\n" for line in [*lines, twin]))
    for command in ("history", "plan"):
        assert voicecoach("A", command).exit_code == 0
    checked = voicecoach("A", "check")
    assert checked.exit_code == 1
    assert f":{len(lines) + 1}: error: has the number 2 of line 2 within its session" in checked.output


def test_a_copy_fills_no_gap(tmp_path, diary, monday):
    diary.session(monday, [{}, {}, {}])
    copy = {**diary.records[1], "id": "copy"}
    del diary.records[2]
    diary.records.append(copy)
    found = [(one.line, one.message.partition(":")[0]) for one in check_journal(diary.write(tmp_path / "j"))]
    assert found == [(5, "has the number 2 of line 2 within its session"), (0, "session s1")]


def event(number, kind, session, minute, drill, which, numbered):
    """A valid line; ``number`` makes its id, and its ``n`` where it has one."""
    fields = {
        "session_started": {"programme": "hip hinge", "drills": ["RDL", "plank"], "supersets": [which % 2] * 2},
        "session_resumed": {"of": "b" if session == "a" else "a"},
        "set_started": {
            "drill": drill, "set": which, "sets": 3, "reps": 12, "weight": 35, "unit": "lb", "dials": {},
        },
        "rep": {"drill": drill, "set": which, "rep": which},
        "set_done": {
            "drill": drill, "set": which, "sets": 3, "reps": 12, "target": 12, "weight": None, "unit": None,
            "side": ("left", "right", None)[which % 3], "seconds": 60.0, "dials": {}, "tempo": None, "rpe": None,
            "pain": False,
        },
        "weight": {"drill": drill, "value": 20, "unit": "lb"},
        "pain": {"where": "back", "drill": drill, "set": which, "rep": 3},
        "skipped": {"drill": drill, "set": which},
        "moved": {"from": drill, "to": "plank"},
        "correction": {"of": f"e{which}", "deleted": which % 2 == 0},
        "session_ended": {"how": "interrupted" if which % 2 else "finished"},
    }  # fmt: skip
    when = (MONDAY + timedelta(minutes=minute)).isoformat()
    place = {"n": number} if numbered else {}
    return {"v": 1, "id": f"e{number}", "t": when, "session": session, **place, "event": kind, **fields[kind]}


KINDS = (
    "session_started", "session_resumed", "set_started", "rep", "set_done", "weight", "pain", "skipped", "moved",
    "correction", "session_ended",
)  # fmt: skip
PARTS = st.tuples(
    st.sampled_from(KINDS), st.sampled_from("ab"), st.integers(0, 60), st.sampled_from(["RDL", "plank"]),
    st.integers(1, 6), st.integers(0, 9).map(bool),
)  # fmt: skip


@st.composite
def journals(draw):
    """Valid lines in any order, some of them once more under other ids."""
    lines = [event(number, *parts) for number, parts in enumerate(draw(st.lists(PARTS, max_size=20)), start=1)]
    again = draw(st.lists(st.sampled_from(lines), max_size=5)) if lines else []
    return draw(st.permutations([*lines, *({**line, "id": f"again{n}"} for n, line in enumerate(again))]))


@given(lines=journals())
def test_valid_lines_in_any_order_and_under_several_ids_are_always_read(tmp_path_factory, lines):
    sessions = fold(lines)
    path = tmp_path_factory.mktemp("any") / "j"
    path.write_bytes(b"".join(encode(line) for line in lines))
    assert len(read_sessions(path)) == len(sessions)
    assert not any("should be" in finding.message for finding in check_journal(path))


@pytest.mark.parametrize("order", [1, -1])
def test_lines_with_one_number_stand_by_time_and_then_by_id(diary, monday, order):
    diary.session(monday, [{"reps": 10}])
    first = diary.records[1]
    later = {**first, "id": "a", "t": (monday + timedelta(minutes=3)).isoformat(), "reps": 12}
    twin = {**first, "id": "z", "reps": 11}
    (session,) = fold([*diary.records, later, twin][::order])
    assert [done.reps for done in session.sets] == [10, 11, 12]


def test_a_weight_without_a_unit_is_taken_in_the_unit_of_the_settings(voicecoach, tmp_path, lived):
    assert lived.exists()
    (tmp_path / "strong.csv").write_text(CLASSIC)
    voicecoach("A", "equipment", "--unit", "kg")
    assert "taken for kg, as in your settings." in voicecoach("A", "import", "strong.csv").output
    assert read_sessions(lived)[0].sets[0].weight == Quantity(40.0, "kg")
    voicecoach("B", "equipment", "--unit", "lb")
    assert "taken for lb, as in your settings." in voicecoach("B", "import", "strong.csv").output
    assert read_sessions(tmp_path / "B" / "journal.jsonl")[0].sets[0].weight == Quantity(40.0, "lb")


def test_without_a_setting_it_is_taken_in_the_unit_of_the_last_load(voicecoach, tmp_path, lived):
    (tmp_path / "strong.csv").write_text(CLASSIC)
    said = voicecoach("A", "import", "--dry-run", "strong.csv").output
    assert "strong.csv does not tell the unit of its weights: taken for lb, as in the last load of your" in said
    voicecoach("A", "import", "strong.csv")
    assert read_sessions(lived)[0].sets[0].weight == Quantity(40.0, "lb")
    assert "does not tell" not in voicecoach("A", "import", "strong.csv").output


def test_where_nothing_is_known_it_is_taken_for_kilos_and_said(voicecoach, tmp_path):
    (tmp_path / "strong.csv").write_text(CLASSIC)
    assert "taken for kg, as nothing says otherwise." in voicecoach("B", "import", "strong.csv").output


@pytest.mark.parametrize("header", ["Weight (kg)", "Weight Unit,Weight"])
def test_a_unit_that_the_file_tells_is_kept_and_nothing_is_said(voicecoach, tmp_path, header):
    value = "40.0" if header == "Weight (kg)" else "kg,40.0"
    (tmp_path / "strong.csv").write_text(CLASSIC.replace("Weight", header, 1).replace("40.0", value))
    voicecoach("B", "equipment", "--unit", "lb")
    assert "does not tell" not in voicecoach("B", "import", "strong.csv").output
    assert read_sessions(tmp_path / "B" / "journal.jsonl")[0].sets[0].weight == Quantity(40.0, "kg")
