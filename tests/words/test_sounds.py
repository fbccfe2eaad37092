"""Which phrases an ear could take for one another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.words.sounds import HOMOPHONES, distance, near, sounds


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("stop", "top"), ("stop", "step"), ("stop", "stock"), ("stop", "stops"),
        ("no", "go"), ("no", "now"), ("yes", "less"), ("done", "down"), ("done", "gun"), ("back hurts", "back hurt"),
        ("wait", "weight"), ("to", "two"),
    ],
)  # fmt: skip
def test_phrases_one_sound_apart_are_near(a, b):
    assert near(a, b)
    assert near(b, a)


@pytest.mark.parametrize(
    ("a", "b"), [("stop", "start"), ("resume", "repeat"), ("undo", "done"), ("lighter", "louder"), ("stop", "stop")]
)
def test_phrases_further_apart_and_the_same_phrase_are_not_near(a, b):
    assert not near(a, b)


def test_the_distance_of_two_phrases_is_the_share_of_sounds_that_differ_and_alike_ones_count_half():
    assert distance("four more", "for more") == 0
    assert distance("stop", "top") == pytest.approx(0.9 / 4)
    assert distance("stop", "stob") == pytest.approx(0.5 / 4)
    assert distance("stop", "") == pytest.approx(0.9)
    assert distance("", "stop") > 1


@given(st.text(alphabet="abcdefgh ", max_size=12), st.text(alphabet="abcdefgh ", max_size=12))
def test_a_phrase_is_at_no_distance_from_itself_alone_or_what_sounds_the_same(a, b):
    assert (distance(a, b) == 0) == (sounds(a) == sounds(b))


def test_homophones_sound_the_same():
    assert sounds("four more") == sounds("for more")
    assert sounds("pause") == sounds("paws")
    for group in HOMOPHONES:
        if group & {"to", "four", "eight", "one", "know", "weak", "weight"}:
            assert len({sounds(word) for word in group}) == 1


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz' ", max_size=20), st.text(max_size=20))
def test_nearness_is_the_same_both_ways_for_any_text(a, b):
    assert near(a, b) == near(b, a)
