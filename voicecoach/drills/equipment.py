"""What somebody has to train with, and the loads that can be made of it; from a programme or the trainee's settings.

``journal.progress`` asks which drills can be done and which loads exist; nothing else ever becomes a target.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from voicecoach.drills.measures import LOADS, SPELLINGS
from voicecoach.drills.model import Drill
from voicecoach.drills.scales import Rack
from voicecoach.words.meaning import Quantity

NONE = "none"
"""How a list says that there is none of this."""
MOST_LOADS = 80
"""Loads of one list: a rack in a studio has fewer."""
MOST_PLATES = 16
"""Pairs of plates: what fits on a bar."""
HEAVIEST = 999.0
"""Of anything, in its unit."""
_LIST_FORM = "loads are written as 8 12 16 kg, or as 5 to 25 by 2.5 kg"
_ONE = r"\d{1,3}(?:\.\d{1,3})?"
_RANGE = re.compile(rf"({_ONE})\s*(?:to|-)\s*({_ONE})\s+(?:by|in steps of)\s+({_ONE})")
_SAME = {"broomstick": "dowel", "stick": "dowel", "pipe": "dowel", "bar": "barbell", "pvc pipe": "dowel"}
"""Names that mean the same thing."""


@dataclass(frozen=True, slots=True)
class Equipment:
    """What there is. Once any of the loads is named, a load that is not named is not there."""

    unit: str | None = None
    """``lb`` or ``kg``, where that was said."""
    kettlebells: tuple[Quantity, ...] | None = None
    """Each kettlebell; empty for none, None where nobody said."""
    dumbbells: tuple[Quantity, ...] | None = None
    """What stands on one of each pair."""
    bar: Quantity | None = None
    """The empty bar."""
    plates: tuple[Quantity, ...] = ()
    """One of each pair; two pairs of the same stand twice."""
    without: frozenset[str] = frozenset()
    """Other things that are missing, such as ``dowel``."""

    @property
    def named(self) -> bool:
        """Somebody said what there is to lift."""
        return self.kettlebells is not None or self.dumbbells is not None or self.bar is not None

    @property
    def system(self) -> str | None:
        """The unit that was said, else that of the first loads that were named."""
        named = (*(self.kettlebells or ()), *(self.dumbbells or ()), *((self.bar,) if self.bar else ()))
        return self.unit or next((load.unit for load in named), None)

    def over(self, base: Equipment) -> Equipment:
        """What this one says, and what a programme says where it says nothing."""
        loads = self if self.named else base
        return replace(loads, unit=self.unit or base.unit, without=self.without or base.without)

    def missing(self, drill: Drill) -> str:
        """What a drill needs and nobody has, ``kettlebell or dumbbells``; empty where it can be done."""
        return next((need for need in drill.needs if not any(self._has(one) for one in things_of(need))), "")

    def rack(self, drill: Drill) -> tuple[str, Rack] | None:
        """The implement for a drill's load and the loads it comes in; None where nobody said what there is.

        Of several implements the first that comes in more than one load up to the drill's heaviest, else the one with
        any. Never two at once: what stands on a dumbbell is half of what is lifted.
        """
        if not self.named or drill.load is None:
            return None
        found: list[tuple[str, Rack]] = []
        for need in drill.needs:
            for name in things_of(need):
                loads = self._loads(name)
                if not loads:
                    continue
                high = drill.load.in_unit(loads[0].unit).high
                fitting = sorted({load.value for load in loads if load.value <= high})
                if fitting:
                    found.append((name, Rack(tuple(fitting), loads[0].unit)))
        several = [one for one in found if len(one[1].loads) > 1]
        return next(iter(several or found), None)

    def each_side(self, load: Quantity) -> tuple[float, ...] | None:
        """The plates on each side of the bar that make a load, the heaviest first; None where they cannot."""
        if self.bar is None or load.unit != self.bar.unit:
            return None
        return _sides(self.bar, self.plates).get(round(load.value, 3))

    def _has(self, name: str) -> bool:
        if name not in {"kettlebell", "dumbbell", "barbell"}:
            return name not in self.without
        return bool(self._loads(name)) if self.named else name not in self.without

    def _loads(self, name: str) -> tuple[Quantity, ...]:
        match name:
            case "kettlebell":
                return self.kettlebells or ()
            case "dumbbell":
                return self.dumbbells or ()
            case "barbell" if self.bar is not None:
                return tuple(Quantity(load, self.bar.unit) for load in sorted(_sides(self.bar, self.plates)))
        return ()


@dataclass(frozen=True, slots=True)
class Trainee:
    """Who trains, as far as loads depend on it."""

    equipment: Equipment = Equipment()
    """What they have."""
    man: bool = False
    """Their settings say so: where a phase has a higher limit for men, it is that one."""


NOBODY = Trainee()
"""Somebody about whom nothing is known: everything a script needs is there."""


def read_loads(text: str) -> tuple[Quantity, ...]:
    """Loads as somebody lists them: ``8 12 16 kg``, ``5 to 25 by 2.5 kg``, ``none``; ValueError for anything else."""
    words = " ".join(text.replace(",", " ").split()).casefold()
    if words in {NONE, ""}:
        return ()
    match = re.fullmatch(r"(.*\d)\s*([a-z]+)", words)
    if match is None or SPELLINGS.get(match[2]) not in LOADS:
        raise ValueError(f"{_LIST_FORM}; the unit comes last")
    values = _values(match[1])
    if not all(0 < value <= HEAVIEST for value in values):
        raise ValueError(f"a load is more than 0 and at most {HEAVIEST:g}")
    if len(values) > MOST_LOADS:
        raise ValueError(f"a list has at most {MOST_LOADS} loads")
    return tuple(Quantity(value, SPELLINGS[match[2]]) for value in values)


def write_loads(loads: Sequence[Quantity]) -> str:
    """Loads as ``read_loads`` reads them."""
    return f"{' '.join(f'{load.value:g}' for load in loads)} {loads[0].unit}" if loads else NONE


def read_equipment(
    *, unit: str = "", kettlebells: str = "", dumbbells: str = "", bar: str = "", plates: str = "", without: str = ""
) -> Equipment:
    """Equipment from texts, of which an empty one says nothing; ValueError, beginning with the key, for odd ones.

    ``unit`` is lb or kg; ``without`` are names with commas between.
    """
    if unit and SPELLINGS.get(unit.casefold()) not in LOADS:
        raise ValueError("unit: lb or kg is needed here")
    one, pairs = _under("bar", bar), _under("plates", plates)
    if len(one) > 1:
        raise ValueError("bar: one empty bar, such as 20 kg")
    if pairs and not one and bar.casefold() != NONE:
        raise ValueError("plates: a bar is needed to put them on, such as bar 20 kg")
    if one and any(plate.unit != one[0].unit for plate in pairs):
        raise ValueError(f"plates: these are in {pairs[0].unit}, but the bar is in {one[0].unit}")
    if len(pairs) > MOST_PLATES:
        raise ValueError(f"plates: at most {MOST_PLATES} pairs fit on a bar")
    nothing_else = bar.casefold() == NONE  # "bar: none" says as much as a list of none
    return Equipment(
        unit=SPELLINGS.get(unit.casefold()) if unit else None,
        kettlebells=_under("kettlebells", kettlebells) if kettlebells or nothing_else else None,
        dumbbells=_under("dumbbells", dumbbells) if dumbbells else None,
        bar=one[0] if one else None,
        plates=pairs,
        without=frozenset(_thing(name) for name in without.split(",") if name.strip()),
    )


def _under(key: str, text: str) -> tuple[Quantity, ...]:
    try:
        return read_loads(text)
    except ValueError as error:
        raise ValueError(f"{key}: {error}") from None


def _values(text: str) -> list[float]:
    ranged = _RANGE.fullmatch(text)
    if ranged is None:
        words = text.split()
        if not all(re.fullmatch(_ONE, word) for word in words):
            raise ValueError(_LIST_FORM)
        return [float(word) for word in words]
    low, high, step = (float(part) for part in ranged.groups())
    if step <= 0 or low > high or (high - low) / step > MOST_LOADS:
        raise ValueError(_LIST_FORM)
    return [round(low + step * number, 3) for number in range(int((high - low) / step + 1e-6) + 1)]


def _sides(bar: Quantity, plates: Iterable[Quantity]) -> dict[float, tuple[float, ...]]:
    """Every load of a bar with the fewest plates on each side that make it."""
    made: dict[float, tuple[float, ...]] = {round(bar.value, 3): ()}
    for plate in sorted((plate.value for plate in plates), reverse=True):
        for load, side in list(made.items()):
            heavier, more = round(load + 2 * plate, 3), (*side, plate)
            if heavier not in made or len(more) < len(made[heavier]):
                made[heavier] = more
    return made


def things_of(need: str) -> list[str]:
    """The things of which one will do: ``kettlebell or dumbbells``."""
    return [_thing(part) for part in re.split(r"\s+or\s+|\s*,\s*", need)]


def _thing(name: str) -> str:
    """A thing's plain name: without an article, in the singular."""
    words = re.sub(r"^(an?|the|one|two|some)\s+", "", " ".join(name.split()).casefold())
    single = words[:-1] if words.endswith("s") and not words.endswith("ss") else words
    return _SAME.get(single, single)
