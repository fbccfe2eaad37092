"""Other people, music and noise at the microphone during a training: what the coach takes for a command, and why.

    voicecoach bench bystanders FOLDER [--minutes 60] [--kind sentences] [--live] [--script hip-hinge] [--json OUT]

FOLDER holds recordings with a manifest (see ``bench hearing``): its classes neg_speech, neg_word, neg_music and
neg_noise are played one after the other, as loud as the trainee would speak. A real coach trains meanwhile, session
after session, with a trainee who answers by the keyboard and says nothing, so that every command by voice is a false
one. Each is listed with what was said, the state, the rule and what the coach did. The sessions run on a rehearsal's
clock; ``--live`` holds one in real time, over PulseAudio null sinks, by the streams and threads of ``run``. Rates have
95 % Poisson intervals. ``measure`` returns the figures.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

from kit.crowd import KINDS, Crowd, gather
from kit.ears import Phrases
from kit.live import hold_live
from kit.rates import least_an_hour, most_an_hour
from kit.sessions import Taken, Trained, hold_rehearsed

from voicecoach.errors import CoachError

IN_A_SET = frozenset({"working", "following"})
"""States of the flow in which a set is going on."""


def measure(crowd: Crowd, trained: Sequence[Trained], *, live: bool) -> dict[str, object]:
    """All figures as one JSON document; the sessions come one after the other along the crowd."""
    rows = []
    for kind, hours in sorted(crowd.hours().items()):
        taken = [one for session in trained for one in session.taken if _kind(crowd, one) == kind]
        rows.append(
            {
                "kind": kind,
                "minutes": round(60 * hours, 1),
                "false_commands": len(taken),
                "safety": sum(one.safety for one in taken),
                "per_hour": round(len(taken) / hours, 1),
                "low": round(least_an_hour(len(taken), hours), 1),
                "high": round(most_an_hour(len(taken), hours), 1),
            }
        )
    seconds = sum(session.seconds for session in trained)
    in_a_set = sum(session.states.get(state, 0.0) for session in trained for state in IN_A_SET)
    return {
        "live": live,
        "minutes": round(seconds / 60, 1),
        "minutes_in_a_set": round(in_a_set / 60, 1),
        "sessions": len(trained),
        "reps_counted": sum(session.reps for session in trained),
        "minutes_lowered": round(sum(session.ducked for session in trained) / 60, 1),
        "rows": rows,
        "false_commands": [_told(crowd, one) for session in trained for one in session.taken],
    }


def _kind(crowd: Crowd, taken: Taken) -> str | None:
    said = crowd.at(taken.at)
    return said.kind if said is not None else None


def _told(crowd: Crowd, taken: Taken) -> dict[str, object]:
    said = crowd.at(taken.at)
    return {
        "at": round(taken.at, 1),
        "kind": said.kind if said else None,
        "said": said.label if said else None,
        "file": said.file if said else None,
        "heard": taken.phrase,
        "command": taken.command,
        "state": taken.state,
        "rule": taken.rule,
        "why": taken.why,
        "then": taken.then,
    }


def as_text(document: dict[str, object]) -> str:
    """The document as a table, and a line for each false command."""
    rows, taken = document["rows"], document["false_commands"]
    assert isinstance(rows, list) and isinstance(taken, list)  # noqa: S101, PT018 - measure made them
    lines = [f"{'what':13} {'minutes':>7} {'false commands':>14} {'of safety':>9} {'an hour':>8} {'95 % interval':>15}"]
    lines += [
        f"{row['kind']:13} {row['minutes']:>7} {row['false_commands']:>14} {row['safety']:>9} {row['per_hour']:>8} "
        f"{row['low']:>6} - {row['high']:>6}"
        for row in rows
    ]
    lines.append(
        f"{document['minutes']} minutes, {document['minutes_in_a_set']} of them in a set, "
        f"{document['sessions']} sessions, {document['reps_counted']} reps counted; "
        f"the coach's voice lowered for {document['minutes_lowered']} minutes"
        f"{'; real streams, in real time' if document['live'] else ''}"
    )
    lines += [
        f"{one['at']:>8} s  {one['kind']}, {one['said']!r}: heard {one['heard']!r} ({one['command']}) in "
        f"{one['state']}; {one['rule']}: {one['why']} Then: {one['then']}"
        for one in taken
    ]
    return "\n".join(lines)


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--kind", action="append", choices=sorted(KINDS.values()), help="only this; may be repeated")
    parser.add_argument("--script", default="hip-hinge")
    parser.add_argument("--seed", type=int, default=0, help="of the recordings' order")
    parser.add_argument("--live", action="store_true", help="in real time, over PulseAudio")
    parser.add_argument("--json", type=Path, metavar="OUT")
    given = parser.parse_args()
    if given.minutes < 1:
        raise CoachError("--minutes must be at least 1.", exit_code=2)
    phrases = Phrases(given.script, None)
    crowd = gather(given.folder, phrases.table, given.minutes, given.kind or (), given.seed)
    hold = hold_live if given.live else hold_rehearsed
    document = measure(crowd, hold(given.script, phrases.homes, crowd), live=given.live)
    print(as_text(document))
    if given.json:
        given.json.write_text(json.dumps(document, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
