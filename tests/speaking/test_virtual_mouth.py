from __future__ import annotations

import gc
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit.pulse import onsets, read_wav

from voicecoach.coach.commands import Hush, Kind, Say, Tone, Unsay
from voicecoach.errors import CoachError
from voicecoach.speaking.mouth_virtual import VirtualMouth
from voicecoach.speaking.opening import open_voice
from voicecoach.speaking.silent import SilentVoice


def count_a_set(mouth: VirtualMouth, reps: int, beat: float) -> list[float]:
    """Say the numbers on the beat, each wanted a second ahead; returns the beats."""
    beats = [1.0 + rep * beat for rep in range(reps)]
    for rep, at in enumerate(beats):
        mouth.advance(at - 1.0)
        mouth.say(Say(rep, str(rep % 15 + 1), Kind.COUNT, at, mouth.seconds_of(str(rep % 15 + 1))))
    mouth.advance(beats[-1] + 1)
    return beats


def test_counts_of_the_real_voice_stand_on_their_beat_in_the_recording(tmp_path):
    voice = open_voice(tmp_path)
    mouth = VirtualMouth(voice, recording=tmp_path / "set.wav")
    beats = count_a_set(mouth, 15, 1.5)
    mouth.close()
    voice.close()
    heard = onsets(*read_wav(tmp_path / "set.wav"), quiet_s=0.4)
    assert len(heard) == 15
    assert max(abs(h - b) for h, b in zip(heard, beats, strict=True)) <= 0.010
    assert [p.start for p in mouth.played] == pytest.approx(beats, abs=1e-4)


def test_with_and_without_a_recording_the_same_is_played(tmp_path):
    played = []
    for recording in (None, tmp_path / "a.wav"):
        mouth = VirtualMouth(SilentVoice(), recording=recording)
        count_a_set(mouth, 40, 2.0)
        mouth.hush(Hush())
        mouth.close()
        played.append([(p.text, p.start, p.end) for p in mouth.played])
    assert played[0] == [(t, pytest.approx(a, abs=1e-4), pytest.approx(b, abs=1e-4)) for t, a, b in played[1]]


def test_the_same_session_is_the_same_file_to_the_byte(tmp_path):
    files = []
    for name in "ab":
        mouth = VirtualMouth(SilentVoice(blip=True), recording=tmp_path / f"{name}.wav")
        count_a_set(mouth, 5, 2.0)
        mouth.tone(Tone("rest over", mouth.now() + 0.1))
        mouth.advance(mouth.now() + 1)
        mouth.close()
        files.append((tmp_path / f"{name}.wav").read_bytes())
    assert files[0] == files[1]


@given(st.lists(st.floats(0, 100), max_size=20))
def test_the_clock_only_moves_forward(times):
    mouth = VirtualMouth(SilentVoice())
    latest = 0.0
    for to in times:
        mouth.advance(to)
        latest = max(latest, to)
        assert mouth.now() == latest


def test_the_recording_is_as_long_as_the_session(tmp_path):
    mouth = VirtualMouth(SilentVoice(), recording=tmp_path / "long.wav")
    mouth.advance(61.25)
    mouth.close()
    samples, rate = read_wav(tmp_path / "long.wav")
    assert len(samples) / rate == pytest.approx(61.25)


def test_the_trainees_voice_can_be_mixed_in_and_is_not_hushed(tmp_path):
    mouth = VirtualMouth(SilentVoice(), recording=tmp_path / "both.wav")
    mouth.add(np.full(16_000, 0.5, np.float32), 1.0, 0.5, rate=16_000)
    mouth.advance(1.5)
    mouth.hush(Hush())
    mouth.advance(3.0)
    mouth.close()
    samples, rate = read_wav(tmp_path / "both.wav")
    loud = np.flatnonzero(np.abs(samples) > 0.01)
    assert loud[0] / rate == pytest.approx(1.0, abs=0.002)
    assert loud[-1] / rate == pytest.approx(2.0, abs=0.002)
    assert np.median(samples[loud]) == pytest.approx(0.25, abs=0.01)


def test_what_is_playing_is_known_until_300_ms_after_it():
    mouth = VirtualMouth(SilentVoice())
    mouth.say(Say(1, "Hips back", Kind.REPLY, 1.0, 0))
    mouth.advance(0.9)
    assert mouth.playing() == ()
    mouth.advance(1.2)
    assert mouth.playing() == ("Hips back",)
    end = 1.0 + mouth.seconds_of("Hips back")
    mouth.advance(end + 0.29)
    assert mouth.playing() == ("Hips back",)
    mouth.advance(end + 0.31)
    assert mouth.playing() == ()


def test_what_was_cut_left_out_and_taken_back_is_told_apart():
    mouth = VirtualMouth(SilentVoice())
    mouth.say(Say(1, "A long brief that is cut off in the middle of it.", Kind.BRIEF, 0.5, 0))
    mouth.say(Say(2, "five", Kind.COUNT, 0.4, 0))
    mouth.say(Say(3, "six", Kind.COUNT, 0.5, 0))
    mouth.say(Say(4, "never", Kind.REPLY, 9.0, 0))
    mouth.unsay(Unsay(4))
    mouth.advance(1.2)
    mouth.hush(Hush(("A long brief that is cut off in the middle of it.",)))
    mouth.advance(12)
    assert [(p.id, p.cut) for p in mouth.played] == [(2, False), (1, True)]
    assert [d.id for d in mouth.dropped] == [3]


def test_a_late_wish_for_now_is_met_at_once():
    mouth = VirtualMouth(SilentVoice())
    mouth.advance(100)
    mouth.say(Say(1, "three", Kind.COUNTDOWN, mouth.now(), 0))
    mouth.advance(102)
    assert mouth.played[0].start == pytest.approx(100, abs=1e-3)


def test_closing_lets_the_last_words_end(tmp_path):
    mouth = VirtualMouth(SilentVoice(), recording=tmp_path / "end.wav")
    mouth.say(Say(1, "Well done. See you next time.", Kind.REPLY, 1.0, 0))
    mouth.advance(1.1)
    mouth.close()
    assert not mouth.played[0].cut
    assert mouth.now() >= mouth.played[0].end


def test_a_recording_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(CoachError, match="cannot be written"):
        VirtualMouth(SilentVoice(), recording=tmp_path / "file" / "x.wav")


def test_a_recording_that_cannot_be_made_leaves_nothing_that_complains_later(tmp_path, monkeypatch):
    ignored = []
    monkeypatch.setattr(sys, "unraisablehook", ignored.append)
    with pytest.raises(CoachError, match="cannot be written"):
        VirtualMouth(SilentVoice(), recording=tmp_path)
    gc.collect()
    assert ignored == []


@pytest.mark.skipif("sys.platform != 'linux'", reason="needs /dev/full")
def test_a_full_disk_is_said_in_one_sentence(tmp_path):
    (tmp_path / "full.wav").symlink_to("/dev/full")
    mouth = VirtualMouth(SilentVoice(), recording=tmp_path / "full.wav")
    with pytest.raises(CoachError, match="cannot be written"):
        mouth.advance(60)
    mouth.close()
