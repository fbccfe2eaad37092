"""What becomes of something heard: accepted, refused, or waited for, each with the rule that said so. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from voicecoach.coach.commands import Listen
from voicecoach.hearing.rules import NEVER, NOTHING, PLAIN, RULES, UNKNOWN, Case, Look, Rule, Taken, Verdict
from voicecoach.hearing.tuning import CHUNK_SECONDS, Tuning
from voicecoach.words.meaning import NAMED_REPS, NAMED_WEIGHT, Meaning
from voicecoach.words.phrases import Phrase, PhraseTable, without_article
from voicecoach.words.quantities import WITH_REPS, understand
from voicecoach.words.sounds import HOMOPHONES, distance, sounds
from voicecoach.words.ways import Ways

LONG = 8
"""Sounds of a phrase of two words and more that may be heard nearly: "end session" has eight, "undo that" seven."""
ALMOST = 0.25
"""Share of its sounds that may be others, at the most (``words.sounds.distance``). Chosen on recordings of people and
synthetic voices (docs/model-log.md, version 9)."""
NUMBERS = frozenset({"weight", "reps", NAMED_WEIGHT, NAMED_REPS})
"""What a state expects that a sentence may begin in front of: "no, forty five"."""
CLEARLY = 0.1
"""How much farther the next command's phrase has to be."""


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


def longer_meanings(table: PhraseTable) -> Mapping[str, frozenset[str]]:
    """For every beginning of a phrase the commands that it can go on to; decoys do not count."""
    beginnings: dict[str, set[str]] = {}
    for phrase in table.phrases:
        for text in () if phrase.ignored else {phrase.text, without_article(phrase.text)}:
            words = text.split()
            for count in range(1, len(words)):
                beginnings.setdefault(" ".join(words[:count]), set()).add(phrase.command)
    return {text: frozenset(commands) for text, commands in beginnings.items()}


def openings(ways: Ways) -> frozenset[str]:
    """What is said in front of a load or a number of reps, and every beginning of it."""
    before = (*ways.correction, *ways.filler, *ways.before_weight, *ways.before_reps)
    return frozenset(" ".join(words[:count]) for words in before for count in range(1, len(words) + 1))


def sounding(text: str) -> str:
    """The text with every word spelt as the first of those that sound the same: "weight" and "wait" become one."""
    return " ".join(_SPELLING.get(word, word) for word in text.split())


_SPELLING = {word: min(group) for group in HOMOPHONES for word in group}


@dataclass(slots=True)
class Judge:
    """Applies the rules; remembers only the last command."""

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
    last: Taken = NEVER
    """The last command that was acted on."""
    longer: Mapping[str, frozenset[str]] = field(init=False)
    """See ``longer_meanings``."""
    openings: frozenset[str] = field(init=False)
    """See ``openings``."""
    alike: Mapping[str, str] = field(init=False)
    """Phrases by how they sound: which of two spellings the recogniser picks is chance."""

    safely: frozenset[str] = field(init=False)
    """Every beginning of a safety phrase, none included."""

    def __post_init__(self) -> None:
        self.longer, self.openings = longer_meanings(self.table), openings(self.table.language.ways)
        warnings = [phrase.text.split() for phrase in self.table.phrases if phrase.safety]
        self.safely = frozenset(" ".join(words[:count]) for words in warnings for count in range(len(words)))
        spoken = reversed(self.table.phrases) if self.table.language.english else ()
        self.alike = {sounding(p.text): p.text for p in spoken if not p.ignored}

    def judge(self, look: Look) -> Decision:
        """The first rule that speaks decides; a look no rule speaks against is accepted."""
        case = self._case(look)
        look = case.look
        for name, rule in self.rules:
            answer = rule(case)
            if answer is not None:
                return Decision(answer[0], name, answer[1], look)
        if case.meaning.empty:
            return Decision("refuse", "no meaning", "It means nothing in this state.", look)
        return Decision("accept", "safety" if case.safety else "accepted", _accepted(case), look, case.meaning)

    def _case(self, look: Look) -> Case:
        """A look with what the rules ask about."""
        phrase = self.phrase_of(look.text)
        if phrase is not None:
            look = replace(look, text=phrase.text)
        return Case(
            look,
            phrase,
            self._meaning(look.text, phrase),
            self.listen,
            self._goes_on(phrase),
            self.tuning,
            self.last,
            bare=bool(self.table.language.numbers.read(tuple(look.text.split()), slips=True)),
        )

    def phrase_of(self, text: str) -> Phrase | None:
        """The phrase this is, or sounds exactly like."""
        found = self.table.find(text, self.listen.commands)
        alike = self.alike.get(sounding(text)) if found is None and self.alike else None
        return found if alike is None else self.table.find(alike, self.listen.commands)

    def nearly(self, text: str) -> Phrase | None:
        """The long phrase of this state that a text has nearly all the sounds of, and no other command's phrase has.

        The grammar is of words, so that "in that faith" may be heard where "and in that faith" was said.
        """
        if not self.table.language.english:
            return None
        size, found = len(sounds(text)), list[tuple[float, Phrase]]()
        for phrase in self.table.phrases:
            long = " " in phrase.text and len(sounds(phrase.text)) >= LONG
            here = phrase.safety or phrase.command in self.listen.commands
            if long and here and not phrase.ignored and abs(size - len(sounds(phrase.text))) <= ALMOST * size + 1:
                found.append((distance(phrase.text, text), phrase))
        if not found:
            return None
        least, best = min(found, key=lambda one: one[0])
        others = [far for far, phrase in found if phrase.command != best.command]
        return best if least <= ALMOST and least + CLEARLY <= min(others, default=1.0) else None

    def answers(self, text: str) -> bool:
        """Whether this is the number that the state has asked for."""
        return self._case(Look(text, "end", 0.0)).answer

    def meaning_of(self, text: str) -> Meaning:
        """What a text means in this state; what a rule might have against it is not asked."""
        return self._meaning(text, self.phrase_of(text))

    def is_safety(self, text: str) -> bool:
        """Whether this is a whole safety phrase."""
        phrase = self.phrase_of(text)
        return phrase is not None and phrase.safety

    def may_be_safety(self, text: str) -> bool:
        """Whether a safety phrase may begin with these words, the last of which may still become another."""
        return text.rpartition(" ")[0] in self.safely

    def call(self, look: Look) -> Decision | None:
        """What a call over other speech means: only a whole safety phrase does anything."""
        phrase = self.phrase_of(look.text)
        if phrase is None or not phrase.safety:
            return None
        why = "A safety phrase called over speech that goes on."
        return Decision(
            "accept", "called over speech", why, replace(look, text=phrase.text), Meaning(command=phrase.command)
        )

    def took(self, decision: Decision) -> None:
        """Remember that a decision was acted on."""
        self.last = Taken(decision.look.t, decision.meaning.command, decision.look.text)

    def _goes_on(self, phrase: Phrase | None) -> bool:
        """A safety phrase never waits for a longer one; nor does a phrase whose longer forms mean the same.

        "No" may go on as "no, forty five" where a number is expected, "let's go" as "let's go with sixty kilos".
        """
        if phrase is None or phrase.safety:
            return False
        if phrase.command in WITH_REPS and "reps" in self.listen.expects:
            return True
        if phrase.text in self.openings and not NUMBERS.isdisjoint(self.listen.expects):
            return True
        ways = (phrase.text, without_article(phrase.text))  # a first article may be heard where none was said
        others = frozenset[str]().union(*(self.longer.get(text, ()) for text in ways)) - {phrase.command}
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
