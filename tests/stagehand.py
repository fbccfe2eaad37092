"""Drives the real coach on a virtual clock in tests: events in, everything that came out by time."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from voicecoach.app.training import Training, prepare
from voicecoach.coach.coach import Coach
from voicecoach.coach.commands import Command, End, Forget, Hush, Listen, Log, Say, Show, Tone, Unsay, Volume, Wake
from voicecoach.coach.events import Began, Event, Heard, Woke
from voicecoach.drills.library import Library
from voicecoach.speaking.silent import estimate_seconds
from voicecoach.words.meaning import Meaning
from voicecoach.words.quantities import understand

SCRIPTS = Path(__file__).parent.parent / "scripts"
TODAY = date(2026, 1, 5)


def training(script: str = "hip hinge", folder: Path = SCRIPTS, sessions=()) -> Training:
    """A shipped script, planned for its first day."""
    return prepare(script, Library([folder]), sessions, TODAY)


@dataclass
class Stagehand:
    """A coach, its timers, and all that it has asked for."""

    training: Training
    now: float = 0.0
    steps: list[tuple[Event, list[Command]]] = field(default_factory=list)
    timers: dict[str, float] = field(default_factory=dict)
    says: dict[int, Say] = field(default_factory=dict)
    """What was or will be heard; lines that were taken back or hushed before they began are not here."""
    cut: dict[int, float] = field(default_factory=dict)
    logs: list[Log] = field(default_factory=list)
    ended: str = ""
    volume: float = 0.0
    """dB, as the mouth was last told."""
    listen: Listen | None = None
    show: Show | None = None

    def __post_init__(self) -> None:
        self.coach = Coach(self.training.plan, self.training.flow, estimate_seconds)

    def begin(self) -> Stagehand:
        """The session starts."""
        self.handle(Began(self.now))
        return self

    def wait(self, seconds: float) -> Stagehand:
        """Let time pass."""
        until = self.now + seconds
        while self.timers and not self.ended:
            at, name = min((at, name) for name, at in self.timers.items())
            if at > until:
                break
            self.now = max(self.now, at)
            del self.timers[name]
            self.handle(Woke(self.now, name))
        self.now = until
        return self

    def wait_for(self, state: str, patience: float = 600.0) -> Stagehand:
        """Let time pass until the coach is in a state."""
        end = self.now + patience
        while self.coach.state != state:
            assert self.timers, f"nothing will happen any more in {self.coach.state!r}"
            assert self.now < end, f"{state!r} never came; still {self.coach.state!r}"
            self.wait(max(0.01, min(self.timers.values()) - self.now))
        return self

    def say(self, text: str) -> list[Command]:
        """The trainee says something that is understood as in this state."""
        meaning = understand(
            text,
            table=self.training.table,
            expects=self.listen.expects if self.listen else frozenset(),
            unit=self.training.unit,
            commands=self.listen.commands if self.listen else None,
        )
        return self.handle(Heard(self.now, text, meaning))

    def command(self, name: str) -> list[Command]:
        """The trainee gives a command by name, whether the state hears it or not."""
        return self.handle(Heard(self.now, name, Meaning(command=name)))

    def handle(self, event: Event) -> list[Command]:
        """Hand one event over and keep what comes of it."""
        commands = self.coach.handle(event)
        self.steps.append((event, commands))
        for command in commands:
            self._obey(event.t, command)
        return commands

    def spoken(self) -> list[str]:
        """Everything said so far or still to be said, in order."""
        return [say.text for say in sorted(self.says.values(), key=lambda say: say.at)]

    def events(self, name: str) -> list[dict[str, object]]:
        """Fields of the journal's events of a name as corrected, those that were taken back left out."""
        corrections = [log for log in self.logs if log.event == "correction"]
        taken_back = {log.corrects for log in corrections if log.fields.get("deleted")}
        found = [log for log in self.logs if log.event == name and log.ref not in taken_back]
        return [
            dict(log.fields)
            | {k: v for c in corrections if c.corrects == log.ref for k, v in c.fields.items() if k != "why"}
            for log in found
        ]

    def _obey(self, t: float, command: Command) -> None:  # noqa: C901, PLR0912 - one arm for each command
        match command:
            case Say():
                self.says[command.id] = command
            case Unsay():
                self.says.pop(command.id, None)
            case Hush():
                for say in list(self.says.values()):
                    if say.at >= t:
                        del self.says[say.id]
                    elif say.at + say.seconds > t:
                        self.cut.setdefault(say.id, t)
            case Wake():
                self.timers[command.timer] = command.at
            case Forget():
                self.timers.pop(command.timer, None)
            case Log():
                self.logs.append(command)
            case Listen():
                self.listen = command
            case Show():
                self.show = command
            case End():
                self.ended = command.how
                self.timers.clear()
            case Volume():
                self.volume = command.db
            case Tone():
                pass
