"""What a report shows, as plain tables: sessions become panels, which ``charts`` draws and ``page`` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from voicecoach.drills.scales import converted
from voicecoach.journal.history import ONE_REP_MAX_FORMULA, DrillDay, drill_days, drill_names
from voicecoach.journal.session import Session, SetDone
from voicecoach.journal.trackers import main_unit
from voicecoach.journal.weeks import monday_of
from voicecoach.report.pains import pains_panel
from voicecoach.report.tables import Cell, Chart, Panel, text
from voicecoach.words.meaning import Quantity
from voicecoach.words.units import convert

MOST_POINTS = 120
"""Points a chart can show; longer times are told by week, or by month."""
LONGEST_AWAY = 104
"""Weeks without training that stand in the table: among more, after a wrong date, nobody would find the rest."""


@dataclass(frozen=True, slots=True)
class Ladder:
    """The drills of a programme that follow one another."""

    programme: str
    """Its name, as the journal has it."""
    rungs: tuple[str, ...]
    """The drills, the easiest first."""


def panels(sessions: Sequence[Session], ladder: Ladder | None = None) -> list[Panel]:
    """Everything there is to show about the sessions, the most asked-for first."""
    trained = [session for session in sessions if session.sets]
    if not trained:
        return []
    unit, bucket = main_unit(trained), _bucket(trained)
    found: list[Panel] = []
    dials: list[Panel] = []
    for drill in drill_names(trained):
        days = drill_days(trained, drill)
        if any(day.load for day in days):
            found += _load_panels(drill, days, unit, bucket)
        dials += [*_amrap_panel(drill, days, bucket), *_dial_panels(drill, days, bucket)]
    found += [*dials, *_rungs(trained, ladder, bucket), *_tempo(trained, bucket), _weeks(trained, bucket)]
    pains = pains_panel(sessions)
    return [panel for panel in [*found, pains] if panel.rows]


Bucket = Callable[[date], date]
"""The day under which a day is told: itself, its week's Monday, or its month's first."""


def _bucket(sessions: Sequence[Session]) -> Bucket:
    if len({session.day for session in sessions}) <= MOST_POINTS:
        return lambda day: day
    if len({monday_of(session.day) for session in sessions}) <= MOST_POINTS:
        return monday_of
    return lambda day: day.replace(day=1)


def _grouped(days: Iterable[DrillDay], bucket: Bucket) -> dict[date, list[DrillDay]]:
    groups: dict[date, list[DrillDay]] = {}
    for day in days:
        groups.setdefault(bucket(day.day), []).append(day)
    return groups


def _load_panels(drill: str, days: Sequence[DrillDay], unit: str, bucket: Bucket) -> list[Panel]:
    loads: list[tuple[Cell, ...]] = []
    volumes: list[tuple[Cell, ...]] = []
    for when, group in _grouped(days, bucket).items():
        load = [converted(day.load, unit).value for day in group if day.load]
        best = [converted(day.best, unit).value for day in group if day.best]
        volume = [converted(day.volume, unit).value for day in group if day.volume]
        if load:
            loads.append((when, max(load), round(max(best), 1) if best else None))
            volumes.append((when, sum(volume)))
    return [
        Panel(
            f"{drill}: load",
            f"The heaviest load of the day, and the one-repetition maximum it suggests. {ONE_REP_MAX_FORMULA}.",
            ("Day", f"Load ({unit})", f"Estimated 1RM ({unit})"),
            tuple(loads),
            Chart("lines", unit),
        ),
        Panel(
            f"{drill}: volume",
            "Load times reps, over all sets.",
            ("Day", f"Volume ({unit})"),
            tuple(volumes),
            Chart("bars", f"{unit} lifted"),
        ),
    ]


def _dial_panels(drill: str, days: Sequence[DrillDay], bucket: Bucket) -> list[Panel]:
    values: dict[str, dict[date, tuple[float, str]]] = {}
    for name in dict.fromkeys(name for day in days for name in day.dials):
        set_to = [(bucket(day.day), day.dials[name]) for day in days if name in day.dials]
        unit = set_to[-1][1].unit  # inches become centimetres for somebody who has changed to kilos
        values[name] = {when: (_in(dial, unit), unit or "") for when, dial in set_to}
    return [
        Panel(
            f"{drill}: {name}",
            "Where the dial stood at the end of the day.",
            ("Day", f"{name.capitalize()} ({unit})" if unit else name.capitalize()),
            tuple((when, value) for when, (value, _) in points.items()),
            Chart("steps", unit or name),
        )
        for name, points in values.items()
        for unit in [next(iter(points.values()))[1]]
    ]


def _in(dial: Quantity, unit: str | None) -> float:
    try:
        return round(convert(dial, unit).value, 1) if unit else dial.value
    except ValueError:
        return dial.value  # another kind of dial under the same name: nothing to convert


def _amrap_panel(drill: str, days: Sequence[DrillDay], bucket: Bucket) -> list[Panel]:
    """How many reps were possible: what such a drill is about."""
    best: dict[date, int] = {}
    for day in days:
        counted = [done.reps for done in day.sets if done.amrap is not None and done.reps]
        if counted:
            best[bucket(day.day)] = max(best.get(bucket(day.day), 0), *counted)
    note = "The most reps of one set in the time that was given."
    return [Panel(f"{drill}: as many as possible", note, ("Day", "Reps"), tuple(best.items()), Chart("lines", "reps"))]


def _rungs(sessions: Sequence[Session], ladder: Ladder | None, bucket: Bucket) -> list[Panel]:
    """The hardest drill of each day of a programme with a ladder."""
    if ladder is None:
        return []
    rows: dict[date, tuple[Cell, ...]] = {}
    for session in sessions:
        done = [name for name in ladder.rungs if session.of(name)]
        if done and session.programme == ladder.programme:
            rows[bucket(session.day)] = (bucket(session.day), done[-1], _outcome(session))
    return [
        Panel(
            "Rung of the ladder",
            f"The drill furthest up the ladder of '{ladder.programme}' that was done, and how the day went.",
            ("Day", "Drill", "Outcome"),
            tuple(rows.values()),
            Chart("rungs", "", ladder=ladder.rungs),
        )
    ]


def _outcome(session: Session) -> str:
    if session.pains or any(done.pain for done in session.sets):
        return "pain"
    return "missed reps" if any(done.missed for done in session.sets) else "clean"


def _tempo(sessions: Sequence[Session], bucket: Bucket) -> list[Panel]:
    kept: dict[date, list[float]] = {}
    for session in sessions:
        shares = [share for done in session.sets if (share := tempo_kept(done)) is not None]
        if shares:
            kept.setdefault(bucket(session.day), []).extend(shares)
    rows = tuple((when, round(sum(shares) / len(shares))) for when, shares in kept.items())
    note = "Time a set took, as a share of what its tempo asks for: 100 is on the beat, less is hurried."
    return [Panel("Tempo kept", note, ("Day", "Tempo kept (%)"), rows, Chart("lines", "%", span=(90, 110)))]


def tempo_kept(done: SetDone) -> float | None:
    """Percent of the time that the tempo asks for; None where nobody knows.

    ``X`` phases take no time of their own, and a set is timed from its first rep's beginning to its last one's end.
    """
    if not done.tempo or not done.seconds or not done.reps or done.clocked is not None:
        return None
    try:
        rep = sum(float(part) for part in done.tempo.split("-") if part.upper() != "X")
    except ValueError:
        return None
    return 100 * done.seconds / (rep * done.reps) if rep else None


def _weeks(sessions: Sequence[Session], bucket: Bucket) -> Panel:
    by_month = bucket(date(2000, 1, 15)) == date(2000, 1, 1)
    rows: dict[date, list[int]] = {}
    planned: dict[date, Session] = {}
    for session in sessions:
        when = bucket(session.day) if by_month else monday_of(session.day)
        planned[when] = session
        row = rows.setdefault(when, [0, 0, 0])
        row[0] += 1
        row[1] += sum(done.reps for done in session.sets)
        row[2] += _outcome(session) == "pain"
    for earlier, later in () if by_month else tuple(pairwise(sorted(rows))):
        missed = (later - earlier).days // 7 - 1
        if missed <= LONGEST_AWAY:
            rows.update({earlier + timedelta(weeks=number + 1): [0, 0, 0] for number in range(missed)})
    table: tuple[tuple[Cell, ...], ...] = tuple(
        (when, count, reps, pain, *_where_in_programme(planned.get(when)))
        for when, (count, reps, pain) in sorted(rows.items())
    )
    title = "Months" if by_month else "Weeks of the programme"
    columns: tuple[str, ...] = ("From", "Sessions", "Reps", "Days with pain", "Week of the programme", "Phase")
    if not any(row[-1] for row in table):
        table, columns = tuple(row[:-1] for row in table), columns[:-1]
    note = "Sessions since the first one; weeks that were missed do not count in the programme."
    return Panel(title, note, columns, table, Chart("bars", "sessions"))


def _where_in_programme(session: Session | None) -> tuple[int | None, str]:
    """Week and phase as the plan had them; nothing for a week without training, or before plans said so."""
    return ((session.week or None) if session else None, session.phase if session else "")


def totals(sessions: Sequence[Session]) -> Mapping[str, str]:
    """Figures for the head of the report, by name."""
    trained = [session for session in sessions if session.trained]
    if not trained:
        return {}
    return {
        "Sessions": str(len(trained)),
        "Sets": str(sum(len(session.sets) for session in trained)),
        "Reps": str(sum(done.reps for session in trained for done in session.sets)),
        "Days with pain": str(sum(_outcome(session) == "pain" for session in trained)),
        "First": text(trained[0].day),
        "Last": text(trained[-1].day),
    }
