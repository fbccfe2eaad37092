"""``voicecoach install``: scripts from somebody else, shown before they are taken in."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicecoach.app.install import Arrival


def install(
    source: Annotated[str, typer.Argument(metavar="FILE|FOLDER|ZIP", help="A script, a folder or a zip of scripts.")],
    *,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")] = False,
    over: Annotated[bool, typer.Option("--replace", help="Write over scripts of yours with the same name.")] = False,
) -> None:
    """Take in scripts that somebody gave you: checked, and shown in full, before anything is written."""
    from voicecoach.app.homes import Homes
    from voicecoach.app.install import put_away, unpack
    from voicecoach.app.models import model_named
    from voicecoach.drills.diagnostics import render_all, shown_path

    homes = Homes.find()
    parcel = unpack(source, homes, model_named(homes))
    for arrival in parcel.arrivals:
        typer.echo(_shown(arrival))
    if parcel.warnings:
        typer.echo(render_all(parcel.warnings), err=True)
    for arrival in parcel.arrivals:
        if arrival.hides is not None:
            typer.echo(f"{arrival.name}: used in place of {shown_path(arrival.hides)}.", err=True)
    if not yes:
        if not sys.stdin.isatty():
            typer.echo("Nothing was installed. If this is what you want, add --yes.", err=True)
            raise typer.Exit(1)
        typer.confirm("Install?", abort=True, err=True)
    put_away(parcel, homes, over=over)
    for arrival in parcel.arrivals:
        typer.echo(f"Installed {shown_path(arrival.path)}", err=True)


def _shown(arrival: Arrival) -> str:
    """Everything a script says and hears."""
    from voicecoach.drills.diagnostics import clean

    lines = [f"{arrival.kind} {arrival.name}", *(f"  says   {clean(text)}" for text in arrival.says)]
    if arrival.asks:
        lines.append(f"  asks   {clean(', '.join(arrival.asks))}")
    for command, phrases in arrival.hears.items():
        lines.append(f"  hears  {command}: {clean(', '.join(phrases))}")
    return "\n".join(lines)
