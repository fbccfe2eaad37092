"""``voicecoach report``: the weeks as one HTML page, or as a picture."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicecoach.report.charts import Painter


def report(
    *,
    out: Annotated[Path, typer.Option(help="File to write.")] = Path("report.html"),
    png: Annotated[Path | None, typer.Option(help="Write a picture of the charts here, in place of the page.")] = None,
    since: Annotated[str | None, typer.Option(help="From this day on: 2026-11-01, or 30d, or 8w.")] = None,
) -> None:
    """Write one HTML file that needs no network: loads, dials, ladder, tempo, weeks, pain and what followed."""
    import threading

    from voicecoach.app.homes import Homes
    from voicecoach.errors import CoachError
    from voicecoach.journal.history import parse_since
    from voicecoach.journal.private import write_private
    from voicecoach.journal.recall import recall
    from voicecoach.report.page import page, picture

    today = date.today()  # noqa: DTZ011 - the trainee's own calendar
    painter, missing = _painter()
    if painter is not None:
        threading.Thread(target=painter.warm_up, daemon=True).start()
    homes = Homes.find()
    sessions = recall(homes.journal, homes.cache)
    if since:
        first = parse_since(since, today)
        sessions = tuple(session for session in sessions if session.day >= first)
    target = png or out
    if png is not None and painter is None:
        raise missing or CoachError("Charts need vl-convert.")
    data = picture(sessions, today, painter) if png and painter else page(sessions, today, painter).encode()
    try:
        write_private(target, data)
    except OSError as error:
        raise CoachError(
            f"{target} cannot be written: {error.strerror}.", "Choose another place with --out."
        ) from error
    if missing is not None:
        typer.echo(f"{missing} The report has its tables without charts.", err=True)
    typer.echo(target)


def _painter() -> tuple[Painter | None, Exception | None]:
    """What draws the charts, or why nothing does."""
    from voicecoach.errors import CoachError
    from voicecoach.report.charts import Painter

    try:
        return Painter(), None
    except CoachError as error:
        return None, error
