"""How far something is that takes its time: a bar on a terminal, elsewhere a line now and then. Written to stderr."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self, TextIO

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class Gauge:
    """Tells sentences, and after each of them how far what it announced is; use it as a context manager.

    Elsewhere than on a terminal a line is written whenever another ``step`` of the whole is done, and none at its end.
    """

    def __init__(self, stream: TextIO | None = None, *, step: float = 0.25) -> None:
        self._stream = stream or sys.stderr
        self._step, self._next = step, step
        self._progress: Progress | None = None
        self._task: TaskID | None = None

    def __enter__(self) -> Self:
        """Draw nothing yet."""
        if self._stream.isatty():
            from rich.console import Console  # noqa: PLC0415 - only where there is a terminal
            from rich.progress import BarColumn, Progress, TextColumn  # noqa: PLC0415

            bar = (BarColumn(bar_width=30), TextColumn("{task.description}", markup=False))
            self._progress = Progress(*bar, console=Console(file=self._stream), transient=True)
            self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take the bar away."""
        if self._progress is not None:
            self._progress.stop()
            self._progress = None

    def tell(self, sentence: str) -> None:
        """Write a sentence above the bar, which begins anew with the next ``show``."""
        self._next = self._step
        if self._progress is None:
            print(sentence, file=self._stream, flush=True)
            return
        self._progress.console.print(sentence, markup=False, highlight=False)
        if self._task is not None:
            self._progress.remove_task(self._task)
            self._task = None

    def show(self, part: float, note: str) -> None:
        """``part`` of it is done, 0 to 1; ``note`` says it in figures, such as "12 s left"."""
        if self._progress is not None:
            if self._task is None:
                self._task = self._progress.add_task(note, total=1.0)
            self._progress.update(self._task, completed=part, description=note)
        elif part >= self._next:
            self._next = part - part % self._step + self._step
            if part < 1.0:
                print(note, file=self._stream, flush=True)
