"""Several quantities in one breath: "thirty five pounds for twelve", "twelve at thirty five at rpe eight"."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.words.measures import Kind, Measure, measures

Words = tuple[str, ...]

_TIMES = frozenset({"x", "times"})
_SEPARATORS = frozenset({"for", "at", "with", "of", "and", *_TIMES})
_CHAINED: frozenset[Kind] = frozenset({"weight", "reps", "rpe", "seconds"})
_FIRST: dict[str, Kind] = {"for": "weight", "at": "reps", "with": "reps"}
"""What a bare number in front of these words is."""
_MORE_THAN_SETS = 20
"""From here on "135 x 5" is a weight and its reps; below, "3 x 5" are sets, which are not logged by voice."""
Chain = tuple[tuple[str, Measure], ...]
_LONGEST_CHAIN = 3


def chains(words: Words, unit: str | None, *, slips: bool, depth: int = _LONGEST_CHAIN) -> Iterator[Chain]:
    """Yield every way of cutting the words into quantities, each with the word before it (empty: none)."""
    if depth == 0:
        return
    for cut in range(1, len(words) + 1):
        found = measures(words[:cut], unit, slips=slips)
        if not found:
            continue
        rest = words[cut:]
        if not rest:
            yield from ((("", measure),) for measure in found)
            continue
        separator, after = (rest[0], rest[1:]) if rest[0] in _SEPARATORS else ("", rest)
        for chain in chains(after, unit, slips=slips, depth=depth - 1):
            yield from ((("", measure), (separator, chain[0][1]), *chain[1:]) for measure in found)


def assigned(chain: Chain) -> list[Measure] | None:
    """Give every quantity of a chain its kind by the word before and after it; None where that does not work out."""
    known: list[Measure] = []
    for index, (before, measure) in enumerate(chain):
        after = chain[index + 1][0] if index + 1 < len(chain) else None
        kinds = {other.kind for other in known}
        kind = _kind_in_chain(before, measure, after, kinds)
        if kind is None or kind in kinds:
            return None
        fitting = measure.as_kind(kind)
        if fitting is None:
            return None
        known.append(fitting)
    return known


def _kind_in_chain(before: str, measure: Measure, after: str | None, kinds: set[Kind]) -> Kind | None:
    """Say what a quantity between two separators is; None where it cannot be one."""
    if measure.kind != "bare":
        return measure.kind if measure.kind in _CHAINED else None
    if before == "":
        return None if kinds else _kind_of_first(measure, after)
    if before in {"at", "with"}:
        return "rpe" if "weight" in kinds else "weight"
    if before == "for" or (before in _TIMES and "weight" in kinds):
        return "reps"
    return "weight" if before == "of" and "reps" in kinds else None


def _kind_of_first(measure: Measure, after: str | None) -> Kind | None:
    """Say what a bare number at the head of a chain is, by the word that follows it."""
    if after in _TIMES:
        return "weight" if measure.value >= _MORE_THAN_SETS else None
    return _FIRST.get(after or "")
