"""The wording of what was understood, for questions that are asked back where two readings are equally good."""

from __future__ import annotations

from dataclasses import replace

from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language
from voicecoach.words.meaning import Meaning, Quantity


def describe(meaning: Meaning, language: Language = ENGLISH, *, name_weight: bool = False) -> str:
    """Say a meaning as an option of a question: "twelve reps", "thirty five pounds for twelve reps".

    ``name_weight`` says "a weight of twelve" where no unit was said.
    """
    parts: list[str] = []
    if meaning.weight:
        said = language.quantity(meaning.weight)
        bare = name_weight and meaning.weight.unit is None
        parts.append(language.say("a weight of", weight=said) if bare else said)
    for value, unit in ((meaning.reps, "reps"), (meaning.seconds, "s")):
        if value is not None:
            said = language.quantity(Quantity(value, unit))
            parts.append(language.say("for an amount", amount=said) if parts else said)
    if meaning.rpe is not None:
        parts.append(language.say("effort", number=language.number(meaning.rpe)))
    if meaning.relative:
        change = language.quantity(replace(meaning.relative, value=abs(meaning.relative.value)))
        parts.append(language.say("more" if meaning.relative.value > 0 else "less", amount=change))
    return " ".join(parts)
