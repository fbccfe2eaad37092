"""What is wrong in a script, where, and what to write instead: a value and three ways to print it.

Everything that reads YAML makes these; ``cli`` prints them. Imports the standard library alone, so that printing
needs neither PyYAML nor pydantic.
"""

from __future__ import annotations

import json
import os
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

Severity = Literal["error", "warning"]
WIDEST = 160
"""Columns of a source line that are shown; a longer line is cut around the place meant."""
BIDIRECTIONAL = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that make a line look different from what it says (CVE-2021-42574)."""


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong at one place of one file."""

    file: str
    """Path as shown to the user."""
    line: int
    """Line, from 1."""
    column: int
    """Column in characters, from 1."""
    severity: Severity
    """``error``: the script is refused. ``warning``: it runs, but hardly as meant."""
    message: str
    """What is wrong, without a full stop."""
    hint: str = ""
    """What to write instead; empty where there is nothing to suggest."""
    excerpt: str = ""
    """The source line."""
    width: int = 1
    """Characters of the excerpt that are meant, from ``column``."""

    @property
    def place(self) -> tuple[str, int, int]:
        """File, line and column, the order in which diagnostics are printed."""
        return (self.file, self.line, self.column)


def is_hidden(character: str) -> bool:
    """Whether a character would act on a terminal, or deceive the reader, instead of showing itself."""
    return unicodedata.category(character) in {"Cc", "Cs", "Zl", "Zp"} or character in BIDIRECTIONAL


def clean(text: str) -> str:
    """The text fit for a terminal: tabs become spaces, other control and bidirectional characters a ``?``."""
    return "".join(" " if c == "\t" else "?" if is_hidden(c) else c for c in text)


def quoted(text: object, limit: int = 40) -> str:
    """A piece of the user's text inside a message: cleaned, in single quotes, not longer than ``limit`` characters."""
    shown = " ".join(clean(str(text)).split())
    return f"'{shown[: limit - 1]}…'" if len(shown) > limit else f"'{shown}'"


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """``did you mean 'tempo'?`` for the nearest known word, or the whole list where it is short, or nothing."""
    names = sorted(set(known))
    lowered = {name.casefold(): name for name in names}
    near = get_close_matches(word.casefold(), lowered, n=1, cutoff=0.6)
    if near:
        return f"did you mean {quoted(lowered[near[0]])}?"
    few = 12
    return f"known here: {', '.join(names)}" if names and len(names) <= few else ""


def misnamed(asked: Sequence[str], unasked: Iterable[str]) -> dict[str, str]:
    """Names that are asked for more than once and do not exist, each with the one that is meant, under another name.

    ``asked`` has a name as often as it is asked for, ``unasked`` those that exist and nothing asks for. A name that is
    asked for once may itself be the misspelt one.
    """
    left, found = set(unasked), dict[str, str]()
    for name in dict.fromkeys(asked):
        near = get_close_matches(name, left, n=1, cutoff=0.6) if asked.count(name) > 1 else []
        if near:
            found[name] = near[0]
            left.remove(near[0])
    return found


def shown_path(path: Path) -> str:
    """A path as a user would type it: relative where it lies below the current folder; control characters removed."""
    try:
        relative = Path(os.path.abspath(path)).relative_to(Path.cwd())  # noqa: PTH100 - resolve() would follow links
    except (ValueError, OSError):
        return clean(str(path))
    return clean(str(relative))


def in_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sorted by file, line and column, each said once; errors before warnings at the same place."""
    unique = dict.fromkeys(diagnostics)
    return sorted(unique, key=lambda d: (*d.place, d.severity, d.message))


def render_text(diagnostic: Diagnostic) -> str:
    """``file:line:column: error: message``, then the line, a caret and the hint."""
    head = (
        f"{diagnostic.file}:{diagnostic.line}:{diagnostic.column}: {diagnostic.severity}: {clean(diagnostic.message)}"
    )
    gutter = str(diagnostic.line)
    blank = " " * len(gutter)
    lines = [head]
    if diagnostic.excerpt.strip():
        source, before, meant = _window(diagnostic)
        caret = "^" + "~" * max(0, _columns(meant) - 1)
        lines += [f"{gutter} | {source}", f"{blank} | {' ' * _columns(before)}{caret}"]
    if diagnostic.hint:
        lines.append(f"{blank} = hint: {clean(diagnostic.hint)}")
    return "\n".join(lines)


def _window(diagnostic: Diagnostic) -> tuple[str, str, str]:
    """The part of the source line to show, the part of it before the place, and the place."""
    start = max(0, diagnostic.column - 1)
    first = max(0, start - WIDEST // 2) if len(diagnostic.excerpt) > WIDEST else 0
    shown = clean(diagnostic.excerpt[first : first + WIDEST])
    before = shown[: start - first]
    meant = shown[start - first : start - first + diagnostic.width]
    return shown, before, meant


def _columns(text: str) -> int:
    """Columns a text takes on a terminal; East Asian characters take two, combining ones none."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def render_github(diagnostic: Diagnostic) -> str:
    """A workflow command that GitHub shows beside the changed line."""
    text = diagnostic.message + (f"\nhint: {diagnostic.hint}" if diagnostic.hint else "")
    body = text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")
    file = diagnostic.file.replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
    return f"::{diagnostic.severity} file={file},line={diagnostic.line},col={diagnostic.column}::{body}"


def render_json(diagnostics: Sequence[Diagnostic]) -> str:
    """One JSON list of objects with file, line, column, severity, message and hint."""
    keys = ("file", "line", "column", "severity", "message", "hint")
    return json.dumps([{key: getattr(d, key) for key in keys} for d in diagnostics], ensure_ascii=False, indent=2)


def render_all(diagnostics: Sequence[Diagnostic], form: str = "text") -> str:
    """Everything in one of the forms ``text``, ``json`` and ``github``."""
    if form == "json":
        return render_json(diagnostics)
    if form == "github":
        return "\n".join(render_github(d) for d in diagnostics)
    return "\n\n".join(render_text(d) for d in diagnostics)


def counted(number: int, what: str) -> str:
    """A number and its noun, which is given in the plural: ``3 lines``, ``1 line``."""
    return f"{number} {what.removesuffix('s') if number == 1 else what}"


def some_of(names: Sequence[str], most: int = 6) -> str:
    """The first of some names in quotes, and how many more there are."""
    shown = ", ".join(quoted(name) for name in names[:most])
    return shown if len(names) <= most else f"{shown} and {len(names) - most} more"
