"""A session as one picture: a strip for each minute with what was said, counted, heard and silenced (SVG)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from voicecoach.app.transcript import number_in

MINUTE = 60.0
WIDTH, LEFT, STRIP = 1500, 46, 82
"""Pixels: of a minute, of the margin with the minute's number, of a strip's height."""
SHORTEST = 0.0005
"""Seconds below which there is nothing to draw."""
COLOURS = {
    "safety": "#c62828", "countdown": "#6a1b9a", "count": "#1565c0", "reply": "#2e7d32", "brief": "#546e7a",
    "cue": "#ef6c00", "praise": "#00838f",
}  # fmt: skip
WORDS, COUNTS, HEARD, LOGGED = (34, 42), (50,), 60, 71
"""Pixels from the top of a strip: the rows of words, which take turns where they are close, and those of the rest."""
LETTER, SMALLEST = 4.4, 3
"""Pixels of an average letter of a word's label; letters under which a label is left out."""
STATE_TINTS = ("#f5f7fa", "#eaf1f8", "#f8f2e8", "#eef7ee", "#f7ecf3")


def draw_timeline(lines: Sequence[Mapping[str, object]], title: str) -> str:
    """Draw JSON lines of a transcript, sorted by time, as an SVG document."""
    end = max((number_in(line["t"]) + number_in(line.get("seconds", 0)) for line in lines), default=0.0)
    strips = int(end // MINUTE) + 1
    height = 60 + strips * STRIP + 30
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH + LEFT + 10}" height="{height}" '
        f'viewBox="0 0 {WIDTH + LEFT + 10} {height}" font-family="Helvetica, Arial, sans-serif" font-size="10">'
    )
    parts = [
        head,
        '<rect width="100%" height="100%" fill="#ffffff"/>',
        f'<text x="{LEFT}" y="22" font-size="16">{escape(title)}</text>',
        _legend(),
    ]
    parts += _states(lines, end)
    for strip in range(strips):
        y = 60 + strip * STRIP
        parts.append(f'<text x="4" y="{y + 34}" fill="#555">{strip}:00</text>')
        parts += [
            f'<line x1="{LEFT + s * WIDTH / 60:.1f}" x2="{LEFT + s * WIDTH / 60:.1f}" y1="{y}" y2="{y + STRIP - 8}" '
            f'stroke="#ccc" stroke-width="{1 if s % 10 == 0 else 0.3}"/>'
            for s in range(61)
        ]
    for line in lines:
        parts += _marks(line)
    parts += _words(lines)
    parts += _logged(lines)
    parts.append("</svg>")
    return "\n".join(parts) + "\n"


def _legend() -> str:
    x, parts = LEFT, []
    for kind, colour in COLOURS.items():
        parts.append(
            f'<rect x="{x}" y="34" width="10" height="10" fill="{colour}"/><text x="{x + 14}" y="43">{kind}</text>'
        )
        x += 90
    return "".join(parts) + f'<text x="{x}" y="43">▲ trainee   ✕ silence   ● logged   ♪ tone</text>'


