"""Rules on how a script is said: marks for pauses and emphasis, and the words that are spoken otherwise (`say as:`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

from voicecoach.drills.diagnostics import Diagnostic, did_you_mean, quoted
from voicecoach.drills.drill_values import every_reps
from voicecoach.drills.phrasebook import Phrasebook, spellings, tokens
from voicecoach.drills.schema import CuesPart, DrillPart, FlowPart
from voicecoach.drills.source import Loc, Source
from voicecoach.words.english import ENGLISH
from voicecoach.words.marks import nearly_pauses, plain, wrong_marks
from voicecoach.words.respelling import Respelling

FROM_VARIABLES = ENGLISH.numbers.tokens | ENGLISH.unit_words | {"minus", "no", "weight", "left", "right"}
"""Words that a variable or a count can say without standing in any script."""


def check_marks(source: Source, loc: Loc, text: str) -> Iterator[Diagnostic]:
    """Pauses and emphasis that no voice could follow."""
    for piece, message in wrong_marks(text):
        yield source.diagnose(loc, message, "such as: Hips *back*. (pause 1s) Hold.", piece=piece)
    for piece in nearly_pauses(text):
        message, hint = f"{quoted(piece)} would be read out as it stands", "a pause is written (pause) or (pause 2s)"
        yield source.diagnose(loc, message, hint, piece=piece, severity="warning")


def check_no_marks(source: Source, loc: Loc, text: str) -> Iterator[Diagnostic]:
    """Marks in a text that is shown as often as it is said."""
    if plain(text) != " ".join(text.split()):
        yield source.diagnose(loc, "this is also shown, so it has no pauses and no emphasis", "write the words alone")


def check_say_as(
    source: Source, table: Mapping[str, str], texts: Iterable[str], book: Phrasebook | None
) -> Iterator[Diagnostic]:
    """Words that nothing says, and spoken forms that the coach's own ear would take for a safety command."""
    if not table:
        return
    keys = [word.casefold() for word in table]
    for number, word in enumerate(table):
        if keys.index(word.casefold()) < number:
            message = f"{quoted(word)} is written twice: capitals do not matter here"
            yield source.diagnose(("say as", word), message, "keep one of them", key=True)
    written, respell = [plain(text) for text in texts], Respelling(table)
    for word, spoken in table.items():
        alone = Respelling({word: spoken})
        changed = [(text, respell(text)) for text in written if alone(text) != text]
        loc: Loc = ("say as", word)
        if not changed and not set(tokens(word)) <= FROM_VARIABLES:
            known = set(chain.from_iterable(map(tokens, written)))
            near = did_you_mean(word, known)
            hint = near if near.startswith("did") else "take it away, or write the word as the cues do"
            yield source.diagnose(loc, f"no text here says {quoted(word)}", hint, key=True, severity="warning")
        for phrase in _safety_in(book, spoken) | {p for _, said in changed for p in _safety_in(book, said)}:
            if any(phrase in _safety_in(book, text) for text, _ in changed):
                continue  # the text itself says it, and is pointed at
            message = f"the coach would hear itself say {quoted(phrase)}"
            yield source.diagnose(loc, message, "spell it in another way")


def check_agreement(source: Source, drills: Sequence[DrillPart]) -> Iterator[Diagnostic]:
    """Words that two drills of a programme would have said in two ways; one session has one table."""
    first: dict[str, tuple[str, str]] = {}
    for drill in drills:
        for word, spoken in drill.say_as.items():
            before, name = first.setdefault(word.casefold(), (spoken, drill.name))
            if before != spoken:
                message = f"{name} and {drill.name} say {quoted(word)} in two ways: {quoted(before)}, {quoted(spoken)}"
                hint = "the first is used all through; write the same in both"
                yield source.diagnose(("drills",), message, hint, key=True, severity="warning")


def texts_of_drill(file: DrillPart) -> Iterator[str]:
    """Everything that a drill can say, and names that stand in others' texts."""
    yield from (file.name, file.goal, *file.dials)
    yield from (text for texts in _lists(file.cues) for text in texts)
    yield from (text for response in file.hears.values() for text in response.say)
    if file.load is not None:
        yield file.load.ask


def texts_of_flow(flow: FlowPart) -> Iterator[str]:
    """Every line of a flow."""
    yield from (text for texts in flow.lines.values() for text in texts)


def _lists(cues: CuesPart) -> Iterator[Sequence[str]]:
    yield from (getattr(cues, name) for name in CuesPart.model_fields)
    yield from (texts for _, texts in every_reps(cues).values())


def _safety_in(book: Phrasebook | None, text: str) -> set[str]:
    if book is None:
        return set()
    return {phrase.text for words in spellings(tokens(text)) for phrase in book.inside(words) if phrase.safety}
