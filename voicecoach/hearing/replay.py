"""The listening path over files and ready samples: for ``hear``, the bench, the rehearsal and the tests."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from voicecoach.coach.commands import Listen
from voicecoach.coach.events import Heard
from voicecoach.errors import CoachError
from voicecoach.hearing.hearing_path import HearingPath, Outcome
from voicecoach.hearing.rates import SLOWEST, Resampler, Samples
from voicecoach.hearing.recogniser import RATE

BLOCK_SECONDS = 5
"""Seconds read from a file at a time, so that three hours need no more memory than a minute."""
LEAD_SECONDS = 0.5
"""Quiet before the first sample of a recording: the voice detector needs a running start."""


def read_blocks(path: Path) -> Iterator[Samples]:
    """The mono 16 kHz samples of a sound file (wav, flac, ogg …, any rate, channels and width), block by block.

    Raises CoachError where it cannot be read.
    """
    import soundfile  # noqa: PLC0415 - native; only for files

    with _readable(path), soundfile.SoundFile(path) as file:
        if file.samplerate < SLOWEST:
            raise CoachError(f"{path}: {file.samplerate} Hz is too slow for speech.", f"{SLOWEST} Hz is the least.")
        resampler = Resampler(file.samplerate)
        for block in file.blocks(blocksize=BLOCK_SECONDS * file.samplerate, dtype="float32", always_2d=True):
            yield resampler.feed(block)
        yield resampler.flush()


def seconds_of(path: Path) -> float:
    """Length of a sound file. Raises CoachError where it cannot be read."""
    import soundfile  # noqa: PLC0415 - native; only for files

    with _readable(path), soundfile.SoundFile(path) as file:
        return float(file.frames) / float(file.samplerate)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """What goes wrong with reading a sound file becomes a CoachError."""
    import soundfile  # noqa: PLC0415 - native; only for files

    if path.is_dir():
        raise CoachError(
            f"{path} is a folder.", "Name the sound files in it, or a folder that `run --keep-audio` kept."
        )
    if not path.is_file():
        raise CoachError(f"There is no file {path}.", "Name a wav or flac file.")
    try:
        yield
    except soundfile.LibsndfileError as error:
        raise CoachError(
            f"{path} is no sound file that can be read: {error.error_string}", "Record it again as wav or flac."
        ) from error
    except OSError as error:
        raise CoachError(f"{path} cannot be read: {error.strerror}.", "Check its permissions.") from error


def quiet_room(seconds: float = LEAD_SECONDS) -> Samples:
    """Samples of a very quiet room, always the same ones."""
    return np.random.default_rng(0).normal(0.0, 3.0, int(seconds * RATE)).astype(np.int16)


@dataclass(slots=True)
class Count:
    """What came of one recording."""

    seconds: float = 0.0
    """Length of the recording."""
    accepted: int = 0
    """Commands and quantities taken."""
    rejected: int = 0
    """Utterances that were none."""


def replay(path: HearingPath, blocks: Iterable[Samples], count: Count) -> Iterator[Outcome]:
    """Run a recording through a path, keeping ``count``; event times are seconds from its first sample."""
    path.hear(quiet_room(), -LEAD_SECONDS)
    for block in blocks:
        outcomes = path.hear(block, count.seconds)
        count.seconds += len(block) / RATE
        yield from _counted(count, outcomes)
    yield from _counted(count, path.finish())


def _counted(count: Count, outcomes: list[Outcome]) -> Iterator[Outcome]:
    for outcome in outcomes:
        if isinstance(outcome, Heard):
            count.accepted += 1
        else:
            count.rejected += 1
        yield outcome


class UtteranceEar:
    """The listening path for utterances that come whole, with a quiet room around each: a rehearsed trainee."""

    def __init__(self, path: HearingPath) -> None:
        self._path = path

    def listen(self, listen: Listen) -> None:
        """What the present state hears."""
        self._path.listen(listen)

    def hear(self, samples: Samples, t0: float) -> list[Outcome]:
        """Decisions over 16 kHz samples whose first was heard at session time ``t0``.

        Their times are when the live path would have decided, which is up to half a second after the last sample.
        """
        before = self._path.hear(quiet_room(), t0 - LEAD_SECONDS)
        return [*before, *self._path.hear(samples, t0), *self._path.finish()]
