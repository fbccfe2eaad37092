"""Engines by command line, with a stand-in that speaks Piper's protocol: how they are used, and every way they fail."""

from __future__ import annotations

import json
import sys
import threading
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from voicecoach.errors import CoachError
from voicecoach.speaking.cache import Cache
from voicecoach.speaking.clip import CLIP_RATE, Clip
from voicecoach.speaking.command_renderer import CommandRenderer
from voicecoach.speaking.engine import Engine
from voicecoach.speaking.opening import open_voice
from voicecoach.speaking.voice import Voice

PIPER = f"{sys.executable} {Path(__file__).with_name('piper_stand_in.py')}"
LETTER_S = 0.02


@pytest.fixture
def piper(tmp_path):
    """An engine of the user's whose model is of this test; ``about`` is what its json says beside the rate."""

    def made(how="--output-raw", timeout=20.0, rate=16000, **about):
        model = tmp_path / "amy.onnx"
        model.touch()
        told = json.dumps({"audio": {"sample_rate": rate}, **about})
        Path(f"{model}.json").write_text(told, encoding="utf-8")
        return Engine("piper", f"{PIPER} --model {model} {how}", timeout=timeout)

    return made


@pytest.mark.parametrize("rate", [16000, 22050])
@pytest.mark.parametrize("how", ["--output-raw", "--output_file {out}", "-f -"])
def test_what_piper_writes_is_heard_at_the_rate_of_its_model(piper, how, rate):
    clip = CommandRenderer(piper(how, rate=rate)).render("Hips back.")
    assert clip.seconds == pytest.approx(10 * LETTER_S, abs=0.011)


def test_the_rate_of_the_settings_reaches_piper_as_its_length_scale(piper):
    engine = piper("--length-scale {length_scale} --output-raw")
    assert CommandRenderer(engine, rate=85).render("Hips back.").seconds == pytest.approx(20 * LETTER_S, abs=0.011)


def test_raw_samples_without_a_model_need_their_rate(piper):
    engine = piper()
    Path(engine.command.split()[3] + ".json").write_text('{"audio": {}}', encoding="utf-8")
    renderer = CommandRenderer(replace(engine, command=engine.command, sample_rate=16000))
    with pytest.raises(CoachError, match="failed: KeyError"):  # the program itself cannot do without it
        renderer.render("Hips back.")
    speaks = f"{sys.executable} -c 'import sys; sys.stdout.buffer.write(bytes([0, 32] * 80 + [0, 224] * 80) * 100)'"
    assert CommandRenderer(Engine("raw", speaks, sample_rate=16000)).render("x").seconds == pytest.approx(1, abs=0.02)
    with pytest.raises(CoachError, match="wrote no sound file") as error:
        CommandRenderer(Engine("raw", speaks)).render("x")
    assert "sample_rate" in error.value.hint


