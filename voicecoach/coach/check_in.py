"""The question before the first drill, how the trainee is today, and what the answer changes."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.coach.flow import Action
from voicecoach.coach.plan import PlannedDrill
from voicecoach.coach.stage import Stage
from voicecoach.words.meaning import Quantity

LIGHTER = 0.1
"""Fraction taken off every load on a tired day."""


class CheckIn:
    """Steps about how the trainee is today."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def actions(self) -> dict[str, Action]:
        """The steps a flow may name."""
        return {
            "check in": lambda how: self._log(how or "ready"),
            "ease session": lambda how: self.ease(how or "tired"),
            "spare session": lambda _: self.spare(),
        }

    def ease(self, how: str) -> None:
        """A tired or a sore day, or the first after a red flag: a set less of each drill, a tenth off the loads."""
        self._log(how)
        self._stage.well_again = how == "well again"
        work = self._stage.work
        work.drills[work.index :] = [eased(planned) for planned in work.drills[work.index :]]
        self._stage.say_line("sore" if how == "sore" else "eased")

    def spare(self) -> None:
        """Something hurts before anything was done: only the gentlest drill of the ladder, and less of it.

        It is written down for the last drill of the day, the heaviest, so that the next session spares that one too.
        """
        stage, work = self._stage, self._stage.work
        self._log("hurts")
        last = work.drills[-1]
        gentlest = eased(self._gentlest())
        where = stage.language.place_in(stage.phrase)
        stage.log("pain", where=where, drill=last.drill.name, set=1, rep=0, said=stage.phrase)
        if gentlest.drill.name != last.drill.name:
            stage.log("moved", **{"from": last.drill.name, "to": gentlest.drill.name, "why": "pain"})
        work.drills[work.index :] = [gentlest]
        stage.say_line("spared")

    def _log(self, how: str) -> None:
        self._stage.log("checked_in", how=how, said=self._stage.phrase)

    def _gentlest(self) -> PlannedDrill:
        """The lowest rung that pain leads to from the first drill of today."""
        planned, spare = self._stage.work.drills[self._stage.work.index], self._stage.plan.spare
        seen = {planned.drill.name}
        while (name := planned.drill.pain.go_to) is not None and name in spare and name not in seen:
            seen.add(name)
            drill = spare[name]
            planned = PlannedDrill(drill, drill.sets, drill.reps)
        return planned


def eased(planned: PlannedDrill) -> PlannedDrill:
    """A planned drill with one set less, at least one, and its load a tenth lighter in steps that exist."""
    weight = planned.weight
    steps = planned.steps_in(weight.unit) if weight is not None else None
    if steps is not None and weight is not None:
        weight = Quantity(steps.at_most(weight.value * (1 - LIGHTER)), weight.unit)
    return replace(planned, sets=max(1, planned.sets - 1), weight=weight, why="", loading="")
