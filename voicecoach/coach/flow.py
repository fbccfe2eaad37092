"""The flow file as a running state machine; the only module that knows ``transitions``.

Every callable comes from the closed tables of the coach, never from a string: ``transitions`` resolves dotted strings
by import, and a script from a stranger would then run code.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import partial
from typing import Any

from voicecoach.drills.flow import Flow, Outcome, State
from voicecoach.drills.values import Step
from voicecoach.words.meaning import NAMED_WEIGHT

Action = Callable[[str | None], None]
"""Does one step; takes the argument written in the script, or None."""
Condition = Callable[[], bool]
"""Tells whether an outcome may be taken."""


class _Pointer:
    """What ``transitions`` moves about: it holds nothing but ``state``."""

    state: str


class FlowMachine:
    """A flow, running: give it what was heard and what happened, and it does the steps and moves on."""

    def __init__(
        self,
        flow: Flow,
        actions: Mapping[str, Action],
        conditions: Mapping[str, Condition],
        leaving: Callable[[], None],
    ) -> None:
        from transitions import Machine  # noqa: PLC0415 - 60 ms that ``--help`` need not pay

        self._flow = flow
        self._actions = actions
        self._conditions = conditions
        self._pointer = _Pointer()
        self._machine: Any = Machine(
            model=self._pointer,
            states=[
                {"name": state.name, "on_enter": [self._step(step) for step in state.enter], "on_exit": [leaving]}
                for state in flow.states.values()
            ],
            initial=flow.start,
            auto_transitions=False,
            queued=True,
            ignore_invalid_triggers=True,
        )
        for state in flow.states.values():
            for command, outcomes in heard_in(flow, state).items():
                self._add(f"hear {command}", state.name, outcomes)
            for trigger, outcomes in state.when.items():
                self._add(f"when {trigger}", state.name, outcomes)

    @property
    def state(self) -> State:
        """The present state."""
        return self._flow.states[self._pointer.state]

    def enter(self) -> None:
        """Do what entering the present state asks for, as at the start and after ``put``."""
        for step in self.state.enter:
            self._step(step)()

    def put(self, state: str) -> None:
        """Move to a state without doing anything on the way, as "undo" does."""
        self._machine.set_state(state)

    def hears(self) -> frozenset[str]:
        """Commands and quantities that lead somewhere from here."""
        return frozenset(heard_in(self._flow, self.state))

    def hear(self, command: str) -> bool:
        """Act on a command; False where this state does not hear it or no outcome's conditions hold."""
        return self._fire(f"hear {command}")

    def happen(self, trigger: str) -> bool:
        """Act on an inner trigger such as ``spoken``; False where nothing follows."""
        return trigger in self.state.when and self._fire(f"when {trigger}")

    def _fire(self, trigger: str) -> bool:
        if trigger not in self._machine.events:
            return False
        return bool(self._machine.events[trigger].trigger(self._pointer))

    def _add(self, trigger: str, source: str, outcomes: tuple[Outcome, ...]) -> None:
        for outcome in outcomes:
            positive = [self._conditions[c] for c in outcome.only_if if not c.startswith("not ")]
            negative = [self._conditions[c[4:]] for c in outcome.only_if if c.startswith("not ")]
            self._machine.add_transition(
                trigger,
                source,
                outcome.to,  # None is an internal transition: nothing is entered again
                conditions=positive,
                unless=negative,
                before=[self._step(step) for step in outcome.do],
            )

    def _step(self, step: Step) -> Callable[[], None]:
        return partial(self._actions[step.action], step.argument)


ASKING = frozenset({"ask weight", "ask which weight", "confirm weight"})
"""Steps that ask the trainee for a weight."""


def expected_in(state: State, hears: Collection[str]) -> frozenset[str]:
    """The quantities that a state expects, for the ears; a weight it does not ask for has to be named as one."""
    expects = set(state.expects) & set(hears)
    if "weight" in expects:
        expects.add("relative")
        if not any(step.action in ASKING for step in state.enter):
            expects = expects - {"weight"} | {NAMED_WEIGHT}
    return frozenset(expects)


def heard_in(flow: Flow, state: State) -> dict[str, tuple[Outcome, ...]]:
    """What a state hears with the outcomes: its own, then what is heard anywhere.

    A final state hears only its own and the safety commands: the session is over, but "stop" still silences.
    """
    heard = dict(state.hears)
    for command, outcomes in flow.anywhere.items():
        spoken = flow.commands.get(command)
        if command not in heard and (not state.final or (spoken is not None and spoken.safety)):
            heard[command] = outcomes
    return heard
