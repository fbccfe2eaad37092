"""PyYAML's syntax errors in words for somebody who does not know YAML, and at the place that has to be changed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

import yaml

from voicecoach.drills.diagnostics import quoted

Place = tuple[int, int]
"""Line and column, from 0."""
Fault = tuple[Place, str, str]
"""Where it lies, what is wrong, what to do."""

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
    (
        "expected '<document start>'",
        "the script has ended above this line",
        "take away what ends it there: a line '...', or a bracket",
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
    ("expected a comment or a line break", "text cannot begin with | or >", "put quotes around the whole text"),
    ("expected chomping", "text cannot begin with | or >", "put quotes around the whole text"),
    ("expected the node content", "a value is missing here, or a comma too many", "write one, or take the comma away"),
)
"""(part of PyYAML's problem, what to say, what to do); the first that fits."""
BARE_KEY = re.compile(r"(?:every \d+ reps|week \d+|[a-z][^\W\d]*(?:[ '-][^\W\d]+){0,3})")
"""What a key may look like: a few words, the first without a capital, no full stop."""
BRACKET_AFTER = re.compile(rf"\s*({BARE_KEY.pattern}) +(?:\[.*\]|{{.*}})\s*(?: #.*)?$")
"""A key without its colon before a list or a mapping in brackets."""
NO_SPACE = re.compile(rf"\s*({BARE_KEY.pattern}):([^\s:].*)")
"""A key whose colon has no space after it."""
APOSTROPHE = re.compile(r"(?:^\s*|[-:,]\s+|[\[{]\s*)'[^']*\w'\w.*")
"""A text in single quotes that an apostrophe ends too early."""
TYPOGRAPHIC = re.compile(r"(?:^\s*|[-:,]\s+|[\[{]\s*)([\u201c\u201d\u201e\u00ab\u00bb])")
"""A text in quotes that a word processor made."""
AT_CONTEXT = ("simple key", "quoted scalar", "flow sequence", "flow mapping")
"""Faults that lie where the construct began; PyYAML's problem mark is where it was noticed, lines later."""


def lost_colon(lines: Sequence[str], number: int) -> str:
    """The words of a line that is a key without its colon; empty where it looks like something else.

    More than one word are a key only where what belongs to it follows, else the last of them may be its value.
    """
    words = _words(lines[number])
    below = next((indent for line in lines[number + 1 :] if (indent := _indent(line)) is not None), 0)
    lone = " " not in words or below > (_indent(lines[number]) or 0)
    return words if lone and BARE_KEY.fullmatch(words) else ""


def _words(line: str) -> str:
    return line.partition(" #")[0].strip()


def no_space(key: str, value: str) -> tuple[str, str]:
    """What to say of a key whose colon has no space after it, and what to do."""
    return f"a space is missing after the colon of {quoted(key)}", f"write '{key}: {value}'"


def missing_after(key: str) -> tuple[str, str]:
    """What to say of a key without its colon, and what to do."""
    return f"a colon is missing after {quoted(key)}", f"write '{key}:'"


def explain(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Fault:
    """Where a syntax error lies (from 0), what is wrong and what to do."""
    line, column = _place(error, lines)
    problem, last = error.problem or "", max(0, len(lines) - 1)
    if (fault := _colon(error, lines, line) or _after_quote(error, lines)) is not None:
        return fault
    for at in dict.fromkeys((line, error.problem_mark.line if error.problem_mark else line)):
        if at <= last and (fault := _quotes(lines[at], at)) is not None:
            return fault
        if at <= last and (brace := BRACE.search(lines[at])):
            hint = "put quotes around the whole text, because { begins a mapping in YAML"
            return (at, lines[at].index("{", brace.start())), "text with a {variable} needs quotes", hint
    sign = re.search(r"but got '([\[?{])'", problem)
    if sign is not None and error.problem_mark is not None:
        place = (error.problem_mark.line, error.problem_mark.column)
        return place, f"text that holds {sign[1]} needs quotes here", "put quotes around the whole text"
    for part, message, hint in RULES:
        if part in problem:
            return (line, column), message, hint
    return (line, column), problem or "this is not YAML", error.context or ""


def _quotes(line: str, number: int) -> Fault | None:
    """Quotes that are none, or that end a text too early; None where a line has neither."""
    if (sign := TYPOGRAPHIC.search(line)) is not None:
        return (number, sign.start(1)), f"{sign[1]} is no quote here", 'write straight quotes: "'
    if (text := APOSTROPHE.search(line)) is not None:
        place = (number, text.start() + text[0].index("'"))
        return place, "the apostrophe ends this text", 'put double quotes around it: "…"'
    return None


def _after_quote(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Fault | None:
    """Words behind a text in quotes, which its second quote has ended; None for every other mistake."""
    mark = error.problem_mark
    if mark is None or "<scalar>'" not in (error.problem or "") or mark.line >= len(lines):
        return None
    ended = re.search(r"""(["'])\s+$""", lines[mark.line][: mark.column])
    if ended is None:
        return None
    other = "single" if ended[1] == '"' else "double"
    hint = f"put {other} quotes around the whole text, or take these away"
    return (mark.line, ended.start()), "this quote ends the text", hint


def _place(error: yaml.MarkedYAMLError, lines: Sequence[str]) -> Place:
    """Where to look for the mistake: at PyYAML's mark, where the construct began, or at the line that stands oddly."""
    context, mark = error.context or "", error.problem_mark or error.context_mark
    began = error.context_mark
    if began is not None and any(word in context for word in AT_CONTEXT):
        mark = began
    line, column = (mark.line, mark.column) if mark is not None else (0, 0)
    last = max(0, len(lines) - 1)
    while line > 0 and (line > last or (line == last and not lines[line].strip())):  # the end of the file
        line, column = line - 1, len(lines[line - 1].rstrip())
    if "expected <block end>" in (error.problem or "") and began is not None and "block" in context:
        if began.column % 2 and not column % 2:  # scripts indent by two; the odd one out is the one to move
            return began.line, began.column
        return _odd_one(lines, line, column)
    return line, column


def _colon(error: yaml.MarkedYAMLError, lines: Sequence[str], line: int) -> Fault | None:
    """A colon that is missing, or one that became part of a text; None for every other mistake."""
    problem, mark = error.problem or "", error.problem_mark
    if "could not find expected ':'" in problem and line < len(lines):
        place = (line, _indent(lines[line]) or 0)
        if (joined := NO_SPACE.fullmatch(_words(lines[line]))) is not None:
            return place, *no_space(joined[1], joined[2])
        if key := lost_colon(lines, line):
            return place, *missing_after(key)
    if "mapping values are not allowed" not in problem or mark is None:
        return None
    if bare := BRACKET_AFTER.match(lines[mark.line]):
        return (mark.line, bare.start(1)), *missing_after(bare[1])
    begun = _last_text(lines)
    return _in_text(begun, mark, lines) if begun is not None and begun.line < mark.line else None


def _in_text(begun: yaml.Mark, mark: yaml.Mark, lines: Sequence[str]) -> Fault | None:
    """A colon in a text that began on a line above; None where the text may well have been meant to hold it."""
    here = lines[mark.line][: mark.column]
    indent, is_key = len(here) - len(here.lstrip()), BARE_KEY.fullmatch(here.strip()) is not None
    above, place = lines[begun.line], (begun.line, begun.column)
    if above[: begun.column].strip():  # the text is the value of a key
        hint = "indent it like the lines it belongs with, or put quotes around a text that holds a colon"
        return ((mark.line, indent), "this line is read as part of the text before it", hint) if is_key else None
    if (joined := NO_SPACE.fullmatch(_words(above))) is not None:
        return place, *no_space(joined[1], joined[2])
    if key := lost_colon(lines, begun.line):
        return place, *missing_after(key)
    if begun.column == indent and above[begun.column].islower() and is_key:
        return place, "a colon is missing", "write 'key: value', with a space after the colon"
    return None


def _last_text(lines: Sequence[str]) -> yaml.Mark | None:
    """Where the text begins that stands last before the mistake; None where it is in quotes."""
    begun: yaml.Mark | None = None
    try:
        for token in yaml.scan("\n".join(lines), Loader=yaml.SafeLoader):
            if isinstance(token, yaml.ScalarToken):
                begun = token.start_mark if token.plain else None
    except yaml.YAMLError:
        pass
    return begun


def _odd_one(lines: Sequence[str], line: int, column: int) -> Place:
    """Which of two lines of one group stands too far to the right or left: the one that fewer others agree with.

    Given where a key stands less far to the right than those above it, below the same owner.
    """
    above: list[int] = []
    for number in range(line - 1, -1, -1):
        if (indent := _indent(lines[number])) is None:
            continue
        if indent <= column:
            break
        above.append(number)
    else:
        return line, column
    if not above or (first := _indent(lines[above[-1]])) is None:
        return line, column
    owner = next((n for n in range(above[-1] - 1, -1, -1) if _indent(lines[n]) is not None), None)
    if owner is not None and (_indent(lines[owner]) or 0) < column and _is_item(lines[above[-1]]):
        if _is_item(lines[line]) or sum(indent == column for indent in _group(lines[line:], column)) == 1:
            return line, column
        return owner, _indent(lines[owner]) or 0  # the list belongs to a key that stands too far to the left
    deep = sum(_indent(lines[number]) == first for number in above)
    here = sum(indent == column for indent in _group(lines[line:], column))
    if here > deep or (here == deep and first % 2 and not column % 2):
        return above[-1], first
    return line, column


def _is_item(line: str) -> bool:
    return line.lstrip().startswith("- ")


def _group(lines: Sequence[str], column: int) -> Iterator[int]:
    """The indents of some lines, down to the first that stands further to the left."""
    for line in lines:
        if (indent := _indent(line)) is None:
            continue
        if indent < column:
            return
        yield indent


def _indent(line: str) -> int | None:
    """Spaces before a line; None where it is empty or a comment."""
    words = line.lstrip()
    return None if not words or words.startswith("#") else len(line) - len(words)
