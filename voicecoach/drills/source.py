"""A script that was read as YAML: its data, and the line and column of every piece of it.

Made by ``yaml_text``; every rule points at what it finds with ``Source.diagnose``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from voicecoach.drills.diagnostics import Diagnostic, Severity, shown_path

Loc = tuple[str | int, ...]
"""Keys and indices from the top of the file to a value."""
Data = str | int | float | bool | None | list["Data"] | dict[str, "Data"]
"""What a script can hold."""


class BadScript(Exception):  # noqa: N818 - it carries diagnostics and is turned into a CoachError by ``load``
    """A file that could not be read as YAML at all."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        super().__init__(f"{len(diagnostics)} errors")
        self.diagnostics = diagnostics


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read: its text, its data, and where each piece of the data stands."""

    path: Path
    """The file."""
    lines: tuple[str, ...]
    """Its lines."""
    text: str
    """Its text."""
    root: yaml.Node
    """Its tree of nodes."""
    data: Data
    """Its data."""
    refused: list[Diagnostic] = field(default_factory=list)
    """What the reader refused; the rest of the file is still worth checking."""
    beneath: Source | None = None
    """The flow that this one extends, whose data is part of ``data``."""

    def home(self, loc: Loc) -> tuple[Source, Loc]:
        """The file in which an item of a list stands, and its place there; what is inherited stands beneath.

        A list of this file takes the place of the one beneath, or is added to it and then stands behind it.
        """
        number, owner = loc[-1], loc[:-1]
        if self.beneath is None or not isinstance(number, int):
            return self, loc
        own = self._items(owner)
        whole: Data = self.data
        for part in owner:
            whole = whole.get(str(part)) if isinstance(whole, dict) else None
        inherited = len(whole) - own if isinstance(whole, list) else 0
        if own == 0 or number < inherited:
            return self.beneath.home(loc)
        return self, (*owner, number - inherited)

    def has(self, loc: Loc) -> bool:
        """Whether a key or value stands in this file itself, not only in the flow that it extends."""
        return self.beneath is None or self._items(loc) > 0

    def _items(self, loc: Iterable[str | int]) -> int:
        """How many items this file itself has at a place: those of a list, one where a value stands alone, or none."""
        node = self.find(loc)
        if node is None:
            return 0
        return len(node.value) if isinstance(node, yaml.SequenceNode) else 1

    def find(self, loc: Iterable[str | int]) -> yaml.Node | None:
        """The value below some keys, one in the other; None where this file itself has none."""
        node = self.root
        for part in loc:
            pairs = node.value if isinstance(node, yaml.MappingNode) else ()
            found = next((value for key, value in pairs if key.value == part), None)
            if found is None:
                return None
            node = found
        return node

    def node(self, loc: Loc, *, key: bool = False) -> yaml.Node:
        """The deepest node along ``loc``, or with ``key`` the key it hangs on; parts the file lacks are skipped."""
        value = at = self.root
        for part in loc:
            if part == "[key]":
                return at
            if isinstance(value, yaml.MappingNode):
                pair = next(((k, v) for k, v in value.value if k.value == str(part)), None)
                if pair is None:
                    continue
                at, value = pair
            elif isinstance(value, yaml.SequenceNode) and isinstance(part, int) and part < len(value.value):
                at = value = value.value[part]
        return at if key else value

    def diagnose(
        self,
        loc: Loc,
        message: str,
        hint: str = "",
        *,
        key: bool = False,
        piece: str = "",
        severity: Severity = "error",
    ) -> Diagnostic:
        """A diagnostic at a value, at its key, or at the first place where ``piece`` stands inside the value."""
        node = self.node(loc, key=key)
        start, end = node.start_mark, node.end_mark
        line, column, width = start.line, start.column, end.column - start.column
        if end.line != start.line:
            width = len(self._line(line).rstrip()) - column
        found = _pattern_of(piece).search(self.text, start.index, end.index) if piece else None
        if found is not None:
            line += self.text.count("\n", start.index, found.start())
            column = found.start() - (self.text.rfind("\n", 0, found.start()) + 1)
            width = len(found.group().partition("\n")[0])
        return self.at(line, column, message, hint, width=width, severity=severity)

    def at(
        self, line: int, column: int, message: str, hint: str = "", *, width: int = 1, severity: Severity = "error"
    ) -> Diagnostic:
        """A diagnostic at a line and column counted from 0."""
        return Diagnostic(
            file=shown_path(self.path),
            line=line + 1,
            column=column + 1,
            severity=severity,
            message=message,
            hint=hint,
            excerpt=self._line(line),
            width=max(1, width),
        )

    def _line(self, line: int) -> str:
        return self.lines[line] if line < len(self.lines) else ""


def _pattern_of(piece: str) -> re.Pattern[str]:
    """Finds the words of a piece as a text writes them: any capitals, any spaces and punctuation between them."""
    words = r"[\s.,;:!?-]+".join(re.escape(word).replace("'", "['\u2019]") for word in piece.split())
    edges = (r"(?<!\w)" if piece[:1].isalnum() else "", r"(?!\w)" if piece[-1:].isalnum() else "")
    return re.compile(f"{edges[0]}{words}{edges[1]}", re.IGNORECASE)
