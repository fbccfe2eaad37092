"""Kinds of values about the voice in a script, as pydantic types: words said otherwise, a voice, its pace."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, WithJsonSchema

from voicecoach.drills.fields import refuse
from voicecoach.words.marks import parts_of, plain

MOST_WORDS = 200
"""Entries of one table of words."""
LONGEST_WORD, LONGEST_SPOKEN = 60, 100
"""Characters of a written word, and of what is spoken."""
SLOWEST, QUICKEST = 60, 400
"""Words a minute that an engine can be asked for."""
QUIETEST, LOUDEST = -12.0, 6.0
"""dB, as far as "quieter" and "louder" go."""
JSON_WORD = {"type": "string", "minLength": 1, "maxLength": LONGEST_WORD}
JSON_SPOKEN = {"type": "string", "minLength": 1, "maxLength": LONGEST_SPOKEN}
ENGINE = r"^[a-z][a-z0-9_-]{0,29}$"

_VOLUME = re.compile(r"([+-]?[0-9]{1,2}(?:\.[0-9])?) ?(?:dB)?", re.IGNORECASE)


def _word(value: str) -> str:
    word = " ".join(value.split())
    if not any(letter.isalnum() for letter in word) or plain(word) != word or "{" in word:
        raise refuse("a word to say otherwise is needed here", "such as RDL: R D L")
    return word


def _spoken(value: str) -> str:
    spoken = " ".join(value.split())
    if spoken.startswith("-") or not any(letter.isalnum() for letter in spoken):
        raise refuse("there is nothing in this that could be spoken", "write it as it sounds: R D L")
    if parts_of(spoken) != (spoken,) or set(spoken) & set("*{}<>"):
        raise refuse("only words can be spoken in place of a word", "write it as it sounds: R D L")
    return spoken


def _volume(value: Any) -> float:  # noqa: ANN401 - pydantic hands in whatever the file holds
    found = None if isinstance(value, bool) else _VOLUME.fullmatch(str(value).strip())
    if found is None:
        raise refuse("a volume is written in decibels", "such as -3 dB, or 3 dB for louder")
    decibels = float(found[1])
    if not QUIETEST <= decibels <= LOUDEST:
        raise refuse("a volume is between -12 dB and 6 dB", "0 dB is the voice's own level")
    return decibels


def _engine(value: str) -> str:
    if not re.match(ENGINE, value):
        raise refuse(
            "a script can only name an engine, not run a command",
            "such as piper: the trainee's own config.toml says under [engines] what that is",
        )
    return value


SayAs = Annotated[
    dict[
        Annotated[str, Field(min_length=1, max_length=LONGEST_WORD), AfterValidator(_word), WithJsonSchema(JSON_WORD)],
        Annotated[
            str, Field(min_length=1, max_length=LONGEST_SPOKEN), AfterValidator(_spoken), WithJsonSchema(JSON_SPOKEN)
        ],
    ],
    Field(
        max_length=MOST_WORDS,
        description="What the voice is given in place of a written word: `{RDL: R D L}`. Whole words, in any case.",
    ),
]
"""Written words, each with what is spoken."""
VoiceName = Annotated[
    Annotated[str, Field(min_length=1, max_length=100)] | None,
    Field(description="Name of the voice, such as `en-gb`; `voicecoach voices` lists them. The user's own wins."),
]
"""A voice of the engine."""
Rate = Annotated[
    Annotated[int, Field(ge=SLOWEST, le=QUICKEST)] | None,
    Field(description="Words a minute. The user's own wins; without either it is 170."),
]
"""Pace of the voice."""
Decibels = Annotated[
    Annotated[
        float,
        PlainValidator(_volume),
        WithJsonSchema(
            {
                "anyOf": [
                    {"type": "number", "minimum": QUIETEST, "maximum": LOUDEST},
                    {"type": "string", "pattern": r"^[-+]?[0-9]{1,2}(\.[0-9])? ?dB$"},
                ],
                "examples": ["-3 dB", "3 dB"],
            }
        ),
    ]
    | None,
    Field(description="Volume of a first session, -12 dB to 6 dB; the user's own wins, and what they said last."),
]
"""dB above the voice's own level."""
EngineName = Annotated[
    Annotated[str, AfterValidator(_engine), WithJsonSchema({"type": "string", "pattern": ENGINE})] | None,
    Field(description="Name of an engine that the user's config.toml has under `[engines]`; never a command."),
]
"""An engine of the user's."""
