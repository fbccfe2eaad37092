"""Right scripts, each broken in one place: never a traceback, and the first error stands where the mistake is.

``python tests/drills/test_mutations.py 1000 7`` prints the figures of as many mistakes, drawn with that seed.
"""

from __future__ import annotations

import random
import re
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from voicecoach.drills.check import check_paths
from voicecoach.drills.library import Library, shipped_scripts

Mistake = Callable[[str, random.Random], str | None]
"""Breaks one line; None where the line has nothing to break in this way."""


def wrong_indent(line: str, _: random.Random) -> str | None:
    return f" {line}" if re.match(r" +[\w-]", line) else None


def tab(line: str, _: random.Random) -> str | None:
    return re.sub(r"^ +", "\t", line) if line.startswith(" ") else None


def missing_colon(line: str, _: random.Random) -> str | None:
    return re.sub(r"^(\s*[\w ]+):(\s|$)", r"\1\2", line) if re.match(r"\s*[\w ]+:(\s|$)", line) else None


def misspelt_key(line: str, luck: random.Random) -> str | None:
    key = re.match(r"(\s*)([a-z]{4,})(?=[\w ]*:( |$))", line)
    if key is None:
        return None
    at = luck.randrange(len(key[2]) - 1)
    word = key[2][:at] + key[2][at + 1] + key[2][at] + key[2][at + 2 :]
    return None if word == key[2] else key[1] + word + line[key.end() :]


def wrong_type(line: str, _: random.Random) -> str | None:
    number = re.match(r"(\s*(?:sets|reps|rest|tempo|version|final|safety)): \S+$", line)
    return f"{number[1]}: [some, words]" if number else None


def swapped_unit(line: str, _: random.Random) -> str | None:
    if re.match(r"\s*(rest|silence|after|hold|change over):", line):
        return re.sub(r"(\d+)s", r"\1 lb", line)
    return re.sub(r"(\d+) lb", r"\1 in", line, count=1) if "step:" in line and " lb" in line else None


def unknown_state(line: str, _: random.Random) -> str | None:
    return re.sub(r"to: ([a-z])[a-z ]+", r"to: \1zzyx", line, count=1) if re.search(r"\bto: [a-z]", line) else None


def open_quote(line: str, _: random.Random) -> str | None:
    return line[:-1] if line.endswith('"') else None


MISTAKES = (wrong_indent, tab, missing_colon, misspelt_key, wrong_type, swapped_unit, unknown_state, open_quote)
SHIPPED = sorted((*shipped_scripts().glob("*.yaml"), *shipped_scripts().glob("flows/*.yaml")))


def broken(number: int, seed: int) -> Iterator[tuple[str, Path, int, str]]:
    """Name of the mistake, script, line (from 1) and text of so many broken scripts, each different."""
    luck = random.Random(seed)
    seen: set[tuple[str, Path, int]] = set()
    for _ in range(number * 200):
        if number == 0:
            return
        make, path = luck.choice(MISTAKES), luck.choice(SHIPPED)
        lines = path.read_text(encoding="utf-8").split("\n")
        at = luck.randrange(len(lines))
        changed = None if lines[at].lstrip().startswith("#") else make(lines[at], luck)
        if changed is None or changed == lines[at] or (make.__name__, path, at) in seen:
            continue
        seen.add((make.__name__, path, at))
        number -= 1
        yield make.__name__, path, at + 1, "\n".join([*lines[:at], changed, *lines[at + 1 :]])


def first_error(text: str, path: Path, folder: Path) -> int | None:
    """Line of the first error of a script that has this text."""
    copy = folder / path.relative_to(shipped_scripts())
    copy.parent.mkdir(exist_ok=True)
    copy.write_text(text, encoding="utf-8")
    found = check_paths([copy], Library([folder, shipped_scripts()]))
    copy.unlink()
    return next((d.line for d in found if d.severity == "error" and Path(d.file).name == copy.name), None)


def figures(number: int, seed: int) -> tuple[Counter[str], Counter[str], list[str]]:
    """How many mistakes of each name were made, how many were met within one line, and the others."""
    made: Counter[str] = Counter()
    met: Counter[str] = Counter()
    missed: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        for name, path, line, text in broken(number, seed):
            said = first_error(text, path, Path(folder))
            if said is None and name == "wrong_indent":  # deeper, and still right: a text went on, or a list stands so
                continue
            made[name] += 1
            if said is not None and abs(said - line) <= 1:
                met[name] += 1
            else:
                missed.append(f"{name} {path.name}:{line}: said {said}: {text.splitlines()[line - 1]!r}")
    return made, met, missed


def test_the_first_error_is_within_a_line_of_the_mistake() -> None:
    made, met, missed = figures(30, seed=1)
    assert met.total() >= 0.9 * made.total(), missed


if __name__ == "__main__":
    made, met, missed = figures(int(sys.argv[1]), seed=int(sys.argv[2]))
    rows = [f"{name:14} {met[name]:4} of {made[name]:4}" for name in made]
    total = f"{met.total()} of {made.total()}: {100 * met.total() / made.total():.1f} %"
    sys.stdout.write("\n".join([*rows, total, *missed, ""]))
