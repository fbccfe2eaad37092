"""A sentence, spoken or typed, as the plain words that the readers of numbers and quantities work on."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict

from voicecoach.words.language import Language
from voicecoach.words.phrases import normalise
from voicecoach.words.ways import Words

_REWRITES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(\d)\s*(?:½|1/2\b)", r"\1.5"),
        (r"(\d)\s*(?:¼|1/4\b)", r"\1.25"),
        (r"(\d)\s*(?:¾|3/4\b)", r"\1.75"),
        (r"½", "0.5"),
        (r"(\d)\s*/\s*10\b", r"\1 {out of ten}"),
        (r"\b(\d{1,2}):([0-5]\d)\b", r"\1 {minutes} \2 {seconds}"),
        (r"(\d),(\d{1,2})(?!\d)", r"\1.\2"),  # a decimal comma
        (r"(?<![\w.])[-\N{MINUS SIGN}](?=[\d.])", " {minus} "),
        (r"\+", " {plus} "),
        (r"%", " {percent} "),
        (r"@", " {at} "),
        (r"&", " {and} "),
        (r"(\d)\s*\u00d7\s*(\d)", r"\1 x \2"),
        (r"(\d)\s*x\s*(\d)", r"\1 x \2"),
        (r"(\d)(?=[^\W\d_])", r"\1 "),
        (r"([^\W\d_])(?=\d)", r"\1 "),
        (r"(\d)\.(?!\d)", r"\1 "),
        (r"(?<!\d)\.(?!\d)", " "),
        (r"(?<!\d)(\.\d)", r"0\1"),
    )
)
"""What is written, and in which words of the language, by name in ``Ways.typed``, it is said."""
_POINT = "\ue000"  # stands for a decimal point while punctuation is taken out


def words_of(text: str, language: Language) -> Words:
    """Split a sentence into lower-case words: ``35lb, for 12`` is ``35 lb for 12``, ``22½`` is ``22.5``."""
    said = defaultdict(str, language.ways.typed)
    plain = unicodedata.normalize("NFC", text).lower()
    for pattern, replacement in _REWRITES:
        plain = pattern.sub(replacement.format_map(said), plain)
    plain = re.sub(r"(?<=\d)\.(?=\d)", _POINT, plain)
    return tuple(normalise(plain).replace(_POINT, ".").split())
