"""What the synthetic voices say: every phrase, then numbers, other talk and single words of the lexicon."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterable, Sequence
from pathlib import Path

SMALL = tuple("one two three four five six seven eight nine".split())  # noqa: SIM905
TEENS = tuple("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split())  # noqa: SIM905
TENS = tuple("twenty thirty forty fifty sixty seventy eighty ninety".split())  # noqa: SIM905
NUMBERS = frozenset((*SMALL, *TEENS, *TENS, "zero", "oh", "hundred"))
"""Words that a number is made of."""
UNITS = ("pounds", "kilos", "reps", "seconds", "minutes", "inches")


def lines(path: Path) -> list[str]:
    """The lines of a file that are neither empty nor a comment."""
    held = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    return [line for line in held if line and not line.startswith("#")]


def without(left_out: Collection[str], said: Iterable[str]) -> list[str]:
    """Those of the texts in which none of the words or phrases occurs that are left out of training."""
    return [text for text in said if not any(f" {phrase} " in f" {text} " for phrase in left_out)]


def number(dice: random.Random) -> str:
    """A number from 1 to 499 as people say it, sometimes with a half or a point, sometimes with its unit."""
    below = dice.choice((*SMALL, *TEENS, *TENS, *(f"{tens} {dice.choice(SMALL)}" for tens in TENS)))
    said = dice.choices(
        (
            below,
            f"{dice.choice(SMALL[:4])} hundred {below}",
            f"{dice.choice(SMALL[:4])} {dice.choice(TENS)} {dice.choice(SMALL)}",
            f"{below} point five",
            f"{below} and a half",
            " ".join(dice.choice((*SMALL, "zero", "oh")) for _ in range(dice.randint(1, 4))),
        ),
        (5, 2, 2, 2, 3, 2),  # halves are where tens and teens are taken for each other
    )[0]
    return f"{said} {dice.choice(UNITS)}" if dice.random() < 0.5 else said  # noqa: PLR2004 - every other


def weight(dice: random.Random) -> str:
    """A load with its unit as people say it: "forty five pounds", "twenty two point five kilos"."""
    tens, small = dice.choice(TENS), dice.choice(SMALL)
    said = dice.choice(
        (
            f"{tens} five",
            tens,
            f"{tens} {small}",
            dice.choice(("ten", "twelve", "fifteen")),
            f"one {tens} five",
            f"a hundred and {tens}",
            f"{tens} two point five",
            f"{tens} and a half",
        )
    )
    return f"{said} {dice.choice(UNITS[:2])}"


def utterances(
    phrases: Sequence[str],
    sentences: Sequence[str],
    words: Sequence[str],
    count: int,
    single: float,
    seed: int,
    numbers: float = 0.5,
) -> list[str]:
    """``count`` texts for one voice: phrases first, each once, in an order of the seed's; then the rest at random.

    At most half of ``count`` are phrases, where there are words to say besides. ``single`` is the share of random
    words in the rest, ``numbers`` that of numbers in what remains; the others are sentences.
    """
    dice = random.Random(seed)  # noqa: S311 - repeatable, not secret
    said = dice.sample(list(phrases), min(len(phrases), -(-count // 2) if words else count))
    while len(said) < count:
        if words and dice.random() < single:
            said.append(" ".join(dice.choices(words, k=dice.randint(1, 4))))
        elif sentences and dice.random() >= numbers:
            said.append(dice.choice(list(sentences)))
        else:
            said.append(dice.choice(list(phrases)) if not words else number(dice))
    return said
