"""The five kinds of script, each with the model that reads its file, imported when the first of that kind is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from voicecoach.drills.schema import DrillPart, FlowPart

if TYPE_CHECKING:
    from voicecoach.drills.cue_list_schema import CueListPart
    from voicecoach.drills.language_schema import LanguagePart
    from voicecoach.drills.programme_schema import ProgrammePart

    File = DrillPart | ProgrammePart | FlowPart | CueListPart | LanguagePart
    """A file that follows its schema; its ``kind`` tells which."""

KIND_NAMES = {
    "drill": "drill",
    "programme": "programme",
    "flow": "flow",
    "cues": "list of cues",
    "language": "language",
}
"""What each kind is called in a sentence."""
KINDS = tuple(KIND_NAMES)
"""As files write them."""


def model_of(kind: str) -> type[File]:
    """The model of one of the kinds."""
    if kind == "programme":
        from voicecoach.drills.programme_schema import ProgrammePart  # noqa: PLC0415 - see above

        return ProgrammePart
    if kind == "cues":
        from voicecoach.drills.cue_list_schema import CueListPart  # noqa: PLC0415 - see above

        return CueListPart
    if kind == "language":
        from voicecoach.drills.language_schema import LanguagePart  # noqa: PLC0415 - see above

        return LanguagePart
    return DrillPart if kind == "drill" else FlowPart
