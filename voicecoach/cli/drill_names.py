"""What drills are called in other trackers' catalogues, from their scripts' ``export name``."""

from __future__ import annotations

from voicecoach.app.homes import Homes


def catalogue_names(homes: Homes) -> dict[str, str]:
    """Name in the catalogue by drill; a script that is broken is left out, as its drill keeps its own name then."""
    from voicecoach.drills.library import Library, search_folders
    from voicecoach.drills.load import load_script
    from voicecoach.drills.model import Drill
    from voicecoach.errors import CoachError

    library = Library(search_folders(homes.scripts))
    names: dict[str, str] = {}
    for entry in library.names():
        if entry.kind != "drill" or entry.shadowed:
            continue
        try:
            drill = load_script(entry.path, library)
        except CoachError:
            continue
        if isinstance(drill, Drill) and drill.export_name:
            names[drill.name] = drill.export_name
    return names
