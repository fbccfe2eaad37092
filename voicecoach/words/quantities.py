"""A whole sentence to its Meaning: first an exact phrase, then a quantity where one is expected.

Everything here works on whole sentences: a left-over word means that nothing was understood, and two readings that are
equally good become a question to ask back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from voicecoach.words.chains import assigned, chains
from voicecoach.words.doubts import confusable, doubt, likelier
from voicecoach.words.frames import Core, cores, phrases_of
from voicecoach.words.meaning import NAMED_REPS, Meaning, Quantity
from voicecoach.words.measures import UNIT_TOKENS, Kind, Measure, measures
from voicecoach.words.numbers import NUMBER_TOKENS
from voicecoach.words.phrases import Phrase, PhraseTable
from voicecoach.words.plates import each_side
from voicecoach.words.questions import describe, either_or
from voicecoach.words.typed import words_of
from voicecoach.words.units import say_quantity

__all__ = ["WITH_REPS", "confusable", "doubt", "likelier", "understand", "understand_anything"]

Words = tuple[str, ...]

WITH_REPS = frozenset({"done"})
"""Commands after which a number of reps may follow in the same breath: "done, twelve"."""
MOST_BARE_REPS = 50
"""Where a weight is expected too, a bare number above this is a weight and not a number of reps."""
LONGEST_SENTENCE = 20
"""Words; somebody who says more is talking to somebody else."""
_IDIOMS = frozenset({"just a minute", "just one minute", "wait a minute", "one more minute", "no one"})
"""What only looks like a quantity: ways of saying "wait", and nobody."""

_MORE = frozenset({"more", "extra", "heavier", "up"})
_LESS = frozenset({"less", "fewer", "lighter", "down", "off"})
_ADD = phrases_of("""
    plus / add / another / up / up by / go up / go up by / increase by / increase it by / raise it by / raise by /
    put on another / i added / add another / heavier by / move up / bump it up / bump it up by / put it up
""")
_TAKE = phrases_of("""
    minus / subtract / take off / down / down by / go down / go down by / drop / drop by / drop it by /
    lower it by / lower by / reduce by / reduce it by / remove / lighter by / less / i took off / knock off /
    decrease by / move down
""")
_RELATIVE_UNITS: dict[Kind, str | None] = {
    "weight": None,
    "reps": "reps",
    "seconds": "s",
    "length": None,
    "percent": "%",
}


def understand(
    text: str,
    *,
    table: PhraseTable | None = None,
    expects: frozenset[str] = frozenset(),
    unit: str | None = None,
    commands: frozenset[str] | None = None,
) -> Meaning:
    """Say what a sentence means; an empty Meaning where it means nothing to the coach.

    ``table`` holds the phrases; ``commands`` are the names acted on now (None: all), safety commands always are.
    ``expects`` names the quantities acted on now; with no table and nothing expected any quantity is read, and a bare
    number is taken for a weight. ``unit`` (``lb``, ``kg``, None) says which bar and plates the user has.
    """
    phrase = table.find(text, commands) if table is not None else None
    if phrase is not None and _acted_on(phrase, commands):
        return Meaning(command=phrase.command)
    free = table is None and not expects
    if not (free or expects):
        return Meaning()
    decoy = phrase is not None and phrase.ignored
    words = words_of(text)
    meaning = _quantity(words, expects, unit, slips=not decoy)
    if meaning.empty and table is not None and "reps" in expects:
        return _command_with_reps(words, table, commands)
    return meaning


def understand_anything(text: str, *, table: PhraseTable, unit: str | None = None) -> Meaning:
    """Say what a sentence means where nothing is known about the state: any phrase, then any quantity.

    A bare number is taken for a weight; reps may follow "done".
    """
    meaning = understand(text, table=table, unit=unit)
    if not meaning.empty or table.find(text) is not None:
        return meaning
    meaning = understand(text, unit=unit)
    return _command_with_reps(words_of(text), table, None) if meaning.empty else meaning


def _acted_on(phrase: Phrase, commands: frozenset[str] | None) -> bool:
    """Tell whether a phrase is a command that the present state hears."""
    return not phrase.ignored and (commands is None or phrase.safety or phrase.command in commands)


def _command_with_reps(words: Words, table: PhraseTable, commands: frozenset[str] | None) -> Meaning:
    """Read "done twelve", "that's it, ten reps"."""
    for cut in range(len(words) - 1, 0, -1):
        phrase = table.find(" ".join(words[:cut]), commands)
        if phrase is None or phrase.command not in WITH_REPS or not _acted_on(phrase, commands):
            continue
        meaning = _quantity(words[cut:], frozenset({"reps"}), None, slips=True)
        if meaning.reps is not None:
            return Meaning(command=phrase.command, reps=meaning.reps)
    return Meaning()


def _quantity(words: Words, expects: frozenset[str], unit: str | None, *, slips: bool) -> Meaning:
    """Read a sentence as a quantity, plainly first and with the recogniser's slips if that gives nothing."""
    if not 0 < len(words) <= LONGEST_SENTENCE or " ".join(words) in _IDIOMS:
        return Meaning()
    if "side" in expects and words[-1:] in {("side",), ("left",), ("right",)} and {*words} & {"left", "right"}:
        side = "left" if "left" in words else "right"
        if {*words} <= {"on", "the", "my", side, "side"}:
            return Meaning(side=side)
    with_slips = (False, True) if slips and (expects or _some_number(words)) else (False,)
    for slip in with_slips:
        for core in cores(words):
            found = {m for m in _readings(core, expects, unit, slips=slip) if _expected(m, expects)}
            if found:
                return _settled(found, core)
    return Meaning()


