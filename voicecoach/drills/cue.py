"""A cue that knows more than its text: when it is said, ``- last set: Make it a clean one.``, or whose list it is of.

``schema`` reads it, ``check`` asks the same of its text as of every other, ``coach`` says it when its time has come.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Self

CUE_CONDITION_MEANINGS: Mapping[str, str] = {
    "after pain": "the drill hurt in an earlier session, and has not been clean twice since",
    "first time": "no session with the drill is in the journal yet",
    "last set": "the set that is on, or comes next, is the last of the drill",
    "week 1": "the first week of training; `week 2` the second, and so on, without the weeks that were missed",
}
"""Every condition of a cue with its meaning."""
WEEK = r"^week ([1-9][0-9]{0,2})$"
"""A week of training, ``week 1``: a condition of a cue, and a key of reminders."""


SHARED = "shared"
"""Key of an entry that stands for another list, ``- shared: praise``."""


class Cue(str):
    """A text under a condition, or of a shared list; where that does not matter, a text like any other."""

    __slots__ = ("only_if", "place", "shared")

    only_if: str
    """Name in the table, or ``week`` and its number; empty for an ordinary text."""
    place: tuple[str | int, ...]
    """Where in its list it stands: ``(2,)``, ``(2, "last set")``, ``(2, "shared")``, or ``(2, "last set", 0)``."""

    shared: str
    """Name of the list it comes from; empty where it stands in the script itself."""

    def __new__(cls, text: str, only_if: str = "", place: tuple[str | int, ...] = (), shared: str = "") -> Self:
        """A text, its condition, its place and its list; set once, here, and never changed."""
        made = super().__new__(cls, text)
        made.only_if, made.place, made.shared = only_if, place, shared
        return made


def condition_of(text: str) -> str:
    """The condition under which a text is said; empty where it is an ordinary one."""
    return text.only_if if isinstance(text, Cue) else ""


def place_of(text: str, number: int) -> tuple[str | int, ...]:
    """Where in the list of its file a text stands; ``number`` counts the texts of a list without conditions."""
    return text.place or (number,) if isinstance(text, Cue) else (number,)


def list_of(text: str) -> str:
    """Name of the shared list that a text comes from; empty where it stands in the script itself."""
    return text.shared if isinstance(text, Cue) else ""


def week_in(condition: str) -> int | None:
    """The week of training that a condition names; None where it is another condition."""
    found = re.match(WEEK, condition)
    return int(found[1]) if found else None


def is_cue_condition(name: str) -> bool:
    """Whether a name is one of the conditions."""
    return name in CUE_CONDITION_MEANINGS or week_in(name) is not None
