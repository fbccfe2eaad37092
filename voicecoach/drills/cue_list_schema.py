"""What a shared list of cues may hold; ``faults`` validates a file against it, editors complete from it."""

from __future__ import annotations

from typing import Literal

from voicecoach.drills.cue_fields import CueTexts
from voicecoach.drills.fields import Name
from voicecoach.drills.schema import Part


class CueListPart(Part):
    """Cues that several scripts say: `- shared: NAME` stands for all of them."""

    kind: Literal["cues"]
    """This file is a shared list of cues."""
    version: Literal[1]
    """Version of the format, 1."""
    name: Name
    """Name by which other scripts call it."""
    cues: CueTexts
    """The texts; a list of cues that names this one says them as if they stood there."""
