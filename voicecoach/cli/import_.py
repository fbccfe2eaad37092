"""``voicecoach import``: sessions of another tracker, or of our own export, into the journal."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.app.homes import Homes
    from voicecoach.journal.session import Session


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
    sessions = read_sessions(homes.journal)
    unit, why_unit = _unit(homes, sessions)
    found = read_export(file, drills, form, unit)
    new = unknown(found, sessions)
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
    if new and found.assumed:
        typer.echo(f"{file} does not tell the unit of its weights: taken for {found.assumed}, {why_unit}.", err=True)


def _unit(homes: Homes, sessions: Sequence[Session]) -> tuple[str, str]:
    """The unit of loads for which a file tells none, and why that one."""
    from voicecoach.app.equipment import trainee_of
    from voicecoach.app.settings import Settings
    from voicecoach.journal.imports import latest_unit

    if unit := trainee_of(Settings.read(homes.config)).equipment.system:
        return unit, "as in your settings"
    if unit := latest_unit(sessions):
        return unit, "as in the last load of your journal"
    return "kg", "as nothing says otherwise"
