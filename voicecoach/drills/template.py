"""A script copied under a new name, with each key explained; what ``voicecoach new`` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import yaml
from pydantic import BaseModel

from voicecoach.drills.diagnostics import quoted
from voicecoach.drills.fields import NAME_PATTERN
from voicecoach.drills.keys import FORM_CUES, keys_of, part_of
from voicecoach.drills.kinds import model_of
from voicecoach.drills.library import Library, same_name
from voicecoach.drills.load import load_script
from voicecoach.drills.schema import EVERY
from voicecoach.drills.source import Source
from voicecoach.drills.yaml_text import plain, read_source
from voicecoach.errors import CoachError

MODELINE = re.compile(r"\A#\s*yaml-language-server:.*\n")
"""The first line, which tells editors where the schema is."""
FINISH, GREETING = ("cues", "finish"), ("greeting",)
"""Where a drill and a programme say what they are called."""
UNEXPLAINED = frozenset({"kind", "version"})
"""Keys that nobody changes."""


@dataclass(frozen=True, slots=True)
class Copy:
    """A script under a new name, not yet written."""

    kind: str
    """``drill``, ``programme``, ``flow``, ``cues`` or ``language``."""
    text: str
    """The whole file."""


def spoken_name(text: str) -> str:
    """A name as the coach says it: ``morning-hinge`` is ``morning hinge``. Raises CoachError for what cannot be one."""
    name = " ".join(re.sub(r"\.ya?ml$", "", text).replace("-", " ").replace("_", " ").split())
    if not re.match(NAME_PATTERN, name):
        hint = "Letters, digits, spaces and hyphens, at most 60, such as morning-hinge."
        raise CoachError(f"{quoted(text)} is not a name that can be spoken.", hint, exit_code=2)
    return name


def file_name(kind: str, name: str) -> Path:
    """Where the file of a script stands in its folder, ``morning-hinge.yaml`` or ``flows/evening.yaml``."""
    file = Path(same_name(name).replace("'", "").replace(" ", "-") + ".yaml")
    return Path(f"{kind}s") / file if kind in {"flow", "language"} else file


def modeline_for(kind: str) -> str:
    """The first line of a script, which tells editors where its schema is."""
    return f"# yaml-language-server: $schema={'../' if kind in {'flow', 'language'} else ''}schema/{kind}.json\n"


def copy_of(template: Path, name: str, library: Library) -> Copy:
    """A script under another name, each key explained in a comment.

    Raises CoachError where the template itself has errors.
    """
    load_script(template, library)
    source = read_source(template)
    data = source.data if isinstance(source.data, dict) else {}
    kind = str(data.get("kind"))
    lines = _renamed(source, name)
    for line, indent, comment in reversed(list(_comments(source.root, model_of(kind)))):
        if line and not lines[line - 1].lstrip().startswith("#") and " #" not in lines[line]:
            lines.insert(line, f"{' ' * indent}# {comment}")
    head = f"{modeline_for(kind)}# Made from {data.get('name')}. Change any of it.\n"
    return Copy(kind, head + MODELINE.sub("", "\n".join(lines).rstrip() + "\n"))


def _renamed(source: Source, name: str) -> list[str]:
    """The lines of a script with its name replaced; in quotes where YAML would read something else than a text.

    What is said when the drill is done names it too. A greeting that names the template becomes a comment: whether
    the new name fits into its sentence nobody knows.
    """
    named = source.node(("name",))
    finish, greeting = source.find(FINISH), source.find(GREETING)
    former = re.compile(rf"(?<!\w){re.escape(str(named.value))}(?!\w)", re.IGNORECASE)
    spoken = name.replace("'", "\N{RIGHT SINGLE QUOTATION MARK}")  # which ends no quotes
    written = name if isinstance(plain(yaml.compose(name) or named), str) and name[0].isalpha() else f'"{name}"'
    changed = [(named, written)]
    if finish is not None:
        changed.append((finish, former.sub(spoken, _written(source, finish))))
    text = source.text
    for node, new in sorted(changed, key=lambda one: one[0].start_mark.index, reverse=True):
        text = text[: node.start_mark.index] + new + text[node.end_mark.index :]
    lines = text.split("\n")
    another = same_name(name) != same_name(str(named.value))
    if greeting is not None and another and former.search(_written(source, greeting)):
        end = greeting.end_mark
        first, last = source.node(GREETING, key=True).start_mark.line, end.line if end.column else end.line - 1
        for number in range(first, last + 1):
            lines[number] = f"# {lines[number]}" if lines[number].strip() else ""
    return lines


def _written(source: Source, node: yaml.Node) -> str:
    return source.text[node.start_mark.index : node.end_mark.index]


def _comments(node: yaml.Node, model: type[BaseModel]) -> Iterator[tuple[int, int, str]]:
    """Line (from 0), indent and text of the comment above each key of a mapping written in lines."""
    if not isinstance(node, yaml.MappingNode) or node.flow_style:
        return
    meanings = {key.name: key.meaning for key in keys_of(model)}
    for key, value in node.value:
        name = FORM_CUES if FORM_CUES in meanings and re.match(EVERY, key.value) else str(key.value)
        if meanings.get(name) and name not in UNEXPLAINED:
            yield key.start_mark.line, key.start_mark.column, meanings[name]
        inner = part_of(model, name)
        if inner is not None:
            yield from _comments(value, inner)
