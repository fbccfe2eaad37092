"""A whole sentence to its Meaning: first an exact phrase, then a quantity where one is expected.

Everything here works on whole sentences: a left-over word means that nothing was understood, and two readings that are
equally good become a question to ask back.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from voicecoach.words.chains import assigned, chains
from voicecoach.words.doubts import confusable, doubt, likelier
from voicecoach.words.english import ENGLISH
from voicecoach.words.frames import Core, cores
from voicecoach.words.language import Language, capital
from voicecoach.words.meaning import NAMED_REPS, NAMED_WEIGHT, Meaning, Quantity
from voicecoach.words.measures import Kind, Measure, measures
from voicecoach.words.phrases import Phrase, PhraseTable
from voicecoach.words.plates import each_side
from voicecoach.words.questions import describe
from voicecoach.words.typed import words_of
from voicecoach.words.ways import Words

__all__ = ["WITH_REPS", "confusable", "doubt", "likelier", "understand", "understand_anything"]

WITH_REPS = frozenset({"done"})
"""Commands that a number of reps may stand beside in the same breath: "done, twelve"."""
MOST_BARE_REPS = 50
"""Where a weight is expected too, a bare number above this is a weight and not a number of reps."""
LONGEST_SENTENCE = 20
"""Words; somebody who says more is talking to somebody else."""
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
    language: Language | None = None,
) -> Meaning:
    """Say what a sentence means; an empty Meaning where it means nothing to the coach.

    ``table`` holds the phrases; ``commands`` are the names acted on now (None: all), safety commands always are.
    The ``language`` is that of the table, where none is given.
    ``expects`` names the quantities acted on now; with no table and nothing expected any quantity is read, and a bare
    number is taken for a weight. ``unit`` (``lb``, ``kg``, None) says which bar and plates the user has.
    """
    phrase = table.find(text, commands) if table is not None else None
    if phrase is not None and _acted_on(phrase, commands):
        return Meaning(command=phrase.command)
    if NAMED_WEIGHT in expects:
        expects = expects - {NAMED_WEIGHT} | {"weight"}
    free = table is None and not expects
    if not (free or expects):
        return Meaning()
    decoy = phrase is not None and phrase.ignored
    language = language or (table.language if table is not None else ENGLISH)
    words = words_of(text, language)
    meaning = _Reader(language, expects, unit).read(words, slips=not decoy)
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
    meaning = understand(text, unit=unit, language=table.language)
    return _command_with_reps(words_of(text, table.language), table, None) if meaning.empty else meaning


def _acted_on(phrase: Phrase, commands: frozenset[str] | None) -> bool:
    """Tell whether a phrase is a command that the present state hears."""
    return not phrase.ignored and (commands is None or phrase.safety or phrase.command in commands)


def _command_with_reps(words: Words, table: PhraseTable, commands: frozenset[str] | None) -> Meaning:
    """Read "done twelve", "that's it, ten reps" and "twelve, done"."""
    for cut in range(len(words) - 1, 0, -1):
        for said, number in ((words[:cut], words[cut:]), (words[cut:], words[:cut])):
            phrase = table.find(" ".join(said), commands)
            if phrase is None or phrase.command not in WITH_REPS or not _acted_on(phrase, commands):
                continue
            meaning = _Reader(table.language, frozenset({"reps"}), None).read(number, slips=True)
            if meaning.reps is not None:
                return Meaning(command=phrase.command, reps=meaning.reps)
    return Meaning()


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads quantities as one state of a session hears them."""

    language: Language
    """Of the sentence."""
    expects: frozenset[str]
    """Quantities acted on now; empty for any."""
    unit: str | None
    """The user's."""

    def read(self, words: Words, *, slips: bool) -> Meaning:
        """Read a sentence as a quantity, plainly first and with the recogniser's slips if that gives nothing."""
        ways = self.language.ways
        if not 0 < len(words) <= LONGEST_SENTENCE or " ".join(words) in ways.idioms:
            return Meaning()
        if "side" in self.expects:
            for side, phrases in ways.sides.items():
                if words in phrases:
                    return Meaning(side=side)
        with_slips = (False, True) if slips and (self.expects or self._some_number(words)) else (False,)
        for slip in with_slips:
            for core in cores(words, ways):
                found = {m for m in self._readings(core, slips=slip) if self._expected(m)}
                if found:
                    return self._settled(found, core)
        return Meaning()

    def _some_number(self, words: Iterable[str]) -> bool:
        """Tell whether a word is part of a number or names a unit, so that "too" beside it may be a number too."""
        return any(word in self.language.numbers.tokens or word in self.language.unit_words for word in words)

    def _expected(self, meaning: Meaning) -> bool:
        """Tell whether the present state can use it; questions always count."""
        if not self.expects or meaning.ask is not None:
            return True
        return any(getattr(meaning, "reps" if name == NAMED_REPS else name) is not None for name in self.expects)

    def _settled(self, found: set[Meaning], core: Core) -> Meaning:
        """One reading is the meaning; several become a question."""
        meanings = sorted(found, key=self._sort_key)
        if len(meanings) == 1:
            only = meanings[0]
            return only if only.ask else replace(only, correction=core.correction, past=core.past, side=core.side)
        asked = next((meaning for meaning in meanings if meaning.ask), None)
        kinds_differ = len({meaning.weight is None for meaning in meanings}) > 1
        options = [describe(meaning, self.language, name_weight=kinds_differ) for meaning in meanings]
        return asked or Meaning(ask=self.language.either_or(options))

    def _sort_key(self, meaning: Meaning) -> tuple[float, str]:
        """Order readings by size, so that the question is always worded the same."""
        numbers = [meaning.reps or 0, meaning.rpe or 0, meaning.seconds or 0]
        numbers += [quantity.value for quantity in (meaning.weight, meaning.relative) if quantity]
        return sum(numbers), describe(meaning, self.language)

    def _measures(self, words: Words, *, slips: bool) -> frozenset[Measure]:
        return measures(words, self.unit, self.language, slips=slips)

    def _readings(self, core: Core, *, slips: bool) -> Iterator[Meaning]:
        """Yield every reading of the words as one quantity, several, or a change."""
        single = list(self._single(core, slips=slips))
        yield from single
        if single:
            return
        yield from self._either(core.words, slips=slips)
        yield from self._relative(core, slips=slips)
        yield from self._several(core.words, slips=slips)

    def _single(self, core: Core, *, slips: bool) -> Iterator[Meaning]:
        """Yield the readings as one quantity, "each side" and all."""
        words = core.words
        found = self._measures(words, slips=slips)
        inner = each_side(words, self.language.ways)
        if inner == ("plates",) and self.language.english:
            yield Meaning(ask=self.language.say("plates each side"))
            return
        if not found and inner is not None:
            yield from self._each_side(inner, core, slips=slips)
            return
        for measure in found:
            if measure.kind == "bare" and 0 < measure.value < 1:
                continue  # "a half" alone is no weight
            for kind in self._kinds(measure, core):
                known = measure.as_kind(kind)
                if known is not None:
                    yield _meaning([known])

    def _kinds(self, measure: Measure, core: Core) -> tuple[Kind, ...]:
        """Say what a quantity may be: what it says, else what the words around it say, else what is expected.

        "That was ten" may be the reps just done as well as their weight, where both can be put right.
        """
        expects = self.expects
        if measure.kind != "bare":
            return (measure.kind,)
        if core.kind is not None:
            return (core.kind,)
        if not expects:
            return ("weight",)
        order: tuple[Kind, ...] = ("weight", "reps", "rpe", "seconds")
        found = tuple(
            kind for kind in order if kind in expects or (kind == "reps" and core.past and NAMED_REPS in expects)
        )
        if "weight" in found and measure.value > MOST_BARE_REPS:
            found = tuple(kind for kind in found if kind != "reps")
        return found

    def _each_side(self, words: Words, core: Core, *, slips: bool) -> Iterator[Meaning]:
        """Read "twelve each side"; with a weight it is a question: in all, or on each side of the bar."""
        for measure in self._measures(words, slips=slips):
            for kind in self._kinds(measure, core):
                known = measure.as_kind(kind)
                if known is None:
                    continue
                if kind != "weight":
                    yield _meaning([known])
                    continue
                said = self.language.quantity(Quantity(known.value, known.unit))
                yield Meaning(ask=capital(self.language.say("in all or each side", load=said)))

    def _either(self, words: Words, *, slips: bool) -> Iterator[Meaning]:
        """Read "seven or eight": a question."""
        at = next((at for at, word in enumerate(words) if word in self.language.ways.either), None)
        if at is None:
            return
        for left in self._measures(words[:at], slips=slips):
            for right in self._measures(words[at + 1 :], slips=slips):
                if left.kind in {"bare", right.kind} and left != right:
                    both = [_meaning([_as_said(side, right)]) for side in (left, right)]
                    options = [describe(meaning, self.language) for meaning in both]
                    yield Meaning(ask=self.language.either_or(options))

    def _relative(self, core: Core, *, slips: bool) -> Iterator[Meaning]:
        """Read a change: "plus five", "minus two and a half kilos", "ten more pounds", "take five off"."""
        if self.expects and "relative" not in self.expects:
            return
        for sign, rest in self._signed(core.words):
            for measure in self._measures(rest, slips=slips):
                if measure.kind == "rpe" or measure.value == 0:
                    continue
                of = measure.unit or _RELATIVE_UNITS.get(measure.kind)
                yield Meaning(relative=Quantity(sign * measure.value, of))

    def _signed(self, words: Words) -> Iterator[tuple[int, Words]]:
        """Yield the sign and the quantity of a change."""
        ways = self.language.ways
        for sign, starts, ends in ((1, ways.plus, ways.more), (-1, ways.minus, ways.less)):
            for start in starts:
                if words[: len(start)] == start:
                    rest = words[len(start) :]
                    yield sign, rest
                    if rest[-1:] and rest[-1] in ends:
                        yield sign, rest[:-1]
            if len(words) > 1 and words[-1] in ends:
                yield sign, words[1:-1] if sign < 0 and words[0] in ways.take else words[:-1]
            if len(words) > 2 and words[-2] in ends and words[-1] in self.language.unit_words:  # noqa: PLR2004 - number, more, unit
                yield sign, (*words[:-2], words[-1])

    def _several(self, words: Words, *, slips: bool) -> Iterator[Meaning]:
        """Read two or three quantities: "thirty five pounds for twelve", "twelve at thirty five", "… at rpe eight"."""
        for chain in chains(words, self.unit, self.language, slips=slips):
            if len(chain) > 1:
                known = assigned(chain, self.language.ways)
                if known is not None:
                    yield _meaning(known)


def _as_said(measure: Measure, partner: Measure) -> Measure:
    """Give a bare number the kind and unit of its partner for a question; two bare ones are simply numbers."""
    kind: Kind = "weight" if partner.kind == "bare" else partner.kind
    return Measure(kind, measure.value, partner.unit if measure.kind == "bare" else measure.unit)


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
