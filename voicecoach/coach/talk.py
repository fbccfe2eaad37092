"""How much is said, and how loud: a beginner hears everything, later counts and warnings.

"more words" and "fewer words" turn the one, "louder" and "quieter" the other; both stay for the sessions that follow.
"""

from __future__ import annotations

from voicecoach.coach.commands import Volume
from voicecoach.coach.flow import Action
from voicecoach.coach.liking import EVERYTHING, LOUDEST, NUMBERS, QUIETEST, REMINDERS
from voicecoach.coach.stage import Stage
from voicecoach.coach.workout import Workout

FIRST_SESSIONS = 3
"""Sessions in which everything is said."""
LEARNING = 12
"""Sessions after which counts and warnings are enough: about a month of three a week."""
REPS_WITH_WORDS = 2
"""Reps of a later set that still have their words on the beat, when there are reminders only."""
LONG_REP = 7.0
"""Seconds of a rep in which only its count would leave somebody waiting for a word."""
VOLUME_STEP = 3.0
"""dB by which "louder" and "quieter" turn: clearly another volume, and no jump."""


class Talk:
    """Steps about how much is said, and how loud."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage
        plan = stage.plan
        stage.work.talk = level_of(plan.sessions_before) if plan.talk is None else plan.talk
        stage.work.volume = plan.volume

    def actions(self) -> dict[str, Action]:
        """The steps a flow may name."""
        return {
            "say less": lambda _: self.turn(-1),
            "say more": lambda _: self.turn(1),
            "louder": lambda _: self.turn_volume(VOLUME_STEP),
            "quieter": lambda _: self.turn_volume(-VOLUME_STEP),
        }

    def turn(self, by: int) -> None:
        """Say more, or less, from now on; the log keeps it."""
        stage, work = self._stage, self._stage.work
        new = min(EVERYTHING, max(NUMBERS, work.talk + by))
        if new == work.talk:
            stage.say_line("at limit")
            return
        stage.log("talk", **{"from": work.talk, "to": new}, why=stage.meaning.command)
        work.talk = new
        stage.say_line("saying more" if by > 0 else "saying less")

    def turn_volume(self, by: float) -> None:
        """Say everything louder, or quieter, the answer included; the log keeps it."""
        stage, work = self._stage, self._stage.work
        new = min(LOUDEST, max(QUIETEST, work.volume + by))
        if new == work.volume:
            stage.say_line("at limit")
            return
        stage.log("volume", **{"from": work.volume, "to": new}, why=stage.meaning.command)
        work.volume = new
        stage.emit(Volume(new))
        stage.say_line("louder now" if by > 0 else "quieter now")


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
