from __future__ import annotations

import csv
import io
import json
import os
import sqlite3
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.cli.export import Format, Unit, export
from voicecoach.cli.import_ import Source, import_
from voicecoach.errors import CoachError
from voicecoach.journal import sheets, tables, trackers
from voicecoach.journal.fold import fold, read_sessions
from voicecoach.journal.imports import read_export, unknown

NAMES = {"RDL": "Romanian Deadlift (Dumbbell)", "deadlift": "Deadlift (Barbell)"}


@pytest.fixture
def sessions(diary, monday):
    dials = {"distance": {"value": 7, "unit": "in"}}
    wall = {"drill": "wall tap", "reps": 15, "target": 15, "weight": None, "unit": None, "dials": dials}
    for week in range(3):
        diary.session(
            monday.astimezone() + timedelta(days=7 * week),
            [
                {**wall, "set": 1},
                {**wall, "set": 2},
                {"set": 1, "weight": 35 + 5 * week},
                {"set": 2, "weight": 22.5, "rpe": 8.5},
            ],
        )
    return fold(diary.records)


@pytest.fixture
def by_the_clock(diary, monday):
    """A session with a hold, as many reps as possible, and the same with nobody counting."""
    plain = {"set": 1, "sets": 1, "target": None, "weight": None, "unit": None, "tempo": "0-30-0-0", "superset": 1}
    diary.session(
        monday.astimezone(),
        [
            {**plain, "drill": "plank", "reps": 0, "seconds": 31.0, "hold": 30.0},
            {**plain, "drill": "step up", "reps": 18, "seconds": 60.0, "amrap": 60.0},
            {**plain, "drill": "skiing", "reps": 0, "seconds": None, "amrap": 20.0},
        ],
    )
    return fold(diary.records)


def facts(sessions):
    """What every exchange has to keep."""
    return [
        (session.started.replace(second=0), [(d.drill, d.set, d.reps, d.weight, d.hold) for d in session.sets])
        for session in sessions
    ]


def read_back(path, form=None):
    return fold(read_export(path, {name: drill for drill, name in NAMES.items()}, form).records)


def test_hevy_keeps_sets_weights_reps_and_dates(tmp_path, sessions):
    (tmp_path / "hevy.csv").write_bytes(trackers.hevy(sessions, NAMES, "lb").encode())
    assert facts(read_back(tmp_path / "hevy.csv")) == facts(sessions)


def test_strong_keeps_sets_weights_reps_and_dates(tmp_path, sessions):
    (tmp_path / "strong.csv").write_text(trackers.strong(sessions, NAMES))
    assert facts(read_back(tmp_path / "strong.csv")) == facts(sessions)


@pytest.mark.parametrize("form", ["csv", "sqlite"])
def test_our_own_tables_keep_everything(tmp_path, sessions, form):
    path = tmp_path / f"sets.{form}"
    if form == "sqlite":
        path.write_bytes(tables.as_sqlite(sessions))
    else:
        path.write_text(tables.as_csv(sessions))
    back = read_back(path)
    assert [session.sets for session in back] == [session.sets for session in sessions]
    assert [session.id for session in back] == [session.id for session in sessions]


def test_sets_by_the_clock_keep_their_seconds_in_every_table(tmp_path, by_the_clock):
    (tmp_path / "own.csv").write_text(tables.as_csv(by_the_clock))
    (tmp_path / "own.sqlite").write_bytes(tables.as_sqlite(by_the_clock))
    for name in ("own.csv", "own.sqlite"):
        assert [one.sets for one in read_back(tmp_path / name)] == [one.sets for one in by_the_clock]
    (tmp_path / "hevy.csv").write_bytes(trackers.hevy(by_the_clock, {}, "kg").encode())
    (tmp_path / "strong.csv").write_text(trackers.strong(by_the_clock, {}))
    for name in ("hevy.csv", "strong.csv"):
        (back,) = read_back(tmp_path / name)
        found = [(done.brief, done.seconds) for done in back.sets]
        assert found == [("31 s", 31), ("18", 60), ("20 s", 20)]
    hevy = list(csv.DictReader(io.StringIO((tmp_path / "hevy.csv").read_text())))
    assert [(row["reps"], row["duration_seconds"], row["superset_id"]) for row in hevy] == [
        ("", "31", "1"), ("18", "60", "1"), ("", "20", "1"),
    ]  # fmt: skip
    assert "tempo" not in hevy[0]["exercise_notes"]
    liftosaur = list(csv.DictReader(io.StringIO(trackers.liftosaur(by_the_clock, {}))))
    assert [(row["Completed Reps"], row["Is AMRAP?"], row["Notes"]) for row in liftosaur] == [
        ("1", "0", "31 seconds"), ("18", "1", "60 seconds"), ("1", "1", "20 seconds"),
    ]  # fmt: skip


