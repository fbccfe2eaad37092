"""Which phase of a programme it is: by the week of training and by what the journal shows; ``progress`` asks."""

from __future__ import annotations

from collections.abc import Callable

from voicecoach.drills.model import Programme
from voicecoach.drills.phases import ProgrammePhase


def phase_at(programme: Programme, week: int, clean: Callable[[str], int | None]) -> ProgrammePhase | None:
    """The phase of a week; None where the programme has none.

    ``clean`` tells how many clean sessions of a drill there were, or None where it cannot be done for want of
    equipment, so that it is not waited for. One phase follows the other; none is left out.
    """
    present: ProgrammePhase | None = None
    for phase in programme.phases:
        counts = [(clean(drill), needed) for drill, needed in phase.after.items()]
        ready = all(count is None or count >= needed for count, needed in counts)
        if present is not None and not (week >= phase.from_week and ready):
            break
        present = phase
    return present
