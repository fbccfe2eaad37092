"""How the texts of a drill are spoken where it is done, as far as their length goes: for the rules on time.

As in a session (``app.training``): by itself a drill has its own pace, in a programme the programme's, and else the
flow's; a word is respelled as the drill says, then as the programme, then as the flow.
"""

from __future__ import annotations

from collections.abc import Mapping

from voicecoach.drills.diagnostics import quoted
from voicecoach.drills.programme_schema import ProgrammePart
from voicecoach.drills.schema import DrillPart, FlowPart

Spoken = tuple[int | None, Mapping[str, str], str]
"""Words a minute, what is spoken in place of which words, and why that pace, where it is not the drill's own."""


def spoken(drill: DrillPart, programme: ProgrammePart | None, flow: FlowPart | None) -> Spoken:
    """How the texts of a drill are spoken, in a programme or, where that is None, by itself."""
    above = [part for part in (flow, programme, drill) if part is not None]
    table = {word: aloud for part in above for word, aloud in part.say_as.items()}
    chosen = drill if programme is None else programme
    if chosen.rate is not None:
        return chosen.rate, table, _why(programme.name, programme.rate) if programme is not None else ""
    if flow is not None and flow.rate is not None:
        return flow.rate, table, _why(flow.name, flow.rate)
    return None, table, ""


def _why(name: str, rate: int | None) -> str:
    return f"; {quoted(name)} is spoken at {rate} words a minute"
