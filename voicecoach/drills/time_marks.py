"""What is said in a set that the clock ends, and when: half way, ten seconds, three, two, one, and cues between."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import ceil
from typing import Literal

COUNTDOWN = (3, 2, 1)
"""Seconds before the end that are counted."""
TEN = 10.0
"""Seconds before the end at which that is said."""
LONG_ENOUGH_FOR_TEN = 24.0
"""Seconds from which on a hold has both, its half and its last ten seconds, told."""
LONG_ENOUGH_FOR_HALF = 16.0
"""Seconds from which on the half is told."""
LONGEST_GAP = 7.0
"""Seconds of a hold in which nothing is said: nobody who holds a plank should wonder whether it still runs."""
LONGEST_COUNTING = 15.0
"""Seconds between two calls of the time while the trainee counts: who counts aloud should not be talked over."""

What = Literal["begin", "half", "ten", "cue", "count"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Something said at a moment of a hold."""

    left: float
    """Seconds of the hold that are then left."""
    what: What
    """Which of the things."""


def marks_of(seconds: float, longest_gap: float = LONGEST_GAP) -> tuple[Mark, ...]:
    """Everything said in such a set, from its begin to its end; cues fill what would be silent for too long."""
    fixed = [Mark(seconds, "begin")]
    if seconds >= LONG_ENOUGH_FOR_HALF:
        fixed.append(Mark(seconds / 2, "half"))
    if seconds >= LONG_ENOUGH_FOR_TEN:
        fixed.append(Mark(TEN, "ten"))
    fixed += [Mark(float(left), "count") for left in COUNTDOWN if left < seconds]
    marks: list[Mark] = []
    for mark, following in pairwise([*fixed, Mark(0.0, "count")]):
        marks.append(mark)
        parts = ceil((mark.left - following.left) / longest_gap)
        step = (mark.left - following.left) / parts
        marks += [Mark(mark.left - step * part, "cue") for part in range(1, parts)]
    return tuple(marks)
