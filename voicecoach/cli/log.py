"""``voicecoach log``: where the journal is, whether it is whole, how it is corrected and merged."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(no_args_is_help=True)


@app.command()
def path() -> None:
    """Print where the journal is."""
    from voicecoach.app.homes import Homes

    typer.echo(Homes.find().journal)


@app.command()
def check(
    *,
    aside: Annotated[bool, typer.Option("--set-aside", help="Move odd lines to a file beside the journal.")] = False,
    json_out: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Read every line and name what is torn, damaged, foreign, repeated or missing; exit code 1 when anything is."""
    import json
    from dataclasses import asdict

    from voicecoach.app.homes import Homes
    from voicecoach.drills.diagnostics import counted
    from voicecoach.errors import CoachError
    from voicecoach.journal.check import check_journal, set_aside
    from voicecoach.journal.disk import reason, remedy
    from voicecoach.journal.file import now_here
    from voicecoach.journal.lock import held

    journal = Homes.find().journal
    found = check_journal(journal)
    if json_out:
        typer.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False))
    for finding in () if json_out else found:
        place = f"{journal}:{finding.line}" if finding.line else str(journal)
        typer.echo(f"{place}: {finding.severity}: {finding.message}")
    if aside and found:
        with held(journal, now_here()):
            try:
                moved, where = set_aside(journal)
            except OSError as error:
                message = f"{journal} stays as it is: its odd lines cannot be moved, {reason(error)}."
                raise CoachError(message, remedy(error, journal.parent)) from error
        told = f"{counted(moved, 'lines')} {'is' if moved == 1 else 'are'} in {where} now."
        typer.echo(told if moved else "No line was moved: nothing is wrong with any by itself.", err=True)
    if not found and not json_out:
        typer.echo(f"{journal} is whole." if journal.exists() else f"There is no journal at {journal} yet.", err=True)
    if any(finding.severity == "error" for finding in found):
        raise typer.Exit(1)


@app.command()
def merge(
    others: Annotated[list[Path], typer.Argument(help="Journals of other machines.")],
) -> None:
    """Add what other machines' journals know: a union by id, nothing twice, nothing rewritten."""
    from voicecoach.app.homes import Homes
    from voicecoach.drills.diagnostics import counted
    from voicecoach.journal.file import JournalFile
    from voicecoach.journal.merge import merge as unite

    with JournalFile(Homes.find().journal) as journal:
        merged = unite(journal, others)
    typer.echo(f"{counted(merged.added, 'events')} added, {merged.known} there already.", err=True)
    if merged.twice:
        sessions = counted(merged.twice, "sessions")
        typer.echo(f"Left out, as here already: {sessions} that one of the journals has from an import.", err=True)
    for line in merged.odd:
        typer.echo(f"Left out, line {line.number}: {line.why}.", err=True)
    if merged.different:
        mean = "1 id means" if len(merged.different) == 1 else f"{len(merged.different)} ids mean"
        typer.echo(f"{mean} something else there: {', '.join(merged.different)}.", err=True)
        raise typer.Exit(1)


@app.command()
def edit(
    *,
    session: Annotated[str | None, typer.Option(help="Id of the session; the last one otherwise.")] = None,
    file: Annotated[Path | None, typer.Option("--from", help="Take this edited file in place of an editor.")] = None,
    out: Annotated[bool, typer.Option("--print", help="Print the YAML in place of opening an editor.")] = False,
) -> None:
    """Open the last session in $EDITOR as a small YAML; what you change is appended as corrections."""
    from voicecoach.app.homes import Homes
    from voicecoach.errors import CoachError
    from voicecoach.journal.edit import as_yaml, read_edited
    from voicecoach.journal.file import JournalFile
    from voicecoach.journal.fold import read_sessions

    journal = Homes.find().journal
    sessions = [one for one in read_sessions(journal) if one.sets and (session is None or session in one.parts)]
    if not sessions:
        if session is None:
            raise CoachError("There is no session with a set in it yet.", "`voicecoach run` begins.")
        raise CoachError(f"No session {session!r} has a set in it.", "`voicecoach history --json` shows their ids.")
    text = as_yaml(sessions[-1])
    if out:
        typer.echo(text, nl=False)
        return
    edited = file or _open_editor(text)
    corrections = read_edited(edited, sessions[-1])
    if corrections:
        try:
            with JournalFile(journal) as log:
                for correction in corrections:
                    log.append("correction", {"of": correction.of, **correction.fields, "why": "edited"})
                    typer.echo(correction.told)
        except CoachError as error:
            again = f"voicecoach log edit --session {sessions[-1].id} --from {edited}"
            raise CoachError(error.message, f"{error.hint} What you wrote stays in that file: {again}") from error
    else:
        typer.echo("Nothing was changed.", err=True)
    if file is None:
        edited.unlink(missing_ok=True)


def _open_editor(text: str) -> Path:
    """Let the trainee edit a text; returns the file they saved."""
    import os
    import shlex
    import subprocess
    import tempfile

    from voicecoach.errors import CoachError

    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or ("notepad" if os.name == "nt" else "vi")
    handle, name = tempfile.mkstemp(prefix="voicecoach-session-", suffix=".yaml")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    try:
        subprocess.run([*shlex.split(command), name], check=True)
    except (OSError, subprocess.CalledProcessError, ValueError) as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, subprocess.CalledProcessError):
            why = f"it ended with exit code {error.returncode}"
        else:
            why = getattr(error, "strerror", None) or str(error)
        raise CoachError(f"The editor '{command}' could not be used: {why}.", "Set EDITOR to one you have.") from error
    return Path(name)
