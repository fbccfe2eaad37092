"""Journal bytes become records: what is no record is kept apart and named, and nothing is dropped silently."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.journal.disk import in_the_way
from voicecoach.journal.fields import VERSION

Record = Mapping[str, object]
"""One line of the journal as JSON gives it."""

_BLOCK = 1 << 18
"""Bytes read at a time; the lines of a block are parsed in one call, which halves the time."""

_BEGINNING = b'{"v":1,"id":"'
"""What ``file.encode`` begins every line with."""
_BEGUN = re.compile(rb'\{"v":\d+,"id":"')
"""The same, of a newer version as well."""
_NOTHING = b"\0 \t\r\n"
"""Bytes that say nothing; a power cut may leave zeros where a line was to be."""

_TEXT = rb'"[^"\\]+"'
_IN_SET = re.compile(rb'\{"v":1,"id":' + _TEXT + rb',"t":' + _TEXT + rb',"session":"([^"\\]+)","n":(\d{1,9}),"event":')
"""How ``file.encode`` begins a line; lines of any other shape are parsed as JSON."""


@dataclass(frozen=True, slots=True)
class OddLine:
    """A line that is no record of this program, or one that was there before."""

    number: int
    """Line number, from 1."""
    why: str
    """What is wrong with it, a sentence fragment."""
    raw: bytes
    """The line without its end."""
    harmless: bool = False
    """True for an exact repeat of an earlier line, which a write that was tried again leaves."""


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a journal file holds."""

    records: tuple[Record, ...]
    """In the order of the file, each id once."""
    odd: tuple[OddLine, ...]
    """Everything else."""


def read(path: Path) -> Reading:
    """All of a journal; a missing file is an empty one. Raises CoachError when it cannot be read."""
    records: list[Record] = []
    odd: list[OddLine] = []
    for item in scan(path):
        if isinstance(item, OddLine):
            odd.append(item)
        else:
            records.append(item)
    return Reading(tuple(records), tuple(odd))


def scan(path: Path) -> Iterator[Record | OddLine]:
    """Records and odd lines in the order of the file."""
    return (item for _, item in numbered(path))


def numbered(path: Path) -> Iterator[tuple[int, Record | OddLine]]:
    """Records and odd lines with their line numbers, from 1, a block at a time, so that memory stays small."""
    seen: dict[object, int] = {}
    for number, lines in _blocks(path):
        for offset, (raw, value) in enumerate(zip(lines, _parse(lines), strict=True)):
            if not raw.strip():
                continue
            line, why = number + offset, _fault(value, raw)
            if why or not isinstance(value, dict):
                yield line, OddLine(line, why, raw)
                continue
            key, mark = value["id"], hash(raw)
            earlier = seen.get(key)
            if earlier is None:
                seen[key] = mark
                yield line, value
            elif earlier == mark:
                yield line, OddLine(line, "repeats an earlier line", raw, harmless=True)
            else:
                yield line, OddLine(line, f"the id '{key}' was used before for something else", raw)


@dataclass(frozen=True, slots=True)
class SetRun:
    """``set_started`` and ``rep`` lines of one session that follow one another, not parsed: five lines of six are such.

    They matter only as long as the set is not done.
    """

    session: str
    """Id of the session."""
    first: int
    """``n`` of the first line."""
    last: int
    """``n`` of the last line."""
    lines: list[bytes]
    """The lines."""


def skim(path: Path, seen: set[object] | None = None, start: int = 0) -> Iterator[Record | SetRun]:
    """Records in the order of the file, runs of reps unparsed; odd lines and repeats are left out.

    A third of the time and memory of ``read``, for those who only want the reps of a set that was never finished.
    ``start`` is the byte, at the beginning of a line, from which on to read; ``seen`` the ids of the records before it,
    to which those found are added.
    """
    seen = set() if seen is None else seen
    for _, lines in _blocks(path, start):
        at = [
            index
            for index, line in enumerate(lines)
            if not ((b'"event":"rep",' in line or b'"event":"set_started",' in line) and line[-1:] == b"}")
        ]
        begin = 0
        for index, value in zip(at, _parse([lines[index] for index in at]), strict=True):
            if begin < index:
                yield from _as_run(lines[begin:index])
            begin = index + 1
            if isinstance(value, dict) and not _fault(value, lines[index]) and value["id"] not in seen:
                seen.add(value["id"])
                yield value
        if begin < len(lines):
            yield from _as_run(lines[begin:])


def _as_run(lines: list[bytes]) -> Iterator[Record | SetRun]:
    first, last = _IN_SET.match(lines[0]), _IN_SET.match(lines[-1])
    if first and last:
        mark = b'"session":"' + first[1] + b'",'
        if b"\n".join(lines).count(mark) == len(lines):
            yield SetRun(first[1].decode(), int(first[2]), int(last[2]), lines)
            return
    for line in lines:
        record = parse_line(line)
        if record is not None:
            yield record


def parse_line(raw: bytes) -> Record | None:
    """The record in one line, or None where there is none."""
    value = _parse_one(raw)
    return value if isinstance(value, dict) and not _fault(value, raw) else None


def is_foreign(path: Path) -> bool:
    """Whether a file holds something, and no line of it is a journal's, or the torn beginning of one.

    Raises CoachError when it cannot be read.
    """
    first, more = b"", False
    for _, lines in _blocks(path):
        for line in lines:
            if not line.strip(_NOTHING):
                continue
            if _BEGUN.match(line) or parse_line(line) is not None:
                return False
            first, more = first or line, bool(first)
    torn = not more and _BEGINNING.startswith(first)
    return bool(first) and not torn


def _blocks(path: Path, start: int = 0) -> Iterator[tuple[int, list[bytes]]]:
    """Number of the first line, counted from ``start``, and whole lines without their ends."""
    try:
        with path.open("rb") as file:
            file.seek(start)
            number, rest = 1, b""
            while block := file.read(_BLOCK):
                lines = (rest + block).split(b"\n")
                rest = lines.pop()
                yield number, lines
                number += len(lines)
            if rest:
                yield number, [rest]
    except FileNotFoundError:
        return
    except OSError as error:
        denied = isinstance(error, PermissionError)
        hint = in_the_way(error) or ("Look at its permissions." if denied else "Look at the disk, then try again.")
        raise CoachError(f"The journal {path} cannot be read: {error.strerror}.", hint) from error


def _parse(lines: list[bytes]) -> list[object]:
    """The JSON value of each line, None where there is none.

    The lines are tried as one array first: a line that begins with ``{`` and ends with ``}`` cannot join its
    neighbour into another valid value of the same count, so the result is the same as line by line.
    """
    if all(line[:1] == b"{" and line[-1:] == b"}" for line in lines):
        try:
            values = json.loads(b"[" + b",".join(lines) + b"]")
        except (ValueError, RecursionError):
            pass
        else:
            if len(values) == len(lines):
                return list(values)
    return [_parse_one(line) for line in lines]


def _parse_one(line: bytes) -> object:
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _fault(value: object, raw: bytes) -> str:
    """Why a value is no record; empty when it is one."""
    if not isinstance(value, dict):
        return "torn or damaged: it is no JSON" if value is None and raw != b"null" else "it is no JSON object"
    try:
        version = value["v"]
        texts = (value["id"], value["t"], value["session"], value["event"])
    except KeyError as error:
        return f"{error} is missing: some other program's line?"
    if version != VERSION:
        return f"format version {version!r} is not known here: a newer voicecoach wrote it?"
    for text in texts:
        if not isinstance(text, str) or not text:
            return "id, t, session and event have to be texts"
    return ""
