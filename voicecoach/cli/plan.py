"""``voicecoach plan``: today's session and the next four weeks, with the reason for every target."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

import typer

LONGEST = 52
"""Weeks that are looked ahead at most; as many are left free where the calendar ends."""


def plan(
    programme: Annotated[str, typer.Argument(help="Name or path of a programme or drill.")] = "hip hinge",
    *,
    today: Annotated[str | None, typer.Option(help="Plan for this day, 2026-11-24, in place of today.")] = None,
    weeks: Annotated[int, typer.Option(min=0, max=LONGEST, help="Weeks to look ahead.")] = 4,
    json_out: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Say what today's session is, why, and where it leads if all goes well."""
    import json

    from voicecoach.app.equipment import trainee_of
    from voicecoach.app.homes import Homes
    from voicecoach.app.settings import Settings
    from voicecoach.drills.library import Library, search_folders
    from voicecoach.drills.load import load_drills
    from voicecoach.errors import CoachError
    from voicecoach.journal.agenda import Told, plan_as_json
    from voicecoach.journal.forecast import forecast
    from voicecoach.journal.history import parse_since
    from voicecoach.journal.recall import recall

    day = parse_since(today, date.today()) if today else date.today()  # noqa: DTZ011 - the trainee's own calendar
    if day > date.max - timedelta(weeks=LONGEST + weeks):
        raise CoachError(f"{today} is too far away to plan for.", "Write a day such as 2026-11-24.", 2)
    homes = Homes.find()
    chosen, drills = load_drills(programme, Library(search_folders(homes.scripts)))
    sessions = [session for session in recall(homes.journal, homes.cache) if session.day <= day]
    trainee = trainee_of(Settings.read(homes.config))
    ahead = forecast(chosen, drills, sessions, day, weeks=weeks, trainee=trainee)
    if json_out:
        typer.echo(json.dumps([plan_as_json(one.day, one.plan) for one in ahead], ensure_ascii=False))
        return
    told = Told()
    for index, one in enumerate(ahead):
        title = "Today" if index == 0 and not today else f"{one.day:%A} {one.day.day} {one.day:%B}"
        for line in told.lines(title, one.plan, whole=index == 0):
            typer.echo(line)
    if len(ahead) > 1:
        typer.echo("Everything after the first day reckons with clean sessions.", err=True)
