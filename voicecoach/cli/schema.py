"""``voicecoach schema``: JSON Schema of the scripts, for editors."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Kind(StrEnum):
    """Kinds of script."""

    DRILL = "drill"
    PROGRAMME = "programme"
    FLOW = "flow"
    CUES = "cues"
    LANGUAGE = "language"


def schema(
    kind: Annotated[Kind | None, typer.Argument(help="One kind of script; all of them otherwise.")] = None,
    *,
    tables: Annotated[
        bool, typer.Option("--tables", help="For people: every key, action, condition and variable, as Markdown.")
    ] = False,
) -> None:
    """Print the JSON Schema (2020-12) that scripts follow."""
    import json

    from voicecoach.drills.json_schema import json_schema

    if tables:
        from voicecoach.drills.tables import reference

        typer.echo(reference(), nl=False)
        return
    typer.echo(json.dumps(json_schema(kind.value if kind else None), ensure_ascii=False, indent=2))
