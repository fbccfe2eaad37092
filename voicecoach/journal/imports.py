"""Other trackers' sessions, and our own exports, as journal records; a file read twice adds nothing the second time."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.journal import tables
from voicecoach.journal.fields import VERSION, is_number
from voicecoach.journal.records import Record, parse_line
from voicecoach.journal.session import Session
from voicecoach.journal.sheets import read_table, read_text
from voicecoach.journal.tracker_rows import NoSet, Workout, Workouts, hevy_row, strong_row


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
    assumed: str = ""
    """Unit of the loads whose unit the file does not tell; empty where there are none."""


def read_export(path: Path, drills: Mapping[str, str], source: str | None = None, unit: str = "kg") -> Imported:
    """Read a file; ``drills`` gives our drill for a tracker's exercise name, and what it lacks keeps its name.

    ``source`` is found by the header where it is not given; ``unit`` is that of loads for which the file tells none.
    Raises CoachError when more than half the rows make no sense, or it is no such file.
    """
    found = source or _source_of(path)
    if found == "voicecoach":
        return _own(path)
    names = {name.casefold(): drill for name, drill in drills.items()}
    read = hevy_row if found == "hevy" else strong_row
    workouts: Workouts = {}
    left_out: list[tuple[int, str]] = []
    wrong: list[str] = []
    table = read_table(read_text(path))
    for line, cells in table:
        try:
            read(cells, workouts, names)
        except ValueError as error:
            left_out.append((line, str(error)))
            if not isinstance(error, NoSet):
                wrong.append(str(error))
    if len(wrong) * 2 > len(table):
        message = f"{path} makes no sense as an export of {found}: {wrong[0]}."
        raise CoachError(message, "Say --format if it is another.")
    unitless = [one for workout in workouts.values() for one in workout.sets if one["weight"] and not one["unit"]]
    for done in unitless:
        done["unit"] = unit
    return replace(_imported(found, list(workouts.values()), left_out), assumed=unit if unitless else "")


def latest_unit(sessions: Sequence[Session]) -> str:
    """The unit of the latest load that was lifted, ``lb`` or ``kg``; empty where there is none."""
    loads = (done.weight for session in reversed(sessions) for done in reversed(session.sets))
    return next((load.unit for load in loads if load is not None and load.unit), "")


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
    first = head.partition(b"\n")[0]
    if parse_line(first) is not None:
        message = f"{path} is a journal, not an export."
        raise CoachError(message, "`voicecoach log merge` adds what another machine's journal knows.")
    header = first.decode("utf-8-sig", "replace").casefold()
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


def _imported(source: str, workouts: Sequence[Workout], left_out: Sequence[tuple[int, str]]) -> Imported:
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
