"""How much is said: a beginner hears everything, later counts and warnings; "more words" and "fewer words" turn it."""

from __future__ import annotations

from voicecoach.coach.flow import Action
from voicecoach.coach.stage import Stage
from voicecoach.coach.workout import Workout

EVERYTHING, REMINDERS, NUMBERS = 2, 1, 0
"""Every word of the script; set-up as a reminder and words on the beat to begin with; counts and warnings."""
FIRST_SESSIONS = 3
"""Sessions in which everything is said."""
LEARNING = 12
"""Sessions after which counts and warnings are enough: about a month of three a week."""
REPS_WITH_WORDS = 2
"""Reps of a later set that still have their words on the beat, when there are reminders only."""
LONG_REP = 7.0
"""Seconds of a rep in which only its count would leave somebody waiting for a word."""


class Talk:
    """Steps about how much is said."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        stage.work.talk = level_of(stage.plan.sessions_before)

    def actions(self) -> dict[str, Action]:
        """The steps a flow may name."""
        return {"say less": lambda _: self.turn(-1), "say more": lambda _: self.turn(1)}

    def turn(self, by: int) -> None:
        """Say more, or less, for the rest of the session."""
        stage, work = self._stage, self._stage.work
        new = min(EVERYTHING, max(NUMBERS, work.talk + by))
        if new == work.talk:
            stage.say_line("at limit")
            return
        work.talk = new
        stage.say_line("saying more" if by > 0 else "saying less")


def level_of(sessions_before: int) -> int:
    """How much somebody hears who has so many sessions behind them."""
    if sessions_before < FIRST_SESSIONS:
        return EVERYTHING
    return REMINDERS if sessions_before < LEARNING else NUMBERS


def has_words(work: Workout, rep: int) -> bool:
    """Whether a rep has its words on the beat."""
    if work.talk == EVERYTHING or work.shape.seconds > LONG_REP:
        return True
    return work.talk == REMINDERS and (work.set == 1 or rep <= REPS_WITH_WORDS)
