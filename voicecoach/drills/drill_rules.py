"""Rules on a drill that take two places to see: dials and their limits, answers, pain, cues against the tempo."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from voicecoach.drills.diagnostics import Diagnostic, did_you_mean, misnamed, quoted
from voicecoach.drills.drill_values import every_reps, set_seconds
from voicecoach.drills.gap_rules import Timing, check_gaps
from voicecoach.drills.needs_rules import check_needs
from voicecoach.drills.pacing import PHASES
from voicecoach.drills.phrasebook import Phrasebook
from voicecoach.drills.schema import DrillPart
from voicecoach.drills.source import Loc, Source
from voicecoach.drills.text_rules import BRACES, Texts, check_echo, check_texts, check_variables
from voicecoach.drills.turn_rules import WEIGHT, check_directions, check_starts, dial_for
from voicecoach.drills.values import Turn
from voicecoach.drills.variable_rules import check_filled
from voicecoach.drills.vocabulary import VARIABLES
from voicecoach.drills.voice_rules import check_marks, check_no_marks, check_say_as, texts_of_drill, texts_of_flow
from voicecoach.words.meaning import Quantity
from voicecoach.words.respelling import Respelling

RESERVED = frozenset({WEIGHT, "tempo"})
"""Names that no dial can have, because they are turned like dials."""
GET_READY = 5.0
"""Seconds between two sets for the end of one and the countdown to the next."""
SHORTEST = {"hold": 5.0, "amrap": 10.0}
"""Seconds that the clock must give a set: below this it is over before everything about its time is said."""
OUTSIDE_SET = {
    "setup": ("setup", "brief"),
    "reminder": ("reminder", "remind"),
    "after set": ("after_set", "end set"),
    "finish": ("finish", "finish drill"),
}
"""Cue keys said outside the set: name of the field, and the action that says them."""


@dataclass(frozen=True, slots=True)
class DrillPage:
    """A drill's file beside its source and the phrases it is done with."""

    source: Source
    """The file's text."""
    file: DrillPart
    """The file's data."""
    book: Phrasebook | None
    """The flow's phrases; None where the flow cannot be read."""
    rate: int | None = None
    """Words a minute in which it is spoken; None where no script asks for a pace."""
    say_as: Mapping[str, str] = field(default_factory=dict)
    """What is spoken in place of which words: the drill's, its programme's and its flow's together."""
    why: str = ""
    """Behind a hint about length: which script asks for that pace, where it is not the drill."""


def check_drill(page: DrillPage) -> Iterator[Diagnostic]:
    """Everything wrong with a drill, but for the drill its pain leads to."""
    asked = list(_dials_asked_for(page.file))
    wrong = misnamed([name for name in asked if name not in page.file.dials], page.file.dials.keys() - {*asked})
    yield from _check_work(page)
    yield from _check_dials(page, wrong, asked)
    yield from _check_load(page)
    yield from _check_answers(page, wrong)
    yield from _check_pain(page, wrong)
    yield from check_directions(page.source, page.file)
    yield from check_starts(page.source, page.file)
    yield from _check_spoken(page, wrong)
    lines = page.book.flow.lines if page.book is not None else {}
    yield from check_gaps(Timing(page.source, page.file, lines, Respelling(page.say_as), page.rate, page.why))
    yield from _check_beat(page)


def _check_work(page: DrillPage) -> Iterator[Diagnostic]:
    """A set is reps on a tempo, or a time: a hold, or as many reps as possible."""
    file, source = page.file, page.source
    timed = [key for key in SHORTEST if getattr(file, key) is not None]
    for key in ("reps", "tempo"):
        given = getattr(file, key) is not None
        if not timed and not given:
            hint = "add it, or 'hold:' with a time for a plank, or 'amrap:' for as many reps as possible"
            yield source.diagnose(("sets",), f"the key '{key}' is missing", hint, key=True)
        elif timed and given:
            message = f"a drill with {quoted(timed[0])} has no {quoted(key)}"
            yield source.diagnose((key,), message, "keep one of them", key=True)
    if len(timed) > 1:
        message = "a set is a hold, or as many reps as possible"
        yield source.diagnose((timed[1],), message, "keep one of them", key=True)
    yield from _check_rest(file, source)
    yield from check_needs(source, file)
    for key, least in SHORTEST.items():
        seconds, dial = getattr(file, key), file.dials.get(key)
        if seconds is not None and seconds < least:
            yield source.diagnose((key,), "this is too short", f"at least {least:g}s")
        if dial is not None and (seconds is None or dial.start[0].unit != "s"):
            message = f"a dial called {quoted(key)} turns the seconds of {'a hold' if key == 'hold' else 'an AMRAP'}"
            yield source.diagnose(("dials", key), message, f"add '{key}:' to the drill, and write seconds", key=True)


