"""Whose wish decides about the voice: the user's, then the script's; and no script runs a command."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from voicecoach.app.doctor import Verdict, _voice
from voicecoach.app.homes import Homes
from voicecoach.app.install import unpack
from voicecoach.app.rehearsal import Order, rehearse
from voicecoach.app.settings import FILE, Settings
from voicecoach.app.training import prepare
from voicecoach.app.voice import choose_voice, coach_voice
from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library, shipped_scripts
from voicecoach.drills.manner import Manner
from voicecoach.errors import CoachError
from voicecoach.journal.session import Session

VOICES = Path(__file__).resolve().parents[2] / "docs" / "voices.md"
ENGINES = '[engines]\npiper = "piper --output-raw"\nother = {command = "other", sample_rate = 16000, timeout = 5}\n'
DRILL = """\
kind: drill
version: 1
name: heel raise
goal: Strong calves.
sets: 1
reps: 2
tempo: 2-0-1-1
rest: 30s
cues: {setup: Heels free.}
"""


@pytest.fixture
def homes(tmp_path, monkeypatch):
    monkeypatch.setenv("VOICECOACH_HOME", str(tmp_path / "home"))
    return Homes.find()


def settings_of(text: str) -> Settings:
    return Settings.of(text, Path(FILE))


@pytest.mark.parametrize(
    ("mine", "script", "chosen"),
    [
        ("", Manner(), ("auto", "", 170)),
        ("", Manner(voice="en-gb", rate=150), ("auto", "en-gb", 150)),
        ("rate = 200", Manner(voice="en-gb", rate=150), ("auto", "en-gb", 200)),
        ("rate = 170", Manner(rate=150), ("auto", "", 170)),
        ('voice = "en-us"', Manner(voice="en-gb"), ("auto", "en-us", 170)),
        (ENGINES, Manner(engine="piper", voice="amy"), ("piper", "amy", 170)),
        (ENGINES, Manner(engine="other"), ("other", "", 170)),
        (f'voice = "en-us"\n{ENGINES}', Manner(engine="piper", voice="amy"), ("auto", "en-us", 170)),
        (f'engine = "other"\n{ENGINES}', Manner(engine="piper", voice="amy"), ("other", "", 170)),
        (f'engine = "auto"\n{ENGINES}', Manner(engine="piper"), ("auto", "", 170)),
        ('engine = "say-it {text}"', Manner(engine="auto"), ("say-it {text}", "", 170)),
    ],
)
def test_the_user_goes_before_the_script(mine, script, chosen):
    choice = choose_voice(settings_of(mine), script)
    assert (getattr(choice.engine, "name", choice.engine), choice.voice, choice.rate) == chosen
    assert choice.note == ""


def test_an_engine_that_the_settings_do_not_have_is_told_and_not_run(homes):
    choice = choose_voice(settings_of(ENGINES), Manner(engine="pipr", voice="amy"))
    assert (choice.engine, choice.voice) == ("auto", "")
    assert "did you mean 'piper'?" in choice.note
    voice = coach_voice(homes, Settings(), manner=Manner(engine="kokoro"))
    assert "config.toml does not have" in voice.stands_in
    voice.close()


@pytest.mark.parametrize("engine", ["rm -rf /", "/bin/sh", "piper;ls", "$(ls)", "../piper", "Piper", "tones {text}"])
def test_a_script_can_only_name_an_engine(tmp_path, engine):
    path = tmp_path / "heel-raise.yaml"
    path.write_text(f"{DRILL}engine: '{engine}'\n", encoding="utf-8")
    found = check_paths([path], Library([tmp_path, shipped_scripts()]))
    assert any("not run a command" in one.message for one in found)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("volume: loud", "in decibels"),
        ("volume: 20 dB", "between -12 dB and 6 dB"),
        ("rate: 20", "60"),
        ("rate: fast", "whole number"),
        ("voice: [a]", "text"),
    ],
)
def test_what_no_voice_can_do_is_pointed_at(tmp_path, line, says):
    path = tmp_path / "heel-raise.yaml"
    path.write_text(f"{DRILL}{line}\n", encoding="utf-8")
    assert any(says in one.message + one.hint for one in check_paths([path], Library([tmp_path, shipped_scripts()])))


def test_the_volume_is_the_trainees_then_the_users_then_the_scripts(tmp_path):
    (tmp_path / "heel-raise.yaml").write_text(f"{DRILL}volume: -3 dB\n", encoding="utf-8")
    library = Library([tmp_path, shipped_scripts()])

    def volume(sessions=(), mine=None):
        return prepare("heel raise", library, sessions, date(2026, 1, 5), volume=mine).plan.volume

    then = datetime(2026, 1, 3, 7, tzinfo=UTC)
    session = Session("a", ("a",), "heel raise", ("heel raise",), then, then, "finished")
    assert volume() == -3
    assert volume(mine=0.0) == 0
    assert volume([session]) == -3
    assert volume([replace(session, volume=3.0)], mine=-6.0) == 3


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("volume = 30", "between -12 and 6"),
        ('volume = "loud"', "a number"),
        ("engines = 3", "a table"),
        ('[engines]\nauto = "x"', "cannot be the name"),
        ('[engines]\n"my piper" = "x"', "cannot be the name"),
        ("[engines]\npiper = 3", "has no command"),
        ("[engines.piper]\nsample_rate = 3", "has no command"),
        ('[engines.piper]\ncommand = "x"\nrate = 3', "rate = 3 is nothing"),
        ('[engines.piper]\ncommand = "x"\ntimeout = -1', "timeout = -1 is nothing"),
        ('chosen = "x"', "unknown setting"),
    ],
)
def test_a_mistake_about_engines_is_pointed_at(text, says):
    with pytest.raises(CoachError, match=says):
        settings_of(text)


def test_a_rehearsal_with_an_engine_in_trouble_goes_on_and_says_why(homes, tmp_path):
    homes.config.mkdir(parents=True)
    fails = f"{sys.executable} -c 'raise SystemExit(3)'"
    (homes.config / FILE).write_text(f'[engines]\npiper = "{fails}"\n', encoding="utf-8")
    script = tmp_path / "heel-raise.yaml"
    script.write_text(f"{DRILL}engine: piper\n", encoding="utf-8")
    rehearsed = rehearse(Order(str(script), wav=tmp_path / "out.wav"), homes)
    assert rehearsed.how == "finished"
    assert rehearsed.voice == "The voice engine piper failed: it ended with 3. I go on with the built-in voice."


@pytest.mark.parametrize("block", re.findall(r"```toml\n(.*?)```", VOICES.read_text(encoding="utf-8"), re.DOTALL))
def test_every_example_of_a_config_in_the_docs_is_one(block):
    assert settings_of(block).engines


def test_what_a_gift_would_say_otherwise_and_asks_of_the_voice_is_shown_before_it_is_installed(homes, tmp_path):
    gift = tmp_path / "gift.yaml"
    asks = "say as: {heels: heals}\nvoice: en-gb\nvolume: 3 dB\nengine: piper\n"
    gift.write_text(f"{DRILL.replace('Heels free.', 'Heels (pause 1s) free.')}{asks}", encoding="utf-8")
    (arrival,) = unpack(str(gift), homes).arrivals
    assert "Heels free.  (as: heals (pause 1s) free.)" in arrival.says
    assert arrival.asks == ("voice en-gb", "engine piper", "volume +3 dB")


@pytest.mark.parametrize(
    ("config", "says"),
    [
        ('voice = "en-gbb"', "There is no voice called 'en-gbb'; near it are en-gb"),
        ('engine = "no-such-engine-anywhere {text}"', "is not installed"),
        (f'engine = "fails"\n[engines]\nfails = "{sys.executable} -c pass"', "The voice engine fails wrote no sound"),
    ],
)
def test_the_doctor_asks_the_engine_itself(homes, config, says):
    finding = _voice(homes, settings_of(config.replace("\\", "/")))
    assert finding.verdict is Verdict.WARNING
    assert says in finding.message
    assert finding.message.endswith("The built-in voice stands in.")
