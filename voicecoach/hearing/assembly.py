"""Puts the listening path together: a loaded model, a table of phrases, the grammar between them."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from voicecoach.hearing.decision import Decision
from voicecoach.hearing.hearing_path import HearingPath
from voicecoach.hearing.rules import RULES, Rule
from voicecoach.hearing.tuning import Tuning
from voicecoach.hearing.vosk_recogniser import VoskModel
from voicecoach.words.everyday import everyday_words
from voicecoach.words.phrases import PhraseTable

NUMBER_DECOYS = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty", "thirty", "forty"),
    *("fifty", "sixty", "seventy", "eighty", "ninety", "hundred", "half", "point", "pounds", "kilos"),
)
"""Always in the grammar: a trainee who counts aloud would otherwise be taken for commands (111 of 300 digits were)."""


def grammar_of(table: PhraseTable) -> tuple[str, ...]:
    """What the recogniser is held to: every phrase and decoy of the table, numbers and everyday words, expected or not.

    One grammar for all states: the decision leaves out what a state does not hear, and a smaller grammar would only
    make the recogniser press other words into it. That is why everyday words are in it, too.
    """
    held = table.grammar(words_for_numbers=True)
    if not table.language.english:
        return held  # its numbers hold every word of theirs alone
    commands = (phrase.text for phrase in table.phrases if not phrase.ignored)
    return tuple(dict.fromkeys((*held, *NUMBER_DECOYS, *everyday_words((*commands, *NUMBER_DECOYS)))))


def build_path(
    model: VoskModel,
    table: PhraseTable,
    *,
    unit: str | None = None,
    tuning: Tuning | None = None,
    rules: Sequence[tuple[str, Rule]] = RULES,
    playing: Callable[[], tuple[str, ...]] = tuple,
    on_speech: Callable[[bool], None] = lambda _: None,
    explain: Callable[[Decision], None] = lambda _: None,
) -> HearingPath:
    """A listening path over a model, with its own recogniser.

    The second opinion is left out for models that are too large to give it in time. Raises CoachError when the model
    knows no phrase.
    """
    grammar = grammar_of(table)
    return HearingPath(
        model.recogniser(grammar),
        table,
        second=model.second_opinion(grammar) if model.folder.heard_twice else None,
        tuning=tuning,
        unit=unit,
        rules=rules,
        playing=playing,
        on_speech=on_speech,
        explain=explain,
    )
