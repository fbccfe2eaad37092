"""Folders of kept utterances, one for each session: a wav file and a line of ``utterances.tsv`` for every utterance.

Written by ``run --keep-audio``, read by ``hear`` and the hearing bench, deleted by ``forget``. Only their owner can
read them, and nothing here sends them anywhere.
"""

from __future__ import annotations

import csv
import os
import shutil
import wave
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from voicecoach.coach.commands import Listen
from voicecoach.errors import CoachError
from voicecoach.hearing.rates import Samples
from voicecoach.hearing.recogniser import RATE

TABLE = "utterances.tsv"
"""The table in a session's folder, UTF-8, tabs between the columns."""
NONE = "none"
"""The label of an utterance that should have led to nothing."""
_BETWEEN = ", "
_PLAYING = " / "


@dataclass(frozen=True, slots=True)
class KeptUtterance:
    """A line of the table."""

    file: str = ""
    """Name of the wav file beside the table."""
    time: str = ""
    """When the voice began, ISO 8601 with the offset from UTC."""
    script: str = ""
    """Programme or drill of the session."""
    microphone: str = ""
    """Name of the device."""
    state: str = ""
    """State of the flow in which it was decided."""
    expects: tuple[str, ...] = ()
    """Quantities acted on in that state."""
    commands: tuple[str, ...] = ()
    """Commands acted on in that state."""
    playing: tuple[str, ...] = ()
    """What the coach was saying."""
    heard: str = ""
    """What was recognised; where there were several decisions, each, with a bar between."""
    verdict: str = ""
    """``accept``, ``refuse``, or ``none``."""
    rule: str = ""
    """Name of the rule that decided."""
    why: str = ""
    """Its reason."""
    label: str = ""
    """For the user: the command that was said, or ``none``; empty until somebody fills it in."""

    @property
    def listen(self) -> Listen:
        """What the state heard."""
        return Listen(self.state, frozenset(self.commands), frozenset(self.expects))


COLUMNS = (
    *("file", "label", "heard", "verdict", "rule", "why", "time"),
    *("script", "microphone", "state", "expects", "commands", "playing"),
)
"""In the table's order: what somebody who labels needs comes first."""


class KeptFolder:
    """The folder of one session, made when the first utterance comes: 0700, its files 0600."""

    def __init__(self, root: Path, session: str) -> None:
        self.path = root / session
        self._count = 0

    def add(self, samples: Samples, row: KeptUtterance) -> None:
        """Write one utterance: its sound, then its line. Raises OSError; then nothing of it is left."""
        for folder in (self.path.parent, self.path):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder.chmod(0o700)
        name = f"{self._count + 1:04d}.wav"
        sound = self.path / name
        try:
            with os.fdopen(_open(sound, os.O_TRUNC), "wb") as raw, wave.open(raw, "wb") as file:
                file.setnchannels(1)
                file.setsampwidth(2)
                file.setframerate(RATE)
                file.writeframes(samples.astype("<i2").tobytes())
            self._write_line(replace(row, file=name))
        except OSError:
            sound.unlink(missing_ok=True)
            raise
        self._count += 1

    def _write_line(self, row: KeptUtterance) -> None:
        """Append a line, or none of it."""
        table = self.path / TABLE
        before = table.stat().st_size if table.exists() else 0
        try:
            with os.fdopen(_open(table, os.O_APPEND), "a", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, COLUMNS, delimiter="\t", lineterminator="\n")
                if not before:
                    writer.writeheader()
                writer.writerow(_cells(row))
        except OSError:
            if table.exists():
                os.truncate(table, before)
            raise


def _open(path: Path, how: int) -> int:
    return os.open(path, os.O_WRONLY | os.O_CREAT | how, 0o600)


def _cells(row: KeptUtterance) -> dict[str, str]:
    tuples = {
        "expects": _BETWEEN.join(row.expects),
        "commands": _BETWEEN.join(row.commands),
        "playing": _PLAYING.join(row.playing),
    }
    return {name: tuples.get(name) or str(getattr(row, name) or "") for name in COLUMNS}


def read_kept(folder: Path) -> list[KeptUtterance]:
    """The lines of a folder's table. Raises CoachError where it cannot be read or names a file that is not there."""
    table = folder / TABLE
    try:
        with table.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
    except OSError as error:
        raise CoachError(
            f"{table} cannot be read: {error.strerror}.", "`voicecoach run --keep-audio` makes such a folder."
        ) from error
    except (UnicodeDecodeError, csv.Error) as error:
        raise CoachError(f"{table} is no table of text.", "Save it as UTF-8, tabs between the columns.") from error
    if rows and not {"file", "label"} <= set(rows[0]):
        raise CoachError(f"{table} lacks one of the columns file and label.", "Its first line names them.")
    for number, row in enumerate(rows, 2):
        name = row["file"] or ""
        if Path(name).name != name or not (folder / name).is_file():
            raise CoachError(f"{table}:{number}: there is no file {name!r} beside it.", "Take the line out.")
    return [_parse(row) for row in rows]


def _parse(row: dict[str, str]) -> KeptUtterance:
    """A line as it was written; columns that somebody took out are empty."""
    texts = {name: (row.get(name) or "").strip() for name in COLUMNS}
    expects, commands, playing = (
        tuple(part for part in texts.pop(name).split(between) if part)
        for name, between in (("expects", _BETWEEN), ("commands", _BETWEEN), ("playing", _PLAYING))
    )
    return KeptUtterance(**texts, expects=expects, commands=commands, playing=playing)


def is_kept(folder: Path) -> bool:
    """Whether a folder holds kept utterances."""
    return (folder / TABLE).is_file()


def kept_sessions(root: Path) -> list[Path]:
    """The folders of sessions that kept something, the oldest first."""
    folders = [path for path in root.iterdir() if is_kept(path)] if root.is_dir() else []
    return sorted(folders, key=lambda path: (path / TABLE).stat().st_mtime)


def bytes_of(folders: Iterable[Path]) -> int:
    """What the folders take on the disk."""
    return sum(file.stat().st_size for folder in folders for file in folder.iterdir())


def folders_of(root: Path, sessions: Iterable[str]) -> Iterator[Path]:
    """The folders that these sessions kept, whatever is in them; nothing outside ``root``, whatever they are called."""
    wanted = set(sessions)
    yield from (path for path in (root.iterdir() if root.is_dir() else ()) if path.name in wanted and path.is_dir())


def delete(folders: Iterable[Path]) -> None:
    """Delete folders for good. Raises CoachError naming the first that cannot be."""
    for folder in folders:
        try:
            shutil.rmtree(folder)
        except OSError as error:
            raise CoachError(f"{folder} cannot be deleted: {error.strerror}.", "Delete it by hand.") from error
