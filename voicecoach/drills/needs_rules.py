"""Rules on what a drill needs: the implements that `equipment` knows are found under their own names alone."""

from __future__ import annotations

from collections.abc import Iterator
from difflib import get_close_matches

from voicecoach.drills.diagnostics import Diagnostic, quoted
from voicecoach.drills.equipment import NONE, things_of
from voicecoach.drills.schema import DrillPart
from voicecoach.drills.source import Source

IMPLEMENTS = ("kettlebell", "kettlebells", "dumbbell", "dumbbells", "barbell")
"""Things whose loads are known once somebody said what there is; everything else is taken to be there."""


def check_needs(source: Source, file: DrillPart) -> Iterator[Diagnostic]:
    """Several things written as one, nothing written as a thing, and implements whose name is misspelt."""
    for number, need in enumerate(file.needs):
        if "," in need:
            hint = f"write [{need}] without quotes, or each on a line of its own after a hyphen"
            yield source.diagnose(("needs", number), "this is one thing with a comma in it", hint)
        elif need.casefold() in {NONE, "nothing", "no equipment"}:
            message = f"{quoted(need)} is taken for a thing that the drill needs"
            yield source.diagnose(("needs", number), message, "take the line away", severity="warning")
        for thing in things_of(need):
            near = get_close_matches(thing, IMPLEMENTS, n=1, cutoff=0.8)
            if near and thing not in IMPLEMENTS:
                message = f"{quoted(thing)} is not the name of an implement, so no load is looked up for it"
                hint = f"did you mean {quoted(near[0])}?"
                yield source.diagnose(("needs", number), message, hint, severity="warning")
