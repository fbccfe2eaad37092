"""``voicecoach new``: a script of one's own to begin with, every key explained."""

from __future__ import annotations

from typing import Annotated

import typer


def new(
    name: Annotated[str, typer.Argument(help="Name as spoken, such as morning-hinge.")],
    *,
    template: Annotated[
        str, typer.Option("--from", metavar="TEMPLATE", help="Drill, programme or flow to copy: a name or a path.")
    ] = "wall tap",
) -> None:
    """Write a script of your own: a copy of another one in which every key is explained."""
    from voicecoach.app.homes import Homes
    from voicecoach.app.sharing import new_script
    from voicecoach.drills.diagnostics import shown_path

    made = new_script(name, template, Homes.find())
    typer.echo(shown_path(made.path))
    short = made.path.stem
    if made.hides is not None:
        typer.echo(f"It is used in place of {shown_path(made.hides)} from now on.", err=True)
    typer.echo("Open it in any editor. Then:", err=True)
    typer.echo(f"  voicecoach check {short}", err=True)
    if made.kind == "flow":
        typer.echo(f"  voicecoach graph {short}", err=True)
        typer.echo(f"  write `flow: {made.name}` in a programme of yours", err=True)
        return
    if made.kind == "language":
        typer.echo(
            "  write its code as `language:` in scripts of yours; docs/languages.md says what it needs", err=True
        )
        return
    if made.kind == "cues":
        typer.echo(f"  voicecoach say {short}", err=True)
        typer.echo(f"  write `- shared: {made.name}` in a list of cues of yours", err=True)
        return
    typer.echo(f"  voicecoach rehearse {short}", err=True)
    typer.echo(f"  voicecoach run {short}", err=True)
