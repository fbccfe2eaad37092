"""``voicecoach list``: the scripts there are, where each comes from, and which one is used."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pathlib import Path

    from voicecoach.drills.library import Entry


HEADINGS = {
    "programme": "programmes",
    "drill": "drills",
    "flow": "flows",
    "cues": "shared cues",
    "language": "languages",
    "": "of no kind",
}
"""What stands above the scripts of each kind."""


def list_scripts(
    *,
    json_out: Annotated[bool, typer.Option("--json", help="One JSON document.")] = False,
) -> None:
    """List every script there is, those hidden by a script of the same name among them."""
    import json

    from voicecoach.app.homes import Homes
    from voicecoach.drills.library import Library, search_folders

    folders = search_folders(Homes.find().scripts)
    entries = Library(folders).names()
    if json_out:
        typer.echo(json.dumps([_as_json(entry, folders) for entry in entries], ensure_ascii=False, indent=2))
        return
    for kind, heading in HEADINGS.items():
        chosen = [entry for entry in entries if entry.kind == kind]
        if chosen:
            typer.echo(heading)
        for entry in chosen:
            where = _where(entry, entries, folders)
            typer.echo(f"  {entry.name}  ({where})" + (f"  {entry.goal}" if entry.goal else ""))


def _origin(entry: Entry, folders: tuple[Path, ...]) -> str:
    """Where a script comes from: this folder, the user's own, or shipped with the program."""
    from voicecoach.drills.library import home_of, shipped_scripts

    home = home_of(entry.path)
    if home.resolve() == shipped_scripts().resolve():
        return "shipped"
    return "your own" if home.resolve() == folders[1].resolve() else "this folder"


def _where(entry: Entry, entries: list[Entry], folders: tuple[Path, ...]) -> str:
    """The same in words, with what it was installed from, and which script it hides or is hidden by."""
    from voicecoach.app.install import origin_of
    from voicecoach.drills.library import same_name

    words = [_origin(entry, folders)]
    if words == ["your own"] and (brought := origin_of(entry.path)):
        words.append(f"from {brought}")
    alike = [e for e in entries if e.kind == entry.kind and same_name(e.name) == same_name(entry.name) and e != entry]
    if entry.shadowed:
        words.append("not used")
    elif alike:
        words.append(f"in place of {'the shipped one' if _origin(alike[0], folders) == 'shipped' else 'another'}")
    return ", ".join(words)


def _as_json(entry: Entry, folders: tuple[Path, ...]) -> dict[str, object]:
    return {
        "kind": entry.kind,
        "name": entry.name,
        "from": _origin(entry, folders),
        "path": str(entry.path),
        "shadowed": entry.shadowed,
        "goal": entry.goal,
    }
