"""Writes a session down as it goes by: JSON lines, a transcript to read, and the rows of the timeline picture."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from voicecoach.coach.commands import Command, End, Hush, Say, Show, Tone, Unsay
from voicecoach.coach.events import Event, HealthChanged, Heard, NotUnderstood
from voicecoach.words.meaning import Meaning


@dataclass(slots=True)
class Transcript:
    """Every line of a session, by time; an observer of the loop."""

    lines: list[dict[str, object]] = field(default_factory=list)
    """JSON lines as DESIGN section 6 names them: ``{"t": seconds, ...}``."""
    _says: dict[int, dict[str, object]] = field(default_factory=dict)
    _state: str = ""

    def event(self, event: Event) -> None:
        """Note what was heard."""
        match event:
            case Heard():
                heard: dict[str, object] = {"phrase": event.phrase, **meaning_fields(event.meaning)}
                self._add(event.t, heard=heard)
            case NotUnderstood():
                self._add(event.t, heard={"phrase": event.phrase, "refused": event.why})
            case HealthChanged():
                self._add(event.t, health={"part": event.part, "ok": event.ok})
            case _:
                pass

    def command(self, t: float, command: Command) -> None:
        """Note what is said, shown and silenced; what never starts is taken out again."""
        match command:
            case Say():
                line = self._add(command.at, say=command.text, kind=command.kind.name.lower())
                line["seconds"] = round(command.seconds, 3)
                self._says[command.id] = line
            case Unsay():
                self._drop(command.id)
            case Hush():
                self._cut(t, command)
            case Tone():
                self._add(command.at, tone=command.name)
            case Show() if command.state != self._state:
                self._state = command.state
                self._add(t, state=command.state)
            case End():
                self._add(t, end=command.how)
            case _:
                pass

    def logged(self, t: float, record: Mapping[str, object]) -> None:
        """Note what went into the journal."""
        self._add(t, log=dict(record))

    def sorted(self) -> list[dict[str, object]]:
        """The lines by time; those of the same time in the order they came."""
        return sorted(self.lines, key=lambda line: number_in(line["t"]))

    def json_lines(self) -> str:
        """One JSON object a line."""
        return "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in self.sorted())

    def text(self) -> str:
        """The session to read: a time, who, and what."""
        rows: list[str] = []
        for line in self.sorted():
            row = _row(line)
            if row:
                minutes, seconds = divmod(number_in(line["t"]), 60)
                rows.append(f"{int(minutes):3d}:{seconds:05.2f}  {row}")
        return "\n".join(rows) + "\n"

    def _add(self, t: float, **fields: object) -> dict[str, object]:
        line: dict[str, object] = {"t": round(t, 3), **fields}
        self.lines.append(line)
        return line

    def _drop(self, say: int) -> None:
        line = self._says.pop(say, None)
        if line is not None:
            self.lines = [other for other in self.lines if other is not line]

    def _cut(self, t: float, hush: Hush) -> None:
        """Lines that have not begun were never said; one that has is shortened to what was heard of it."""
        for say, line in list(self._says.items()):
            begins, seconds = number_in(line["t"]), number_in(line["seconds"])
            if begins >= t:
                self._drop(say)
            elif begins + seconds > t:
                line["seconds"] = round(t - begins, 3)
        self._add(t, hush=list(hush.cut))


def number_in(value: object) -> float:
    """The number that a value of a line is; 0 for anything else."""
    return float(value) if isinstance(value, int | float) else 0.0


def meaning_fields(meaning: Meaning) -> dict[str, object]:
    """A meaning as JSON: ``command`` and ``value``."""
    value: object = None
    if meaning.weight is not None:
        value = {"weight": {"value": meaning.weight.value, "unit": meaning.weight.unit}}
    elif meaning.relative is not None:
        value = {"relative": {"value": meaning.relative.value, "unit": meaning.relative.unit}}
    else:
        numbers = {name: getattr(meaning, name) for name in ("reps", "rpe", "seconds", "side", "ask")}
        value = {name: number for name, number in numbers.items() if number is not None} or None
    return {"command": meaning.command, "value": value}


def _row(line: Mapping[str, object]) -> str:  # noqa: PLR0911 - one return for each kind of line
    """One line of the transcript as text; empty for what only a machine reads."""
    if "say" in line:
        return f"coach   {line['say']}"
    if "heard" in line and isinstance(line["heard"], dict):
        heard = line["heard"]
        if "refused" in heard:
            return f"trainee ({heard['phrase'] or 'something'}: not understood)"
        return f"trainee {heard['phrase']}"
    if line.get("hush"):
        return "        (silence)"
    if "state" in line:
        return f"        [{line['state']}]"
    if "health" in line:
        return f"        {line['health']}"
    if "log" in line and isinstance(line["log"], dict):
        record = line["log"]
        return _log_row(record) if record.get("event") not in ("rep", "set_started") else ""
    return ""


def _log_row(record: Mapping[str, object]) -> str:
    """A journal event in a few words."""
    skip = {"v", "id", "t", "session", "event", "dials"}
    parts = [
        f"{key} {value}" for key, value in record.items() if key not in skip and value not in (None, False, [], "")
    ]
    return f"        logged: {record.get('event')} {', '.join(parts)}".rstrip()
