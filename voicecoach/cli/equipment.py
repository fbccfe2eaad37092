"""``voicecoach equipment``: what there is to lift; targets are never anything else."""

from __future__ import annotations

from typing import Annotated

import typer


def equipment(
    *,
    kettlebells: Annotated[str | None, typer.Option(help="Each of them: '8 12 16 kg', or none.")] = None,
    dumbbells: Annotated[str | None, typer.Option(help="One of each pair: '5 to 25 by 2.5 kg', or none.")] = None,
    bar: Annotated[str | None, typer.Option(help="The empty bar: '20 kg', or none.")] = None,
    plates: Annotated[str | None, typer.Option(help="One of each pair: '10 5 2.5 kg', or none.")] = None,
    without: Annotated[str | None, typer.Option(help="Other things that are missing: 'dowel, wall'.")] = None,
    unit: Annotated[str | None, typer.Option(help="Unit to train in: lb or kg.")] = None,
    trainee: Annotated[str | None, typer.Option(help="man or woman: some phases go further for men.")] = None,
    nothing: Annotated[bool, typer.Option("--nothing", help="No kettlebell, no dumbbells, no bar.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Take everything back that was said here.")] = False,
    json_out: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Show what you have to train with, or say it: the coach plans only what can be loaded.

    Once one kind of load is named, a kind that is not named is not there. An empty text takes one back.
    """
    import json

    from voicecoach.app.equipment import KEYS, LISTS, change, describe, trainee_of
    from voicecoach.app.homes import Homes
    from voicecoach.app.settings import Settings

    folder = Homes.find().config
    said = (unit, kettlebells, dumbbells, bar, plates, without, trainee)
    changes = {key: text for key, text in zip(KEYS, said, strict=True) if text is not None}
    if nothing:
        changes = {**dict.fromkeys(LISTS, ""), "kettlebells": "none", **changes}
    if forget:
        changes = {**dict.fromkeys(KEYS, ""), **changes}
    settings = change(folder, changes) if changes else Settings.read(folder)
    now = trainee_of(settings)
    if json_out:
        typer.echo(json.dumps({key: getattr(settings, key) for key in KEYS}, ensure_ascii=False))
        return
    for line in describe(now):
        typer.echo(line)
