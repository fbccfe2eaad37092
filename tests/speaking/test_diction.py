from __future__ import annotations

import numpy as np
import pytest

from voicecoach.coach.commands import Hush, Kind, Say
from voicecoach.speaking.clip import CLIP_RATE, read_sound
from voicecoach.speaking.diction import Diction
from voicecoach.speaking.mouth_virtual import VirtualMouth
from voicecoach.speaking.opening import open_voice
from voicecoach.speaking.silent import SilentVoice


@pytest.fixture
def voice(tmp_path):
    voice = open_voice(tmp_path)
    yield voice
    voice.close()


def gaps(samples, rate, shortest):
    """Stretches of exact silence inside a sound, in seconds."""
    loud = np.flatnonzero(samples)
    lengths = np.diff(loud) - 1
    return [float(length / rate) for length in lengths if length >= shortest * rate]


def test_a_pause_is_silence_of_exactly_its_length(voice):
    samples = Diction(voice).clip("Hips back (pause 1.3s) and up (pause 400ms) again.").samples
    assert gaps(samples, CLIP_RATE, 0.3) == pytest.approx([1.3, 0.4], abs=0.003)


def test_the_length_of_a_text_is_that_of_its_sound(voice):
    diction = Diction(voice, {"RDL": "R D L"})
    for text in ("RDL (pause 1s) time", "(pause) Go", "Go", "*RDL* now", "(pause 2s)"):
        assert diction.seconds_of(text) == pytest.approx(diction.clip(text).seconds, abs=1e-4)


def test_a_respelled_word_sounds_as_if_it_were_written_so(voice):
    respelled = Diction(voice, {"RDL": "R D L"}).clip("The RDL.")
    assert np.array_equal(respelled.samples, voice.clip("The R D L.").samples)
    assert not np.array_equal(respelled.samples, voice.clip("The RDL.").samples)


def test_the_voice_of_a_rehearsal_reckons_with_what_is_spoken():
    silent = SilentVoice()
    diction = Diction(silent, {"RDL": "R D L"})
    assert diction.seconds_of("The RDL.") == silent.seconds_of("The R D L.")
    assert diction.seconds_of("Hold (pause 2s)") == silent.seconds_of("Hold") + 2
    assert silent.seconds_of("Hold (pause 2s) *now*") == pytest.approx(silent.seconds_of("Hold now") + 2)


def test_the_cache_holds_what_was_spoken_piece_by_piece(voice, tmp_path):
    Diction(voice, {"RDL": "R D L"}).clip("RDL (pause 1s) Hold")
    assert len(list((tmp_path / "speech").glob("*.wav"))) == 2
    voice.clip("R D L")
    voice.clip("Hold")
    assert len(list((tmp_path / "speech").glob("*.wav"))) == 2


def recorded(voice, path, act):
    """A cue with a pause as the mixer plays it while something happens; its clip beside it, sample for sample."""
    text = "Hold still (pause 1s) and breathe"
    mouth = VirtualMouth(Diction(voice), recording=path)
    mouth.say(Say(1, "Hold still and breathe", Kind.CUE, 0.0, 5.0, text))
    act(mouth)
    mouth.advance(4.0)
    mouth.close()
    (played,) = mouth.played
    assert played.text == "Hold still and breathe"
    samples, rate = read_sound(path.read_bytes())
    return samples[round(played.start * rate) :], Diction(voice).clip(text).at_rate(rate).samples, rate


def level(samples):
    return 20 * np.log10(np.sqrt(np.mean(samples**2)))


def test_ducking_goes_on_through_a_pause(voice, tmp_path):
    def act(mouth):
        mouth.advance(0.5)
        mouth.duck(True)

    heard, whole, rate = recorded(voice, tmp_path / "out.wav", act)
    after = slice(round(2 * rate), len(whole))
    assert level(heard[after]) - level(whole[after]) == pytest.approx(-12, abs=0.1)


def test_a_hush_in_a_pause_leaves_nothing_of_what_follows_it(voice, tmp_path):
    def act(mouth):
        mouth.advance(1.4)
        mouth.hush(Hush())

    heard, whole, rate = recorded(voice, tmp_path / "out.wav", act)
    assert level(whole[round(1.2 * rate) :]) > -30
    assert level(heard[round(1.2 * rate) :]) < -70
