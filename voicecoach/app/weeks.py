"""Weeks of training rehearsed one session after the other on one journal: each plan, its reasons, what was done."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from difflib import ndiff
from itertools import count
from pathlib import Path

from voicecoach.app.equipment import trainee_of
from voicecoach.app.homes import Homes
from voicecoach.app.rehearsal import FIRST_DAY, START_OF_DAY, Order, rehearse
from voicecoach.app.settings import Settings
from voicecoach.app.training import library_of, prepare
from voicecoach.app.weeks_story import Correction, WeeksStory
from voicecoach.coach.plan import SessionPlan
from voicecoach.errors import CoachError
from voicecoach.journal.agenda import Told, plan_as_json, target
from voicecoach.journal.file import JournalFile
from voicecoach.journal.fold import read_sessions
from voicecoach.journal.history import as_json
from voicecoach.journal.reasons import describe
from voicecoach.journal.session import Session

NEXT = 2
"""Days after the last session for which the next one is planned."""


@dataclass(frozen=True, slots=True)
class Lived:
    """One session of the weeks; the last one is only planned."""

    day: date
    """When."""
    number: int
    """Day of the story, from 1."""
    plan: SessionPlan
    """What was planned, and why."""
    session: Session | None
    """What was done; None for the one that is still to come."""
    unsaid: tuple[str, ...] = ()
    """Moments of the story that never came."""


@dataclass(frozen=True, slots=True)
class Corrected:
    """What one correction of the journal changes."""

    correction: Correction
    """The correction."""
    sets: int
    """How many sets were put right."""
    changed: tuple[tuple[date, tuple[str, ...]], ...]
    """For each session planned afterwards, lines with ``-`` before and ``+`` after; only those that differ."""


@dataclass(frozen=True, slots=True)
class Weeks:
    """Weeks as they were lived."""

    lived: tuple[Lived, ...]
    """Session by session, and the one to come."""
    corrected: tuple[Corrected, ...]
    """In the order of the story, each on top of those before."""

    def text(self) -> str:
        """All of it to read."""
        return "\n".join(_lines(self)) + "\n"

    def json_lines(self) -> str:
        """One object a session, then one for each correction."""
        rows: list[dict[str, object]] = [
            {
                "story_day": one.number,
                **plan_as_json(one.day, one.plan),
                "done": as_json(one.session) if one.session else None,
            }
            for one in self.lived
        ]
        for one in self.corrected:
            weight = {"value": one.correction.weight.value, "unit": one.correction.weight.unit}
            told = {"story_day": one.correction.day, "drill": one.correction.drill, "weight": weight, "sets": one.sets}
            changed = [{"day": day.isoformat(), "lines": list(lines)} for day, lines in one.changed]
            rows.append({"correction": told, "changed": changed})
        return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def live(script: str, story: WeeksStory, homes: Homes, journal: Path, *, first: date | None, seed: int = 0) -> Weeks:
    """Rehearse the sessions of a story on a journal, which is written to.

    ``first`` is the day of the story's day 1. Raises CoachError as ``rehearse`` does.
    """
    begin = first or FIRST_DAY
    if begin > date.max - timedelta(days=max(day.number for day in story.days) + NEXT):
        what = f"From {begin} on the weeks go beyond the end of the calendar."
        raise CoachError(what, "Write a day such as 2026-11-24 after --today.", 2)
    lived: list[Lived] = []
    for day in story.days:
        when = begin + timedelta(days=day.number - 1)
        order = Order(script, seed=seed, today=when, journal=journal, moments=day.moments, answers=day.answers)
        rehearsed = rehearse(order, homes)
        held = [session for session in read_sessions(journal) if session.day == when]
        lived.append(Lived(when, day.number, rehearsed.training.plan, held[-1] if held else None, rehearsed.unsaid))
    last = lived[-1]
    to_come = last.day + timedelta(days=NEXT)
    lived.append(Lived(to_come, last.number + NEXT, _plan(script, homes, journal, to_come), None))
    corrected = []
    for correction in story.corrections:
        of = begin + timedelta(days=correction.day - 1)
        sets = _correct(journal, correction, of)
        after = [(one.day, one.plan, _plan(script, homes, journal, one.day)) for one in lived if one.day > of]
        changed = tuple((when, lines) for when, old, new in after if (lines := _difference(old, new)))
        corrected.append(Corrected(correction, sets, changed))
    return Weeks(tuple(lived), tuple(corrected))


def _plan(script: str, homes: Homes, journal: Path, day: date) -> SessionPlan:
    """The plan of a day as the journal now has it, from what was done before that day."""
    before = [session for session in read_sessions(journal) if session.day < day]
    trainee = trainee_of(Settings.read(homes.config))
    return prepare(script, library_of(homes), before, day, trainee=trainee).plan


def _correct(journal: Path, correction: Correction, day: date) -> int:
    """Put the weight of a day's sets right, as ``log edit`` does."""
    sets = [
        done
        for session in read_sessions(journal)
        if session.day == day
        for done in session.of(correction.drill)
        if done.weight is not None
    ]
    noon = datetime.combine(day, START_OF_DAY, UTC) + timedelta(hours=5)
    ids = count(1)
    with JournalFile(journal, lambda: noon, lambda: f"correction-{day}-{next(ids)}", session=f"edit-{day}") as log:
        for done in sets:
            weight = {"weight": correction.weight.value, "unit": correction.weight.unit}
            log.append("correction", {"of": done.id, **weight, "why": "edited"})
    return len(sets)


def _difference(old: SessionPlan, new: SessionPlan) -> tuple[str, ...]:
    return tuple(line for line in ndiff(_targets(old), _targets(new)) if line[:1] in "-+")


def _targets(plan: SessionPlan) -> list[str]:
    """A target and its reason for each drill; what is left out."""
    told = [f"{target(p)}: {p.reason}" for p in plan.drills]
    return told + [one.why for one in plan.left_out]


def _lines(weeks: Weeks) -> Iterator[str]:
    told = Told()
    for one in weeks.lived:
        title = f"Day {one.number}, {one.day:%A} {one.day.day} {one.day:%B}"
        yield from told.lines(title if one.session else f"Next, {title[:1].lower()}{title[1:]}", one.plan, whole=True)
        if one.session is not None:
            yield f"  Done: {describe(one.session)}"
        yield from (f"  Never came: {moment}" for moment in one.unsaid)
        yield ""
    for change in weeks.corrected:
        wrong, weight = change.correction, f"{change.correction.weight.value:g} {change.correction.weight.unit}"
        yield f"With the {wrong.drill} of day {wrong.day} put right in the journal, {change.sets} sets at {weight}:"
        for day, lines in change.changed:
            yield f"  {day:%A} {day.day} {day:%B}"
            yield from (f"    {line}" for line in lines)
        if not change.changed:
            yield "  Nothing changes."
        yield ""
