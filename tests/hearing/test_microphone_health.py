from __future__ import annotations

import numpy as np
import pytest

from voicecoach.hearing.health import SENTENCES, Change, RateHealth, SoundHealth

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
    assert next(c.fault for t in times if (c := fast.feed(1920, t))) == "rate"
