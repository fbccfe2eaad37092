from __future__ import annotations

import os
import wave

import numpy as np
import pytest

from voicecoach.speaking.cache import Cache, as_read_back
from voicecoach.speaking.clip import Clip

CLIP = Clip(np.linspace(-0.5, 0.5, 4800, dtype=np.float32))


@pytest.fixture
def cache(tmp_path):
    return Cache(tmp_path / "speech", "engine", "voice", 170)


def test_what_is_kept_is_read_back(cache):
    assert cache.get("Hips back") is None
    assert cache.put("Hips back", CLIP)
    assert np.array_equal(cache.get("Hips back").samples, as_read_back(CLIP).samples)


@pytest.mark.parametrize("change", [{"engine": "other"}, {"voice": "other"}, {"rate": 171}])
def test_another_engine_voice_or_rate_has_clips_of_its_own(cache, change):
    cache.put("Hips back", CLIP)
    other = {"engine": cache.engine, "voice": cache.voice, "rate": cache.rate} | change
    assert Cache(cache.folder, **other).get("Hips back") is None


def test_texts_cannot_be_mistaken_for_parts_of_a_voices_name(cache):
    a, b = Cache(cache.folder, "e", "v", 1), Cache(cache.folder, "e", "", 1)
    assert a.path("t") != b.path("v\0001\0t")


@pytest.mark.parametrize("broken", [b"", b"RIFF", b"not a wav file at all, but long enough to be one" * 10])
def test_a_broken_file_is_removed_and_counts_as_missing(cache, broken):
    cache.put("Tap", CLIP)
    cache.path("Tap").write_bytes(broken)
    assert cache.get("Tap") is None
    assert not cache.path("Tap").exists()


def test_half_a_file_counts_as_broken(cache):
    cache.put("Tap", CLIP)
    path = cache.path("Tap")
    path.write_bytes(path.read_bytes()[:-1000])
    assert cache.get("Tap") is None


def test_a_wav_file_of_another_shape_counts_as_broken(cache):
    cache.put("Tap", CLIP)
    with wave.open(str(cache.path("Tap")), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(4000))
    assert cache.get("Tap") is None


def test_a_folder_that_cannot_be_made_only_means_nothing_is_kept(tmp_path):
    (tmp_path / "speech").write_text("a file where the folder should be", encoding="utf-8")
    cache = Cache(tmp_path / "speech", "engine", "voice", 170)
    assert not cache.put("Tap", CLIP)
    assert cache.get("Tap") is None
    assert cache.prune() == 0


def test_the_clips_not_used_for_longest_go_first(tmp_path):
    size = 44 + 2 * len(CLIP.samples)
    cache = Cache(tmp_path, "engine", "voice", 170, limit=3 * size)
    for age, text in enumerate(["new", "newish", "older", "oldest"]):
        cache.put(text, CLIP)
        os.utime(cache.path(text), (1e9 - age, 1e9 - age))
    cache.get("oldest")
    assert cache.prune() == 3 * size
    assert not cache.path("older").exists()
    assert cache.path("oldest").exists()


def test_nothing_half_written_is_left_behind(cache):
    cache.put("Tap", CLIP)
    assert [path.suffix for path in cache.folder.iterdir()] == [".wav"]
