"""What a report shows, as plain tables: sessions become panels, which ``charts`` draws and ``page`` prints."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from voicecoach.drills.scales import converted
from voicecoach.journal.history import ONE_REP_MAX_FORMULA, DrillDay, drill_days, drill_names
from voicecoach.journal.session import Pain, Session, SetDone
from voicecoach.journal.trackers import main_unit

Cell = str | float | int | date | None
"""One value of a table."""

MOST_POINTS = 120
"""Points a chart can show; longer times are told by week, or by month."""


@dataclass(frozen=True, slots=True)
class Chart:
    """How a panel's table is drawn: its first column is the day."""

    kind: Literal["lines", "bars", "steps", "rungs"]
    """``lines``: each further column a line. ``bars``: the second column. ``steps``: it holds until the next day.

    ``rungs``: the second column is a name on a ladder, the third what came of it.
    """
    y: str
    """What the vertical axis measures, with unit."""
    span: tuple[float, float] | None = None
    """Values the vertical axis shows in any case."""
    ladder: tuple[str, ...] = ()
    """For ``rungs``: the names, the easiest first."""


@dataclass(frozen=True, slots=True)
class Panel:
    """One table of the report, drawn or not."""

    title: str
    """What it is about."""
    note: str
    """One sentence that says what to look for."""
    columns: tuple[str, ...]
    """Headings."""
    rows: tuple[tuple[Cell, ...], ...]
    """Values, the day first."""
    chart: Chart | None = None
    """None for a table only."""

    def summary(self) -> str:
        """The panel in one sentence, for somebody who does not see the chart."""
        if not self.rows:
            return f"{self.title}: nothing yet."
        first, last = self.rows[0], self.rows[-1]
        told = f"{self.columns[1]} from {text(first[1])} on {text(first[0])} to {text(last[1])} on {text(last[0])}"
        return f"{self.title}: {told}."


def panels(sessions: Sequence[Session]) -> list[Panel]:
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
        dials += _dial_panels(drill, days, bucket)
    found += [*dials, *_ladder(trained, bucket), *_tempo(trained, bucket), _weeks(trained, bucket)]
    pains = _pains(sessions)
    return [panel for panel in [*found, pains] if panel.rows]


def text(cell: Cell) -> str:
    """A value as it is printed."""
    match cell:
        case None:
            return ""
        case date():
            return f"{cell.day} {cell:%b %Y}"
        case float():
            return f"{cell:.1f}".rstrip("0").rstrip(".")
    return str(cell)


Bucket = Callable[[date], date]
"""The day under which a day is told: itself, its week's Monday, or its month's first."""


def _bucket(sessions: Sequence[Session]) -> Bucket:
    if len({session.day for session in sessions}) <= MOST_POINTS:
        return lambda day: day
    if len({_monday(session.day) for session in sessions}) <= MOST_POINTS:
        return _monday
    return lambda day: day.replace(day=1)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


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
    for day in days:
        for name, dial in day.dials.items():
            values.setdefault(name, {})[bucket(day.day)] = (dial.value, dial.unit or "")
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


def _ladder(sessions: Sequence[Session], bucket: Bucket) -> list[Panel]:
    """The hardest drill of each day, by the order of the programme that was trained most."""
    order = max((session.drills for session in sessions), key=len)
    if len(order) < 2:  # noqa: PLR2004 - one drill is no ladder
        return []
    rows: dict[date, tuple[Cell, ...]] = {}
    for session in sessions:
        done = [name for name in order if session.of(name)]
        if done:
            rows[bucket(session.day)] = (bucket(session.day), done[-1], _outcome(session))
    note = "The drill furthest up the ladder that was done, and how the day went."
    return [
        Panel(
            "Rung of the ladder",
            note,
            ("Day", "Drill", "Outcome"),
            tuple(rows.values()),
            Chart("rungs", "", ladder=order),
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
    if not done.tempo or not done.seconds or not done.reps:
        return None
    try:
        rep = sum(float(part) for part in done.tempo.split("-") if part.upper() != "X")
    except ValueError:
        return None
    return 100 * done.seconds / (rep * done.reps) if rep else None


def _weeks(sessions: Sequence[Session], bucket: Bucket) -> Panel:
    first = _monday(sessions[0].day)
    by_month = bucket(date(2000, 1, 15)) == date(2000, 1, 1)
    rows: dict[date, list[int]] = {}
    for session in sessions:
        row = rows.setdefault(bucket(session.day) if by_month else _monday(session.day), [0, 0, 0])
        row[0] += 1
        row[1] += sum(done.reps for done in session.sets)
        row[2] += _outcome(session) == "pain"
    week = first
    while not by_month and week <= _monday(sessions[-1].day):
        rows.setdefault(week, [0, 0, 0])
        week += timedelta(days=7)
    table = tuple(
        (when, count, reps, pain, (_monday(when) - first).days // 7 + 1)
        for when, (count, reps, pain) in sorted(rows.items())
    )
    title = "Months" if by_month else "Weeks of the programme"
    columns = ("From", "Sessions", "Reps", "Days with pain", "Week of the programme")
    return Panel(title, "Sessions since the first one.", columns, table, Chart("bars", "sessions"))


def _pains(sessions: Sequence[Session]) -> Panel:
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
