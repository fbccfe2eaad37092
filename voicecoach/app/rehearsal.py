"""A session rehearsed: the real coach on a virtual clock, with a story or a cooperative trainee."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from voicecoach.app.equipment import trainee_of
from voicecoach.app.homes import Homes
from voicecoach.app.inbox import VirtualInbox
from voicecoach.app.loop import Observer, SessionLoop
from voicecoach.app.settings import Settings
from voicecoach.app.story import Line
from voicecoach.app.story_trainee import TraineeOfAStory
from voicecoach.app.texts import texts_of
from voicecoach.app.trainee_ears import HEARING_RATE, TRAINEE_GAIN, SpokenEars, StoryEars
from voicecoach.app.training import Training, library_of, prepare
from voicecoach.app.transcript import Transcript
from voicecoach.app.weeks_story import Moment
from voicecoach.coach.coach import Coach
from voicecoach.coach.commands import Command, Kind, Say, Show
from voicecoach.coach.events import Event, Heard, Interrupted
from voicecoach.coach.plan import SessionPlan
from voicecoach.errors import CoachError
from voicecoach.journal.file import JournalFile, refuse_foreign
from voicecoach.journal.fold import fold
from voicecoach.journal.memory import MemoryJournal, counted_ids
from voicecoach.journal.records import read
from voicecoach.journal.session import Session
from voicecoach.speaking.diction import Diction
from voicecoach.speaking.mouth_virtual import VirtualMouth
from voicecoach.speaking.silent import DEFAULT_RATE, SilentVoice
from voicecoach.words.meaning import Quantity

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from voicecoach.speaking.speaker import Speaker

    Samples16 = npt.NDArray[np.int16]

FIRST_DAY = date(2026, 1, 5)
"""The day of a rehearsal that no journal and no ``--today`` dates: always the same, so that its bytes are."""
DAYS_BETWEEN = 2
"""Days after the last session of ``--journal`` on which the next rehearsal takes place."""
START_OF_DAY = time(7, 30)
"""The time of day at which a rehearsal starts."""
BREAK = timedelta(minutes=5)
"""Between two rehearsals of one day."""
FULL_SCALE = 32768.0
"""What a 16-bit sample of full loudness is divided by."""
FIRST_WEIGHT = Quantity(35.0, "lb")
"""What the cooperative trainee owns."""
PATIENCE = 180.0
"""Seconds without a count, a rest or a word from the trainee after which a rehearsal is broken off."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be rehearsed."""

    script: str
    """Name or path of a programme or drill."""
    story: tuple[Line, ...] | None = None
    """What the trainee says; None has a cooperative trainee simulated."""
    seed: int = 0
    """Of the trainee's reaction times."""
    today: date | None = None
    """The day; None takes the one after the journal's last session, or a fixed one."""
    journal: Path | None = None
    """Goes on from this journal and writes to it; None uses one that is thrown away."""
    wav: Path | None = None
    """Where to write the sound; None makes none."""
    ears: Literal["text", "vosk"] = "text"
    """Whether the trainee's words are told, or spoken by a voice into the recogniser."""
    moments: tuple[Moment, ...] = ()
    """What the cooperative trainee says in sets, beside what the coach asks for."""
    answers: Mapping[str, str] = field(default_factory=dict)
    """By state: what the cooperative trainee answers there in place of what the coach asks for."""


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What came of it."""

    transcript: Transcript
    """Everything that happened."""
    how: str
    """How the session ended."""
    training: Training
    """What was planned."""
    sessions: tuple[Session, ...]
    """The journal's sessions before this one."""
    unsaid: tuple[str, ...] = ()
    """Moments and answers of the order that never came."""
    voice: str = ""
    """What the voice had trouble with, one sentence; empty where it had none, or was not asked."""


def rehearse(order: Order, homes: Homes, watching: Sequence[Observer] = ()) -> Rehearsed:
    """Hold a session on a virtual clock, as fast as the machine can; the trainee's own journal is never touched.

    Whoever is ``watching`` sees what happens, as it happens. Raises CoachError for a journal that is none, before
    anything is written.
    """
    if order.journal is not None:
        refuse_foreign(order.journal)
    records = read(order.journal).records if order.journal and order.journal.exists() else []
    sessions = fold(records)
    start = _start(order.today, sessions)
    settings = Settings.read(homes.config)
    who = trainee_of(settings)
    own = settings.own_volume
    training = prepare(order.script, library_of(homes), sessions, start.date(), start, trainee=who, volume=own)
    training = training.with_sound_check(wanted=settings.sound_check)
    voice = _voice(order, homes, settings, training)
    mouth = VirtualMouth(voice, recording=order.wav)
    inbox = VirtualInbox(mouth.advance, mouth.now)

    def clock() -> datetime:
        return start + timedelta(seconds=round(mouth.now(), 3))

    name = f"rehearsal-{start:%Y%m%d}-{len({record['session'] for record in records}) + 1}"
    journal: MemoryJournal | JournalFile = (
        JournalFile(order.journal, clock, counted_ids(name), session=name)
        if order.journal
        else MemoryJournal(clock, counted_ids(name), session=name)
    )
    transcript = Transcript()
    ears = _ears(order, homes, settings, training, mouth, inbox)
    observers: list[Observer] = [transcript, *watching, _Patience(inbox, mouth.now)]
    trainee = None
    if order.story is None:
        trainee = TraineeOfAStory(inbox.at, ears.speak, training.table, _weight(training.plan), order.seed)
        trainee.follow(order.moments, order.answers)
        observers.append(trainee)
    else:
        for line in order.story:
            inbox.at(line.t, _say(ears.speak, line.text))
    coach = Coach(training.plan, training.flow, mouth.seconds_of)
    try:
        how = SessionLoop(coach, mouth, inbox, journal, _NoScreen(), [ears], observers).run()
    finally:
        ears.close()
        mouth.close()
        journal.close()
        voice.close()
    unsaid = trainee.unsaid() if trainee is not None else ()
    return Rehearsed(transcript, how, training, sessions, unsaid, voice.trouble or voice.stands_in)


