"""YAML text becomes plain Python data beside the tree of nodes that knows every line and column.

The first step of reading a script. Scalars mean what YAML 1.2 says (``yes``, ``on``, ``1:30`` and ``010`` are text);
duplicate keys, aliases, tags, empty values, control characters and deep nesting are refused, for a script may come
from a stranger and is written by somebody who does not program.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import yaml
from yaml.composer import Composer, ComposerError
from yaml.reader import ReaderError
from yaml.resolver import Resolver

from voicecoach.drills.diagnostics import Diagnostic, is_hidden, quoted, shown_path
from voicecoach.drills.odd_spaces import other_spaces
from voicecoach.drills.source import BadScript, Data, Source

Refused = list[tuple[yaml.Mark, str, str]]
"""Where something stands that scripts may not hold, what it is, and what to do instead."""
LARGEST = 256 * 1024
"""Bytes a script may have."""
DEEPEST = 20
"""Levels a script may be nested."""
BULLETS = ("\u2022", "\u00b7", "\u25aa", "\u25e6", "\u2023", "\u2013", "\u2014")
"""Signs that a word processor begins list items with: bullets and dashes."""
NUMBERED = re.compile(r"\s*(\d{1,2}[.)]) +\S")
"""The beginning of an item of a numbered list."""
LONGEST_NUMBER = 18
"""Characters of a number; longer ones stay text, because converting them takes quadratic time."""


class ScriptComposer(Composer, Resolver):
    """Composes nodes with YAML 1.2's meaning and collects what scripts may not hold; a parser is mixed in."""

    yaml_implicit_resolvers: ClassVar[dict[str, list[tuple[str, re.Pattern[str]]]]] = {}  # type: ignore[misc]  # PyYAML means the class's
    peek_event: Callable[[], Any]
    check_event: Callable[..., bool]
    get_event: Callable[[], Any]
    refused: Refused
    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        """One node; an alias becomes an empty text, so that the errors behind it are found as well."""
        event: Any = self.peek_event()
        if self.check_event(yaml.AliasEvent):
            self.get_event()
            self.refused.append((event.start_mark, "aliases (*) are not allowed", "write the text out, or quote it"))
            return yaml.ScalarNode("tag:yaml.org,2002:str", "", event.start_mark, event.end_mark)
        if getattr(event, "anchor", None) is not None:
            self.refused.append((event.start_mark, "anchors (&) are not allowed", "write the text out, or quote it"))
        if getattr(event, "tag", None) is not None:
            self.refused.append((event.start_mark, "tags (!) are not allowed", "take the tag away, or quote the text"))
        self.depth += 1
        try:
            if self.depth > DEEPEST:
                raise ComposerError(None, None, "nested too deeply", event.start_mark)
            return super().compose_node(parent, index)
        finally:
            self.depth -= 1

    def compose_mapping_node(self, anchor: Any) -> yaml.MappingNode:  # noqa: ANN401 - as PyYAML has it
        """A mapping whose keys are texts, each written once."""
        node: yaml.MappingNode = super().compose_mapping_node(anchor)
        first: dict[str, yaml.Mark] = {}
        for key, _ in node.value:
            if not isinstance(key, yaml.ScalarNode):
                hint = "text that begins with { or [ needs quotes around it"
                self.refused.append((key.start_mark, "a key must be plain text", hint))
            elif key.value in first:
                where = f"it is already on line {first[key.value].line + 1}; keep one of them"
                self.refused.append((key.start_mark, f"the key {quoted(key.value)} is written twice", where))
            else:
                first[key.value] = key.start_mark
        return node


for _tag, _pattern, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?(?:0|[1-9][0-9]*)", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|(?:0|[1-9][0-9]*)\.[0-9]*)(?:[eE][-+]?[0-9]{1,2})?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
):
    ScriptComposer.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"^(?:{_pattern})$"), list(_first))


class ScriptLoader(ScriptComposer, yaml.SafeLoader):
    """With PyYAML's own parser, whose words ``explain`` knows."""

    def __init__(self, text: str) -> None:
        yaml.SafeLoader.__init__(self, text)
        self.refused = []


def _compose_quickly(text: str) -> tuple[yaml.Node | None, Refused] | None:
    """Compose with libyaml, which takes a tenth of the time; None where it is not there or finds a mistake."""
    if not hasattr(yaml, "CSafeLoader"):  # PyYAML can be built without it
        return None

    class QuickLoader(ScriptComposer, yaml.CSafeLoader):
        def __init__(self) -> None:
            yaml.CSafeLoader.__init__(self, text)
            self.refused, self.anchors = [], {}

    try:
        loader = QuickLoader()
        return loader.get_single_node(), loader.refused
    except (yaml.YAMLError, ValueError, OverflowError):
        return None


