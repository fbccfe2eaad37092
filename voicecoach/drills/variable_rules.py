"""Rules on variables that exist and yet have nothing to say in a drill, because it lacks what they tell of."""

from __future__ import annotations

from collections.abc import Iterator

from voicecoach.drills.diagnostics import Diagnostic, quoted
from voicecoach.drills.schema import DrillPart
from voicecoach.drills.text_rules import BRACES, Texts, naming

LOAD = ("weight", "last weight", "planned weight", "noted weight", "weight limit", "loading")
"""Variables that tell of a load."""
TELLS_OF = {
    **dict.fromkeys(LOAD, "load"),
    **dict.fromkeys(("hold", "held"), "hold"),
    "amrap": "amrap",
    "side": "sides",
    "easier drill": "when pain",
}
"""By variable the key of a drill without which it says "zero seconds", "no weight" or nothing at all."""


def check_filled(said: Texts, file: DrillPart) -> Iterator[Diagnostic]:
    """Variables of some texts that nothing fills in this drill."""
    lacking = _lacking(file)
    for number, text in enumerate(said.texts):
        for name in BRACES.findall(text) if "{" in text else ():
            key = TELLS_OF.get(" ".join(name.split()), "")
            if key not in lacking:
                continue
            what = f"{quoted('go to')} below {quoted(key)}" if key == "when pain" else quoted(key)
            message = f"{{{name}}} has nothing to say here: the drill has no {what}"
            hint = "take it away, or add that to the drill"
            found = said.diagnose(number, message, hint, piece=f"{{{name}}}")
            yield from naming(text, [found])


def _lacking(file: DrillPart) -> frozenset[str]:
    """Of the keys that variables tell of, those that a drill does without."""
    there = {
        "load": file.load,
        "hold": file.hold,
        "amrap": file.amrap,
        "sides": file.sides,
        "when pain": file.when_pain.or_go_to or file.when_pain.go_to,
    }
    return frozenset(key for key, value in there.items() if not value)
