"""The union of two machines' journals: by id, nothing rewritten, nothing twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.journal.file import JournalFile, encode
from voicecoach.journal.records import OddLine, Record, is_foreign, scan
from voicecoach.journal.telling import text_of

_TOLD = frozenset({"set_done", "pain", "red_flag"})
"""Events that no session is left out with: what was done, and what the next sessions have to heed."""


@dataclass(frozen=True, slots=True)
class Merged:
    """What a union brought."""

    added: int
    """Events that were new."""
    known: int
    """Events that were there already."""
    different: tuple[str, ...]
    """Ids under which the other file says something else; ours stays."""
    odd: tuple[OddLine, ...]
    """Lines of the other file that are no records; they stay where they are."""
    twice: int
    """Sessions of which one of the files has an import and the other what it came from; ours stays."""


def merge(journal: JournalFile, others: Sequence[Path]) -> Merged:
    """Add to an open journal what other files know; raises CoachError, and then nothing was added."""
    ours: dict[object, Record] = {record["id"]: record for record in journal.records()}
    new: list[bytes] = []
    different: list[str] = []
    odd: list[OddLine] = []
    known = twice = 0
    for other in others:
        _refuse(other)
        items = list(scan(other))
        theirs = [item for item in items if not isinstance(item, OddLine)]
        odd += [item for item in items if isinstance(item, OddLine)]
        here, there = _begun(ours.values()), _begun(theirs)
        imported = {session for begun in (here, there) for session, by_import in begun.items() if by_import}
        # Sessions that one journal lived and the other has from an import, and of which theirs tells nothing to heed.
        both = {session for session, by_import in there.items() if here.get(session, by_import) != by_import}
        both -= {item["session"] for item in theirs if item["event"] in _TOLD and item["id"] not in ours}
        twice += len(both)
        for item in theirs:
            if item["session"] in both:
                continue
            if item["id"] not in ours:
                ours[item["id"]] = item
                new.append(encode(item))
            elif ours[item["id"]] == item or imported & {item["session"], ours[item["id"]]["session"]}:
                known += 1  # an import keeps the ids of its sets, and no more of them than a table holds
            else:
                different.append(str(item["id"]))
    return Merged(journal.append_all(new), known, tuple(different), tuple(odd), twice)


def _begun(records: Iterable[Record]) -> dict[object, bool]:
    """Whether each session whose beginning is told came by an import and in no other way."""
    found: dict[object, bool] = {}
    for record in records:
        if record["event"] == "session_started":
            session = record["session"]
            found[session] = found.get(session, True) and bool(text_of(record, "source"))
    return found


def _refuse(path: Path) -> None:
    """Raise CoachError where there is no journal to read."""
    if path.is_dir():
        raise CoachError(f"{path} is a folder.", "Name the journal in it; `log path` tells its name.")
    if not path.is_file():
        raise CoachError(f"There is no file {path}.", "Copy the other machine's journal here; `log path` names it.")
    if is_foreign(path):
        raise CoachError(
            f"{path} is no journal: not one line of it was written by voicecoach.",
            "`log path` on the other machine names its journal; `voicecoach import` takes tables of other programs.",
        )
