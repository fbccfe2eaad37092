"""What a spoken sentence means, as values; made by ``words``, carried by ``Heard``, acted on by ``coach``."""

from __future__ import annotations

from dataclasses import dataclass

NAMED_REPS = "named reps"
"""Expected where reps must be said as such ("ten reps", "I did ten"), because a bare number is something else."""
NAMED_WEIGHT = "named weight"
"""Told to the ears in place of ``weight`` where the coach did not ask for one: a number alone, that somebody else in
the room may have said or counted, is then no weight; with its unit, or in a sentence, it is. Typed, it always is."""
QUANTITIES = frozenset({"weight", "reps", NAMED_REPS, "rpe", "seconds", "relative"})
"""What a state can expect."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its unit, as somebody says it."""

    value: float
    """The number."""
    unit: str | None = None
    """``lb``, ``kg``, ``in``, ``cm``, ``s``, ``reps``, ``%``; None where no unit was said."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What one utterance means; every field that was not said is None.

    Ambiguity is a value: ``ask`` holds the question to ask back, and nothing else may then be acted on.
    """

    command: str | None = None
    """Name of the command in the flow, such as ``too easy``."""
    weight: Quantity | None = None
    """A load in lb or kg; unit None where it was not said."""
    reps: int | None = None
    """A number of repetitions."""
    rpe: float | None = None
    """Rating of perceived exertion, 1 to 10 in halves."""
    seconds: float | None = None
    """A duration in seconds."""
    relative: Quantity | None = None
    """A change ("plus five", "minus two and a half kilos"); negative values mean less."""
    side: str | None = None
    """``left`` or ``right``."""
    ask: str | None = None
    """A question to ask back, because two readings are equally likely."""
    correction: bool = False
    """True where the quantity was said to put an earlier one right: "no, forty five"."""
    past: bool = False
    """True where it was said of what is over: "that was ten reps", "I used forty five"."""

    @property
    def empty(self) -> bool:
        """True when nothing was understood."""
        return self == Meaning()
