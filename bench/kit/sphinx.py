"""The ear to beat without any training: PocketSphinx as it comes, with the phrases boosted in its language model.

Voice activity as for the plain ways; then one pass over its bundled English unigrams, so that other speech has words to
go to, plus the phrases. What is not exactly a phrase is nothing.
"""

from __future__ import annotations

import itertools
import math
import re
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from kit.clips import Sound
from kit.ears import Phrases, Way, stretches
from voicecoach.errors import CoachError

VOCABULARY = 5000
"""Most frequent words that other speech may be."""
SHARE = 0.5
"""How likely the language model holds a stretch of speech to be a phrase: more takes more of both."""
LEAVE = 0.9
"""Share of what follows a word of a phrase that is the phrase's next word."""
END = 6
"""Quiet steps of 32 ms that end a stretch."""


class Sphinx:
    """PocketSphinx listening for some phrases. Raises CoachError where it is not installed."""

    name = "pocketsphinx"

    def __init__(self, phrases: Phrases, share: float = SHARE) -> None:
        try:
            from pocketsphinx import Decoder  # noqa: PLC0415 - only with --pocketsphinx
        except ImportError as error:
            raise CoachError(
                "PocketSphinx is not installed.", "pip install 'voicecoach[training]' brings it along."
            ) from error
        self._table, self._listen = phrases.table, phrases.listen
        bundled: Any = Decoder(loglevel="FATAL")
        with Path(bundled.config["dict"]).open(encoding="utf-8") as file:
            words = {line.split()[0] for line in file if line.strip()}
        wanted = [p.text for p in phrases.table.phrases if not p.ignored]
        texts = [text for text in dict.fromkeys(wanted) if words.issuperset(text.split())]
        self.left_out = len(set(wanted)) - len(texts)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "phrases.lm"
            path.write_text(_language_model(bundled.get_lm("_default"), words, texts, share), encoding="utf-8")
            self._decoder: Any = Decoder(lm=str(path), loglevel="FATAL")

    def way(self) -> Way:
        """How it hears one recording."""

        def hear(sound: Sound) -> list[tuple[str, str | None]]:
            found = [self._table.find(self._text(s), self._listen.commands) for s in stretches(sound, END)]
            return [(p.text, p.command) for p in found if p is not None and not p.ignored]

        return hear

    def _text(self, stretch: Sequence[bytes]) -> str:
        self._decoder.start_utt()
        self._decoder.process_raw(b"".join(stretch), full_utt=True)
        self._decoder.end_utt()
        best = self._decoder.hyp()
        return " ".join(re.sub(r"\(\d+\)|<[^>]*>|\[[^\]]*\]", "", best.hypstr).split()) if best else ""


def _language_model(bundled: Any, words: set[str], texts: Sequence[str], share: float) -> str:  # noqa: ANN401 - its NGramModel
    """Unigrams of the bundled model and trigrams of the phrases, equally likely, in ARPA's format."""
    unit = math.log10(1.0001)  # base of PocketSphinx's logarithms
    ranked = sorted(((bundled.prob([w]), w) for w in words if "(" not in w), reverse=True)
    single = {w: p * unit for p, w in ranked[:VOCABULARY]}
    one: Counter[str] = Counter()
    two: Counter[tuple[str, str]] = Counter()
    three: Counter[tuple[str, str, str]] = Counter()
    for text in texts:
        said = ["<s>", *text.split(), "</s>"]
        single.update({w: max(bundled.prob([w]) * unit, -5.0) for w in said[1:]})
        one.update(said[:-1])
        two.update(itertools.pairwise(said))
        three.update(zip(said, said[1:], said[2:], strict=False))
    single["<s>"] = -99.0
    started: Counter[tuple[str, str]] = Counter()
    for (first, second, _), count in three.items():
        started[first, second] += count
    pairs = {
        (a, b): math.log10(count / one[a] * (share if a == "<s>" else LEAVE))
        - (0 if a == "<s>" else 2 if b == "</s>" else 3)
        for (a, b), count in two.items()
    }
    lines = ["\\data\\", f"ngram 1={len(single)}", f"ngram 2={len(pairs)}", f"ngram 3={len(three)}", "", "\\1-grams:"]
    lines += [f"{single[w]:.4f} {w} {math.log10(1 - share) if w == '<s>' else -0.3:.4f}" for w in sorted(single)]
    lines += ["", "\\2-grams:", *(f"{pairs[pair]:.4f} {' '.join(pair)} -0.2" for pair in sorted(pairs))]
    lines += ["", "\\3-grams:"]
    lines += [f"{math.log10(0.98 * three[k] / started[k[:2]]):.4f} {' '.join(k)}" for k in sorted(three)]
    return "\n".join([*lines, "", "\\end\\", ""])
