"""The three kinds of script, each with the model that reads its file."""

from __future__ import annotations

from voicecoach.drills.programme_schema import ProgrammePart
from voicecoach.drills.schema import DrillPart, FlowPart

KINDS: dict[str, type[DrillPart | ProgrammePart | FlowPart]] = {
    "drill": DrillPart,
    "programme": ProgrammePart,
    "flow": FlowPart,
}
"""Model of each kind of script."""
