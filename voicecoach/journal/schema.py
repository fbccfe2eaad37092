"""The events of the journal, field by field: what the coach writes, ``log check`` checks, docs/journal.md documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from voicecoach.journal.fields import Field, Kind, fault

ENDINGS = ("finished", "stopped", "interrupted", "red flag", "left")
"""Values of ``session_ended``'s ``how``."""


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event."""

    name: str
    """Value of ``event``."""
    about: str
    """When it is written."""
    fields: tuple[Field, ...]
    """In the order of the documentation."""


def _f(name: str, kind: Kind, about: str, *, always: bool = True, null: bool = False) -> Field:
    return Field(name, kind, about, always, null)


_DRILL = _f("drill", "text", "name of the drill")
_SET = _f("set", "whole", "number of the set, from 1")
_SETS = _f("sets", "whole", "sets planned for the drill")
_WEIGHT = _f("weight", "number", "load; null without one", null=True)
_UNIT = _f("unit", "unit", "unit of the load, `lb` or `kg`; null without a load", null=True)
_DIALS = _f("dials", "dials", 'value of each dial, `{"distance": {"value": 7, "unit": "in"}}`', always=False)
_RESTED = _f("rested", "number", "seconds since the set before ended; null at the first", always=False, null=True)
_SIDE = _f("side", "text", "`left` or `right`; null for both", always=False, null=True)
_HOLD = _f(
    "hold", "number", "seconds asked for, where a set is one hold; null where reps are done", always=False, null=True
)
_AMRAP = _f(
    "amrap", "number", "seconds for as many reps as possible; null for another kind of set", always=False, null=True
)
_SUPERSET = _f(
    "superset",
    "whole",
    "number of the superset the drill belongs to; null where it is done alone",
    always=False,
    null=True,
)
_WHY = _f("why", "text", "the reason, in a few words", always=False, null=True)

_KINDS = (
    EventKind(
        "session_started",
        "The coach has said hello.",
        (
            _f("programme", "text", "name of the programme, or of the one drill"),
            _f("drills", "texts", "names of the drills planned, in order"),
            _f("sessions_before", "whole", "sessions that were in the journal already", always=False),
            _f("week", "whole", "week of training, from 1, without the weeks that were missed", always=False),
            _f("phase", "text", "name of the programme's phase; null where it has none", always=False, null=True),
            _f("supersets", "wholes", "by drill the number of its superset, 0 for none", always=False),
            _f("source", "text", "where an imported session came from: `hevy`, `strong`, `voicecoach`", always=False),
        ),
    ),
    EventKind(
        "session_resumed",
        "The trainee wants to go on with a session that broke off; from here on both are one session.",
        (_f("of", "id", "`session` of the one that broke off"),),
    ),
    EventKind(
        "set_started",
        "The first rep of a set is about to begin.",
        (
            _DRILL,
            _SET,
            _SETS,
            _f("reps", "whole", "reps asked for"),
            _WEIGHT,
            _UNIT,
            _DIALS,
            _RESTED,
            _SIDE,
            _HOLD,
            _AMRAP,
            _SUPERSET,
        ),
    ),
    EventKind("rep", "One rep was counted.", (_DRILL, _SET, _f("rep", "whole", "number of the rep, from 1"))),
    EventKind(
        "set_done",
        "A set ended, complete or not.",
        (
            _DRILL,
            _SET,
            _f("sets", "whole", "sets planned for the drill", always=False),
            _f("reps", "whole", "reps done"),
            _f("target", "whole", "reps asked for", always=False, null=True),
            _WEIGHT,
            _UNIT,
            _SIDE,
            _HOLD,
            _AMRAP,
            _f("seconds", "number", "from the first rep to the last", always=False, null=True),
            _DIALS,
            _f(
                "tempo",
                "text",
                "tempo asked for, `3-1-1-0`; null where none was",
                always=False,
                null=True,
            ),
            _f("rpe", "number", "rating of perceived exertion, 1 to 10 in halves", always=False, null=True),
            _f("pain", "flag", "true when pain ended the set", always=False),
            _SUPERSET,
            _f("pain_score", "number", "how much it hurt, 1 to 10, where that was asked", always=False, null=True),
        ),
    ),
    EventKind(
        "dial",
        "A dial was turned.",
        (
            _DRILL,
            _f("dial", "text", "name of the dial; `weight` for the load"),
            _f("from", "number", "value before", null=True),
            _f("to", "number", "value from now on"),
            _f("unit", "unit", "unit of both values", always=False, null=True),
            _WHY,
        ),
    ),
    EventKind(
        "volume",
        "The coach was asked to speak louder or quieter.",
        (
            _f("from", "number", "dB before, above how loud the voice is of its own"),
            _f("to", "number", "dB from now on, in the sessions that follow too"),
            _WHY,
        ),
    ),
    EventKind(
        "talk",
        "The coach was asked to say more or less.",
        (
            _f("from", "whole", "2 for everything, 1 for reminders, 0 for counts and warnings"),
            _f("to", "whole", "the same from now on, in the sessions that follow too"),
            _WHY,
        ),
    ),
    EventKind(
        "pace",
        "The beat of a drill changed hands.",
        (_DRILL, _f("to", "text", "`me` where the trainee sets it from now on, `coach` where the coach does")),
    ),
    EventKind(
        "weight",
        "The load of a drill was chosen or changed.",
        (
            _DRILL,
            _f("value", "number", "load from now on; null for none", null=True),
            _f("unit", "unit", "`lb` or `kg`; null for none", null=True),
            _WHY,
        ),
    ),
    EventKind(
        "pain",
        "The trainee said that something hurts.",
        (
            _f("where", "text", "what hurts, `back`; null when it was not said", null=True),
            _DRILL,
            _SET,
            _f("rep", "whole", "reps counted in the set until then"),
            _f("said", "text", "the words", always=False, null=True),
            _f("how_bad", "text", "`a little`, `bad` or `no answer`, once that was asked", always=False, null=True),
        ),
    ),
    EventKind(
        "checked_in",
        "The trainee was asked, before the first drill, how they are today.",
        (
            _f("how", "text", "`ready`, `tired`, `sore`, `well again`, `not well`, `hurts` or `no answer`"),
            _f("said", "text", "the words", always=False, null=True),
        ),
    ),
    EventKind(
        "red_flag",
        "The trainee named a sign that needs medical help; the session ends.",
        (_f("said", "text", "the words", always=False, null=True),),
    ),
    EventKind("skipped", "A set, and with it the rest of its drill, was skipped.", (_DRILL, _SET)),
    EventKind("drill_done", "The last set of a drill is done.", (_DRILL,)),
    EventKind(
        "moved",
        "Pain led from one drill to an easier one.",
        (_f("from", "text", "drill that hurt"), _f("to", "text", "drill that follows"), _WHY),
    ),
    EventKind(
        "correction",
        "An earlier event is corrected: beside these, any of its fields with the value it should have had.",
        (
            _f("of", "id", "`id` of the event that is corrected; of a correction, takes it back when `deleted`"),
            _f("deleted", "flag", "true when the event never should have been", always=False),
            _WHY,
        ),
    ),
    EventKind(
        "session_ended",
        "The session is over.",
        (
            _f("how", "text", "`finished`, `stopped`, `interrupted`, `red flag` or `left`"),
            _f("of", "id", "`session` that is closed, when it is an older one", always=False, null=True),
        ),
    ),
)

EVENTS: Mapping[str, EventKind] = MappingProxyType({kind.name: kind for kind in _KINDS})
"""Every kind of event, by name."""


def faults(record: Mapping[str, object]) -> list[str]:
    """What is wrong with the fields of a record, one sentence each; empty when it is as documented.

    Fields that are not documented are no fault: a later version, or a correction, may carry them.
    """
    kind = EVENTS.get(str(record.get("event")))
    if kind is None:
        return [f"'{record.get('event')}' is not an event of this version"]
    found = [sentence for field in kind.fields if (sentence := fault(field, record))]
    if kind.name == "session_ended" and record.get("how") not in ENDINGS:
        found.append(f"'how' is '{record.get('how')}', not one of: {', '.join(ENDINGS)}")
    return found
