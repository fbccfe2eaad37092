"""Sessions in the tables of other trackers: Hevy, Strong in both its dialects, Liftosaur."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from voicecoach.drills.scales import converted
from voicecoach.journal.session import Session, SetDone
from voicecoach.journal.sheets import Cell, Dialect, number, write_table
from voicecoach.words.meaning import Quantity

HEVY_LEAST_RPE = 6
"""Hevy knows 6 to 10 in halves."""
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""Hevy's importers read English months, whatever this computer's language."""

STRONG = (
    "Date", "Workout Name", "Exercise Name", "Set Order", "Weight", "Weight Unit", "Reps", "RPE", "Distance",
    "Distance Unit", "Seconds", "Notes", "Workout Notes", "Workout Duration",
)  # fmt: skip
STRONG_CLASSIC = (
    "Date", "Workout Name", "Duration", "Exercise Name", "Set Order", "Weight", "Reps", "Distance", "Seconds",
    "Notes", "Workout Notes", "RPE",
)  # fmt: skip
LIFTOSAUR = (
    "Workout DateTime", "Program", "Day Name", "Exercise", "Is Warmup Set?", "Required Reps", "Completed Reps",
    "Is AMRAP?", "Required RPE", "Completed RPE", "Log RPE?", "Required Weight Value", "Required Weight Unit",
    "Completed Weight Value", "Completed Weight Unit", "Ask Weight?", "Completed Reps Time", "Target Muscles",
    "Synergist Muscles", "Notes",
)  # fmt: skip

_IN_BRACKETS = re.compile(r" \(([^()]+)\)$")


@dataclass(frozen=True, slots=True)
class Row:
    """One set as trackers see it."""

    session: Session
    """The session."""
    done: SetDone
    """The set."""
    exercise: str
    """Name in the tracker's catalogue."""
    index: int
    """Number among the sets of this exercise in this session, from 0."""
    note: str
    """What a tracker has no column for; empty for nothing."""


def main_unit(sessions: Sequence[Session]) -> str:
    """The unit of the latest load: most tables have one unit for all."""
    units = (done.weight.unit for session in reversed(sessions) for done in reversed(session.sets) if done.weight)
    return next((unit for unit in units if unit), "lb")


def rows(sessions: Sequence[Session], names: Mapping[str, str]) -> Iterator[Row]:
    """Every set, exercise by exercise; ``names`` gives the catalogue's name of a drill."""
    for session in sessions:
        for drill in dict.fromkeys(done.drill for done in session.sets):
            for index, done in enumerate(session.of(drill)):
                yield Row(session, done, names.get(drill, drill), index, _note(done))


def hevy(sessions: Sequence[Session], names: Mapping[str, str], unit: str) -> str:
    """Hevy's export: strings quoted, numbers bare, the unit in a column's name, local times to the minute."""
    weight = "weight_lbs" if unit == "lb" else "weight_kg"
    header = (
        "title", "start_time", "end_time", "description", "exercise_title", "superset_id", "exercise_notes",
        "set_index", "set_type", weight, "reps", "distance_km", "duration_seconds", "rpe",
    )  # fmt: skip
    table = [
        (
            row.session.programme or "Workout", _hevy_time(row.session.started), _hevy_time(row.session.last), "",
            row.exercise, row.done.superset, row.note, row.index, "normal", _in(row.done, unit), _reps(row.done),
            None, _clock(row.done),
            number(row.done.rpe) if row.done.rpe and row.done.rpe >= HEVY_LEAST_RPE else None,
        )
        for row in rows(sessions, names)
    ]  # fmt: skip
    return write_table(header, table, Dialect(",", "\r\n", "texts"))


