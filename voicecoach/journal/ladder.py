"""Which rung of a programme's ladder it is: up after clean sessions, down on pain or misses; ``progress`` asks.

Nothing is stored: the rung follows from the outings of the drills on the ladder. It never wraps, and never is a rung
climbed before the one below it was clean, and clean since the trainee came back where weeks were missed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from voicecoach.drills.model import Drill
from voicecoach.journal.decision import AFTER_PAIN
from voicecoach.journal.outings import Outing
from voicecoach.journal.reasons import Reasons

Outings = Callable[[str], Sequence[Outing]]


@dataclass(frozen=True, slots=True)
class Ladder:
    """The rungs that can be done today."""

    programme: str
    """Name of the programme."""
    rungs: tuple[Drill, ...]
    """The easiest first; at least one."""
    start: int
    """Rung of the first session."""
    outings: Outings
    """The sessions of a drill, in order."""
    clean_sessions: int
    """Clean sessions before the next rung."""
    misses: int
    """Sessions in a row short of reps before the rung below."""
    reasons: Reasons
    """What is said about it."""
    since: date
    """When the trainee last came back after missed weeks, or first came: a streak begins no earlier."""
    at_easiest: Callable[[Drill], bool]
    """Whether a drill has no easier load or dial left, so that the rung below is what is easier."""

    def stand(self) -> Stand:
        """Today's rung."""
        top = self._climbed()
        held = [self._after_pain(rung, top) for rung in range(top + 1)]
        held += [self._after_misses(rung) for rung in range(top + 1)]
        held.append(self._after_absence())
        stand = min([*(one for one in held if one is not None), Stand(top)], key=lambda one: one.rung)
        return replace(stand, joins=self._why_up(stand.rung))

    def missing_for(self, rung: int) -> int:
        """Clean sessions in a row of the rung below that are missing before this one joins, at least one."""
        return max(1, self._needed(rung) - self._streak(self.rungs[rung - 1]))

    def _needed(self, rung: int) -> int:
        """Clean sessions in a row of the rung below; a rung that was done before comes back after one."""
        return 1 if self.outings(self.rungs[rung].name) else self.clean_sessions

    def _climbed(self) -> int:
        """The rung that was reached before, or one more."""
        top = self.start
        while top + 1 < len(self.rungs):
            if self.outings(self.rungs[top + 1].name):
                top += 1
            elif self._streak(self.rungs[top]) >= self.clean_sessions:
                return top + 1
            else:
                break
        return top

    def _after_pain(self, rung: int, top: int) -> Stand | None:
        """The rung that the last pain in a drill leaves: from where it led to, each must be clean twice again.

        That holds for the rungs above the painful one as well, so that none is skipped on the way back up.
        """
        hurt = next((out for out in reversed(self.outings(self.rungs[rung].name)) if out.pained), None)
        if hurt is None:
            return None
        lowest = self._led_to(rung, hurt)
        for between in range(lowest, top + (rung == top)):
            left = max(AFTER_PAIN, self.clean_sessions) - self._clean_since(between, hurt)
            if left > 0:
                return Stand(between, "", hurt, left, rung)
        return None

    def _led_to(self, rung: int, hurt: Outing) -> int:
        if hurt.moved_to is None and hurt.recovered:
            return rung
        names = [drill.name for drill in self.rungs[: rung + 1]]
        own = self.rungs[rung].pain.go_to
        easier = (
            hurt.moved_to if hurt.moved_to and hurt.sets else own or hurt.moved_to
        )  # said before it began: one down
        return names.index(easier) if easier in names else max(0, rung - 1) if easier else rung

    def _after_misses(self, rung: int) -> Stand | None:
        """One rung down where a drill at its easiest was short of reps time after time."""
        drill = self.rungs[rung]
        latest = [out for out in self.outings(drill.name) if not out.eased][-self.misses :]
        if rung == 0 or len(latest) < self.misses or not all(out.missed for out in latest):
            return None
        left = self.clean_sessions - self._clean_since(rung - 1, latest[-1])
        return Stand(rung - 1, "", latest[-1], left, rung) if left > 0 and self.at_easiest(drill) else None

    def _after_absence(self) -> Stand | None:
        """The rung of the last session before weeks were missed, until it is clean again; None where none were.

        What was planned counts, for a session that was left early says nothing about the rungs above.
        """
        sessions = {out.session.id: out.session for rung in self.rungs for out in self.outings(rung.name)}
        before = [one for one in sessions.values() if one.day < self.since]
        if not before:
            return None
        own = [one for one in before if one.programme == self.programme]
        last = max(own or before, key=lambda one: one.started)
        names = {*last.drills, *last.touched}
        names.update(name for one in sessions.values() if one.day >= self.since for name in (*one.drills, *one.touched))
        reached = max((number for number, rung in enumerate(self.rungs) if rung.name in names), default=self.start)
        if not own:
            reached = max(reached, self.start)  # a drill done by itself does not begin the programme lower
        up = reached + 1 < len(self.rungs) and self._streak(self.rungs[reached]) >= self._needed(reached + 1)
        return Stand(reached + up)

    def _clean_since(self, rung: int, out: Outing) -> int:
        later = self.outings(self.rungs[rung].name)
        return sum(one.clean for one in later if one.session.started > out.session.started)

    def _streak(self, drill: Drill) -> int:
        streak = 0
        for out in reversed(self.outings(drill.name)):
            if out.eased and not out.pained:
                continue
            if out.day < self.since or not out.clean:
                break
            streak += 1
        return streak

    def _why_up(self, top: int) -> str:
        """Why a rung is there that was not there in the session before; empty where it was, or is the first."""
        if top == 0 or not (below := self.outings(self.rungs[top - 1].name)):
            return ""
        drill, last = self.rungs[top].name, below[-1]
        done = self.outings(drill)
        if not done and last.clean:
            return self.reasons.next_rung(drill, last.drill, self.clean_sessions)
        absent = last.session.programme == self.programme and drill not in last.session.drills
        return self.reasons.rung_again(drill, last.drill, self.clean_sessions) if done and absent and last.clean else ""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where somebody stands on the ladder."""

    rung: int
    """Today's hardest rung."""
    joins: str = ""
    """Why it is there and was not the time before; empty otherwise."""
    because: Outing | None = None
    """The session that keeps the rungs above waiting; None where nothing does."""
    left: int = 0
    """Clean sessions of today's rung that are missing before the next one comes back."""
    of: int = 0
    """Rung that was painful, or short of reps."""
