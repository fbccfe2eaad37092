"""One rendered text, ready to be mixed: what an engine wrote becomes mono, trimmed, levelled, at one rate."""

from __future__ import annotations

import io
import wave
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from voicecoach.errors import CoachError

Samples = npt.NDArray[np.float32]
"""Mono samples, full scale is 1.0."""

CLIP_RATE = 48000
"""Hz of every clip; what nearly all sound cards and Bluetooth links run at."""
LOUDNESS_DB = -20.0
"""RMS of the voiced part of a clip, dB of full scale; leaves room for a tone on top."""
PEAK = 0.89
"""Largest sample a clip may have, so that levelling never clips a plosive."""

_FRAME_S = 0.005
_ONSET_DB = -50.0  # below the loudest frame; espeak's "f" and "h" start at -35, Piper's "h" and last "k" lie at -48
_VOICED_DB = -25.0
_EDGE_S = 0.002


class NothingToHear(CoachError):  # noqa: N818 - a sentence for the user, as every CoachError is
    """An engine was given a text and wrote silence."""


@dataclass(frozen=True, slots=True)
class Clip:
    """Samples of one text; the first one is the onset of the speech."""

    samples: Samples
    """Mono, at ``rate``."""
    rate: int = CLIP_RATE
    """Hz."""

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.samples) / self.rate

    def at_rate(self, rate: int) -> Clip:
        """The same sound at another rate, in Hz."""
        if rate == self.rate or not len(self.samples):
            return Clip(self.samples, rate)
        return Clip(resample(self.samples, self.rate, rate), rate)


def resample(samples: Samples, source: int, target: int) -> Samples:
    """Bring samples from one rate to another (both Hz)."""
    if source == target:
        return samples
    import soxr  # noqa: PLC0415 - only a first rendering or an unusual device needs it

    return np.asarray(soxr.resample(samples, source, target, quality="HQ"), dtype=np.float32)


def make_clip(samples: npt.NDArray[np.floating], rate: int, *, louder_db: float = 0.0) -> Clip:
    """Turn what an engine wrote (one or more channels, ``rate`` Hz) into a clip, ``louder_db`` above the usual level.

    Raises NothingToHear when all of it is silence.
    """
    mono = np.asarray(samples if samples.ndim == 1 else samples.mean(axis=1), dtype=np.float32)
    mono = level(trim(resample(mono, rate, CLIP_RATE), CLIP_RATE), CLIP_RATE, LOUDNESS_DB + louder_db)
    if not len(mono):
        raise NothingToHear("The voice engine wrote a file with nothing to hear in it.", "Try another voice.")
    return Clip(mono)


def trim(samples: Samples, rate: int) -> Samples:
    """Cut silence at both ends, to 5 ms, and soften the cuts over 2 ms; empty when all of it is silence."""
    frames = _levels(samples, rate)
    if not len(frames) or frames.max() < -90:  # noqa: PLR2004 - below one step of 16 bits there is nothing
        return samples[:0]
    loud = np.flatnonzero(frames > frames.max() + _ONSET_DB)
    size = int(rate * _FRAME_S)
    cut = samples[loud[0] * size : (loud[-1] + 1) * size].copy()
    edge = min(int(rate * _EDGE_S), len(cut) // 2)
    if edge:
        ramp = np.linspace(0, 1, edge, endpoint=False, dtype=np.float32)
        cut[:edge] *= ramp
        cut[-edge:] *= ramp[::-1]
    return cut


def level(samples: Samples, rate: int, loudness_db: float = LOUDNESS_DB) -> Samples:
    """Bring the voiced frames to ``loudness_db``, so that every engine and every word is equally loud."""
    frames = _levels(samples, rate)
    if not len(frames):
        return samples
    voiced = frames[frames > frames.max() + _VOICED_DB]
    rms = np.sqrt(np.mean(10 ** (voiced / 10)))
    gain = min(10 ** (loudness_db / 20) / rms, PEAK / float(np.abs(samples).max()))
    return np.asarray(samples * np.float32(gain), dtype=np.float32)


def read_sound(data: bytes) -> tuple[npt.NDArray[np.floating], int]:
    """Samples and rate (Hz) of a sound file's bytes: wav of any width, AIFF as macOS writes it, FLAC.

    Raises CoachError when the bytes are no sound file.
    """
    import soundfile  # noqa: PLC0415 - cached clips do not need it

    try:
        samples, rate = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=False)
    except soundfile.LibsndfileError as error:
        raise CoachError(f"The voice engine wrote no sound file ({error}).", "Run the engine by hand.") from error
    return samples, int(rate)


def write_wav(clip: Clip) -> bytes:
    """The clip as a 16-bit wav file."""
    buffer = io.BytesIO()
    with wave.open(buffer, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(clip.rate)
        file.writeframes(to_int16(clip.samples).tobytes())
    return buffer.getvalue()


def to_int16(samples: Samples) -> npt.NDArray[np.int16]:
    """Full scale 1.0 to 16-bit, clipped."""
    return np.asarray(np.clip(np.rint(samples * 32767), -32768, 32767), dtype="<i2")


def _levels(samples: Samples, rate: int) -> npt.NDArray[np.float64]:
    """RMS of each 5 ms in dB of full scale; the last, shorter piece is padded."""
    size = int(rate * _FRAME_S)
    if not len(samples):
        return np.empty(0)
    padded = np.pad(samples, (0, -len(samples) % size)).reshape(-1, size).astype(np.float64)
    return np.asarray(10 * np.log10(np.mean(padded**2, axis=1) + 1e-12))
