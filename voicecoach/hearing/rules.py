"""The rules a look at the recogniser's words has to pass, each a small function that may refuse or ask for more. Pure.

The recogniser never says no by itself: its confidences are near 1 even when it is wrong, and its grammar lets words
recombine. So every text is matched as a whole phrase, and has to pass every rule.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from voicecoach.coach.commands import Listen
from voicecoach.hearing.tuning import Tuning
from voicecoach.words.meaning import NAMED_WEIGHT, Meaning
from voicecoach.words.phrases import Phrase
from voicecoach.words.quantities import WITH_REPS

Verdict = Literal["accept", "refuse", "wait"]
UNKNOWN = "[unk]"
"""What a recogniser writes for speech that fits no phrase."""
ASKED = frozenset({"weight", "reps", "rpe", "seconds"})
"""What a state expects that has asked for it; the other quantities are put right or changed unasked."""
NOTHING = Meaning()
"""The meaning of what was not understood."""
GROWING = 2.0
"""Seconds within which a safety phrase that begins with the words just acted on is the same one, going on: "stop" over
other speech that was heard as "stop now" while the speech went on."""
PLAIN = Tuning()
"""Thresholds where nobody has calibrated."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What was last acted on; at first nothing, long ago."""

    t: float = -1e9
    """Seconds on the session clock."""
    command: str | None = None
    """None for a quantity."""
    text: str = ""
    """Its words."""


NEVER = Taken()
"""Where nothing has been acted on yet."""


@dataclass(frozen=True, slots=True)
class Look:
    """One glance at what the recogniser has, with what is known about the sound."""

    text: str
    """The recogniser's words."""
    kind: Literal["partial", "dip", "end", "closed"]
    """In the middle of speech, at its first quiet step, after a quiet stretch, or when the utterance is over."""
    t: float
    """Seconds on the session clock."""
    quiet: int = 0
    """Quiet steps since the last voice."""
    voiced: float = 0.5
    """Seconds of voice so far."""
    before: float = 0.0
    """Seconds of voice before that in the same utterance: talk that nobody paused after."""
    level: float = -30.0
    """Level of the voice in dB below full scale."""
    floor: float = -60.0
    """Noise floor in dB below full scale."""
    drop: float = 0.0
    """How many dB the sound has fallen below the loudest of the voice."""
    held: int = 0
    """How many looks in a row before this one showed the same text."""
    spent: bool = False
    """True when this utterance has already led to a command."""
    playing: tuple[str, ...] = ()
    """What the coach itself is saying, or has just said."""


@dataclass(frozen=True, slots=True)
class Case:
    """A look with everything the rules need beside it."""

    look: Look
    """What was heard."""
    phrase: Phrase | None
    """The phrase of the table it is, whole."""
    meaning: Meaning
    """What it means in this state."""
    listen: Listen
    """What this state hears."""
    goes_on: bool
    """Whether it is the beginning of a longer phrase of another command that this state hears."""
    tuning: Tuning
    """Thresholds."""
    last: Taken
    """The last command: a safety phrase acts at once after any command but itself."""
    bare: bool = False
    """Whether the words are a number and nothing else."""

    @property
    def safety(self) -> bool:
        """Whether this is a safety phrase."""
        return self.phrase is not None and self.phrase.safety

    @property
    def quantity(self) -> bool:
        """Whether this is a number that the state expects."""
        return self.meaning.command is None and not self.meaning.empty

    @property
    def answer(self) -> bool:
        """Whether this is a number that was asked for, and not one that may be said unasked."""
        return self.quantity and not ASKED.isdisjoint(self.listen.expects) and NAMED_WEIGHT not in self.listen.expects

    @property
    def counted(self) -> bool:
        """Whether this ends a set that the trainee counts aloud: "six, seven, eight, done" is one breath."""
        return self.meaning.command in WITH_REPS and "reps" in self.listen.expects


Rule = Callable[[Case], tuple[Verdict, str] | None]
"""Says nothing, or refuses, or asks for more sound."""


def _nothing(case: Case) -> tuple[Verdict, str] | None:
    return None if case.look.text else ("refuse", "No word was recognised.")


def _unknown_words(case: Case) -> tuple[Verdict, str] | None:
    if UNKNOWN not in case.look.text:
        return None
    return "refuse", "There were words in it that are no part of any phrase."


def _decoy(case: Case) -> tuple[Verdict, str] | None:
    if case.phrase is None or not case.phrase.ignored or case.quantity:
        return None
    return "refuse", "This is talk that the script says to ignore."


def _whole_phrase(case: Case) -> tuple[Verdict, str] | None:
    if case.phrase is not None or not case.meaning.empty:
        return None
    return "refuse", "The words are not exactly a phrase of the script, or a quantity this state expects."


def _unasked_number(case: Case) -> tuple[Verdict, str] | None:
    if not case.bare or not case.quantity or case.answer:
        return None
    return "refuse", "Nobody asked for a number: a weight needs its unit here, such as forty pounds."


