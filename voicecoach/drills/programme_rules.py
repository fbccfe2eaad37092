"""Rules on a programme that take two places to see: its ladder, its phases, the drills they name, its equipment."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

from voicecoach.drills.diagnostics import Diagnostic, did_you_mean, quoted
from voicecoach.drills.drill_manner import spoken
from voicecoach.drills.equipment import read_equipment, things_of
from voicecoach.drills.gap_rules import LINE_ROOM, Timing, check_superset
from voicecoach.drills.library import same_name
from voicecoach.drills.pacing import TOLERANCE
from voicecoach.drills.phrasebook import Phrasebook
from voicecoach.drills.programme_schema import ProgrammePart
from voicecoach.drills.scales import converted
from voicecoach.drills.schema import DrillPart
from voicecoach.drills.source import Loc, Source
from voicecoach.drills.text_rules import Texts, check_texts, said_in
from voicecoach.drills.vocabulary import VARIABLES
from voicecoach.drills.voice_rules import check_agreement, check_say_as, texts_of_drill, texts_of_flow
from voicecoach.words.meaning import Quantity
from voicecoach.words.respelling import Respelling

_SMALLEST = 0.5
"""Steps of an example that is lighter than any step of the drill, in either unit."""


@dataclass(frozen=True, slots=True)
class ProgrammePage:
    """A programme's file beside its source, the drills it names and the phrases it is done with."""

    source: Source
    """The file's text."""
    file: ProgrammePart
    """The file's data."""
    drills: Sequence[DrillPart]
    """The drills that could be read."""
    book: Phrasebook | None
    """The flow's phrases; None where the flow cannot be read."""
    lost: frozenset[str] = frozenset()
    """Names in ``drills:`` that no drill has: told where they stand, and suggested nowhere."""


def check_programme(page: ProgrammePage) -> Iterator[Diagnostic]:
    """Everything wrong with a programme, but for its drills and its flow."""
    file, book = page.file, page.book
    live = book.live_while("greet") if book is not None else frozenset()
    said: list[tuple[Loc, Sequence[str], frozenset[str]]] = [
        (("greeting",), file.greeting, live),
        (("name",), [file.name], frozenset()),
        *((("reminders", week), texts, live) for week, texts in file.reminders.items()),
        *((("phases", name, "about"), phase.about, live) for name, phase in file.phases.items()),
    ]
    for loc, texts, heard in said:
        yield from check_texts(Texts(page.source, loc, tuple(texts), heard), VARIABLES, book)
    yield from _check_repeats(page)
    yield from _check_words(page, [text for _, texts, _ in said for text in texts])
    yield from _check_supersets(page)
    yield from _check_exports(page)
    yield from _check_ladder(page)
    yield from _check_phases(page)
    yield from _check_equipment(page)
    yield from _check_pace(page)


def _check_pace(page: ProgrammePage) -> Iterator[Diagnostic]:
    """A pace at which the flow's lines about the time of a set would run into one another."""
    if page.file.rate is None or page.book is None:
        return
    flow = page.book.flow
    respell = Respelling({**flow.say_as, **page.file.say_as})
    for name, room in LINE_ROOM.items():
        seconds = max((said_in(text, respell, page.file.rate) for text in flow.lines.get(name, ())), default=0.0)
        if seconds > room + TOLERANCE:
            message = f"the line {quoted(name)} of the flow takes about {seconds:.1f} seconds so; it has {room:g}"
            yield page.source.diagnose(("rate",), message, "more words a minute", severity="warning")


def _check_words(page: ProgrammePage, own: list[str]) -> Iterator[Diagnostic]:
    """Words to be spoken otherwise: in the programme's texts, its drills' and its flow's."""
    drills = [text for drill in page.drills for text in texts_of_drill(drill)]
    lines = texts_of_flow(page.book.flow) if page.book is not None else ()
    yield from check_say_as(page.source, page.file.say_as, (*own, *drills, *lines), page.book)
    yield from check_agreement(page.source, page.drills)