def read_source(path: Path) -> Source:
    """Read a script.

    Raises BadScript where the file cannot be read, is larger than 256 kB, is not UTF-8 or not YAML.
    """
    text = read_text(path)
    lines = tuple(text.split("\n"))
    empty = yaml.ScalarNode(
        "tag:yaml.org,2002:null", "", yaml.Mark("", 0, 0, 0, None, 0), yaml.Mark("", 0, 0, 0, None, 0)
    )
    page = Source(path, lines, text, empty, None)
    hidden = [page.at(*place, "a control character", "take it away") for place in _hidden_places(lines)]
    if hidden := hidden or list(other_spaces(page)):
        raise BadScript(hidden[:20])
    root, refused = _compose_quickly(text) or _compose(page)
    if root is None:
        raise BadScript([page.at(0, 0, "the file is empty", "begin with 'kind: drill'")])
    source = Source(path, lines, text, root, plain(root))
    source.refused.extend(_refusals(page, refused))
    source.refused.extend(_unusable_values(source, root))
    return source


def _compose(page: Source) -> tuple[yaml.Node | None, Refused]:
    """Compose with PyYAML's parser. Raises BadScript with what the author should change."""
    loader = ScriptLoader(page.text)
    try:
        return loader.get_single_node(), loader.refused
    except yaml.MarkedYAMLError as error:
        raise BadScript([*_refusals(page, loader.refused), _syntax_error(page, error)]) from error
    except (ReaderError, ValueError, OverflowError) as error:  # chr() of an escape beyond Unicode is a ValueError
        hint = "check the characters after a backslash"
        raise BadScript([page.at(loader.line, loader.column, "a character that no text can hold", hint)]) from error


