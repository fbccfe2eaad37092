"""The command line: registers every command, and nothing heavy, so that ``--help`` is quick."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Annotated, Any

import typer

from voicecoach.cli.guard import guarded

COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("run", "run", "Train"),
    ("rehearse", "rehearse", "Train"),
    ("plan", "plan", "Train"),
    ("history", "history", "Look back"),
    ("progress", "progress", "Look back"),
    ("report", "report", "Look back"),
    ("export", "export", "Look back"),
    ("import", "import_", "Look back"),
    ("forget", "forget", "Look back"),
    ("list", "list", "Scripts"),
    ("new", "new", "Scripts"),
    ("check", "check", "Scripts"),
    ("say", "say", "Scripts"),
    ("watch", "watch", "Scripts"),
    ("graph", "graph", "Scripts"),
    ("install", "install", "Scripts"),
    ("schema", "schema", "Scripts"),
    ("understand", "understand", "Ears and voice"),
    ("hear", "hear", "Ears and voice"),
    ("calibrate", "calibrate", "Ears and voice"),
    ("devices", "devices", "Ears and voice"),
    ("voices", "voices", "Ears and voice"),
    ("doctor", "doctor", "Ears and voice"),
    ("bench", "bench", "Ears and voice"),
)
"""Name on the command line, module in this package, panel of the help."""
GROUPS: tuple[tuple[str, str, str, str], ...] = (
    ("model", "model", "Ears and voice", "Recogniser models: the built-in ear and others."),
    ("log", "log", "Look back", "The journal: where it is, whether it is sound, corrections."),
)
"""Name, module with an ``app`` of its own, panel, help."""

app = typer.Typer(
    name="voicecoach",
    help="A voice coach in your earbuds: speaks the drill, counts on the beat, hears you, keeps the log. Offline.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="rich",
)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"voicecoach {version('voicecoach')}")
        raise typer.Exit


@app.callback()
def root(
    _version_wanted: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Registers the options that stand before a command."""


def _register() -> None:
    for name, module, panel in COMMANDS:
        home = import_module(f"voicecoach.cli.{module}")
        function: Callable[..., Any] = getattr(home, _function(name))
        settings: dict[str, Any] | None = getattr(home, "CONTEXT", None)
        app.command(name, rich_help_panel=panel, context_settings=settings)(guarded(function))
    for name, module, panel, text in GROUPS:
        group: typer.Typer = import_module(f"voicecoach.cli.{module}").app
        for command in group.registered_commands:
            if command.callback is not None:
                command.callback = guarded(command.callback)
        app.add_typer(group, name=name, rich_help_panel=panel, help=text)


def _function(name: str) -> str:
    return {"list": "list_scripts", "import": "import_"}.get(name, name)


def main() -> None:
    """Entry point of ``voicecoach``."""
    _register()
    app()
