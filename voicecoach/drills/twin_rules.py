"""Two scripts of one kind and one name in a folder: the second is found by no name, so only the first is ever used."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from voicecoach.drills.diagnostics import Diagnostic, quoted, shown_path
from voicecoach.drills.library import Entry, Library, home_of, same_name
from voicecoach.drills.page import Page


def check_twins(pages: Iterable[Page]) -> Iterator[Diagnostic]:
    """A warning at the name of each script that has a twin, which says which of the two is used."""
    folders: dict[Path, list[Entry]] = {}
    for page in pages:
        if page.file is None or page.source is None or page.file.kind == "language":
            continue
        home = home_of(page.path)
        if home not in folders:
            folders[home] = Library([home]).names()
        name = same_name(page.file.name)
        alike = [one.path for one in folders[home] if one.kind == page.file.kind and same_name(one.name) == name]
        if len(alike) == 1 or page.path.resolve() not in {path.resolve() for path in alike}:
            continue
        first = alike[0].resolve() == page.path.resolve()
        used = "so that one is not used" if first else "and that one is used in place of this"
        message = f"{quoted(page.file.name)} is the name of {shown_path(alike[1 if first else 0])} too, {used}"
        yield page.source.diagnose(("name",), message, "give one of them another name", severity="warning")
