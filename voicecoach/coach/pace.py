"""How fast the reps go: "slower" and "faster" turn the tempo of a drill from the next rep on."""

from __future__ import annotations

from voicecoach.coach.counting import Counting
from voicecoach.coach.flow import Action
from voicecoach.coach.stage import Stage
from voicecoach.coach.tempo import scaled, shape_of
from voicecoach.coach.workout import TEMPO

STEP = 15.0
"""Percent of the script's tempo by which one word makes a rep longer or shorter."""
LEAST, MOST = 70.0, 160.0
"""Percent between which the tempo stays: past these it is another exercise."""
SHORTEST_REP = 1.0
"""Seconds a rep must take for a count to be heard in it."""


class Pace:
    """Steps about the tempo."""

    def __init__(self, stage: Stage, counting: Counting) -> None:
        self._stage = stage
        self._counting = counting

    def actions(self) -> dict[str, Action]:
        """The steps a flow may name."""
        return {"slower": lambda _: self.turn(STEP), "faster": lambda _: self.turn(-STEP)}

    def turn(self, by: float) -> None:
        """Make each rep longer or shorter from the next one on; the change is written down like that of a dial."""
        stage, work = self._stage, self._stage.work
        old = work.percent
        new = min(MOST, max(LEAST, old + by))
        if new == old or shape_of(scaled(work.drill.tempo, new)).seconds < SHORTEST_REP:
            stage.say_line("at limit")
            return
        work.dials[work.drill.name, TEMPO] = new
        self._counting.reshape()
        change = {"from": old, "to": new}
        stage.log("dial", drill=work.drill.name, dial=TEMPO, **change, unit="%", why=stage.meaning.command)
        stage.say_line("slower now" if by > 0 else "faster now")
