"""What every command is wrapped in: errors become one sentence, a next step and an exit code; never a traceback."""

from __future__ import annotations

import os
import platform
import sys
import traceback
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import ParamSpec, TypeVar

import typer

from voicecoach.errors import CoachError

P = ParamSpec("P")
R = TypeVar("R")

BUG, INTERRUPTED, PIPE = 3, 130, 141
"""Exit codes: our bug; Ctrl-C; whoever read our output has gone."""


def guarded(command: Callable[P, R]) -> Callable[P, R]:
    """Wrap a command: 0 ok, 1 the user can fix it, 2 usage, 3 our bug with a crash file, 130 Ctrl-C."""

    @wraps(command)
    def inner(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            result = command(*args, **kwargs)
            sys.stdout.flush()
        except CoachError as error:
            complain(error)
            raise SystemExit(error.exit_code) from None
        except (typer.Exit, typer.Abort, typer.BadParameter):
            raise  # the command line's own business
        except KeyboardInterrupt:
            raise SystemExit(INTERRUPTED) from None
        except BrokenPipeError:
            # Python would complain again when it flushes standard output at exit.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise SystemExit(PIPE) from None
        except Exception as error:  # noqa: BLE001 - the last net: whatever else goes wrong is our bug
            print(f"voicecoach: this is a bug in voicecoach: {type(error).__name__}: {error}", file=sys.stderr)
            print(f"  Please report it with the file {_crash_file()}", file=sys.stderr)
            raise SystemExit(BUG) from None
        return result

    return inner


def complain(error: CoachError) -> None:
    """Print an error for the user."""
    print(f"voicecoach: {error.message}", file=sys.stderr)
    if error.hint:
        print(f"  {error.hint}", file=sys.stderr)


def _crash_file() -> Path:
    """Write versions and the traceback where the user can find and attach them."""
    import tempfile
    from datetime import datetime
    from importlib.metadata import version

    with tempfile.NamedTemporaryFile(
        "w",
        prefix=f"voicecoach-crash-{datetime.now().astimezone():%Y%m%d-%H%M%S}-",
        suffix=".txt",
        delete=False,
        encoding="utf-8",
    ) as file:
        file.write(f"voicecoach {version('voicecoach')}, Python {platform.python_version()}, {platform.platform()}\n")
        file.write(f"arguments: {sys.argv[1:]}\n\n{traceback.format_exc()}")
    return Path(file.name)
