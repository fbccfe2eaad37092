from __future__ import annotations

import json
import sys

import pytest

from voicecoach.cli.voices import voices
from voicecoach.errors import CoachError
from voicecoach.speaking.clip import read_sound


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path))
    return tmp_path


def test_english_voices_are_listed_with_the_one_in_use_marked(capsys):
    voices()
    out, err = capsys.readouterr()
    used = [line for line in out.splitlines() if line.startswith("* ")]
    assert [line.split()[1] for line in used][1:] == ["engine"]
    assert len(used) == 2
    assert "--say" in err


def test_the_list_for_machines_holds_every_language(capsys):
    voices(json_out=True)
    rows = json.loads(capsys.readouterr().out)
    assert {"id", "name", "languages", "used"} == set(rows[0])
    assert sum(row["used"] for row in rows) == 1


def test_a_text_can_be_written_to_a_file(home, capsys):
    voices(say="Hips back", wav=home / "out.wav")
    samples, rate = read_sound((home / "out.wav").read_bytes())
    assert len(samples) / rate > 0.3
    assert capsys.readouterr().out.strip() == str(home / "out.wav")


def test_a_voice_that_is_not_there_is_an_error_rather_than_a_tone(home):
    with pytest.raises(CoachError, match="nobody"):
        voices(say="Hips back", voice="nobody", wav=home / "out.wav")


@pytest.mark.parametrize("text", ["", "  ", "***"])
def test_a_text_without_anything_in_it_is_told_as_such(home, text):
    with pytest.raises(CoachError, match="nothing to say"):
        voices(say=text, wav=home / "out.wav")
    assert not (home / "out.wav").exists()


@pytest.mark.parametrize("text", ["...", "?!", "*...*"])
def test_signs_that_no_voice_says_are_told_as_nothing_to_say(home, text):
    with pytest.raises(CoachError, match="nothing to say") as caught:
        voices(say=text, wav=home / "out.wav")
    assert text in caught.value.message
    assert caught.value.exit_code == 2
    assert not (home / "out.wav").exists()


def test_a_sign_that_the_voice_says_is_said(home):
    voices(say="%", wav=home / "out.wav")
    samples, rate = read_sound((home / "out.wav").read_bytes())
    assert len(samples) / rate > 0.2


def test_a_pause_that_is_none_is_told_with_how_one_is_written(home):
    with pytest.raises(CoachError, match=r"'\(pause 99s\)' is no pause") as caught:
        voices(say="Hips (pause 99s) back", wav=home / "out.wav")
    assert caught.value.hint == "A pause is written (pause) or (pause 0.5s), at most 10 seconds."
    assert not (home / "out.wav").exists()


def test_a_pause_alone_can_be_written(home):
    voices(say="(pause 1s)", wav=home / "out.wav")
    samples, rate = read_sound((home / "out.wav").read_bytes())
    assert len(samples) / rate == pytest.approx(1.0)


def test_a_file_without_a_text_to_write_in_it_is_refused(home, capsys):
    with pytest.raises(CoachError, match="--wav needs a text") as caught:
        voices(wav=home / "out.wav")
    assert caught.value.exit_code == 2
    assert capsys.readouterr().out == ""


def test_an_engine_that_there_is_not_is_told_where_voices_are_listed(capsys):
    with pytest.raises(CoachError, match="no voice engine called 'foo'"):
        voices(engine="foo")
    assert capsys.readouterr().out == ""


def test_a_file_that_cannot_be_written_is_named(home):
    with pytest.raises(CoachError, match="nowhere"):
        voices(say="Hips back", wav=home / "nowhere" / "out.wav")


def test_tones_cannot_speak_a_text(home):
    (home / "config").mkdir()
    (home / "config" / "config.toml").write_text('engine = "tones"\n', encoding="utf-8")
    with pytest.raises(CoachError, match="tones"):
        voices(say="Hips back", wav=home / "out.wav")


def test_engines_of_ones_own_are_listed_with_what_they_can(home, capsys):
    (home / "config").mkdir()
    text = f'engine = "own"\n[engines]\nown = "{sys.executable} x.py {{ssml}}"\nfar = "not-there-at-all"\n'
    (home / "config" / "config.toml").write_text(text.replace("\\", "/"), encoding="utf-8")
    voices()
    out = capsys.readouterr().out
    assert "* engine own: emphasis is heard" in out
    assert "  engine far: The voice engine far is not installed" in out
    with pytest.raises(CoachError, match="no voice engine called 'away'"):
        voices(say="Hips back", engine="away")


def test_a_voice_goes_by_its_language_too_and_near_names_are_told(home):
    voices(say="Hips (pause 1s) back", voice="en-GB", wav=home / "out.wav")
    samples, rate = read_sound((home / "out.wav").read_bytes())
    assert len(samples) / rate > 1.5
    with pytest.raises(CoachError, match="no voice called 'en-gbb'; near it are en-gb and"):
        voices(voice="en-gbb")
