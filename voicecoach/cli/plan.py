"""``voicecoach plan``: today's session and the next four weeks, with the reason for every target."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicecoach.coach.plan import PlannedDrill
    from voicecoach.journal.forecast import Forecast


def plan(
    programme: Annotated[str, typer.Argument(help="Name or path of a programme or drill.")] = "hip hinge",
    *,
    today: Annotated[str | None, typer.Option(help="Plan for this day, 2026-11-24, in place of today.")] = None,
    weeks: Annotated[int, typer.Option(min=0, max=52, help="Weeks to look ahead.")] = 4,
    json_out: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Say what today's session is, why, and where it leads if all goes well."""
    import json

    from voicecoach.app.homes import Homes
    from voicecoach.drills.library import Library, search_folders
    from voicecoach.drills.load import load_programme
    from voicecoach.journal.fold import read_sessions
    from voicecoach.journal.forecast import forecast
    from voicecoach.journal.history import parse_since

    day = parse_since(today, date.today()) if today else date.today()  # noqa: DTZ011 - the trainee's own calendar
    homes = Homes.find()
    chosen, _, drills = load_programme(programme, Library(search_folders(homes.scripts)))
    sessions = [session for session in read_sessions(homes.journal) if session.day <= day]
    ahead = forecast(chosen, drills, sessions, day, weeks=weeks)
    if json_out:
        typer.echo(json.dumps([_as_json(one) for one in ahead], ensure_ascii=False))
        return
    before: dict[str, str] = {}
    for index, one in enumerate(ahead):
        title = "Today" if index == 0 and not today else f"{one.day:%A} {one.day.day} {one.day:%B}"
        typer.echo(f"{title}: {one.plan.programme}")
        for planned in one.plan.drills:
            typer.echo(f"  {_target(planned)}")
            if index == 0 and planned.last_time:
                typer.echo(f"      {planned.last_time}")
            headline = planned.why.partition(",")[0].replace(" again", "")
            if planned.why and headline != before.get(planned.drill.name):
                typer.echo(f"      {planned.why}")
            before[planned.drill.name] = headline
    if len(ahead) > 1:
        typer.echo("Everything after the first day reckons with clean sessions.", err=True)


def _target(planned: PlannedDrill) -> str:
    """``RDL: 3 x 12 at 40 lb``, dials in brackets."""
    load = f" at {planned.weight.value:g} {planned.weight.unit or ''}".rstrip() if planned.weight else ""
    dials = ", ".join(f"{name} {value.value:g} {value.unit or ''}".rstrip() for name, value in planned.dials.items())
    return f"{planned.drill.name}: {planned.sets} x {planned.reps}{load}" + (f" ({dials})" if dials else "")


def _as_json(one: Forecast) -> dict[str, object]:
    return {
        "day": one.day.isoformat(),
        "programme": one.plan.programme,
        "drills": [
            {
                "drill": planned.drill.name,
                "sets": planned.sets,
                "reps": planned.reps,
                "weight": planned.weight.value if planned.weight else None,
                "unit": planned.weight.unit if planned.weight else None,
                "dials": {n: {"value": d.value, "unit": d.unit} for n, d in planned.dials.items()},
                "last_time": planned.last_time,
                "why": planned.why,
            }
            for planned in one.plan.drills
        ],
    }
