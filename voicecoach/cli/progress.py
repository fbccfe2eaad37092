"""``voicecoach progress DRILL``: one drill, session by session, with its load as a bar."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicecoach.journal.history import DrillDay
    from voicecoach.words.meaning import Quantity

_BAR = 24
"""Widest bar, in characters."""


def progress(
    drill: Annotated[str, typer.Argument(help="Name of the drill.")],
    *,
    since: Annotated[str | None, typer.Option(help="From this day on: 2026-11-01, or 30d, or 8w.")] = None,
    last: Annotated[int, typer.Option(min=1, help="How many sessions to show.")] = 20,
    json_out: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """Show how one drill went: reps, load or dials, estimated one-repetition maximum, pain."""
    import json

    from voicecoach.app.homes import Homes
    from voicecoach.journal.history import ONE_REP_MAX_FORMULA, drill_days, find_drill, nothing_since, parse_since
    from voicecoach.journal.recall import recall

    today = date.today()  # noqa: DTZ011 - the trainee's own calendar
    homes = Homes.find()
    sessions = recall(homes.journal, homes.cache)
    name = find_drill(sessions, drill)
    every = drill_days(sessions, name)
    first = parse_since(since, today) if since else None
    days = [day for day in every if first is None or day.day >= first]
    if json_out:
        rows = {"drill": name, "one_rep_max": ONE_REP_MAX_FORMULA, "days": [_as_json(day) for day in days]}
        typer.echo(json.dumps(rows, ensure_ascii=False))
        return
    if nothing := nothing_since(first, every, name):
        typer.echo(nothing, err=True)
    days = days[-last:]
    top = max((_height(day) for day in days), default=0.0)
    for day in days:
        typer.echo(_line(day, top))
    if any(day.best for day in days):
        typer.echo(f"1RM is an estimate. {ONE_REP_MAX_FORMULA}.", err=True)


def _line(day: DrillDay, top: float) -> str:
    from voicecoach.journal.history import in_a_row

    measure = day.load or next(iter(day.dials.values()), None)
    reps = in_a_row(day.sets)
    best = f"1RM {day.best.value:.0f}" if day.best else ""
    note = "pain" if day.pain else "missed" if day.missed else "clean" if day.clean else ""
    bar = "█" * round(_BAR * _height(day) / top) if top else ""
    return f"{day.day:%Y-%m-%d}  {reps:<12} {_text(measure):>8}  {best:<8} {note:<7} {bar}".rstrip()


def _height(day: DrillDay) -> float:
    measure = day.load or next(iter(day.dials.values()), None)
    return measure.value if measure else float(day.reps or day.seconds)


def _text(measure: Quantity | None) -> str:
    return f"{measure.value:g} {measure.unit or ''}".strip() if measure else ""


def _as_json(day: DrillDay) -> dict[str, object]:
    from voicecoach.journal.history import set_as_json

    return {
        "day": day.day.isoformat(),
        "session": day.session,
        "sets": [set_as_json(done) for done in day.sets],
        "load": day.load.value if day.load else None,
        "unit": day.load.unit if day.load else None,
        "one_rep_max": round(day.best.value, 1) if day.best else None,
        "volume": day.volume.value if day.volume else None,
        "clean": day.clean,
        "missed": day.missed,
        "pain": day.pain,
    }
