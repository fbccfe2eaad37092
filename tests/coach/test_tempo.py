"""Where the phases and counts of a tempo fall."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from voicecoach.coach.tempo import FAST, SetClock, shape_of
from voicecoach.drills.values import Tempo

seconds = st.one_of(st.none(), st.integers(0, 8).map(float))
tempos = st.builds(Tempo, seconds, seconds, seconds, seconds, st.sampled_from(["lower", "lift"]))


def test_a_rep_that_starts_with_the_lowering_is_counted_when_the_trainee_stands_again():
    shape = shape_of(Tempo(2, 1, 1, 0))
    assert [(beat.phase, beat.offset) for beat in shape.beats] == [("lower", 0), ("hold", 2), ("lift", 3), ("top", 4)]
    assert shape.count == 4
    assert shape.seconds == 4


def test_a_deadlift_starts_with_the_lift_although_the_first_number_is_still_the_lowering():
    shape = shape_of(Tempo(2, 0, 1, 1, "lift"))
    assert [beat.phase for beat in shape.beats] == ["lift", "top", "lower", "hold"]
    assert shape.count == 1
    assert shape.seconds == 4


def test_as_fast_as_you_can_still_has_a_beat():
    assert shape_of(Tempo(3, 0, None, 0)).seconds == 3 + FAST


@given(tempos)
def test_the_phases_of_a_rep_follow_one_another_without_gap_or_overlap(tempo):
    shape = shape_of(tempo)
    end = 0.0
    for beat in shape.beats:
        assert beat.offset == end
        end += beat.seconds
    assert end == shape.seconds
    assert 0 <= shape.count <= shape.seconds


@given(tempos, st.integers(1, 50), st.floats(0, 4000))
def test_counts_keep_their_distance_over_a_whole_set_without_drift(tempo, reps, start):
    clock = SetClock(start, 1, shape_of(tempo))
    for rep in range(1, reps):
        assert abs(clock.counted(rep + 1) - clock.counted(rep) - clock.shape.seconds) < 1e-6
    assert abs(clock.counted(reps) - (start + (reps - 1) * clock.shape.seconds + clock.shape.count)) < 1e-6
