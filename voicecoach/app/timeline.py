"""A session as one picture: a strip for each minute with what was said, counted, heard and silenced (SVG)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

MINUTE = 60.0
WIDTH, LEFT, STRIP = 1500, 46, 82
"""Pixels: of a minute, of the margin with the minute's number, of a strip's height."""
SHORTEST = 0.0005
"""Seconds below which there is nothing to draw."""
COLOURS = {
    "safety": "#c62828", "countdown": "#6a1b9a", "count": "#1565c0", "reply": "#2e7d32", "brief": "#546e7a",
    "cue": "#ef6c00", "praise": "#00838f",
}  # fmt: skip
STATE_TINTS = ("#f5f7fa", "#eaf1f8", "#f8f2e8", "#eef7ee", "#f7ecf3")


def draw_timeline(lines: Sequence[Mapping[str, object]], title: str) -> str:
    """Draw JSON lines of a transcript, sorted by time, as an SVG document."""
    end = max((_number(line["t"]) + _number(line.get("seconds", 0)) for line in lines), default=0.0)
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
    changes = [(_number(line["t"]), str(line["state"])) for line in lines if "state" in line]
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
    x, y = _place(_number(line["t"]))
    if "say" in line:
        kind, seconds = str(line["kind"]), _number(line["seconds"])
        colour = COLOURS.get(kind, "#333")
        bars = [
            f'<rect x="{px:.1f}" y="{py + 14:.1f}" width="{max(width, 1):.1f}" height="12" fill="{colour}" rx="2"/>'
            for px, py, width in _pieces(_number(line["t"]), seconds)
        ]
        room = max(16, int(seconds * WIDTH / MINUTE / 4.6))
        text = str(line["say"])
        short = text if len(text) <= room else text[: room - 1] + "…"
        row = 44 if kind in ("count", "countdown") else 35  # counts have a row of their own
        return [*bars, f'<text x="{x:.1f}" y="{y + row:.1f}" font-size="8" fill="{colour}">{escape(short)}</text>']
    if "heard" in line and isinstance(line["heard"], dict):
        refused = "refused" in line["heard"]
        colour = "#999" if refused else "#1b5e20"
        phrase = escape(str(line["heard"]["phrase"]))
        return [f'<text x="{x:.1f}" y="{y + 56:.1f}" fill="{colour}" font-weight="bold">▲ {phrase}</text>']
    if "hush" in line:
        return [f'<text x="{x - 3:.1f}" y="{y + 24:.1f}" fill="#c62828" font-size="12">✕</text>']
    if "tone" in line:
        return [f'<text x="{x - 3:.1f}" y="{y + 67:.1f}" fill="#777">♪</text>']
    if "log" in line and isinstance(line["log"], dict) and line["log"].get("event") not in ("rep", "set_started"):
        return [f'<text x="{x:.1f}" y="{y + 67:.1f}" fill="#555">● {escape(str(line["log"].get("event")))}</text>']
    return []


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


def _number(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0
