"""Each day something hurt and what followed, as a panel of the report."""

from __future__ import annotations

from collections.abc import Sequence

from voicecoach.journal.history import drill_days
from voicecoach.journal.session import Pain, Session
from voicecoach.report.tables import Cell, Panel, text


def pains_panel(sessions: Sequence[Session]) -> Panel:
    """Each day something hurt, and what followed."""
    rows: list[tuple[Cell, ...]] = []
    for index, session in enumerate(sessions):
        for drill in dict.fromkeys(pain.drill for pain in session.pains):
            pains = [pain for pain in session.pains if pain.drill == drill]
            rows.append(
                (session.day, drill, _where(pains), _same_day(session, drill), _later(sessions[index + 1 :], drill))
            )
    columns = ("Day", "Drill", "Where", "The same day", "The next time")
    return Panel("Days with pain, and what followed", "Every time something hurt.", columns, tuple(rows))


def _where(pains: Sequence[Pain]) -> str:
    return ", ".join(dict.fromkeys(pain.where or "not said" for pain in pains))


def _same_day(session: Session, drill: str) -> str:
    moved = next((move.to for move in session.moves if move.came_from == drill), None)
    if moved:
        return f"on to the {moved}"
    lighter = next((turn.value for turn in session.turned if turn.drill == drill and turn.why == "pain"), None)
    if lighter is not None:
        return f"went on with {lighter.value:g} {lighter.unit or ''}".rstrip()
    return "the drill ended"


def _later(sessions: Sequence[Session], drill: str) -> str:
    for day in drill_days(sessions, drill):
        load = f" at {day.load.value:g} {day.load.unit or ''}".rstrip() if day.load else ""
        how = "pain again" if day.pain else "clean" if day.clean else "missed reps" if day.missed else "done in part"
        return f"{text(day.day)}{load}: {how}"
    return "not yet"
