"""What one step of the coach works on: the time, the workout, the lines, and the commands that come out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from voicecoach.coach.commands import Command, End, Kind, Log, Tone
from voicecoach.coach.occasions import holds
from voicecoach.coach.plan import SessionPlan
from voicecoach.coach.speech import Speech
from voicecoach.coach.variables import fill, variables_of
from voicecoach.coach.workout import Workout
from voicecoach.drills.cue import condition_of
from voicecoach.drills.flow import Flow
from voicecoach.words.language import Language
from voicecoach.words.meaning import Meaning


@dataclass(slots=True)
class Stage:
    """Shared by the coach's groups of actions; nobody else sees it."""

    plan: SessionPlan
    """What the session is to be."""
    flow: Flow
    """Lines and states."""
    speech: Speech
    """When what is said."""
    work: Workout
    """Where the trainee is."""
    now: float = 0.0
    """Session seconds of the event being handled."""
    out: list[Command] = field(default_factory=list)
    """Commands of this step."""
    timers: dict[str, float] = field(default_factory=dict)
    """Session seconds by name of each pending wake-up."""
    meaning: Meaning = field(default_factory=Meaning)
    """What was just heard."""
    phrase: str = ""
    """Its words."""
    answer: Kind = Kind.REPLY
    """Kind of what is said in answer: SAFETY while a safety command is handled."""
    hushed: bool = False
    """This step has already asked for silence."""
    wordings: dict[str, int] = field(default_factory=dict)
    """How often each group of wordings was used, to take them in turn."""
    praised: str = ""
    """The last word of praise."""
    refs: int = 0
    """Number of the newest log event."""
    asked: int = 0
    """How often the present state has put its question."""
    heard: bool = False
    """The trainee's voice was understood in this session."""
    misheard: bool = False
    """Somebody spoke in the present state, and it was not understood."""
    well_again: bool = False
    """The trainee said so, after a red flag last time."""
    microphone_in_trouble: bool = False
    """Something is wrong with the microphone, and it was said."""
    news: dict[str, str] = field(default_factory=dict)
    """The last sentence told of a device, by its part."""
    ended: str = ""
    """How the session ended, once it has."""
    later: list[tuple[Callable[[], str | None], Kind]] = field(default_factory=list)
    """Answers that fitted no gap of the running set: said when it is over."""
    say_in_set: Callable[[Callable[[], str | None], Kind], bool] | None = None
    """Finds a gap in the running set for a text, made for the rep it is said in; None while no set is running."""

    @property
    def language(self) -> Language:
        """What is spoken."""
        return self.flow.language

    def emit(self, *commands: Command) -> None:
        """Add commands to this step."""
        self.out.extend(commands)

    def log(self, event: str, /, **fields: object) -> int:
        """Write to the journal; returns the number by which a correction can refer to it."""
        self.refs += 1
        self.emit(Log(event, fields, self.refs))
        return self.refs

    def take_back(self, ref: int | str, why: str) -> None:
        """Delete a journal event of this session by a correction."""
        self.refs += 1
        self.emit(Log("correction", {"deleted": True, "why": why}, self.refs, ref))

    def correct(self, ref: int | str, why: str, /, **fields: object) -> None:
        """Add to a journal event of this session, or put right, some of its fields."""
        self.refs += 1
        self.emit(Log("correction", {**fields, "why": why}, self.refs, ref))

    def hush(self) -> None:
        """Silence first, whatever comes next in this step; a second call in the same step does nothing."""
        if self.hushed:
            return
        self.hushed = True
        self.later.clear()
        self.emit(self.speech.hush(self.now))

    def tone(self, name: str) -> None:
        """Play a short signal now."""
        self.emit(Tone(name, self.now))

    def wake(self, timer: str, at: float) -> None:
        """Ask to be woken; the same name again replaces the time."""
        self.timers[timer] = round(at, 6)

    def forget(self, *timers: str) -> None:
        """Cancel wake-ups."""
        for timer in timers:
            self.timers.pop(timer, None)

    def due(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        """Those of some texts that can be said now: the ordinary ones, and those whose condition holds."""
        return tuple(text for text in texts if holds(condition_of(text), self.plan, self.work))

    def wording(self, group: str, texts: tuple[str, ...]) -> str | None:
        """The next of several wordings, in turn; None where there is none.

        Wordings whose condition holds go before the ordinary ones, so that "last set" is sure to be said in it.
        """
        due = self.due(texts)
        special = tuple(text for text in due if condition_of(text))
        due = special or due
        if not due:
            return None
        turns = " / ".join((group, *dict.fromkeys(condition_of(text) for text in special)))
        turn = self.wordings.get(turns, 0)
        self.wordings[turns] = turn + 1
        return due[turn % len(due)]

    def praise(self, group: str, texts: tuple[str, ...]) -> None:
        """Say the next word of praise, never the one that was said last; nothing to somebody who wants numbers."""
        if not self.work.talk:
            return
        for _ in texts:
            text = self.wording(group, texts)
            if text != self.praised:
                self.praised = text or ""
                self.say(self.filled(text), Kind.PRAISE)
                return
        self.praised = ""  # the only one there is: said every other time

    def filled(self, text: str | None, extra: Mapping[str, str] | None = None) -> str | None:
        """A text with its variables filled in; None where nothing is left to say."""
        if not text:
            return None
        return fill(text, {**variables_of(self.plan, self.work, self.now, self.language), **(extra or {})}) or None

    def say(self, text: str | None, kind: Kind | None = None) -> None:
        """Say a text after what is planned, or in a gap of the running set; nothing where there is no text."""
        self._say(lambda: text, kind)

    def tell(self, part: str, sentence: str, kind: Kind) -> None:
        """Tell news of a device: next, rather than after a whole briefing, and in place of older news of it.

        Where it is back before it could be said that it was gone, only the last is still true.
        """
        older, self.news[part] = self.news.get(part, ""), sentence
        if kind is Kind.SAFETY and self.work.clock is None:
            self.emit(*self.speech.cut_in(sentence, kind, self.now, in_place_of=older))
        else:
            self.say(sentence, kind)

    def say_line(self, name: str, kind: Kind | None = None, extra: Mapping[str, str] | None = None) -> None:
        """Say a line of the flow, or the text itself, with its variables filled in."""
        text = self.wording(name, self.flow.lines[name]) if name in self.flow.lines else name
        self._say(lambda: self.filled(text, extra), kind)

    def _say(self, make: Callable[[], str | None], kind: Kind | None) -> None:
        why = self.answer if kind is None else kind
        if self.say_in_set is not None and why is not Kind.SAFETY:
            if not self.say_in_set(make, why):
                self.later.append((make, why))
            return
        text = make()
        if text:
            self.emit(*self.speech.follow(text, why, self.now))

    def end(self, how: str) -> None:
        """End the session; only the first call counts."""
        if self.ended:
            return
        self.ended = how
        self.log("session_ended", how=how)
        self.emit(End(how))
