"""``voicecoach run``: train, by voice and by keyboard."""

from __future__ import annotations

from typing import Annotated

import typer

from voicecoach.cli.guard import INTERRUPTED


def run(
    script: Annotated[str, typer.Argument(help="Programme or drill: a name or a path.")] = "hip-hinge",
    *,
    keep_audio: Annotated[
        bool,
        typer.Option(
            "--keep-audio",
            help="Keep what you say on this computer, to see what was misheard: `voicecoach hear --kept`.",
        ),
    ] = False,
) -> None:
    """Train: the coach speaks, counts, hears you and writes it down."""
    from voicecoach.app.bootstrap import NobodyHere, train
    from voicecoach.app.homes import Homes
    from voicecoach.app.showing import rehearse_here
    from voicecoach.speaking.outlet import silence_libraries

    homes = Homes.find()
    try:
        with silence_libraries():
            how = train(script, homes, keep_audio=keep_audio)
    except NobodyHere:
        typer.echo(
            "There is neither a sound device nor a terminal here, so nobody can train: rehearsing instead.", err=True
        )
        for path in rehearse_here(script, homes):
            typer.echo(path)
        return
    typer.echo(f"Logged in {homes.journal}", err=True)
    if how == "interrupted":
        raise typer.Exit(INTERRUPTED)