def test_tables_of_earlier_versions_without_holds_are_read(tmp_path, sessions):
    (tmp_path / "new.sqlite").write_bytes(tables.as_sqlite(sessions))
    with sqlite3.connect(tmp_path / "new.sqlite") as database:
        for column in ("hold", "amrap", "superset"):
            database.execute(f"ALTER TABLE sets DROP COLUMN {column}")
    database.close()
    assert [one.sets for one in read_back(tmp_path / "new.sqlite")] == [one.sets for one in sessions]
    rows = list(csv.DictReader(io.StringIO(tables.as_csv(sessions))))
    with (tmp_path / "old.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, [name for name in tables.COLUMNS if name not in {"hold", "amrap", "superset"}],
                                extrasaction="ignore")  # fmt: skip
        writer.writeheader()
        writer.writerows(rows)
    assert [one.sets for one in read_back(tmp_path / "old.csv")] == [one.sets for one in sessions]


def test_parquet_keeps_everything(tmp_path, sessions, by_the_clock):
    pytest.importorskip("duckdb")
    for held in (sessions, by_the_clock):
        (tmp_path / "sets.parquet").write_bytes(tables.as_parquet(held))
        assert [session.sets for session in read_back(tmp_path / "sets.parquet")] == [session.sets for session in held]


def test_a_hevy_row_is_written_as_the_app_writes_it(sessions):
    header, first, *_, last = trackers.hevy(sessions, NAMES, "lb").split("\r\n")[:-1]
    assert header == (
        '"title","start_time","end_time","description","exercise_title","superset_id","exercise_notes","set_index",'
        '"set_type","weight_lbs","reps","distance_km","duration_seconds","rpe"'
    )
    when = sessions[0].started
    end = sessions[0].last
    assert first == (
        f'"hip hinge","{when.day} Nov 2026, {when:%H:%M}","{end.day} Nov 2026, {end:%H:%M}","","wall tap",,'
        '"distance 7 in, tempo 3-1-1-0",0,"normal",,15,,,'
    )
    assert last.endswith('"Romanian Deadlift (Dumbbell)",,"tempo 3-1-1-0",1,"normal",22.5,12,,,8.5')
    assert '"weight_kg"' in trackers.hevy(sessions, NAMES, "kg")


def test_a_strong_row_has_fourteen_cells_and_none_that_hevy_refuses(sessions):
    rows = list(csv.DictReader(io.StringIO(trackers.strong(sessions, NAMES)), delimiter=";"))
    assert tuple(rows[0]) == trackers.STRONG
    for row in rows:
        assert None not in row
        assert all(row[name] for name in ("Notes", "Workout Notes", "Seconds", "Workout Duration"))
        datetime.strptime(row["Date"], "%Y-%m-%d %H:%M:%S").astimezone()
    assert rows[2]["Weight"] == "35"
    assert rows[2]["Weight Unit"] == "lbs"
    assert rows[0]["Workout Duration"] == "30m"


def test_the_classic_strong_table_has_its_own_columns(tmp_path, sessions):
    text = trackers.strong_classic(sessions, NAMES, "kg")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == trackers.STRONG_CLASSIC
    assert rows[2]["Weight"] == "15.876"
    (tmp_path / "classic.csv").write_text(text)
    assert len(read_back(tmp_path / "classic.csv")) == 3


def test_liftosaur_gets_what_was_asked_for_beside_what_was_done(sessions):
    rows = list(csv.DictReader(io.StringIO(trackers.liftosaur(sessions, NAMES))))
    assert tuple(rows[0]) == trackers.LIFTOSAUR
    assert (rows[2]["Required Reps"], rows[2]["Completed Reps"], rows[2]["Completed Weight Unit"]) == ("12", "12", "lb")
    assert rows[2]["Exercise"] == "Romanian Deadlift, Dumbbell"
    assert rows[2]["Workout DateTime"].endswith("Z")
    assert rows[2]["Completed Reps Time"] > rows[2]["Workout DateTime"]


