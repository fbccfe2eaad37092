"""Recordings and what is said in them when: the records that every step of the pipeline hands to the next."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import BinaryIO

import numpy as np
import numpy.typing as npt
import soundfile

RATE = 16_000
"""Samples a second, everywhere in the pipeline."""
STEP = 0.03
"""Seconds between two outputs of the network."""
Sound = npt.NDArray[np.float32]
"""Mono samples on the scale of 16-bit integers, as Kaldi's features want them."""


@dataclass(frozen=True, slots=True)
class Clip:
    """One recording."""

    path: str
    """Under the work folder."""
    text: str
    """What is said, lower case, no punctuation; empty for noise."""
    speaker: str
    """Person or voice; the split into training and dev goes by it."""
    kind: str
    """``person``, ``voice`` or ``noise``."""
    dev: bool = False
    """Kept out of training, for choosing and measuring."""
    source: str = ""
    """Where it comes from, for the model card."""
    licence: str = ""
    """Its licence, for the model card."""


@dataclass(frozen=True, slots=True)
class Segment:
    """One phone of an alignment."""

    phone: str
    """Without stress and position, ``SIL`` for quiet."""
    start: int
    """First frame, in steps of 30 ms."""
    frames: int
    """How many frames it lasts."""


@dataclass(frozen=True, slots=True)
class Aligned:
    """A clip and when each of its phones is spoken."""

    clip: Clip
    segments: tuple[Segment, ...]


def write_clips(path: Path, clips: Iterable[Clip]) -> None:
    """Write one JSON object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(asdict(clip)) + "\n" for clip in clips), encoding="utf-8")


def read_clips(path: Path) -> list[Clip]:
    """What ``write_clips`` wrote; nothing where there is no file."""
    return [Clip(**row) for row in _rows(path)]


def write_aligned(path: Path, aligned: Iterable[Aligned]) -> None:
    """Write one JSON object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8") as file:
        for one in aligned:
            segments = [[s.phone, s.start, s.frames] for s in one.segments]
            file.write(json.dumps({"clip": asdict(one.clip), "segments": segments}) + "\n")


def read_aligned(path: Path) -> list[Aligned]:
    """What ``write_aligned`` wrote."""
    return [Aligned(Clip(**r["clip"]), tuple(Segment(*s) for s in r["segments"])) for r in _rows(path)]


def _rows(path: Path) -> Iterator[dict[str, object]]:
    if path.exists():
        with path.open(encoding="utf-8") as file:
            yield from map(json.loads, file)


def read_sound(path: Path | BinaryIO) -> Sound:
    """A recording as mono samples at 16 kHz, whatever its format and rate."""
    import soxr  # noqa: PLC0415 - heavy

    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mono = samples.mean(axis=1)
    if rate != RATE:
        mono = soxr.resample(mono, rate, RATE)
    return np.asarray(mono * 32_768, np.float32)


def write_sound(path: Path, sound: Sound) -> None:
    """Write samples as 16-bit wav; makes the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, np.clip(np.round(sound), -32_768, 32_767).astype(np.int16), RATE)