def read_text(path: Path) -> str:
    """The text of a file with plain line ends; raises BadScript."""
    place = shown_path(path)
    if path.exists() and not path.is_file():  # a pipe would wait for ever
        raise BadScript([Diagnostic(place, 1, 1, "error", "the file cannot be read: it is not a regular file")])
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise BadScript([Diagnostic(place, 1, 1, "error", f"the file cannot be read: {reason}")]) from error
    if len(raw) > LARGEST:
        hint = "a script has at most 256 kB; split it"
        raise BadScript([Diagnostic(place, 1, 1, "error", "the file is too large for a script", hint)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        hint = "save the file as UTF-8"
        raise BadScript([Diagnostic(place, line, column, "error", "the file is not UTF-8 text", hint)]) from error
    return text.replace("\r\n", "\n").replace("\r", "\n")


def plain(node: yaml.Node) -> Data:
    """The data of a node: texts, whole numbers, decimals, true and false, nothing, lists, mappings with text keys."""
    if isinstance(node, yaml.MappingNode):
        return {str(key.value): plain(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [plain(item) for item in node.value]
    kind, text = node.tag.rpartition(":")[2], str(node.value)
    if kind == "null":
        return None
    if kind == "bool":
        return text.lower() == "true"
    if kind in {"int", "float"} and len(text) <= LONGEST_NUMBER:
        return int(text) if kind == "int" else float(text)
    return text


def _hidden_places(lines: tuple[str, ...]) -> list[tuple[int, int]]:
    return [
        (n, c)
        for n, line in enumerate(lines)
        if not line.isprintable()
        for c, char in enumerate(line)
        if char != "\t" and is_hidden(char)
    ]


def _refusals(page: Source, refused: Refused) -> list[Diagnostic]:
    return [page.at(mark.line, mark.column, message, hint) for mark, message, hint in refused]


def _syntax_error(page: Source, error: yaml.MarkedYAMLError) -> Diagnostic:
    quote = _runaway_quote(page.text, error)
    if quote is not None:
        return page.at(quote.line, quote.column, "this quote is never closed", "end the text with the same quote")
    from voicecoach.drills.yaml_words import explain  # noqa: PLC0415 - a script without mistakes needs no words for them

    mark, message, hint = explain(error, page.lines)
    return page.at(mark[0], mark[1], message, hint)


def _runaway_quote(text: str, error: yaml.MarkedYAMLError) -> yaml.Mark | None:
    """Where a quote begins that ended only at the next quote of the file, on the line where the error then showed."""
    last: yaml.Mark | None = None
    try:
        for token in yaml.scan(text, Loader=ScriptLoader):
            if isinstance(token, yaml.ScalarToken) and not token.plain and token.style in {"'", '"'}:
                start, end = token.start_mark, token.end_mark
                seen = error.problem_mark.line if error.problem_mark is not None else -1
                if start.line < end.line and seen in {end.line, end.line + 1}:
                    last = start
    except yaml.YAMLError:
        pass
    return last


def _unusable_values(  # noqa: PLR0911 - one return for each kind of node
    source: Source, node: yaml.Node, owner: yaml.Node | None = None
) -> list[Diagnostic]:
    """Values that are never meant: nothing at all, ``{weight}`` without quotes, an escape that hides a control code."""
    if isinstance(node, yaml.MappingNode):
        mark, piece = node.start_mark, source.text[node.start_mark.index : node.end_mark.index]
        bare = node.flow_style and node.value and all(_is_null(value) for _, value in node.value)
        if bare and not re.search(r":\s*[,}]", piece):
            hint = f'put quotes around the whole text: "{piece} …"'
            return [source.at(mark.line, mark.column, "text that begins with { needs quotes", hint, width=len(piece))]
        split = [key for key, value in node.value if node.flow_style and _is_null(value) and " " in str(key.value)]
        if split:
            mark = split[0].start_mark
            hint = "put quotes around the whole text"
            message, width = "the comma before this splits the text in two", len(str(split[0].value))
            return [source.at(mark.line, mark.column, message, hint, width=width)]
        return [d for key, value in node.value for d in _unusable_values(source, value, key)]
    if isinstance(node, yaml.SequenceNode):
        return [d for item in node.value for d in _unusable_values(source, item)]
    at = (owner or node).start_mark
    if _is_null(node):
        what = f"{quoted(owner.value)} has no value" if owner is not None else "an empty item"
        width = len(str(owner.value)) if owner is not None else 1
        hint = "write one, or take the line away"
        if " #" in source.lines[at.line]:
            hint = "what follows a # is a comment; put quotes around a text that has one"
        return [source.at(at.line, at.column, what, hint, width=width)]
    if not getattr(node, "style", None) and (sign := _bullet(source, node)):
        mark, message = node.start_mark, f"{sign} does not begin a list item"
        return [source.at(mark.line, mark.column, message, "begin each item with a hyphen and a space")]
    if not getattr(node, "style", None) and (line := _swallowed_line(source, node)) is not None:
        return [_swallowed(source, node.start_mark, line)]
    if not node.value.isprintable() and any(is_hidden(c) and c not in "\t\n" for c in node.value):
        mark = node.start_mark
        return [source.at(mark.line, mark.column, "the text holds a control character", "take the \\ escape away")]
    return []


def _bullet(source: Source, node: yaml.Node) -> str:
    """What a text begins with that was meant to begin an item: a bullet, or a number where another line has one too."""
    if node.value[:1] in BULLETS:
        return str(node.value[0])
    first, last = node.start_mark.line, min(node.end_mark.line, len(source.lines) - 1)
    number = NUMBERED.match(node.value)
    more = any(NUMBERED.match(line) for line in source.lines[first + 1 : last + 1])
    return number[1] if number is not None and more else ""


def _swallowed(source: Source, begun: yaml.Mark, line: int) -> Diagnostic:
    """A list item that became part of a text: the text is a key without its colon, or the item is indented wrongly."""
    from voicecoach.drills.yaml_words import lost_colon, missing_after  # noqa: PLC0415 - as above

    above = source.lines[begun.line]
    if not above[: begun.column].strip() and (key := lost_colon(source.lines, begun.line)):
        return source.at(begun.line, begun.column, *missing_after(key), width=len(key))
    column = len(source.lines[line]) - len(source.lines[line].lstrip())
    message = "this line is read as part of the text before it"
    return source.at(line, column, message, "indent it like the lines it belongs with")


def _swallowed_line(source: Source, node: yaml.Node) -> int | None:
    """A line after the first of a plain text that was meant as a list item of its own."""
    lines = range(node.start_mark.line + 1, min(node.end_mark.line + 1, len(source.lines)))
    return next((line for line in lines if source.lines[line].lstrip().startswith("- ")), None)


def _is_null(node: yaml.Node) -> bool:
    return isinstance(node, yaml.ScalarNode) and node.tag == "tag:yaml.org,2002:null"