def _check_rest(file: DrillPart, source: Source) -> Iterator[Diagnostic]:
    if file.rest is None and file.every is None:
        hint = "add it, or 'every:' with the time from set to set"
        yield source.diagnose(("sets",), "the key 'rest' is missing", hint, key=True)
    elif file.every is not None and file.rest is not None:
        message = "with 'every' the rest is what a set leaves of it"
        yield source.diagnose(("rest",), message, "keep one of them", key=True)
    elif file.every is not None and set_seconds(file) + GET_READY > file.every:
        message = f"a set takes about {set_seconds(file):g} seconds, so this leaves no rest"
        hint = f"more time, or fewer reps: a set and {GET_READY:g} seconds to get ready"
        yield source.diagnose(("every",), message, hint)


def _check_beat(page: DrillPage) -> Iterator[Diagnostic]:
    """Keys about a beat that nobody leads."""
    if page.file.pace == "me" and page.file.ticks:
        hint = "take it away, or write pace: coach"
        message = "with 'pace: me' there is no beat to tick"
        yield page.source.diagnose(("ticks",), message, hint, key=True, severity="warning")


def _dials_asked_for(file: DrillPart) -> Iterator[str]:
    """The names by which dials are turned or said, as often as they are; those of the load and the program are none."""
    turns = [response.turn for response in file.hears.values()]
    yield from (turn.dial for turn in (*turns, file.when_pain.turn) if turn is not None and turn.dial != WEIGHT)
    for text in texts_of_drill(file):
        names = (" ".join(name.split()) for name in BRACES.findall(text)) if "{" in text else ()
        yield from (name for name in names if name in file.dials or name not in VARIABLES)


def _check_dials(page: DrillPage, wrong: Mapping[str, str], asked: Sequence[str]) -> Iterator[Diagnostic]:
    for right, name in wrong.items():
        message = (
            f"nothing asks for the dial {quoted(name)}, and {quoted(right)} is asked for {asked.count(right)} times"
        )
        yield page.source.diagnose(("dials", name), message, f"did you mean {quoted(right)} here?", key=True)
    for name, dial in page.file.dials.items():
        loc: Loc = ("dials", name)
        if name in VARIABLES - {"reps", *SHORTEST} or name in RESERVED:
            message = f"{quoted(name)} is already the name of something else"
            yield page.source.diagnose(loc, message, "give the dial another name", key=True)
        yield from _check_scale(page.source, loc, dial.start, dial.step, dial.between)


def _check_load(page: DrillPage) -> Iterator[Diagnostic]:
    load = page.file.load
    if load is None:
        return
    yield from _check_scale(page.source, ("load",), load.start or load.between[0], load.step, load.between)


def _check_scale(
    source: Source,
    loc: Loc,
    start: tuple[Quantity, ...],
    step: tuple[Quantity, ...],
    between: list[tuple[Quantity, ...]],
) -> Iterator[Diagnostic]:
    """The same one or two units throughout, in the same order; and what holds in each of them."""
    units = [one.unit for one in start]
    for place, values in ((("step",), step), (("between", 0), between[0]), (("between", 1), between[1])):
        if [one.unit for one in values] != units:
            message = f"this is {_in_units(values)}, but it starts with {_in_units(start).removeprefix('in ')}"
            hint = "use one unit for the whole of it" if len(units) == 1 else "use both units, in the same order"
            yield source.diagnose((*loc, *place), message, hint)
            return
    for number, first in enumerate(start):
        yield from _check_range(source, loc, first, step[number], [limit[number] for limit in between])


def _in_units(values: tuple[Quantity, ...]) -> str:
    return "in " + " or ".join(one.unit for one in values if one.unit) if values[0].unit else "without a unit"


def _check_range(
    source: Source, loc: Loc, start: Quantity, step: Quantity, between: list[Quantity]
) -> Iterator[Diagnostic]:
    """Limits in order, the start between them, a step that fits."""
    low, high = between
    if low.value >= high.value:
        yield source.diagnose((*loc, "between"), "the smallest value comes first", f"[{high.value:g}, {low.value:g}]")
    elif step.value <= 0 or step.value > high.value - low.value:
        hint = f"more than 0, at most {high.value - low.value:g}"
        yield source.diagnose((*loc, "step"), "this step is not possible between the limits", hint)
    elif not low.value <= start.value <= high.value:
        hint = f"between {low.value:g} and {high.value:g}"
        yield source.diagnose((*loc, "start"), "the start is outside the limits", hint)


