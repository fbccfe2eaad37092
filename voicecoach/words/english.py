"""English, the language of scripts that name no other; ``scripts/languages/en.yaml`` shows its table."""

from __future__ import annotations

from dataclasses import dataclass

from voicecoach.words.english_ways import WAYS
from voicecoach.words.grammar import NUMBER_PHRASES
from voicecoach.words.language import Language, Sentence, Unit
from voicecoach.words.numbers import NUMBER_TOKENS, readings, spoken, without_slips
from voicecoach.words.ways import Words

SENTENCES: dict[str, Sentence] = {
    # numbers, units, days
    "minus": "minus {amount}",
    "and": "and",
    "and the": "and the",
    "minutes and number": "{minutes} {number}",
    "minutes and seconds": "{minutes} and {seconds}",
    "today": "today",
    "yesterday": "yesterday",
    "last weekday": "last {weekday}",
    "on a day": "on {day} {month}",
    "weeks ago": {"one": "a week ago", "other": "{number} weeks ago"},
    "months ago": {"one": "a month ago", "other": "{number} months ago"},
    "years ago": {"one": "a year ago", "other": "{number} years ago"},
    # questions back
    "or": "{options} or {last}?",
    "or, of several words": "{options}, or {last}?",
    "a weight of": "a weight of {weight}",
    "for an amount": "for {amount}",
    "effort": "effort {number}",
    "more": "{amount} more",
    "less": "{amount} less",
    "plates each side": "How many plates on each side?",
    "in all or each side": "{load} in all, or on each side of the bar?",
    # the set that is on, and what was done
    "reps word": {"one": "rep", "other": "reps"},
    "next rep": "rep {number}",
    "time to go": "{time} to go",
    "weight": "weight",
    "no weight": "no weight",
    "no sets": "No sets today.",
    "sets of": {"one": "{number} set of {amount}", "other": "{number} sets of {amount}"},
    "reps of a set": {"one": "{number}", "other": "{number}"},
    "sets listed": "sets of {amounts}",
    "at a load": "{what} at {load}",
    "reps in time": "{reps} in {time}",
    "each side": "{sets} each side",
    "one side": "{sets} on one side",
    "drill and sets": "{drill}, {sets}",
    # last time, and why today's target is what it is
    "last time": "{day} you did {sets}.",
    "dial": "{name} {value}",
    "up": "{now}, because {day} you did {did} without a miss.",
    "back again": "{now}, because {day} was clean, and only as far as it feels easy.",
    "as last time": "{now}, no more.",
    "once more": {
        "one": "{now} again, because {day} was clean and it takes one more clean session before it changes.",
        "other": "{now} again, because {day} was clean and it takes {number} more clean sessions before it changes.",
    },
    "once more, far": {
        "one": "{now} again, because {day} was clean and it takes one more clean session before the big step to {far}.",
        "other": "{now} again, because {day} was clean and it takes {number} more clean sessions "
        "before the big step to {far}.",
    },
    "missed": {
        "one": "{now} again, because {day} one set was short of reps.",
        "other": "{now} again, because {day} {number} sets were short of reps.",
    },
    "missed often": {
        "one": "{now}, because {day} was short of reps at {old}.",
        "other": "{now}, because {number} sessions in a row were short of reps at {old}.",
    },
    "away": {
        "one": "{now}, because a week was missed.",
        "other": "{now}, because {number} weeks were missed.",
    },
    "away, the same": {
        "one": "{now} again, because a week was missed.",
        "other": "{now} again, because {number} weeks were missed.",
    },
    "pain": "{now}, because there was pain {day}.",
    "pain at": "{now}, because there was pain at {old} {day}.",
    "pain only": "Only as far as it feels fine, because there was pain in the {drill} {day}.",
    "pain only, set less": "One set less, and only as far as it feels fine, "
    "because there was pain in the {drill} {day}.",
    "begins": "{now}, because the {drill} begins with that.",
    "open load": "You say the load, because the script of the {drill} names none.",
    "always": "As the script has it, because nothing in the {drill} gets harder.",
    "instead": {
        "one": "The {drill} instead of the {waiting}, because there was pain {day}; "
        "one more clean session brings {back} back.",
        "other": "The {drill} instead of the {waiting}, because there was pain {day}; "
        "{number} clean sessions bring {back} back.",
    },
    "back": {"one": "it", "other": "them"},
    "next rung": "The {drill} joins today, because the {below} was clean.",
    "next rung, often": "The {drill} joins today, because the {below} was clean {often}.",
    "rung again": "The {drill} is back, because the {below} was clean.",
    "rung again, often": "The {drill} is back, because the {below} was clean {often}.",
    "twice": "twice in a row",
    "many times": "{number} times in a row",
    "rung below": {
        "one": "The {drill} instead of the {waiting}, because {short} short of reps; "
        "one clean session brings {back} back.",
        "other": "The {drill} instead of the {waiting}, because {short} short of reps; "
        "{number} clean sessions bring {back} back.",
    },
    "sessions short": {"one": "the last session was", "other": "{number} sessions in a row were"},
    "waits": "The {drill} waits until the {until} is clean again, because there was pain in it {day}.",
    "waits, other": "The {drill} waits until the {until} is clean again, because there was pain in the {hurt} {day}.",
    "joins in week": "The {drill} joins in the {phase} phase, in week {week} at the earliest.",
    "joins after": "The {drill} joins in the {phase} phase, which needs {needed}.",
    "joins next": "The {drill} joins in the {phase} phase, from the next session on.",
    "clean of": {"one": "one clean session of the {drill}", "other": "{number} clean sessions of the {drill}"},
    "not climbed": {
        "one": "The {drill} joins after one more clean session of the {below}.",
        "other": "The {drill} joins after {number} clean sessions in a row of the {below}.",
    },
    "missing": {
        "one": "The {drills} is left out, because there is {lacking}.",
        "other": "The {drills} are left out, because there is {lacking}.",
    },
    "no thing": "no {thing}",
    "too heavy": "The {drill} is left out, because {load} is too heavy to begin with and there is nothing lighter.",
    "stays": "{now} again, because in the {phase} phase only the form counts.",
    "end of phase": "{now} again, because that is as far as the {phase} phase goes.",
    "heaviest": "{now} again, because you have nothing heavier for this drill.",
    "too far": "{now} again, because the step to {following} is too big unless you say too easy.",
    "enough for a week": "{now} again, because {most} more in a week is enough.",
    "held back": "{now} again, because there was pain in the {hurt} {day} and it comes back first.",
    "not after pain": "{now} again, because after pain it takes two clean sessions before it gets harder.",
    "easy day": "{now} again, because {day} was an easy day.",
    "was too easy": "{now}, because {old} was too easy {day}.",
    "was too hard": "{now}, because {old} was too hard {day}.",
    "chosen": "{now}, because that is what you chose {day}.",
    "at the end": "{now} again, because that is as far as this drill goes.",
    "hard enough": "{now} again, because {day} it was hard enough.",
    "sets left out": {
        "one": "{now} again, because {day} one of {planned} sets was done.",
        "other": "{now} again, because {day} {number} of {planned} sets were done.",
    },
    "empty bar": "That is the empty bar.",
    "plates": "On each side {plates}.",
    "each dumbbell": "That is what stands on each dumbbell.",
    # devices, where a language has no sentence of its own for what happened
    "trouble with microphone": "Something is wrong with the microphone.",
    "trouble with earbuds": "Something is wrong with the earbuds.",
    "trouble with journal": "The log cannot be written.",
    "trouble with voice": "Something is wrong with the voice.",
    "trouble with kept sound": "The sound cannot be kept.",
}
"""Every sentence, and piece of one, that the coach says and that stands in no script."""

