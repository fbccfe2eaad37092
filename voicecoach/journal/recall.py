"""Sessions that were read before come back from a copy in the cache; ``fold`` reads only what was logged since.

The journal alone says what was done. The copy names the bytes of the journal that it was made from by their SHA-256,
and the code that made it; where one of them differs, or a later line speaks of an earlier session, the whole journal is
read.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

from voicecoach.journal import fields as form
from voicecoach.journal import fold, records, session, telling
from voicecoach.journal.private import write_private
from voicecoach.journal.session import Moved, Pain, Place, Session, SetDone, Turned
from voicecoach.words.meaning import Quantity

NAME = "sessions.json"
"""Name of the copy in the cache folder."""
_WORTH_IT = 1 << 20
"""Bytes of a journal from which on reading it takes longer than a twentieth of a second."""
_MUCH = 1 << 18
"""Bytes logged since, from which on the copy is made anew: about twenty sessions."""


T = TypeVar("T")
_Way = tuple[Callable[[Any], object], Callable[[Any], object]]
"""How a value is written for JSON, and read again."""


@dataclass(frozen=True, slots=True)
class _Copy:
    """What the journal's first bytes said."""

    covers: int
    """Bytes of the journal, up to the end of a line."""
    sha256: str
    """Of those bytes."""
    ids: list[str]
    """Ids of their records."""
    sessions: tuple[Session, ...]
    """Their sessions."""


def recall(journal: Path, cache: Path, *, worth_it: int = _WORTH_IT) -> tuple[Session, ...]:
    """The sessions of a journal, exactly as ``fold.read_sessions`` gives them, in a third of the time.

    ``cache`` is a folder that may be missing, read-only or full: then everything is read each time. Journals below
    ``worth_it`` bytes leave no copy. Raises CoachError when the journal cannot be read.
    """
    path = cache / NAME
    try:
        before = journal.stat()
    except OSError:
        forget(cache)
        return fold.read_sessions(journal)
    if before.st_size < worth_it:
        forget(cache)
        return fold.read_sessions(journal)
    with fold.uncollected():
        known = _load(path)
        if known is not None and (found := _continued(journal, before.st_size, known)) is not None:
            return found
    digest = _digest(journal, before.st_size)
    ids: set[object] = set()
    found = fold.read_sessions(journal, ids)
    after = journal.stat()
    if digest and (before.st_size, before.st_mtime_ns) == (after.st_size, after.st_mtime_ns):
        _save(path, _Copy(before.st_size, digest, [str(one) for one in ids], found))
    return found


def forget(cache: Path) -> None:
    """Delete the copy: it would outlive what the trainee takes out of the journal."""
    try:
        (cache / NAME).unlink(missing_ok=True)
    except OSError:
        return  # a folder that cannot be written holds no copy of ours


def _continued(journal: Path, size: int, known: _Copy) -> tuple[Session, ...] | None:
    """The copy's sessions and those logged since; None where the copy is of no use."""
    if not 0 <= size - known.covers < _MUCH or _digest(journal, known.covers) != known.sha256:
        return None
    if size == known.covers:
        return known.sessions
    later = list(records.skim(journal, set(known.ids), known.covers))
    parts = {part for one in known.sessions for part in one.parts}
    more = fold.fold_more(later, parts)
    return None if more is None else tuple(sorted((*known.sessions, *more), key=lambda one: one.started))


def _digest(journal: Path, size: int) -> str:
    """SHA-256 of the first bytes; empty where there are fewer, or they do not end with a line."""
    found, left, block = hashlib.sha256(), size, b""
    try:
        with journal.open("rb") as file:
            while left and (block := file.read(min(left, 1 << 20))):
                found.update(block)
                left -= len(block)
    except OSError:
        return ""
    return "" if left or not block.endswith(b"\n") else found.hexdigest()


def _made() -> str:
    """What a copy depends on besides the journal: the code that reads it, and the zone of times without offset."""
    found = hashlib.sha256(repr((time.tzname, time.timezone, time.altzone)).encode())
    for module in (form, fold, records, session, telling):
        found.update(Path(str(module.__file__)).read_bytes())
    found.update(Path(__file__).read_bytes())
    return found.hexdigest()


def _load(path: Path) -> _Copy | None:
    try:
        seal, _, body = path.read_bytes().partition(b"\n")
        if hashlib.sha256(body).hexdigest().encode() != seal:
            return None
        held = json.loads(body)
        if held["made"] != _made():
            return None
        sessions = tuple(_read(Session, row) for row in held["sessions"])
        return _Copy(held["covers"], held["sha256"], held["ids"], sessions)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _save(path: Path, copy: _Copy) -> None:
    rows = [_row(one) for one in copy.sessions]
    held = {"made": _made(), "covers": copy.covers, "sha256": copy.sha256, "ids": copy.ids, "sessions": rows}
    try:
        body = json.dumps(held, separators=(",", ":"), allow_nan=False).encode()
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = path.with_name(NAME + ".new")
        write_private(fresh, hashlib.sha256(body).hexdigest().encode() + b"\n" + body)
        fresh.replace(path)
    except (OSError, ValueError):
        return  # no room, or a number that JSON has no word for: the journal is read again next time


def _row(value: object) -> list[object]:
    """The fields of a value, in order, as JSON has them."""
    return [
        held if way is None or held is None else way(held)
        for way, held in ((way, getattr(value, name)) for name, way in _WRITERS[type(value)])
    ]


def _read(kind: type[T], row: list[Any]) -> T:
    """A value from its fields."""
    for at, way in _READERS[kind]:
        if row[at] is not None:
            row[at] = way(row[at])
    return kind(*row)


def _many(kind: type) -> _Way:
    return (lambda values: [_row(one) for one in values], lambda rows: tuple(_read(kind, row) for row in rows))


_TIME: _Way = (datetime.isoformat, datetime.fromisoformat)
_QUANTITY: _Way = (lambda held: [held.value, held.unit], lambda row: Quantity(*row))
_DIALS: _Way = (
    lambda dials: {name: [held.value, held.unit] for name, held in dials.items()},
    lambda dials: {name: Quantity(*row) for name, row in dials.items()},
)
_TEXTS: _Way = (list, tuple)
_WAYS: Mapping[type, Mapping[str, _Way]] = {
    SetDone: {"t": _TIME, "weight": _QUANTITY, "dials": _DIALS},
    Pain: {"t": _TIME},
    Turned: {"t": _TIME, "value": _QUANTITY},
    Moved: {"t": _TIME},
    Place: {"weight": _QUANTITY, "reached": (dict, dict)},
    Session: {
        "parts": _TEXTS,
        "drills": _TEXTS,
        "started": _TIME,
        "last": _TIME,
        "sets": _many(SetDone),
        "pains": _many(Pain),
        "turned": _many(Turned),
        "moves": _many(Moved),
        "skipped": (list, lambda rows: tuple((drill, number) for drill, number in rows)),
        "place": (_row, lambda row: _read(Place, row)),
        "own_pace": (dict, dict),
    },
}
"""How fields that are no plain JSON values are written and read."""
_WRITERS = {
    kind: tuple((one.name, ways[one.name][0] if one.name in ways else None) for one in fields(kind) if one.init)
    for kind, ways in _WAYS.items()
}
_READERS = {
    kind: tuple((at, ways[one.name][1]) for at, one in enumerate(fields(kind)) if one.name in ways)
    for kind, ways in _WAYS.items()
}