def _check_answers(page: DrillPage, wrong: Collection[str]) -> Iterator[Diagnostic]:
    for name, response in page.file.hears.items():
        loc: Loc = ("hears", name)
        yield from _check_command(page, loc, name)
        if response.turn is not None:
            yield from _check_turn(page, (*loc, "turn"), response.turn, wrong)
        elif not response.say:
            yield page.source.diagnose(loc, "nothing is done here", "give it a turn, a say, or both", key=True)
    for key, phrases in (("phrases", page.file.phrases), ("also", page.file.also)):
        for name in phrases:
            yield from _check_command(page, (key, name), name)


def _check_command(page: DrillPage, loc: Loc, name: str) -> Iterator[Diagnostic]:
    if page.book is None:
        return
    flow, commands = page.book.flow, page.book.flow.commands
    if name not in commands:
        message = f"the flow has no command {quoted(name)}"
        said = next((phrase.command for phrase in page.book.phrases if phrase.text == name.casefold()), "")
        hint = f"who says so means {quoted(said)}; write that" if said in commands else did_you_mean(name, commands)
        hint = hint or f"'too easy' is one, 'pain' another; one of your own stands in a flow that extends {flow.name}"
        yield page.source.diagnose(loc, message, hint, key=True)
    elif loc[0] == "hears" and commands[name].safety:
        message = f"{quoted(name)} is a safety command, which no drill can change"
        yield page.source.diagnose(loc, message, "take it away; 'when pain:' says what is offered", key=True)


def _check_turn(page: DrillPage, loc: Loc, turn: Turn, wrong: Collection[str]) -> Iterator[Diagnostic]:
    if turn.dial == WEIGHT:
        if page.file.load is None:
            hint = "add 'load:' with ask, step and between, or turn a dial"
            yield page.source.diagnose(loc, "there is no load to turn", hint, piece=WEIGHT)
    elif turn.dial not in page.file.dials and turn.dial not in wrong:  # a wrong name is told where the dial stands
        names = [*page.file.dials, *([WEIGHT] if page.file.load is not None else [])]
        message = f"there is no dial called {quoted(turn.dial)}"
        example = f"add it under 'dials:', such as {turn.dial}: {dial_for(turn.dial, page.file)}"
        near = did_you_mean(turn.dial, names)
        yield page.source.diagnose(loc, message, near if near.startswith("did") else example)


def _check_pain(page: DrillPage, wrong: Collection[str]) -> Iterator[Diagnostic]:
    pain, loc = page.file.when_pain, ("when pain",)
    if pain.lighter is not None and page.file.load is None:
        hint = "turn a dial instead, or add 'load:'"
        yield page.source.diagnose((*loc, "lighter"), "there is no load to make lighter", hint, key=True)
    if pain.turn is not None:
        yield from _check_turn(page, (*loc, "turn"), pain.turn, wrong)
    if pain.or_go_to and pain.go_to:
        message = "'go to' and 'or go to' are the same"
        yield page.source.diagnose((*loc, "go to"), message, "keep one of them", key=True)


def _check_spoken(page: DrillPage, wrong: Collection[str]) -> Iterator[Diagnostic]:
    """Every text of the drill, with the commands that are heard while it is said."""
    file, book, source = page.file, page.book, page.source
    variables = VARIABLES.union(file.dials, wrong)
    in_set = book.live_while("count reps") if book is not None else frozenset()
    in_the_set: list[tuple[Loc, tuple[str, ...]]] = [
        *((("cues", key), tuple(getattr(file.cues, key.replace(" ", "_")))) for key in (*PHASES, "last rep")),
        *((("cues", key), texts) for key, texts in every_reps(file.cues).values()),
        *((("hears", name, "say"), tuple(response.say)) for name, response in file.hears.items()),
    ]
    respell = Respelling(page.say_as)
    said: list[Texts] = []
    for key, (name, action) in OUTSIDE_SET.items():
        live = book.live_while(action) if book is not None else frozenset()
        said.append(Texts(source, ("cues", key), tuple(getattr(file.cues, name)), live))
    said += [Texts(source, *one, in_set, True, respell, page.rate, page.why) for one in in_the_set]
    for texts_of in said:
        yield from check_texts(texts_of, variables, book)
        yield from check_filled(texts_of, file)
    yield from check_no_marks(source, ("goal",), file.goal)
    if file.load is not None:
        yield from check_marks(source, ("load", "ask"), file.load.ask)
    lines = texts_of_flow(book.flow) if book is not None else ()
    yield from check_say_as(source, file.say_as, (*texts_of_drill(file), *lines), book)
    single: list[tuple[Loc, str]] = [(("name",), file.name), (("goal",), file.goal)]
    single += [(("load", "ask"), file.load.ask)] if file.load is not None else []
    for loc, text in single:
        yield from check_variables(source, loc, text, variables)
        if book is not None:
            yield from check_echo(source, loc, text, book, frozenset())