def strong(sessions: Sequence[Session], names: Mapping[str, str]) -> str:
    """Strong's semicolon table with a unit for each row.

    Hevy takes it as "from Strong" only when Notes, Workout Notes, Seconds and Workout Duration are not empty.
    """
    table: list[tuple[Cell, ...]] = [
        (
            f"{row.session.started:%Y-%m-%d %H:%M:%S}", row.session.programme or "Workout", row.exercise, row.index + 1,
            number(row.done.weight.value) if row.done.weight else 0,
            "lbs" if row.done.weight is None or row.done.weight.unit != "kg" else "kg",
            row.done.reps, number(row.done.rpe), 0, "mi.", _seconds(row.done), row.note or "-", "-",
            _minutes(row.session),
        )
        for row in rows(sessions, names)
    ]  # fmt: skip
    return write_table(STRONG, table, Dialect(";"))


def strong_classic(sessions: Sequence[Session], names: Mapping[str, str], unit: str) -> str:
    """Strong's older comma table, which has no unit: all loads are in ``unit``."""
    table: list[tuple[Cell, ...]] = [
        (
            f"{row.session.started:%Y-%m-%d %H:%M:%S}", row.session.programme or "Workout", _minutes(row.session),
            row.exercise, row.index + 1, _in(row.done, unit) or 0, row.done.reps, 0, _seconds(row.done),
            row.note, "", number(row.done.rpe),
        )
        for row in rows(sessions, names)
    ]  # fmt: skip
    return write_table(STRONG_CLASSIC, table, Dialect(","))


def liftosaur(sessions: Sequence[Session], names: Mapping[str, str]) -> str:
    """Liftosaur's own export: what was asked for beside what was done, and a time for each set, in UTC.

    Liftosaur writes the equipment of an exercise after a comma, where the others have brackets. It knows no seconds: a
    hold is one rep, as in its own import of Hevy's file, and the note says how long it was.
    """
    table: list[tuple[Cell, ...]] = []
    for row in rows(sessions, names):
        done, weight = row.done, row.done.weight
        load: tuple[Cell, Cell] = (number(weight.value), weight.unit or "lb") if weight else (None, None)
        table.append(
            (
                _utc(row.session.started), row.session.programme, "Workout",
                _IN_BRACKETS.sub(r", \1", row.exercise), 0, done.target, _reps(done) or 1, int(done.amrap is not None),
                None, number(done.rpe), int(done.rpe is not None), *load, *load, 0, _utc(done.t), "", "", row.note,
            )
        )  # fmt: skip
    return write_table(LIFTOSAUR, table, Dialect(","))


def _note(done: SetDone) -> str:
    clock = _clock(done)
    parts = [f"{done.side} side"] if done.side else []
    parts += [] if clock is None else [f"{clock} seconds"]
    parts += [f"{name} {dial.value:g} {dial.unit or ''}".strip() for name, dial in done.dials.items()]
    if done.tempo and clock is None:
        parts.append(f"tempo {done.tempo}")
    if done.pain:
        parts.append("pain")
    return ", ".join(parts)


def _reps(done: SetDone) -> int | None:
    """Reps done; None where nobody counted any: in a hold, and in a set by the clock without a number."""
    return None if done.hold is not None or (done.amrap is not None and not done.reps) else done.reps


def _clock(done: SetDone) -> int | None:
    """Seconds of a set that the clock ends; None for one that ends with its last rep."""
    return None if done.clocked is None else round(done.clocked)


def _seconds(done: SetDone) -> int:
    """Seconds from the first rep to the last, or of a set by the clock; 0 where nobody knows."""
    return _clock(done) or round(done.seconds or 0)


def _in(done: SetDone, unit: str) -> float | int | None:
    if done.weight is None:
        return None
    return number(converted(Quantity(done.weight.value, done.weight.unit or unit), unit).value)


def _hevy_time(when: datetime) -> str:
    """``1 Sep 2026, 07:30``."""
    return f"{when.day} {_MONTHS[when.month - 1]} {when.year}, {when:%H:%M}"


def _minutes(session: Session) -> str:
    """``62m``: some readers look for minutes only."""
    return f"{max(1, round((session.last - session.started).total_seconds() / 60))}m"


def _utc(when: datetime) -> str:
    try:
        there = when.astimezone(UTC)
    except OverflowError:  # some hours before the calendar's first day, or after its last
        there = when.replace(tzinfo=UTC)
    return there.isoformat(timespec="milliseconds").replace("+00:00", "Z")
