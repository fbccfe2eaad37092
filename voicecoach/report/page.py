"""Panels become one HTML file that needs no network, and one picture: light, dark, printed, or read aloud."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape
from importlib import resources

from voicecoach.journal.session import Session
from voicecoach.report.charts import PLAIN, Painter
from voicecoach.report.panels import Ladder, panels, totals
from voicecoach.report.tables import Panel, text

NOTHING = "Nothing yet. The first session fills this page."
"""On a page without a panel, where there was no session at all."""

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Even if a text were to smuggle in a script or an address, the browser would neither run nor fetch it."""

_GAP, _TITLE, _CHART_WIDTH, _CHART_HEIGHT = 24, 34, 470, 270
"""Pixels of the picture: between charts, for a chart's title, and for a chart with its axes."""


def page(
    sessions: Sequence[Session],
    today: date,
    painter: Painter | None,
    ladder: Ladder | None = None,
    nothing: str = NOTHING,
) -> str:
    """The report as HTML; without a painter the tables alone, and ``nothing`` where there is none of those either."""
    shown = panels(sessions, ladder)
    figures = "".join(
        f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in totals(sessions).items()
    )
    sections = "\n".join(_section(panel, index, painter) for index, panel in enumerate(shown))
    style = resources.files("voicecoach.report").joinpath("report.css").read_text(encoding="utf-8")
    empty = "" if shown else f"<p>{escape(nothing)}</p>"
    return f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="{_POLICY}">
<meta name="referrer" content="no-referrer">
<title>Training report, {escape(text(today))}</title>
<style>
{style}</style>
</head>
<body>
<header>
<h1>Training report</h1>
<p class="soft">{escape(text(today))}</p>
<dl class="totals">{figures}</dl>
</header>
{empty}<main>
{sections}
</main>
<footer>Made by voicecoach from the journal on this computer. For information only, never medical advice.</footer>
</body>
</html>
"""


def picture(sessions: Sequence[Session], today: date, painter: Painter, ladder: Ladder | None = None) -> bytes:
    """The charts of the report as one PNG on white, for a message."""
    drawn = [panel for panel in panels(sessions, ladder) if panel.chart is not None]
    columns = 1 if len(drawn) < 2 else 2  # noqa: PLR2004 - two need two columns
    cell_width, cell_height = _CHART_WIDTH + _GAP, _TITLE + _CHART_HEIGHT + _GAP
    width = columns * cell_width + _GAP
    head = 100
    height = head + -(-len(drawn) // columns) * cell_height
    facts = " · ".join(f"{name} {value}" for name, value in totals(sessions).items())
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}">',
        f'<rect width="{width}" height="{height}" fill="white"/>',
        _words(_GAP, 44, 24, f"Training report, {text(today)}"),
        _words(_GAP, 72, 14, facts),
    ]
    for index, panel in enumerate(drawn):
        x, y = _GAP + index % columns * cell_width, head + index // columns * cell_height
        parts.append(
            _words(x, y + 16, 16, panel.title)
            + f'<g transform="translate({x},{y + _TITLE})">{painter.svg(panel, PLAIN, f"p{index}-")}</g>'
        )
    return painter.png("".join([*parts, "</svg>"]))


def _words(x: int, y: int, size: int, words: str) -> str:
    return f'<text x="{x}" y="{y}" font-family="sans-serif" font-size="{size}" fill="#222">{escape(words)}</text>'


def _section(panel: Panel, index: int, painter: Painter | None) -> str:
    mark = f"panel-{index}"
    wide = "" if panel.chart else ' class="wide"'
    table = _table(panel)
    if panel.chart is not None and painter is not None:
        svg = painter.svg(panel, prefix=f"c{index}-")
        label = escape(panel.summary(), quote=True)
        svg = svg.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1)
        table = f"<figure>{svg}</figure>\n<details><summary>The same as a table</summary>{table}</details>"
    return f"""<section{wide} aria-labelledby="{mark}">
<h2 id="{mark}">{escape(panel.title)}</h2>
<p class="soft">{escape(panel.note)}</p>
{table}
</section>"""


def _table(panel: Panel) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in panel.columns)
    rows = "\n".join(
        f'<tr><th scope="row">{escape(text(row[0]))}</th>'
        + "".join(f"<td>{escape(text(cell))}</td>" for cell in row[1:])
        + "</tr>"
        for row in panel.rows
    )
    return f"""<div class="scroll"><table><caption>{escape(panel.title)}</caption>
<thead><tr>{head}</tr></thead>
<tbody>
{rows}
</tbody></table></div>"""
