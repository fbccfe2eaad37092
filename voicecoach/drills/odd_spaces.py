"""Spaces that look like others and are not: YAML takes a no-break space for a letter, and nobody sees an empty one.

They come with what was copied from a web page or a word processor. Between the words of a text a no-break space is
right and stays; before a line, or after the colon of a key, it makes a text of what was meant as a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from voicecoach.drills.diagnostics import Diagnostic
from voicecoach.drills.source import Source

WIDE = "\u00a0\u2007\u202f\u3000"
"""No-break spaces, and the wide one of East Asian keyboards."""
EMPTY = "\u200b\u2060\ufeff"
"""Characters without any width."""
BEFORE = re.compile(rf"[ {WIDE}]*?([{WIDE}])")
AFTER = re.compile(rf"\s*(?:- +)?(?:[^\W\d][\w' -]*:|-)([{WIDE}])")
MOST = 20
"""How many are told."""


def other_spaces(page: Source) -> Iterator[Diagnostic]:
    """Those that stand where YAML needs a space, and those that nobody can see."""
    if page.text.isascii():
        return
    found = [(number, *place) for number, line in enumerate(page.lines) for place in _in_line(line)]
    for line, column, message, hint in found[:MOST]:
        yield page.at(line, column, message, hint)


def without_odd_spaces(line: str) -> str:
    """The line with usual spaces in place of the others, and without those that have no width."""
    return re.sub(f"[{EMPTY}]", "", re.sub(f"[{WIDE}]", " ", line))


def _in_line(line: str) -> Iterator[tuple[int, str, str]]:
    """Column, what is wrong and what to do."""
    hint = "type a usual space in its place"
    if (before := BEFORE.match(line)) is not None:
        yield before.start(1), "a no-break space at the beginning of a line", hint
    elif (after := AFTER.match(line)) is not None:
        yield after.start(1), f"a no-break space after the {line[after.start(1) - 1]}", hint
    for empty in re.finditer(f"[{EMPTY}]", line):
        yield empty.start(), "an invisible character", "delete it, or type the line again"