def _states(lines: Sequence[Mapping[str, object]], end: float) -> list[str]:
    """Tinted bands, one for each stretch in a state."""
    changes = [(number_in(line["t"]), str(line["state"])) for line in lines if "state" in line]
    names = list(dict.fromkeys(name for _, name in changes))
    parts: list[str] = []
    for i, (begins, name) in enumerate(changes):
        until = changes[i + 1][0] if i + 1 < len(changes) else end
        tint = STATE_TINTS[names.index(name) % len(STATE_TINTS)]
        for x, y, width in _pieces(begins, until - begins):
            parts.append(f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{STRIP - 8}" fill="{tint}"/>')
        x, y = _place(begins)
        parts.append(f'<text x="{x + 2:.1f}" y="{y + 9:.1f}" fill="#777">{escape(name)}</text>')
    return parts


def _marks(line: Mapping[str, object]) -> list[str]:
    x, y = _place(number_in(line["t"]))
    if "say" in line:
        kind, seconds = str(line["kind"]), number_in(line["seconds"])
        return [
            f'<rect x="{px:.1f}" y="{py + 14:.1f}" width="{max(width, 1):.1f}" height="12" '
            f'fill="{COLOURS.get(kind, "#333")}" rx="2"><title>{escape(str(line["say"]))}</title></rect>'
            for px, py, width in _pieces(number_in(line["t"]), seconds)
        ]
    if "heard" in line and isinstance(line["heard"], dict):
        refused = "refused" in line["heard"]
        colour = "#999" if refused else "#1b5e20"
        phrase = escape(str(line["heard"]["phrase"]))
        return [f'<text x="{x:.1f}" y="{y + HEARD:.1f}" fill="{colour}" font-weight="bold">▲ {phrase}</text>']
    if "hush" in line:
        return [f'<text x="{x - 3:.1f}" y="{y + 24:.1f}" fill="#c62828" font-size="12">✕</text>']
    if "tone" in line:
        return [f'<text x="{x - 3:.1f}" y="{y + LOGGED:.1f}" fill="#777">♪</text>']
    return []


def _words(lines: Sequence[Mapping[str, object]]) -> list[str]:
    """What is said, under its bar, each up to the next in its row: counts have a row, everything else takes turns."""
    rows: dict[tuple[float, int], list[tuple[float, str, str]]] = {}
    for line in lines:
        if "say" not in line:
            continue
        (x, y), kind = _place(number_in(line["t"])), str(line["kind"])
        text, room = str(line["say"]), max(16, int(number_in(line["seconds"]) * WIDTH / MINUTE / LETTER))
        mine = [(y, row) for row in (COUNTS if kind in ("count", "countdown") else WORDS)]
        free = min(mine, key=lambda place: (max(0.0, _end(rows.get(place)) - x), place))
        rows.setdefault(free, []).append((x, _shortened(text, room), COLOURS.get(kind, "#333")))
    parts: list[str] = []
    for (y, row), labels in rows.items():
        edges = [*(x for x, _, _ in labels[1:]), LEFT + WIDTH + 10.0]
        for (x, text, colour), edge in zip(labels, edges, strict=True):
            room = int((edge - x) / LETTER)
            if room >= min(SMALLEST, len(text)):
                short = escape(_shortened(text, room))
                parts.append(f'<text x="{x:.1f}" y="{y + row:.1f}" font-size="8" fill="{colour}">{short}</text>')
    return parts


def _shortened(text: str, room: int) -> str:
    """At most so many letters of a text, with a sign where the rest is left out."""
    return text if len(text) <= room else text[: room - 1] + "…"


def _end(labels: Sequence[tuple[float, str, str]] | None) -> float:
    """Where the last label of a row ends."""
    return labels[-1][0] + len(labels[-1][1]) * LETTER if labels else 0.0


def _logged(lines: Sequence[Mapping[str, object]]) -> list[str]:
    """What was written down; what was written at the same moment stands beside it."""
    parts: list[str] = []
    row, taken = 0.0, 0.0
    for line in lines:
        log = line.get("log")
        if not isinstance(log, dict) or log.get("event") in ("rep", "set_started"):
            continue
        x, y = _place(number_in(line["t"]))
        x = max(x, taken) if y == row else x
        text = f"● {log.get('event')}"
        row, taken = y, x + 6 + len(text) * 5.5
        parts.append(f'<text x="{x:.1f}" y="{y + LOGGED:.1f}" fill="#555">{escape(text)}</text>')
    return parts


def _pieces(begins: float, seconds: float) -> list[tuple[float, float, float]]:
    """A stretch of time as (x, y, width) in pixels, cut at the minutes."""
    pieces: list[tuple[float, float, float]] = []
    while seconds > SHORTEST:
        x, y = _place(begins)
        here = min(seconds, MINUTE - begins % MINUTE)
        pieces.append((x, y, here * WIDTH / MINUTE))
        begins, seconds = begins + here, seconds - here
    return pieces


def _place(t: float) -> tuple[float, float]:
    strip, second = divmod(max(t, 0.0), MINUTE)
    return LEFT + second * WIDTH / MINUTE, 60 + strip * STRIP
