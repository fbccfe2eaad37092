"""Rules on a shared list of cues by itself; what depends on where it is said is asked of each script that names it."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.drills.cue import list_of, place_of
from voicecoach.drills.cue_list_schema import CueListPart
from voicecoach.drills.diagnostics import Diagnostic, quoted
from voicecoach.drills.phrasebook import Phrasebook
from voicecoach.drills.source import Source
from voicecoach.drills.text_rules import BRACES, Texts, check_texts
from voicecoach.drills.vocabulary import VARIABLES


def check_cue_list(source: Source, file: CueListPart, book: Phrasebook | None) -> Iterator[Diagnostic]:
    """Everything wrong with a list wherever it is said; ``book`` are the standard flow's phrases."""
    own = [(number, text) for number, text in enumerate(file.cues) if not list_of(text)]
    dials = {" ".join(name.split()) for _, text in own for name in BRACES.findall(text)} - VARIABLES - {""}
    yield from check_texts(Texts(source, ("cues",), tuple(file.cues)), VARIABLES | dials, book)
    for number, text in own:
        for name in sorted(dials & {" ".join(name.split()) for name in BRACES.findall(text)}):
            message = f"only a drill with a dial called {quoted(name)} can say this"
            loc = ("cues", *place_of(text, number))
            yield source.diagnose(
                loc, message, "use a variable of the program", piece=f"{{{name}}}", severity="warning"
            )
