from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from voicecoach.coach.events import Heard
from voicecoach.hearing.assembly import build_path
from voicecoach.hearing.shout import Shout, ShoutLimits

STEP = b"\0" * 1024


def calls(levels):
    shout = Shout()
    return [(at, len(call)) for at, level in enumerate(levels) if (call := shout.feed(STEP, level)) is not None]


def test_a_rise_that_falls_again_is_cut_out_with_a_little_before_it():
    limits = ShoutLimits()
    ((at, length),) = calls([-40.0] * 30 + [-25.0] * 10 + [-40.0] * 10)
    assert at == 30 + 10 + limits.fallen - 1
    assert length == limits.lead + 10 + limits.fallen


def test_speech_that_goes_on_at_its_level_calls_nothing():
    assert calls([-40.0 + (n % 3) for n in range(200)]) == []


def test_a_call_over_something_that_was_taken_for_one_is_found():
    found = calls([-40.0] * 30 + [-33.0] * 5 + [-20.0] * 8 + [-34.0] * 10)
    assert found


@given(st.lists(st.floats(-96, 0), max_size=300))
def test_a_call_is_never_longer_than_its_limit(levels):
    limits = ShoutLimits()
    assert all(length <= limits.longest + limits.lead for _, length in calls(levels))


def test_stop_is_heard_over_other_speech_that_does_not_end(model, table, everything, recording):
    talk, stop = recording("talk").astype(np.float64), recording("stop")[8000:-12000]
    sound = np.tile(talk[8000:-12000], 2) * 0.1
    begin = int(3.0 * 16000)
    sound[begin : begin + len(stop)] += stop
    path = build_path(model, table)
    path.listen(everything)
    heard = [o for o in path.hear(sound.astype(np.int16), 0.0) if isinstance(o, Heard)]
    assert [(o.meaning.command, 3.0 < o.t < 4.0) for o in heard] == [("stop", True)]
