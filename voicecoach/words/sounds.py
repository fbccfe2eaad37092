"""How words sound, roughly: which phrases an ear could take for one another, for the loader's warnings.

An approximation on purpose: a table for the words whose spelling misleads, and about thirty spelling rules for the
rest (the usual ones of English primers: silent e, kn, wr, gh, soft c before e, i and y). Good enough to say "look at
these two", and to tell that most of a long phrase was heard; no phrase of a word or two is ever accepted by it.
"""

from __future__ import annotations

import functools
import re

_IRREGULAR = dict(
    # One letter per sound. Vowels: a (cat) e (bed) i (sit) o (hot) u (cup) A (day) E (see) I (five) O (go) U (two)
    # W (now) J (boy); r after a vowel is written. Consonants as spelled; S sh, C ch, T th, N ng.
    pair.split("=")
    for pair in """
        a=u again=ugen all=ol another=unuTer any=enE are=or ate=At aunt=ant be=bE been=bin break=brAk build=bild
        come=kum coming=kumiN dead=ded difficult=difikult does=duz don't=dOnt done=dun down=dWn easier=EzEer easy=EzE
        eight=At eighteen=AtEn eighty=AtE enough=inuf feel=fEl finished=finiSt for=for four=for fore=for
        fourteen=fortEn forty=fortE friend=frend give=giv go=gO going=gOiN great=grAt half=haf have=hav head=hed
        heavier=hevEer heavy=hevE hold=hOld hour=Wr how=hW hundred=hundrid hurts=hurts i=I i'm=Im ignore=ignor is=iz
        it's=its knee=nE know=nO less=les live=liv load=lOd love=luv lower=lOer many=menE minus=mInus minute=minit
        more=mor move=mUv neck=nek ninety=nIntE no=nO none=nun nope=nOp now=nW numb=num of=uv off=of oh=O once=wuns
        one=wun only=OnlE ouch=WC our=Wr out=Wt pain=pAn pause=poz paws=poz pound=pWnd pounds=pWndz put=put ready=redE
        repeat=ripEt resume=rizUm rest=rest said=sed same=sAm say=sA second=sekund session=seSun seven=sevun
        seventy=sevuntE shoulder=SOlder show=SO six=siks slow=slO some=sum start=start story=storE straight=strAt
        the=Tu their=Ter there=Ter they=TA they're=Ter through=TrU to=tU today=tudA too=tU tree=trE two=tU undo=undU
        wait=wAt want=wont was=wuz we=wE weak=wEk week=wEk weigh=wA weight=wAt were=wur what=wut what's=wuts where=wer
        who=hU won=wun work=wurk workout=wurkWt wow=wW wrong=roN yes=yes yeah=ya you=yU you're=yor your=yor zero=zErO
    """.split()  # noqa: SIM905 - a table of words reads best as text
)

_RULES: tuple[tuple[str, str], ...] = (
    # applied in this order, longest spellings first; the result holds sounds in the alphabet above
    (r"^kn", "n"), (r"^wr", "r"), (r"^wh", "w"), (r"^ps", "s"), (r"mb$", "m"), (r"tch", "C"), (r"tion", "Sun"),
    (r"sion", "Sun"), (r"igh", "I"), (r"eigh", "A"), (r"ough", "O"), (r"gh", ""), (r"ph", "f"), (r"ck", "k"),
    (r"sh", "S"), (r"ch", "C"), (r"th", "T"), (r"ng$", "N"), (r"qu", "kw"), (r"x", "ks"), (r"dge", "j"),
    (r"c(?=[eiy])", "s"), (r"c", "k"), (r"([bdfgklmnprstvz])\1", r"\1"), (r"all$", "ol"), (r"ee|ea|ie", "E"),
    (r"ai|ay|ei|ey", "A"), (r"oa|oe", "O"), (r"oo|ue|ew", "U"), (r"ou|ow", "W"), (r"oi|oy", "J"), (r"au|aw", "o"),
    (r"a([bdfgklmnprstvzTCS])e(s?)$", r"A\1\2"), (r"i([bdfgklmnprstvzTCS])e(s?)$", r"I\1\2"),
    (r"o([bdfgklmnprstvzTCS])e(s?)$", r"O\1\2"), (r"u([bdfgklmnprstvzTCS])e(s?)$", r"U\1\2"),
    (r"(?<=[a-zA-Z])e$", ""), (r"y$", "E"), (r"(?<=.)y", "i"), (r"o$", "O"), (r"[^a-zA-Z]", ""),
)  # fmt: skip

_ALIKE = "ou aeu eiE UO eAE IJ WoO pb tdT kg szTS SCjs fvT mnN lrw yE".split()  # noqa: SIM905 - as above
"""Sounds that are easily taken for one another; exchanging them costs less than others."""
ALIKE_COST, OTHER_COST, GAP = 0.5, 1.0, 0.9
"""What a sound like the wanted one, any other, and a missing one count in the distance of two rows."""
_COSTS = {(a, b): ALIKE_COST for group in _ALIKE for a in group for b in group if a != b}

HOMOPHONES: tuple[frozenset[str], ...] = tuple(
    frozenset(group.split())
    for group in """
        to too two / for four fore / ate eight / one won / no know / week weak / wait weight / here hear /
        there their they're / your you're / right write / hole whole / pause paws / read red / by buy bye /
        sea see / be bee / our hour / its it's / oh o owe / heel heal / knead need / new knew / not knot / so sew
        / son sun / some sum / steel steal / tail tale / through threw / wear where / would wood / great grate /
        break brake / waist waste / brace braise / feet feat / meet meat / piece peace / plane plain / rest wrest
        / tens tense
    """.split("/")  # noqa: SIM905 - as above
)
"""Words that sound the same to nearly everybody."""


@functools.lru_cache(maxsize=4096)
def sounds(phrase: str) -> str:
    """Return the phrase as a row of sounds, one letter each, without gaps: ``"four steps"`` is ``"forsteps"``."""
    return "".join(map(_word_sounds, phrase.lower().split()))


@functools.lru_cache(maxsize=4096)
def _word_sounds(word: str) -> str:
    """Spell one word in sounds."""
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for spelling, sound in _RULES:  # most are plain letters, which need no pattern
        word = word.replace(spelling, sound) if spelling.isalpha() else re.sub(spelling, sound, word)
    return word


def near(a: str, b: str) -> bool:
    """Tell whether two different phrases are within one sound of each other: one is missing, added or another.

    ``"stop"`` and ``"top"``, ``"stop"`` and ``"step"``; a phrase is not near itself.
    """
    return a != b and within_one(sounds(a), sounds(b))


def within_one(a: str, b: str) -> bool:
    """Tell whether one insertion, deletion or substitution at most lies between two rows."""
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    return rest_a[1:] == rest_b[1:] or rest_a == rest_b[1:] or rest_a[1:] == rest_b


def distance(phrase: str, heard: str) -> float:
    """How far what was heard is from a phrase: the share of its sounds that are missing, added or others.

    0 for the same sounds; a sound that is easily taken for another counts half (Levenshtein's distance with costs).
    """
    wanted, other = sounds(phrase), sounds(heard)
    before = [GAP * place for place in range(len(other) + 1)]
    for number, sound in enumerate(wanted, start=1):
        now = [GAP * number]
        for place, there in enumerate(other):
            changed = before[place] + (0 if sound == there else _COSTS.get((sound, there), OTHER_COST))
            now.append(min(changed, before[place + 1] + GAP, now[place] + GAP))
        before = now
    return before[-1] / max(1, len(wanted))
