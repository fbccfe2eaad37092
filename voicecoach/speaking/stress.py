"""Emphasis for engines: SSML for those that read it, the words alone for the others."""

from __future__ import annotations

import re
from html import escape

from voicecoach.words.marks import emphasised

LOUDER_DB = 4.0
"""dB by which a text is louder that is emphasised as a whole; levelled like the others, its stress would be gone."""
_STRESS, _END = '<prosody volume="x-loud" rate="80%" pitch="+20%">', "</prosody>"
_STOP = re.compile(r"[.,;:!?\u2026]*")  # behind an end tag espeak-ng reads a full stop as "dot"


def ssml_of(text: str) -> str:
    """The text as SSML, emphasised words louder, slower and higher; nothing in it can be taken for a tag."""
    said, after = "", False
    for words, strong in emphasised(text):
        stop = _STOP.match(words)[0] if after else ""  # type: ignore[index]  # it matches nothing at all, too
        said = f"{said[: -len(_END)]}{escape(stop)}{_END}" if stop else said
        rest = escape(words[len(stop) :], quote=False)
        said += f"{_STRESS}{rest}{_END}" if strong else rest
        after = strong
    return f"<speak>{said}</speak>"


def is_stressed(text: str) -> bool:
    """Whether any of it is emphasised."""
    return "*" in text and any(strong for _, strong in emphasised(text))


def is_all_stressed(text: str) -> bool:
    """Whether all of its words are."""
    words = [strong for piece, strong in emphasised(text) if any(letter.isalnum() for letter in piece)]
    return "*" in text and bool(words) and all(words)
