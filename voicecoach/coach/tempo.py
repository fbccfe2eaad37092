"""When each phase and each count of a set falls: tempo becomes offsets in seconds; used by ``coach`` to lay out a set."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.drills.model import Phase, Tempo

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
    """Seconds after the start at which the rep is counted: when the top is reached."""


def shape_of(tempo: Tempo) -> RepShape:
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
    lift = next(beat for beat in beats if beat.phase == "lift")
    return RepShape(tuple(beats), offset, lift.offset + lift.seconds)


@dataclass(frozen=True, slots=True)
class SetClock:
    """Where the reps of a running set lie on the session clock."""

    start: float
    """Seconds on the session clock at which the first rep to do begins."""
    first: int
    """Number of that rep, 1 unless the set was paused before."""
    shape: RepShape
    """Every rep's shape."""

    def begins(self, rep: int) -> float:
        """Session seconds at which a rep begins."""
        return self.start + (rep - self.first) * self.shape.seconds

    def counted(self, rep: int) -> float:
        """Session seconds at which a rep is counted."""
        return self.begins(rep) + self.shape.count

    def ends(self, rep: int) -> float:
        """Session seconds at which a rep is over."""
        return self.begins(rep) + self.shape.seconds
