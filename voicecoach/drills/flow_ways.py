"""Rules on the ways between a flow's states: each can be reached and left, and after a red flag the trainee is asked.

One of the rules that ``flow_rules`` asks. A state that a flow takes over from the one it extends cannot be taken away
there, so it may be left unused.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from voicecoach.drills.diagnostics import Diagnostic, quoted
from voicecoach.drills.phrasebook import outcomes_of
from voicecoach.drills.schema import FlowPart, OutcomePart, StatePart
from voicecoach.drills.source import Loc, Source
from voicecoach.drills.values import Step

IN_SET = ("count reps", "count down", "follow reps")
"""Actions of a state in which nothing long can be followed."""
RED_FLAG = "red flag last time"
"""The condition that holds until the trainee says to be well."""
WELL_AGAIN = Step("ease session", "well again")
"""The step that ends it."""


def tables(flow: FlowPart) -> Iterator[tuple[Loc, list[OutcomePart], StatePart | None]]:
    """Every list of outcomes with its place and its state."""
    for name, state in flow.states.items():
        yield from ((loc, outcomes, state) for loc, outcomes in _tables_of(name, state))
    for key, outcomes in flow.anywhere.items():
        yield ("anywhere", key), outcomes, None


def _tables_of(name: str, state: StatePart) -> Iterator[tuple[Loc, list[OutcomePart]]]:
    for table in ("hears", "when"):
        for key, outcomes in getattr(state, table).items():
            yield ("states", name, table, key), outcomes


def counts(state: StatePart) -> bool:
    """Whether a set runs in a state."""
    return any(step.action in IN_SET for step in state.enter)


def _ends(state: StatePart) -> bool:
    steps = [*state.enter, *(step for outcome in outcomes_of(state) for step in outcome.do)]
    return any(step.action == "end session" for step in steps)


def check_ways(source: Source, flow: FlowPart, wrong: Mapping[str, str]) -> Iterator[Diagnostic]:
    """States that nothing leads to, states that lead nowhere, and final states that never end the session."""
    for right, name in wrong.items():
        message = f"nothing leads to the state {quoted(name)}, and several ways lead to {quoted(right)}"
        yield source.diagnose(("states", name), message, f"did you mean {quoted(right)} here?", key=True)
    always = {wrong.get(o.to, o.to) for outcomes in flow.anywhere.values() for o in outcomes if o.to}
    ways = {name: {wrong.get(o.to, o.to) for o in outcomes_of(state) if o.to} for name, state in flow.states.items()}
    begun = {flow.start} if flow.start in flow.states else {*flow.states}  # a wrong start is told where it stands
    reached = _closure(begun, {name: there | always for name, there in ways.items()})
    finals = {name for name, state in flow.states.items() if state.final}
    if not finals:
        yield source.diagnose(("states",), "no state ends the session", "give one of them 'final: true'", key=True)
    for name, state in flow.states.items():
        loc: Loc = ("states", name)
        if name not in reached and source.has(loc):
            message = f"nothing leads to the state {quoted(name)}"
            yield source.diagnose(loc, message, "lead to it with 'to:', or take it away", key=True)
        if state.final:
            if not _ends(state):
                hint = "add 'when: {spoken: {do: [end session: finished]}}'"
                yield source.diagnose(loc, f"{quoted(name)} is final but never ends the session", hint, key=True)
        elif not ways[name] - {name}:
            hint = "add a command or a trigger with 'to:', or 'final: true'"
            yield source.diagnose(loc, f"there is no way out of the state {quoted(name)}", hint, key=True)
        elif finals and not _closure({name}, {n: there | always for n, there in ways.items()}) & finals:
            message = f"no way leads from {quoted(name)} to the end of the session"
            yield source.diagnose(loc, message, f"lead to one of: {', '.join(sorted(finals))}", key=True)


def _closure(start: set[str], ways: Mapping[str, Collection[str]]) -> set[str]:
    reached, waiting = set(start), list(start)
    while waiting:
        for name in ways.get(waiting.pop(), ()):
            if name not in reached:
                reached.add(name)
                waiting.append(name)
    return reached


def check_stays_stopped(source: Source, flow: FlowPart) -> Iterator[Diagnostic]:
    """After a safety command no set begins before the trainee says so: not at once, and not as time goes by."""
    safe = {name for name, command in flow.commands.items() if command.safety}
    told: set[Loc] = set()
    for table, outcomes, _ in tables(flow):
        if table[-2] == "when" or table[-1] not in safe:
            continue
        for loc, to in _by_itself(flow, [((*table, number), one.to) for number, one in enumerate(outcomes) if one.to]):
            if counts(flow.states[to]) and loc not in told:
                told.add(loc)
                message = f"after {quoted(table[-1])} a set would begin without a word from the trainee"
                yield source.diagnose(loc, message, "lead to a state that waits, such as 'paused'")


def _by_itself(flow: FlowPart, ways: list[tuple[Loc, str]]) -> Iterator[tuple[Loc, str]]:
    """Some ways, and those that are gone from where they lead while nobody says anything and no set runs."""
    seen: set[str] = set()
    for loc, to in ways:  # grows while it is walked
        if to not in flow.states or to in seen:
            continue
        yield loc, to
        seen.add(to)
        if not counts(flow.states[to]):
            for table, outcomes in _tables_of(to, flow.states[to]):
                if table[-2] == "when":
                    ways += [((*table, number), one.to) for number, one in enumerate(outcomes) if one.to]


def check_asked_well(source: Source, flow: FlowPart) -> Iterator[Diagnostic]:
    """After a sign that needs a doctor no set begins before the trainee was asked, whatever is said or not said."""
    blamed: dict[str, Loc | None] = {}
    if flow.start in flow.states:
        blamed[flow.start] = ("start",) if source.beneath is not None and source.has(("start",)) else None
    waiting = list(blamed)
    for name in waiting:  # grows while it is walked
        if counts(flow.states[name]):
            message = "after a red flag last time, a set could begin without asking how the trainee is"
            hint = f"lead to the question first: {{if: {RED_FLAG}, to: asking well}}"
            yield source.diagnose(blamed[name] or ("states",), message, hint)
            return
        for loc, to in _unwell_ways(flow, name):
            if to in flow.states and to not in blamed:
                blamed[to] = blamed[name] or (loc if source.has(loc[:-1]) else None)
                waiting.append(to)


def _unwell_ways(flow: FlowPart, name: str) -> Iterator[tuple[Loc, str]]:
    """Where a state can lead as long as nobody has said to be well after a red flag, with the place of each way."""
    state = flow.states[name]
    anywhere = [(("anywhere", key), outcomes) for key, outcomes in flow.anywhere.items() if key not in state.hears]
    for loc, outcomes in (*_tables_of(name, state), *anywhere):
        for number, outcome in enumerate(outcomes):
            if f"not {RED_FLAG}" in outcome.only_if:
                continue
            if outcome.to is not None and WELL_AGAIN not in outcome.do:
                yield (*loc, number), outcome.to
            if set(outcome.only_if) <= {RED_FLAG}:
                break  # those behind it wait until the trainee is well
