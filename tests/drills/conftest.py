"""A small drill, programme and flow, complete and right, for the tests to break."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from voicecoach.drills.library import Library
from voicecoach.drills.vocabulary import LINES

DRILL = """\
kind: drill
version: 1
name: plank
goal: Hold a straight line.
needs: [mat]
sets: 3
reps: 10
tempo: 2-1-1-0
rest: 45s
dials:
  distance: {start: 7 in, step: 1 in, between: [4 in, 16 in]}
load:
  ask: What weight is it?
  start: 15 lb
  step: 5 lb
  between: [5 lb, 200 lb]
cues:
  setup:
    - Lie down, {distance} from the wall.
    - "{sets} sets of {reps}. Say start when ready."
  lower: Hips back
  lift: Squeeze
  every 5 reps: [Shins vertical., Chest up.]
  last rep: Last one.
  after set: [Good.]
hears:
  too easy: {turn: distance up, say: Farther.}
  too hard: {turn: weight down, say: Less.}
when pain: {lighter: 20%, or go to: easy plank}
"""

EASY = DRILL.replace("name: plank", "name: easy plank").replace(
    "when pain: {lighter: 20%, or go to: easy plank}\n", "when pain: {lighter: 10%}\n"
)

PROGRAMME = """\
kind: programme
version: 1
name: morning
flow: standard
drills: [plank, easy plank]
greeting: [Good morning.]
"""

FLOW = (
    """\
kind: flow
version: 1
name: standard
start: ready
commands:
  stop: {safety: true, key: s, phrases: [stop, stop now]}
  pain: {safety: true, key: h, phrases: ["[my] back hurts", ouch]}
  red flag: {safety: true, phrases: ["[i'm] dizzy"]}
  start: {key: enter, phrases: [start, begin]}
  skip: {phrases: ["next [drill]"]}
  too easy: {phrases: [too easy]}
  too hard: {phrases: [too hard]}
ignored: [up, down, step]
lines:
  paused: [Holding. Say start.]
  empty way: [You can begin again.]
"""
    + "".join(f"  {name}: [Some words.]\n" for name in sorted(LINES))
    + """\
states:
  ready:
    enter: [greet]
    silence: 10s
    expects: [weight]
    hears:
      start:
        - {if: red flag last time, do: [hush], to: finished}
        - {do: [hush], to: working}
      weight: {do: [take weight]}
    when:
      silent: {do: [say: empty way]}
  working:
    enter: [count reps]
    hears:
      too easy: {do: [answer]}
      too hard: {do: [answer]}
    when:
      counted:
        - {if: more sets, do: [end set], to: paused}
        - {to: finished}
  paused:
    enter: [say: paused]
    hears:
      start:
        - {if: red flag last time, to: finished}
        - {to: working}
  finished:
    enter: [sum up]
    when:
      spoken: {do: [end session: finished]}
    final: true
anywhere:
  stop: {do: [hush], to: paused}
  pain: {do: [hush], to: paused}
  red flag: {do: [hush], to: finished}
  skip: {to: finished}
"""
)


@pytest.fixture
def texts() -> dict[str, str]:
    """The right text of each kind of script."""
    return {"drill": DRILL, "programme": PROGRAMME, "flow": FLOW}


@pytest.fixture
def shelf(tmp_path: Path) -> Callable[..., Library]:
    """Writes the scripts, some of them changed, into a folder and gives the library of it."""

    def write(*, drill: str = DRILL, easy: str = EASY, programme: str = PROGRAMME, flow: str = FLOW) -> Library:
        for name, text in (("plank", drill), ("easy-plank", easy), ("morning", programme), ("flows/standard", flow)):
            path = tmp_path / f"{name}.yaml"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return Library([tmp_path])

    return write
