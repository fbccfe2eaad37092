"""Today's session from the journal: a pure function of what was done, with the reason for each target in one sentence.

Which drills (docs/design.md has the same as a table):

1. What needs equipment that is not there is left out; so is what the phase does not have yet.
2. Of a ladder the rungs up to the one that was reached: one more after clean sessions, fewer after pain or misses.
3. Without a ladder an easier drill takes the place of one that was painful, until two clean sessions of it.

How hard (``decision`` has the rules for each):

4. Pain last time: lighter as the script says.
5. Weeks were missed since the last time: one step back for each; where none is left the same, and nothing harder.
6. Reps missing in as many sessions in a row as the programme bears: one step, or a tenth, back. Else the same again.
7. Clean sessions at the same value, as many as the programme asks for: one step up, as far as phase and equipment go.
8. Anything else: the same again. Easy days, on which the trainee was tired or sore, count for nothing.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from voicecoach.coach.plan import LeftOut, PlannedDrill, SessionPlan, grouped
from voicecoach.drills.equipment import NOBODY, Trainee, read_equipment
from voicecoach.drills.model import Drill, Programme
from voicecoach.errors import CoachError
from voicecoach.journal.decision import AFTER_PAIN
from voicecoach.journal.fold import red_flagged, unfinished
from voicecoach.journal.habits import Habits
from voicecoach.journal.ladder import Ladder, Stand
from voicecoach.journal.limits import WEIGHT, Limits, limits_of, too_heavy_for_good
from voicecoach.journal.outings import Outing
from voicecoach.journal.past import Past
from voicecoach.journal.phases import phase_on, phase_with
from voicecoach.journal.reasons import Reasons
from voicecoach.journal.session import Session
from voicecoach.journal.target import Target
from voicecoach.journal.weeks import last_return, weeks_of
from voicecoach.words.meaning import Quantity


def plan_session(
    programme: Programme,
    drills: Mapping[str, Drill],
    sessions: Sequence[Session],
    today: date,
    *,
    now: datetime | None = None,
    trainee: Trainee = NOBODY,
) -> SessionPlan:
    """What today's session is to be, beginning as the last ones ended.

    ``drills`` holds every drill by name, those that pain may lead to among them. With ``now`` (with offset) a session
    that broke off is offered again. Raises CoachError where nothing of the programme can be done with what there is.
    """
    return Habits(sessions).put_into(due(programme, drills, Past(sessions), today, now=now, trainee=trainee))


def due(
    programme: Programme,
    drills: Mapping[str, Drill],
    past: Past,
    today: date,
    *,
    now: datetime | None = None,
    trainee: Trainee = NOBODY,
) -> SessionPlan:
    """What a session on a day is to be, before the trainee's habits; as ``plan_session``."""
    planner = _Planner(programme, drills, past, today, trainee)
    planned = planner.day()
    if not planned:
        sentences = " ".join(dict.fromkeys(one.why for one in planner.left_out))
        hint = "`voicecoach equipment` says what you have, and changes it."
        raise CoachError(f"Nothing of '{programme.name}' can be done with what there is. {sentences}", hint)
    return SessionPlan(
        programme=programme.name,
        drills=grouped(planned, programme.supersets),
        spare=planner.spare(),
        sessions_before=past.trained,
        left_out=tuple(planner.left_out),
        phase=planner.phase.name if planner.phase else "",
        opening=planner.opening(),
        week=planner.week,
        unfinished=unfinished(past.sessions, now) if now else None,
        red_flagged=red_flagged(past.sessions),
    )


@dataclass(frozen=True, slots=True)
class _Detour:
    """An easier drill that stands in for one that was painful."""

    drill: Drill
    """The easier one."""
    hurt: Outing
    """When it was painful."""
    left: int
    """Clean sessions of it that are still missing."""


