"""``voicecoach graph``: what can be said when, and where it leads, as a picture."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer


class Drawing(StrEnum):
    """Languages of pictures."""

    MERMAID = "mermaid"
    DOT = "dot"
    SVG = "svg"


def graph(
    script: Annotated[str, typer.Argument(help="Flow, programme or drill: a name or a path.")] = "standard",
    *,
    form: Annotated[
        Drawing, typer.Option("--format", help="mermaid for Markdown, dot for Graphviz, svg for a picture.")
    ] = Drawing.MERMAID,
    out: Annotated[Path | None, typer.Option(help="Write it here.")] = None,
) -> None:
    """Draw a flow: its states, and on the arrows what is said or what happens."""
    from voicecoach.app.graph import as_dot, as_mermaid, as_svg, graph_of
    from voicecoach.app.homes import Homes
    from voicecoach.app.safekeeping import refuse_journal
    from voicecoach.app.training import library_of
    from voicecoach.cli.files import writing

    homes = Homes.find()
    if out is not None:
        refuse_journal(out, homes)
    draw = {Drawing.MERMAID: as_mermaid, Drawing.DOT: as_dot, Drawing.SVG: as_svg}[form]
    text = draw(graph_of(script, library_of(homes)))
    if out is None:
        typer.echo(text, nl=False)
        return
    with writing(out):
        out.write_text(text, encoding="utf-8")
    typer.echo(out)
