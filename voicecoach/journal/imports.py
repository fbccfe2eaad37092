"""Other trackers' sessions, and our own exports, as journal records; a file read twice adds nothing the second time."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from math import isfinite
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.journal import tables
from voicecoach.journal.fields import VERSION, is_number
from voicecoach.journal.lifted import as_lifted
from voicecoach.journal.records import Record
from voicecoach.journal.session import Session
from voicecoach.journal.sheets import read_table, read_text

_WARMUPS = {"warmup", "w"}
_PSEUDO_ROWS = {"rest timer", "note"}
_HEVY_DATES = ("%d %b %Y, %H:%M", "%d %b %Y %H:%M", "%b %d, %Y, %I:%M %p")
_STRONG_DATES = ("%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d")


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file held."""

    source: str
    """``hevy``, ``strong`` or ``voicecoach``."""
    records: tuple[Record, ...]
    """Journal records, ready to append; their ids follow from the file's content."""
    sessions: int
    """Sessions found."""
    sets: int
    """Sets found."""
    left_out: tuple[tuple[int, str], ...]
    """Line and reason of every row that was not taken."""


@dataclass(slots=True)
class _Workout:
    name: str
    started: datetime
    ended: datetime
    sets: list[dict[str, object]] = field(default_factory=list)


def read_export(path: Path, drills: Mapping[str, str], source: str | None = None) -> Imported:
    """Read a file; ``drills`` gives our drill for a tracker's exercise name, and what it lacks keeps its name.

    ``source`` is found by the header where it is not given. Raises CoachError when more than half the rows make no
    sense, or it is no such file.
    """
    found = source or _source_of(path)
    if found == "voicecoach":
        return _own(path)
    names = {name.casefold(): drill for name, drill in drills.items()}
    read = _hevy_row if found == "hevy" else _strong_row
    workouts: dict[tuple[str, str], _Workout] = {}
    left_out: list[tuple[int, str]] = []
    table = read_table(read_text(path))
    for line, cells in table:
        try:
            read(cells, workouts, names)
        except ValueError as error:
            left_out.append((line, str(error)))
    wrong = sum(not reason.startswith("a ") for _, reason in left_out)
    if wrong * 2 > len(table):
        reason = next(reason for _, reason in left_out if not reason.startswith("a "))
        raise CoachError(f"{path} makes no sense as an export of {found}: {reason}.", "Say --format if it is another.")
    return _imported(found, list(workouts.values()), left_out)


def unknown(imported: Imported, sessions: Sequence[Session]) -> list[Record]:
    """The records of sessions that a journal does not hold: neither under their id nor with the same start and sets."""
    ids = {part for session in sessions for part in session.parts}
    starts = {(_minute(session.started), len(session.sets)) for session in sessions}
    new: dict[str, list[Record]] = {}
    for record in imported.records:
        new.setdefault(str(record["session"]), []).append(record)
    found: list[Record] = []
    for session, records in new.items():
        sets = sum(record["event"] == "set_done" for record in records)
        began = _minute(datetime.fromisoformat(str(records[0]["t"])))
        if session not in ids and (began, sets) not in starts:
            found += records
    return found