@given(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20), st.sampled_from([",", ";"]))
def test_no_cell_runs_in_a_spreadsheet_and_every_cell_comes_back(text, separator):
    for dialect in (sheets.Dialect(separator), sheets.Dialect(separator, quotes="texts")):
        written = sheets.write_table(("name", "other"), [(text, 1)], dialect)
        (row,) = csv.reader(io.StringIO(written.partition("\n")[2], newline=""), delimiter=separator)
        assert not row[0].startswith(("=", "+", "@", "\t", "\r"))
        assert not row[0].startswith("-") or row[0] == "-"
        assert sheets.as_it_was(row[0]) == text or text.startswith("'")


def test_a_drill_with_a_formula_for_a_name_is_harmless(diary, monday):
    evil = '=HYPERLINK("http://x","y")'
    diary.session(monday, [{"drill": evil, "set": 1}])
    sessions = fold(diary.records)
    for text in (trackers.hevy(sessions, {}, "lb"), trackers.strong(sessions, {}), tables.as_csv(sessions)):
        assert "'=HYPERLINK" in text


CLASSIC = "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE"
ANDROID = ";".join(trackers.STRONG)
RECENT = (
    "Workout #;Date;Workout Name;Duration (sec);Exercise Name;Set Order;Weight (kg);Reps;RPE;Distance (meters);"
    "Seconds;Notes;Workout Notes"
)
STRONG_KINDS = {
    "classic": f'{CLASSIC}\n2020-12-30 18:51:52,"Evening Workout",2h 38m,"Snatch (Barbell)",1,40.0,3,0,0,"","",\n',
    "android": f'{ANDROID}\n2020-12-30 18:51:52;"Evening Workout";"Snatch (Barbell)";1;40;kg;3;;;;0;"";"";31s\n',
    "recent": f"{RECENT}\n1;2020-12-30 18:51:52;Evening;3600;Snatch (Barbell);1;40,0;3;8,5;;;Wide;\n"
    "1;2020-12-30 18:51:52;Evening;3600;Snatch (Barbell);Rest Timer;;;;;90;;\n",
    "twelve hours": "Date,Workout Name,Exercise Name,Set Order,Weight,Weight Unit,Reps\n"
    "2020-12-30 6:51:52\u202fPM,Evening,Snatch (Barbell),1,40,kg,3\n",
}


@pytest.mark.parametrize("kind", STRONG_KINDS)
def test_every_dialect_of_strong_is_read(tmp_path, kind):
    path = tmp_path / "strong.csv"
    path.write_text("\ufeff" + STRONG_KINDS[kind], encoding="utf-8")
    (session,) = fold(read_export(path, {}).records)
    assert session.started.replace(tzinfo=None) == datetime(2020, 12, 30, 18, 51, 52)  # noqa: DTZ001 - local time
    ((drill, reps, weight),) = [(done.drill, done.reps, done.weight) for done in session.sets]
    assert (drill, reps) == ("Snatch (Barbell)", 3)
    assert weight is not None
    assert (weight.value, weight.unit) == (40.0, "kg")


def test_hevy_from_the_web_is_read_and_warm_ups_are_left_out_by_name(tmp_path):
    path = tmp_path / "hevy.csv"
    path.write_text(
        '"title","start_time","end_time","exercise_title","set_index","set_type","weight_kg","reps","rpe"\n'
        '"A","Sep 22, 2026, 6:00 AM","Sep 22, 2026, 7:00 AM","Squat",0,"warmup",20,10,\n'
        '"A","Sep 22, 2026, 6:00 AM","Sep 22, 2026, 7:00 AM","Squat",1,"normal",60,5,8\n'
    )
    found = read_export(path, {})
    assert found.left_out == ((2, "a warm-up set"),)
    (session,) = fold(found.records)
    assert (session.started.hour, session.last.hour, session.sets[0].rpe) == (6, 7, 8.0)


