"""The wording of questions that are asked back where two readings are equally good."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from voicecoach.words.meaning import Meaning, Quantity
from voicecoach.words.numbers import spoken
from voicecoach.words.units import say_quantity


def either_or(options: Sequence[str]) -> str:
    """Word a question: "Fifteen or fifty?", "Two and a half, or twenty five?"."""
    short = all(" " not in option for option in options)
    joined = f"{', '.join(options[:-1])}{'' if short else ','} or {options[-1]}?"
    return joined[0].upper() + joined[1:]


def describe(meaning: Meaning, *, name_weight: bool = False) -> str:
    """Say a meaning as an option of a question: "twelve reps", "thirty five pounds for twelve reps".

    ``name_weight`` says "a weight of twelve" where no unit was said.
    """
    parts = []
    if meaning.weight:
        bare = name_weight and meaning.weight.unit is None
        parts.append(f"{'a weight of ' if bare else ''}{say_quantity(meaning.weight)}")
    if meaning.reps is not None:
        parts.append(f"{'for ' if parts else ''}{say_quantity(Quantity(meaning.reps, 'reps'))}")
    if meaning.seconds is not None:
        parts.append(f"{'for ' if parts else ''}{say_quantity(Quantity(meaning.seconds, 's'))}")
    if meaning.rpe is not None:
        parts.append(f"effort {spoken(meaning.rpe)}")
    if meaning.relative:
        more = "more" if meaning.relative.value > 0 else "less"
        parts.append(f"{say_quantity(replace(meaning.relative, value=abs(meaning.relative.value)))} {more}")
    return " ".join(parts)
