"""A session of a day on which nobody trained: the first that there is, or the last."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from typer.testing import CliRunner

from voicecoach.app.homes import Homes
from voicecoach.app.rehearsal import Order, rehearse
from voicecoach.app.weeks import live
from voicecoach.app.weeks_story import usual_story
from voicecoach.cli.app import app
from voicecoach.errors import CoachError
from voicecoach.journal.fold import read_sessions
from voicecoach.journal.imports import read_export
from voicecoach.report.page import page

TIMES = {
    "9999-12-31T18:00:00+00:00": "on the last day",
    "9999-12-31T18:00:00-12:00": "on the last day, west of Greenwich",
    "9999-12-31T23:30:00": "on the last day, without an offset",
    "0001-01-01T00:30:00+00:00": "on the first day",
    "0001-01-01T00:30:00+14:00": "on the first day, east of Greenwich",
    "0001-01-01T00:30:00": "on the first day, without an offset",
}
COMMANDS = [
    "report", "history", "progress RDL", "plan hip-hinge", "export", "export --format liftosaur",
    "export --format sqlite --out x.sqlite", "log edit --print", "forget --before 2026-01-01 --yes",
]  # fmt: skip


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(home, diary, monday, time):
    """Two sessions, a week missed between them, and one whose every event has that time."""
    diary.session(monday, [{"set": 1}])
    diary.session(monday + timedelta(days=14), [{"set": 1}])
    wrong = diary.session(monday, [{"set": 1}])
    for record in diary.records:
        if record["session"] == wrong:
            record["t"] = time
    return diary.write(home / "journal.jsonl")


@pytest.mark.parametrize("time", TIMES, ids=TIMES.values())
def test_no_command_fails_at_a_session_on_the_first_or_the_last_day_of_the_calendar(home, diary, monday, time):
    write(home, diary, monday, time)
    for command in COMMANDS:
        result = CliRunner().invoke(app, command.split())
        assert result.exit_code == 0, (command, result.output)


@pytest.mark.parametrize("time", ["9999-12-31T18:00:00+00:00", "0001-01-01T00:30:00+00:00"])
def test_the_report_shows_a_missed_week_but_not_those_of_thousands_of_years(home, diary, monday, time):
    sessions = read_sessions(write(home, diary, monday, time))
    told = page(sessions, monday.date(), None)
    assert '<tr><th scope="row">23 Nov 2026</th><td>0</td>' in told  # between 16 and 30 November
    assert told.count("<td>0</td><td>0</td><td>0</td>") == 1


def test_a_rehearsal_after_the_last_day_of_the_calendar_asks_for_another_day(home, diary, monday):
    journal = write(home, diary, monday, "9999-12-31T18:00:00+00:00")
    with pytest.raises(CoachError, match="of 9999-12-31, and the calendar ends before the next") as caught:
        rehearse(Order("wall-tap", journal=journal), Homes.find())
    assert "--today" in caught.value.hint


def test_weeks_beyond_the_end_of_the_calendar_are_refused_before_any_is_rehearsed(home):
    journal = home / "weeks.jsonl"
    with pytest.raises(CoachError, match="beyond the end of the calendar") as caught:
        live("wall-tap", usual_story(2), Homes.find(), journal, first=date(9999, 12, 25))
    assert caught.value.exit_code == 2
    assert not journal.exists()


@pytest.mark.parametrize(
    ("day", "length", "why"),
    [
        ("2026-11-16 18:00:00", "9" * 400, "it lasts beyond the end of the calendar"),
        ("0001-01-01 00:30:00", "31s", "'0001-01-01 00:30:00' is no date"),
    ],
)
def test_a_row_of_another_tracker_beyond_the_calendar_is_left_out_and_named(tmp_path, day, length, why):
    table = tmp_path / "strong.csv"
    table.write_text(
        "Date,Workout Name,Duration,Exercise Name,Set Order,Weight,Reps,Distance,Seconds,Notes,Workout Notes,RPE\n"
        f"{day},A,{length},Squat,1,100,5,0,0,,,\n2026-11-16 18:00:00,A,31s,Squat,1,100,5,0,0,,,\n",
        encoding="utf-8",
    )
    ((line, told),) = read_export(table, {}).left_out
    assert line == 2
    assert told.startswith(why)
