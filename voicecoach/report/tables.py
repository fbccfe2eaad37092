"""One table of the report and how it is drawn: ``panels`` makes them, ``charts`` draws them, ``page`` prints them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Cell = str | float | int | date | None
"""One value of a table."""


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
