"""Sessions as rows: what ``history`` and ``progress`` print and ``report`` draws."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from voicecoach.drills.scales import converted
from voicecoach.errors import CoachError
from voicecoach.journal.outings import outings
from voicecoach.journal.session import Session, SetDone
from voicecoach.journal.weeks import monday_of
from voicecoach.words.meaning import Quantity

ONE_REP_MAX_FORMULA = "Epley: load times (1 + reps / 30), for sets of 1 to 12 reps"
"""Named wherever an estimate is shown. Epley, B. (1985), Poundage chart; beyond 12 reps it is not reliable."""
_MOST_REPS = 12


def in_a_row(sets: Sequence[SetDone]) -> str:
    """``12,12,10``, or ``8 x 20 s`` where the clock ended all of them after the same; ``-`` for none."""
    told = [done.brief for done in sets]
    if len(set(told)) == 1 and len(told) > 1 and sets[0].clocked is not None:
        return f"{len(told)} x {told[0]}"
    return ",".join(told) or "-"


def one_rep_max(done: SetDone) -> Quantity | None:
    """Estimated load for one repetition; None for a set without load, or of more than 12 reps."""
    if done.weight is None or done.weight.value <= 0 or not 1 <= done.reps <= _MOST_REPS:
        return None
    return Quantity(done.weight.value * (1 if done.reps == 1 else 1 + done.reps / 30), done.weight.unit)


@dataclass(frozen=True, slots=True)
class DrillDay:
    """One drill on one day."""

    day: date
    """Date of the session."""
    session: str
    """Id of the session."""
    drill: str
    """Name of the drill."""
    sets: tuple[SetDone, ...]
    """Its sets."""
    clean: bool
    """Everything done, without pain."""
    missed: bool
    """Short of reps, not because of pain."""
    pain: bool
    """It hurt."""

    @property
    def reps(self) -> int:
        """Reps of all sets."""
        return sum(done.reps for done in self.sets)

    @property
    def seconds(self) -> float:
        """Seconds of all sets that the clock ended."""
        return sum(done.clocked or 0 for done in self.sets)

    @property
    def load(self) -> Quantity | None:
        """Heaviest load of the day."""
        return max((done.weight for done in self.sets if done.weight), key=lambda w: w.value, default=None)

    @property
    def best(self) -> Quantity | None:
        """Best estimated one-repetition maximum."""
        return max((one for done in self.sets if (one := one_rep_max(done))), key=lambda w: w.value, default=None)

    @property
    def volume(self) -> Quantity | None:
        """Load times reps, over all sets; None without load."""
        load = self.load
        if load is None:
            return None
        lifted = (converted(done.weight, load.unit).value * done.reps for done in self.sets if done.weight)
        return Quantity(sum(lifted), load.unit)

    @property
    def dials(self) -> Mapping[str, Quantity]:
        """Values of the dials in the last set."""
        return self.sets[-1].dials if self.sets else {}


def drill_days(sessions: Sequence[Session], drill: str) -> list[DrillDay]:
    """Every session with one drill, in order."""
    return [
        DrillDay(out.day, out.session.id, drill, out.sets, out.clean, out.missed, out.pained)
        for out in outings(drill, sessions)
    ]


def drill_names(sessions: Iterable[Session]) -> list[str]:
    """Names of all drills done or hurt in, the first done first."""
    names: dict[str, None] = {}
    for session in sessions:
        names.update(dict.fromkeys(done.drill for done in session.sets))
        names.update(dict.fromkeys(pain.drill for pain in session.pains))
    return list(names)


def weeks_in_a_row(sessions: Sequence[Session], today: date) -> int:
    """Calendar weeks with training without a gap, up to this week or the last."""
    weeks = {monday_of(session.day) for session in sessions if session.trained}
    week = monday_of(today)
    if week not in weeks:
        week -= timedelta(days=7)
    count = 0
    while week in weeks:
        count += 1
        week -= timedelta(days=7)
    return count


def chosen(sessions: Iterable[Session], drill: str | None, since: date | None) -> list[Session]:
    """Sessions with a drill, from a day on; sessions in which nothing was done are left out."""
    return [
        session
        for session in sessions
        if (session.trained or session.pains)
        and (since is None or session.day >= since)
        and (drill is None or session.of(drill) or any(pain.drill == drill for pain in session.pains))
    ]


def nothing_since(since: date | None, every: Sequence[Session | DrillDay], drill: str | None = None) -> str:
    """Sentences for somebody whose last session, or the last with a drill, was before the day they asked for.

    Empty where they asked for no day, there is something since then, or never was.
    """
    if since is None or not every or (last := every[-1].day) >= since:
        return ""
    what = f"session with {drill}" if drill else "session"
    return f"Nothing since {_date(since)}. The last {what} was on {_date(last)}."


def find_drill(sessions: Iterable[Session], name: str) -> str:
    """The drill somebody means, whatever the capitals and hyphens; raises CoachError naming those there are."""
    names = drill_names(sessions)
    wanted = " ".join(name.replace("-", " ").replace("_", " ").casefold().split())
    for known in names:
        if known.casefold().replace("-", " ") == wanted:
            return known
    there = f"There are: {', '.join(names)}." if names else "The journal is empty; `voicecoach run` fills it."
    raise CoachError(f"No drill '{name}' in the journal.", there)


def parse_since(text: str, today: date) -> date:
    """A date (``2026-11-01``) or a time back from today (``30d``, ``8w``); raises CoachError (exit code 2)."""
    try:
        if text[-1:] in {"d", "w"}:
            return today - timedelta(days=int(text[:-1]) * (7 if text[-1] == "w" else 1))
        return date.fromisoformat(text)
    except (ValueError, OverflowError) as error:
        raise CoachError(f"'{text}' is no date.", "Write 2026-11-01, 30d or 8w.", 2) from error


def as_json(session: Session) -> dict[str, object]:
    """A session for machines: plain JSON values."""
    return {
        "session": session.id,
        "programme": session.programme,
        "started": session.started.isoformat(),
        "last": session.last.isoformat(),
        "how": session.how,
        "source": session.source,
        "sets": [set_as_json(done) for done in session.sets],
        "pains": [
            {"drill": p.drill, "set": p.set, "rep": p.rep, "where": p.where, "said": p.said, "t": p.t.isoformat()}
            for p in session.pains
        ],
        "moved": [{"from": move.came_from, "to": move.to, "why": move.why} for move in session.moves],
        "skipped": [{"drill": drill, "set": number} for drill, number in session.skipped],
        "red_flag": session.red_flag,
        "week": session.week or None,
        "phase": session.phase or None,
    }


def set_as_json(done: SetDone) -> dict[str, object]:
    """One set for machines, its fields named as in the journal."""
    return {
        "id": done.id,
        "t": done.t.isoformat(),
        "drill": done.drill,
        "set": done.set,
        "sets": done.sets,
        "reps": done.reps,
        "target": done.target,
        "weight": done.weight.value if done.weight else None,
        "unit": done.weight.unit if done.weight else None,
        "side": done.side,
        "seconds": done.seconds,
        "dials": {name: {"value": dial.value, "unit": dial.unit} for name, dial in done.dials.items()},
        "tempo": done.tempo,
        "rpe": done.rpe,
        "pain": done.pain,
        "hold": done.hold,
        "amrap": done.amrap,
        "superset": done.superset,
        "corrected": done.corrected,
    }


def _date(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B %Y}"