def _weight(plan: SessionPlan) -> Quantity | None:
    """What the cooperative trainee answers when asked for the weight; None for that of the plan."""
    loads = [planned.drill.load for planned in plan.drills if planned.drill.load is not None]
    known = any(planned.last_weight is not None for planned in plan.drills)
    value, unit = FIRST_WEIGHT.value, FIRST_WEIGHT.unit
    fits = all(load.step.unit == unit and load.low <= value <= load.high for load in loads)
    fits = fits and all(p.steps is None or p.steps.within(value) == value for p in plan.drills)
    return FIRST_WEIGHT if fits and not known else None


def _say(speak: Callable[[str], None], text: str) -> Callable[[], None]:
    return lambda: speak(text)


def _start(today: date | None, sessions: tuple[Session, ...]) -> datetime:
    """In the morning, but always after the last session. Raises CoachError where the calendar ends before."""
    try:
        if today is None:
            today = sessions[-1].day + timedelta(days=DAYS_BETWEEN) if sessions else FIRST_DAY
        morning = datetime.combine(today, START_OF_DAY, UTC)
        again = sessions[-1].last + BREAK if sessions and sessions[-1].last.date() == today else morning
        return max(morning, again)
    except OverflowError:
        what = f"The last session of the journal is of {sessions[-1].day}, and the calendar ends before the next."
        raise CoachError(what, "Name a day with --today; a wrong date can be put right in the journal.") from None


def _voice(order: Order, homes: Homes, settings: Settings, training: Training) -> Speaker:
    """The real voice where sound is wanted; otherwise estimated lengths, which are the same on every machine."""
    if order.wav is None and order.ears == "text":
        return Diction(SilentVoice(training.manner.rate or DEFAULT_RATE), training.manner.say_as)
    from voicecoach.app.voice import coach_voice  # noqa: PLC0415 - starts an engine

    voice = coach_voice(homes, settings, manner=training.manner)
    voice.prepare(texts_of(training.plan, training.flow))
    return voice


def _ears(
    order: Order, homes: Homes, settings: Settings, training: Training, mouth: VirtualMouth, inbox: VirtualInbox
) -> StoryEars | SpokenEars:
    if order.ears == "text":
        return StoryEars(training.table, training.unit, mouth.now)
    import numpy as np  # noqa: PLC0415 - only where there is sound

    from voicecoach.app.listening import hearing_path, no_ear_for  # noqa: PLC0415 - loads the recogniser
    from voicecoach.app.models import model_in_use  # noqa: PLC0415
    from voicecoach.app.voice import trainee_voice  # noqa: PLC0415
    from voicecoach.hearing.replay import UtteranceEar  # noqa: PLC0415
    from voicecoach.hearing.vosk_recogniser import VoskModel  # noqa: PLC0415
    from voicecoach.speaking.clip import CLIP_RATE, resample, to_int16  # noqa: PLC0415

    language = training.flow.language
    folder = model_in_use(homes, settings, language.code)
    if folder.language != language.code:
        raise CoachError(no_ear_for(language), "Rehearse with --ears text.")
    ear = UtteranceEar(hearing_path(VoskModel(folder), training, mouth.playing))
    speaker = trainee_voice(homes, language)

    def render(text: str) -> Samples16:
        return to_int16(resample(speaker.clip(text).samples, CLIP_RATE, HEARING_RATE))

    def record(samples: Samples16, at: float) -> None:
        mouth.add(samples.astype(np.float32) / np.float32(FULL_SCALE), at, TRAINEE_GAIN, rate=HEARING_RATE)

    return SpokenEars(ear, render, mouth.now, inbox.at, record, speaker.close)


class _Patience:
    """Breaks a rehearsal off in which nothing happens any more, as when a story has come to its end."""

    def __init__(self, inbox: VirtualInbox, now: Callable[[], float]) -> None:
        self._inbox = inbox
        self._now = now
        self._until = PATIENCE
        inbox.at(PATIENCE, self._check)

    def event(self, event: Event) -> None:
        """A word from the trainee shows that they are still there."""
        if isinstance(event, Heard):
            self._until = event.t + PATIENCE

    def command(self, t: float, command: Command) -> None:
        """So does a set or a rest."""
        if isinstance(command, Say) and command.kind in (Kind.COUNT, Kind.COUNTDOWN):
            self._until = max(self._until, command.at + PATIENCE)
        elif isinstance(command, Show) and command.until is not None:
            self._until = max(self._until, command.until + PATIENCE, t)

    def logged(self, t: float, record: dict[str, object]) -> None:
        """Nothing of interest."""

    def _check(self) -> None:
        if self._now() >= self._until:
            self._inbox.put(Interrupted(self._now()))
        else:
            self._inbox.at(self._until, self._check)


class _NoScreen:
    """Nobody looks at a rehearsal while it runs; the transcript has it all."""

    def show(self, _: object) -> None:
        """Not shown."""

    said = heard = note = show

    def close(self) -> None:
        """Nothing to put back."""
