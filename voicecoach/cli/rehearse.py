"""``voicecoach rehearse``: a session on a virtual clock, as text, as sound and as a picture."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class EarsKind(StrEnum):
    """How the trainee's words reach the coach."""

    TEXT = "text"
    VOSK = "vosk"


def rehearse(
    script: Annotated[str, typer.Argument(help="Programme or drill: a name or a path.")],
    *,
    story: Annotated[Path | None, typer.Option(help="Lines of SECONDS what the trainee says.")] = None,
    seed: Annotated[int, typer.Option(help="Of the simulated trainee's reaction times.")] = 0,
    today: Annotated[str | None, typer.Option(metavar="DATE", help="The day, as 2026-01-31.")] = None,
    wav: Annotated[Path | None, typer.Option(help="Write the sound here.")] = None,
    timeline: Annotated[Path | None, typer.Option(help="Draw the session here, as SVG.")] = None,
    transcript: Annotated[Path | None, typer.Option(help="Write what was said and heard here.")] = None,
    journal: Annotated[
        Path | None, typer.Option(help="Go on from this journal and write to it; otherwise a throw-away one.")
    ] = None,
    ears: Annotated[
        EarsKind, typer.Option(help="text: words are told. vosk: a voice speaks them to the recogniser.")
    ] = EarsKind.TEXT,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """Run a script through the real coach, as fast as the machine can."""
    from voicecoach.app.homes import Homes
    from voicecoach.app.rehearsal import Order
    from voicecoach.app.rehearsal import rehearse as hold
    from voicecoach.app.story import read_story
    from voicecoach.app.timeline import draw_timeline
    from voicecoach.cli.files import write_text

    order = Order(
        script,
        story=read_story(story) if story else None,
        seed=seed,
        today=_day(today),
        journal=journal,
        wav=wav,
        ears="vosk" if ears is EarsKind.VOSK else "text",
    )
    rehearsed = hold(order, Homes.find())
    lines = rehearsed.transcript
    if timeline is not None:
        write_text(timeline, draw_timeline(lines.sorted(), f"{rehearsed.training.plan.programme}, rehearsed"))
    if transcript is not None:
        write_text(transcript, lines.text())
    typer.echo(lines.json_lines() if as_json else lines.text(), nl=False)


def _day(text: str | None) -> dt.date | None:
    """A day as it is written on the command line. Raises CoachError for anything else."""
    from voicecoach.errors import CoachError

    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise CoachError(f"--today {text!r} is no day.", "Write it as 2026-01-31.", exit_code=2) from None
