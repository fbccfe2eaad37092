from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from voicecoach.errors import CoachError
from voicecoach.speaking import renderers
from voicecoach.speaking.clip import CLIP_RATE
from voicecoach.speaking.command_renderer import CommandRenderer
from voicecoach.speaking.renderers import Pyttsx3Renderer
from voicecoach.speaking.stress import ssml_of
from voicecoach.words.marks import plain

PROGRAM = """
import sys, wave
out, rate = sys.argv[1], int(sys.argv[2])
text = sys.argv[3] if len(sys.argv) > 3 else sys.stdin.read().strip()
with wave.open(sys.stdout.buffer if out == "-" else out, "wb") as file:
    file.setnchannels(1); file.setsampwidth(2); file.setframerate(rate)
    file.writeframes(bytes([0, 32]) * (rate * len(text) // 100) + bytes([0, 224]) * (rate * len(text) // 100))
"""


@pytest.fixture
def engine(tmp_path):
    """An engine of one's own: 20 ms per letter."""
    program = tmp_path / "speak.py"
    program.write_text(PROGRAM, encoding="utf-8")
    return f"{sys.executable} {program}"


@pytest.fixture(scope="module")
def pyttsx3():
    renderer = Pyttsx3Renderer()
    yield renderer
    renderer.close()


def test_pyttsx3_speaks_with_what_came_from_the_package_index(pyttsx3):
    assert 0.2 < pyttsx3.render("five").seconds < 1.0
    if sys.platform == "linux":
        assert "espeakng_loader" in pyttsx3.library()


def test_the_same_text_is_the_same_samples_whatever_was_said_before(pyttsx3):
    first = pyttsx3.render("Hips back").samples
    pyttsx3.render("Something else, and quite a bit longer.")
    assert np.array_equal(pyttsx3.render("Hips back").samples, first)


def test_emphasis_is_heard_and_no_star_or_tag_is_read(pyttsx3):
    plain, stressed = (
        pyttsx3.render("Push your hips back, and hold."),
        pyttsx3.render("Push your hips *back*, and hold."),
    )
    assert 0.02 < stressed.seconds - plain.seconds < 0.25
    word = slice(int(0.75 * CLIP_RATE), int(1.05 * CLIP_RATE))
    assert loudness(stressed.samples[word]) - loudness(plain.samples[word]) > 3
    odd = pyttsx3.render("*Now* a < b & c </speak>")
    assert odd.seconds == pytest.approx(pyttsx3.render("Now a < b & c </speak>").seconds, abs=0.3)


@pytest.mark.parametrize(
    ("marked", "same"),
    [
        ("Hold it *still*.", "Hold it *still.*"),
        ("Hold it *still,* now.", "Hold it *still*, now."),
        ("Is it *here?* Yes, *here*!", "Is it *here*? Yes, *here!*"),
    ],
)
def test_a_stop_beside_a_star_is_not_read_as_a_word(pyttsx3, marked, same):
    assert ssml_of(marked) == ssml_of(same)
    assert pyttsx3.render(marked).seconds < 1.27 * pyttsx3.render(plain(marked)).seconds


def test_what_follows_an_emphasis_is_as_loud_as_what_is_before_it(pyttsx3):
    samples = pyttsx3.render("Go down only while your back is *flat.* Go down only while it is.").samples
    head, tail = samples[: int(1.4 * CLIP_RATE)], samples[-int(1.4 * CLIP_RATE) :]
    assert loudness(tail) - loudness(head) == pytest.approx(0, abs=2)


def test_a_text_that_is_emphasised_as_a_whole_is_louder(pyttsx3):
    assert loudness(pyttsx3.render("*Hold.*").samples) - loudness(pyttsx3.render("Hold.").samples) > 2


def loudness(samples):
    return 20 * np.log10(np.sqrt(np.mean(samples**2)))


