"""PyYAML's syntax errors in words for somebody who does not know YAML, and at the place that has to be changed."""

from __future__ import annotations

import re
from collections.abc import Sequence

import yaml

Place = tuple[int, int]
"""Line and column, from 0."""

BRACE = re.compile(r"""(?:^\s*|[-:,\[]\s+|\[)(?!["'])[^"'#]*\{[a-z][a-z ]*\}(?=[^,\]}\s]|\s+[^,\]}\s#])""")
"""An unquoted text with a {variable} in it, where YAML sees the beginning of a mapping."""
RULES: tuple[tuple[str, str, str], ...] = (
    ("nested too deeply", "nested too deeply", "a script needs no more than a handful of levels"),
    ("'\\t' that cannot start any token", "a tab at the beginning of a line", "indent with spaces"),
    ("that cannot start any token", "text cannot begin with this character", "put quotes around the whole text"),
    (
        "mapping values are not allowed here",
        "a colon where none can be",
        "put quotes around text that holds a colon, or check how far the line is indented",
    ),
    ("could not find expected ':'", "a colon is missing", "write 'key: value', with a space after the colon"),
    ("found unexpected end of stream", "this quote is never closed", "end the text with the same quote"),
    ("found unexpected document separator", "this quote is never closed", "end the text with the same quote"),
    (
        "expected ',' or ']'",
        "this list is not closed, or lacks a comma",
        "close it with ], put commas between the items",
    ),
    (
        "expected ',' or '}'",
        "this { is not closed, or lacks a comma",
        "close it with }, put commas between the entries",
    ),
    ("unknown escape character", "a backslash that means nothing", "write the text in single quotes"),
    ("escape sequence of", "a backslash that means nothing", "write the text in single quotes"),
    (
        "sequence entries are not allowed here",
        "a list item where none can be",
        "put each '- item' on a line of its own",
    ),
    ("expected a single document", "a second document", "a file holds one script; take the line '---' away"),
    ("but found another document", "a second document", "a file holds one script; take the line '---' away"),
    (
        "expected <block end>",
        "this line is not indented like the others it belongs with",
        "give all lines of one group the same number of spaces",
    ),
    (
        "expected alphabetic or numeric character",
        "text cannot begin with this character",
        "put quotes around the whole text",
    ),
    ("inconsistent", "this line is not indented like the others", "give all lines of one group the same spaces"),
    ("expected chomping", "text cannot begin with | or >", "put quotes around the whole text"),
    ("expected the node content", "a value is missing here, or a comma too many", "write one, or take the comma away"),
)
"""(part of PyYAML's problem, what to say, what to do); the first that fits."""
AT_CONTEXT = ("simple key", "quoted scalar", "flow sequence", "flow mapping")
"""Faults that lie where the construct began; PyYAML's problem mark is where it was noticed, lines later."""


def explain(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> tuple[Place, str, str]:
    """Where a syntax error lies (from 0), what is wrong and what to do."""
    problem, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    if error.context_mark is not None and any(word in context for word in AT_CONTEXT):
        mark = error.context_mark
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    last = max(0, len(lines) - 1)
    while line > 0 and (line > last or (line == last and not lines[line].strip())):  # the end of the file
        line, column = line - 1, len(lines[line - 1].rstrip())
    for at in dict.fromkeys((line, error.problem_mark.line if error.problem_mark else line)):
        if at <= last and (brace := BRACE.search(lines[at])):
            hint = "put quotes around the whole text, because { begins a mapping in YAML"
            return (at, lines[at].index("{", brace.start())), "text with a {variable} needs quotes", hint
    sign = re.search(r"but got '([\[?{])'", problem)
    if sign is not None and error.problem_mark is not None:
        place = (error.problem_mark.line, error.problem_mark.column)
        return place, f"text that holds {sign[1]} needs quotes here", "put quotes around the whole text"
    if "expected <block end>" in problem and error.context_mark is not None and "block" in context:
        began = error.context_mark
        if began.column % 2 and not column % 2:  # scripts indent by two; the odd one out is the one to move
            line, column = began.line, began.column
    for part, message, hint in RULES:
        if part in problem:
            return (line, column), message, hint
    return (line, column), problem or "this is not YAML", context
