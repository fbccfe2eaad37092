"""What each session says about one drill: clean, short of reps, painful, and the values it ended with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from voicecoach.journal.session import Session, SetDone
from voicecoach.words.meaning import Quantity

_AT_THE_LIMIT = 9.5
"""From this exertion on a session is done, but no reason to add anything: at most half a rep was left."""

_EASY_DAYS = frozenset({"tired", "sore", "well again"})
"""Answers to the check-in after which the coach makes the session easier."""


@dataclass(frozen=True, slots=True)
class Outing:
    """One drill in one session."""

    session: Session
    """The session."""
    drill: str
    """Name of the drill."""
    sets: tuple[SetDone, ...]
    """Its sets, in order."""
    pained: bool
    """Something hurt in it."""
    moved_to: str | None
    """Easier drill that followed, if any."""

    @property
    def day(self) -> date:
        """Date of the session."""
        return self.session.day

    @property
    def missed(self) -> bool:
        """A set was short of reps; a day with pain, or an easy day, is never a miss."""
        return not self.pained and not self.eased and any(done.missed for done in self.sets)

    @property
    def complete(self) -> bool:
        """Every set that was planned was done."""
        done = {one.set for one in self.sets}
        return bool(done) and len(done) >= max(one.sets for one in self.sets)

    @property
    def eased(self) -> bool:
        """The whole session was made easier for somebody tired, sore or just well again: it proves nothing."""
        return self.session.checked_in in _EASY_DAYS

    @property
    def clean(self) -> bool:
        """All sets, all reps, no pain, nothing turned down on the way, not at the limit, and no easy day."""
        return (
            self.complete
            and not self.eased
            and not self.pained
            and not self.missed
            and not any(turn.why in {"too hard", "pain"} for turn in self.session.turned if turn.drill == self.drill)
            and not any(done.rpe is not None and done.rpe >= _AT_THE_LIMIT for done in self.sets)
        )

    @property
    def recovered(self) -> bool:
        """After the pain at least one set of the same drill went well."""
        since = [pain.t for pain in self.session.pains if pain.drill == self.drill]
        painful = [done.t for done in self.sets if done.pain]
        last = max(since + painful, default=None)
        return last is not None and any(done.t > last and not done.pain for done in self.sets)

    def did(self, axis: str) -> Quantity | None:
        """Value of the load (``weight``) or of a dial in the last set done."""
        for done in reversed(self.sets):
            value = done.weight if axis == "weight" else done.dials.get(axis)
            if value is not None:
                return value
        return None

    def hurt_at(self, axis: str) -> Quantity | None:
        """The value in the first set that hurt, or of the last one done before."""
        for done in self.sets:
            if done.pain:
                return done.weight if axis == "weight" else done.dials.get(axis)
        return self.did(axis)

    def left_at(self, axis: str) -> Quantity | None:
        """The value the drill was left with: of the last set, or what was asked for after it.

        A load that was asked for in the last set counts, too: that set keeps the one it began with.
        """
        turn = next((one for one in reversed(self.session.turned) if (one.drill, one.dial) == (self.drill, axis)), None)
        last = self.sets[-1] if self.sets else None
        if turn is None:
            return self.did(axis)
        in_it = axis == "weight" and turn.why in {"too easy", "too hard"} and last is not None and not last.corrected
        return turn.value if last is None or turn.t >= last.t or in_it else self.did(axis)

    def asked(self, axis: str) -> str:
        """Why the value was changed after the last set, as logged; empty when it was not."""
        last_set = self.sets[-1].t if self.sets else None
        for turn in reversed(self.session.turned):
            if turn.drill == self.drill and turn.dial == axis and last_set is not None and turn.t >= last_set:
                return turn.why
        return ""


def outings(drill: str, sessions: Sequence[Session], latest: int | None = None) -> tuple[Outing, ...]:
    """The sessions in which a drill was done or hurt, in order; only so many of the latest, where that is given."""
    found: list[Outing] = []
    for session in reversed(sessions):
        if latest is not None and len(found) >= latest:
            break
        if drill not in session.touched:
            continue
        sets = session.of(drill)
        hurt = any(pain.drill == drill for pain in session.pains) or any(done.pain for done in sets)
        if session.red_flag and session.sets and session.sets[-1].drill == drill:
            hurt = True
        if sets or hurt:
            moved_to = next((move.to for move in session.moves if move.came_from == drill), None)
            found.append(Outing(session, drill, sets, hurt, moved_to))
    return tuple(reversed(found))
