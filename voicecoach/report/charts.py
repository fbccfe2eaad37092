"""Panels become pictures: Vega-Lite, drawn to SVG and PNG by vl-convert, without a network or a browser."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from importlib import import_module
from itertools import pairwise
from types import MappingProxyType, ModuleType

from voicecoach.errors import CoachError
from voicecoach.report.tables import Chart, Panel

WIDTH, HEIGHT = 380, 190
"""Pixels of the plot itself: readable on a telephone, and two side by side on a screen."""

NAMED = 5
"""So many days are all named below a chart; of more, about as many."""

INK, GRID, FIRST, SECOND, BAD = "#010101", "#020202", "#030303", "#040404", "#050505"
"""Stand-ins for colours, which the page or the picture gives: no chart uses these five."""

STYLED = MappingProxyType(
    {INK: "currentColor", GRID: "var(--grid)", FIRST: "var(--first)", SECOND: "var(--second)", BAD: "var(--bad)"}
)
"""For a page: its style sheet knows the colours, light, dark and in print."""
PLAIN = MappingProxyType({INK: "#222222", GRID: "#dddddd", FIRST: "#00609c", SECOND: "#b35900", BAD: "#b3002d"})
"""For a picture on white."""

_AXIS = {"labelColor": INK, "titleColor": INK, "gridColor": GRID, "domainColor": GRID, "tickColor": GRID}
_CONFIG = {
    "background": None,
    "font": "sans-serif",
    "view": {"stroke": None},
    "axis": {**_AXIS, "labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "labelOverlap": True},
    "legend": {"labelColor": INK, "labelFontSize": 12, "title": None, "orient": "top", "symbolStrokeColor": INK},
    "point": {"size": 45},
}


class Painter:
    """Draws panels; making one raises CoachError where the extra ``report`` is not installed."""

    def __init__(self) -> None:
        self._converter: ModuleType = _converter()

    def warm_up(self) -> None:
        """Start the engine, which takes a second; worth doing in a thread while the journal is read."""
        self._converter.vegalite_to_svg(_spec(Panel("", "", ("Day",), ())))

    def svg(self, panel: Panel, colours: Mapping[str, str] = STYLED, prefix: str = "") -> str:
        """The panel's chart as an SVG element; ids begin with ``prefix``, so that several fit on one page."""
        drawn = str(self._converter.vegalite_to_svg(_spec(panel)))
        for stand_in, colour in colours.items():
            drawn = drawn.replace(stand_in, colour)
        return re.sub(r'(id="|url\(#|href="#)', rf"\1{prefix}", drawn)

    def png(self, svg: str) -> bytes:
        """A picture of an SVG, twice its size in pixels."""
        return bytes(self._converter.svg_to_png(svg, scale=2))


def _converter() -> ModuleType:
    try:
        return import_module("vl_convert")
    except ImportError as error:
        raise CoachError("Charts need vl-convert.", "pip install 'voicecoach[report]' brings it.") from error


def _spec(panel: Panel) -> dict[str, object]:
    """A Vega-Lite 5 specification."""
    chart = panel.chart
    layers: list[dict[str, object]] = []
    data: list[dict[str, object]] = []
    if chart is not None:
        if chart.kind == "rungs":
            data = [_point(row[0], rung=row[1], outcome=row[2]) for row in panel.rows]
            layers = _rungs(chart.ladder, panel)
        else:
            names = [name.partition(" (")[0] for name in panel.columns[1 : 3 if chart.kind == "lines" else 2]]
            data = [
                _point(row[0], value=value, what=name)
                for row in panel.rows
                for name, value in zip(names, row[1:], strict=False)
                if value is not None
            ]
            layers = _bars(chart.y, panel) if chart.kind == "bars" else _lines(chart, names, panel)
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "width": WIDTH,
        "height": HEIGHT,
        "data": {"values": data},
        "layer": layers or [{"mark": "point"}],
        "config": _CONFIG,
    }


