"""``voicecoach bench``: runs one of the benches in ``bench/``; each prints a table, or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def bench(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="counting, latency, hearing, history or journal_faults.")],
) -> None:
    """Measure on this machine; options after the name go to the bench (try `voicecoach bench NAME --help`)."""
    import runpy
    import sys

    from voicecoach.errors import CoachError

    folder = _folder()
    names = sorted(path.stem for path in folder.glob("*.py"))
    if name not in names:
        raise CoachError(f"There is no bench called {name!r}.", f"There are: {', '.join(names)}.", exit_code=2)
    before = sys.argv
    sys.argv = [f"voicecoach bench {name}", *context.args]
    sys.path.insert(0, str(folder))  # as `python bench/NAME.py` has it: the benches share modules in bench/kit
    try:
        runpy.run_path(str(folder / f"{name}.py"), run_name="__main__")
    finally:
        sys.argv = before
        sys.path.remove(str(folder))


def _folder() -> Path:
    """The benches: inside the package where it was installed from a wheel, beside it in a checkout."""
    import voicecoach

    package = Path(voicecoach.__file__).parent
    inside = package / "bench"
    return inside if inside.is_dir() else package.parent / "bench"


CONTEXT = {"allow_extra_args": True, "ignore_unknown_options": True, "help_option_names": []}
"""Whatever follows the name is the bench's own business."""