def test_a_file_that_makes_no_sense_is_refused_in_one_sentence(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("name,age\nx,3\n")
    with pytest.raises(CoachError, match="no export of Hevy, Strong or voicecoach"):
        read_export(path, {})
    path.write_text("Date,Exercise Name,Set Order,Weight,Reps\n30.12.,Squat,1,5,5\n31.12.,Squat,1,5,5\n")
    with pytest.raises(CoachError, match=r"makes no sense as an export of strong: '30.12.' is no date"):
        read_export(path, {})
    path.write_bytes(b"\xff\xfe\x00exercise name set order")
    with pytest.raises(CoachError):
        read_export(path, {})


def test_importing_a_journal_names_the_command_that_takes_one(tmp_path, diary, monday):
    diary.session(monday, [{}])
    with pytest.raises(CoachError, match="is a journal, not an export") as caught:
        read_export(diary.write(tmp_path / "other.jsonl"), {})
    assert "log merge" in caught.value.hint


def test_the_same_sessions_are_not_added_twice(tmp_path, sessions):
    path = tmp_path / "hevy.csv"
    path.write_bytes(trackers.hevy(sessions, NAMES, "lb").encode())
    found = read_export(path, {})
    assert unknown(found, sessions) == []
    assert len(unknown(found, sessions[:1])) == 2 * 6
    assert unknown(found, fold(found.records)) == []


def test_a_history_from_hevy_becomes_the_start_of_the_journal(tmp_path, sessions, monkeypatch, capsys):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    (tmp_path / "hevy.csv").write_bytes(trackers.hevy(sessions, NAMES, "lb").encode())
    import_(tmp_path / "hevy.csv", dry_run=True)
    assert not (tmp_path / "home").exists()
    import_(tmp_path / "hevy.csv", form=Source.HEVY)
    assert "3 sessions added, 0 there already." in capsys.readouterr().err
    assert facts(read_sessions(tmp_path / "home" / "journal.jsonl")) == facts(sessions)
    import_(tmp_path / "hevy.csv")
    assert "0 sessions added, 3 there already." in capsys.readouterr().err


def test_every_format_can_be_written_from_the_command_line(tmp_path, diary, sessions, monkeypatch, capsys):
    assert sessions
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    diary.write(tmp_path / "journal.jsonl")
    for form in (Format.HEVY, Format.STRONG, Format.STRONG_CLASSIC, Format.LIFTOSAUR, Format.CSV):
        export(form=form, unit=Unit.KG)
        text = capsys.readouterr().out
        assert len(list(csv.reader(io.StringIO(text)))) == 13
        assert ("Romanian Deadlift" in text) == (form is not Format.CSV)
    export(form=Format.SQLITE, out=tmp_path / "sets.sqlite")
    with sqlite3.connect(tmp_path / "sets.sqlite") as database:
        (dials,) = database.execute("SELECT dials FROM sets LIMIT 1").fetchone()
    database.close()
    assert json.loads(dials) == {"distance": {"value": 7.0, "unit": "in"}}
    with pytest.raises(CoachError) as caught:
        export(form=Format.SQLITE)
    assert caught.value.exit_code == 2
    with pytest.raises(CoachError, match="cannot be written"):
        export(form=Format.SQLITE, out=tmp_path / "no" / "x.sqlite")


@pytest.mark.skipif(os.name != "posix", reason="links are POSIX's")
@pytest.mark.parametrize("form", [Format.CSV, Format.SQLITE])
def test_an_export_named_by_a_link_is_written_where_it_leads(tmp_path, diary, sessions, monkeypatch, form):
    assert sessions
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    diary.write(tmp_path / "journal.jsonl")
    (tmp_path / "sets").symlink_to(tmp_path / "stick")
    export(form=form, out=tmp_path / "sets")
    assert (tmp_path / "sets").is_symlink()
    assert read_back(tmp_path / "stick")


@pytest.mark.skipif(os.name != "posix", reason="permissions are POSIX's")
@pytest.mark.parametrize("form", [Format.HEVY, Format.CSV, Format.SQLITE, Format.PARQUET])
def test_an_export_can_be_read_by_its_owner_alone(tmp_path, diary, sessions, monkeypatch, form):
    assert sessions
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    diary.write(tmp_path / "journal.jsonl")
    export(form=form, out=tmp_path / "sets")
    assert (tmp_path / "sets").stat().st_mode & 0o077 == 0