def test_a_quicker_rate_is_shorter():
    slow, quick = Pyttsx3Renderer(rate=120), Pyttsx3Renderer(rate=240)
    text = "Push your hips straight back."
    assert quick.render(text).seconds < 0.7 * slow.render(text).seconds
    slow.close()
    quick.close()


def test_a_voice_that_is_not_installed_is_named():
    renderer = Pyttsx3Renderer("nobody")
    with pytest.raises(CoachError, match="nobody"):
        renderer.render("five")
    renderer.close()


def test_a_child_that_was_killed_is_started_again(pyttsx3):
    before = pyttsx3.render("five").samples
    os.killpg(pyttsx3._child.pid, signal.SIGKILL)
    assert np.array_equal(pyttsx3.render("five").samples, before)


def test_a_child_that_hangs_is_killed_and_said_so(monkeypatch):
    monkeypatch.setattr(renderers, "_CHILD", [sys.executable, "-c", "import threading; threading.Event().wait()"])
    renderer = Pyttsx3Renderer(patience=0.2)
    with pytest.raises(CoachError, match=r"did not answer within 0\.2 seconds"):
        renderer.render("five")
    assert renderer._child is None
    renderer.close()


def test_voices_are_listed_and_one_of_them_is_the_default(pyttsx3):
    voices = pyttsx3.voices()
    assert len(voices) == len({voice.id for voice in voices})
    assert sum(voice.default for voice in voices) == 1


def test_the_child_writes_nothing_but_answers():
    child = subprocess.run(renderers._CHILD, input='{"voices": true}\n', capture_output=True, text=True, check=True)
    assert child.stdout.count("\n") == 1
    assert child.stderr == ""


@pytest.mark.parametrize("text", ["", "  "])
def test_the_child_says_of_an_empty_text_that_there_is_nothing_to_say(tmp_path, text):
    request = json.dumps({"text": text, "path": str(tmp_path / "clip.wav"), "voice": "", "rate": 170}) + "\n"
    child = subprocess.run(renderers._CHILD, input=request, capture_output=True, text=True, check=True)
    assert json.loads(child.stdout)["error"] == "There is nothing to say in an empty text."


def test_closing_removes_the_working_folder():
    renderer = Pyttsx3Renderer()
    renderer.render("five")
    folder = Path(renderer._folder.name)
    renderer.close()
    assert not folder.exists()


@pytest.mark.parametrize("end", ["- 22050 {text}", "{out} 16000 {text}", "- 48000", "{out} 44100"])
def test_any_command_line_is_an_engine(engine, end):
    assert CommandRenderer(f"{engine} {end}").render("hip hinge!").seconds == pytest.approx(0.2, abs=0.02)


@pytest.mark.parametrize("text", ["--help", "; touch pwned", "{out}", "$(true)", "two\nlines", "it's"])
def test_no_text_becomes_an_option_or_a_second_command(engine, text, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    clip = CommandRenderer(f"{engine} - 22050 {{text}}").render(text)
    assert clip.seconds == pytest.approx(0.02 * len(text), abs=0.02)
    assert not (tmp_path / "pwned").exists()


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("", "empty"),
        ("speak 'it", "cannot be read"),
        ("no-such-engine-anywhere {text}", "not installed"),
        (f"{sys.executable} -c pass {{text}}", "wrote no sound"),
        (f"{sys.executable} -c 'raise SystemExit(\"no model\")' {{text}}", "no model"),
        (f"{sys.executable} -c 'print(1)' {{text}}", "no sound file"),
    ],
)
def test_a_command_that_cannot_speak_says_why(template, words):
    with pytest.raises(CoachError, match=words):
        CommandRenderer(template).render("five")


def test_a_command_that_hangs_is_given_up():
    template = f"{sys.executable} -c 'import threading; threading.Event().wait()' {{text}}"
    with pytest.raises(CoachError, match="took over"):
        CommandRenderer(template, patience=0.2).render("five")
