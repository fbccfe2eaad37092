"""What follows from a drill's file: its tempo, its times, its form cues by reps; for its rules and for building it."""

from __future__ import annotations

import re
from dataclasses import replace

from voicecoach.drills.measures import rep_seconds
from voicecoach.drills.schema import EVERY, CuesPart, DrillPart
from voicecoach.drills.values import Tempo


def tempo_of(file: DrillPart) -> Tempo:
    """The tempo of a drill; a set that the clock ends is one rep that is all hold."""
    if file.tempo is None:
        return Tempo(0.0, file.hold or file.amrap or 0.0, 0.0, 0.0)
    return replace(file.tempo, starts_with=file.starts_with)


def set_seconds(file: DrillPart) -> float:
    """How long a set takes, both sides and the change-over together."""
    once = (file.reps or 1) * rep_seconds(tempo_of(file))
    return once * max(1, len(file.sides)) + (file.change_over if file.sides else 0.0)


def rest_of(file: DrillPart) -> float:
    """Seconds between two sets; where a set begins every so often, what a set leaves of that."""
    if file.rest is not None:
        return file.rest
    return max(0.0, (file.every or 0.0) - set_seconds(file))


def every_reps(cues: CuesPart) -> dict[int, tuple[str, tuple[str, ...]]]:
    """Form cues by number of reps, each with the key it was written under."""
    found: dict[int, tuple[str, tuple[str, ...]]] = {}
    for key, texts in (cues.__pydantic_extra__ or {}).items():
        if (match := re.match(EVERY, key)) is not None:
            found[int(match[1])] = (key, tuple(texts))
    return found
