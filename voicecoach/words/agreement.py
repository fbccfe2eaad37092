"""Words of a sentence that follow what is filled in: a noun after a number, and "phase" beside the name of one.

A script writes the plural, as it reads for most numbers; ``coach`` fills the number in and asks here for the rest. That
is for texts in English: in another language no number is called "one", and nothing is changed.
"""

from __future__ import annotations

import re

ONE = "one"
WORDS_BETWEEN = 2
"""Words that can stand between the number and its noun: ``{left} more clean reps``."""
_UNITS = frozenset(
    """
    inch inches pound pounds kilo kilos rep reps second seconds minute minutes percent centimeter centimeters
    """.split()  # noqa: SIM905
)
_IRREGULAR = {"feet": "foot", "halves": "half", "lives": "life", "calves": "calf", "people": "person"}
_NO_PLURALS = frozenset(
    """
    always as because does goes has his is its less minus perhaps plus press this towards us was yes yours ours
    theirs hers afterwards backwards forwards downwards upwards sideways besides across abs biceps triceps glutes
    """.split()  # noqa: SIM905
)
_STOPS = frozenset(
    "a an and are at by for from go in is left of on or per so the then to until was will with".split()  # noqa: SIM905
)
_WORD = re.compile(r"\s+\*?([^\W\d_]+(?:['\u2019-][^\W\d_]+)*)")


def singular(noun: str) -> str:
    """One of what a plural names: ``sets`` to ``set``, ``inches`` to ``inch``; a word that is no plural as it is."""
    word = noun.lower()
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    if word in _NO_PLURALS or len(word) < 4 or not word.endswith("s") or word.endswith(("ss", "us", "is")):  # noqa: PLR2004
        return noun
    if word.endswith("ies") and len(word) > 4:  # noqa: PLR2004 - not "ties"
        return f"{noun[:-3]}y"
    return noun[:-2] if word.endswith(("ches", "shes", "xes", "sses", "zzes")) else noun[:-1]


def agreeing(value: str, following: str) -> str:
    """The text that follows a variable, as the variable's value asks for it.

    After "one" the noun is singular: " sets of twelve" becomes " set of twelve". After a value that ends with its unit
    the same unit is not said again: "seven inches" and " inches away" give " away".
    """
    first = _WORD.match(following)
    if first is None:
        return following
    last = value.rpartition(" ")[2]
    if last in _UNITS and last != value and singular(first[1].lower()) == singular(last):
        return following[first.end() :]
    if value != ONE:
        return following
    at = 0
    for _ in range(WORDS_BETWEEN + 1):
        found = _WORD.match(following, at)
        if found is None or found[1].lower() in _STOPS:
            break
        one = singular(found[1])
        if one != found[1]:
            return f"{following[: found.start(1)]}{one}{following[found.end(1) :]}"
        at = found.end()
    return following


def phase_once(sentence: str, phase: str) -> str:
    """A sentence about ``{phase}`` without its own word for it where the name has that word.

    "In the {phase} phase" becomes "in {phase}" for one called "phase 2", and "in the {phase}" for "strength phase";
    German "in der Phase {phase}" becomes "in der {phase}" for either.
    """
    words = phase.casefold().split()
    if words[:1] == ["phase"] and len(words) > 1:
        sentence = sentence.replace("the {phase} phase", "{phase}")
    elif not phase.casefold().endswith("phase"):
        return sentence
    return sentence.replace("{phase} phase", "{phase}").replace("Phase {phase}", "{phase}")