UNITS = {
    "lb": Unit("{number} pound", "{number} pounds", "half a pound", ("pounds", "pound", "lb", "lbs", "pounce")),
    "kg": Unit(
        "{number} kilo",
        "{number} kilos",
        "half a kilo",
        ("kilos", "kilo", "kg", "kgs", "kilogram", "kilograms", "kilogramme", "kilogrammes"),
    ),
    "stone": Unit("{number} stone", "{number} stone", "half a stone", ("stone", "stones")),
    "reps": Unit("{number} rep", "{number} reps", "half a rep", ("reps", "rep", "repetitions", "repetition", "times")),
    "s": Unit("{number} second", "{number} seconds", "", ("seconds", "second", "secs", "sec", "s")),
    "min": Unit("{number} minute", "{number} minutes", "", ("minutes", "minute", "mins", "min")),
    "%": Unit("{number} percent", "{number} percent", "", ("percent",)),
    "in": Unit("{number} inch", "{number} inches", "half an inch", ("inches", "inch")),
    "cm": Unit(
        "{number} centimeter",
        "{number} centimeters",
        "half a centimeter",
        ("centimeters", "centimeter", "centimetres", "centimetre", "cm"),
    ),
}
"""Units as they are said and heard."""
_BODY = ("lower back", "back", "knee", "shoulder", "neck", "hip", "hamstring", "wrist", "elbow", "ankle", "leg", "foot")


@dataclass(frozen=True, slots=True)
class EnglishNumbers:
    """The rules of ``numbers``, which say and read more ways than a table can: "one thirty five"."""

    tokens: frozenset[str] = NUMBER_TOKENS
    """Words that are part of numbers and nothing else."""
    phrases: tuple[str, ...] = NUMBER_PHRASES
    """What a recogniser is to listen for."""

    def say(self, value: float) -> str:
        """A value in words."""
        return spoken(value)

    def read(self, words: Words, *, slips: bool = False) -> frozenset[float]:
        """Every value that the words can mean."""
        return readings(without_slips(words) if slips else words)


ENGLISH = Language(
    code="en",
    name="English",
    voice="",
    numbers=EnglishNumbers(),
    units=UNITS,
    sentences=SENTENCES,
    ways=WAYS,
    weekdays=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=(
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    ),
    sides={"left": "left", "right": "right"},
    body={part: (part, f"{part}s") for part in _BODY},
    tells=frozenset({"say", "answer", "type", "press"}),
)
"""The language of the program."""