def _point(day: object, **values: object) -> dict[str, object]:
    return {"day": day.isoformat() if isinstance(day, date) else day, **values}


def _day(panel: Panel) -> dict[str, object]:
    """The horizontal axis; a time without a zone, so that a day is a day everywhere."""
    axis: dict[str, object] = {"title": None, "grid": False, "format": "%-d %b %y", "tickCount": NAMED}
    days = {row[0] for row in panel.rows if isinstance(row[0], date)}
    if len(days) <= NAMED:  # left to itself the axis names hours between them, each by its day
        axis["values"] = [1000 * datetime.combine(day, time(), UTC).timestamp() for day in sorted(days)]
    return {
        "field": "day",
        "type": "temporal",
        "scale": {"type": "utc", "padding": 10},
        "timeUnit": "utcyearmonthdate",
        "axis": axis,
    }


def _lines(chart: Chart, names: list[str], panel: Panel) -> list[dict[str, object]]:
    mark: dict[str, object] = {"type": "line", "point": True, "strokeWidth": 2}
    if chart.kind == "steps":
        mark["interpolate"] = "step-after"
    several = len(names) > 1
    encoding: dict[str, object] = {
        "x": _day(panel),
        "y": {
            "field": "value",
            "type": "quantitative",
            "scale": {
                "zero": False,
                "nice": True,
                **({"domain": {"unionWith": list(chart.span)}} if chart.span else {}),
            },
            "axis": {"title": chart.y, "tickCount": 5},
        },
        "color": {"field": "what", "type": "nominal", "scale": {"domain": names, "range": [FIRST, SECOND]}},
    }
    for channel, values in (("strokeDash", [[1, 0], [5, 4]]), ("shape", ["circle", "triangle-up"])):
        encoding[channel] = {
            "field": "what",
            "type": "nominal",
            "scale": {"domain": names, "range": values[: len(names)]},
        }
    if not several:
        encoding["color"] = {"value": FIRST}
        del encoding["strokeDash"], encoding["shape"]
    return [{"mark": mark, "encoding": encoding}]


def _bars(y: str, panel: Panel) -> list[dict[str, object]]:
    most = max((value for row in panel.rows if isinstance(value := row[1], int | float)), default=1)
    ticks = max(1, min(5, int(most)))  # few things are counted in whole numbers
    encoding = {
        "x": _day(panel),
        "y": {"field": "value", "type": "quantitative", "axis": {"title": y, "tickCount": ticks, "tickMinStep": 1}},
        "color": {"value": FIRST},
    }
    days = [row[0].toordinal() for row in panel.rows if isinstance(row[0], date)]
    apart = min((later - earlier for earlier, later in pairwise(days)), default=1)
    slots = (days[-1] - days[0]) / max(1, apart) + 1 if days else 1
    return [{"mark": {"type": "bar", "size": min(28, max(2, 0.7 * WIDTH / slots))}, "encoding": encoding}]


def _rungs(ladder: tuple[str, ...], panel: Panel) -> list[dict[str, object]]:
    y = {"field": "rung", "type": "ordinal", "sort": list(reversed(ladder)), "axis": {"title": None, "grid": True}}
    scale = {"domain": ["clean", "missed reps", "pain"]}
    encoding = {
        "x": _day(panel),
        "y": {**y, "scale": {"domain": list(reversed(ladder))}},
        "color": {"field": "outcome", "type": "nominal", "scale": {**scale, "range": [FIRST, SECOND, BAD]}},
        "shape": {
            "field": "outcome",
            "type": "nominal",
            "scale": {**scale, "range": ["circle", "triangle-up", "cross"]},
        },
    }
    line = {
        "mark": {"type": "line", "interpolate": "step-after", "color": GRID},
        "encoding": {"x": _day(panel), "y": encoding["y"]},
    }
    return [line, {"mark": {"type": "point", "filled": True, "size": 70, "opacity": 1}, "encoding": encoding}]
