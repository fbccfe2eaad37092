"""The trainee of a rehearsal: a story read from a file, or a cooperative person who does what the coach says."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from voicecoach.coach.commands import Command, Hush, Kind, Listen, Say, Show, Unsay
from voicecoach.coach.events import Event, Heard, NotUnderstood
from voicecoach.drills.diagnostics import quoted
from voicecoach.errors import CoachError
from voicecoach.words.meaning import NAMED_WEIGHT, Quantity
from voicecoach.words.phrases import PhraseTable

AS_MANY_AS_POSSIBLE = 14
"""Reps the cooperative trainee does where they are asked afterwards how many it were."""
OWN_REP_SECONDS = 3.0
"""Seconds the cooperative trainee takes for a rep where nobody sets the beat."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a story."""

    t: float
    """Session seconds at which the trainee begins to speak."""
    text: str
    """What they say."""


def rows_of(path: Path, hint: str) -> Iterator[tuple[int, str]]:
    """Number and text of each line of a story, without empty lines and what follows ``#``.

    Raises CoachError with the hint where the file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise CoachError(f"The story {path} cannot be read: {error.strerror}.", hint) from error
    except UnicodeDecodeError as error:
        raise CoachError(f"The story {path} is not UTF-8 text.", hint) from error
    for number, row in enumerate(text.splitlines(), 1):
        if line := row.partition("#")[0].strip():
            yield number, line


def read_story(path: Path) -> tuple[Line, ...]:
    """Read lines of ``SECONDS what the trainee says`` (12.5 or 1:30), without empty lines and what follows ``#``.

    Raises CoachError with file and line where a line does not begin with a number or the file cannot be read.
    """
    lines: list[Line] = []
    for number, row in rows_of(path, "Name a text file."):
        found = re.fullmatch(r"(?:(\d+):)?(\d+(?:\.\d+)?)\s+(.+)", row)
        if found is None:
            raise CoachError(
                f"{path}:{number}:1: a line of a story is SECONDS and what is said, not {quoted(row)}.",
                "For example: 12.5 start, or 1:30 done",
            )
        lines.append(Line(int(found[1] or 0) * 60 + float(found[2]), found[3].strip()))
    return tuple(sorted(lines, key=lambda line: line.t))


class CooperativeTrainee:
    """Does what the coach says, in the words the coach gives: "Say start when you are ready" gets a "start".

    A set that they count themselves they end with "done" and its reps. Asked for a weight they name ``weight``, or
    say yes to that of the plan where it is None; any
    other question that "yes" answers gets a "yes". Reaction times come from ``seed``.
    """

    def __init__(
        self,
        at: Callable[[float, Callable[[], None]], None],
        speak: Callable[[str], None],
        table: PhraseTable,
        weight: Quantity | None,
        seed: int = 0,
    ) -> None:
        self._at = at
        self._speak = speak
        self._table = table
        self._language = table.language
        self._tells = re.compile(
            rf"\b(?:{'|'.join(sorted(self._language.tells))}) ((?:[^\W\d_][\w']* ?)+)", re.IGNORECASE
        )
        self._weight = self._word_for("yes") if weight is None else self._language.quantity(weight)
        self._random = random.Random(seed)  # noqa: S311 - reaction times, not secrets
        self._listen = Listen("", frozenset())
        self._reps = 0
        self._lines: list[Say] = []
        self._plan: tuple[float, str] | None = None
        self._generation = 0

    def event(self, event: Event) -> None:
        """The trainee has been understood, or not; then they say it again after a moment."""
        if isinstance(event, NotUnderstood) and self._plan is not None:
            self._schedule(event.t + 1.5, self._plan[1])
        elif isinstance(event, Heard):
            self._plan = None

    def command(self, t: float, command: Command) -> None:
        """Follow what the coach says, and think of an answer to the last of it."""
        match command:
            case Listen():
                self._listen = command
                if "reps" in command.expects and self._reps:
                    self._schedule(
                        t + OWN_REP_SECONDS * self._reps,
                        f"{self._word_for('done')} {self._language.number(self._reps)}",
                    )
                self._think()
            case Show():
                self._reps = command.reps
            case Say() if command.kind < Kind.COUNT or command.kind is Kind.SAFETY:
                self._lines.append(command)
                self._think()
            case Hush():
                self._lines.clear()
                self._generation += 1
            case Unsay():
                self._lines = [line for line in self._lines if line.id != command.id]
            case _:
                pass

    def logged(self, t: float, record: dict[str, object]) -> None:
        """Nothing a trainee would notice."""

    def _think(self) -> None:
        newest = self._lines[:-4:-1]
        recent = sorted(newest, key=lambda line: not line.text.endswith("?"))  # questions first
        answer = next((a for a in map(self._answer, recent) if a), None)
        if answer is None:
            return
        end = self._lines[-1].at + self._lines[-1].seconds
        self._schedule(end + 0.8 + 0.8 * self._random.random(), answer)

    def _schedule(self, t: float, text: str) -> None:
        self._generation += 1
        self._plan = (t, text)
        mine = self._generation
        self._at(t, lambda: self._speak(text) if mine == self._generation else None)

    def _answer(self, line: Say) -> str | None:
        """What a cooperative person answers to a line; None where it asks for nothing."""
        if "reps" in self._listen.expects:
            asked = not self._reps and line.text.rstrip().endswith("?")
            return self._language.number(AS_MANY_AS_POSSIBLE) if asked else None
        if line.text.rstrip().endswith("?"):
            if {"weight", NAMED_WEIGHT} & self._listen.expects and self._language.say("weight") in line.text.lower():
                return self._weight
            if "yes" in self._listen.commands:
                return self._word_for("yes")
        for found in self._tells.finditer(line.text):
            words = found[1].lower().split()
            for length in range(len(words), 0, -1):
                phrase = " ".join(words[:length])
                if self._live(phrase):
                    return phrase
        return None

    def _word_for(self, command: str) -> str:
        """The first way of saying a command."""
        return next((phrase.text for phrase in self._table.phrases if phrase.command == command), command)

    def _live(self, phrase: str) -> bool:
        found = self._table.find(phrase)
        return found is not None and found.command in self._listen.commands
