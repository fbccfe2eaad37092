"""Open speakers: what the coach plays is taken out of the microphone, and what a trainee says over it is not."""

from __future__ import annotations

import numpy as np
import pytest

from voicecoach.hearing import echo
from voicecoach.hearing.recogniser import RATE
from voicecoach.speaking.tap import KEPT_S, Tap


class Room:
    """A speaker at 48 kHz and a microphone that hears it 100 ms later and 10 dB fainter, block by block."""

    def __init__(self, coach):
        self.tap, self.coach = Tap(48_000), coach
        self.late = np.concatenate([np.zeros(RATE // 10), coach[::3] * 10 ** (-10 / 20)])

    def through(self, canceller, said=None):
        cleaned, heard = [], []
        for number in range(len(self.coach) // 960):
            self.tap.write(self.coach[number * 960 : (number + 1) * 960].astype(np.float32), number * 960)
            near = self.late[number * 320 : (number + 1) * 320].copy()
            if said is not None:
                near += said[number * 320 : (number + 1) * 320]
            heard.append(near)
            cleaned.append(canceller.clean(np.rint(near * 32767).astype(np.int16), number * 0.02)[0])
        return np.concatenate(heard), np.concatenate(cleaned) / 32767


@pytest.fixture
def coach():
    """Ten seconds that rise and fall like speech, band-limited below 8 kHz."""
    random = np.random.default_rng(3)
    slow = np.repeat(random.normal(size=10 * RATE), 3)
    smooth = np.convolve(slow, np.ones(9) / 9, mode="same")
    return 0.1 * smooth * (1 + np.sin(np.arange(len(smooth)) / 48_000 * 2 * np.pi * 3)) / 2


def power(samples):
    return 10 * np.log10(np.mean(np.square(samples)) + 1e-12)


def test_after_some_seconds_the_coach_is_gone_from_the_microphone(coach):
    pytest.importorskip(echo.PACKAGE)
    room = Room(coach)
    heard, cleaned = room.through(echo.EchoCanceller(lambda: room.tap))
    assert power(cleaned[-3 * RATE :]) < power(heard[-3 * RATE :]) - 10


def test_what_is_said_over_the_coach_stays(coach):
    pytest.importorskip(echo.PACKAGE)
    room = Room(coach)
    said = np.zeros(10 * RATE)
    t = np.arange(RATE // 2) / RATE
    said[8 * RATE : 8 * RATE + RATE // 2] = 0.1 * sum(np.sin(2 * np.pi * f * t) for f in (220, 440, 660, 880)) / 2
    _heard, cleaned = room.through(echo.EchoCanceller(lambda: room.tap), said)
    assert power(cleaned[8 * RATE : 8 * RATE + RATE // 2]) > power(said[8 * RATE : 8 * RATE + RATE // 2]) - 6


def test_odd_blocks_lose_no_sample_and_keep_their_time():
    pytest.importorskip(echo.PACKAGE)
    tap = Tap(48_000)
    canceller = echo.EchoCanceller(lambda: tap)
    sizes = [317, 323, 5, 640, 159, 161] * 5
    at, got = 0, 0
    for size in sizes:
        samples, t0 = canceller.clean(np.zeros(size, np.int16), at / RATE)
        assert t0 == pytest.approx(got / RATE)
        at, got = at + size, got + len(samples)
    assert at - got < echo.FRAME


def test_the_tap_gives_back_what_was_played_across_the_seam_of_its_ring():
    tap = Tap(1000)
    played = np.arange(10_000, dtype=np.float32)
    for start in range(0, 10_000, 300):
        tap.write(played[start : start + 300], start)
    kept = int(KEPT_S * 1000)
    assert np.array_equal(tap.read(10_000 - kept, kept), played[-kept:])
    assert not tap.read(10_000 - kept - 5, 5).any()
    assert not tap.read(10_000, 5).any()
