"""``voicecoach watch``: a script is checked again whenever it, or one it names, is saved."""

from __future__ import annotations

from typing import Annotated

import typer


def watch(
    script: Annotated[str, typer.Argument(help="Drill, programme or flow: a name or a path.")],
    *,
    speak: Annotated[bool, typer.Option("--play", help="Speak the sentences that changed.")] = False,
) -> None:
    """Check a script on every save, and render what changed; Ctrl-C ends it."""
    from voicecoach.app.homes import Homes
    from voicecoach.app.models import model_named
    from voicecoach.app.watching import Watch, every_save

    homes = Homes.find()
    watch_ = Watch(script, homes, model_named(homes).words)
    try:
        for lines in every_save(watch_, speak=speak):
            for line in lines:
                typer.echo(line)
    finally:
        watch_.close()
