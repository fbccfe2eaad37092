"""The five kinds of script, each with the model that reads its file."""

from __future__ import annotations

from voicecoach.drills.cue_list_schema import CueListPart
from voicecoach.drills.language_schema import LanguagePart
from voicecoach.drills.programme_schema import ProgrammePart
from voicecoach.drills.schema import DrillPart, FlowPart

KINDS: dict[str, type[DrillPart | ProgrammePart | FlowPart | CueListPart | LanguagePart]] = {
    "drill": DrillPart,
    "programme": ProgrammePart,
    "flow": FlowPart,
    "cues": CueListPart,
    "language": LanguagePart,
}
"""Model of each kind of script."""
KIND_NAMES = {kind: "list of cues" if kind == "cues" else kind for kind in KINDS}
"""What each kind is called in a sentence."""
