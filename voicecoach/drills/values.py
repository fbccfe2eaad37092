"""What single fields of a script become; apart from whole drills and flows, which checking never builds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Phase = Literal["lower", "hold", "lift", "top"]
"""Of a rep, in the order of a tempo."""


@dataclass(frozen=True, slots=True)
class Tempo:
    """Seconds for each phase of a rep, as ``lower-hold-lift-top``; None is ``X``, as fast as you can."""

    lower: float | None
    """Seconds on the way down."""
    hold: float | None
    """Seconds at the bottom."""
    lift: float | None
    """Seconds on the way up."""
    top: float | None
    """Seconds at the top."""
    starts_with: Literal["lower", "lift"] = "lower"
    """Which way the first rep goes; a deadlift from the floor starts with the lift."""

    def __str__(self) -> str:
        return "-".join("X" if s is None else f"{s:g}" for s in (self.lower, self.hold, self.lift, self.top))


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn of a dial."""

    dial: str
    """Name of the dial."""
    direction: Literal[1, -1]
    """1 is up, -1 is down."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing a transition or an entry does: an action of the closed table with its argument."""

    action: str
    """Name in the table, such as ``say`` or ``log set``."""
    argument: str | None = None
    """For ``say`` the text or the name of a line; None where the action takes none."""
