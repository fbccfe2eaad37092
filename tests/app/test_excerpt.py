"""``rehearse --from`` and ``--play``: a part of a session, to read and to hear."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import typer
from kit.pulse import onsets, read_wav
from typer.testing import CliRunner

from voicecoach.app.excerpt import lines_from, place_of
from voicecoach.app.homes import Homes
from voicecoach.app.rehearsal import Order
from voicecoach.app.rehearsal import rehearse as hold
from voicecoach.cli.guard import guarded
from voicecoach.cli.rehearse import rehearse
from voicecoach.errors import CoachError

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def lines(tmp_path_factory):
    place = tmp_path_factory.mktemp("home")
    homes = Homes(*(place / name for name in ("journal.jsonl", "cache", "models", "config", "scripts")))
    return hold(Order("hip-hinge"), homes).transcript.sorted()


@pytest.mark.parametrize(
    ("wanted", "drill", "number"),
    [("set 2", "wall tap", 2), ("dowel hinge, set 3", "dowel hinge", 3), ("rdl set 1", "RDL", 1)],
)
def test_a_set_begins_with_its_countdown(lines, wanted, drill, number):
    part = lines_from(place_of(wanted, lines), lines)
    assert [line["say"] for line in part if "say" in line][:3] == ["three", "two", "one"]
    first = next(line["log"] for line in part if "log" in line)
    assert (first["event"], first["drill"], first["set"]) == ("set_started", drill, number)


def test_a_drill_begins_with_its_explanation(lines):
    part = lines_from(place_of("Dowel  Hinge", lines), lines)
    assert next(line["state"] for line in part if "state" in line) == "briefing"
    assert place_of("wall tap", lines) == 0


def test_a_time_is_a_place_too(lines):
    assert place_of("4:30", lines) == 270


@pytest.mark.parametrize("wanted", ["set 9", "squat", "wall tap, set 4", "99:00", "2", "set"])
def test_what_the_session_did_not_have_is_said_with_what_it_has(lines, wanted):
    with pytest.raises(CoachError) as error:
        place_of(wanted, lines)
    assert wanted in error.value.message
    assert "wall tap, set 1 to 3" in error.value.hint or "ends at 17:" in error.value.hint


def test_the_recording_begins_at_that_place_too(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    (tmp_path / "story").write_text("0:30 start\n0:45 end the session\n0:49 yes\n")
    app = typer.Typer()
    app.command()(guarded(rehearse))
    words = ["wall-tap", "--story", str(tmp_path / "story"), "--wav"]
    whole = CliRunner().invoke(app, [*words, str(tmp_path / "whole.wav")])
    assert whole.exit_code == 0, whole.output
    part = CliRunner().invoke(app, [*words, str(tmp_path / "part.wav"), "--from", "set 1"])
    assert part.stdout.splitlines()[0] in whole.stdout
    assert "three" in part.stdout.splitlines()[0]
    all_of_it, rate = read_wav(tmp_path / "whole.wav")
    the_part, _ = read_wav(tmp_path / "part.wav")
    assert 0 < len(the_part) < len(all_of_it)
    assert list(all_of_it[-len(the_part) :]) == list(the_part)
    assert onsets(the_part, rate)[0] < 0.01


def test_a_rehearsal_can_be_listened_to_with_its_words_in_time(pulse, tmp_path):
    (tmp_path / "story").write_text("0:30 start\n0:34 end the session\n0:36 yes\n")
    command = [sys.executable, "-m", "voicecoach", "rehearse", "wall-tap", "--play", "--from", "set 1"]
    command += ["--story", str(tmp_path / "story")]
    with pulse.recording(tmp_path / "ears.wav"):
        done = subprocess.run(
            command,
            env=pulse.env | {"VOICECOACH_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)},
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    rows = done.stdout.splitlines()
    assert "three" in rows[0]
    assert "session_ended" in rows[-1]
    samples, rate = read_wav(tmp_path / "ears.wav")
    heard = onsets(samples, rate, quiet_s=0.3)
    assert [round(t - heard[0], 1) for t in heard[:3]] == [0.0, 1.0, 2.0]
