"""``voicecoach bench``: runs one of the benches in ``bench/``; each prints a table, or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def bench(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="Name of a bench; without one they are listed.")] = "",
) -> None:
    """Measure on this machine; options after the name go to the bench (try `voicecoach bench NAME --help`)."""
    import runpy
    import signal
    import sys

    from voicecoach.errors import CoachError

    folder = _folder()
    benches = {path.stem: path for path in sorted(folder.glob("*.py"))}
    if name in {"", "-h", "--help"}:
        width = max(map(len, benches))
        for bench_name, path in benches.items():
            typer.echo(f"{bench_name:<{width}}  {_first_line(path)}")
        typer.echo("Run one: voicecoach bench NAME. Its options: voicecoach bench NAME --help", err=True)
        return
    if name not in benches:
        raise CoachError(f"There is no bench called {name!r}.", f"There are: {', '.join(benches)}.", exit_code=2)
    before, ended = sys.argv, signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.argv = [f"voicecoach bench {name}", *context.args]
    sys.path.insert(0, str(folder))  # as `python bench/NAME.py` has it: the benches share modules in bench/kit
    try:
        runpy.run_path(str(benches[name]), run_name="__main__")
    finally:  # also where somebody ends it: what a bench has started, a sound server say, it stops itself
        signal.signal(signal.SIGTERM, ended)
        sys.argv = before
        sys.path.remove(str(folder))


def _first_line(path: Path) -> str:
    """What a bench says of itself, without running it."""
    import ast

    return (ast.get_docstring(ast.parse(path.read_text(encoding="utf-8"))) or "").split("\n")[0]


def _folder() -> Path:
    """The benches: inside the package where it was installed from a wheel, beside it in a checkout."""
    import voicecoach

    package = Path(voicecoach.__file__).parent
    inside = package / "bench"
    return inside if inside.is_dir() else package.parent / "bench"


CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
"""Whatever follows the name is the bench's own business."""
