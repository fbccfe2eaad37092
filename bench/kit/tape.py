"""Records a source of the headless sound card and knows when each sample came; for benches of quickness."""

from __future__ import annotations

import subprocess
import threading
import time
from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from kit.pulse import RATE


class Tape(threading.Thread):
    """Records a source; knows at what monotonic time each sample came."""

    def __init__(self, source: str, env: Mapping[str, str]) -> None:
        super().__init__(daemon=True)
        command = ["parec", f"--device={source}", "--format=s16le", f"--rate={RATE}", "--channels=1", "--raw"]
        self._parec = subprocess.Popen([*command, "--latency-msec=10"], env=dict(env), stdout=subprocess.PIPE)
        self.pieces: list[tuple[float, npt.NDArray[np.int16]]] = []
        self.start()

    def run(self) -> None:
        """Read until the recorder ends."""
        assert self._parec.stdout is not None  # noqa: S101 - opened as a pipe above
        while data := self._parec.stdout.read1(1 << 16):  # type: ignore[attr-defined]  # a BufferedReader
            whole = data[: len(data) // 2 * 2]
            self.pieces.append((time.monotonic(), np.frombuffer(whole, np.int16)))

    def between(self, since: float, until: float) -> tuple[float, npt.NDArray[np.float32]]:
        """The samples (full scale 1) that came between two times, and the time of the first.

        Of all pieces the one that came soonest after its sound tells the time: the others were held up.
        """
        pieces = [(at, samples) for at, samples in list(self.pieces) if since <= at <= until]
        if not pieces:
            return since, np.zeros(0, np.float32)
        ends = np.cumsum([len(samples) for _, samples in pieces]) / RATE
        first = min(at - float(end) for (at, _), end in zip(pieces, ends, strict=True))
        return first, np.concatenate([samples for _, samples in pieces]).astype(np.float32) / 32768

    def last_sound(self, since: float, until: float, threshold: float) -> float | None:
        """Monotonic time of the last sample over a threshold (full scale is 1) between two times."""
        first, samples = self.between(since, until)
        loud = np.flatnonzero(np.abs(samples) > threshold)
        return first + (int(loud[-1]) + 1) / RATE if len(loud) else None

    def end_of(self, word: npt.NDArray[np.float32], since: float, until: float, threshold: float) -> float | None:
        """Monotonic time of the last sample over a threshold of a known word, found by where it is most like that."""
        first, samples = self.between(since, until)
        if len(samples) < len(word):
            return None
        size = len(samples) + len(word)
        like = np.fft.irfft(np.fft.rfft(samples, size) * np.conj(np.fft.rfft(word, size)), size)
        start = int(np.argmax(like[: len(samples) - len(word) + 1]))
        return first + (start + int(np.flatnonzero(np.abs(word) > threshold)[-1]) + 1) / RATE

    def close(self) -> None:
        """Stop recording."""
        self._parec.terminate()
        self._parec.wait(5)
