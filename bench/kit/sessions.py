"""Real sessions with a microphone that hears a crowd, on a rehearsal's clock.

The trainee answers by the keyboard and never speaks, so that whatever is taken by voice is the crowd's doing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from kit.crowd import RATE, Crowd
from voicecoach.app.homes import Homes
from voicecoach.app.inbox import VirtualInbox
from voicecoach.app.loop import SessionLoop
from voicecoach.app.story import CooperativeTrainee
from voicecoach.app.trainee_ears import StoryEars
from voicecoach.app.training import Training, library_of, prepare
from voicecoach.coach.coach import Coach
from voicecoach.coach.commands import Command, Listen, Say, Show
from voicecoach.coach.events import Event, Heard, Interrupted
from voicecoach.hearing.assembly import build_path
from voicecoach.hearing.decision import Decision
from voicecoach.hearing.hearing_path import HearingPath
from voicecoach.hearing.model_folder import choose_model
from voicecoach.hearing.vosk_recogniser import VoskModel
from voicecoach.journal.memory import MemoryJournal, counted_ids
from voicecoach.ports import Deliver, Ears, Inbox, Mouth
from voicecoach.speaking.mouth_virtual import VirtualMouth
from voicecoach.speaking.silent import SilentVoice
from voicecoach.words.meaning import Quantity

BLOCK = 1600
"""Samples heard at a time on the rehearsal's clock: the coach reacts up to 0.1 s late."""
WEIGHT = Quantity(35.0, "lb")
"""What the trainee answers when asked for the weight."""
AFTERWARDS = 1.5
"""Seconds after a false command in which what the coach does is taken down."""
LATE = 20.0
"""Seconds after which the next session begins, along the crowd."""
FIRST_DAY = datetime(2026, 1, 5, 7, 30, tzinfo=UTC)


@dataclass(slots=True)
class Taken:
    """A command that nobody gave."""

    at: float
    """Seconds from the beginning of the crowd."""
    phrase: str
    """What the recogniser made of it."""
    command: str | None
    """What it was taken for; None for a quantity."""
    safety: bool
    """Whether it is one that ends or holds a set at once."""
    rule: str
    """The rule that took it."""
    why: str
    """Its reason, with figures."""
    state: str
    """What the coach was at."""
    then: str = ""
    """What it did: the state it went to and the first thing it said."""


@dataclass(slots=True)
class Trained:
    """What came of a session; an observer of its loop."""

    began: float
    """Seconds from the beginning of the crowd."""
    commands: dict[str, bool] = field(default_factory=dict)
    """Every command of the flow, and whether it is a safety one."""
    seconds: float = 0.0
    """How long it lasted."""
    states: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    """Seconds in each state."""
    reps: int = 0
    """Reps counted."""
    ducked: float = 0.0
    """Seconds in which the coach's voice was lowered because somebody spoke."""
    taken: list[Taken] = field(default_factory=list)
    """False commands."""
    _state: tuple[str, float] = ("", 0.0)
    _ducked: float | None = None
    _decision: Decision | None = None
    _open: float = -1e9

    def explain(self, decision: Decision) -> None:
        """The decision that the next event comes from."""
        if decision.verdict == "accept":
            self._decision = decision

    def duck(self, on: bool, now: float) -> None:
        """The voice is lowered, or brought back."""
        if on and self._ducked is None:
            self._ducked = now
        elif not on and self._ducked is not None:
            self.ducked += now - self._ducked
            self._ducked = None

    def event(self, event: Event) -> None:
        """Something happened; a command by voice is a false one."""
        self.seconds = max(self.seconds, event.t)
        decision = self._decision
        if not isinstance(event, Heard) or event.by != "voice" or decision is None:
            return
        command = event.meaning.command
        safety = self.commands.get(command or "", False)
        one = Taken(self.began + event.t, event.phrase, command, safety, decision.rule, decision.reason, self._state[0])
        self.taken.append(one)
        self._decision, self._open = None, event.t

    def command(self, t: float, command: Command) -> None:
        """The coach does something."""
        self.seconds = max(self.seconds, t)
        follows = self.taken and t - self._open <= AFTERWARDS
        if isinstance(command, Show) and command.state != self._state[0]:
            self.states[self._state[0]] += t - self._state[1]
            self._state = (command.state, t)
            if follows:
                self.taken[-1].then += f"[{command.state}] "
        elif isinstance(command, Say) and follows and '"' not in self.taken[-1].then:
            self.taken[-1].then += f'"{command.text}" '

    def logged(self, t: float, record: dict[str, object]) -> None:
        """A rep that was counted."""
        self.seconds = max(self.seconds, t)
        self.reps += record.get("event") == "rep"

    def over(self) -> None:
        """The session has ended."""
        self.states[self._state[0]] += self.seconds - self._state[1]


