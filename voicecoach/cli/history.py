"""``voicecoach history``: the sessions in the journal, the latest last."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Sequence

    from voicecoach.journal.session import Session, SetDone


def history(
    *,
    drill: Annotated[str | None, typer.Option(help="Only sessions with this drill.")] = None,
    since: Annotated[str | None, typer.Option(help="From this day on: 2026-11-01, or 30d, or 8w.")] = None,
    last: Annotated[int, typer.Option(min=1, help="How many sessions to show.")] = 20,
    every: Annotated[bool, typer.Option("--all", help="Show every session.")] = False,
    json_out: Annotated[bool, typer.Option("--json", help="One JSON document with every set.")] = False,
) -> None:
    """Show what was done: sessions, sets, loads, pain, and weeks in a row."""
    import json

    from voicecoach.app.homes import Homes
    from voicecoach.drills.diagnostics import counted
    from voicecoach.journal.history import as_json, chosen, find_drill, nothing_since, parse_since, weeks_in_a_row
    from voicecoach.journal.recall import recall

    today = date.today()  # noqa: DTZ011 - the trainee's own calendar
    homes = Homes.find()
    sessions = recall(homes.journal, homes.cache)
    name = find_drill(sessions, drill) if drill else None
    first = parse_since(since, today) if since else None
    shown = chosen(sessions, name, first)
    streak = weeks_in_a_row(sessions, today)
    if json_out:
        typer.echo(json.dumps({"weeks_in_a_row": streak, "sessions": [as_json(s) for s in shown]}, ensure_ascii=False))
        return
    if not shown:
        nothing = nothing_since(first, chosen(sessions, name, None), name)
        typer.echo(nothing or "Nothing yet. `voicecoach run` begins.", err=True)
        return
    part = shown if every else shown[-last:]
    for session in part:
        typer.echo(_line(session, name))
    if len(part) < len(shown):
        typer.echo(f"{counted(len(shown) - len(part), 'earlier sessions')}: --all shows every one.", err=True)
    sets = sum(len(s.of(name) if name else s.sets) for s in shown)
    done = f"{counted(len(shown), 'sessions')}, {counted(sets, 'sets')}"
    typer.echo(f"{done}, {counted(streak, 'weeks')} in a row.")


def _line(session: Session, only: str | None) -> str:
    """``Tue 17 Nov 2026 18:30  wall tap 15,15,15 · RDL 12,12,12 at 35 lb``, with what went wrong at the end.

    Drills that took turns in a superset are joined by ``+``.
    """
    drills = [only] if only else list(dict.fromkeys(done.drill for done in session.sets))
    told, before = "", None
    for drill in drills:
        sets = session.of(drill)
        group = sets[0].superset if sets else None
        told += "" if not told else " + " if group is not None and group == before else " · "
        told += _drill(drill, sets)
        before = group
    notes = [f"pain in the {name}" for name in dict.fromkeys(pain.drill for pain in session.pains)]
    if session.how != "finished":
        notes.append(session.how or "broke off")
    tail = f"  ({'; '.join(notes)})" if notes else ""
    return f"{session.started:%a %d %b %Y %H:%M}  {told or 'nothing'}{tail}"


def _drill(drill: str, sets: Sequence[SetDone]) -> str:
    from voicecoach.journal.history import in_a_row

    loads = list(dict.fromkeys(f"{d.weight.value:g} {d.weight.unit or ''}".strip() for d in sets if d.weight))
    return f"{drill} {in_a_row(sets)}" + (f" at {' and '.join(loads)}" if loads else "")
