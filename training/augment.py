"""Makes recordings more like a gym: level, speed, another microphone, a room, noise, and the band of a telephone."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import signal

from training.clips import RATE, Sound
from training.config import Augmentation

_POINTS = 7
"""Of the curve of a microphone, evenly over the mel scale."""


def augment(
    sound: Sound,
    dice: np.random.Generator,
    settings: Augmentation,
    noises: Sequence[Sound],
    talkers: Sequence[Sound] = (),
) -> tuple[Sound, float]:
    """A changed copy, and how much shorter it became: labels at ``t`` seconds are at ``t / speed`` now.

    ``noises`` are what may lie under the voice, ``talkers`` voices that may talk over it.
    """
    import soxr  # noqa: PLC0415 - heavy

    speed = float(dice.choice([1.0, dice.uniform(0.87, 1.15)]))
    if speed != 1.0:
        sound = np.asarray(soxr.resample(sound, RATE, RATE / speed), np.float32)
    if dice.random() < settings.rooms:
        sound = reverberated(sound, dice)
    if talkers and dice.random() < settings.talked_over:
        sound = talked_over(sound, dice, talkers[dice.integers(len(talkers))], decibels=dice.uniform(2, 15))
    if dice.random() < settings.noisy:
        sound = noisy(sound, dice, noises, decibels=dice.uniform(0, 25))
    if dice.random() < settings.microphones:
        sound = through_microphone(sound, dice, decibels=dice.uniform(1, 9))
    if dice.random() < settings.telephone:
        band = signal.butter(8, dice.uniform(3300, 3900), "low", fs=RATE, output="sos")
        sound = np.asarray(signal.sosfiltfilt(band, sound), np.float32)
    return levelled(sound, dice), speed


def levelled(sound: Sound, dice: np.random.Generator) -> Sound:
    """At a random level, from hardly audible to nearly full scale, as 16-bit samples."""
    peak = 10 ** dice.uniform(2.7, 4.5)
    return np.asarray(np.clip(np.round(sound / (np.abs(sound).max() + 1e-6) * peak), -32_768, 32_767), np.float32)


def reverberated(sound: Sound, dice: np.random.Generator) -> Sound:
    """In a made-up room: the direct sound, a few walls, then a tail that has faded by 60 dB after 0.15 to 0.8 seconds.

    The voice may be nearer than the walls or, as two metres from the microphone, no louder than all of them together.
    """
    fades = dice.uniform(0.15, 0.8)
    tail = dice.normal(0, 1, int(RATE * fades)) * np.exp(-np.arange(int(RATE * fades)) / RATE * 6.9 / fades)
    tail[: int(dice.uniform(8, 160))] = 0
    walls = dice.integers(16, int(0.03 * RATE), dice.integers(0, 8))
    tail[walls] += dice.uniform(-8, 8, len(walls)) * np.exp(-walls / RATE * 6.9 / fades)
    tail *= dice.uniform(0.1, 1.1) / np.sqrt((tail**2).sum())
    tail[0] = 1
    return np.asarray(signal.fftconvolve(sound, tail)[: len(sound)], np.float32)


def talked_over(sound: Sound, dice: np.random.Generator, talker: Sound, decibels: float) -> Sound:
    """With another voice so many decibels under this one, from where this one begins to where it ends.

    Only there: the other voice by itself would be taught as quiet, and a trainee who is far away with it.
    """
    loud = np.flatnonzero(np.abs(sound) > 0.05 * np.abs(sound).max())
    if not len(loud):
        return sound
    first, last = int(loud[0]), int(loud[-1]) + 1
    other = np.roll(np.resize(talker, max(last - first, len(talker))), dice.integers(len(talker)))[: last - first]
    swell = np.minimum(1, np.minimum(np.arange(last - first), np.arange(last - first)[::-1]) / (0.03 * RATE))
    level = sound[first:last].std() / (other.std() + 1e-6) * 10 ** (-decibels / 20)
    mixed = sound.copy()
    mixed[first:last] += other * swell * level
    return np.asarray(mixed, np.float32)


def noisy(sound: Sound, dice: np.random.Generator, noises: Sequence[Sound], decibels: float) -> Sound:
    """With noise so many decibels under the voice: a recorded one where there are any, otherwise coloured."""
    noise = stretch_of_noise(len(sound), dice, noises)
    loud = sound[np.abs(sound) > 0.05 * np.abs(sound).max()]
    voice = np.sqrt(np.mean(loud**2) + 1e-9) if len(loud) else 0.0
    return np.asarray(sound + noise / (noise.std() + 1e-6) * voice * 10 ** (-decibels / 20), np.float32)


def through_microphone(sound: Sound, dice: np.random.Generator, decibels: float) -> Sound:
    """As another microphone, earbud or desk between would have it: a smooth curve over the mel scale, and a slope.

    ``decibels`` is the standard deviation of the curve at its points, and of the slope at its ends. Nothing in the
    features takes such a curve away: the network has to have heard many.
    """
    mel = 2595 * np.log10(1 + np.fft.rfftfreq(len(sound), 1 / RATE) / 700)
    at = np.linspace(0, mel[-1], _POINTS)
    curve = dice.normal(0, decibels, _POINTS) + dice.normal(0, decibels) * np.linspace(-1, 1, _POINTS)
    gain = 10 ** (np.interp(mel, at, curve) / 20)
    return np.asarray(np.fft.irfft(np.fft.rfft(sound) * gain, len(sound)), np.float32)


def stretch_of_noise(length: int, dice: np.random.Generator, noises: Sequence[Sound]) -> Sound:
    """So many samples of noise: from a recording, or white noise through a one-pole filter."""
    if noises and dice.random() < 0.7:  # noqa: PLR2004 - recordings are few, so not always
        source = noises[dice.integers(len(noises))]
        start = dice.integers(max(1, len(source) - length + 1))
        return np.resize(source[start:], length)
    return np.asarray(signal.lfilter([1], [1, -dice.uniform(0, 0.99)], dice.normal(0, 1, length)), np.float32)


def breathing(length: int, dice: np.random.Generator) -> Sound:
    """So many samples of breaths in and out: noise through the throat's and mouth's resonances, swelling and ebbing.

    Made up, because there are no recordings of it that may be used.
    """
    sound, at = dice.normal(0, 0.003, length), 0
    while at < length:
        size = int(RATE * dice.uniform(0.25, 1.2))
        breath = dice.normal(0, 1, size)
        for centre in (dice.uniform(300, 900), dice.uniform(1200, 3500)):
            peak, below = signal.iirpeak(centre, dice.uniform(0.7, 3), fs=RATE)
            breath = 0.3 * breath + signal.lfilter(peak, below, breath)
        swell = np.sin(np.linspace(0, np.pi, size)) ** dice.uniform(0.5, 2)
        piece = (breath * swell)[: length - at]
        sound[at : at + len(piece)] += piece * dice.uniform(0.2, 1)
        at += size + int(RATE * dice.uniform(0.05, 0.6))
    return np.asarray(sound, np.float32)
