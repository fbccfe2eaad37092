"""Plays a recording through the earbuds in real time and says how far it has come: ``rehearse --play``."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from voicecoach.errors import CoachError
from voicecoach.speaking.clip import Samples
from voicecoach.speaking.outlet import find_outlet

_BLOCK_S = 0.25
_AHEAD = 8
_TELL_S = 0.1
_STALLED_S = 5.0


class _Feed:
    """Between the thread that reads the file and PortAudio's, which takes what has been read."""

    def __init__(self) -> None:
        self.blocks: queue.Queue[Samples | None] = queue.Queue(_AHEAD)
        """What comes next; None is the end."""
        self.taken = 0
        """Samples of the recording that the device has had."""
        self.over = threading.Event()
        """The device has had all of it."""
        self._rest = np.zeros(0, dtype=np.float32)

    def fill(self, out: Samples, _underflow: bool) -> None:
        """One block for the device: silence where the file was not read in time, which shifts but never skips."""
        out.fill(0)
        at = 0
        while at < len(out) and not self.over.is_set():
            if not len(self._rest):
                try:
                    block = self.blocks.get_nowait()
                except queue.Empty:
                    break
                if block is None:
                    self.over.set()
                    break
                self._rest = block
            count = min(len(out) - at, len(self._rest))
            out[at : at + count] = self._rest[:count]
            self._rest = self._rest[count:]
            at += count
        self.taken += at


def play_recording(
    path: Path, device: str | int | None = None, *, begin: float = 0.0, follow: Callable[[float], None] = lambda _: None
) -> None:
    """Play a sound file from ``begin`` (seconds) to its end and wait for it.

    ``follow`` is told, about ten times a second and in the caller's thread, how many seconds of the file have been
    heard. Raises CoachError when there is no device, when it stops taking sound, or when the file cannot be read.
    """
    outlet = find_outlet(device)
    feed = _Feed()
    blocks = _blocks(path, begin, outlet.rate)
    block, read, last, moved = next(blocks, None), False, -1, time.monotonic()
    outlet.start(feed.fill)
    try:
        while not feed.over.is_set():
            if read:
                feed.over.wait(_TELL_S)
            elif _offer(feed.blocks, block):
                read = block is None
                block = next(blocks, None)
            follow(begin + max(0.0, feed.taken / outlet.rate - outlet.latency))
            if feed.taken != last:
                last, moved = feed.taken, time.monotonic()
            elif time.monotonic() - moved > _STALLED_S:
                raise CoachError(f"The sound device {outlet.name} takes no sound any more.", "Plug it in again.")
    finally:
        outlet.close(drain=feed.over.is_set())


def _offer(blocks: queue.Queue[Samples | None], block: Samples | None) -> bool:
    """Wait a moment for room in the queue; False where there was none."""
    try:
        blocks.put(block, timeout=_TELL_S)
    except queue.Full:
        return False
    return True


def _blocks(path: Path, begin: float, rate: int) -> Iterator[Samples]:
    """The file from ``begin`` on, mono, at ``rate`` Hz, a quarter of a second at a time."""
    import soundfile  # noqa: PLC0415 - only where a file is played
    import soxr  # noqa: PLC0415

    try:
        with soundfile.SoundFile(path) as file:
            file.seek(min(round(begin * file.samplerate), file.frames))
            stream = soxr.ResampleStream(file.samplerate, rate, 1, dtype="float32")
            size = round(file.samplerate * _BLOCK_S)
            while len(read := file.read(size, dtype="float32", always_2d=True)):
                ready = stream.resample_chunk(np.ascontiguousarray(read.mean(axis=1, dtype=np.float32)))
                if len(ready):
                    yield ready
            yield stream.resample_chunk(np.zeros(0, dtype=np.float32), last=True)
    except (OSError, soundfile.LibsndfileError) as error:
        raise CoachError(f"{path} cannot be played ({error}).", "Write it anew: voicecoach rehearse --wav.") from error
