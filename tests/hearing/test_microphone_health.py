from __future__ import annotations

import numpy as np
import pytest

from voicecoach.hearing.front_end import Block, Format, FrontEnd
from voicecoach.hearing.health import SENTENCES, Change, RateHealth, Restarts, SoundHealth

NOISE = np.random.default_rng(3)
ROOM = NOISE.normal(0, 30, 16000).astype(np.int16)
ZEROS = np.zeros(16000, np.int16)


def changes(windows):
    health = SoundHealth(16000)
    return [(at, change) for at, window in enumerate(windows) for change in health.feed(window)]


def test_a_working_microphone_in_a_room_is_no_news():
    assert changes([ROOM] * 100) == []


@pytest.mark.parametrize(
    ("fault", "window", "after"),
    [
        ("muted", ZEROS, 3),
        ("faint", NOISE.normal(0, 1.5, 16000).astype(np.int16), 15),
        ("clipping", np.where(np.arange(16000) % 50 == 0, 32767, ROOM).astype(np.int16), 3),
        ("noisy", NOISE.normal(0, 4000, 16000).astype(np.int16), 10),
    ],
)
def test_each_fault_is_found_said_once_and_taken_back(fault, window, after):
    found = changes([window] * (after + 20) + [ROOM] * 5)
    assert found == [(after - 1, Change(fault, ok=False)), (after + 21, Change(fault, ok=True))]
    assert len({*SENTENCES.values()}) == len(SENTENCES)


def test_a_microphone_with_a_noise_gate_is_given_more_and_more_time():
    silence_then_word = [ZEROS] * 5 + [ROOM] * 2
    found = changes(silence_then_word * 6)
    assert len([change for _, change in found if not change.ok]) == 1


def test_one_loud_clap_is_no_fault():
    clap = np.full(16000, 32767, np.int16)
    assert changes([ROOM, clap, clap, ROOM] * 5) == []


def test_a_stream_at_another_speed_is_noticed_and_jitter_is_not():
    right, fast = RateHealth(48000), RateHealth(48000)
    times = [0.02 * n + (0.004 if n % 3 else 0.0) for n in range(2000)]
    assert not [c for t in times if (c := right.feed(960, t))]
    assert [c for t in times if (c := fast.feed(1920, t))] == [Change("rate", ok=False)], "said once"


def test_a_rate_that_comes_right_again_is_told_and_a_burst_at_the_beginning_is_none():
    health = RateHealth(48000)
    found = [health.feed(960 * 40, 0.0)]  # what the sound server had held back
    found += [health.feed(1920 if n < 1000 else 960, 0.02 * n) for n in range(2000)]
    assert [change for change in found if change] == [Change("rate", ok=False), Change("rate", ok=True)]
    burst = RateHealth(48000)
    burst.feed(960, 0.0)
    burst.feed(960 * 60, 0.01)
    assert not [c for n in range(1000) if (c := burst.feed(960, 0.02 * n))]


def test_well_is_said_only_when_nothing_is_wrong_any_more():
    front = FrontEnd(Format(16000, 1), wrong_rate=True)
    at, said = 0.0, []
    for window in [ZEROS] * 4 + [ROOM] * 20:
        at += 1.0
        said += front.feed(Block(window.tobytes(), at, front.format))[1]
    assert said == [Change("muted", ok=False), Change("rate", ok=True)]
    assert not front.wrong_rate


def test_a_listener_that_keeps_dying_is_said_once_and_started_less_and_less_often():
    restarts = Restarts(first=1.0, longest=60.0, steady=5.0)
    pauses, news = zip(*[restarts.fell() for _ in range(8)], strict=True)
    assert pauses == (1, 2, 4, 8, 16, 32, 60, 60)
    assert [change for change in news if change] == [Change("listener", ok=False)]


def test_a_listener_is_well_after_it_has_listened_for_a_while_and_trusted_after_long():
    restarts = Restarts(first=1.0, longest=60.0, steady=5.0)
    restarts.fell()
    restarts.fell()
    assert restarts.heard(4.9) is None
    assert restarts.heard(0.2) == Change("listener", ok=True)
    assert restarts.heard(5.0) is None
    assert restarts.fell() == (4.0, Change("listener", ok=False)), "too soon to begin at one second"
    restarts.heard(60.0)
    assert restarts.fell()[0] == 1.0