class CrowdEars:
    """``Ears`` that hear the crowd from a time on, block by block, on a virtual clock."""

    def __init__(
        self, path: HearingPath, crowd: Crowd, began: float, inbox: VirtualInbox, now: Callable[[], float]
    ) -> None:
        self._path, self._crowd, self._began, self._inbox, self._now = path, crowd, began, inbox, now
        self._deliver: Deliver = lambda _: None
        self._number = 0
        self._closed = False

    def start(self, deliver: Deliver) -> None:
        """Hear the first block as soon as its time has passed."""
        self._deliver = deliver
        self._inbox.at(BLOCK / RATE, self._hear)

    def listen(self, listen: Listen) -> None:
        """What the present state hears."""
        self._path.listen(listen)

    def close(self) -> None:
        """Hear nothing more."""
        self._closed = True

    def _hear(self) -> None:
        first = round(self._began * RATE) + self._number * BLOCK
        block = self._crowd.sound[first : first + BLOCK]
        if self._closed or len(block) < BLOCK:
            self._inbox.put(Interrupted(self._now()))
            return
        for outcome in self._path.hear(block, self._number * BLOCK / RATE):
            self._deliver(outcome)
        self._number += 1
        self._inbox.at((self._number + 1) * BLOCK / RATE, self._hear)


def hold_rehearsed(script: str, homes: Homes, crowd: Crowd) -> list[Trained]:
    """Sessions of a script along a crowd, on a virtual clock, each as if it were somebody's first."""
    model = VoskModel(choose_model(None, homes.models))
    done: list[Trained] = []
    at = 0.0
    while at < crowd.seconds - LATE:
        training = prepare(script, library_of(homes), (), FIRST_DAY.date(), FIRST_DAY)
        trained = observer_of(training, at)
        mouth = VirtualMouth(SilentVoice())
        inbox = VirtualInbox(mouth.advance, mouth.now)
        path = build_path(
            model,
            training.table,
            unit=training.unit,
            playing=mouth.playing,
            on_speech=ducking(mouth, trained),
            explain=trained.explain,
        )
        ears = CrowdEars(path, crowd, at, inbox, mouth.now)
        keys = StoryEars(training.table, training.unit, mouth.now)
        hold_session(training, mouth, inbox, [ears, keys], trained, inbox.at, keys)
        mouth.close()
        done.append(trained)
        at += trained.seconds + 1.0
    return done


def observer_of(training: Training, began: float) -> Trained:
    """An observer for a session that begins so many seconds into the crowd."""
    return Trained(began, {name: command.safety for name, command in training.flow.commands.items()})


def ducking(mouth: Mouth, trained: Trained) -> Callable[[bool], None]:
    """What lowers the voice while somebody speaks, and takes it down."""

    def duck(on: bool) -> None:
        mouth.duck(on)
        trained.duck(on, mouth.now())

    return duck


def hold_session(
    training: Training,
    mouth: Mouth,
    inbox: Inbox,
    ears: Sequence[Ears],
    trained: Trained,
    at: Callable[[float, Callable[[], None]], None],
    keys: StoryEars,
) -> None:
    """One session, from the first word to the last, with a cooperative trainee at the keyboard."""
    trainee = CooperativeTrainee(at, keys.speak, training.table, WEIGHT)
    journal = MemoryJournal(lambda: FIRST_DAY + timedelta(seconds=mouth.now()), counted_ids("bench"), session="bench")
    coach = Coach(training.plan, training.flow, mouth.seconds_of)
    SessionLoop(coach, mouth, inbox, journal, Unseen(), ears, [trained, trainee]).run()
    trained.over()


class Unseen:
    """A screen nobody looks at."""

    def show(self, _: object) -> None:
        """Not shown."""

    said = heard = note = show

    def close(self) -> None:
        """Nothing to put back."""
