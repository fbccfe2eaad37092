"""How far the load or the dial of a drill goes today: equipment, phase and script; ``decision`` keeps to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voicecoach.drills.equipment import Trainee
from voicecoach.drills.model import Drill, Programme
from voicecoach.drills.phases import PhaseLoad, ProgrammePhase
from voicecoach.drills.scales import Rack, Scale, Steps, converted
from voicecoach.words.meaning import Quantity

WEIGHT = "weight"
"""What the load is called where a dial could stand."""

_MOST_OF_START = 3.0
"""A first load may be so many times what the script begins with, where a phase says nothing: 45 lb in place of 15."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What holds for one drill today."""

    steps: Steps | None
    """Loads there are, up to what the phase allows; None for a drill without load."""
    step: float
    """How much heavier at a time, in the unit of ``steps``; 0 without load."""
    clean_sessions: int
    """Clean sessions before something gets harder."""
    misses: int
    """Sessions in a row short of reps before something gets easier."""
    a_week: float | None = None
    """How much heavier within seven days at most."""
    stays: bool = False
    """The load does not rise."""
    phase: str = ""
    """Name of the phase, where it is the phase that ends the steps or lets the load stay."""
    implement: str = ""
    """What the load is lifted with, ``kettlebell``, where equipment was named."""
    too_heavy: bool = False
    """Even the lightest load there is is too much for a first time."""

    def of_axis(self, drill: Drill, axis: str) -> Steps:
        """The values of the load or of a dial."""
        return self.steps if axis == WEIGHT and self.steps is not None else Scale.of_dial(drill.dials[axis])


def limits_of(
    drill: Drill,
    programme: Programme,
    phase: ProgrammePhase | None,
    trainee: Trainee,
    unit: str | None,
    used: Quantity | None,
) -> Limits:
    """Limits of a drill; ``unit`` is the trainee's and ``used`` the load of the last time, where they are known.

    A phase takes nothing away: where more was lifted already, its limit is that.
    """
    clean = programme.clean_sessions if phase is None or phase.clean_sessions is None else phase.clean_sessions
    if drill.load is None:
        return Limits(None, 0.0, clean, programme.misses)
    racked = trainee.equipment.rack(drill)
    unit = racked[1].unit if racked else trainee.equipment.unit or unit
    grid = Scale.of_load(drill.load, unit)
    steps: Steps = racked[1] if racked else grid
    own = phase.loads.get(drill.name, PhaseLoad()) if phase is not None else PhaseLoad()
    cap = _in_unit(own.men_at_most if trainee.man else own.at_most, steps.unit)
    step = _in_unit(own.step, steps.unit) or grid.step
    begin = cap if cap is not None or phase is None else _most_to_begin_with(drill, steps.unit)
    too_heavy = begin is not None and used is None and steps.low > begin + 1e-6
    if cap is not None and used is not None:
        cap = max(cap, converted(used, steps.unit).value)
    capped = cap is not None and cap < steps.high
    return Limits(
        steps=_up_to(steps, cap) if cap is not None else steps,
        step=step,
        clean_sessions=clean,
        misses=programme.misses,
        a_week=_in_unit(own.a_week, steps.unit),
        stays=own.stays,
        phase=phase.name if phase is not None and (capped or own.stays) else "",
        implement=racked[0] if racked else "",
        too_heavy=too_heavy,
    )


def too_heavy_for_good(drill: Drill, trainee: Trainee) -> bool:
    """Whether nothing there is would do for a first time, so that no phase need wait for the drill."""
    racked = trainee.equipment.rack(drill)
    most = _most_to_begin_with(drill, racked[1].unit) if racked else None
    return racked is not None and most is not None and racked[1].low > most + 1e-6


def _most_to_begin_with(drill: Drill, unit: str | None) -> float | None:
    """The heaviest load of a first time; None where the script does not say with what to begin."""
    load = drill.load.in_unit(unit) if drill.load is not None else None
    return None if load is None or load.start is None else converted(load.start, unit).value * _MOST_OF_START


def _in_unit(weights: Sequence[Quantity], unit: str | None) -> float | None:
    """The weight in a unit: its own number where the script gives one, else converted."""
    own = next((weight.value for weight in weights if weight.unit == unit), None)
    return own if own is not None or not weights else converted(weights[0], unit).value


def _up_to(steps: Steps, cap: float) -> Steps:
    """Steps without those above a cap; the lightest is always left."""
    if isinstance(steps, Scale):
        return replace(steps, high=max(steps.low, min(steps.high, cap)))
    if isinstance(steps, Rack):
        return Rack(tuple(load for load in steps.loads if load <= cap + 1e-6) or steps.loads[:1], steps.unit)
    return steps
