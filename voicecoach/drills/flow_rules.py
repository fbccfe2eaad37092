"""Rules on a flow: names that exist, ways in and out of every state, safety that cannot be taken away, its lines."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches

from voicecoach.drills.cue import condition_of
from voicecoach.drills.diagnostics import Diagnostic, did_you_mean, misnamed, quoted
from voicecoach.drills.flow_ways import IN_SET, check_asked_well, check_stays_stopped, check_ways, counts, tables
from voicecoach.drills.gap_rules import check_line_gaps
from voicecoach.drills.phrasebook import Phrasebook
from voicecoach.drills.schema import FlowPart, OutcomePart, StatePart
from voicecoach.drills.source import Loc, Source
from voicecoach.drills.text_rules import Texts, check_echo, check_texts
from voicecoach.drills.values import Step
from voicecoach.drills.vocabulary import (
    ACTIONS,
    ACTIONS_WITH_ARGUMENT,
    CHECK_INS,
    CONDITIONS,
    EASED,
    ENDINGS,
    HOW_BAD,
    LINES,
    SAFETY_COMMANDS,
    TRIGGERS,
    VARIABLES,
)
from voicecoach.drills.voice_rules import check_marks
from voicecoach.words.meaning import QUANTITIES
from voicecoach.words.phrases import IGNORED
from voicecoach.words.respelling import Respelling

ARGUMENTS = {"end session": ENDINGS, "check in": CHECK_INS, "ease session": EASED, "note how bad": HOW_BAD}
"""What can follow an action that knows only some words."""


def check_flow(source: Source, flow: FlowPart, book: Phrasebook) -> Iterator[Diagnostic]:
    """Everything wrong with a flow, but for its phrases."""
    wrong = _misnamed_states(flow)
    yield from _check_commands(source, flow)
    for loc, outcomes, state in tables(flow):
        for number, outcome in enumerate(outcomes):
            yield from _check_outcome(source, flow, (*loc, number), outcome, wrong)
        if loc[-2] != "when":
            yield from _check_heard(source, flow, loc, state)
    for name, state in flow.states.items():
        yield from _check_state(source, flow, name, state)
    yield from check_ways(source, flow, wrong)
    yield from _check_safety(source, flow)
    yield from check_stays_stopped(source, flow)
    yield from check_asked_well(source, flow)
    yield from _check_lines(source, flow, book)
    yield from _check_unheard(source, flow)


def _misnamed_states(flow: FlowPart) -> dict[str, str]:
    """States that several ways lead to and that stand under another name, to which nothing leads."""
    led = [o.to for _, outcomes, _ in tables(flow) for o in outcomes if o.to is not None]
    unknown = [name for name in led if name not in flow.states]
    return misnamed(unknown, flow.states.keys() - {*led, flow.start}) if unknown else {}


def _check_commands(source: Source, flow: FlowPart) -> Iterator[Diagnostic]:
    keys: dict[str, str] = {}
    for name, command in flow.commands.items():
        if name in QUANTITIES or name == IGNORED:
            message = f"{quoted(name)} is already the name of something else"
            yield source.diagnose(("commands", name), message, "give the command another name", key=True)
        if command.key is not None and keys.setdefault(command.key, name) != name:
            message = f"the key {quoted(command.key)} already means {quoted(keys[command.key])}"
            yield source.diagnose(("commands", name, "key"), message, "choose another key")
    if flow.start not in flow.states:
        message = f"there is no state called {quoted(flow.start)}"
        yield source.diagnose(("start",), message, did_you_mean(flow.start, flow.states))


def _check_outcome(
    source: Source, flow: FlowPart, loc: Loc, outcome: OutcomePart, wrong: Collection[str]
) -> Iterator[Diagnostic]:
    if outcome.to is not None and outcome.to not in flow.states and outcome.to not in wrong:
        message = f"there is no state called {quoted(outcome.to)}"
        yield source.diagnose((*loc, "to"), message, did_you_mean(outcome.to, flow.states))
    for number, condition in enumerate(outcome.only_if):
        name = condition.removeprefix("not ")
        if name not in CONDITIONS:
            message = f"there is no condition called {quoted(name)}"
            yield source.diagnose((*loc, "if", number), message, did_you_mean(name, CONDITIONS))
    yield from _check_steps(source, flow, (*loc, "do"), outcome.do)


def _check_steps(source: Source, flow: FlowPart, loc: Loc, steps: Iterable[Step]) -> Iterator[Diagnostic]:
    for number, step in enumerate(steps):
        place = (*loc, number)
        if step.action not in ACTIONS:
            hint = did_you_mean(step.action, ACTIONS) or "docs/scripts.md lists the actions"
            message = f"there is no action called {quoted(step.action)}"
            yield source.diagnose(place, message, hint, piece=step.action)
        elif step.argument is None:
            continue
        elif step.action not in ACTIONS_WITH_ARGUMENT:
            message = f"{quoted(step.action)} takes nothing after it"
            yield source.diagnose(place, message, f"write {step.action} alone", piece=step.argument)
        elif step.argument not in (allowed := ARGUMENTS.get(step.action, {step.argument})):
            ends = step.action == "end session"
            message = f"{'a session cannot end' if ends else f'{step.action} cannot be'} {quoted(step.argument)}"
            yield source.diagnose(place, message, did_you_mean(step.argument, allowed), piece=step.argument)
        elif step.action == "undo" and step.argument not in flow.states:
            message = f"there is no state called {quoted(step.argument)}"
            yield source.diagnose(place, message, did_you_mean(step.argument, flow.states), piece=step.argument)
        elif step.action == "say" and _names_a_line(step.argument) and step.argument not in flow.lines:
            hint = did_you_mean(step.argument, flow.lines)
            hint = hint if hint.startswith("did") else "add it under 'lines:', or write a sentence with a capital"
            message = f"there is no line called {quoted(step.argument)}"
            yield source.diagnose(place, message, hint, piece=step.argument)


def _names_a_line(argument: str) -> bool:
    """Whether what follows ``say`` is meant as the name of a line, not as a sentence."""
    return argument == argument.lower() and argument[-1:].isalnum() and "{" not in argument


def _check_heard(source: Source, flow: FlowPart, loc: Loc, state: StatePart | None) -> Iterator[Diagnostic]:
    name = str(loc[-1])
    if name in QUANTITIES:
        if state is not None and name not in state.expects:
            message = f"{quoted(name)} is never heard here, because the state does not expect it"
            yield source.diagnose(loc, message, f"add 'expects: [{name}]' to the state", key=True)
    elif name not in flow.commands:
        message = f"there is no command called {quoted(name)}"
        yield source.diagnose(loc, message, did_you_mean(name, {*flow.commands, *QUANTITIES}), key=True)


def _check_state(source: Source, flow: FlowPart, name: str, state: StatePart) -> Iterator[Diagnostic]:
    loc: Loc = ("states", name)
    yield from _check_steps(source, flow, (*loc, "enter"), state.enter)
    actions = {step.action for step in state.enter}
    needs = {
        "silent": (state.silence is not None, "add 'silence:' with a time"),
        "time over": (
            state.after is not None or bool(actions & {"rest", "switch sides", "change over"}),
            "add 'after:' with a time, or enter with rest",
        ),
        "counted": (bool(actions & set(IN_SET)), "enter with count down, count reps or follow reps"),
    }
    for trigger in state.when:
        if trigger not in TRIGGERS:
            message = f"there is no trigger called {quoted(trigger)}"
            yield source.diagnose((*loc, "when", trigger), message, did_you_mean(trigger, TRIGGERS), key=True)
        elif not needs.get(trigger, (True, ""))[0]:
            message = f"{quoted(trigger)} never comes in this state"
            yield source.diagnose((*loc, "when", trigger), message, needs[trigger][1], key=True)
    for key, trigger in (("silence", "silent"), ("after", "time over")):
        if getattr(state, key) is not None and trigger not in state.when:
            message = f"nothing waits for {quoted(trigger)} in this state"
            hint = f"add '{trigger}:' under 'when:', or take this away"
            yield source.diagnose((*loc, key), message, hint, key=True, severity="warning")


def _check_safety(source: Source, flow: FlowPart) -> Iterator[Diagnostic]:
    """Safety commands exist, are heard everywhere, and always lead to a state; the coach itself falls silent first."""
    for name in sorted(SAFETY_COMMANDS):
        if name not in flow.commands:
            near = get_close_matches(name, flow.commands, n=1, cutoff=0.7)
            loc: Loc = ("commands", *near)
            hint = f"did you mean {quoted(name)} here?" if near else f"add '{name}: {{safety: true, phrases: […]}}'"
            yield source.diagnose(loc, f"the safety command {quoted(name)} is missing", hint, key=True)
        elif not flow.commands[name].safety:
            hint = "add 'safety: true'"
            yield source.diagnose(("commands", name), f"{quoted(name)} must be a safety command", hint, key=True)
    safe = {name for name, command in flow.commands.items() if command.safety}
    for name in sorted(safe - flow.anywhere.keys()):
        message = f"the safety command {quoted(name)} is not heard anywhere"
        yield source.diagnose(("anywhere",), message, f"add '{name}:' with what it leads to", key=True)
    for place, outcomes, _ in tables(flow):
        if place[-2] == "when" or place[-1] not in safe:
            continue
        if outcomes[-1].only_if:
            hint = "add a last outcome without 'if'"
            yield source.diagnose(place, f"the safety command {quoted(place[-1])} is not always heard", hint, key=True)
        for number, outcome in enumerate(outcomes):
            if outcome.to is None:
                message = f"the safety command {quoted(place[-1])} must lead to a state"
                yield source.diagnose((*place, number), message, "add 'to:', such as 'to: paused'")


def _check_lines(source: Source, flow: FlowPart, book: Phrasebook) -> Iterator[Diagnostic]:
    used = set(LINES)
    for loc, step in _all_says(flow):
        if step.argument in flow.lines:
            used.add(str(step.argument))
        elif step.argument is not None and not _names_a_line(step.argument):
            yield from check_marks(source, loc, step.argument)
            yield from check_echo(source, loc, step.argument, book, frozenset())
    for name in sorted(LINES - flow.lines.keys()):
        message = f"the line {quoted(name)} is missing, which the coach says of its own accord"
        near = get_close_matches(name, flow.lines.keys() - used, n=1, cutoff=0.8)
        hint = f"did you mean {quoted(name)} here?" if near else f"add '{name}: [some words.]'"
        yield source.diagnose(("lines", *near), message, hint, key=True)
    respell = Respelling(flow.say_as)
    yield from check_line_gaps(source, flow.lines, respell, flow.rate)
    for name, texts in flow.lines.items():
        loc = ("lines", name)
        live = book.live_while("say", name) or frozenset(flow.anywhere)
        in_set = any(counts(flow.states[s]) for s in book.states_that("say", name) if s in flow.states)
        home, _ = source.home((*loc, 0))
        said = Texts(home, loc, tuple(texts), live, in_set=in_set, respell=respell, rate=flow.rate)
        yield from check_texts(said, VARIABLES, book)
        if name in LINES and all(condition_of(text) for text in texts):
            message = f"the line {quoted(name)} would be silent where no condition holds"
            yield source.diagnose(loc, message, "add a text without a condition", key=True)
        if name not in used and source.has(loc):
            hint = f"say it with 'say: {name}', or take it away"
            yield _unused(source, loc, f"the line {quoted(name)} is never said", hint, used)


def _check_unheard(source: Source, flow: FlowPart) -> Iterator[Diagnostic]:
    """Commands that nothing hears; safety commands have a rule of their own."""
    heard = {name for state in flow.states.values() for name in state.hears} | flow.anywhere.keys()
    for name, command in flow.commands.items():
        if name not in heard and not command.safety and source.has(("commands", name)):
            message = f"no state hears the command {quoted(name)}"
            hint = "write under 'hears:' of a state, or under 'anywhere:', what it leads to"
            yield _unused(source, ("commands", name), message, hint, heard)


def _unused(source: Source, loc: Loc, message: str, hint: str, known: Collection[str]) -> Diagnostic:
    """A name that nothing uses: an error where it is one of the used ones misspelt, otherwise a warning."""
    near = get_close_matches(str(loc[-1]), known, n=1, cutoff=0.8)
    hint = f"did you mean {quoted(near[0])}?" if near else hint
    return source.diagnose(loc, message, hint, key=True, severity="error" if near else "warning")


def _all_says(flow: FlowPart) -> Iterator[tuple[Loc, Step]]:
    for name, state in flow.states.items():
        yield from ((("states", name, "enter", n), s) for n, s in enumerate(state.enter) if s.action == "say")
    for loc, outcomes, _ in tables(flow):
        for number, outcome in enumerate(outcomes):
            yield from (((*loc, number, "do", n), s) for n, s in enumerate(outcome.do) if s.action == "say")
