"""Every key and every closed table of names as Markdown: the reference in docs/scripts.md, never written by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from voicecoach.drills import vocabulary
from voicecoach.drills.cue import CUE_CONDITION_MEANINGS
from voicecoach.drills.keys import tables_of
from voicecoach.drills.kinds import KIND_NAMES, KINDS
from voicecoach.words.meaning import QUANTITIES

WORDS: tuple[tuple[str, str, Mapping[str, str]], ...] = (
    (
        "Variables",
        "What a text can hold in braces, beside the names of the drill's dials.",
        vocabulary.VARIABLE_MEANINGS,
    ),
    ("Actions", "What `enter:` and `do:` can name.", vocabulary.ACTION_MEANINGS),
    ("Conditions", "What `if:` can ask; `not X` is the opposite.", vocabulary.CONDITION_MEANINGS),
    ("Conditions of a cue", "What an entry of a list of cues can begin with.", CUE_CONDITION_MEANINGS),
    ("Triggers", "What `when:` can wait for.", vocabulary.TRIGGER_MEANINGS),
)
"""Heading, sentence and names of each closed table."""


def reference() -> str:
    """All of it, the keys of each kind of script first."""
    parts: list[str] = []
    for kind in KINDS:
        parts.append(f"### Keys of a {KIND_NAMES[kind]}\n")
        for table in tables_of(kind):
            if table.path:
                parts.append(f"Below `{table.path}`:\n")
            parts.append(
                _table(("key", "meaning", "default"), ((f"`{k.name}`", k.meaning, k.default) for k in table.keys))
            )
    for heading, sentence, names in WORDS:
        first = heading.lower().partition(" ")[0].removesuffix("s")
        rows = ((f"`{name}`", meaning) for name, meaning in sorted(names.items()))
        parts += [f"### {heading}\n", f"{sentence}\n", _table((first, "meaning"), rows)]
    parts += [
        "### Quantities, safety commands, lines\n",
        f"A state can expect: {_names(QUANTITIES)}.\n",
        f"Every flow hears in every state: {_names(vocabulary.SAFETY_COMMANDS)}.\n",
        f"Every flow has these lines: {_names(vocabulary.LINES)}.\n",
        f"A session ends as one of: {_names(vocabulary.ENDINGS)}.\n",
    ]
    return "\n".join(parts)


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    return "\n".join(_rows(head, rows)) + "\n"


def _rows(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{'---|' * len(head)}"
    for row in rows:
        yield "| " + " | ".join(cell.replace("|", "\\|") for cell in row) + " |"


def _names(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in sorted(names))
