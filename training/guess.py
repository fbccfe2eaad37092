"""Pronunciations of words that no dictionary has, as espeak-ng would say them: names in what people read out.

Only the alignment uses them, so that a sentence is not lost for a name in it; what the ear listens for is said as a
dictionary or a person wrote it down.
"""

# ruff: noqa: RUF001 - phones look like other letters
from __future__ import annotations

import re
from collections.abc import Iterable

from training.lexicon import Lexicon
from training.voices import Espeak

_SIGNS = (
    "aɪə=AY+AH aɪɚ=AY+ER aʊə=AW+ER dʒ=JH tʃ=CH aɪ=AY aʊ=AW eɪ=EY oʊ=OW ɔɪ=OY ɚɹ=ER ɔːɹ=AO+R oːɹ=AO+R ɑːɹ=AA+R "
    "ɛɹ=EH+R ɪɹ=IH+R ʊɹ=UH+R ɜː=ER əl=AH+L iə=IY+AH iː=IY uː=UW ɑː=AA ɔː=AO oː=AO i=IY ɪ=IH ᵻ=IH ɛ=EH e=EH "
    "æ=AE a=AE ɐ=AH ə=AH ʌ=AH ɑ=AA ɔ=AO o=OW ʊ=UH u=UW ɚ=ER b=B d=D ð=DH f=F ɡ=G h=HH j=Y k=K x=K ç=HH l=L "
    "ɫ=L m=M n=N ŋ=NG p=P ɹ=R r=R s=S ʃ=SH t=T ɾ=T ʔ=T θ=TH v=V w=W z=Z ʒ=ZH"
)
"""espeak-ng's signs for American English, and the phones that they are here."""
_PHONES = {ipa: phones.replace("+", " ") for ipa, phones in (pair.split("=") for pair in _SIGNS.split())}
_LONGEST = max(map(len, _PHONES))


def with_guesses(lexicon: Lexicon, texts: Iterable[str]) -> Lexicon:
    """The lexicon and a guess for every word of the texts that it lacks; a word without letters gets none."""
    lacking = sorted({word for text in texts for word in text.split()} - lexicon.keys())
    if not lacking:
        return lexicon
    espeak = Espeak()
    guessed = {word: guess(espeak, word) for word in lacking}
    return {**lexicon, **{word: (phones,) for word, phones in guessed.items() if phones}}


def guess(espeak: Espeak, word: str) -> tuple[str, ...]:
    """The phones of a word as espeak-ng says it in American English."""
    ipa = re.sub("[ˈˌ \u0303\u0329\u0361^]", "", espeak.phones(word, "en-us"))
    found: list[str] = []
    at = 0
    while at < len(ipa):
        for length in range(_LONGEST, 0, -1):
            phones = _PHONES.get(ipa[at : at + length])
            if phones is not None:
                found += phones.split()
                at += length
                break
        else:
            at += 1
    return tuple(found)
