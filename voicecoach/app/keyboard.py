"""The keyboard as ears: everything that can be said can be typed, most of it with one key."""

from __future__ import annotations

import os
import select
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import TextIO

from voicecoach.app.trainee_ears import hear_text
from voicecoach.coach.commands import Listen
from voicecoach.coach.events import Heard, Interrupted
from voicecoach.drills.flow import SpokenCommand
from voicecoach.ports import Deliver
from voicecoach.words.meaning import Meaning
from voicecoach.words.phrases import PhraseTable

ENTER, BACKSPACE, ESCAPE, CTRL_C, CTRL_D = "\r\n", "\x7f\x08", "\x1b", "\x03", "\x04"
SENTENCE = "/"
"""Begins a typed sentence."""


class Keys:
    """Turns key strokes into what was meant; knows nothing of terminals.

    A letter is a command at once; a digit begins a number, and ``/`` a sentence, that the enter key sends.
    """

    def __init__(
        self,
        commands: Mapping[str, SpokenCommand],
        table: PhraseTable,
        unit: str | None,
        now: Callable[[], float],
        typing: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._by_key = {c.key.lower(): c.name for c in commands.values() if c.key}
        self._table = table
        self._unit = unit
        self._now = now
        self._typing = typing
        self._typed = ""
        self._listen = Listen("", frozenset())
        self._deliver: Deliver = lambda _: None

    def start(self, deliver: Deliver) -> None:
        """Remember where events go."""
        self._deliver = deliver

    def listen(self, listen: Listen) -> None:
        """What the present state hears."""
        self._listen = listen

    def press(self, key: str) -> None:
        """One key stroke."""
        if key in CTRL_C:
            self._deliver(Interrupted(self._now()))
        elif self._typed:
            self._type_on(key)
        elif key in ENTER:
            self._command("enter")
        elif key.isdigit() or key == SENTENCE:
            self._typed = key
            self._typing(self._typed)
        else:
            self._command("space" if key == " " else key.lower())

    def line(self, text: str) -> None:
        """A whole line, where lines are all there is: a key, or a sentence."""
        text = text.strip()
        if text.lower() in self._by_key or not text:
            self._command(text.lower() or "enter")
        else:
            self._sentence(text)

    def _type_on(self, key: str) -> None:
        if key in ENTER:
            typed, self._typed = self._typed.removeprefix(SENTENCE), ""
            self._sentence(typed)
        elif key in BACKSPACE:
            self._typed = self._typed[:-1]
        elif key == ESCAPE:
            self._typed = ""
        elif key.isprintable():
            self._typed += key
        self._typing(self._typed)

    def _sentence(self, text: str) -> None:
        if text.strip():
            self._deliver(hear_text(text, self._table, self._listen, self._unit, self._now()))

    def _command(self, key: str) -> None:
        command = self._by_key.get(key)
        if command is not None:
            self._deliver(Heard(self._now(), command, Meaning(command=command), by="keyboard"))


class Keyboard:
    """Reads the terminal, or the lines of a pipe, in a thread of its own."""

    def __init__(self, keys: Keys, stream: TextIO | None = None) -> None:
        self._keys = keys
        self._stream = stream or sys.stdin
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._read, name="keyboard", daemon=True)

    def start(self, deliver: Deliver) -> None:
        """Begin to read."""
        self._keys.start(deliver)
        self._thread.start()

    def listen(self, listen: Listen) -> None:
        """What the present state hears."""
        self._keys.listen(listen)

    def close(self) -> None:
        """Stop reading and give the terminal back."""
        self._closing.set()
        if self._stream.isatty():
            self._thread.join(timeout=1.0)

    def _read(self) -> None:
        if not self._stream.isatty():
            for line in self._stream:
                self._keys.line(line)
        elif os.name == "nt":
            self._read_windows()
        else:
            self._read_terminal()

    def _read_terminal(self) -> None:
        fd = self._stream.fileno()
        with _single_keys(fd):
            while not self._closing.is_set():
                if select.select([fd], [], [], 0.2)[0]:
                    data = os.read(fd, 64)
                    if not data:  # the terminal is gone
                        self._keys.press(CTRL_C)
                        return
                    text = data.decode(errors="ignore")
                    if text.startswith(ESCAPE) and len(text) > 1:
                        continue  # an arrow or function key, not an escape
                    for key in text:
                        self._keys.press(CTRL_C if key == CTRL_D else key)

    def _read_windows(self) -> None:
        import msvcrt  # noqa: PLC0415 - exists there only

        while not self._closing.wait(0.05):
            while msvcrt.kbhit():  # type: ignore[attr-defined, unused-ignore]
                self._keys.press(msvcrt.getwch())  # type: ignore[attr-defined, unused-ignore]


@contextmanager
def _single_keys(fd: int) -> Iterator[None]:
    """Have the terminal hand over each key at once, and put it back afterwards; Ctrl-C still interrupts."""
    import termios  # noqa: PLC0415 - not on Windows
    import tty  # noqa: PLC0415

    before = termios.tcgetattr(fd)
    try:
        tty.setcbreak(fd, termios.TCSADRAIN)  # the default would throw away keys that are already pressed
        yield
    finally:
        termios.tcsetattr(fd, termios.TCSADRAIN, before)


def keys_line(commands: Mapping[str, SpokenCommand]) -> str:
    """The keys in one line, for the bottom of the screen."""
    return "  ".join(f"{c.key} {c.name}" for c in commands.values() if c.key) + "  0-9 number  / sentence"
