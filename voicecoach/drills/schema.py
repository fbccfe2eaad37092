"""Drills and flows as pydantic models: what a file may hold, with the descriptions editors show.

The second step of reading a script, after ``yaml_text``; ``build`` makes the frozen values of ``model`` out of these.
Only what a single value or mapping can tell is checked here; what takes two places to see is in the rules.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, WithJsonSchema

from voicecoach.drills.cue_fields import CueTexts
from voicecoach.drills.fields import (
    ONE_OR_MORE,
    OUTCOMES,
    Amounts,
    Duration,
    Name,
    Phrases,
    Share,
    Sides,
    StepEntry,
    TempoText,
    Text,
    Texts,
    TurnText,
    Weights,
)
from voicecoach.drills.vocabulary import CONDITIONS
from voicecoach.drills.voice_fields import Decibels, EngineName, Rate, SayAs, VoiceName

VERSION = 1
"""Version of the format that this program reads."""
EVERY = r"^every ([1-9][0-9]{0,2}) reps?$"
"""Keys of form cues, ``every 5 reps``."""
NUMBER = r"^[0-9]{1,4}(\.[0-9]{1,2})?$"
"""A number as a key, in a language's table."""
JSON_CONDITION = {"enum": sorted(CONDITIONS | {f"not {name}" for name in CONDITIONS})}


def _every_keys(schema: dict[str, Any]) -> None:
    """Say in the JSON Schema that further keys must look like ``every 5 reps``."""
    further = dict(schema.pop("additionalProperties"))
    further["description"] = "Form cues: after every so many reps one of these, in turn."
    schema["patternProperties"] = {EVERY: further}
    schema["additionalProperties"] = False


class Part(BaseModel):
    """A mapping in a script: no unknown keys, no values of another type."""

    model_config = ConfigDict(
        defer_build=True,  # built at the first use: a drill is read without building the flow's
        extra="forbid",
        strict=True,
        frozen=True,
        allow_inf_nan=False,
    )


CODE = r"^[a-z]{2,3}$"
"""A language's code, as in ISO 639."""
Code = Annotated[str, Field(pattern=CODE)] | None
"""The language of a script."""


class DialPart(Part):
    """Something "too easy" and "too hard" turn."""

    start: Amounts
    """Value in the first session, with its unit: `50 %`, or in both units, `7 in or 18 cm`."""
    step: Amounts
    """How far one turn goes."""
    between: Annotated[list[Amounts], Field(min_length=2, max_length=2)]
    """Smallest and largest value."""


class LoadPart(Part):
    """The weight a drill is done with."""

    ask: Text
    """The question before the first set."""
    start: Weights | None = None
    """Suggested for the first session, such as `15 lb or 7.5 kg`; without it the trainee is asked."""
    step: Weights
    """Smallest change, where nobody said what equipment there is."""
    between: Annotated[list[Weights], Field(min_length=2, max_length=2)]
    """Lightest and heaviest."""


class CuesPart(Part):
    """Everything the drill says on its own account."""

    model_config = ConfigDict(extra="allow", json_schema_extra=_every_keys)
    __pydantic_extra__: dict[Annotated[str, Field(pattern=EVERY)], CueTexts]

    setup: CueTexts = []
    """Said one after the other before the first set."""
    reminder: CueTexts = []
    """Said instead of `setup` before the later sets."""
    lower: CueTexts = []
    """Cue word on the way down; several are taken in turn."""
    hold: CueTexts = []
    """Cue word at the bottom."""
    lift: CueTexts = []
    """Cue word on the way up."""
    top: CueTexts = []
    """Cue word at the top."""
    last_rep: CueTexts = Field([], alias="last rep")
    """Said before the last rep."""
    after_set: CueTexts = Field([], alias="after set")
    """Said when a set is done; several are taken in turn."""
    finish: CueTexts = []
    """Said when the drill is done."""


class ResponsePart(Part):
    """What the drill does when it hears a command."""

    turn: TurnText | None = None
    """Dial to turn, such as `distance up`; `weight` is the load."""
    say: CueTexts = []
    """Answer; several wordings are taken in turn."""


class PainPart(Part):
    """What to offer when it hurts."""

    lighter: Share | None = None
    """Share of the load to take off, such as `20%`."""
    turn: TurnText | None = None
    """Dial to turn, for a drill without a load."""
    or_go_to: Name | None = Field(None, alias="or go to")
    """Name of the easier drill; silence chooses it."""
    go_to: Name | None = Field(None, alias="go to")
    """The same, where nothing else is offered."""


