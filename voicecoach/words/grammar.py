"""Number phrases for the recogniser's grammar.

Vosk makes a bigram with back-off from a grammar's phrases, so what counts is which word follows which: every pair that
people say is here once, and longer numbers come together from the pairs ("one thirty five" from "one thirty" and
"thirty five"). Measured with the built-in model on synthetic voices (docs/words.md): single words alone 77 % of the
values right, these phrases 98 %, every number written out with its unit 91 %.

How often counts, too: a word after which much may come makes each of it unlikely. Nine words and a unit follow
"thirty", a unit follows "thirteen", so that "thirty and a half" was heard as "thirteen and a half". That is why tens
and fives, which most weights are, stand before a unit and a half more often than once (docs/words.md).
"""

from __future__ import annotations

_ONES = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = (
    "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_PAIRS = tuple(f"{tens} {one}" for tens in _TENS for one in _ONES)
_SMALL = (*_ONES, *_TEENS, *_TENS, *_PAIRS)

_CHANGES = tuple(f"{word} {by}" for word in ("plus", "minus", "add") for by in ("two and a half", "five", "ten"))

_FRAMES = (
    "a plates each side", "two plates", "a plates and a ten each side", "just the bar", "bar only",
    "five more",
    "ten more", "five less", "ten less", "thirty seconds", "a minute and a half", "one minute thirty", "two minutes",
    "twelve reps", "ten reps", "for twelve", "at thirty five", "no forty five", "effort seven",
    "effort eight and a half", "make it ten reps", "i mean forty", "change it to forty", "set it to sixty",
    "go up by five", "ten pounds heavier",
)  # fmt: skip
"""Ways of saying more than a weight. "plates" stands for "plate" too, which sounds nearly the same."""


def _phrases() -> tuple[str, ...]:
    """Put the phrases together."""
    small_and_teens = (*_ONES, *_TEENS)
    phrases = [*_ONES, *_TEENS, *_TENS, "zero", "hundred", "pounds", "kilos", "reps", *_PAIRS]
    for hundreds in _ONES:
        phrases += [f"{hundreds} hundred", *(f"{hundreds} {rest}" for rest in (*_TEENS, *_TENS))]
        phrases += [f"{hundreds} oh {one}" for one in ("one", "two", "five", "eight")]
    phrases += [
        "a hundred",
        "one hundred and",
        "hundred and",
        *(f"hundred and {rest}" for rest in (*_ONES, *_TEENS, *_TENS)),
    ]
    phrases += [f"hundred {rest}" for rest in (*_TEENS[2:], *_TENS)]
    for number in (*small_and_teens, *_TENS):
        phrases += [f"{number} {half}{unit}" for half in ("point five", "and a half") for unit in ("", " kilos")]
    for number in small_and_teens:
        phrases += [f"pounds for {number}", f"kilos for {number}", f"{number} at"]
    phrases += [f"{number} {unit}" for number in _SMALL for unit in ("pounds", "kilos")]
    phrases += [f"at {number}" for number in _SMALL]
    phrases += [f"{tens} two {half}" for tens in _TENS for half in ("point five", "and a half")]
    phrases += [
        f"{before} {tens}{five} {unit}"
        for before in ("at", "one", "hundred and")
        for tens in _TENS
        for five in ("", " five")
        for unit in ("pounds", "kilos")
    ]
    phrases += [f"{number} kilograms" for number in (*_ONES, "ten", "twelve", "fifteen", "sixteen", "eighteen")]
    phrases += [f"make it {tens} kilograms" for tens in _TENS]
    phrases += [f"{number} out of ten" for number in (*_ONES, "ten")]
    return tuple(dict.fromkeys((*phrases, *_CHANGES, *_FRAMES)))


NUMBER_PHRASES: tuple[str, ...] = _phrases()
"""Phrases to put into a grammar where a quantity is expected; every word is in the built-in model."""

NUMBER_WORDS: frozenset[str] = frozenset(word for phrase in NUMBER_PHRASES for word in phrase.split())
"""Every word of them."""
