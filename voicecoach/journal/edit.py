"""A session as a small YAML text for an editor, and the corrections that an edited one asks for."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from voicecoach.drills.diagnostics import Diagnostic, did_you_mean, quoted, render_all
from voicecoach.drills.source import BadScript, Source
from voicecoach.drills.yaml_text import read_source, read_text
from voicecoach.errors import CoachError
from voicecoach.journal.fields import is_number
from voicecoach.journal.session import Pain, Session, SetDone
from voicecoach.words.meaning import Quantity

_HEAD = """\
# Your session of {day}. Change what is wrong and save; the journal keeps both.
# Take a whole block out to delete a set. `none` means nothing was said. Weights need lb or kg.
"""
_NOTHING = "none"
_MOST_REPS = 1000
_MOST_WEIGHT = 2000
_LEAST_RPE, _MOST_RPE = 1, 10


@dataclass(frozen=True, slots=True)
class Correction:
    """One correction to append."""

    of: str
    """Id of the event."""
    fields: Mapping[str, object]
    """What changes; ``deleted`` alone takes the event out."""
    told: str
    """The change in words, for the trainee."""


def as_yaml(session: Session) -> str:
    """The sets and pains of a session as YAML, ids included."""
    lines = [_HEAD.format(day=f"{session.started:%A} {session.started.day} {session.started:%B %Y, %H:%M}")]
    lines.append("sets:" if session.sets else "sets: []")
    for done in session.sets:
        lines += _block(done.id, _of_set(done))
    if session.pains:
        lines.append("pains:")
        for pain in session.pains:
            lines += _block(pain.id, _of_pain(pain))
    return "\n".join(lines) + "\n"


def read_edited(path: Path, session: Session) -> list[Correction]:
    """The corrections an edited file asks for; raises CoachError with every mistake, file, line and column."""
    try:
        if not any(line.partition("#")[0].strip() for line in read_text(path).split("\n")):
            raise CoachError(
                f"{path} is empty. Nothing was changed.",
                "Start again with `voicecoach log edit`; `sets: []` alone deletes every set and pain.",
            )
        source = read_source(path)
    except BadScript as bad:
        raise _refused(bad.diagnostics, path, session) from bad
    reader = _Reader(source)
    events: dict[str, tuple[str, dict[str, object]]] = {done.id: ("sets", _of_set(done)) for done in session.sets}
    events.update({pain.id: ("pains", _of_pain(pain)) for pain in session.pains})
    found = reader.read(events)
    if reader.wrong:
        raise _refused(reader.wrong, path, session)
    corrections = []
    for event, (_, before) in events.items():
        after = found.get(event)
        name = f"{before['drill']}, set {before['set']}"
        if after is None:
            corrections.append(Correction(event, {"deleted": True}, f"{name}: taken out"))
            continue
        changed = {key: value for key, value in after.items() if value != before[key]}
        if changed:
            told = ", ".join(f"{key} {_plain(before[key])} → {_plain(value)}" for key, value in changed.items())
            corrections.append(Correction(event, _as_fields(changed), f"{name}: {told}"))
    return corrections


def _of_set(done: SetDone) -> dict[str, object]:
    return {
        "drill": done.drill,
        "set": done.set,
        "reps": done.reps,
        "target": done.target,
        "weight": done.weight,
        "side": done.side,
        "rpe": done.rpe,
        "pain": done.pain,
    }


def _of_pain(pain: Pain) -> dict[str, object]:
    return {"drill": pain.drill, "set": pain.set, "rep": pain.rep, "where": pain.where}


def _block(event: str, fields: Mapping[str, object]) -> list[str]:
    rows = [f"  - id: {json.dumps(event)}"]
    rows += [f"    {key}: {_plain(value)}" for key, value in fields.items()]
    return [*rows, ""]


def _plain(value: object) -> str:
    """A value as YAML, and as words."""
    match value:
        case None:
            return _NOTHING
        case bool():
            return "true" if value else "false"
        case Quantity():
            return f"{value.value:g} {value.unit or ''}".strip()
        case float():
            return f"{value:g}"
        case str():
            safe = value.replace(" ", "").replace("-", "").isalnum() and not value[0].isdigit()
            return value if safe and value.lower() not in {_NOTHING, "true", "false", "null"} else json.dumps(value)
    return str(value)


def _as_fields(changed: Mapping[str, object]) -> dict[str, object]:
    """Fields of the journal: a weight becomes its number and its unit."""
    fields: dict[str, object] = {key: value for key, value in changed.items() if key != "weight"}
    if "weight" in changed:
        weight = changed["weight"]
        fields["weight"] = weight.value if isinstance(weight, Quantity) else None
        fields["unit"] = weight.unit if isinstance(weight, Quantity) else None
    return fields


class _Reader:
    """Reads the blocks of an edited file and collects what is wrong with them."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self.wrong: list[Diagnostic] = list(source.refused)

    def read(self, events: Mapping[str, tuple[str, Mapping[str, object]]]) -> dict[str, dict[str, object]]:
        """The blocks by event id."""
        data = self._source.data
        if not isinstance(data, dict):
            self._say((), "the file should hold 'sets:'", "start again with `voicecoach log edit`")
            return {}
        found: dict[str, dict[str, object]] = {}
        for part, blocks in data.items():
            if part not in {"sets", "pains"}:
                self._say((part,), f"unknown key {quoted(part)}", "only 'sets:' and 'pains:' stand here", key=True)
            elif not isinstance(blocks, list):
                hint = f"each begins with '- id:'; `{part}: []` deletes every one"
                self._say((part,), f"there are no {part} under {quoted(part)}", hint, key=True)
            else:
                for index, block in enumerate(blocks):
                    self._block((part, index), part, block, events, found)
        return found

    def _block(
        self,
        loc: tuple[str, int],
        part: str,
        block: object,
        events: Mapping[str, tuple[str, Mapping[str, object]]],
        found: dict[str, dict[str, object]],
    ) -> None:
        if block is None:
            return  # an empty item, which is among what the source refuses
        event = str(block.get("id")) if isinstance(block, dict) else ""
        if not isinstance(block, dict) or event not in events or events[event][0] != part:
            self._say(loc, "this block has no id of the session", "sets cannot be added here; change those there are")
            return
        if event in found:
            self._say((*loc, "id"), "this id stands here twice", "leave each block once")
            return
        before = events[event][1]
        found[event] = dict(before)
        for key, value in block.items():
            if key == "id":
                continue
            if key not in before:
                self._say((*loc, key), f"unknown key {quoted(key)}", did_you_mean(key, before), key=True)
            else:
                found[event][key] = self._value((*loc, key), key, value, before[key])

    def _value(self, loc: tuple[str | int, ...], key: str, value: object, before: object) -> object:
        """A checked value; the old one where it is wrong."""
        optional = key in {"target", "weight", "side", "rpe", "where"}
        if str(value) == _plain(before):
            return before
        if optional and value == _NOTHING:
            return None
        match key:
            case "reps" | "rep" | "target" | "set":
                good = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST_REPS
                hint = "a whole number"
            case "weight":
                weight = _weight(value)
                if weight is not None:
                    return weight
                good, hint = False, "a number and its unit, such as 35 lb or 16 kg, or none"
            case "rpe":
                good = is_number(value) and isinstance(value, int | float) and _LEAST_RPE <= value <= _MOST_RPE
                hint = "a number from 1 to 10, or none"
            case "pain":
                good, hint = isinstance(value, bool), "true or false"
            case "side":
                good, hint = value in {"left", "right"}, "left, right or none"
            case _:
                good, hint = isinstance(value, str) and bool(value.strip()), "a name"
        if not good:
            wrong = f"{quoted(key)} has no value" if value is None else f"{quoted(value)} cannot be the {key}"
            self._say(loc, wrong, f"write {hint}", key=value is None)
            return before
        return float(value) if key == "rpe" and isinstance(value, int | float) else value

    def _say(self, loc: tuple[str | int, ...], message: str, hint: str = "", *, key: bool = False) -> None:
        """Take in one mistake; what the source itself says of the same spot, such as "no value", is less."""
        found = self._source.diagnose(loc, message, hint, key=key)
        self.wrong = [one for one in self.wrong if (one.line, one.column) != (found.line, found.column)]
        self.wrong.append(found)


def _weight(value: object) -> Quantity | None:
    number, _, unit = str(value).strip().partition(" ") if isinstance(value, str) else ("", "", "")
    try:
        weight = float(number)
    except ValueError:
        return None
    return Quantity(weight, unit.strip()) if unit.strip() in {"lb", "kg"} and 0 <= weight <= _MOST_WEIGHT else None


def _refused(wrong: list[Diagnostic], path: Path, session: Session) -> CoachError:
    told = render_all(sorted(wrong, key=lambda one: (one.line, one.column)))
    again = f"`voicecoach log edit --session {session.id} --from {path}`"
    return CoachError(told, f"Nothing was changed. Put it right, then run {again}.")