def _some_number(words: Iterable[str]) -> bool:
    """Tell whether a word is part of a number or names a unit, so that "too" beside it may be a number too."""
    return any(word in NUMBER_TOKENS or word in UNIT_TOKENS for word in words)


def _expected(meaning: Meaning, expects: frozenset[str]) -> bool:
    """Tell whether the present state can use it; questions always count."""
    if not expects or meaning.ask is not None:
        return True
    return any(getattr(meaning, "reps" if name == NAMED_REPS else name) is not None for name in expects)


def _settled(found: set[Meaning], core: Core) -> Meaning:
    """One reading is the meaning; several become a question."""
    meanings = sorted(found, key=_sort_key)
    if len(meanings) == 1:
        meaning = meanings[0]
        return meaning if meaning.ask else replace(meaning, correction=core.correction, past=core.past, side=core.side)
    asked = next((meaning for meaning in meanings if meaning.ask), None)
    kinds_differ = len({meaning.weight is None for meaning in meanings}) > 1
    return asked or Meaning(ask=either_or([describe(meaning, name_weight=kinds_differ) for meaning in meanings]))


def _sort_key(meaning: Meaning) -> tuple[float, str]:
    """Order readings by size, so that the question is always worded the same."""
    numbers = [meaning.reps or 0, meaning.rpe or 0, meaning.seconds or 0]
    numbers += [quantity.value for quantity in (meaning.weight, meaning.relative) if quantity]
    return sum(numbers), describe(meaning)


def _readings(core: Core, expects: frozenset[str], unit: str | None, *, slips: bool) -> Iterator[Meaning]:
    """Yield every reading of the words as one quantity, several, or a change."""
    single = list(_single(core, expects, unit, slips=slips))
    yield from single
    if single:
        return
    yield from _either(core.words, unit, slips=slips)
    yield from _relative(core, expects, unit, slips=slips)
    yield from _several(core.words, unit, slips=slips)


def _single(core: Core, expects: frozenset[str], unit: str | None, *, slips: bool) -> Iterator[Meaning]:
    """Yield the readings as one quantity, "each side" and all."""
    words = core.words
    found = measures(words, unit, slips=slips)
    inner = each_side(words)
    if inner == ("plates",):
        yield Meaning(ask="How many plates on each side?")
        return
    if not found and inner is not None:
        yield from _each_side(inner, core, expects, unit, slips=slips)
        return
    for measure in found:
        if measure.kind == "bare" and 0 < measure.value < 1:
            continue  # "a half" alone is no weight
        for kind in _kinds(measure, core, expects):
            known = measure.as_kind(kind)
            if known is not None:
                yield _meaning([known])


