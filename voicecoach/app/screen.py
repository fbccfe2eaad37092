"""What the trainee can look at: a large live picture on a terminal, plain lines anywhere else."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, TextIO

from voicecoach.coach.commands import Kind, Say, Show
from voicecoach.coach.events import Heard, NotUnderstood

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.text import Text

FIGURES: Mapping[str, tuple[str, ...]] = {
    "0": ("█▀▀█", "█  █", "█  █", "█▄▄█"),
    "1": (" ▄█ ", "  █ ", "  █ ", " ▄█▄"),
    "2": ("▀▀▀█", "   █", "█▀▀▀", "█▄▄▄"),
    "3": ("▀▀▀█", " ▀▀█", "   █", "▄▄▄█"),
    "4": ("█  █", "█  █", "▀▀▀█", "   █"),
    "5": ("█▀▀▀", "▀▀▀█", "   █", "▄▄▄█"),
    "6": ("█▀▀▀", "█▀▀█", "█  █", "█▄▄█"),
    "7": ("▀▀▀█", "   █", "  █ ", "  █ "),
    "8": ("█▀▀█", "█▀▀█", "█  █", "█▄▄█"),
    "9": ("█▀▀█", "█▄▄█", "   █", "▄▄▄█"),
    "/": ("   █", "  █ ", " █  ", "█   "),
    ":": ("    ", " ▀  ", " ▄  ", "    "),
    " ": ("    ", "    ", "    ", "    "),
}
"""Large figures, four rows high."""


def large(text: str) -> str:
    """Digits, ``/`` and ``:`` as large figures, four lines."""
    rows = (" ".join(FIGURES.get(letter, FIGURES[" "])[row] for letter in text) for row in range(4))
    return "\n".join(rows).replace(" ", "\N{NO-BREAK SPACE}")  # plain ones are trimmed when the figures are centred


class PlainScreen:
    """One line for each thing that happens; for pipes, logs and people who like lines."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._state = ""

    def show(self, show: Show) -> None:
        """The state, when it changes."""
        if show.state != self._state:
            self._state = show.state
            where = f" {show.drill}, set {show.set} of {show.sets}" if show.drill else ""
            self._print(f"[{show.state}]{where}")

    def said(self, say: Say) -> None:
        """What the coach says."""
        self._print(f"coach: {say.text}")

    def heard(self, heard: Heard | NotUnderstood) -> None:
        """What was heard, or that it was not understood."""
        if isinstance(heard, Heard):
            self._print(f"you: {heard.phrase}")
        elif heard.phrase:
            self._print(f"you: ({heard.phrase}: not understood)")

    def note(self, text: str) -> None:
        """A sentence that is not speech."""
        self._print(text)

    def typing(self, text: str) -> None:
        """Typed so far; a plain screen waits for the whole line."""

    def close(self) -> None:
        """Nothing to put back."""

    def _print(self, text: str) -> None:
        print(text, file=self._stream, flush=True)


class LiveScreen:
    """State, set and rep in large figures, what was heard and what was said last, in place on a terminal."""

    def __init__(self, console: Console, keys: str, now: Callable[[], float]) -> None:
        from rich.live import Live  # noqa: PLC0415 - only where there is a terminal

        self._keys = keys
        self._now = now
        self._show = Show("")
        self._said: list[str] = []
        self._heard = ""
        self._note = ""
        self._typed = ""
        self._live = Live(console=console, get_renderable=self.picture, refresh_per_second=8, transient=True)
        self._live.start()

    def show(self, show: Show) -> None:
        """The state changed."""
        self._show = show

    def said(self, say: Say) -> None:
        """Something will be said; counts are shown by the figures."""
        if say.kind not in (Kind.COUNT, Kind.COUNTDOWN):
            self._said = [*self._said[-2:], say.text]

    def heard(self, heard: Heard | NotUnderstood) -> None:
        """Something was heard."""
        if isinstance(heard, Heard):
            self._heard, self._typed = f"“{heard.phrase}”", ""
        elif heard.phrase:
            self._heard = f"“{heard.phrase}”? not understood"

    def note(self, text: str) -> None:
        """A sentence that is not speech."""
        self._note = text

    def typing(self, text: str) -> None:
        """Typed so far."""
        self._typed = text

    def close(self) -> None:
        """Leave the terminal as it was."""
        self._live.stop()

    def picture(self) -> RenderableType:
        """The whole screen."""
        from rich.align import Align  # noqa: PLC0415
        from rich.console import Group  # noqa: PLC0415
        from rich.panel import Panel  # noqa: PLC0415
        from rich.text import Text  # noqa: PLC0415

        show = self._show
        title = f"{show.drill}" + (f" · set {show.set} of {show.sets}" if show.sets else "")
        weight = f" · {show.weight}" if show.weight else ""
        body: list[RenderableType] = [
            Align.center(Text(f"{show.state}{weight}", style="bold cyan")),
            Align.center(self._figures()),
            Text(""),
            *[Text(f"coach  {text}", style="bold" if i == 0 else "dim") for i, text in enumerate(reversed(self._said))],
            Text(f"you    {self._heard}", style="green"),
        ]
        if self._typed:
            body.append(Text(f"typed  {self._typed}_", style="yellow"))
        if self._note:
            body.append(Text(self._note, style="red"))
        body.append(Text(self._keys, style="dim"))
        return Panel(Group(*body), title=title, border_style="cyan", width=78)

    def _figures(self) -> Text:
        """The rep, or what is left of a rest, in large figures."""
        from rich.text import Text  # noqa: PLC0415

        show = self._show
        if show.until is not None:
            minutes, seconds = divmod(max(0, round(show.until - self._now())), 60)
            return Text(large(f"{minutes}:{seconds:02d}"), style="magenta")
        return Text(large(f"{show.rep}/{show.reps}") if show.reps else "", style="bold")
