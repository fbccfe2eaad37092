"""A programme's file as pydantic models: drills, ladder, phases, equipment; beside ``schema``, which has the rest."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from voicecoach.drills.cue import WEEK
from voicecoach.drills.fields import Name, Text, Texts, Weights
from voicecoach.drills.schema import Code, Part
from voicecoach.drills.voice_fields import Decibels, EngineName, Rate, SayAs, VoiceName


class PhaseLoadPart(Part):
    """What a phase says about the load of one drill."""

    at_most: Weights | None = Field(None, alias="at most")
    """Heaviest of the phase, such as `65 lb or 30 kg`."""
    men_at_most: Weights | None = Field(None, alias="men at most")
    """The same for somebody whose settings say `trainee = "man"`."""
    step: Weights | None = None
    """How much heavier at a time."""
    a_week: Weights | None = Field(None, alias="a week")
    """How much heavier within seven days at most."""
    stays: bool = False
    """The load does not rise in this phase."""


class PhasePart(Part):
    """A stretch of a programme."""

    from_week: Annotated[int, Field(ge=1, le=520)] = Field(1, alias="from week")
    """Week of training from which on it can begin; weeks that were missed do not count."""
    after: dict[Name, Annotated[int, Field(ge=1, le=50)]] = Field({})
    """Clean sessions, by drill, that the journal must show before it begins."""
    drills: Annotated[list[Name], Field(min_length=1, max_length=40)] | None = None
    """Drills that belong to it; without it all of the programme."""
    about: Texts = Field([])
    """What it is about: said in its first session."""
    clean_sessions: Annotated[int, Field(ge=1, le=50)] | None = Field(None, alias="clean sessions")
    """Clean sessions before something gets harder, where it is not the programme's number."""
    loads: dict[Name, PhaseLoadPart] = Field({})
    """How far the loads go, by drill."""


class EquipmentPart(Part):
    """What there is to train with; what the trainee's own settings name takes its place."""

    kettlebells: Text | None = None
    """Each kettlebell: `8 12 16 kg`, or `none`."""
    dumbbells: Text | None = None
    """What stands on one of each pair: `5 to 25 by 2.5 kg`, or `none`."""
    bar: Text | None = None
    """The empty bar: `20 kg`, or `none`."""
    plates: Text | None = None
    """One of each pair of plates: `10 5 2.5 kg`."""
    without: Text | None = None
    """What is missing: `dowel, wall`."""


class ProgrammePart(Part):
    """Drills in order."""

    kind: Literal["programme"]
    """This file is a programme."""
    version: Literal[1]
    """Version of the format, 1."""
    name: Name
    """Name as spoken."""
    language: Code = None
    """Code of the language it is in, such as `de`; English where it does not say."""
    flow: Name = "standard"
    """Name of the flow: what can be said, and what happens then; in another language that of the language's table."""
    drills: Annotated[list[Name], Field(min_length=1, max_length=40)]
    """Names of the drills, each once, in the order of a session."""
    greeting: Texts = Field([])
    """Said instead of the flow's greeting."""
    supersets: Annotated[list[Annotated[list[Name], Field(min_length=2, max_length=5)]], Field(max_length=20)] = Field(
        []
    )
    """Drills that take turns, a set of each, without a rest between them: `[[goblet squat, RDL]]`."""
    ladder: Annotated[list[Name], Field(min_length=2, max_length=40)] | None = None
    """Drills of the programme, the easiest first, that are climbed one by one; a drill not on it is always done."""
    start_at: Name | None = Field(None, alias="start at")
    """Rung of the first session; otherwise the first of the ladder."""
    clean_sessions: Annotated[int, Field(ge=1, le=50)] = Field(2, alias="clean sessions")
    """Clean sessions before something gets harder, or the next rung is climbed."""
    misses: Annotated[int, Field(ge=1, le=20)] = 2
    """Sessions in a row short of reps before something gets easier."""
    phases: dict[Name, PhasePart] = Field({})
    """Stretches of the programme by name, in order."""
    reminders: Annotated[dict[Annotated[str, Field(pattern=WEEK)], Texts], Field(max_length=52)] = Field({})
    """Said at the beginning of each session of a week of training, by week: `week 1`."""
    equipment: EquipmentPart = Field(default_factory=lambda: EquipmentPart.model_validate({}))
    """What there is to train with."""
    say_as: SayAs = Field({}, alias="say as")
    voice: VoiceName = None
    rate: Rate = None
    volume: Decibels = None
    engine: EngineName = None
