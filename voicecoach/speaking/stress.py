"""Emphasis for engines: SSML for those that read it, the words alone for the others."""

from __future__ import annotations

from html import escape

from voicecoach.words.marks import emphasised

LOUDER_DB = 4.0
"""dB by which a text is louder that is emphasised as a whole; levelled like the others, its stress would be gone."""
_STRESS, _END = '<prosody volume="x-loud" rate="80%" pitch="+20%">', "</prosody>"
_STOPS = ".,;:!?\u2026"
"""After the last end tag espeak-ng reads a full stop as "dot"; after one before any other it stays loud."""


def ssml_of(text: str) -> str:
    """The text as SSML, emphasised words louder, slower and higher; nothing in it can be taken for a tag."""
    said, pieces = "", list(emphasised(text))
    for number, (words, strong) in enumerate(pieces):
        if strong:
            bare = words.rstrip(_STOPS)
            behind = words[len(bare) :] + "".join(piece for piece, _ in pieces[number + 1 :])
            if not behind.strip(f"{_STOPS} "):  # the last word of all takes its stop with it
                return f"<speak>{said}{_STRESS}{escape(bare + behind.strip(), quote=False)}{_END}</speak>"
            said += f"{_STRESS}{escape(bare, quote=False)}{_END}{words[len(bare) :]}"
        else:
            said += escape(words, quote=False)
    return f"<speak>{said}</speak>"


def is_stressed(text: str) -> bool:
    """Whether any of it is emphasised."""
    return "*" in text and any(strong for _, strong in emphasised(text))


def is_all_stressed(text: str) -> bool:
    """Whether all of its words are."""
    words = [strong for piece, strong in emphasised(text) if any(letter.isalnum() for letter in piece)]
    return "*" in text and bool(words) and all(words)
