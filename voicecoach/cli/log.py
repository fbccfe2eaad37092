"""``voicecoach log``: where the journal is, whether it is whole, how it is corrected and merged."""

from __future__ import annotations

from typing import Annotated

import typer

app = typer.Typer(
    help="The journal: its place, its health, corrections, union with another machine's.", no_args_is_help=True
)


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
    from voicecoach.journal.check import check_journal, set_aside
    from voicecoach.journal.file import now_here
    from voicecoach.journal.lock import Lock

    journal = Homes.find().journal
    found = check_journal(journal)
    if json_out:
        typer.echo(json.dumps([asdict(finding) for finding in found], ensure_ascii=False))
    for finding in () if json_out else found:
        place = f"{journal}:{finding.line}" if finding.line else str(journal)
        typer.echo(f"{place}: {finding.severity}: {finding.message}")
    if aside and found:
        lock = Lock(journal.with_name(journal.name + ".lock"), now_here())
        try:
            moved, where = set_aside(journal)
        finally:
            lock.release()
        typer.echo(f"{moved} lines are in {where} now.", err=True)
    if not found:
        typer.echo(f"{journal} is whole.", err=True)
    if any(finding.severity == "error" for finding in found):
        raise typer.Exit(1)
