"""The session loop: carries events to the coach and its commands to the rooms, in ``run`` and ``rehearse`` alike."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from voicecoach.coach.coach import Coach
from voicecoach.coach.commands import Command, End, Forget, Hush, Listen, Log, Say, Show, Tone, Unsay, Volume, Wake
from voicecoach.coach.events import Began, Event, HealthChanged, Heard, NotUnderstood, Woke
from voicecoach.errors import CoachError
from voicecoach.ports import Ears, Inbox, Journal, Mouth, Screen


class Observer(Protocol):
    """Somebody who watches a session go by: a transcript, a simulated trainee."""

    def event(self, event: Event) -> None:
        """Something happened."""

    def command(self, t: float, command: Command) -> None:
        """The coach wants something done, at session second ``t``."""

    def logged(self, t: float, record: dict[str, object]) -> None:
        """The journal has taken an event."""


class SessionLoop:
    """One session from the first word to the last."""

    def __init__(
        self,
        coach: Coach,
        mouth: Mouth,
        inbox: Inbox,
        journal: Journal,
        screen: Screen,
        ears: Sequence[Ears],
        observers: Sequence[Observer] = (),
    ) -> None:
        self._coach = coach
        self._mouth = mouth
        self._inbox = inbox
        self._journal = journal
        self._screen = screen
        self._ears = ears
        self._observers = observers
        self._timers: dict[str, float] = {}
        self._ids: dict[int, object] = {}
        self._journal_broken = False
        self._over: str | None = None
        self._last_word = 0.0
        self._to_show: dict[int, Say] = {}

    def run(self) -> str:
        """Hold the session; returns how it ended. Ears are started first, so that "stop" works from the first word."""
        for ears in self._ears:
            ears.start(self._inbox.put)
        self._handle(Began(self._mouth.now()))
        while self._over is None or self._mouth.now() < self._last_word:
            self._turn()
        return self._over

    def _turn(self) -> None:
        """Wait for the next event, the next wake-up or the next line to show, and handle it."""
        name = min(self._timers, key=lambda timer: self._timers[timer], default=None)
        due = self._last_word if self._over is not None else None if name is None else self._timers[name]
        line = min(self._to_show.values(), key=lambda say: say.at, default=None)
        until = due if line is None else line.at if due is None else min(due, line.at)
        event = self._inbox.next(until)
        if event is not None:
            self._handle(event)
        elif line is not None and line.at == until:
            self._screen.said(self._to_show.pop(line.id))
        elif name is not None and until is not None:
            del self._timers[name]
            self._handle(Woke(max(until, self._mouth.now()), name))

    def _handle(self, event: Event) -> None:
        for observer in self._observers:
            observer.event(event)
        if isinstance(event, Heard | NotUnderstood):
            self._screen.heard(event)
        if isinstance(event, HealthChanged):
            self._screen.note(event.sentence)
        for command in self._coach.handle(event):
            self._obey(event.t, command)

    def _obey(self, t: float, command: Command) -> None:  # noqa: C901, PLR0912 - one arm for each command
        for observer in self._observers:
            observer.command(t, command)
        match command:
            case Say():
                self._last_word = max(self._last_word, command.at + command.seconds)
                self._mouth.say(command)
                self._to_show[command.id] = command  # the screen shows it when it is heard
            case Unsay():
                self._mouth.unsay(command)
                self._to_show.pop(command.id, None)
            case Hush():
                self._last_word = t
                self._to_show.clear()
                self._mouth.hush(command)
            case Tone():
                self._mouth.tone(command)
            case Volume():
                self._mouth.set_volume(command)
            case Wake():
                self._timers[command.timer] = command.at
            case Forget():
                self._timers.pop(command.timer, None)
            case Log():
                self._log(t, command)
            case Listen():
                for ears in self._ears:
                    ears.listen(command)
            case Show():
                self._screen.show(command)
            case End():
                self._over = command.how
                self._timers.clear()

    def _log(self, t: float, log: Log) -> None:
        """Write an event down; when that fails the trainee is told once, and again when it works."""
        fields = dict(log.fields)
        if log.corrects is not None:
            of = log.corrects
            fields["of"] = of if isinstance(of, str) else self._ids.get(of)
        try:
            record = dict(self._journal.append(log.event, fields))
        except CoachError as error:
            record = dict(getattr(error, "record", {}))
            self._journal_broken = True
            self._inbox.put(HealthChanged(t, "journal", ok=False, sentence=str(error)))
        if self._journal_broken and not self._journal.waiting:
            self._journal_broken = False
            self._inbox.put(HealthChanged(t, "journal", ok=True, sentence="The log is being written again."))
        self._ids[log.ref] = record.get("id")
        for observer in self._observers:
            observer.logged(t, record)
