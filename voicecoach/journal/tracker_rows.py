"""Rows of Hevy's and Strong's tables as sets of their workouts; for ``imports``."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite

from voicecoach.journal.lifted import as_lifted

_WARMUPS = {"warmup", "w"}
_PSEUDO_ROWS = {"rest timer", "note"}
_HEVY_DATES = ("%d %b %Y, %H:%M", "%d %b %Y %H:%M", "%b %d, %Y, %I:%M %p")
_STRONG_DATES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d")


class NoSet(ValueError):  # noqa: N818 - nothing is wrong with such a row
    """A row that makes sense and holds no set to be taken: a warm-up, a rest timer."""


@dataclass(slots=True)
class Workout:
    """One session of another tracker."""

    name: str
    """As it was called there."""
    started: datetime
    """With this computer's offset for that day."""
    ended: datetime
    """The same."""
    sets: list[dict[str, object]] = field(default_factory=list)
    """Fields of ``set_done``, without the set's number."""


Workouts = dict[tuple[str, str], Workout]
"""By name and start, as the table writes them."""


def hevy_row(cells: Mapping[str, str], workouts: Workouts, names: Mapping[str, str]) -> None:
    """Add a row of Hevy's to its workout, under our ``names`` of drills; raises NoSet, or ValueError that says why."""
    started = _date(cells.get("start_time", ""), _HEVY_DATES)
    ended = _date(cells.get("end_time") or cells.get("start_time", ""), _HEVY_DATES)
    if cells.get("set_type", "").casefold() in _WARMUPS:
        raise NoSet("a warm-up set")
    unit = "lb" if "weight_lbs" in cells else "kg"
    weight = _number(cells.get("weight_lbs") or cells.get("weight_kg") or "")
    done = _done(cells.get("exercise_title", ""), names, cells.get("reps", ""), cells.get("duration_seconds", ""))
    lifted = as_lifted(weight, unit) if weight is not None else None
    done.update(weight=lifted and lifted.value, unit=lifted and lifted.unit, rpe=_number(cells.get("rpe", "")))
    title = cells.get("title", "")
    workout = workouts.setdefault((title, cells["start_time"]), Workout(title, started, ended))
    workout.sets.append(done)


def strong_row(cells: Mapping[str, str], workouts: Workouts, names: Mapping[str, str]) -> None:
    """Add a row of Strong's, as ``hevy_row`` does; a weight whose unit the table does not tell has none."""
    order = cells.get("Set Order", "").casefold()
    if order in _PSEUDO_ROWS:
        raise NoSet(f"a row of kind '{cells['Set Order']}'")
    if order in _WARMUPS:
        raise NoSet("a warm-up set")
    started = _date(cells.get("Date", ""), _STRONG_DATES)
    unit = cells.get("Weight Unit", "").casefold().rstrip("s") or None
    weight = _number(cells.get("Weight", ""))
    for name in ("Weight (kg)", "Weight (lbs)", "Weight (lb)"):
        if cells.get(name):
            weight, unit = _number(cells[name]), "kg" if "kg" in name else "lb"
    done = _done(cells.get("Exercise Name", ""), names, cells.get("Reps", ""), cells.get("Seconds", ""))
    done.update(weight=weight or None, unit=unit if weight else None, rpe=_number(cells.get("RPE", "")) or None)
    name = cells.get("Workout Name", "")
    length = _length(cells.get("Workout Duration") or cells.get("Duration") or cells.get("Duration (sec)") or "")
    try:
        ended = datetime.fromtimestamp(started.timestamp() + length).astimezone()
    except (ValueError, OverflowError) as error:
        raise ValueError("it lasts beyond the end of the calendar") from error
    workouts.setdefault((name, cells["Date"]), Workout(name, started, ended)).sets.append(done)


def _done(exercise: str, names: Mapping[str, str], reps: str, seconds: str) -> dict[str, object]:
    """The fields of ``set_done`` that both trackers share."""
    if not exercise:
        raise ValueError("the exercise has no name")
    count, duration = _number(reps), _number(seconds)
    if not count and not duration:
        raise NoSet("a row without reps and seconds")
    return {
        "drill": names.get(exercise.casefold(), exercise),
        "reps": int(count or 0),
        "target": None,
        "side": None,
        "seconds": duration or None,
        "hold": None if count else duration,
        "dials": {},
        "tempo": None,
        "pain": False,
    }


def _date(text: str, forms: Sequence[str]) -> datetime:
    """A local time in one of several forms, with this computer's offset for that day."""
    plain = re.sub(r"\s+", " ", text.replace("\u202f", " ").replace("\u00a0", " ")).strip()
    for form in forms:
        try:
            return datetime.strptime(plain, form).astimezone()
        except (ValueError, OverflowError):  # the latter, and the former too, at the ends of the calendar
            continue
    raise ValueError(f"'{text}' is no date that is known here (months have to be English)")


def _number(text: str) -> float | None:
    """A number with a decimal point or comma; None where the cell is empty."""
    if not text.strip():
        return None
    try:
        value = float(text.replace(",", "."))
    except ValueError as error:
        raise ValueError(f"'{text}' is no number") from error
    if not isfinite(value) or value < 0:
        raise ValueError(f"'{text}' is no number that makes sense here")
    return value


def _length(text: str) -> float:
    """Seconds in ``1h 2m``, ``62m``, ``31s`` or ``3600``; 0 for anything else."""
    found = re.findall(r"(\d+)\s*([hms])", text)
    if not found:
        return float(text) if text.isdigit() else 0.0
    return sum(int(count) * {"h": 3600, "m": 60, "s": 1}[unit] for count, unit in found)
