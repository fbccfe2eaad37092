"""``voicecoach forget --before DATE``: take old sessions out of the journal, with a way back until it is confirmed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.app.homes import Homes
    from voicecoach.journal.forget import Forgetting


def forget(
    *,
    before: Annotated[
        str | None, typer.Option(help="Forget the sessions before this day: 2026-01-01, 90d, 52w.")
    ] = None,
    confirm: Annotated[
        bool, typer.Option("--confirm", help="Delete the backup of the last forgetting for good.")
    ] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Bring back what was forgotten last.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Take old sessions out of the journal; a backup stays beside it until you confirm.

    Sound that `run --keep-audio` kept of them is deleted at once and is in no backup.
    """
    from voicecoach.app.homes import Homes
    from voicecoach.errors import CoachError
    from voicecoach.journal import forget as forgetting
    from voicecoach.journal.file import now_here
    from voicecoach.journal.history import parse_since
    from voicecoach.journal.lock import held

    homes = Homes.find()
    journal = homes.journal
    if (before is not None) + confirm + undo != 1:
        raise CoachError("Say what to do.", "One of: --before DATE, --confirm, --undo.", 2)
    if confirm:
        forgetting.confirm(journal)
        typer.echo("The backup is deleted. There is no way back now.", err=True)
        return
    if undo:
        forgetting.find_backup(journal)  # before the lock, which needs a folder to lie in
    elif not journal.exists():
        raise CoachError(f"There is no journal at {journal}.", "Nothing to forget.")
    with held(journal, now_here()):
        if undo:
            forgetting.undo(journal)
            typer.echo("Everything is back.", err=True)
        else:
            _forget(homes, parse_since(before or "", date.today()), ask=not yes)  # noqa: DTZ011 - the trainee's calendar


def _forget(homes: Homes, before: date, *, ask: bool) -> None:
    """Take the sessions out, with their kept sound and the cache's copy of them; the caller holds the lock."""
    from voicecoach.hearing.kept import delete, folders_of
    from voicecoach.journal import forget as forgetting
    from voicecoach.journal import recall

    what = forgetting.look(homes.journal, before)
    if not what.sessions:
        typer.echo("There are no sessions before that day.", err=True)
        return
    kept = list(folders_of(homes.kept, (part for session in what.sessions for part in session.parts)))
    _tell(what, kept)
    if ask and not typer.confirm("Forget it?" if len(what.sessions) == 1 else "Forget them?", err=True):
        raise typer.Exit(1)
    backup = forgetting.forget(homes.journal, what)
    recall.forget(homes.cache)
    typer.echo(f"Forgotten. The backup is {backup}.", err=True)
    typer.echo("`voicecoach forget --confirm` deletes it, `voicecoach forget --undo` brings everything back.", err=True)
    delete(kept)  # last: whoever is told that it fails knows by then what has been forgotten
    if kept:
        typer.echo("Their kept sound is deleted: no backup holds it.", err=True)


def _tell(what: Forgetting, kept: list[Path]) -> None:
    """Say what would go, before asking."""
    from voicecoach.drills.diagnostics import counted
    from voicecoach.hearing.kept import bytes_of

    first, last = what.sessions[0].day, what.sessions[-1].day
    days = f"from {first} to {last}" if first != last else f"of {first}"
    number = len(what.sessions)
    typer.echo(f"{counted(number, 'sessions')} {days}, {counted(len(what.lines), 'lines')}.", err=True)
    if kept:
        size = f"{bytes_of(kept) / 1e6:.1f} MB"
        of = "it" if number == 1 else f"{len(kept)} of them"
        typer.echo(f"What you said is kept of {of}, {size}: deleted at once, for good.", err=True)
