"""A language's file as pydantic models: number words, units, ways of saying quantities, the coach's own sentences."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from voicecoach.drills.fields import Name, Text, Texts
from voicecoach.drills.schema import CODE, NUMBER, Part
from voicecoach.drills.voice_fields import VoiceName

Numbered = dict[Annotated[str, Field(pattern=NUMBER)], Texts]
"""Words by number."""


class NumbersPart(Part):
    """Number words and how they join; where several ways stand, the first is said and all are understood."""

    words: Numbered
    """Numbers with words of their own: `0` to `20`, the tens, `100`, and whatever is irregular."""
    inside: Numbered = Field({})
    """Of these, the words they have inside a longer number: `1: ein`."""
    tens: Texts
    """Tens with ones: `"{ones}und{tens}"`."""
    hundreds: Texts
    """Several hundreds: `"{ones}{hundred}"`."""
    hundreds_and_rest: Texts = Field(alias="hundreds and rest")
    """Hundreds with what is left: `"{hundreds}{rest}"`."""
    thousands: Texts = Field([])
    """Several thousands: `"{ones}tausend"`; without it they are said in figures."""
    thousands_and_rest: Texts = Field([], alias="thousands and rest")
    """Thousands with what is left: `"{thousands}{rest}"`."""
    fractions: Numbered = Field({})
    """What follows a whole number for a half and the like: `0.5: "{whole}einhalb"`."""
    point: Texts
    """The word between a whole number and its digits: `Komma`."""
    minus: Text
    """The word before a number below nothing."""


class UnitPart(Part):
    """How a unit is said and heard."""

    one: Text
    """With the number one: `ein Kilo`."""
    other: Text
    """With any other number: `"{number} Kilo"`."""
    half: Text | None = None
    """A half of it, where that is said otherwise: `ein halbes Kilo`."""
    heard: Texts = Field([])
    """Words for it in what people say and type."""


class UnitsPart(Part):
    """The units."""

    lb: UnitPart
    """Pounds."""
    kg: UnitPart
    """Kilograms."""
    inch: UnitPart = Field(alias="in")
    """Inches."""
    cm: UnitPart
    """Centimetres."""
    s: UnitPart
    """Seconds."""
    min: UnitPart
    """Minutes."""
    reps: UnitPart
    """Repetitions."""
    percent: UnitPart = Field(alias="%")
    """Percent."""


class SidesPart(Part):
    """The sides."""

    left: Texts
    """First as the coach says it, then other ways to say it."""
    right: Texts
    """The same."""


class WaysPart(Part):
    """What people say around and between quantities; what the language does without is left out."""

    before_reps: Texts = Field([], alias="before reps")
    """Before a number of reps: `ich habe`."""
    before_weight: Texts = Field([], alias="before weight")
    """Before a load: `ich nehme`."""
    before_effort: Texts = Field([], alias="before effort")
    """Before an effort: `das war eine`."""
    before_time: Texts = Field([], alias="before time")
    """Before a duration: `gehalten`."""
    correction: Texts = Field([])
    """Before what puts something right: `nein`, `ich meine`."""
    filler: Texts = Field([])
    """Before a quantity, without meaning: `also`."""
    after: Texts = Field([])
    """After a quantity, without meaning: `bitte`."""
    past: Texts = Field([])
    """Of what stands before a quantity those that speak of what is over: `das waren`."""
    denied: Texts = Field([])
    """The word `nicht` in "fünfzehn, nicht fünfzig"."""
    rather: Texts = Field([])
    """The word `sondern` in "nicht fünfzig, sondern fünfzehn"."""
    plus: Texts = Field([])
    """Before what is added: `plus`."""
    minus: Texts = Field([])
    """Before what is taken off: `minus`."""
    more: Texts = Field([])
    """One word after what is added: `mehr`."""
    less: Texts = Field([])
    """One word after what is taken off: `weniger`."""
    take: Texts = Field([])
    """One word before what is taken off, where `less` follows it: `nimm` in "nimm fünf runter"."""
    either: Texts = Field([])
    """Between two readings: `oder`."""
    load_first: Texts = Field([], alias="load first")
    """Between a load and its reps: `für`."""
    reps_first: Texts = Field([], alias="reps first")
    """Between reps and their load: `mit`."""
    times: Texts = Field([])
    """Between a load and its reps: `mal`."""
    also: Texts = Field([])
    """Between two quantities, telling nothing: `und`."""
    one: Texts = Field([])
    """One of a unit: `eine` in "eine Minute"."""
    half: Texts = Field([])
    """Half of a unit: `eine halbe`."""
    and_half: Texts = Field([], alias="and half")
    """After a unit: `y medio` in "doce kilos y medio"."""
    effort: Texts = Field([])
    """Names of the effort: `rpe`."""
    effort_is: Texts = Field([], alias="effort is")
    """Between the name and the number: `von`."""
    out_of_ten: Texts = Field([], alias="out of ten")
    """After an effort: `von zehn`."""
    dozen: Texts = Field([])
    """Twelve reps: `ein dutzend`."""
    each_side: Texts = Field([], alias="each side")
    """On both ends of a bar, or with each arm: `pro seite`."""
    idioms: Texts = Field([])
    """What only looks like a quantity: `eine minute` for "wait"."""
    typed: dict[Literal["plus", "minus", "percent", "at", "and", "out of ten", "minutes", "seconds"], Text] = Field({})
    """Signs in words: `plus` is what `+` means, `at` is `@`, `and` is `&`."""


class FormsPart(Part):
    """A sentence that a number changes."""

    one: Text
    """With the number one."""
    other: Text
    """With any other number, `{number}`."""


class LanguagePart(Part):
    """A language: everything the coach says and understands that stands in no drill, programme or flow."""

    kind: Literal["language"]
    """This file is a language."""
    version: Literal[1]
    """Version of the format, 1."""
    name: Name
    """Name in English, for messages: `German`."""
    code: Annotated[str, Field(pattern=CODE)]
    """As scripts name it after `language:`; also the language of a recogniser model, as in its name."""
    voice: VoiceName = None
    """Voice of the system's engine that speaks it, such as `de`, where neither you nor a script ask for another."""
    flow: Name | None = None
    """Flow of programmes that name none, and of drills that are done alone."""
    numbers: NumbersPart | None = None
    """Number words; needed, but for English, which has rules of its own."""
    decimal: Literal[".", ","] = "."
    """Sign between the whole and the tenths in figures."""
    units: UnitsPart | None = None
    """Units; needed, but for English."""
    weekdays: Annotated[list[Text], Field(min_length=7, max_length=7)] | None = None
    """Monday first; needed, but for English."""
    months: Annotated[list[Text], Field(min_length=12, max_length=12)] | None = None
    """January first; needed, but for English."""
    sides: SidesPart | None = None
    """Left and right; needed, but for English."""
    body: dict[Text, Texts] = Field({})
    """By part of the body as the log names it, `lower back`: how people name it; the longer names first."""
    equipment: dict[Literal["kettlebell", "dumbbells", "barbell"], Text] = Field({})
    """How the coach calls what a drill `needs`, where that is not the word itself."""
    tells: Texts = Field([])
    """Words with which the coach tells what to say: `sag`."""
    spellings: dict[Annotated[str, Field(min_length=1, max_length=3)], Text] = Field({})
    """Other ways to type a letter: `ü: ue`."""
    ways: WaysPart = Field(default_factory=lambda: WaysPart.model_validate({}))
    """What people say around and between quantities."""
    sentences: dict[Text, Text | FormsPart] = Field({})
    """What the coach says of its own accord, by name; `scripts/languages/en.yaml` has them all."""
    troubles: dict[Text, Text] = Field({})
    """What is said about devices, by the English sentence; `{name}` stands for what changes in it."""
