"""Recordings joined between two phones."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.clips import RATE, STEP, Aligned, Clip, Segment
from training.splice import cuts_of, paused, spliced


def recording(phones: list[str], frames: list[int], level: float = 1_000.0) -> tuple[Aligned, np.ndarray]:
    """A recording in which every phone is a constant of its own, so that one sees where each sample comes from."""
    segments, at, pieces = [], 0, []
    for number, (phone, length) in enumerate(zip(phones, frames, strict=False)):
        segments.append(Segment(phone, at, length))
        pieces.append(np.full(round(length * STEP * RATE), level if phone != "SIL" else number, np.float32))
        at += length
    clip = Clip("a.wav", "word", "somebody", "person")
    return Aligned(clip, tuple(segments)), np.concatenate(pieces)


words = st.lists(st.sampled_from(["S", "T", "AA", "P", "SIL"]), min_size=1, max_size=8).flatmap(
    lambda phones: st.tuples(st.just(phones), st.lists(st.integers(1, 9), min_size=len(phones), max_size=len(phones)))
)


@given(one=words, other=words, seed=st.integers(0, 99))
def test_a_joined_recording_is_the_beginning_of_one_and_the_end_of_the_other_with_their_times(one, other, seed):
    first, second = recording(*one), recording(*other)
    sound, segments = spliced(first, second, np.random.default_rng(seed))
    assert all(a.start + a.frames == b.start for a, b in pairwise(segments))
    assert len(sound) == round((segments[-1].start + segments[-1].frames) * STEP * RATE)
    if not cuts_of(first[0].segments) or not cuts_of(second[0].segments):
        assert segments == first[0].segments
        return
    phones = [segment.phone for segment in segments]
    assert any(
        phones == [*one[0][:end], *other[0][start:]]
        for end in range(1, len(one[0]))
        for start in range(1, len(other[0]))
    )


def test_a_recording_is_cut_only_between_two_phones():
    aligned, _ = recording(["SIL", "S", "T", "SIL", "AA", "P", "SIL"], [3] * 7)
    assert cuts_of(aligned.segments) == [2, 5]


def test_the_end_of_another_recording_is_as_loud_as_the_beginning():
    loud, quiet = recording(["S", "T"], [20, 20], 8_000), recording(["AA", "P"], [20, 20], 80)
    sound, _ = spliced(loud, quiet, np.random.default_rng(0))
    assert np.abs(sound[-1_000:]).mean() == pytest.approx(8_000, rel=0.01)


sentences = st.lists(st.sampled_from(["S", "T", "AA", "P", "SIL"]), min_size=1, max_size=60).flatmap(
    lambda phones: st.tuples(st.just(phones), st.lists(st.integers(1, 9), min_size=len(phones), max_size=len(phones)))
)


@given(said=sentences, seed=st.integers(0, 99))
def test_a_sentence_with_pauses_says_the_same_phones_as_long_as_before_and_is_quiet_between(said, seed):
    one, sound = recording(*said)
    broken, segments = paused(one, sound, np.random.default_rng(seed))
    assert all(a.start + a.frames == b.start for a, b in pairwise(segments))
    assert len(broken) == round((segments[-1].start + segments[-1].frames) * STEP * RATE)
    kept = [(s.phone, s.frames) for s in segments if s.phone != "SIL"]
    assert kept == [(s.phone, s.frames) for s in one.segments if s.phone != "SIL"]
    quiet, before = (sum(s.frames for s in row if s.phone == "SIL") for row in (segments, one.segments))
    assert quiet >= before


def test_a_long_sentence_gets_a_pause_about_every_second():
    one, sound = recording(["S", "AA"] * 100, [3] * 200)
    _, segments = paused(one, sound, np.random.default_rng(1))
    pauses = [segment for segment in segments if segment.phone == "SIL"]
    assert 12 <= len(pauses) <= 70
    assert all(5 <= pause.frames < 17 for pause in pauses)
    assert all(b.start - a.start - a.frames <= 53 for a, b in pairwise(pauses))