def _drill_of(page: ProgrammePage) -> Callable[[str], DrillPart | None]:
    """A drill of the programme by a name of it: its own, or the one the programme calls it by."""
    found: dict[str, DrillPart] = {same_name(drill.name): drill for drill in page.drills}
    if len(page.drills) == len(page.file.drills):
        found |= {same_name(name): drill for name, drill in zip(page.file.drills, page.drills, strict=True)}
    return lambda name: found.get(same_name(name))


def _check_name(page: ProgrammePage, loc: Loc, name: str, *, key: bool = False) -> Iterator[Diagnostic]:
    names = [*page.file.drills, *(drill.name for drill in page.drills)]
    if not any(same_name(name) == same_name(other) for other in names):
        message = f"{quoted(name)} is no drill of this programme"
        known = [other for other in names if other not in page.lost]
        yield page.source.diagnose(loc, message, did_you_mean(name, known) or "add it to 'drills:'", key=key)


def _check_repeats(page: ProgrammePage) -> Iterator[Diagnostic]:
    """Each drill once in a session: plans, logs and "last time" know it by its name alone."""
    find, seen = _drill_of(page), set[str]()
    for number, name in enumerate(page.file.drills):
        drill = find(name)
        key = same_name(drill.name if drill is not None else name)
        if key in seen:
            hint = "each drill once; for more of it raise 'sets:' in the drill"
            yield page.source.diagnose(("drills", number), f"{quoted(name)} is in the programme already", hint)
        seen.add(key)


def _check_supersets(page: ProgrammePage) -> Iterator[Diagnostic]:
    """Each drill in one superset at most, its drills one after the other, and none with a clock of its own."""
    find, seen = _drill_of(page), set[str]()
    order = [same_name(drill) for drill in page.file.drills]
    for number, group in enumerate(page.file.supersets):
        before: str | None = None
        for place, name in enumerate(group):
            loc: Loc = ("supersets", number, place)
            drill = find(name)
            key = same_name(name)
            yield from _check_name(page, loc, name)
            if key in seen:
                yield page.source.diagnose(loc, f"{quoted(name)} is in a superset already", "each drill once")
            elif before in order and key in order and order.index(key) != order.index(before) + 1:
                hint = "put them in 'drills:' one after the other, in the order of the superset"
                yield page.source.diagnose(loc, f"{quoted(name)} does not follow the drill before it", hint)
            if drill is not None and drill.every is not None:
                message = f"{quoted(name)} begins its sets by the clock, with 'every:'"
                yield page.source.diagnose(loc, message, "give the drill a 'rest:', or take it out of the superset")
            seen.add(key)
            before = key
        timings = [_timing(page, drill) for name in group if (drill := find(name)) is not None]
        for place, message, hint in check_superset(timings if len(timings) == len(group) else ()):
            yield page.source.diagnose(("supersets", number, place), message, hint, severity="warning")


def _timing(page: ProgrammePage, drill: DrillPart) -> Timing:
    """A drill with how long its texts take in this programme."""
    flow = page.book.flow if page.book is not None else None
    rate, table, why = spoken(drill, page.file, flow)
    return Timing(page.source, drill, flow.lines if flow is not None else {}, Respelling(table), rate, why)


def _check_exports(page: ProgrammePage) -> Iterator[Diagnostic]:
    """No two drills under one name in other trackers, where their sets could not be told apart."""
    named: dict[str, DrillPart] = {}
    for number, drill in enumerate(page.drills):
        if drill.export_name is None:
            continue
        first = named.setdefault(same_name(drill.export_name), drill)
        if first is not drill and same_name(first.name) != same_name(drill.name):
            message = f"{quoted(drill.name)} and {quoted(first.name)} are both exported as {quoted(drill.export_name)}"
            hint = f"give one of them another 'export name:', such as {drill.export_name} ({drill.name})"
            loc: Loc = ("drills", number) if len(page.drills) == len(page.file.drills) else ("drills",)
            yield page.source.diagnose(loc, message, hint, severity="warning")