class _Planner:
    def __init__(
        self, programme: Programme, drills: Mapping[str, Drill], past: Past, today: date, trainee: Trainee
    ) -> None:
        given = read_equipment(**programme.equipment) if programme.equipment else None
        self.trainee = replace(trainee, equipment=trainee.equipment.over(given)) if given else trainee
        self.today, self.outings, self._missing = today, past.outings, self.trainee.equipment.missing
        self.reasons = Reasons(today, programme.language)
        self.left_out: list[LeftOut] = []
        self.hurt: Outing | None = None  # the session with pain from which the way back is not done
        loads = (done.weight for session in reversed(past.sessions) for done in reversed(session.sets))
        self.unit = next((load.unit for load in loads if load and load.unit), None)
        self.drills = {name: self._measured(drill) for name, drill in drills.items()}
        self.programme = replace(programme, drills=tuple(self._measured(drill) for drill in programme.drills))
        self.days = past.training_days(drill.name for drill in programme.drills)
        lived = [*self.days[: bisect_left(self.days, today)], today]
        weeks = weeks_of(lived)
        self.week, self.since = weeks[-1], last_return(lived)
        self.phase, entered = phase_on(programme, lived, weeks, self._drill_days)
        self.new_phase = entered and today not in self.days

    def _measured(self, drill: Drill) -> Drill:
        """A drill with its lengths in the units of somebody who lifts in kilos, or in pounds."""
        unit = self.trainee.equipment.system or self.unit
        length = {"kg": "cm", "lb": "in"}.get(unit or "", "")
        return replace(drill, dials={name: dial.in_unit(length) for name, dial in drill.dials.items()})

    def spare(self) -> dict[str, Drill]:
        """The drills that pain may lead to, and that can be done."""
        found: dict[str, Drill] = {}
        for drill in self.programme.drills:
            easier = self.drills.get(drill.pain.go_to or "")
            while easier is not None and easier.name not in found:
                if not self._missing(easier):
                    found[easier.name] = easier
                easier = self.drills.get(easier.pain.go_to or "")
        return found

    def opening(self) -> tuple[str, ...]:
        """What is said after the greeting: a new phase, this week's reminders, and once what is left out."""
        said: list[str] = []
        if self.phase is not None and self.new_phase:
            said += self.phase.about
        said += self.programme.reminders.get(self.week, ())
        if not self.days:
            said += dict.fromkeys(one.why for one in self.left_out if one.for_good)
        return tuple(said)

    def day(self) -> tuple[PlannedDrill, ...]:
        """The drills of the programme as they are due, with what is left out noted."""
        possible = self._possible()
        climbed, stand, rungs = self._climb(possible)
        if stand is not None and stand.because is not None and stand.because.pained:
            self.hurt = stand.because
        planned = self._around_pain(climbed)
        if stand is None:
            return planned
        top = rungs[stand.rung].name
        why = stand.joins if not any(p.after_pain for p in planned if p.drill.name == top) else ""
        if stand.because is not None and stand.of > stand.rung:
            names = [drill.name for drill in rungs[stand.rung + 1 : stand.of + 1]]
            if stand.because.pained:
                why = self.reasons.instead(top, names, stand.left, stand.because)
            else:
                why = self.reasons.rung_below(top, names, stand.left, self.programme.misses)
        return tuple(replace(p, why=why, tells_last_time=False) if why and p.drill.name == top else p for p in planned)

    def _possible(self) -> list[Drill]:
        """The drills for which everything is there and which belong to the phase."""
        found: list[Drill] = []
        lacking: dict[str, list[str]] = {}
        for drill in self.programme.drills:
            need = self._missing(drill)
            limits = self._limits(drill)
            if need:
                lacking.setdefault(need, []).append(drill.name)
            elif self.phase is not None and self.phase.drills and drill.name not in self.phase.drills:
                if (later := phase_with(self.programme, self.phase, drill.name)) is not None:
                    early = later.from_week if self.week < later.from_week else None
                    why = self.reasons.not_yet(drill.name, later.name, early, later.after)
                    self.left_out.append(LeftOut(drill.name, why))
            elif limits.too_heavy and limits.steps is not None:
                lightest = Quantity(limits.steps.low, limits.steps.unit)
                self.left_out.append(LeftOut(drill.name, self.reasons.too_heavy(drill.name, lightest), for_good=True))
            else:
                found.append(drill)
        for need, names in lacking.items():
            self.left_out += [LeftOut(name, self.reasons.missing(names, need), for_good=True) for name in names]
        return found

    def _climb(self, possible: Sequence[Drill]) -> tuple[list[Drill], Stand | None, tuple[Drill, ...]]:
        """Without the rungs that are not reached; how somebody stands, and the rungs; None without a ladder."""
        by_name = {drill.name: drill for drill in possible}
        rungs = tuple(by_name[name] for name in self.programme.ladder if name in by_name)
        if not rungs:
            return list(possible), None, rungs
        ladder = Ladder(
            programme=self.programme.name,
            rungs=rungs,
            start=self._start(rungs),
            outings=self.outings,
            clean_sessions=self.programme.clean_sessions,
            misses=self.programme.misses,
            reasons=self.reasons,
            since=self.since,
            at_easiest=lambda drill: self._target(drill).at_easiest(),
        )
        stand = ladder.stand()
        for number in range(stand.rung + 1, len(rungs)):
            self.left_out.append(LeftOut(rungs[number].name, self._waits(ladder, stand, number)))
        above = {drill.name for drill in rungs[stand.rung + 1 :]}
        return [drill for drill in possible if drill.name not in above], stand, rungs

    def _waits(self, ladder: Ladder, stand: Stand, number: int) -> str:
        """Why a rung is not done today."""
        rungs, because = ladder.rungs, stand.because
        if because is not None and number <= stand.of:
            name, waiting = rungs[stand.rung].name, [rungs[number].name]
            if because.pained:
                return self.reasons.instead(name, waiting, stand.left, because)
            return self.reasons.rung_below(name, waiting, stand.left, self.programme.misses)
        if because is not None and because.pained:
            until = rungs[max(stand.rung, stand.of)].name
            return self.reasons.waits(rungs[number].name, until, rungs[stand.of].name, because)
        below = rungs[number - 1]
        return self.reasons.not_climbed(rungs[number].name, below.name, ladder.missing_for(number))

    def _start(self, rungs: Sequence[Drill]) -> int:
        """The rung of the first session: the one that is named, or the last below it that can be done."""
        order = self.programme.ladder
        named = order.index(self.programme.start_at) if self.programme.start_at in order else 0
        return max(0, sum(order.index(drill.name) <= named for drill in rungs) - 1)

    def _around_pain(self, drills: Sequence[Drill]) -> tuple[PlannedDrill, ...]:
        """The drills with easier ones in place of those that have to wait; a ladder has seen to its own."""
        on_ladder = frozenset(self.programme.ladder)
        due: dict[str, Drill] = {}
        waiting: dict[str, tuple[_Detour, list[str]]] = {}
        for drill in drills:
            if drill.name in on_ladder:
                due.setdefault(drill.name, drill)
                continue
            detour = self._detour(drill)
            if detour is None and drill.load and drill.pain.go_to in waiting:
                waiting[drill.pain.go_to][1].append(drill.name)  # further up the same way
                continue
            while detour is not None:
                waiting.setdefault(detour.drill.name, (detour, []))[1].append(drill.name)
                drill = detour.drill  # noqa: PLW2901 - one rung down, which may have been painful as well
                detour = self._detour(drill) if drill.name not in due else None
            due.setdefault(drill.name, drill)
        planned = []
        for name, drill in due.items():
            target = self._target(drill)
            one = (replace(target, hurt=waiting[name][0].hurt) if name in waiting else target).planned()
            if name in waiting:
                stand_in, names = waiting[name]
                why = self.reasons.instead(name, names, stand_in.left, stand_in.hurt)
                self.left_out += [LeftOut(other, why) for other in names]
                one = replace(one, why=why, tells_last_time=False)
            planned.append(one)
        return tuple(planned)

    def _detour(self, drill: Drill) -> _Detour | None:
        """The easier drill, when the last time with this one was painful, not put right, and too little followed."""
        done = self.outings(drill.name)
        if not done or not done[-1].pained:
            return None
        last = done[-1]
        easier = self.drills.get(last.moved_to or drill.pain.go_to or "")
        if easier is None or easier.name == drill.name or (last.moved_to is None and last.recovered):
            return None
        if self._missing(easier):
            return None
        needed = max(AFTER_PAIN, self.programme.clean_sessions)
        since = [out for out in self.outings(easier.name) if out.session.started > last.session.started]
        back = last_return([last.day, *(out.day for out in since), self.today])
        left = needed - sum(out.clean for out in since)
        if not any(out.clean for out in since if out.day >= back):
            left = max(left, 1)
        return _Detour(easier, last, left) if left > 0 else None

    def _target(self, drill: Drill) -> Target:
        return Target(drill, self.outings(drill.name), self._limits(drill), self.trainee, self.reasons, self.hurt)

    def _limits(self, drill: Drill) -> Limits:
        used = next((did for out in reversed(self.outings(drill.name)) if (did := out.did(WEIGHT))), None)
        unit = used.unit if used is not None and used.unit else self.unit
        return limits_of(drill, self.programme, self.phase, self.trainee, unit, used)

    def _drill_days(self, name: str) -> tuple[list[date], list[date]] | None:
        """Days on which a drill was clean, and painful; None for one that cannot be done here."""
        drill = self.drills.get(name)
        if drill is None or self._missing(drill):
            return None
        done = self.outings(name)
        if not done and too_heavy_for_good(drill, self.trainee):
            return None
        return [out.day for out in done if out.clean], [out.day for out in done if out.pained]
