from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import typer
from typer.testing import CliRunner

from voicecoach.cli.hear import hear
from voicecoach.errors import CoachError
from voicecoach.hearing.assembly import build_path
from voicecoach.hearing.calibrating import calibrate
from voicecoach.hearing.calibration import Calibration, load_calibration, save_calibration
from voicecoach.hearing.replay import quiet_room
from voicecoach.hearing.tuning import Tuning

RECORDINGS = Path(__file__).parent / "recordings"


class TapedMicrophone:
    """Delivers a tape as soon as it is opened."""

    name, rate, channels = "USB mic (1)", 16000, 1

    def __init__(self, tape):
        self.tape = tape

    def open(self, on_block):
        for at in range(0, len(self.tape), 320):
            on_block(self.tape[at : at + 320].tobytes())

    def close(self):
        self.tape = np.zeros(0, np.int16)


def test_room_voice_and_phrases_are_learnt_and_kept_for_the_device(tmp_path, model, table, recording):
    tape = np.concatenate([quiet_room(2), recording("stop"), recording("stop"), quiet_room(8)])
    said = []
    learnt = calibrate(
        TapedMicrophone(tape), lambda explain: build_path(model, table, explain=explain), ["stop"], said.append, 2.0
    )
    assert learnt.heard == {"stop": 2}
    assert learnt.when.startswith("calibrated on ")
    assert learnt.room < -70 < learnt.voice
    assert sum('Say "stop"' in sentence for sentence in said) == 3
    save_calibration(learnt, tmp_path)
    assert load_calibration(tmp_path, "USB mic (1)") == learnt
    assert load_calibration(tmp_path, "another") is None


def test_silence_is_no_calibration(model, table):
    tape = np.concatenate([quiet_room(2), quiet_room(18.1)])
    with pytest.raises(CoachError, match="no voice"):
        calibrate(
            TapedMicrophone(tape),
            lambda explain: build_path(model, table, explain=explain),
            ["stop"],
            lambda _: None,
            2.0,
        )


def test_a_bad_calibration_cannot_close_the_ears():
    plain = Tuning()
    loud_room = Calibration("x", -20.0, -18.0, {}).tuning(plain)
    loud_voice = Calibration("x", -90.0, -3.0, {}).tuning(plain)
    assert loud_room.above_floor == 3.0
    assert loud_voice.above_floor <= 12.0
    assert loud_voice.quietest <= -40.0


def test_a_damaged_calibration_counts_as_none(tmp_path):
    (tmp_path / "x.json").write_text("{")
    assert load_calibration(tmp_path, "x") is None


@pytest.mark.parametrize("room", [-95.0, -70.0, -45.0, -20.0])
@pytest.mark.parametrize("voice", [-60.0, -35.0, -3.0])
def test_no_calibration_makes_a_safety_phrase_harder_to_say(room, voice):
    plain = Tuning()
    tuned = Calibration("x", room, voice, {}).tuning(plain)
    assert tuned.above_floor_safety <= plain.above_floor_safety


def test_hear_uses_what_was_learnt_of_a_microphone_and_stop_is_still_heard(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    save_calibration(Calibration("Clip mic", -90.0, -3.0, {}, "2026-03-03"), tmp_path / "config" / "microphones")
    recording = str(RECORDINGS / "stop.flac")
    said = CliRunner().invoke(typer_app(), [recording, "--device", "clip"])
    assert "As through Clip mic, calibrated on 3 March 2026." in said.output
    assert "->  stop" in said.output
    missing = CliRunner().invoke(typer_app(), [recording, "--device", "other"])
    assert "'other'" in str(missing.exception)


def typer_app():
    app = typer.Typer()
    app.command()(hear)
    return app
