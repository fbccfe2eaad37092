"""Today's targets from the journal: a pure function of what was done, with the reason for each in one sentence.

The rules, in the order in which they are asked (docs/journal.md explains them to the trainee):

1. Pain last time: lighter as the script says, or the easier drill until two clean sessions of it.
2. Two weeks or more since the last time: one step back for each week missed.
3. Reps missing in the last two sessions: one step, or a tenth, back. Missing once: the same again.
4. Clean sessions at the same value (two, unless told otherwise): one step up.
5. Anything else: the same again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from voicecoach.coach.plan import PlannedDrill, SessionPlan
from voicecoach.drills.model import Drill, Programme, Turn
from voicecoach.drills.scales import Scale, converted
from voicecoach.journal import reasons
from voicecoach.journal.decision import AFTER_PAIN, CLEAN_SESSIONS, Decision
from voicecoach.journal.fold import unfinished
from voicecoach.journal.outings import Outing, outings
from voicecoach.journal.session import Session
from voicecoach.journal.weeks import training_days, week_of
from voicecoach.words.meaning import Quantity

_LOOK_BACK = 50
"""Sessions with a drill that its next target can depend on: far more than any rule counts."""


def plan_session(
    programme: Programme,
    drills: Mapping[str, Drill],
    sessions: Sequence[Session],
    today: date,
    *,
    now: datetime | None = None,
    clean_sessions: int = CLEAN_SESSIONS,
) -> SessionPlan:
    """What today's session is to be.

    ``drills`` holds every drill by name, those that pain may lead to among them. With ``now`` (with offset) a session
    that broke off is offered again.
    """
    planner = _Planner(drills, sessions, today, clean_sessions)
    spare: dict[str, Drill] = {}
    for drill in programme.drills:
        easier = drills.get(drill.pain.go_to or "")
        while easier is not None and easier.name not in spare:
            spare[easier.name] = easier
            easier = drills.get(easier.pain.go_to or "")
    return SessionPlan(
        programme=programme.name,
        drills=planner.day(programme.drills),
        spare=spare,
        sessions_before=sum(session.trained for session in sessions),
        week=week_of(training_days(sessions, [drill.name for drill in programme.drills]), today),
        unfinished=unfinished(sessions, now) if now else None,
    )


@dataclass(frozen=True, slots=True)
class _Detour:
    """An easier drill that stands in for one that hurt."""

    drill: Drill
    """The easier one."""
    hurt: Outing
    """When it hurt."""
    left: int
    """Clean sessions of it that are still missing."""


class _Planner:
    def __init__(
        self, drills: Mapping[str, Drill], sessions: Sequence[Session], today: date, clean_sessions: int
    ) -> None:
        self.drills, self.sessions, self.today, self.clean_sessions = drills, sessions, today, clean_sessions
        self._known: dict[str, tuple[Outing, ...]] = {}
        self.unit = next(
            (d.weight.unit for s in reversed(sessions) for d in reversed(s.sets) if d.weight and d.weight.unit), None
        )

    def outings(self, drill: str) -> tuple[Outing, ...]:
        if drill not in self._known:
            self._known[drill] = outings(drill, self.sessions, _LOOK_BACK)
        return self._known[drill]

    def day(self, drills: Sequence[Drill]) -> tuple[PlannedDrill, ...]:
        """The drills of a programme as they are due, easier ones in place of those that have to wait."""
        due: dict[str, Drill] = {}
        waiting: dict[str, tuple[_Detour, list[str]]] = {}
        for drill in drills:
            detour = self.detour(drill)
            if detour is None and drill.load and drill.pain.go_to in waiting:
                waiting[drill.pain.go_to][1].append(drill.name)  # further up the same ladder
                continue
            while detour is not None:
                waiting.setdefault(detour.drill.name, (detour, []))[1].append(drill.name)
                drill = detour.drill  # noqa: PLW2901 - one rung down, which may have hurt as well
                detour = self.detour(drill) if drill.name not in due else None
            due.setdefault(drill.name, drill)
        planned = []
        for name, drill in due.items():
            one = self.plan(drill)
            if name in waiting:
                stand_in, names = waiting[name]
                why = reasons.instead(name, names, stand_in.left, stand_in.hurt, self.today)
                one = replace(one, why=why)
            planned.append(one)
        return tuple(planned)

    def detour(self, drill: Drill) -> _Detour | None:
        """The easier drill, when the last time with this one hurt, did not get better, and too little followed."""
        done = self.outings(drill.name)
        if not done or not done[-1].pained:
            return None
        last = done[-1]
        easier = self.drills.get(last.moved_to or drill.pain.go_to or "")
        if easier is None or easier.name == drill.name or (last.moved_to is None and last.recovered):
            return None
        needed = max(AFTER_PAIN, self.clean_sessions)
        since = [out for out in self.outings(easier.name) if out.session.started > last.session.started]
        left = needed - sum(out.clean for out in since)
        return _Detour(easier, last, left) if left > 0 else None

    def plan(self, drill: Drill) -> PlannedDrill:
        """One drill with its dials, load and reason."""
        done = self.outings(drill.name)
        axis, direction = _axis(drill)
        values = {name: self._value(drill, name, done) for name in drill.dials}
        weight = self._value(drill, "weight", done) if drill.load else None
        why = ""
        current = weight if axis == "weight" else values.get(axis)
        if done and current is not None:
            new, why = Decision(drill, axis, direction, current, done, self.today, self.clean_sessions).make()
            if axis == "weight":
                weight = new
            else:
                values[axis] = new
        if done and done[-1].pained:
            values, weight, why = self._ease(drill, values, weight, why, done[-1])
        dials = {name: value for name, value in values.items() if value is not None}
        return PlannedDrill(
            drill=drill,
            sets=int(dials["sets"].value) if "sets" in dials else drill.sets,
            reps=int(dials["reps"].value) if "reps" in dials else drill.reps,
            dials=dials,
            weight=weight,
            last_weight=done[-1].did("weight") if done else None,
            last_time=reasons.last_time(done[-1], self.today) if done else "",
            why=why,
            times=len(done),
            after_pain=_after_pain(done),
        )

    def _value(self, drill: Drill, axis: str, done: Sequence[Outing]) -> Quantity | None:
        """Where the drill was left, or where the script begins; inside the script's limits."""
        left = next((value for out in reversed(done) if (value := out.left_at(axis)) is not None), None)
        if axis != "weight":
            dial = drill.dials[axis]
            value = dial.start if left is None or left.unit != dial.start.unit else left
            return Quantity(Scale.of_dial(dial).within(value.value), value.unit)
        load = drill.load
        if load is None:
            return None
        if left is not None:
            scale = Scale.of_load(load, left.unit)
            return Quantity(scale.within(left.value), left.unit or scale.unit)
        if load.start is None:
            return None
        scale = Scale.of_load(load, self.unit)
        start = converted(load.start, scale.unit)
        return start if start == load.start else Quantity(scale.at_most(start.value), scale.unit)

    def _ease(
        self,
        drill: Drill,
        values: dict[str, Quantity | None],
        weight: Quantity | None,
        why: str,
        last: Outing,
    ) -> tuple[dict[str, Quantity | None], Quantity | None, str]:
        """After pain: take off what the script says, from the value that hurt, unless that has been done already."""
        plan = drill.pain
        if plan.lighter is not None and drill.load and weight is not None:
            scale, hurt = Scale.of_load(drill.load, weight.unit), last.hurt_at("weight") or weight
            eased = Quantity(
                min(weight.value, scale.less(converted(hurt, weight.unit).value, plan.lighter)), weight.unit
            )
            return values, eased, reasons.pain(eased, "weight", hurt, last, self.today)
        turn = plan.turn
        if turn is not None and turn.dial in drill.dials and (value := values.get(turn.dial)) is not None:
            hurt = last.hurt_at(turn.dial) or value
            eased = Quantity(_gentler(drill, turn, value.value, hurt.value), value.unit)
            return {**values, turn.dial: eased}, weight, reasons.pain(eased, turn.dial, hurt, last, self.today)
        return values, weight, why or reasons.pain_only(drill.name, last, self.today)


def _after_pain(done: Sequence[Outing]) -> bool:
    """True where fewer than two clean sessions followed the last pain."""
    hurt = max((n for n, out in enumerate(done) if out.pained), default=None)
    return hurt is not None and sum(out.clean for out in done[hurt + 1 :]) < AFTER_PAIN


def _gentler(drill: Drill, turn: Turn, value: float, hurt: float) -> float:
    scale = Scale.of_dial(drill.dials[turn.dial])
    return max(value, scale.up(hurt)) if turn.direction == 1 else min(value, scale.down(hurt))


def _axis(drill: Drill) -> tuple[str, int]:
    """What gets harder, and which way: what "too easy" turns in the script, else the load; "" for nothing."""
    response = drill.hears.get("too easy")
    if response is not None and response.turn is not None:
        return response.turn.dial, response.turn.direction
    return ("weight", 1) if drill.load else ("", 1)