class DrillPart(Part):
    """One exercise: what to set up, how many, how fast, what to say and what to hear."""

    kind: Literal["drill"]
    """This file is a drill."""
    version: Literal[1]
    """Version of the format, 1."""
    name: Name
    """Name as spoken."""
    language: Code = None
    """Code of the language it is in, such as `de`; English where it does not say."""
    goal: Text
    """One sentence: what the drill is for."""
    needs: Texts = []
    """Equipment."""
    sets: Annotated[int, Field(ge=1, le=50)]
    """Number of sets."""
    reps: Annotated[int, Field(ge=1, le=200)] | None = None
    """Reps per set; a drill has `reps` and `tempo`, or `hold`, or `amrap`."""
    hold: Duration | None = None
    """Time to hold still, such as `30s`, for planks and stretches; a dial of this name changes it."""
    amrap: Duration | None = None
    """Time for as many reps as possible, such as `1m`: you count, the coach calls the time; a dial turns it too."""
    sides: Sides = []
    """`left, right`: every set is done on one side, then on the other."""
    change_over: Duration = Field(5.0, alias="change over")
    """Time between the sides."""
    tempo: TempoText | None = None
    """Seconds to lower, hold, lift and hold at the top, such as `2-1-1-0`; `X` is as fast as you can."""
    starts_with: Literal["lower", "lift"] = Field("lower", alias="starts with")
    """Which way the first rep goes; a deadlift from the floor starts with the lift."""
    count_on: Literal["bottom", "top"] = Field("top", alias="count on")
    """Where in a rep its number is said."""
    ticks: bool = False
    """A tick on every whole second of a rep."""
    pace: Literal["coach", "me"] = "coach"
    """Who sets the beat: with `me` the trainee counts aloud, or says "done" and the number, and the coach waits."""
    rest: Duration | None = None
    """Time between sets, such as `45s` or `1m30s`; a drill has either this or `every`."""
    every: Duration | None = None
    """A set begins every so often, such as `1m`: the rest is what is left of it."""
    dials: dict[Name, DialPart] = {}
    """What "too easy" and "too hard" can turn, by name; each name is also a {variable}."""
    load: LoadPart | None = None
    """The weight; a drill without one has no `load`."""
    cues: CuesPart
    """What is said."""
    hears: dict[Name, ResponsePart] = {}
    """Answers to commands such as `too easy`."""
    phrases: dict[Name, Phrases] = {}
    """Further ways to say a command in this drill: [x] may be left out, (a|b) is one of them."""
    also: dict[Name, Phrases] = {}
    """Further `phrases`, of which a recogniser with few words may lack some; then only they go unheard."""
    when_pain: PainPart = Field(default_factory=lambda: PainPart.model_validate({}), alias="when pain")
    """What to offer when it hurts."""
    export_name: Text | None = Field(None, alias="export name")
    """Name in other trackers' catalogues."""
    say_as: SayAs = Field({}, alias="say as")
    voice: VoiceName = None
    rate: Rate = None
    volume: Decibels = None
    engine: EngineName = None


class CommandPart(Part):
    """Something the trainee can say, in every way it can be said."""

    phrases: Phrases
    """Ways to say it: [x] may be left out, (a|b) is one of them."""
    also: Phrases = []
    """Further ways, of which a recogniser with few words may lack some; then only they go unheard."""
    safety: bool = False
    """Works in every state, while the coach talks."""
    key: Annotated[str, Field(pattern=r"^(\S|enter|space|escape|tab|backspace|up|down|left|right)$")] | None = None
    """The key that does the same."""


class OutcomePart(Part):
    """What a command or a trigger leads to."""

    only_if: Annotated[
        list[Text], ONE_OR_MORE, WithJsonSchema({"anyOf": [JSON_CONDITION, {"type": "array", "items": JSON_CONDITION}]})
    ] = Field([], alias="if")
    """Condition, or several that must all hold; `not X` is the opposite."""
    do: list[StepEntry] = []
    """What is done on the way."""
    to: Name | None = None
    """State it leads to; without it the state stays."""


Outcomes = Annotated[list[OutcomePart], Field(min_length=1, max_length=20), OUTCOMES]
"""Outcomes, of which the first whose conditions hold is taken."""


class StatePart(Part):
    """One state of the flow."""

    enter: list[StepEntry] = []
    """Done on entering."""
    expects: list[Literal["weight", "reps", "named reps", "rpe", "seconds", "relative"]] = []
    """Quantities that can be said here."""
    after: Duration | None = None
    """Time after which `time over` comes."""
    silence: Duration | None = None
    """Time without a word after which `silent` comes."""
    hears: dict[Name, Outcomes] = {}
    """What each command leads to."""
    when: dict[str, Outcomes] = {}
    """What each trigger leads to: spoken, counted, time over, silent."""
    final: bool = False
    """The session ends here."""


def _whole_or_extending(schema: dict[str, Any]) -> None:
    """Say in the JSON Schema that a flow which extends another needs no more than its name."""
    head = ["kind", "version", "name"]
    rest = [key for key in schema["required"] if key not in head]
    schema["required"] = head
    schema["anyOf"] = [{"required": ["extends"]}, {"required": rest}]


class FlowPart(Part):
    """What can be said to the coach, and what happens then."""

    model_config = ConfigDict(json_schema_extra=_whole_or_extending)

    kind: Literal["flow"]
    """This file is a flow."""
    version: Literal[1]
    """Version of the format, 1."""
    name: Name
    """Name by which programmes call it."""
    language: Code = None
    """Code of the language it is in, such as `de`; English where it does not say."""
    extends: Name | None = None
    """Name of a flow to build on: what stands here is added to it, or takes the place of what has the same name."""
    start: Name
    """First state."""
    commands: dict[Name, CommandPart]
    """What the trainee can say, by name."""
    ignored: Phrases = []
    """Talk that must not be taken for a command: heard, and then ignored."""
    lines: dict[Name, CueTexts]
    """Everything the coach says that no drill owns; several wordings are taken in turn."""
    say_as: SayAs = Field({}, alias="say as")
    voice: VoiceName = None
    rate: Rate = None
    volume: Decibels = None
    engine: EngineName = None
    states: Annotated[dict[Name, StatePart], Field(min_length=1, max_length=100)]
    """States by name."""
    anywhere: dict[Name, Outcomes]
    """Heard in every state that does not say otherwise."""
