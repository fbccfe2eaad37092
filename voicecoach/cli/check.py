"""``voicecoach check``: everything wrong with some scripts, each with file, line, column and what to write instead."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Format(StrEnum):
    """How diagnostics are printed."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"


def check(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders or names of scripts.")],
    *,
    form: Annotated[
        Format, typer.Option("--format", help="text for people, json for programs, github for workflows.")
    ] = Format.TEXT,
    model: Annotated[
        str | None, typer.Option(help="Recogniser model whose words are asked about; the one in use otherwise.")
    ] = None,
    fix: Annotated[
        bool, typer.Option("--fix", help="Put simple mistakes right first; the file as it was stays beside it.")
    ] = False,
) -> None:
    """Check scripts: exit code 1 if there is any error; warnings alone do not count."""
    from voicecoach.app.homes import Homes
    from voicecoach.app.models import model_named
    from voicecoach.drills.check import check_paths
    from voicecoach.drills.diagnostics import render_all
    from voicecoach.drills.library import Library, search_folders

    homes = Homes.find()
    library = Library(search_folders(homes.scripts))
    ear = model_named(homes, model)
    chosen = [Path(path) if Path(path).exists() else library.find(path) for path in paths]
    for folder in (path for path in chosen if path.is_dir()):
        _look_for_scripts(folder)
    if fix:
        from voicecoach.app.mending import mend_files
        from voicecoach.app.safekeeping import refuse_journal

        for path in chosen:
            refuse_journal(path, homes, "--fix")
        for done in mend_files(chosen, library):
            typer.echo(done, err=True)
    found = check_paths(chosen, library, vocabulary=ear.words, hears=ear.language)
    if found or form is Format.JSON:
        typer.echo(render_all(found, form))
    errors = sum(d.severity == "error" for d in found)
    warnings = len(found) - errors
    if form is Format.TEXT:
        typer.echo(f"{_count(errors, 'error')}, {_count(warnings, 'warning')}.", err=True)
    if errors:
        raise typer.Exit(1)


def _count(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _look_for_scripts(folder: Path) -> None:
    """Name the files that were meant as scripts; raises CoachError where the folder holds none."""
    from voicecoach.drills.diagnostics import shown_path
    from voicecoach.drills.library import left_out, script_files
    from voicecoach.errors import CoachError

    for file in left_out(folder):
        typer.echo(f"{shown_path(file)} is left out: the name of a script ends in .yaml, and nothing more.", err=True)
    if not script_files(folder):
        below = folder / "scripts"
        hint = f"Name the folder {shown_path(below)}." if script_files(below) else "The name of a script ends in .yaml."
        raise CoachError(f"There is no script in the folder {shown_path(folder)}.", hint)