def _state(case: Case) -> tuple[Verdict, str] | None:
    if case.phrase is None or case.phrase.ignored or case.safety or case.quantity:
        return None
    if case.phrase.command in case.listen.commands and not case.meaning.empty:
        return None
    return "refuse", f"{case.phrase.command!r} means nothing in the state {case.listen.state!r}."


def _length(case: Case) -> tuple[Verdict, str] | None:
    tuning, voiced = case.tuning, case.look.voiced
    longest = tuning.longest_safety if case.safety else tuning.longest_number if case.quantity else tuning.longest
    if voiced > longest:
        return "refuse", f"{voiced:.1f} s of voice is longer than any way of saying it."
    if voiced < tuning.shortest and not case.safety:
        return "refuse", f"{voiced:.2f} s of voice is shorter than any way of saying it."
    return None


def _talk(case: Case) -> tuple[Verdict, str] | None:
    """The end of a sentence is no command; whoever was asked for a number may think aloud before it."""
    if case.safety or case.answer or case.counted or case.look.before <= case.tuning.talk:
        return None
    return "refuse", f"It ends {case.look.before:.1f} s of talk: a command needs a pause before it."


def _level(case: Case) -> tuple[Verdict, str] | None:
    look, tuning = case.look, case.tuning
    above = tuning.above_floor_safety if case.safety else tuning.above_floor
    if look.level < look.floor + above:
        return "refuse", f"At {look.level:.0f} dB it does not stand out of the room's {look.floor:.0f} dB."
    if look.level < tuning.quietest and not case.safety:
        return "refuse", f"At {look.level:.0f} dB it comes from somebody else."
    return None


def _echo(case: Case) -> tuple[Verdict, str] | None:
    if case.safety:
        return None
    said = f" {case.look.text} "
    if any(said in f" {_plain(text)} " for text in case.look.playing):
        return "refuse", "The coach itself is saying this."
    if case.tuning.speakers and case.look.playing:  # what the coach is misheard as need not be what it says
        return "refuse", "From open speakers the coach is speaking: only safety phrases are taken."
    return None


def _one_command(case: Case) -> tuple[Verdict, str] | None:
    if case.safety or case.counted or not case.look.spent:
        return None
    return "refuse", "There was already a command in this utterance."


def _refractory(case: Case) -> tuple[Verdict, str] | None:
    since = case.look.t - case.last.t
    if case.safety and case.meaning.command != case.last.command:
        return None
    grown = case.safety and since < GROWING and case.look.text.startswith(f"{case.last.text} ")
    if since >= case.tuning.refractory and not grown:
        return None
    return "refuse", f"The last command was only {since:.1f} s ago."


def _patience(case: Case) -> tuple[Verdict, str] | None:
    """How sure the end must be: at once for safety, a short quiet for commands, a longer one where more may follow."""
    look, tuning = case.look, case.tuning
    if look.kind == "closed":
        return None
    if case.quantity or case.meaning.ask or case.meaning.reps is not None:
        wanted = tuning.unit_end if _has_unit(case.meaning) else tuning.number_end
        return ("wait", "A number may go on.") if look.quiet < wanted else None
    open_ended = case.goes_on
    if look.kind == "partial":
        needed = tuning.held_safety if case.safety else tuning.held
        if open_ended:
            return "wait", "It may go on into a longer phrase."
        if not case.safety and look.drop < tuning.fallen:
            return "wait", "The voice goes on."
        return ("wait", "It has to stay the same for another look.") if look.held < needed else None
    wanted = tuning.dip if case.safety else tuning.open_end if open_ended else tuning.end
    return ("wait", "More may follow.") if look.quiet < wanted else None


def bare_number(case: Case) -> tuple[Verdict, str] | None:
    """A number without a unit means something only to a state that asks for it; for listening without a state."""
    if not case.quantity or _has_unit(case.meaning):
        return None
    return "refuse", "A bare number needs a state that expects one: name it with --state."


RULES: tuple[tuple[str, Rule], ...] = (
    ("nothing recognised", _nothing),
    ("unknown words", _unknown_words),
    ("decoy", _decoy),
    ("left-over words", _whole_phrase),
    ("number not asked for", _unasked_number),
    ("not in this state", _state),
    ("length", _length),
    ("end of talk", _talk),
    ("level", _level),
    ("echo of the coach", _echo),
    ("one command an utterance", _one_command),
    ("too soon", _refractory),
    ("patience", _patience),
)
"""In the order they are asked; the first that speaks decides."""


def _has_unit(meaning: Meaning) -> bool:
    quantity = meaning.weight or meaning.relative
    return (
        (quantity is not None and quantity.unit is not None) or meaning.seconds is not None or meaning.rpe is not None
    )


def _plain(text: str) -> str:
    """A cue as the recogniser would write it: lower case, no punctuation."""
    kept = "".join(c if c.isalnum() or c == "'" else " " for c in text.lower())
    return " ".join(kept.split())
