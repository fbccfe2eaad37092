from __future__ import annotations

from itertools import pairwise

import pytest

from voicecoach.speaking import sample_clock
from voicecoach.speaking.sample_clock import FIRST_STALL_S, STALL_S, SampleClock


@pytest.fixture
def time(monkeypatch):
    """The system's clock, moved by hand."""

    class Time:
        now = 1000.0

        def monotonic(self):
            return self.now

    time = Time()
    monkeypatch.setattr(sample_clock, "time", time)
    return time


def play(clock, time, seconds, position=0, rate=48_000, block=480, speed=1.0):
    """Callbacks in real time, on a device whose crystal runs ``speed`` times as fast as the system's."""
    for _ in range(round(seconds * rate / block)):
        time.now += block / rate / speed
        position += block
        clock.tick(position)
    return position


def test_it_follows_the_devices_crystal_not_the_systems(time):
    clock = SampleClock()
    clock.restart(48_000)
    position = play(clock, time, 60, speed=1.001)
    assert clock.now() == pytest.approx(position / 48_000, abs=0.02)


def test_samples_asked_for_in_bursts_make_no_steps(time):
    clock = SampleClock()
    clock.restart(48_000)
    position, told = 0, []
    for _ in range(300):
        time.now += 0.04
        for _ in range(4):
            position += 480
            clock.tick(position)
        told.append(clock.now())
    steps = [b - a for a, b in pairwise(told[100:])]
    assert max(steps) < 0.045
    assert min(steps) > 0.035


def test_it_never_goes_backwards(time):
    clock = SampleClock()
    clock.restart(48_000)
    play(clock, time, 5)
    before = clock.now()
    clock.tick(10)
    assert clock.now() >= before


def test_it_goes_on_without_a_device_and_says_that_it_stalls(time):
    clock = SampleClock()
    clock.restart(48_000)
    play(clock, time, 5)
    before = clock.now()
    assert not clock.stalled
    time.now += STALL_S + 0.1
    assert clock.stalled
    assert clock.now() == pytest.approx(before + STALL_S + 0.1, abs=0.01)


def test_a_stream_just_opened_is_given_longer(time):
    clock = SampleClock()
    clock.restart(48_000)
    time.now += STALL_S + 0.1
    assert not clock.stalled
    time.now += FIRST_STALL_S
    assert clock.stalled


def test_the_first_fill_is_over_when_the_device_pauses(time):
    clock = SampleClock()
    clock.restart(48_000)
    assert not clock.filled
    clock.tick(480)
    assert not clock.filled
    time.now += 0.01
    assert clock.filled
