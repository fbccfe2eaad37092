"""Rules on a language's table: what is missing, names and values that do not exist, number words that clash."""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping

from voicecoach.drills.diagnostics import Diagnostic, counted, did_you_mean, quoted, some_of
from voicecoach.drills.language_file import build_language, wanting
from voicecoach.drills.language_schema import FormsPart, LanguagePart, NumbersPart
from voicecoach.drills.source import Loc, Source
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language, Sentence
from voicecoach.words.troubles import TROUBLES

NEEDED = (*range(10), *range(10, 100, 10), 100)
"""Numbers that every table has words for."""
READ_BACK = (*(half / 2 for half in range(1, 121)), *range(61, 241), *range(250, 1000, 50))
"""Numbers that must be understood as they are said."""
JOINS: Mapping[str, frozenset[str]] = {
    "tens": frozenset({"tens", "ones"}),
    "hundreds": frozenset({"ones", "hundred"}),
    "hundreds and rest": frozenset({"hundreds", "rest"}),
    "thousands": frozenset({"ones"}),
    "thousands and rest": frozenset({"thousands", "rest"}),
}
"""What stands in braces in each join of number words."""


def check_language(source: Source, file: LanguagePart) -> Iterator[Diagnostic]:
    """Everything wrong with a table of a language."""
    for name in wanting(file):
        yield source.at(0, 0, f"the key {quoted(name)} is missing", f"add '{name}: …'", width=len(source.lines[0]))
    found = [*_check_values(source, file), *_check_names(source, file)]
    yield from found
    yield from _check_missing(source, file)
    if not wanting(file) and not found:
        yield from _check_numbers(source, file, build_language(file))


def values_in(text: str) -> frozenset[str]:
    """The names in braces; ValueError where the braces are wrong, or hold more than a name: ``{name:>9999999}``."""
    found = [(name, how) for _, name, spec, how in string.Formatter().parse(text) if name is not None if not spec]
    if len(found) != text.replace("{{", "").count("{") or any(how for _, how in found):
        raise ValueError(text)
    return frozenset(name for name, _ in found)


def _check_names(source: Source, file: LanguagePart) -> Iterator[Diagnostic]:
    for key, known, what in (("sentences", ENGLISH.sentences, "sentence"), ("troubles", TROUBLES, "trouble")):
        for name in getattr(file, key):
            if name not in known:
                message = f"there is no {what} called {quoted(name)}"
                yield source.diagnose((key, name), message, did_you_mean(name, known), key=True)
    for part in file.body:
        if part not in ENGLISH.body:
            message = f"there is no part of the body called {quoted(part)} in the log"
            yield source.diagnose(("body", part), message, did_you_mean(part, ENGLISH.body), key=True)


def _check_values(source: Source, file: LanguagePart) -> Iterator[Diagnostic]:
    """Names in braces that nothing fills in."""
    for name, part in file.sentences.items():
        for loc, text in _texts(("sentences", name), part):
            yield from _check_braces(source, loc, text, _values_of(ENGLISH.sentences.get(name, "")))
    for name, text in file.troubles.items():
        yield from _check_braces(source, ("troubles", name), text, values_in(name))
    if file.units is not None:
        for alias, unit in file.units.model_dump(by_alias=True).items():
            for form in ("one", "other"):
                yield from _check_braces(source, ("units", alias, form), unit[form], frozenset({"number"}))
    if file.numbers is not None:
        yield from _check_joins(source, file.numbers)


def _check_joins(source: Source, numbers: NumbersPart) -> Iterator[Diagnostic]:
    lacking = [str(number) for number in NEEDED if str(number) not in numbers.words]
    if lacking:
        message = f"there is no word for {', '.join(lacking)}"
        yield source.diagnose(("numbers", "words"), message, f"add '\"{lacking[0]}\": …'", key=True)
    for alias, allowed in JOINS.items():
        for text in getattr(numbers, alias.replace(" ", "_")):
            yield from _check_braces(source, ("numbers", alias), text, allowed)
    for number, texts in numbers.fractions.items():
        for text in texts:
            yield from _check_braces(source, ("numbers", "fractions", number), text, frozenset({"whole"}))
            if text.count("{whole}") != 1:
                message = "a fraction says where the whole number stands"
                yield source.diagnose(("numbers", "fractions", number), message, "write {whole} once")


def _check_braces(source: Source, loc: Loc, text: str, allowed: frozenset[str]) -> Iterator[Diagnostic]:
    try:
        values = values_in(text)
    except ValueError:
        yield source.diagnose(loc, "a brace without its partner, or more than a name in braces", "write {name}")
        return
    for value in sorted(values - allowed):
        hint = did_you_mean(value, allowed) if allowed else "nothing can be filled in here"
        yield source.diagnose(loc, f"unknown value {{{value}}}", hint, piece=f"{{{value}}}")


def _check_missing(source: Source, file: LanguagePart) -> Iterator[Diagnostic]:
    """What English is said for, because the table has no words of its own."""
    if file.code == ENGLISH.code:
        return
    lacking = [name for name in ENGLISH.sentences if name not in file.sentences]
    if lacking:
        message = f"{counted(len(lacking), 'sentences')} missing, so English is said: {some_of(lacking)}"
        hint = f"add '{lacking[0]}: …'; scripts/languages/en.yaml has the English of each"
        yield source.diagnose(("sentences",), message, hint, key=True, severity="warning")
    lacking = [sentence for sentence in TROUBLES if sentence not in file.troubles]
    if lacking:
        message = f"{counted(len(lacking), 'troubles')} missing, so only the device is named: {some_of(lacking, 1)}"
        hint = "add them with the English sentence as the key"
        yield source.diagnose(("troubles",), message, hint, key=True, severity="warning")
    for key in ("body", "tells", "ways"):
        if key not in file.model_fields_set:
            message = f"the key {quoted(key)} is missing"
            yield source.at(0, 0, message, f"add '{key}: …'", width=len(source.lines[0]), severity="warning")


def _check_numbers(source: Source, file: LanguagePart, language: Language) -> Iterator[Diagnostic]:
    """Numbers that are not understood as they are said; the first of them is told."""
    if file.numbers is None:
        return
    for value in READ_BACK:
        said = language.number(value)
        heard = language.numbers.read(tuple(said.lower().split()))
        if heard != {value}:
            understood = " or ".join(f"{one:g}" for one in sorted(heard)) or "nothing"
            message = f"{value:g} is said {quoted(said)}, and that is understood as {understood}"
            yield source.diagnose(("numbers",), message, "look at 'words:', 'inside:' and the joins", key=True)
            return


def _values_of(sentence: Sentence) -> frozenset[str]:
    return frozenset().union(*(values_in(text) for _, text in _texts((), sentence)), {"number"} & set(sentence))


def _texts(loc: Loc, sentence: Sentence | FormsPart) -> Iterator[tuple[Loc, str]]:
    if isinstance(sentence, str):
        yield loc, sentence
        return
    forms = {"one": sentence.one, "other": sentence.other} if isinstance(sentence, FormsPart) else sentence
    for form, text in forms.items():
        yield (*loc, form), text