def _check_ladder(page: ProgrammePage) -> Iterator[Diagnostic]:
    file = page.file
    rungs = file.ladder or []
    for number, name in enumerate(rungs):
        yield from _check_name(page, ("ladder", number), name)
        if any(same_name(name) == same_name(other) for other in rungs[:number]):
            yield page.source.diagnose(("ladder", number), "this rung is there already", "each drill once")
    if file.start_at is not None and not any(same_name(file.start_at) == same_name(rung) for rung in rungs):
        hint = did_you_mean(file.start_at, rungs) or "name a drill of 'ladder:'"
        yield page.source.diagnose(("start at",), f"{quoted(file.start_at)} is no rung of the ladder", hint)


def _check_phases(page: ProgrammePage) -> Iterator[Diagnostic]:
    week = 1
    for number, (name, phase) in enumerate(page.file.phases.items()):
        loc: Loc = ("phases", name)
        if number == 0 and (phase.from_week > 1 or phase.after):
            key = "from week" if phase.from_week > 1 else "after"
            yield page.source.diagnose((*loc, key), "the first phase begins at once", "take this away", key=True)
        elif phase.from_week < week:
            hint = f"week {week} or later"
            yield page.source.diagnose((*loc, "from week"), "this is before the phase above begins", hint)
        week = max(week, phase.from_week)
        for drill in phase.after:
            yield from _check_name(page, (*loc, "after", drill), drill, key=True)
        for place, drill in enumerate(phase.drills or []):
            yield from _check_name(page, (*loc, "drills", place), drill)
        yield from _check_loads(page, loc)


def _check_loads(page: ProgrammePage, loc: Loc) -> Iterator[Diagnostic]:
    """Loads of drills that have one, in the units in which the drill has its own."""
    find = _drill_of(page)
    for name, load in page.file.phases[str(loc[-1])].loads.items():
        here: Loc = (*loc, "loads", name)
        yield from _check_name(page, here, name, key=True)
        drill = find(name)
        if drill is None:
            continue
        if drill.load is None:
            message = f"{quoted(name)} has no load"
            yield page.source.diagnose(here, message, "take this away, or add 'load:' to the drill", key=True)
            continue
        given: Mapping[str, tuple[Quantity, ...] | None] = {
            "at most": load.at_most, "men at most": load.men_at_most, "step": load.step, "a week": load.a_week,
        }  # fmt: skip
        for key, weights in given.items():
            if weights is not None and (wrong := _other_units(weights, drill.load.step)):
                yield page.source.diagnose((*here, key), *wrong)


def _other_units(weights: Sequence[Quantity], steps: Sequence[Quantity]) -> tuple[str, str] | None:
    """What is wrong with a load that is not in the units of a drill's steps, and what to write; None for nothing."""
    units, given = {step.unit for step in steps}, {weight.unit for weight in weights}
    if given == units:
        return None
    if not given < units:
        named = " and ".join(sorted(map(str, units))) + (" alone" if given > units else "")
        return "this is not in the drill's units", f"write it in {named}, as the drill does"
    weight = weights[0]
    other = next(step for step in steps if step.unit not in given)
    same = converted(weight, other.unit).value
    step = other.value if same > other.value / 2 else _SMALLEST
    both = sorted([weight, replace(other, value=max(1, round(same / step)) * step)], key=lambda one: one.unit != "lb")
    text = " or ".join(f"{one.value:g} {one.unit}" for one in both)
    return f"this is in {weight.unit} alone, and the drill's load has {other.unit} as well", f"such as {text}"


def _check_equipment(page: ProgrammePage) -> Iterator[Diagnostic]:
    given = {key: text for key, text in page.file.equipment.model_dump().items() if text}
    try:
        equipment = read_equipment(**given)
    except ValueError as error:
        key, _, message = str(error).partition(": ")
        hint = "such as 8 12 16 kg"
        yield page.source.diagnose(("equipment", key), message, hint)
        return
    needed = {thing for drill in page.drills for need in drill.needs for thing in things_of(need)}
    for thing in sorted(equipment.without - needed):
        if near := get_close_matches(thing, needed, n=1, cutoff=0.8):
            message, hint = f"no drill of this programme needs {quoted(thing)}", f"did you mean {quoted(near[0])}?"
            yield page.source.diagnose(("equipment", "without"), message, hint, piece=thing, severity="warning")
