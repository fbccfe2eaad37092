"""Loaded bars in gym talk: "a plate and a ten each side", "two plates", "just the bar".

Without "each side" whole plates are counted per side, as lifters do: "two plates" is two on each side.
The bar and its big plate are 45 lb and 45 lb, or 20 kg and 20 kg, as the user's unit says: the usual Olympic sizes.
"""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.words.english_ways import WAYS
from voicecoach.words.numbers import readings
from voicecoach.words.ways import Ways, Words

BAR = {"lb": 45.0, "kg": 20.0}
"""Weight of the empty bar by unit."""
PLATE = {"lb": 45.0, "kg": 20.0}
"""Weight of what is simply called a plate."""
SIZES = {
    "lb": frozenset({1.25, 2.5, 5.0, 10.0, 15.0, 25.0, 35.0, 45.0, 55.0}),
    "kg": frozenset({1.25, 1.5, 2.5, 5.0, 10.0, 15.0, 20.0, 25.0}),
}
"""Plates that exist, by unit."""

_JUST = frozenset({"just", "only", "the", "an", "a", "empty", "bare", "plain", "with", "on", "its", "it's"})
_BAR = frozenset({"bar", "barbell"})
_JOINS = frozenset({"and", "plus", "with"})
_MANY = {
    "fives": "five", "tens": "ten", "fifteens": "fifteen", "twenties": "twenty",
}  # fmt: skip
_MOST = 8


def each_side(words: Words, ways: Ways = WAYS) -> Words | None:
    """Return what stands before "each side", or None where that was not said."""
    for ending in ways.each_side:
        if words[-len(ending) :] == ending and len(words) > len(ending):
            return words[: -len(ending)]
    return None


def bar_loads(words: Words, unit: str | None) -> Iterator[tuple[float, str]]:
    """Yield the whole weight of a bar described by its plates, with its unit; for both units where ``unit`` is None."""
    for of in (unit,) if unit in BAR else tuple(BAR):
        yield from ((load, of) for load in _loads(words, of))


def _loads(words: Words, unit: str) -> set[float]:
    """Read the bar's load in one unit."""
    if any(word in _BAR for word in words) and all(word in _JUST or word in _BAR for word in words):
        return {BAR[unit]}
    per_side = each_side(words)
    items = per_side or words
    bar_named = _after_bar(items)
    if bar_named is not None:
        items = bar_named
    sums = _sum(items, unit)
    if per_side is None and not _has_plate(words):
        # "the bar and a ten": nobody knows whether that is one ten or two
        return {BAR[unit] + load * sides for load in sums for sides in (1, 2)} if bar_named is not None else set()
    return {BAR[unit] + 2 * load for load in sums}


def _after_bar(words: Words) -> Words | None:
    """Return what follows "the bar and", or None."""
    for at, word in enumerate(words):
        if word in _BAR and all(before in _JUST for before in words[:at]) and words[at + 1 : at + 2]:
            return words[at + 2 :] if words[at + 1] in _JOINS else None
    return None


def _has_plate(words: Words) -> bool:
    """Tell whether somebody said "plate"."""
    return "plate" in words or "plates" in words


def _sum(words: Words, unit: str) -> set[float]:
    """Read plates joined by "and": "two plates and a ten"; the weights they can be together."""
    found = set(_item(words, unit))
    for at, word in enumerate(words):
        if word in _JOINS:
            found |= {a + b for a in _item(words[:at], unit) for b in _sum(words[at + 1 :], unit)}
    return found


def _item(words: Words, unit: str) -> Iterator[float]:
    """Read plates of one size: "a plate", "two plates", "a ten", "two tens", "a two and a half"."""
    match words:
        case (
            ("plate",) | ("a" | "one", "plate" | "plates") | ("a", "big", "plate")
        ):  # a small model knows only "plates"
            yield PLATE[unit]
        case (*count, "plates" | "plate"):
            yield from (PLATE[unit] * n for n in readings(tuple(count)) if n.is_integer() and 0 < n <= _MOST)
        case ("a" | "an", *size):
            yield from (value for value in readings(tuple(size)) if value in SIZES[unit])
        case (*_, last) if last in _MANY or last.removesuffix("s") != last:
            yield from _several(words, unit)


def _several(words: Words, unit: str) -> Iterator[float]:
    """Read "two tens", "tens", "two forty fives"."""
    singular = (*words[:-1], _MANY.get(words[-1], words[-1].removesuffix("s")))
    for at in range(len(singular)):
        counts = readings(singular[:at]) if at else {1.0}
        for count in counts:
            if count.is_integer() and 0 < count <= _MOST:
                yield from (count * size for size in readings(singular[at:]) if size in SIZES[unit])