def _kinds(measure: Measure, core: Core, expects: frozenset[str]) -> tuple[Kind, ...]:
    """Say what a quantity may be: what it says, else what the words around it say, else what is expected.

    "That was ten" may be the reps just done as well as their weight, where both can be put right.
    """
    if measure.kind != "bare":
        return (measure.kind,)
    if core.kind is not None:
        return (core.kind,)
    if not expects:
        return ("weight",)
    order: tuple[Kind, ...] = ("weight", "reps", "rpe", "seconds")
    found = tuple(kind for kind in order if kind in expects or (kind == "reps" and core.past and NAMED_REPS in expects))
    if "weight" in found and measure.value > MOST_BARE_REPS:
        found = tuple(kind for kind in found if kind != "reps")
    return found


def _each_side(
    words: Words, core: Core, expects: frozenset[str], unit: str | None, *, slips: bool
) -> Iterator[Meaning]:
    """Read "twelve each side"; with a weight it is a question: in all, or on each side of the bar."""
    for measure in measures(words, unit, slips=slips):
        for kind in _kinds(measure, core, expects):
            known = measure.as_kind(kind)
            if known is None:
                continue
            if kind != "weight":
                yield _meaning([known])
                continue
            said = say_quantity(Quantity(known.value, known.unit))
            yield Meaning(ask=f"{said[0].upper()}{said[1:]} in all, or on each side of the bar?")


def _either(words: Words, unit: str | None, *, slips: bool) -> Iterator[Meaning]:
    """Read "seven or eight": a question."""
    if "or" not in words:
        return
    at = words.index("or")
    for left in measures(words[:at], unit, slips=slips):
        for right in measures(words[at + 1 :], unit, slips=slips):
            if left.kind in {"bare", right.kind} and left != right:
                options = [describe(_meaning([_as_said(side, right)])) for side in (left, right)]
                yield Meaning(ask=either_or(options))


def _as_said(measure: Measure, partner: Measure) -> Measure:
    """Give a bare number the kind and unit of its partner for a question; two bare ones are simply numbers."""
    kind: Kind = "weight" if partner.kind == "bare" else partner.kind
    return Measure(kind, measure.value, partner.unit if measure.kind == "bare" else measure.unit)


def _relative(core: Core, expects: frozenset[str], unit: str | None, *, slips: bool) -> Iterator[Meaning]:
    """Read a change: "plus five", "minus two and a half kilos", "ten more pounds", "take five off"."""
    if expects and "relative" not in expects:
        return
    for sign, rest in _signed(core.words):
        for measure in measures(rest, unit, slips=slips):
            if measure.kind == "rpe" or measure.value == 0:
                continue
            of = measure.unit or _RELATIVE_UNITS.get(measure.kind)
            yield Meaning(relative=Quantity(sign * measure.value, of))


def _signed(words: Words) -> Iterator[tuple[int, Words]]:
    """Yield the sign and the quantity of a change."""
    for sign, starts, ends in ((1, _ADD, _MORE), (-1, _TAKE, _LESS)):
        for start in starts:
            if words[: len(start)] == start:
                rest = words[len(start) :]
                yield sign, rest
                if rest[-1:] and rest[-1] in ends:
                    yield sign, rest[:-1]
        if len(words) > 1 and words[-1] in ends:
            yield sign, words[1:-1] if sign < 0 and words[0] in {"take", "knock"} else words[:-1]
        if len(words) > 2 and words[-2] in ends and words[-1] in UNIT_TOKENS:  # noqa: PLR2004 - number, more, unit
            yield sign, (*words[:-2], words[-1])


def _several(words: Words, unit: str | None, *, slips: bool) -> Iterator[Meaning]:
    """Read two or three quantities: "thirty five pounds for twelve", "twelve at thirty five", "… at rpe eight"."""
    for chain in chains(words, unit, slips=slips):
        if len(chain) > 1:
            known = assigned(chain)
            if known is not None:
                yield _meaning(known)


def _meaning(known: Iterable[Measure]) -> Meaning:
    """Put quantities of different kinds into one Meaning."""
    meaning = Meaning()
    for measure in known:
        match measure.kind:
            case "weight":
                meaning = replace(meaning, weight=Quantity(measure.value, measure.unit))
            case "reps":
                meaning = replace(meaning, reps=int(measure.value))
            case "rpe":
                meaning = replace(meaning, rpe=measure.value)
            case "seconds":
                meaning = replace(meaning, seconds=measure.value)
    return meaning
