"""What people say around a quantity: "I did …", "make it …", "no, …", "… please", "on the left"."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from voicecoach.words.measures import Kind

Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Core:
    """The words of a sentence that should be the quantity, and what the words around them tell."""

    words: Words
    """What is left."""
    kind: Kind | None = None
    """What a bare number is, as "I did" and "the weight is" tell; None where nothing tells."""
    correction: bool = False
    """True after "no" or "I mean"."""
    past: bool = False
    """True after "I did" or "that was"."""
    side: str | None = None
    """``left`` or ``right``."""


def phrases_of(text: str) -> tuple[Words, ...]:
    """Split phrases separated by slashes into words, longest phrase first."""
    return tuple(sorted((tuple(phrase.split()) for phrase in text.split("/")), key=len, reverse=True))


_REPS = phrases_of("""
    i did / i got / i managed / i made / i counted / did / got / i did about / i got about / i finished /
    for
""")
_WEIGHT = phrases_of("""
    i used / i lifted / i use / i'm using / i am using / i'm lifting / i'm holding / i'm at / we're at /
    using / lifted / the weight is / weight is / the weight was / weight / the weight / the bar is / the bar has /
    load / load it to / the load is / with / at / put / put on / grab / i have / i've got / i'll take / i'll use /
    i took / i'll go with / let's go with / go with / let's use / let's do / let's try / try /
    i want / i'd like / go to / up to / down to / change it to / change to / set it to / set weight to /
    set the weight to / change the weight to / make the weight
""")
_EFFORT = phrases_of("""
    it felt like / felt like / that felt like / it felt like an / felt like an / that was an / it was an /
    it felt like a / felt like a / that felt like a / that was a / it was a
""")
_DURATION = phrases_of("""
    i held / i held it / held / hold / i held for / held for / i held it for / rest / rest for / i rested
""")
_CORRECTION = phrases_of("""
    no / nope / no no / wrong / not right / sorry / no sorry / oops / correction / correct that / correct that to /
    correct it to / i mean / i meant / i said / no i said / no i meant / no i mean / actually / make that / make it
    / that should be / should be / it should be / that's wrong / change that to / no that was / no it was / no it's
    / not that
""")
_FILLER = phrases_of("""
    okay / ok / um / uh / er / so / well / yeah / yes / yep / hm / hmm / now / alright / right / please / coach /
    hey coach / it's / it is / its / that's / that is / it was / that was / only / just / about / around / like /
    maybe /
    i think / i guess / say / log / record / write down / put down / put me down for / mark / exactly / make / today
    / this is / this was / this time
""")
_AFTER = phrases_of("""
    please / thanks / thank you / today / this time / this set / next set / i think / i guess / then / okay / now /
    in total / altogether / total / in all / on the bar / on it / exactly / each hand / in each hand / per hand /
    each dumbbell / a hand / for now / i said / maybe / coach / so far
""")
_PAST = frozenset(
    phrases_of("""
    i did / i got / i managed / i made / i counted / did / got / i did about / i got about / i finished /
    i used / i lifted / lifted / the weight was / i took / i held / i held it / held / i held for / held for /
    i held it for / it was / that was / this was / no that was / no it was
""")
)
"""Of the words before a quantity those that speak of what is over."""
_SIDES = phrases_of("""
    side / leg / arm / hand / foot / one
""")
_BEFORE: tuple[tuple[tuple[Words, ...], Kind | None, bool], ...] = (
    (_REPS, "reps", False),
    (_WEIGHT, "weight", False),
    (_EFFORT, "rpe", False),
    (_DURATION, "seconds", False),
    (_CORRECTION, None, True),
    (_FILLER, None, False),
)
_MOST_STRIPPED = 5


def cores(words: Words) -> Iterator[Core]:
    """Yield the sentence as it is, then with more and more of what may stand around a quantity taken off."""
    waiting = [Core(words)]
    seen = {waiting[0]}
    for _ in range(_MOST_STRIPPED):
        yield from waiting
        fresh = dict.fromkeys(core for outer in waiting for core in _stripped(outer) if core not in seen)
        seen.update(fresh)
        waiting = list(fresh)


def _stripped(core: Core) -> Iterator[Core]:
    """Yield the sentence with one thing less around the quantity."""
    words = core.words
    for phrases, kind, correction in _BEFORE:
        for phrase in phrases:
            if words[: len(phrase)] == phrase and len(words) > len(phrase):
                yield replace(
                    core,
                    words=words[len(phrase) :],
                    kind=core.kind or kind,
                    correction=core.correction or correction,
                    past=core.past or phrase in _PAST,
                )
    for phrase in _AFTER:
        if words[-len(phrase) :] == phrase and len(words) > len(phrase):
            yield replace(core, words=words[: -len(phrase)])
    yield from _sided(core)
    yield from _not_this(core)


def _sided(core: Core) -> Iterator[Core]:
    """Take off "on the left", "left side", "right leg"; a bare "right" in front is only a filler."""
    words = core.words
    for side in ("left", "right"):
        for start in (("on", "the"), ("the",), ("on", "my"), ("my",), ()):
            for end in (*((noun,) for (noun,) in _SIDES), ()):
                said = (*start, side, *end)
                if words[: len(said)] == said and len(words) > len(said) and said != ("right",):
                    yield replace(core, words=words[len(said) :], side=side)
                if words[-len(said) :] == said and len(words) > len(said):
                    yield replace(core, words=words[: -len(said)], side=side)


def _not_this(core: Core) -> Iterator[Core]:
    """Take off what was denied: "fifteen not fifty", "not fifty fifteen"."""
    if "not" not in core.words:
        return
    at = core.words.index("not")
    if at:
        yield replace(core, words=core.words[:at], correction=True)
    else:
        for cut in range(2, len(core.words)):
            denied, meant = core.words[1:cut], core.words[cut:]
            if meant[0] not in {"hundred", "and", "point"} and denied[-1] not in {"and", "a"}:
                yield replace(core, words=meant[1:] if meant[0] == "but" else meant, correction=True)
