"""Several quantities in one breath: "thirty five pounds for twelve", "twelve at thirty five at rpe eight"."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.words.language import Language
from voicecoach.words.measures import Kind, Measure, measures
from voicecoach.words.ways import Ways, Words

_CHAINED: frozenset[Kind] = frozenset({"weight", "reps", "rpe", "seconds"})
_MORE_THAN_SETS = 20
"""From here on "135 x 5" is a weight and its reps; below, "3 x 5" are sets, which are not logged by voice."""
Chain = tuple[tuple[str, Measure], ...]
_LONGEST_CHAIN = 3


def chains(
    words: Words, unit: str | None, language: Language, *, slips: bool, depth: int = _LONGEST_CHAIN
) -> Iterator[Chain]:
    """Yield every way of cutting the words into quantities, each with the word before it (empty: none)."""
    if depth == 0:
        return
    for cut in range(1, len(words) + 1):
        found = measures(words[:cut], unit, language, slips=slips)
        if not found:
            continue
        rest = words[cut:]
        if not rest:
            yield from ((("", measure),) for measure in found)
            continue
        separator, after = (rest[0], rest[1:]) if rest[0] in language.ways.separators else ("", rest)
        for chain in chains(after, unit, language, slips=slips, depth=depth - 1):
            yield from ((("", measure), (separator, chain[0][1]), *chain[1:]) for measure in found)


def assigned(chain: Chain, ways: Ways) -> list[Measure] | None:
    """Give every quantity of a chain its kind by the word before and after it; None where that does not work out."""
    known: list[Measure] = []
    for index, (before, measure) in enumerate(chain):
        after = chain[index + 1][0] if index + 1 < len(chain) else None
        kinds = {other.kind for other in known}
        kind = _kind_in_chain(before, measure, after, kinds, ways)
        if kind is None or kind in kinds:
            return None
        fitting = measure.as_kind(kind)
        if fitting is None:
            return None
        known.append(fitting)
    return known


def _kind_in_chain(before: str, measure: Measure, after: str | None, kinds: set[Kind], ways: Ways) -> Kind | None:
    """Say what a quantity between two separators is; None where it cannot be one."""
    if measure.kind != "bare":
        return measure.kind if measure.kind in _CHAINED else None
    if before == "":
        return None if kinds else _kind_of_first(measure, after, ways)
    if before in ways.reps_first:
        return "rpe" if "weight" in kinds else "weight"
    if before in ways.load_first or (before in ways.times and "weight" in kinds):
        return "reps"
    return "weight" if before in ways.reps_of and "reps" in kinds else None


def _kind_of_first(measure: Measure, after: str | None, ways: Ways) -> Kind | None:
    """Say what a bare number at the head of a chain is, by the word that follows it."""
    if after in ways.times:
        return "weight" if measure.value >= _MORE_THAN_SETS else None
    return "weight" if after in ways.load_first else "reps" if after in ways.reps_first else None
