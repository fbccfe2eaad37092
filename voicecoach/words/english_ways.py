"""What English speakers say around and between quantities; beside ``english``, which has the rest of the language."""

from __future__ import annotations

from voicecoach.words.ways import Phrases, Ways, phrases_of

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
_BEFORE_EFFORT = phrases_of("""
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
_PLUS = phrases_of("""
    plus / add / another / up / up by / go up / go up by / increase by / increase it by / raise it by / raise by /
    put on another / i added / add another / heavier by / move up / bump it up / bump it up by / put it up
""")
_MINUS = phrases_of("""
    minus / subtract / take off / down / down by / go down / go down by / drop / drop by / drop it by /
    lower it by / lower by / reduce by / reduce it by / remove / lighter by / less / i took off / knock off /
    decrease by / move down
""")
_NOUNS = ("side", "leg", "arm", "hand", "foot", "one")


def _side(side: str) -> Phrases:
    """Every way of saying a side: "on the left", "left side", "my right leg", "right"."""
    starts, ends = ("on the ", "the ", "on my ", "my ", ""), (*(f" {noun}" for noun in _NOUNS), "")
    return phrases_of("/".join(f"{start}{side}{end}" for start in starts for end in ends))


WAYS = Ways(
    before_reps=_REPS,
    before_weight=_WEIGHT,
    before_effort=_BEFORE_EFFORT,
    before_time=_DURATION,
    correction=_CORRECTION,
    filler=_FILLER,
    after=_AFTER,
    past=_PAST,
    sides={"left": _side("left"), "right": _side("right")},
    denied=frozenset({"not"}),
    rather=frozenset({"but"}),
    plus=_PLUS,
    minus=_MINUS,
    more=frozenset({"more", "extra", "heavier", "up"}),
    less=frozenset({"less", "fewer", "lighter", "down", "off"}),
    take=frozenset({"take", "knock"}),
    either=frozenset({"or"}),
    load_first=frozenset({"for"}),
    reps_first=frozenset({"at", "with"}),
    reps_of=frozenset({"of"}),
    times=frozenset({"x", "times"}),
    also=frozenset({"and"}),
    one=frozenset({("a",), ("an",)}),
    half=frozenset({("half", "a"), ("half", "an")}),
    and_half=phrases_of("and a half / and half / a half"),
    effort=phrases_of("rpe / r p e / effort / an effort"),
    effort_is=frozenset({"of", "is", "was"}),
    out_of_ten=phrases_of("out of ten / out of 10"),
    dozen=frozenset({("a", "dozen"), ("dozen",)}),
    each_side=phrases_of("""
        on each side of the bar / on each side / each side / on either side / either side / on both sides /
        both sides / per side / a side / aside / on each end / each end
    """),
    idioms=frozenset({"just a minute", "just one minute", "wait a minute", "one more minute", "no one"}),
    typed={
        "plus": "plus",
        "minus": "minus",
        "percent": "percent",
        "at": "at",
        "and": "and",
        "out of ten": "out of ten",
        "minutes": "minutes",
        "seconds": "seconds",
    },
)
"""The ways of English."""
