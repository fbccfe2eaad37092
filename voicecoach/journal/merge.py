"""The union of two machines' journals: by id, nothing rewritten, nothing twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.journal.file import JournalFile, encode
from voicecoach.journal.records import OddLine, Record, is_foreign, scan


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


def merge(journal: JournalFile, others: Sequence[Path]) -> Merged:
    """Add to an open journal what other files know; raises CoachError, and then nothing was added."""
    ours: dict[object, Record] = {record["id"]: record for record in journal.records()}
    new: list[bytes] = []
    different: list[str] = []
    odd: list[OddLine] = []
    known = 0
    for other in others:
        _refuse(other)
        for item in scan(other):
            if isinstance(item, OddLine):
                odd.append(item)
            elif item["id"] not in ours:
                ours[item["id"]] = item
                new.append(encode(item))
            elif ours[item["id"]] == item:
                known += 1
            else:
                different.append(str(item["id"]))
    return Merged(journal.append_all(new), known, tuple(different), tuple(odd))


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