def _minute(when: datetime) -> int:
    return int(when.timestamp() // 60)


def _source_of(path: Path) -> str:
    try:
        with path.open("rb") as file:
            head = file.read(4096)
    except OSError as error:
        raise CoachError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    if head.startswith((b"SQLite format 3", b"PAR1")):
        return "voicecoach"
    header = head.partition(b"\n")[0].decode("utf-8-sig", "replace").casefold()
    if "exercise_title" in header and "start_time" in header:
        return "hevy"
    if "exercise name" in header and "set order" in header:
        return "strong"
    if "set_number" in header and "drill" in header:
        return "voicecoach"
    raise CoachError(
        f"{path} is no export of Hevy, Strong or voicecoach: its first line names none of their columns.",
        "Export it again as CSV, with English column names, or say --format.",
    )


def _hevy_row(cells: Mapping[str, str], workouts: dict[tuple[str, str], _Workout], names: Mapping[str, str]) -> None:
    started = _date(cells.get("start_time", ""), _HEVY_DATES)
    ended = _date(cells.get("end_time") or cells.get("start_time", ""), _HEVY_DATES)
    if cells.get("set_type", "").casefold() in _WARMUPS:
        raise ValueError("a warm-up set")
    unit = "lb" if "weight_lbs" in cells else "kg"
    weight = _number(cells.get("weight_lbs") or cells.get("weight_kg") or "")
    done = _done(cells.get("exercise_title", ""), names, cells.get("reps", ""), cells.get("duration_seconds", ""))
    lifted = as_lifted(weight, unit) if weight is not None else None
    done.update(weight=lifted and lifted.value, unit=lifted and lifted.unit, rpe=_number(cells.get("rpe", "")))
    title = cells.get("title", "")
    workout = workouts.setdefault((title, cells["start_time"]), _Workout(title, started, ended))
    workout.sets.append(done)


def _strong_row(cells: Mapping[str, str], workouts: dict[tuple[str, str], _Workout], names: Mapping[str, str]) -> None:
    order = cells.get("Set Order", "").casefold()
    if order in _PSEUDO_ROWS:
        raise ValueError(f"a row of kind '{cells['Set Order']}'")
    if order in _WARMUPS:
        raise ValueError("a warm-up set")
    started = _date(cells.get("Date", ""), _STRONG_DATES)
    unit = cells.get("Weight Unit", "").casefold().rstrip("s") or None
    weight = _number(cells.get("Weight", ""))
    for name in ("Weight (kg)", "Weight (lbs)", "Weight (lb)"):
        if cells.get(name):
            weight, unit = _number(cells[name]), "kg" if "kg" in name else "lb"
    done = _done(cells.get("Exercise Name", ""), names, cells.get("Reps", ""), cells.get("Seconds", ""))
    done.update(
        weight=weight or None, unit=(unit or "kg") if weight else None, rpe=_number(cells.get("RPE", "")) or None
    )
    name = cells.get("Workout Name", "")
    length = _length(cells.get("Workout Duration") or cells.get("Duration") or cells.get("Duration (sec)") or "")
    try:
        ended = datetime.fromtimestamp(started.timestamp() + length).astimezone()
    except (ValueError, OverflowError) as error:
        raise ValueError("it lasts beyond the end of the calendar") from error
    workouts.setdefault((name, cells["Date"]), _Workout(name, started, ended)).sets.append(done)


def _done(exercise: str, names: Mapping[str, str], reps: str, seconds: str) -> dict[str, object]:
    """The fields of ``set_done`` that both trackers share."""
    if not exercise:
        raise ValueError("the exercise has no name")
    count, duration = _number(reps), _number(seconds)
    if not count and not duration:
        raise ValueError("a row without reps and seconds")
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


def _imported(source: str, workouts: Sequence[_Workout], left_out: Sequence[tuple[int, str]]) -> Imported:
    records: list[Record] = []
    for workout in sorted(workouts, key=lambda one: one.started):
        session = _id(source, workout.name, workout.started.isoformat())
        drills = list(dict.fromkeys(str(done["drill"]) for done in workout.sets))
        add = _writer(records, session)
        add("session_started", workout.started, programme=workout.name, drills=drills, source=source)
        for drill in drills:
            sets = [done for done in workout.sets if done["drill"] == drill]
            for number, done in enumerate(sets, start=1):
                add("set_done", workout.started, **{**done, "set": number, "sets": len(sets)})
        add("session_ended", max(workout.ended, workout.started), how="finished")
    return Imported(source, tuple(records), len(workouts), sum(len(one.sets) for one in workouts), tuple(left_out))


def _own(path: Path) -> Imported:
    """Our own export: sessions and sets keep their ids, so that what the journal knows already is not added again."""
    sessions: dict[str, list[dict[str, object]]] = {}
    left_out: list[tuple[int, str]] = []
    for line, row in tables.read_rows(path):
        why = _own_fault(row)
        if why:
            left_out.append((line, why))
        else:
            sessions.setdefault(str(row["session"]), []).append(row)
    if not sessions and left_out:
        raise CoachError(f"{path} is no export of voicecoach: {left_out[0][1]}.", "Export it again.")
    records: list[Record] = []
    for session, rows in sessions.items():
        first = rows[0]
        drills = list(dict.fromkeys(str(row["drill"]) for row in rows))
        add = _writer(records, session)
        started, ended = (datetime.fromisoformat(str(first[key])) for key in ("started", "ended"))
        programme = str(first.get("programme") or "")
        add("session_started", started, programme=programme, drills=drills, source="voicecoach")
        for row in rows:
            fields = {key: row.get(key) for key in ("drill", "sets", "reps", "target", "weight", "unit", "side")}
            fields |= {key: row.get(key) for key in ("seconds", "tempo", "rpe", "hold", "amrap", "superset")}
            fields |= {"set": row["set_number"], "dials": json.loads(str(row["dials"])), "pain": bool(row["pain"])}
            add("set_done", datetime.fromisoformat(str(row["time"])), own_id=str(row["id"]), **fields)
        add("session_ended", ended, how=first.get("how") or "left")
    return Imported("voicecoach", tuple(records), len(sessions), sum(map(len, sessions.values())), tuple(left_out))


def _own_fault(row: Mapping[str, object]) -> str:
    """Why a row of our own table cannot be taken; empty when it can."""
    missing = [name for name in ("session", "id", "drill", "started", "ended", "time", "dials") if not row.get(name)]
    if missing:
        return f"the column '{missing[0]}' is empty"
    for name in ("started", "ended", "time"):
        try:
            if datetime.fromisoformat(str(row[name])).tzinfo is None:
                return f"'{name}' has no offset"
        except ValueError:
            return f"'{row[name]}' in the column '{name}' is no time"
    try:
        dials = json.loads(str(row["dials"]))
    except ValueError:
        dials = None
    if not isinstance(dials, dict):
        return "the dials are no JSON object"
    for name in ("set_number", "reps", "sets"):
        if not is_number(row.get(name)):
            return f"'{name}' is no number"
    return ""


def _writer(records: list[Record], session: str) -> Callable[..., None]:
    """Adds the records of one session, numbered, with ids that follow from their place."""
    count = 0

    def add(event: str, when: datetime, *, own_id: str = "", **fields: object) -> None:
        nonlocal count
        count += 1
        records.append(
            {
                "v": VERSION,
                "id": own_id or _id(session, str(count), event),
                "t": when.isoformat(timespec="milliseconds"),
                "session": session,
                "n": count,
                "event": event,
                **fields,
            }
        )

    return add


def _id(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:20]


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
