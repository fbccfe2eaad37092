"""The end of each step of the coach: wake-ups, ears and screen are brought in line with what the step has changed."""

from __future__ import annotations

from voicecoach.coach.commands import Forget, Listen, Show, Wake
from voicecoach.coach.flow import FlowMachine, expected_in
from voicecoach.coach.stage import Stage
from voicecoach.words.meaning import QUANTITIES

SETTLED = 0.05
"""Seconds after the last word at which everything counts as ``spoken``."""


class Outside:
    """What clock, ears and screen were told last, so that they are told only what is new."""

    def __init__(self, stage: Stage, machine: FlowMachine) -> None:
        self._stage = stage
        self._machine = machine
        self._timers: dict[str, float] = {}
        self._listen: Listen | None = None
        self._show: Show | None = None
        self._words_planned = 0
        self._spoken_for = (-1, -1)

    def has_rung(self, timer: str) -> None:
        """A wake-up has come: nobody waits for it any more."""
        self._timers.pop(timer, None)

    def settle(self, entered: int) -> None:
        """Say what waited, and tell clock, ears and screen; ``entered`` is how many states were left so far."""
        stage, state = self._stage, self._machine.state
        self._say_what_waited()
        said = (entered, stage.speech.last_id)
        if "spoken" in state.when and (said != self._spoken_for or "spoken" in stage.timers):
            self._spoken_for = said  # once for what was said, or a flow that stays here would spin
            stage.wake("spoken", stage.speech.last_word(stage.now) + SETTLED)
        if state.after is not None and "time over" in state.when and "time over" not in stage.timers:
            stage.wake("time over", stage.now + state.after)
        if state.silence is not None and "silent" in state.when:
            words = stage.speech.last_id
            if "silent" not in stage.timers or words != self._words_planned:
                stage.wake("silent", stage.speech.last_word(stage.now) + state.silence)
            self._words_planned = words
        if stage.ended:
            stage.timers.clear()
        self._send_timers()
        self._send_listen()
        self._send_show()

    def _say_what_waited(self) -> None:
        """Answers that fitted no gap are said once the set is over."""
        stage = self._stage
        if stage.say_in_set is None and stage.later:
            waiting, stage.later = stage.later, []
            for make, kind in waiting:
                stage.say(make(), kind)

    def _send_timers(self) -> None:
        for name in [name for name in self._timers if name not in self._stage.timers]:
            del self._timers[name]
            self._stage.emit(Forget(name))
        for name, at in self._stage.timers.items():
            if self._timers.get(name) != at:
                self._timers[name] = at
                self._stage.emit(Wake(name, at))

    def _send_listen(self) -> None:
        state, hears = self._machine.state, self._machine.hears()
        listen = Listen(state.name, hears - QUANTITIES, expected_in(state, hears))
        if listen != self._listen:
            self._listen = listen
            self._stage.emit(listen)

    def _send_show(self) -> None:
        stage, work = self._stage, self._stage.work
        show = Show(
            state=self._machine.state.name,
            drill=work.drill.name,
            set=min(work.set, work.planned.sets),
            sets=work.planned.sets,
            rep=work.rep,
            reps=work.planned.reps,
            weight=stage.language.quantity(work.weight) if work.weight else "",
            until=stage.timers.get("time over"),
        )
        if show != self._show:
            self._show = show
            stage.emit(show)