@pytest.mark.parametrize(
    "text", ["; touch pwned", "$(touch pwned)", "`touch pwned`", "a | b > pwned & c", "--help", 'it\'s "so"', "{out}"]
)
def test_what_a_shell_would_do_something_with_is_only_text(piper, text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    CommandRenderer(piper(heard=str(tmp_path / "heard.txt"))).render(text)
    assert (tmp_path / "heard.txt").read_text(encoding="utf-8") == f"{text}\n"
    assert not (tmp_path / "pwned").exists()


def test_stars_are_given_only_to_an_engine_that_takes_ssml(piper, tmp_path):
    renderer = CommandRenderer(piper(heard=str(tmp_path / "heard.txt")))
    renderer.render("Hips *back* & up.")
    assert (tmp_path / "heard.txt").read_text(encoding="utf-8") == "Hips back & up.\n"
    assert not renderer.stresses
    shown = f"{sys.executable} -c 'import sys; sys.exit(sys.argv[1])' {{ssml}}"
    renderer = CommandRenderer(shown)
    assert renderer.stresses
    with pytest.raises(CoachError, match=r"<speak>Hips <prosody [^>]*>back</prosody> &amp; up\.</speak>"):
        renderer.render("Hips *back* & up.")


@pytest.mark.parametrize(
    ("trouble", "timeout", "says"),
    [
        ("exit", 20.0, "The voice engine piper failed: Could not load the model"),
        ("hang", 0.3, r"The voice engine piper took over 0\.3 seconds for one text"),
        ("noise", 20.0, "What the voice engine piper wrote is no speech"),
        ("words", 20.0, "What the voice engine piper wrote is no speech"),
        ("endless", 20.0, "The voice engine piper did not stop writing"),
    ],
)
def test_an_engine_in_trouble_leaves_the_word_to_the_built_in_voice(piper, tmp_path, trouble, timeout, says):
    told = []
    own, voice = open_voice(tmp_path), None
    try:
        voice = open_voice(tmp_path, engine=piper(trouble=trouble, timeout=timeout), on_trouble=told.append)
        for text in ("Hips back.", "And up.", "Again."):
            assert np.array_equal(voice.clip(text).samples, own.clip(text).samples)
        assert voice.trouble == ""
        assert [voice.stands_in] == told
        assert told[0].endswith("I go on with the built-in voice.")
        with pytest.raises(CoachError, match=says):
            CommandRenderer(piper(trouble=trouble, timeout=timeout)).render("Hips back.")
        assert says.replace("\\", "") in told[0]
    finally:
        for one in filter(None, (voice, own)):
            one.close()


@pytest.mark.parametrize(
    ("engine", "voice", "says"),
    [
        (Engine("piper", "no-such-piper-anywhere --output-raw"), None, "piper is not installed"),
        ("auto", "en-gbb", "no voice called 'en-gbb'"),
    ],
)
def test_what_is_not_installed_is_told_at_the_first_word(tmp_path, engine, voice, says):
    told = []
    asked = open_voice(tmp_path, engine=engine, voice=voice, on_trouble=told.append)
    assert asked.clip("Hips back.").seconds > 0.3
    assert says in told[0]
    assert len(told) == 1
    asked.close()


def test_a_model_that_is_not_there_is_named(piper):
    engine = piper()
    Path(engine.command.split()[3]).unlink()
    with pytest.raises(CoachError, match=r"Unable to find voice: .*amy\.onnx"):
        CommandRenderer(engine).render("Hips back.")


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_nothing_that_a_hanging_engine_started_outlives_it(piper, tmp_path):
    pid = tmp_path / "pid"
    with pytest.raises(CoachError, match="took over"):
        CommandRenderer(piper(trouble="grandchild", timeout=2.0, pid=str(pid))).render("Hips back.")
    stat = Path(f"/proc/{pid.read_text(encoding='utf-8')}/stat")
    assert not stat.exists() or stat.read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"


def lines_of(path):
    return path.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def staying(piper, tmp_path):
    """A Piper that stays for all texts; ``started`` and ``heard`` in the test's folder tell what it was asked."""

    def made(**about):
        notes = {name: str(tmp_path / name) for name in ("started", "heard")}
        return piper("--length-scale {length_scale} --output-dir {folder}", **notes, **about)

    return made


@pytest.mark.parametrize("trouble", ["", "names twice"])
def test_an_engine_that_stays_is_started_once_for_all_texts(staying, tmp_path, trouble):
    texts = ["Hips back.", "And *up*.", "Rücken gerade."]
    with closing(CommandRenderer(staying(trouble=trouble), rate=85)) as renderer:
        lengths = [renderer.render(text).seconds for text in texts]
    assert lengths == pytest.approx([0.4, 0.28, 0.56], abs=0.011)
    assert lines_of(tmp_path / "heard") == ["Hips back.", "And up.", "Rücken gerade."]
    assert len(lines_of(tmp_path / "started")) == 1


def test_a_voice_runs_an_engine_that_stays_in_one_process(staying, tmp_path):
    with closing(open_voice(tmp_path / "cache", engine=staying())) as voice:
        voice.prepare(["One.", "Two.", "Three.", "Four."])
        assert [voice.clip(text).seconds for text in ("Three.", "Four.")] == pytest.approx([0.12, 0.1], abs=0.011)
        assert voice.stands_in == ""
    assert len(lines_of(tmp_path / "started")) == 1


def test_an_engine_that_has_ended_is_started_again_with_the_next_text(staying, tmp_path):
    with closing(CommandRenderer(staying(trouble="ends after a text"))) as renderer:
        assert [renderer.render(text).seconds > 0 for text in ("One.", "Two.")] == [True, True]
    assert len(lines_of(tmp_path / "started")) == 2


@pytest.mark.skipif(sys.platform != "linux", reason="asks /proc")
def test_of_an_engine_that_stayed_nothing_is_left(staying, tmp_path, monkeypatch):
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    with closing(CommandRenderer(staying())) as renderer:
        renderer.render("Hips back.")
        (pid,) = lines_of(tmp_path / "started")
        assert [path.is_dir() for path in tmp_path.glob("voicecoach-*")] == [True]
    assert not Path(f"/proc/{pid}").exists()
    assert list(tmp_path.glob("voicecoach-*")) == []


def test_texts_are_utf_8_whatever_the_code_page_of_the_system_is(staying, tmp_path, monkeypatch):
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    with closing(CommandRenderer(staying())) as renderer:
        renderer.render("Hüfte zurück.")
    assert lines_of(tmp_path / "heard") == ["Hüfte zurück."]


@pytest.mark.parametrize(
    ("trouble", "says"),
    [
        ("exit", "The voice engine piper failed: Could not load the model"),
        ("words", "The voice engine piper failed: Everything is fine, here is no sound at all."),
        ("hang", "The voice engine piper took over 2 seconds for one text"),
        ("endless", "The voice engine piper took over 2 seconds for one text"),
    ],
)
def test_an_engine_that_stays_fails_with_a_sentence(staying, trouble, says):
    with closing(CommandRenderer(staying(trouble=trouble), patience=2.0)) as renderer:
        with pytest.raises(CoachError) as error:
            renderer.render("Hips back.")
        assert error.value.message.rstrip(".") == says.rstrip(".")


@pytest.mark.parametrize("other", ["{text}", "{ssml}", "{out}"])
def test_an_engine_that_stays_is_given_no_text_in_its_command(other):
    with pytest.raises(CoachError, match="given its texts on stdin"):
        CommandRenderer(f"piper --output-dir {{folder}} {other}")


class Slow:
    """A renderer that waits for the test, and one that does not."""

    name, voice, rate, stresses = "slow", "", 170, False

    def __init__(self, gate=None):
        self.gate = gate

    def render(self, text):
        if self.gate:
            self.gate.wait(10)
        return Clip(np.full(len(text) * 480, 0.5 if self.gate else 0.25, np.float32), CLIP_RATE)

    def close(self):
        if self.gate:
            self.gate.set()


def test_what_a_slow_engine_has_not_ready_is_said_by_the_built_in_voice_and_kept_for_later(tmp_path):
    told, gate = [], threading.Event()
    spare = Voice(Slow, Cache(tmp_path, "spare"))
    cache = Cache(tmp_path, "slow")
    voice = Voice(lambda: Slow(gate), cache, spare=spare, patience=0.01, on_trouble=told.append)
    voice._rendered = True  # one that has not yet is given two seconds
    voice.prepare(["four"])
    assert [voice.clip(text).samples[0] for text in ("one", "two")] == pytest.approx([0.25, 0.25], abs=1e-3)
    assert told == []  # that may happen once or twice
    assert voice.clip("three").samples[0] == pytest.approx(0.25, abs=1e-3)
    assert spare._lengths.keys() >= {"four"}  # it has got ready what was still to come
    assert voice.seconds_of("five", 10.0) == pytest.approx(0.04)  # without waiting
    assert len(told) == 1
    assert "the built-in voice helps out" in told[0]
    gate.set()
    while cache.get("one") is None:
        threading.Event().wait(0.001)
    assert voice.clip("one").samples[0] == pytest.approx(0.5, abs=1e-3)
    voice.close()
