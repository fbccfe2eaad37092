"""Draws the pictures of the README from a real rehearsal: ``python docs/pictures.py``."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from voicecoach.app.graph import as_svg, graph_of
from voicecoach.app.homes import Homes
from voicecoach.app.keyboard import keys_line
from voicecoach.app.rehearsal import Order, rehearse
from voicecoach.app.screen import LiveScreen
from voicecoach.app.story import Line
from voicecoach.app.training import library_of
from voicecoach.coach.commands import Kind, Say, Show
from voicecoach.coach.events import Heard
from voicecoach.words.meaning import Meaning

HERE = Path(__file__).parent
NOW = 62.0
"""Session second of the picture: in the middle of the first set."""


def main() -> None:
    """Draw both pictures."""
    draw_screen()
    (HERE / "flow.svg").write_text(as_svg(graph_of("standard", library_of(Homes.find()))), encoding="utf-8")


def draw_screen() -> None:
    """Draw the screen as it stands in the middle of a set, after "too easy"."""
    story = (Line(30, "start"), Line(58, "too easy"))
    rehearsed = rehearse(Order("wall-tap", story=story), Homes.find())
    flow = rehearsed.training.flow
    console = Console(record=True, width=80, file=io.StringIO(), force_terminal=True)
    screen = LiveScreen(Console(file=io.StringIO()), keys_line(flow.commands), lambda: NOW)
    screen.close()
    rep = 0
    for line in rehearsed.transcript.sorted():
        t = float(str(line["t"]))
        if t > NOW:
            break
        if "say" in line:
            kind = Kind[str(line["kind"]).upper()]
            rep += kind is Kind.COUNT
            screen.said(Say(0, str(line["say"]), kind, t, 1.0))
        elif isinstance(heard := line.get("heard"), dict):
            screen.heard(Heard(t, str(heard["phrase"]), Meaning(command=heard["command"])))
        elif "state" in line:
            state = str(line["state"])
    screen.show(Show(state, "wall tap", 1, 3, rep, 15))
    console.print(screen.picture())
    picture = re.sub(r"@font-face \{.*?\}\s*", "", console.export_svg(title="voicecoach run"), flags=re.DOTALL)
    (HERE / "screen.svg").write_text(picture, encoding="utf-8")  # without fonts that a reader would have to fetch


if __name__ == "__main__":
    main()
