"""Phrase templates to the texts they stand for, before anybody asks whether those can be spoken.

The syntax is hassil's, which Home Assistant writes its sentences in: ``[x]`` may be left out, ``(a|b)`` is one of
them, ``(a;b)`` is both in any order; its lists and rules are refused. Read here rather than by hassil, because its
package takes longer to import than a script takes to check; the tests hold the two against each other.
"""

from __future__ import annotations

import itertools
import re
import textwrap
from collections.abc import Iterable, Iterator

LIMIT = 500
"""Most phrases one template may stand for."""
DEEPEST = 20
"""Deepest brackets in brackets."""
Texts = tuple[str, ...]

_PIECES = re.compile(r"[()\[\]|;]|[^()\[\]|;]+")
_CLOSING = {"(": ")", "[": "]"}


class TemplateError(ValueError):
    """A phrase template cannot be used; the message is a sentence that says why."""


def texts_of(template: str) -> Texts:
    """List the texts of a template as they are written, each once, in that order.

    Raises TemplateError for bad syntax and for more than 500 texts.
    """
    _check_signs(template)
    return _group(iter(_PIECES.findall(template)), "", template)


def shown(template: str) -> str:
    """Return the template as an error message quotes it: on one line, no longer than a line."""
    return textwrap.shorten(template, 80, placeholder=" …") if len(template.split()) > 1 else template[:80]


def _check_signs(template: str) -> None:
    for opening, closing, name in (("{", "}", "list"), ("<", ">", "rule")):
        if opening in template or closing in template:
            raise TemplateError(f"`{shown(template)}` uses a {name}, {opening}…{closing}; phrases have none.")
    if "\\" in template:
        raise TemplateError(f"`{shown(template)}` is not a phrase template: a backslash means nothing in it.")
    for opening, closing in _CLOSING.items():
        if template.count(opening) != template.count(closing):
            raise TemplateError(f"`{shown(template)}` has a bracket {opening}{closing} that is not closed or opened.")
    if re.search(r"\(\s*\)|\[\s*\]", template):
        raise TemplateError(f"`{shown(template)}` has brackets with nothing in them.")
    if max(itertools.accumulate((sign in "([") - (sign in ")]") for sign in template), default=0) > DEEPEST:
        raise TemplateError(f"`{shown(template)}` has brackets in brackets more than {DEEPEST} deep.")


def _group(pieces: Iterator[str], closing: str, template: str) -> Texts:
    """List the texts of what stands up to a closing bracket, or up to the end where that is empty."""
    parts: list[Texts] = []
    part: list[Texts] = []
    separator = ""
    for piece in pieces:
        if piece in _CLOSING:
            part.append(_group(pieces, _CLOSING[piece], template))
        elif piece in "|;":
            parts.append(_few(map("".join, itertools.product(*part)), template))
            part = []
            if separator not in {"", piece}:
                raise TemplateError(f"`{shown(template)}` has | and ; side by side; put brackets around one of them.")
            separator = piece
        elif piece in ")]":
            if piece != closing:
                break
            found = _joined([*parts, _few(map("".join, itertools.product(*part)), template)], separator, template)
            return found if piece == ")" else tuple(dict.fromkeys(("", *found)))
        else:
            part.append((piece,))
    else:
        if not closing:
            return _joined([*parts, _few(map("".join, itertools.product(*part)), template)], separator, template)
    raise TemplateError(f"`{shown(template)}` is not a phrase template: its brackets do not match.")


def _joined(parts: list[Texts], separator: str, template: str) -> Texts:
    """One of the parts, or with ``;`` all of them in any order."""
    if separator == ";":
        orders = itertools.permutations(parts)
        ways = (texts for order in orders for texts in itertools.product(*order))
        return _few((" ".join(filter(None, texts)) for texts in ways), template)
    return _few(itertools.chain.from_iterable(parts), template)


def _few(texts: Iterable[str], template: str) -> Texts:
    """Each text once; raises TemplateError where there are more than the limit, without listing all of them."""
    found = tuple(dict.fromkeys(itertools.islice(texts, LIMIT * 20)))
    if len(found) > LIMIT:
        raise TemplateError(f"`{shown(template)}` stands for more than {LIMIT} phrases; split it or leave some out.")
    return found
