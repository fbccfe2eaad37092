"""Tables as text that a spreadsheet can open without harm, and back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from voicecoach.errors import CoachError

Cell = str | float | int | None
"""A text, a number, or nothing."""

_RUNS = ("=", "+", "-", "@", "\t", "\r")
"""A spreadsheet takes a cell that begins with one of these for a formula (OWASP, CSV injection)."""


@dataclass(frozen=True, slots=True)
class Dialect:
    """How a tracker writes its table."""

    separator: str = ","
    """Between cells."""
    line_end: str = "\n"
    """After each row."""
    quotes: Literal["texts", "needed"] = "needed"
    """Whether every text is quoted, or only those that need it."""


def write_table(header: Sequence[str], rows: Iterable[Sequence[Cell]], dialect: Dialect) -> str:
    """A header and rows as text; dangerous texts are made harmless by an apostrophe, as spreadsheets do themselves."""
    lines = [dialect.separator.join(_header(name, dialect) for name in header)]
    lines += [dialect.separator.join(_written(cell, dialect) for cell in row) for row in rows]
    return "".join(line + dialect.line_end for line in lines)


def harmless(text: str) -> str:
    """A text that no spreadsheet runs; a lone hyphen, which some trackers need for "nothing", is harmless already."""
    return f"'{text}" if text.startswith(_RUNS) and text != "-" else text


def as_it_was(text: str) -> str:
    """A text without the apostrophe of ``harmless``."""
    return text[1:] if text[:1] == "'" and text[1:].startswith(_RUNS) else text


def number(value: float | None) -> float | int | None:
    """A number with at most three decimals, whole where it is."""
    if value is None:
        return None
    rounded = round(value, 3)
    return int(rounded) if rounded == int(rounded) else rounded


def read_text(path: Path) -> str:
    """A file of another program as text; raises CoachError."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise CoachError(f"{path} cannot be read: {error.strerror}.", "Check the path.") from error
    except UnicodeDecodeError as error:
        raise CoachError(f"{path} is not UTF-8 text.", "Export it again as CSV.") from error


def read_table(text: str) -> list[tuple[int, dict[str, str]]]:
    """Line number and cells by header, whatever the separator; rows that are empty are left out."""
    first = text.partition("\n")[0]
    separator = max(",;\t", key=first.count)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    header = [name.strip() for name in next(rows, [])]
    found = []
    try:
        for row in rows:
            if any(cell.strip() for cell in row):
                cells = dict(zip(header, (as_it_was(cell.strip()) for cell in row), strict=False))
                found.append((rows.line_num, cells))
    except csv.Error as error:
        raise CoachError(f"Line {rows.line_num} is no line of a table: {error}.", "Export it again as CSV.") from error
    return found


def _header(name: str, dialect: Dialect) -> str:
    return f'"{name}"' if dialect.quotes == "texts" else name


def _written(cell: Cell, dialect: Dialect) -> str:
    if cell is None:
        return ""
    if not isinstance(cell, str):
        return str(cell)
    text = harmless(cell)
    if dialect.quotes == "texts" or any(sign in text for sign in (dialect.separator, '"', "\n", "\r")):
        doubled = text.replace('"', '""')
        return f'"{doubled}"'
    return text
