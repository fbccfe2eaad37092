"""``voicecoach export``: the journal in the table of another tracker, or as data."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """What can be written."""

    HEVY = "hevy"
    STRONG = "strong"
    STRONG_CLASSIC = "strong-classic"
    LIFTOSAUR = "liftosaur"
    CSV = "csv"
    SQLITE = "sqlite"
    PARQUET = "parquet"


TRACKERS = frozenset({Format.HEVY, Format.STRONG, Format.STRONG_CLASSIC, Format.LIFTOSAUR})
"""Those that have names of their own for exercises."""


class Unit(StrEnum):
    """Units of a load."""

    LB = "lb"
    KG = "kg"


def export(
    *,
    form: Annotated[Format, typer.Option("--format", help="Whose table to write.")] = Format.CSV,
    out: Annotated[Path | None, typer.Option(help="File to write; text goes to the terminal otherwise.")] = None,
    unit: Annotated[
        Unit | None, typer.Option(help="Unit where a table has one for all; your latest otherwise.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="From this day on: 2026-11-01, or 30d, or 8w.")] = None,
) -> None:
    """Write your sessions for Hevy, Strong, Liftosaur, or as CSV, SQLite or Parquet."""
    from voicecoach.app.homes import Homes
    from voicecoach.app.safekeeping import refuse_journal
    from voicecoach.cli.drill_names import catalogue_names
    from voicecoach.cli.files import writing
    from voicecoach.drills.diagnostics import counted
    from voicecoach.errors import CoachError
    from voicecoach.journal import tables, trackers
    from voicecoach.journal.history import chosen, nothing_since, parse_since
    from voicecoach.journal.private import write_private
    from voicecoach.journal.recall import recall

    homes = Homes.find()
    if out is not None:
        refuse_journal(out, homes)
    today = date.today()  # noqa: DTZ011 - the trainee's own calendar
    first = parse_since(since, today) if since else None
    every = [session for session in recall(homes.journal, homes.cache) if session.sets]
    sessions = chosen(every, None, first)
    if nothing := nothing_since(first, every):
        typer.echo(nothing, err=True)
    if out is None and form in {Format.SQLITE, Format.PARQUET}:
        raise CoachError(f"{form} needs a file.", f"Add --out sessions.{form}", 2)
    names = catalogue_names(homes) if form in TRACKERS else {}
    main = unit or trackers.main_unit(sessions)
    data = {
        Format.HEVY: lambda: trackers.hevy(sessions, names, main).encode(),
        Format.STRONG: lambda: trackers.strong(sessions, names).encode(),
        Format.STRONG_CLASSIC: lambda: trackers.strong_classic(sessions, names, main).encode(),
        Format.LIFTOSAUR: lambda: trackers.liftosaur(sessions, names).encode(),
        Format.CSV: lambda: tables.as_csv(sessions).encode(),
        Format.SQLITE: lambda: tables.as_sqlite(sessions),
        Format.PARQUET: lambda: tables.as_parquet(sessions),
    }[form]()
    if out is None:
        typer.echo(data.decode(), nl=False)
    else:
        with writing(out):
            write_private(out, data)
    where = f" to {out}" if out else ""
    sets = sum(len(session.sets) for session in sessions)
    typer.echo(f"{counted(len(sessions), 'sessions')}, {counted(sets, 'sets')}{where}.", err=True)
