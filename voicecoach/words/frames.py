"""What people say around a quantity: "I did …", "make it …", "no, …", "… please", "on the left"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from voicecoach.words.measures import Kind
from voicecoach.words.ways import Phrases, Ways, Words

_MOST_STRIPPED = 5
_INSIDE = frozenset({"hundred", "and", "point"})
"""English words that stand in the middle of a number, so that none begins or ends with them."""


@dataclass(frozen=True, slots=True)
class Core:
    """The words of a sentence that should be the quantity, and what the words around them tell."""

    words: Words
    """What is left."""
    kind: Kind | None = None
    """What a bare number is, as "I did" and "the weight is" tell; None where nothing tells."""
    correction: bool = False
    """True after "no" or "I mean"."""
    past: bool = False
    """True after "I did" or "that was"."""
    side: str | None = None
    """``left`` or ``right``."""


def cores(words: Words, ways: Ways) -> Iterator[Core]:
    """Yield the sentence as it is, then with more and more of what may stand around a quantity taken off."""
    waiting = [Core(words)]
    seen = {waiting[0]}
    for _ in range(_MOST_STRIPPED):
        yield from waiting
        fresh = dict.fromkeys(core for outer in waiting for core in _stripped(outer, ways) if core not in seen)
        seen.update(fresh)
        waiting = list(fresh)


def _before(ways: Ways) -> tuple[tuple[Phrases, Kind | None, bool], ...]:
    """What stands in front of a quantity: the phrases, the kind they tell, whether they put something right."""
    return (
        (ways.before_reps, "reps", False),
        (ways.before_weight, "weight", False),
        (ways.before_effort, "rpe", False),
        (ways.before_time, "seconds", False),
        (ways.correction, None, True),
        (ways.filler, None, False),
    )


def _stripped(core: Core, ways: Ways) -> Iterator[Core]:
    """Yield the sentence with one thing less around the quantity."""
    words = core.words
    for phrases, kind, correction in _before(ways):
        for phrase in phrases:
            if words[: len(phrase)] == phrase and len(words) > len(phrase):
                yield replace(
                    core,
                    words=words[len(phrase) :],
                    kind=core.kind or kind,
                    correction=core.correction or correction,
                    past=core.past or phrase in ways.past,
                )
    for phrase in ways.after:
        if words[-len(phrase) :] == phrase and len(words) > len(phrase):
            yield replace(core, words=words[: -len(phrase)])
    yield from _sided(core, ways)
    yield from _not_this(core, ways)


def _sided(core: Core, ways: Ways) -> Iterator[Core]:
    """Take off "on the left", "left side", "right leg"; a bare "right" in front is only a filler."""
    words = core.words
    for side, phrases in ways.sides.items():
        for said in phrases:
            if words[: len(said)] == said and len(words) > len(said) and said not in ways.filler:
                yield replace(core, words=words[len(said) :], side=side)
            if words[-len(said) :] == said and len(words) > len(said):
                yield replace(core, words=words[: -len(said)], side=side)


def _not_this(core: Core, ways: Ways) -> Iterator[Core]:
    """Take off what was denied: "fifteen not fifty", "not fifty fifteen"."""
    at = next((at for at, word in enumerate(core.words) if word in ways.denied), None)
    if at is None:
        return
    if at:
        yield replace(core, words=core.words[:at], correction=True)
        return
    for cut in range(2, len(core.words)):
        denied, meant = core.words[1:cut], core.words[cut:]
        if meant[0] not in _INSIDE and denied[-1] not in {"and", "a"}:
            yield replace(core, words=meant[1:] if meant[0] in ways.rather else meant, correction=True)
