"""A session's plan as lines to read and as JSON: what ``plan`` prints and ``rehearse --weeks`` shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from voicecoach.coach.plan import PlannedDrill, SessionPlan


class Told:
    """Plans told one after the other; what is the same as the time before is not said again."""

    def __init__(self) -> None:
        self._reasons: dict[str, str] = {}
        self._left_out: set[str] = set()
        self._phase = ""

    def lines(self, title: str, plan: SessionPlan, *, whole: bool) -> Iterator[str]:
        """The plan of one session; with ``whole`` also what was done last time, and all that is said of phases."""
        phase = f", {plan.phase}" if plan.phase else ""
        yield f"{title}: {plan.programme}, week {plan.week}{phase}"
        if whole or plan.phase != self._phase:
            yield from (f"  {text}" for text in plan.opening)
        self._phase = plan.phase
        for planned in plan.drills:
            yield f"  {target(planned)}" + (f" [superset {planned.superset}]" if planned.superset else "")
            if whole and planned.last_time and not planned.tells_last_time:
                yield f"      {planned.last_time}"
            if whole or planned.reason != self._reasons.get(planned.drill.name):
                yield f"      {planned.reason}"
            self._reasons[planned.drill.name] = planned.reason
        why = dict.fromkeys(one.why for one in plan.left_out)
        said = {*plan.opening, *(planned.why for planned in plan.drills)}
        for sentence in why:
            if sentence not in said and (whole or sentence not in self._left_out):
                yield f"  {sentence}"
        self._left_out = set(why)


def _amount(planned: PlannedDrill) -> tuple[str, str]:
    """What a set is: ``12``, ``20 s`` for a hold, ``60 s`` for as many reps as possible; and the dial that turns it."""
    for dial, seconds in (("hold", planned.hold), ("amrap", planned.amrap)):
        if seconds is not None:
            return f"{seconds:g} s", dial
    return str(planned.reps), "reps"


def target(planned: PlannedDrill) -> str:
    """``RDL: 3 x 12 at 40 lb``, in brackets the plates of the bar, and dials but for the one that is told anyway."""
    amount, told = _amount(planned)
    load = f" at {planned.weight.value:g} {planned.weight.unit or ''}".rstrip() if planned.weight else ""
    dials = {name: value for name, value in planned.dials.items() if name != told}
    more = [f"{name} {value.value:g} {value.unit or ''}".rstrip() for name, value in dials.items()]
    more += [planned.loading[:1].lower() + planned.loading[1:].rstrip(".")] if planned.loading else []
    return f"{planned.drill.name}: {planned.sets} x {amount}{load}" + (f" ({', '.join(more)})" if more else "")


def plan_as_json(day: date, plan: SessionPlan) -> dict[str, object]:
    """A plan for machines: plain JSON values."""
    return {
        "day": day.isoformat(),
        "programme": plan.programme,
        "week": plan.week,
        "phase": plan.phase or None,
        "opening": list(plan.opening),
        "drills": [
            {
                "drill": planned.drill.name,
                "sets": planned.sets,
                "reps": planned.reps,
                "superset": planned.superset or None,
                "weight": planned.weight.value if planned.weight else None,
                "unit": planned.weight.unit if planned.weight else None,
                "dials": {n: {"value": d.value, "unit": d.unit} for n, d in planned.dials.items()},
                "loading": planned.loading,
                "last_time": planned.last_time,
                "why": planned.reason,
            }
            for planned in plan.drills
        ],
        "left_out": [{"drill": one.drill, "why": one.why} for one in plan.left_out],
    }
