"""``Coach.handle(event) -> list[Command]``: the whole interface of the coach; deterministic and single-threaded.

The same events give the same commands, which is how rehearsal, golden transcripts, property tests and going on after a
crash all work.
"""

from __future__ import annotations

from collections.abc import Callable

from voicecoach.coach.check_in import CheckIn
from voicecoach.coach.commands import Command, Kind, Volume
from voicecoach.coach.corrections import Corrections
from voicecoach.coach.counting import Counting
from voicecoach.coach.events import Began, Event, HealthChanged, Heard, Interrupted, NotUnderstood, Woke
from voicecoach.coach.flow import FlowMachine
from voicecoach.coach.loads import Loads
from voicecoach.coach.outside import Outside
from voicecoach.coach.pace import Pace
from voicecoach.coach.pain import Pain
from voicecoach.coach.plan import SessionPlan
from voicecoach.coach.rest import Rest
from voicecoach.coach.session import Frame
from voicecoach.coach.sets import Sets
from voicecoach.coach.speech import Speech
from voicecoach.coach.stage import Stage
from voicecoach.coach.talk import Talk
from voicecoach.coach.undo import Undoable, restore, restore_sets, restore_values, undoable
from voicecoach.coach.workout import Workout
from voicecoach.drills.flow import Flow
from voicecoach.words.meaning import Meaning

HEARD_QUANTITIES = {"weight": "weight", "reps": "reps", "named reps": "reps", "rpe": "rpe", "seconds": "seconds"}
"""Quantities a state can hear, in the order in which one of several is chosen."""
LOAD_UNITS = (None, "lb", "kg")
"""Units in which "plus five" may be a change of the load."""
PER_STATE = ("time over", "warning", "silent", "spoken")
"""Wake-ups that mean nothing once the state is left."""


