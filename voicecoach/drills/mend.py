"""Simple mistakes of a script put right for ``check --fix``: a misspelt key, a tab, a missing colon, missing quotes.

Each change is tried on a copy, and kept only where the mistake is gone and no other took its place.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from voicecoach.drills.desk import Desk
from voicecoach.drills.diagnostics import Diagnostic, shown_path
from voicecoach.drills.library import Library, home_of
from voicecoach.drills.odd_spaces import without_odd_spaces
from voicecoach.drills.source import BadScript
from voicecoach.drills.yaml_text import read_text

MISSPELT = re.compile(r"^unknown (?:key '(?P<key>[^'…]+)'|variable \{(?P<variable>[^{}]+)\})$")
NO_COLON = re.compile(r"^a colon is missing after '([^'…]+)'$")
NO_SPACE = re.compile(r"^a space is missing after the colon of '([^'…]+)'$")
SUGGESTED = re.compile(r"^did you mean '([^'…]+)'\?$")
NEAR = 0.7
"""How alike a word and the suggestion must be, from 0 to 1, for it to be taken without asking."""
ENTRY = re.compile(r"^(?P<head>\s*(?:- )*(?:[\w][\w' -]*: +)?)(?P<value>[^\s#].*?)(?P<tail>\s+#.*|\s*)$")
"""A line with a value: what stands before it, the value, and a comment."""
UNQUOTED = re.compile(r"^[^\"']+$")
TABS = "spaces in place of tabs"
SPACES = "usual spaces in place of others"
MOST_CHANGES = 50


@dataclass(frozen=True, slots=True)
class Change:
    """One mistake that was put right."""

    line: int
    """Line, from 1."""
    what: str
    """What was done, ``'stes' is 'sets' now``."""


def mend(path: Path, library: Library) -> tuple[str, tuple[Change, ...]]:
    """The text of a script after every change that helps, and the changes; the file itself is left alone.

    Raises BadScript where the file cannot be read as text.
    """
    text = read_text(path)
    changes: list[Change] = []
    while len(changes) < MOST_CHANGES:
        errors = _errors(text, path, library)
        better = next(_that_help(text, errors, path, library), None)
        if better is None:
            break
        text, change = better
        changes.append(change)
    return text, tuple(changes)


def _that_help(text: str, errors: list[Diagnostic], path: Path, library: Library) -> Iterator[tuple[str, Change]]:
    for error in errors:
        for changed, what in _tries(text, error):
            after = _errors(changed, path, library)
            hidden_before = len(errors) == 1  # a mistake of syntax hides all that follow
            gone = all((d.line, d.message) != (error.line, error.message) for d in after)
            moved = what not in {TABS, SPACES} and any(d.line == error.line for d in after)
            if gone and not moved and (len(after) < len(errors) or hidden_before):
                yield changed, Change(error.line, what)


def _errors(text: str, path: Path, library: Library) -> list[Diagnostic]:
    """The errors that a file would have with another text."""
    with tempfile.TemporaryDirectory(prefix="voicecoach-") as folder:
        copy = Path(folder) / path.relative_to(home_of(path))
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(text, encoding="utf-8", newline="\n")
        desk = Desk(library.beside(path))
        desk.check(copy)
        return [d for d in desk.errors if d.file == shown_path(copy)]


def _tries(text: str, error: Diagnostic) -> Iterator[tuple[str, str]]:
    """Texts in which a mistake may be gone, each with what was done."""
    lines = text.split("\n")
    if error.line > len(lines):
        return
    line = lines[error.line - 1]
    if (spelt := _spelt(line, error)) is not None:
        yield _with(lines, error.line, spelt[0]), spelt[1]
    elif (key := NO_COLON.match(error.message)) is not None:
        after = line.find(key[1]) + len(key[1])
        yield _with(lines, error.line, f"{line[:after]}:{line[after:]}"), f"a colon after '{key[1]}'"
    elif (key := NO_SPACE.match(error.message)) is not None:
        yield _with(lines, error.line, line.replace(f"{key[1]}:", f"{key[1]}: ", 1)), f"a space after '{key[1]}:'"
    elif "tab" in error.message and any(re.match(r"^ *\t", each) for each in lines):
        indented = [_spaces_for_tabs(each) for each in lines]
        yield "\n".join(indented), TABS
    elif "no-break space" in error.message or "an invisible character" in error.message:
        yield "\n".join(map(without_odd_spaces, lines)), SPACES
    elif "quote" in error.hint or "quote" in error.message:
        for quoted in _quoted(line):
            yield _with(lines, error.line, quoted), "quotes around the text"


def _with(lines: list[str], number: int, line: str) -> str:
    return "\n".join([*lines[: number - 1], line, *lines[number:]])


def _spelt(line: str, error: Diagnostic) -> tuple[str, str] | None:
    """The line with a misspelt key or variable as the hint spells it."""
    misspelt, suggested = MISSPELT.match(error.message), SUGGESTED.match(error.hint)
    if misspelt is None or suggested is None:
        return None
    wrong, right = misspelt["key"] or misspelt["variable"], suggested[1]
    at = line.find(wrong, max(0, error.column - 1))
    if at < 0 or SequenceMatcher(None, wrong.casefold(), right.casefold()).ratio() < NEAR:
        return None
    return line[:at] + right + line[at + len(wrong) :], f"'{wrong}' is '{right}' now"


def _spaces_for_tabs(line: str) -> str:
    indent = re.match(r"^[ \t]*", line)
    width = indent.end() if indent else 0
    return line[:width].replace("\t", "  ") + line[width:]


def _quoted(line: str) -> Iterator[str]:
    """The line with quotes around its value, or around those items of its list that need them."""
    entry = ENTRY.match(line)
    if entry is None:
        return
    head, value, tail = entry["head"], entry["value"], entry["tail"]
    value = value[1:-1] if re.fullmatch(r"'.*\w'\w.*'", value) else value  # an apostrophe ended it too early
    if value.startswith("[") and value.endswith("]"):
        items = [item.strip() for item in value[1:-1].split(",")]
        needy = [
            f'"{item}"' if UNQUOTED.match(item) and re.search(r"[{}:\[\]*&!%@|>]", item) else item for item in items
        ]
        yield f"{head}[{', '.join(needy)}]{tail}"
        if UNQUOTED.match(value):
            yield f'{head}"{value}"{tail}'
    elif '"' not in value:
        yield f'{head}"{value}"{tail}' if "\\" not in value else f"{head}'{value}'{tail}"


def is_text(path: Path) -> bool:
    """Whether a file can be read as text, so that there is something to mend."""
    try:
        read_text(path)
    except BadScript:
        return False
    return True
