"""What drills are called in other trackers' catalogues, from their scripts' ``export name``."""

from __future__ import annotations

import re

from voicecoach.app.homes import Homes

_ENTRY = re.compile(r"^export name:[ \t]+(.+?)[ \t]*(?:[ \t]#.*)?$", re.MULTILINE)
"""Read without YAML, as the library reads names: quick, and a script with a mistake in it has its name all the same."""


def catalogue_names(homes: Homes) -> dict[str, str]:
    """Name in the catalogue by drill; drills whose script gives none are left out."""
    from voicecoach.drills.library import Library, search_folders

    names: dict[str, str] = {}
    for entry in Library(search_folders(homes.scripts)).names():
        if entry.kind != "drill" or entry.shadowed:
            continue
        try:
            found = _ENTRY.search(entry.path.read_text(encoding="utf-8-sig", errors="replace"))
        except OSError:
            continue
        if found is not None:
            names[entry.name] = found[1].strip("\"'")
    return names
