"""Every set with all that is known of it, as CSV, SQLite or Parquet, and back: the exports that lose nothing."""

from __future__ import annotations

import json
import sqlite3
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from importlib import import_module
from pathlib import Path
from types import ModuleType

from voicecoach.errors import CoachError
from voicecoach.journal.session import Session
from voicecoach.journal.sheets import Cell, Dialect, read_table, read_text, write_table

COLUMNS: Mapping[str, str] = {
    "session": "TEXT", "started": "TEXT", "ended": "TEXT", "programme": "TEXT", "how": "TEXT", "id": "TEXT",
    "time": "TEXT", "drill": "TEXT", "set_number": "INTEGER", "sets": "INTEGER", "reps": "INTEGER",
    "target": "INTEGER", "weight": "REAL", "unit": "TEXT", "side": "TEXT", "seconds": "REAL", "dials": "TEXT",
    "tempo": "TEXT", "rpe": "REAL", "pain": "INTEGER", "hold": "REAL", "amrap": "REAL", "superset": "INTEGER",
}  # fmt: skip
"""Column and SQL type: one row for each set; times with offset, dials as JSON, pain 0 or 1, hold and amrap in seconds.

Files of earlier versions lack some of them.
"""

_NO_DUCKDB = "Parquet needs DuckDB: pip install 'voicecoach[parquet]'."


def set_rows(sessions: Sequence[Session]) -> list[tuple[Cell, ...]]:
    """The values of ``COLUMNS`` for every set."""
    return [
        (
            session.id, session.started.isoformat(), session.last.isoformat(), session.programme, session.how, done.id,
            done.t.isoformat(), done.drill, done.set, done.sets, done.reps, done.target,
            done.weight.value if done.weight else None, done.weight.unit if done.weight else None, done.side,
            done.seconds,
            json.dumps({name: {"value": dial.value, "unit": dial.unit} for name, dial in done.dials.items()}),
            done.tempo, done.rpe, int(done.pain), done.hold, done.amrap, done.superset,
        )
        for session in sessions
        for done in session.sets
    ]  # fmt: skip


def as_csv(sessions: Sequence[Session]) -> str:
    """Our own plain table."""
    return write_table(tuple(COLUMNS), set_rows(sessions), Dialect(","))


def as_sqlite(sessions: Sequence[Session]) -> bytes:
    """A database with the table ``sets``."""
    columns = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    marks = ", ".join("?" * len(COLUMNS))
    with closing(sqlite3.connect(":memory:")) as database:
        with database:
            database.execute(f"CREATE TABLE sets ({columns})")
            database.executemany(f"INSERT INTO sets VALUES ({marks})", set_rows(sessions))  # noqa: S608 - question marks
            database.execute("CREATE INDEX by_drill ON sets (drill, started)")
        return database.serialize()


def as_parquet(sessions: Sequence[Session]) -> bytes:
    """A Parquet file with the columns of ``COLUMNS``; needs the extra ``parquet``.

    Raises CoachError where that is missing, or cannot make one in the folder for temporary files.
    """
    duckdb = _duckdb()
    kinds = {"TEXT": "VARCHAR", "INTEGER": "BIGINT", "REAL": "DOUBLE"}
    columns = ", ".join(f"'{name}': '{kinds[kind]}'" for name, kind in COLUMNS.items())
    try:
        with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder, closing(duckdb.connect()) as database:
            lines, made = Path(folder) / "sets.jsonl", Path(folder) / "sets.parquet"
            lines.write_text(
                "".join(json.dumps(dict(zip(COLUMNS, row, strict=True))) + "\n" for row in set_rows(sessions)),
                encoding="utf-8",
            )
            source = f"read_json({_quoted(lines)}, format='newline_delimited', columns={{{columns}}})"
            database.execute(f"COPY (SELECT * FROM {source}) TO {_quoted(made)} (FORMAT parquet)")  # noqa: S608 - our own paths
            return made.read_bytes()
    except (OSError, duckdb.Error) as error:
        message = f"The Parquet file cannot be made in {tempfile.gettempdir()}: {error}."
        raise CoachError(message, "Make room there, or choose another --format.") from error


def read_rows(path: Path) -> list[tuple[int, dict[str, object]]]:
    """Row number and values by column, of a CSV, SQLite or Parquet file that was exported here; raises CoachError."""
    try:
        with path.open("rb") as file:
            head = file.read(16)
    except OSError as error:
        raise CoachError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    if head.startswith(b"SQLite format 3"):
        found = _read_sqlite(path)
    elif head.startswith(b"PAR1"):
        found = _read_parquet(path)
    else:
        return [(line, _typed(cells)) for line, cells in read_table(read_text(path))]
    return list(enumerate(found, start=1))


def _read_sqlite(path: Path) -> list[dict[str, object]]:
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as database:
            there = [row[1] for row in database.execute("PRAGMA table_info(sets)")]
            return _rows_of(there, database.execute("SELECT * FROM sets").fetchall())
    except sqlite3.Error as error:
        raise CoachError(f"{path} is no database of voicecoach: {error}.", "Export it again.") from error


def _read_parquet(path: Path) -> list[dict[str, object]]:
    duckdb = _duckdb()
    try:
        with closing(duckdb.connect()) as database:
            found = database.execute(f"SELECT * FROM read_parquet({_quoted(path)})")  # noqa: S608 - quoted
            return _rows_of([column[0] for column in found.description], found.fetchall())
    except duckdb.Error as error:
        raise CoachError(f"{path} is no Parquet file of voicecoach: {error}.", "Export it again.") from error


def _rows_of(names: Sequence[str], rows: Iterable[Sequence[object]]) -> list[dict[str, object]]:
    """The cells of ``COLUMNS`` by name; None for a column that the file lacks."""
    return [{**dict.fromkeys(COLUMNS), **dict(zip(names, row, strict=True))} for row in rows]


def _typed(cells: Mapping[str, str]) -> dict[str, object]:
    """CSV's texts as the values of ``COLUMNS``; what is no number stays text and is refused later, by name."""
    found: dict[str, object] = {}
    for name, text in cells.items():
        kind = COLUMNS.get(name)
        value: object = text or None
        if text and kind in {"INTEGER", "REAL"}:
            try:
                value = int(text) if kind == "INTEGER" else float(text)
            except ValueError:
                value = text
        found[name] = value
    return found


def _quoted(path: Path) -> str:
    escaped = str(path).replace("'", "''")
    return f"'{escaped}'"


def _duckdb() -> ModuleType:
    try:
        return import_module("duckdb")  # an extra, which may be missing
    except ImportError as error:
        raise CoachError(_NO_DUCKDB, "Or use --format sqlite, which needs nothing.") from error