class Coach:
    """Decides what happens next.

    ``plan`` is what the session is to be, ``flow`` the state machine as data, ``seconds_of`` the spoken length of a
    text. Times are seconds on the session clock.
    """

    def __init__(self, plan: SessionPlan, flow: Flow, seconds_of: Callable[[str], float]) -> None:
        self._stage = Stage(plan, flow, Speech(seconds_of), Workout(list(plan.drills)))
        stage = self._stage
        self._counting = Counting(stage, self._happen)
        self._sets = Sets(stage, self._counting)
        self._rest = Rest(stage, self._sets)
        loads = Loads(stage)
        pace, pain = Pace(stage, self._counting), Pain(stage, self._sets, loads)
        conditional = (self._sets, self._rest, pace, loads, pain, Corrections(stage, loads), Frame(stage))
        groups = (self._counting, Talk(stage), CheckIn(stage), *conditional)
        actions = {name: action for group in groups for name, action in group.actions().items()}
        actions["hush"] = lambda _: stage.hush()
        actions["undo"] = self._undo
        conditions = {name: condition for group in conditional for name, condition in group.conditions().items()}
        self._machine = FlowMachine(flow, actions, conditions, self._leave)
        self._trigger = ""
        self._undoable: Undoable | None = None
        self._woken = {**self._counting.timers(), "warning": self._rest.warn}
        self._outside = Outside(stage, self._machine)
        self._entered = 0

    @property
    def state(self) -> str:
        """Name of the present state."""
        return self._machine.state.name

    @property
    def workout(self) -> Workout:
        """Where the trainee is."""
        return self._stage.work

    def handle(self, event: Event) -> list[Command]:
        """Act on one event; returns what is to be done, in this order."""
        stage = self._stage
        stage.now, stage.out = max(stage.now, event.t), []
        stage.hushed, stage.answer = False, Kind.REPLY
        stage.meaning, stage.phrase = Meaning(), ""
        if stage.ended:
            return self._after_the_end(event)
        match event:
            case Began():
                self._begin()
            case Heard():
                self._hear(event)
            case Woke():
                self._wake(event)
            case HealthChanged():
                self._health(event)
            case Interrupted():
                stage.hush()
                self._counting.halt()  # the set stays open, so that the next start can go on with it
                stage.end("interrupted")
            case NotUnderstood():
                stage.misheard = stage.misheard or bool(event.phrase)
        self._outside.settle(self._entered)
        return stage.out

    def _begin(self) -> None:
        stage = self._stage
        stage.log(
            "session_started",
            programme=stage.plan.programme,
            drills=[planned.drill.name for planned in stage.plan.drills],
            sessions_before=stage.plan.sessions_before,
            week=stage.plan.week,
            phase=stage.plan.phase or None,
            **stage.plan.groups(),
        )
        stage.asked = 1
        if stage.work.volume:
            stage.emit(Volume(stage.work.volume))
        self._machine.enter()

    def _hear(self, heard: Heard) -> None:
        stage, meaning = self._stage, heard.meaning
        stage.meaning, stage.phrase = meaning, heard.phrase
        stage.heard = stage.heard or heard.by == "voice"
        if meaning.ask is not None:
            stage.say(meaning.ask)
            return
        command = self._command_of(meaning)
        if command is None:
            return
        spoken = stage.flow.commands.get(command)
        safety = spoken is not None and spoken.safety
        before, state = stage.work.snapshot(), self.state
        if safety:  # silence first, whatever the flow says
            stage.answer = Kind.SAFETY
            stage.hush()
            self._counting.halt()
        elif command != "undo":
            stage.tone("heard")
        self._trigger = command
        acted = self._machine.hear(command)
        if acted and command != "undo" and not safety:
            self._undoable = undoable(stage, before, state, self.state) or self._undoable
        stage.forget("silent")

    def _command_of(self, meaning: Meaning) -> str | None:
        """The command or quantity this state acts on; None where it hears neither."""
        hears, expects = self._machine.hears(), self._machine.state.expects
        if meaning.command is not None and meaning.command in hears:
            return meaning.command
        if meaning.relative is not None:
            timed = "relative" in expects and self._rest.is_about_time(meaning.relative)
            if timed and "relative" in hears:
                return "relative"
            return "weight" if meaning.relative.unit in LOAD_UNITS and "weight" in expects else None
        for name, part in HEARD_QUANTITIES.items():
            if getattr(meaning, part) is not None and name in expects and name in hears:
                return name
        return None

    def _wake(self, woke: Woke) -> None:
        stage = self._stage
        due = stage.timers.get(woke.timer)
        if due is None or woke.t < due - 1e-6:
            return  # taken back, or replaced by a later one, while it was on its way
        stage.forget(woke.timer)
        self._outside.has_rung(woke.timer)
        if woke.timer in self._woken:
            self._woken[woke.timer]()
        else:
            entered = self._entered
            self._happen(woke.timer)
            if woke.timer == "silent" and entered == self._entered:
                stage.asked += 1

    def _happen(self, trigger: str) -> bool:
        self._trigger = trigger
        return self._machine.happen(trigger)

    def _leave(self) -> None:
        """A state is left: its wake-ups mean nothing any more, and only "counted" goes on with the reps."""
        self._stage.forget(*PER_STATE)
        self._stage.asked, self._stage.misheard = 1, False
        self._entered += 1
        if self._trigger != "counted":
            self._counting.halt()

    def _health(self, event: HealthChanged) -> None:
        """A device broke or came back: a set that runs or is counted in pauses, and the trainee is told."""
        stage = self._stage
        stage.answer = kind = Kind.BRIEF if event.part == "voice" else Kind.SAFETY  # another voice speaks already
        in_a_set = stage.work.set_open or stage.work.clock is not None
        pauses = not event.ok and in_a_set and event.part in ("microphone", "earbuds")
        if pauses:
            stage.hush()
            self._counting.halt()
        if event.part == "microphone":
            stage.microphone_in_trouble = not event.ok
        lost = "microphone lost" if event.part == "microphone" else "trouble"
        stage.tone("microphone back" if event.ok else lost)
        stage.tell(event.part, stage.language.trouble(event.sentence, event.part), kind)
        if pauses:
            self._trigger = "pause"
            self._machine.hear("pause")

    def _undo(self, set_state: str | None) -> None:
        """Take back the last command; ``set_state`` is where to go when a set was running then."""
        stage, last = self._stage, self._undoable
        self._undoable = None
        if last is None or stage.now > last.until or (last.scope == "sets" and stage.work.set_open):
            stage.tone("refused")
            stage.say_line("nothing to undo")
            return
        if last.before.volume != stage.work.volume:
            stage.emit(Volume(last.before.volume))
        if stage.say_in_set is None:
            stage.hush()
        stage.tone("undone")
        for ref in reversed(last.refs):
            stage.take_back(ref, "undo")
        running = last.before.clock is not None
        if last.scope == "sets":
            restore_sets(stage.work, last.before)
            stage.say_line("undone")
            return
        if last.scope == "values" and (running or last.state == self.state):
            restore_values(stage.work, last.before)
            self._counting.reshape()
            stage.say_line("undone")
            return
        self._trigger = "undo"
        self._leave()
        restore(stage.work, last.before)
        self._machine.put(set_state if running and set_state is not None else last.state)
        stage.say_line("undone")
        self._machine.enter()

    def _after_the_end(self, event: Event) -> list[Command]:
        """The session is over; a safety phrase still silences what is being said."""
        stage = self._stage
        if isinstance(event, Interrupted):
            stage.hush()
        if isinstance(event, Heard) and event.meaning.command is not None:
            spoken = stage.flow.commands.get(event.meaning.command)
            if spoken is not None and spoken.safety:
                stage.hush()
                stage.say_line("goodbye", Kind.SAFETY)
        return stage.out
