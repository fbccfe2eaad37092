"""The command line: knows every command by name and loads the one that was typed, so that ``--help`` is quick."""

from __future__ import annotations

import atexit
import gc
import inspect
import os
import sys
from copy import copy
from importlib import import_module
from types import ModuleType
from typing import Annotated, Any, NamedTuple

import typer
from typer.core import TyperGroup

from voicecoach.cli.guard import guarded


class Entry(NamedTuple):
    """A command, before its module is loaded."""

    name: str
    """As it is typed."""
    module: str
    """In this package; it has a function of that name, or an ``app`` with commands of its own."""
    text: str
    """What the overview says of it; the command's own help says more."""


TRAIN = (
    Entry("run", "run", "Train: the coach speaks, counts, hears you and writes it down."),
    Entry("rehearse", "rehearse", "Hold a session on a virtual clock: to read, to hear, to look at."),
    Entry("plan", "plan", "Today's session, why, and where it leads."),
    Entry("equipment", "equipment", "What you have to lift: targets are never anything else."),
)
LOOK_BACK = (
    Entry("history", "history", "Sessions, sets, loads, pain, and weeks in a row."),
    Entry("progress", "progress", "How one drill went."),
    Entry("report", "report", "One HTML file, or a picture, of your weeks."),
    Entry("export", "export", "Your sessions for Hevy, Strong, Liftosaur, or as a table."),
    Entry("import", "import_", "Add the sessions of another tracker's file."),
    Entry("log", "log", "The journal: where it is, whether it is sound, corrections."),
    Entry("forget", "forget", "Take old sessions out of the journal."),
)
SCRIPTS = (
    Entry("list", "list", "Programmes, drills and flows, and where they come from."),
    Entry("new", "new", "Write a script of your own, every key explained."),
    Entry("check", "check", "Say what is wrong with scripts, and where."),
    Entry("say", "say", "Every sentence a script can say, with its length and sound."),
    Entry("watch", "watch", "Check a script on every save."),
    Entry("graph", "graph", "Draw a flow: its states, and what is said on the arrows."),
    Entry("install", "install", "Take in scripts that somebody gave you, checked and shown first."),
    Entry("schema", "schema", "The JSON Schema of scripts, for editors."),
)
EARS_AND_VOICE = (
    Entry("doctor", "doctor", "Look over voice, earbuds, microphone, ear, scripts and journal."),
    Entry("calibrate", "calibrate", "Fit the ears to your room and your microphone."),
    Entry("understand", "understand", "What the coach would make of a sentence."),
    Entry("hear", "hear", "What the coach would hear in a recording, and why."),
    Entry("model", "model", "The built-in ear, and others."),
    Entry("devices", "devices", "Microphones and earbuds."),
    Entry("voices", "voices", "List voices, or hear one."),
    Entry("bench", "bench", "Measure on this machine: counting, latency, hearing and more."),
)
PANELS = {"Train": TRAIN, "Look back": LOOK_BACK, "Scripts": SCRIPTS, "Ears and voice": EARS_AND_VOICE}
"""All commands, as the overview groups them."""
FUNCTIONS = {"list": "list_scripts", "import": "import_"}
"""Functions that cannot have their command's name, because Python has it."""


class Overview(TyperGroup):
    """A group of commands whose help never cuts a sentence short."""

    def format_commands(self, _ctx: Any, formatter: Any) -> None:  # noqa: ANN401 - the library's own types
        """Write what each command is for."""
        helps = {name: inspect.cleandoc(command.help or "") for name, command in self.commands.items()}
        with formatter.section("Commands"):
            formatter.write_dl([(name, text.split("\n\n")[0]) for name, text in helps.items()])


class Commands(TyperGroup):
    """The commands of ``voicecoach``; the module of one is loaded when it is asked for."""

    def __init__(self, **settings: Any) -> None:  # noqa: ANN401 - the library's own types
        super().__init__(**settings)
        self.commands = Modules()

    def list_commands(self, _ctx: Any) -> list[str]:  # noqa: ANN401
        """Names in the order of the overview."""
        return list(self.commands)

    def format_commands(self, _ctx: Any, formatter: Any) -> None:  # noqa: ANN401
        """The overview, without loading anything."""
        width = max(map(len, self.commands))
        for panel, entries in PANELS.items():
            with formatter.section(panel):
                formatter.write_dl([(f"{entry.name:<{width}}", entry.text) for entry in entries])


class Modules(dict[str, Any]):
    """Commands by name, each loaded when it is looked up."""

    def __init__(self) -> None:
        super().__init__({entry.name: entry for entries in PANELS.values() for entry in entries})

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401
        """The command. Raises KeyError where there is none of that name."""
        return load(super().__getitem__(name))

    def get(self, name: str, default: Any = None) -> Any:  # noqa: ANN401
        """The command, or ``default``."""
        try:
            return self[name]
        except KeyError:
            return default


def load(entry: Entry) -> Any:  # noqa: ANN401 - the library's own types
    """Import a command's module and make a command of it."""
    module = import_module(f"voicecoach.cli.{entry.module}")
    holder = typer.Typer(rich_markup_mode=None, pretty_exceptions_enable=False)
    group: typer.Typer | None = getattr(module, "app", None)
    if group is None:
        function = getattr(module, FUNCTIONS.get(entry.name, entry.name))
        holder.command(entry.name, context_settings=getattr(module, "CONTEXT", None))(guarded(function))
    else:
        twin = copy(group)  # the module's own stays as it is, for whoever calls its functions
        twin.registered_commands = [copy(command) for command in group.registered_commands]
        for command in twin.registered_commands:
            if command.callback is not None:
                command.callback = guarded(command.callback)
        holder.add_typer(twin, name=entry.name, cls=Overview, help=entry.text)
    return typer.main.get_group(holder).commands[entry.name]


app = typer.Typer(
    name="voicecoach",
    cls=Commands,
    help="A voice coach in your earbuds: speaks the drill, counts on the beat, hears you, keeps the log. Offline.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,  # plain help: half the time, and as good to hear as to see
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


def main() -> None:
    """Entry point of ``voicecoach``."""
    atexit.register(gc.freeze)  # at the end nothing is searched for circles: a fifth of a command's time once more
    _without_plugins()
    app()


def _without_plugins() -> None:
    """Let no other package have a say in how scripts are read.

    pydantic has a switch for it in the environment, but imports what finds plugins all the same, and with it half of
    ``email``: a twelfth of the time of ``check``. Where a later pydantic keeps it elsewhere, that comes back, no more.
    """
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    nothing = ModuleType("pydantic.plugin._loader")
    nothing.get_plugins = tuple  # type: ignore[attr-defined]  # a module's names are whatever is put there
    sys.modules.setdefault(nothing.__name__, nothing)
