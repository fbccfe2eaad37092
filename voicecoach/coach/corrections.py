"""Putting the set just done right by voice: other reps, another load, or not a set at all; after it was logged."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.coach.counting import weight_fields
from voicecoach.coach.flow import Action, Condition
from voicecoach.coach.loads import Loads
from voicecoach.coach.stage import Stage

SAID, TAKEN_OUT = "said", "taken out"
"""Why a set was corrected, as the journal has it."""
CORRECTIONS = frozenset({SAID, TAKEN_OUT})
"""Those of the journal's corrections that "undo" takes back."""


class Corrections:
    """Steps and conditions about the last set in the log."""

    def __init__(self, stage: Stage, loads: Loads) -> None:
        self._stage = stage
        self._loads = loads

    def actions(self) -> dict[str, Action]:
        """The steps a flow may name."""
        return {"correct set": lambda _: self.correct(), "delete set": lambda _: self.delete()}

    def conditions(self) -> dict[str, Condition]:
        """The conditions a flow may name."""
        return {"set logged": lambda: bool(self._stage.work.done), "said of last set": self.said_of_last_set}

    def said_of_last_set(self) -> bool:
        """True where a load was told as what is over: "that was forty five pounds", "I used forty five"."""
        done = self._stage.work.done
        return bool(done) and self._stage.meaning.past and done[-1].weight is not None

    def correct(self) -> None:
        """Give the last set the reps or the load that were heard; what it is now is read back."""
        stage, work = self._stage, self._stage.work
        if not work.done:
            stage.say_line("no set yet")
            return
        done, reps = work.done[-1], stage.meaning.reps
        if reps is not None and done.hold is None:
            done = replace(done, reps=reps)
            stage.correct(done.ref, SAID, reps=reps)
        weight = self._loads.heard_weight()
        if weight is not None and done.weight is not None:
            done = replace(done, weight=weight)
            stage.correct(done.ref, SAID, **weight_fields(weight))
            if done.drill == work.drill.name:
                work.weights[done.drill] = weight
        work.done[-1] = done
        stage.say_line("set corrected")

    def delete(self) -> None:
        """Take the last set out of the log; where its drill goes on it is to be done again."""
        stage, work = self._stage, self._stage.work
        if not work.done:
            stage.say_line("no set yet")
            return
        place, done = work.place_of_last, work.done.pop()
        stage.take_back(done.ref, TAKEN_OUT)
        work.set_ref = work.done[-1].ref if work.done else 0
        again = place is not None and not work.set_open
        if again and place is not None and place != work.index:  # back to the partner that has had its turn
            work.go_to(place)
        if again:
            work.set, work.side = done.at
        stage.say_line("set again" if again else "set deleted")
