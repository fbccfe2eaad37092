"""What becomes of something heard: accepted, refused, or waited for, each with the rule that said so. Pure.

The recogniser never says no by itself: its confidences are near 1 even when it is wrong, and its grammar lets words
recombine. So every text is matched as a whole phrase here, and has to pass every rule.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from voicecoach.coach.commands import Listen
from voicecoach.hearing.tuning import CHUNK_SECONDS, Tuning
from voicecoach.words.meaning import Meaning
from voicecoach.words.phrases import Phrase, PhraseTable
from voicecoach.words.quantities import WITH_REPS, understand

Verdict = Literal["accept", "refuse", "wait"]
UNKNOWN = "[unk]"
"""What a recogniser writes for speech that fits no phrase."""
NOTHING = Meaning()
"""The meaning of what was not understood."""
PLAIN = Tuning()
"""Thresholds where nobody has calibrated."""


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
class Decision:
    """What to do about a look, and why."""

    verdict: Verdict
    """``wait`` means that more sound may change it."""
    rule: str
    """Name of the rule that decided."""
    why: str
    """One sentence for a reader."""
    look: Look
    """What was judged."""
    meaning: Meaning = NOTHING
    """What it means, when accepted."""

    @property
    def reason(self) -> str:
        """The reason with the figures it rests on, for a reader."""
        look = self.look
        figures = f"{look.voiced:.2f} s of voice at {look.level:.0f} dB in a room of {look.floor:.0f} dB"
        return f"{self.why} ({figures}.)"


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
    last: float
    """When the last command was taken, on the session clock."""

    @property
    def safety(self) -> bool:
        """Whether this is a safety phrase."""
        return self.phrase is not None and self.phrase.safety

    @property
    def quantity(self) -> bool:
        """Whether this is a number that the state expects."""
        return self.meaning.command is None and not self.meaning.empty


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


def _level(case: Case) -> tuple[Verdict, str] | None:
    look, tuning = case.look, case.tuning
    above = tuning.above_floor - (3.0 if case.safety else 0.0)
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
    return None


def _one_command(case: Case) -> tuple[Verdict, str] | None:
    if case.safety or not case.look.spent:
        return None
    return "refuse", "There was already a command in this utterance."


def _refractory(case: Case) -> tuple[Verdict, str] | None:
    since = case.look.t - case.last
    if case.safety or since >= case.tuning.refractory:
        return None
    return "refuse", f"The last command was only {since:.1f} s ago."


def _patience(case: Case) -> tuple[Verdict, str] | None:
    """How sure the end must be: at once for safety, a short quiet for commands, a longer one where more may follow."""
    look, tuning = case.look, case.tuning
    if look.kind == "closed":
        return None
    if case.quantity or case.meaning.ask:
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
    ("not in this state", _state),
    ("length", _length),
    ("level", _level),
    ("echo of the coach", _echo),
    ("one command an utterance", _one_command),
    ("too soon", _refractory),
    ("patience", _patience),
)
"""In the order they are asked; the first that speaks decides."""


def longer_meanings(table: PhraseTable) -> Mapping[str, frozenset[str]]:
    """For every beginning of a phrase the commands that it can go on to; decoys do not count."""
    beginnings: dict[str, set[str]] = {}
    for phrase in table.phrases:
        words = phrase.text.split()
        for count in range(1, len(words)):
            if not phrase.ignored:
                beginnings.setdefault(" ".join(words[:count]), set()).add(phrase.command)
    return {text: frozenset(commands) for text, commands in beginnings.items()}


def _has_unit(meaning: Meaning) -> bool:
    quantity = meaning.weight or meaning.relative
    return (
        (quantity is not None and quantity.unit is not None) or meaning.seconds is not None or meaning.rpe is not None
    )


def confirmed(decision: Decision, alternatives: Sequence[str], table: PhraseTable) -> Decision:
    """An accepted decision, unless the likeliest single path through the utterance is something else.

    The recogniser's answer weighs all paths together and presses other talk into phrases; its best path alone then
    often is ``[unk]`` or another word (16 of 24 false accepts on people, 2 of 512 right ones). Safety phrases are never
    put to it, and a quantity only has to be free of unknown words.
    """
    if decision.rule == "safety" or not alternatives:
        return decision
    best, phrase = alternatives[0], table.find(alternatives[0])
    same = phrase is not None and phrase.command == decision.meaning.command
    if same or (decision.meaning.command is None and UNKNOWN not in best):
        return decision
    why = f"Heard again, it is rather {best!r}."
    return replace(decision, verdict="refuse", rule="second opinion", why=why, meaning=NOTHING)


RESCUED = frozenset({"nothing recognised", "decoy", "left-over words"})
"""Refusals that a second opinion may turn round, when both ways of hearing it agree on a phrase."""


def _plain(text: str) -> str:
    """A cue as the recogniser would write it: lower case, no punctuation."""
    kept = "".join(c if c.isalnum() or c == "'" else " " for c in text.lower())
    return " ".join(kept.split())


@dataclass(slots=True)
class Judge:
    """Applies the rules; remembers only when the last command was taken."""

    table: PhraseTable
    """All phrases of the flow and the drills."""
    tuning: Tuning = PLAIN
    """Thresholds."""
    unit: str | None = None
    """``lb`` or ``kg``: which bar and plates the trainee has."""
    rules: Sequence[tuple[str, Rule]] = RULES
    """What is asked, in order; a bench leaves one out to see what it is worth."""
    listen: Listen = field(default_factory=lambda: Listen("", frozenset()))
    """What the present state hears."""
    last: float = -1e9
    """When the last command was taken."""
    longer: Mapping[str, frozenset[str]] = field(init=False)
    """See ``longer_meanings``."""

    def __post_init__(self) -> None:
        self.longer = longer_meanings(self.table)

    def judge(self, look: Look) -> Decision:
        """The first rule that speaks decides; a look no rule speaks against is accepted."""
        phrase = self.table.find(look.text, self.listen.commands)
        meaning = self._meaning(look.text, phrase)
        case = Case(look, phrase, meaning, self.listen, self._goes_on(phrase), self.tuning, self.last)
        for name, rule in self.rules:
            answer = rule(case)
            if answer is not None:
                return Decision(answer[0], name, answer[1], look)
        if case.meaning.empty:
            return Decision("refuse", "no meaning", "It means nothing in this state.", look)
        return Decision("accept", "safety" if case.safety else "accepted", _accepted(case), look, case.meaning)

    def took(self, decision: Decision) -> None:
        """Remember that a decision was acted on."""
        self.last = decision.look.t

    def _goes_on(self, phrase: Phrase | None) -> bool:
        """A safety phrase never waits for a longer one; nor does a phrase whose longer forms mean the same."""
        if phrase is None or phrase.safety:
            return False
        if phrase.command in WITH_REPS and "reps" in self.listen.expects:
            return True
        others = self.longer.get(phrase.text, frozenset()) - {phrase.command}
        return bool(others & self.listen.commands)

    def _meaning(self, text: str, phrase: Phrase | None) -> Meaning:
        if not text or UNKNOWN in text:
            return NOTHING
        if phrase is not None and phrase.safety:
            return Meaning(command=phrase.command)
        return understand(
            text, table=self.table, expects=self.listen.expects, unit=self.unit, commands=self.listen.commands
        )


def _accepted(case: Case) -> str:
    quiet = 1000 * case.look.quiet * CHUNK_SECONDS
    when = "in the middle of speech" if case.look.kind == "partial" else f"{quiet:.0f} ms of quiet after it"
    return f"{'A safety phrase' if case.safety else 'A whole phrase of this state'}, {when}."
