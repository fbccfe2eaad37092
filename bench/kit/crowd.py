"""People talking to one another, music and noise, as a microphone in the room hears them one after the other."""

from __future__ import annotations

import itertools
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from kit.clips import Clip, Sound, loudness, read_clips
from voicecoach.errors import CoachError
from voicecoach.words.phrases import PhraseTable

RATE = 16_000
KINDS = {"neg_speech": "sentences", "neg_word": "single words", "neg_music": "music", "neg_noise": "noise"}
"""Classes of the manifest that nobody means for the coach, and what a table calls them."""
STRETCH = 150.0
"""Seconds of one class before another has its turn."""
GAP = (0.4, 1.6)
"""Least and most seconds of quiet between two recordings of speech."""
LEVEL = 0.1
"""Root mean square of every recording, as loud as the trainee's own voice; full scale is 1."""
LATE = 1.5
"""Seconds after the end of a recording in which a command still counts as its doing."""


@dataclass(frozen=True, slots=True)
class Said:
    """One recording in its place."""

    begin: float
    """Seconds from the beginning of the crowd."""
    end: float
    """Likewise."""
    kind: str
    """``sentences``, ``single words``, ``music`` or ``noise``."""
    label: str
    """What was said, or what it is."""
    file: str
    """Path under the folder."""


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everything the microphone hears beside the trainee."""

    sound: Sound
    """Mono, 16 kHz."""
    said: tuple[Said, ...]
    """What it is made of, by time."""

    @property
    def seconds(self) -> float:
        """Its length."""
        return len(self.sound) / RATE

    def at(self, t: float) -> Said | None:
        """What is being said at a time, or was said just before."""
        near = [one for one in self.said if one.begin <= t <= one.end + LATE]
        return near[-1] if near else None

    def hours(self) -> dict[str, float]:
        """Hours of each kind, its gaps aside."""
        hours: dict[str, float] = defaultdict(float)
        for one in self.said:
            hours[one.kind] += (one.end - one.begin) / 3600
        return dict(hours)


def gather(folder: Path, table: PhraseTable, minutes: float, kinds: Sequence[str] = (), seed: int = 0) -> Crowd:
    """A crowd of so many minutes, its classes in turn, each in an order of its own and begun again where it ends.

    Recordings whose label is a phrase of the table are left out. Raises CoachError where the folder has none.
    """
    clips, _rooms = read_clips(folder, table)
    by_kind: dict[str, list[Clip]] = defaultdict(list)
    for clip in clips:
        name = KINDS.get(clip.kind)
        found = table.find(clip.label)
        if name is not None and (not kinds or name in kinds) and (found is None or found.ignored):
            by_kind[name].append(clip)
    if not by_kind:
        raise CoachError(
            f"{folder} holds none of the classes {', '.join(KINDS)}.", "Name a folder with such recordings."
        )
    chance = random.Random(seed)  # noqa: S311 - an order of recordings, no secret
    turns = {name: _shuffled(found, chance) for name, found in sorted(by_kind.items())}
    sound = np.random.default_rng(seed).normal(0.0, 6.0, round(minutes * 60 * RATE))
    said: list[Said] = []
    at = 1.0
    for name in itertools.cycle(turns):
        until = at + STRETCH
        while at < until:
            clip = next(turns[name])
            length = len(clip.sound) / RATE
            if at + length > len(sound) / RATE:
                return Crowd(np.clip(np.rint(sound), -32768, 32767).astype(np.int16), tuple(said))
            samples = clip.sound.astype(np.float64)
            start = round(at * RATE)
            sound[start : start + len(samples)] += samples * (LEVEL * 32768 / loudness(samples))
            said.append(Said(at, at + length, name, clip.label, clip.file))
            at += length + chance.uniform(*GAP)
    raise AssertionError("a cycle does not end")


def _shuffled(clips: Sequence[Clip], chance: random.Random) -> Iterator[Clip]:
    while True:
        yield from chance.sample(clips, len(clips))
