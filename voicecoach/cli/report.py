"""``voicecoach report``: the weeks as one HTML page, or as a picture."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.app.homes import Homes
    from voicecoach.journal.session import Session
    from voicecoach.report.charts import Painter
    from voicecoach.report.panels import Ladder


def report(
    *,
    out: Annotated[Path, typer.Option(help="File to write.")] = Path("report.html"),
    png: Annotated[Path | None, typer.Option(help="Write a picture of the charts here, in place of the page.")] = None,
    since: Annotated[str | None, typer.Option(help="From this day on: 2026-11-01, or 30d, or 8w.")] = None,
) -> None:
    """Write one HTML file that needs no network: loads, dials, ladder, tempo, weeks, pain and what followed."""
    import threading

    from voicecoach.app.homes import Homes
    from voicecoach.app.safekeeping import refuse_journal
    from voicecoach.cli.files import writing
    from voicecoach.errors import CoachError
    from voicecoach.journal.history import chosen, nothing_since, parse_since
    from voicecoach.journal.private import write_private
    from voicecoach.journal.recall import recall
    from voicecoach.report.page import NOTHING, page, picture

    today = date.today()  # noqa: DTZ011 - the trainee's own calendar
    homes = Homes.find()
    target, option = (png, "--png") if png else (out, "--out")
    refuse_journal(target, homes, option)
    painter, missing = _painter()
    if painter is not None:
        threading.Thread(target=painter.warm_up, daemon=True).start()
    every = recall(homes.journal, homes.cache)
    first = parse_since(since, today) if since else None
    sessions = tuple(session for session in every if first is None or session.day >= first)
    if nothing := nothing_since(first, chosen(every, None, None)):
        typer.echo(nothing, err=True)
    if png is not None and painter is None:
        raise missing or CoachError("Charts need vl-convert.")
    ladder = _ladder(homes, sessions)
    if png and painter:
        data = picture(sessions, today, painter, ladder)
    else:
        data = page(sessions, today, painter, ladder, nothing or NOTHING).encode()
    with writing(target, option):
        write_private(target, data)
    if missing is not None:
        typer.echo(f"{missing} The report has its tables without charts.", err=True)
    typer.echo(target)


def _ladder(homes: Homes, sessions: Sequence[Session]) -> Ladder | None:
    """The ladder of the programme that was trained most among those that have one, as its script says now."""
    from voicecoach.drills.library import Library, search_folders
    from voicecoach.drills.load import load_drills
    from voicecoach.errors import CoachError
    from voicecoach.report.panels import Ladder

    library = Library(search_folders(homes.scripts))
    for name, _ in Counter(session.programme for session in sessions if session.sets).most_common():
        try:
            programme, _ = load_drills(name, library)
        except CoachError:
            continue  # an import of another tracker, or a script that is no longer there
        if programme.ladder:
            return Ladder(name, tuple(programme.ladder))
    return None


def _painter() -> tuple[Painter | None, Exception | None]:
    """What draws the charts, or why nothing does."""
    from voicecoach.errors import CoachError
    from voicecoach.report.charts import Painter

    try:
        return Painter(), None
    except CoachError as error:
        return None, error
