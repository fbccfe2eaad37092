"""When each phase and each count of a set falls: tempo becomes offsets in seconds; ``coach`` lays sets out with it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from voicecoach.drills.values import Phase, Tempo

FULL = 100.0
"""Percent of the script's own tempo."""
FAST = 1.0
"""Seconds given to a phase marked ``X``: as fast as you can, yet the beat needs a length."""


@dataclass(frozen=True, slots=True)
class Beat:
    """The start of one phase of a rep."""

    phase: Phase
    """Which phase."""
    offset: float
    """Seconds after the start of the rep."""
    seconds: float
    """How long the phase lasts; 0 where the tempo skips it."""


@dataclass(frozen=True, slots=True)
class RepShape:
    """One rep of a tempo, laid out in seconds."""

    beats: tuple[Beat, ...]
    """The four phases in the order they are done."""
    seconds: float
    """Length of the rep."""
    count: float
    """Seconds after the start at which the rep is counted: when the top, or the bottom, is reached."""


def shape_of(tempo: Tempo, count_on: Literal["bottom", "top"] = "top") -> RepShape:
    """Lay out one rep.

    The four numbers are always lower-hold-lift-top, also where the lift comes first, as the field writes tempo
    (eccentric first); ``starts_with`` only turns the order in which they are done.
    """
    length: dict[Phase, float | None] = {
        "lower": tempo.lower,
        "hold": tempo.hold,
        "lift": tempo.lift,
        "top": tempo.top,
    }
    order: tuple[Phase, ...] = (
        ("lower", "hold", "lift", "top") if tempo.starts_with == "lower" else ("lift", "top", "lower", "hold")
    )
    beats: list[Beat] = []
    offset = 0.0
    for phase in order:
        asked = length[phase]
        seconds = FAST if asked is None else asked
        beats.append(Beat(phase, offset, seconds))
        offset += seconds
    reached = next(beat for beat in beats if beat.phase == ("lift" if count_on == "top" else "lower"))
    return RepShape(tuple(beats), offset, reached.offset + reached.seconds)


def scaled(tempo: Tempo, percent: float) -> Tempo:
    """A tempo with every phase that has a number made longer or shorter; ``X`` stays as fast as you can."""
    if percent == FULL:
        return tempo
    lower, hold, lift, top = (
        None if seconds is None else round(seconds * percent / FULL, 2)
        for seconds in (tempo.lower, tempo.hold, tempo.lift, tempo.top)
    )
    return replace(tempo, lower=lower, hold=hold, lift=lift, top=top)


@dataclass(frozen=True, slots=True)
class SetClock:
    """Where the reps of a running set lie on the session clock."""

    start: float
    """Seconds on the session clock at which the first rep to do begins."""
    first: int
    """Number of that rep, 1 unless the set was paused before."""
    shape: RepShape
    """Shape of that rep and of those that follow."""
    before: SetClock | None = None
    """Where the reps before ``first`` lie, where the tempo was changed in the middle of the set."""

    @property
    def began(self) -> float:
        """Session seconds at which the reps of this clock began, whatever the tempo was then."""
        return self.start if self.before is None else self.before.began

    def shape_at(self, rep: int) -> RepShape:
        """Shape of a rep."""
        return self.shape if self.before is None or rep >= self.first else self.before.shape_at(rep)

    def begins(self, rep: int) -> float:
        """Session seconds at which a rep begins."""
        if self.before is not None and rep < self.first:
            return self.before.begins(rep)
        return self.start + (rep - self.first) * self.shape.seconds

    def counted(self, rep: int) -> float:
        """Session seconds at which a rep is counted."""
        return self.begins(rep) + self.shape_at(rep).count

    def ends(self, rep: int) -> float:
        """Session seconds at which a rep is over."""
        return self.begins(rep) + self.shape_at(rep).seconds

    def changed(self, rep: int, shape: RepShape) -> SetClock:
        """The same clock with another shape from a rep on."""
        return SetClock(self.begins(rep), rep, shape, self)
