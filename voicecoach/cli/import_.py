"""``voicecoach import``: sessions of another tracker, or of our own export, into the journal."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Source(StrEnum):
    """What can be read."""

    HEVY = "hevy"
    STRONG = "strong"
    OWN = "voicecoach"


def import_(
    file: Annotated[Path, typer.Argument(help="Export of Hevy, Strong or voicecoach (CSV, SQLite, Parquet).")],
    *,
    form: Annotated[
        Source | None, typer.Option("--format", help="Whose it is; found by its columns otherwise.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be added, and add nothing.")] = False,
) -> None:
    """Add the sessions of a file to the journal; those that are in it already are not added again."""
    from voicecoach.app.homes import Homes
    from voicecoach.cli.drill_names import catalogue_names
    from voicecoach.drills.diagnostics import counted
    from voicecoach.journal.file import JournalFile, encode
    from voicecoach.journal.fold import read_sessions
    from voicecoach.journal.imports import read_export, unknown

    homes = Homes.find()
    drills = {exported: drill for drill, exported in catalogue_names(homes).items()}
    found = read_export(file, drills, form)
    new = unknown(found, read_sessions(homes.journal))
    if new and not dry_run:
        with JournalFile(homes.journal) as journal:
            journal.append_all(encode(record) for record in new)
    for line, why in found.left_out:
        typer.echo(f"{file}:{line}: left out: {why}.", err=True)
    if not found.sessions:
        typer.echo(f"There is no session in {file}.", err=True)
        return
    added = len({record["session"] for record in new})
    known = f"{found.sessions - added} there already"
    typer.echo(f"{counted(added, 'sessions')} {'would be ' if dry_run else ''}added, {known}.", err=True)
