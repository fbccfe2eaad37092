"""A story of weeks, read from a file: which days are trained, and what does not go as the coach asks; for ``weeks``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from voicecoach.app.story import rows_of
from voicecoach.drills.diagnostics import counted, quoted
from voicecoach.drills.library import shipped_scripts
from voicecoach.drills.measures import LOADS, read_quantity
from voicecoach.errors import CoachError
from voicecoach.words.meaning import Quantity

FOLDER = "stories"
"""Subfolder of the shipped scripts with stories that go by their names."""
USUAL_DAYS = (0, 3)
"""Days of a week on which somebody without a story trains, from the first."""
_DAY = re.compile(r"day (\d{1,4})")
_MOMENT = re.compile(r"(.+?), set (\d{1,2}), rep (\d{1,3})")
_CORRECT = re.compile(r"correct day (\d{1,4}), (.+?): (.+)")


@dataclass(frozen=True, slots=True)
class Moment:
    """Something said in the middle of a set."""

    drill: str
    """Name of the drill."""
    set: int
    """Number of the set, from 1."""
    rep: int
    """After this rep was counted."""
    text: str
    """What is said."""


@dataclass(frozen=True, slots=True)
class Day:
    """One session of a story."""

    number: int
    """Day of the story, from 1."""
    moments: tuple[Moment, ...] = ()
    """What is said in sets."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """What is said in a state of the flow, in place of what a cooperative trainee says."""


@dataclass(frozen=True, slots=True)
class Correction:
    """A weight that had been misheard, put right in the journal once the story is over."""

    day: int
    """Day of the session."""
    drill: str
    """Name of the drill; the weight of all its sets that day."""
    weight: Quantity
    """What it had been."""


@dataclass(frozen=True, slots=True)
class WeeksStory:
    """Weeks of training."""

    days: tuple[Day, ...]
    """In order."""
    corrections: tuple[Correction, ...] = ()
    """Made at the end."""


def usual_story(weeks: int) -> WeeksStory:
    """So many weeks of two sessions each in which everything goes well."""
    return WeeksStory(tuple(Day(1 + 7 * week + day) for week in range(weeks) for day in USUAL_DAYS))


def story_file(name: Path) -> Path:
    """The file of a story: as it is named, or one of the shipped ones, such as ``month``."""
    shipped = shipped_scripts() / FOLDER / f"{name.name}.txt"
    return shipped if not name.exists() and name.parent == Path() and shipped.is_file() else name


def read_weeks(path: Path, weeks: int) -> WeeksStory:
    """Read a story of weeks; days after ``weeks`` are left out, or there would be more than was asked for.

    Raises CoachError with file and line for what is no line of such a story, or where the file cannot be read.
    """
    days: dict[int, tuple[list[Moment], dict[str, str]]] = {}
    corrections: list[Correction] = []
    day = 0
    for number, line in rows_of(path, "Name a text file, or: month"):
        place = f"{path}:{number}:1"
        if (found := _DAY.fullmatch(line)) is not None:
            day = _later(int(found[1]), day, place)
            days[day] = ([], {})
        elif (found := _CORRECT.fullmatch(line)) is not None:
            corrections.append(Correction(int(found[1]), found[2], _weight(found[3], place)))
        else:
            _add(line, days.get(day), place)
    last = 7 * weeks
    kept = tuple(Day(n, tuple(moments), answers) for n, (moments, answers) in days.items() if n <= last)
    if not kept:
        what = f"{path}: no day of the story is within {counted(weeks, 'weeks')}."
        raise CoachError(what, "A session begins with: day 1")
    return WeeksStory(kept, tuple(one for one in corrections if one.day <= last))


def _later(day: int, before: int, place: str) -> int:
    if day <= before:
        raise CoachError(f"{place}: day {day} comes after day {before}.", "The days of a story are in order, from 1.")
    return day


def _add(line: str, day: tuple[list[Moment], dict[str, str]] | None, place: str) -> None:
    where, colon, words = line.partition(":")
    words = words.strip()
    if day is None or not colon or not words:
        hint = "Write: day 3, or below it: RDL, set 3, rep 9: done, or: checking in: tired"
        raise CoachError(f"{place}: a story of weeks has no line like {quoted(line)}.", hint)
    moments, answers = day
    if (found := _MOMENT.fullmatch(where.strip())) is not None:
        moments.append(Moment(found[1], int(found[2]), int(found[3]), words))
    else:
        answers[where.strip()] = words


def _weight(text: str, place: str) -> Quantity:
    try:
        weight = read_quantity(text)
    except ValueError as error:
        raise CoachError(f"{place}: {error}.", "Write: correct day 31, RDL: 25 lb") from error
    if weight.unit not in LOADS:
        raise CoachError(f"{place}: a weight needs its unit, lb or kg.", "Write: correct day 31, RDL: 25 lb")
    return weight
