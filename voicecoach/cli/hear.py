"""``voicecoach hear``: what the coach would make of recordings, through the real listening path at full speed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicecoach.app.gauge import Gauge
    from voicecoach.app.rehearing import Ear
    from voicecoach.hearing.decision import Decision
    from voicecoach.hearing.hearing_path import HearingPath, Outcome
    from voicecoach.hearing.kept import KeptUtterance
    from voicecoach.hearing.rates import Samples
    from voicecoach.hearing.tuning import Tuning


LONG = 300.0
"""Seconds of a recording from which it is shown how far it has been heard."""


def hear(
    recordings: Annotated[
        list[Path] | None,
        typer.Argument(metavar="[WAV...]", help="Sound files: wav, flac, ogg; or a folder that a session kept."),
    ] = None,
    *,
    script: Annotated[
        str | None,
        typer.Option(help="Script whose phrases are heard: a name or a path; hip-hinge, or what was trained."),
    ] = None,
    state: Annotated[
        str | None, typer.Option(help="Hear what this state of the flow hears; otherwise every command.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Recogniser model: a name or a folder.")] = None,
    device: Annotated[
        str | None, typer.Option(help="Hear as through this calibrated microphone: its name, or a part of it.")
    ] = None,
    kept: Annotated[
        bool, typer.Option("--kept", help="Hear what `run --keep-audio` kept: of the last session, or of those named.")
    ] = False,
    why: Annotated[bool, typer.Option("--why", help="Say for every utterance which rule took or refused it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """Hear recordings as the coach would."""
    from voicecoach.app.homes import Homes
    from voicecoach.app.models import model_named
    from voicecoach.app.rehearing import Ear
    from voicecoach.hearing.vosk_recogniser import VoskModel

    homes = Homes.find()
    takes = _takes(homes.kept, recordings or [], kept)
    loaded = VoskModel(model_named(homes, model))
    tuning = _tuning(homes.config / "microphones", device) if device else None
    ears: dict[str, Ear] = {}
    failed = False
    for take in takes:
        name = script or (take.row.script if take.row else "") or "hip-hinge"
        if name not in ears:
            ears[name] = Ear(loaded, homes, name, state, tuning)
        said: list[Decision] = []
        failed |= not _hear_one(take.file, ears[name].path(take.row, said.append), _Printer(take, as_json, why, said))
    if failed:
        raise typer.Exit(1)


@dataclass(frozen=True, slots=True)
class _Take:
    """A recording to hear."""

    file: Path
    """The sound."""
    row: KeptUtterance | None = None
    """What was decided about it in a session, where it was kept."""


def _takes(root: Path, recordings: list[Path], kept: bool) -> list[_Take]:
    """The recordings to hear, those of kept sessions in their order. Raises CoachError where there are none."""
    from voicecoach.app.keeping import kept_of
    from voicecoach.errors import CoachError
    from voicecoach.hearing.kept import is_kept, read_kept

    if kept:
        recordings = kept_of(root, [str(name) for name in recordings])
    elif not recordings:
        raise CoachError("Name the recordings to hear.", "Or --kept, for what `run --keep-audio` kept.", 2)
    takes: list[_Take] = []
    for recording in recordings:
        if is_kept(recording):
            takes += [_Take(recording / row.file, row) for row in read_kept(recording)]
        else:
            takes.append(_Take(recording))
    return takes


def _tuning(folder: Path, device: str) -> Tuning:
    """Thresholds of a calibrated microphone. Raises CoachError where none of that name was calibrated."""
    from voicecoach.errors import CoachError
    from voicecoach.hearing.calibration import calibrations
    from voicecoach.hearing.tuning import Tuning

    kept = calibrations(folder)
    found = next((one for one in kept if device.lower() in one.device.lower()), None)
    if found is None:
        names = ", ".join(one.device for one in kept)
        raise CoachError(
            f"No microphone named {device!r} was calibrated.",
            f"Calibrated: {names}." if names else "`voicecoach calibrate` does that.",
        )
    typer.echo(f"As through {found.device}, {found.when}.", err=True)
    return found.tuning(Tuning())


def _hear_one(recording: Path, path: HearingPath, printer: _Printer) -> bool:
    """Hear one file and print what came of it; False where it could not be read, which is said."""
    from voicecoach.app.gauge import Gauge
    from voicecoach.errors import CoachError
    from voicecoach.hearing.replay import Count, read_blocks, replay, seconds_of

    count = Count()
    try:
        whole = seconds_of(recording)
        if not whole:
            typer.echo(f"voicecoach: {recording} holds no sound. Record it again.", err=True)
        with Gauge(step=0.1) as gauge:
            for outcome in replay(path, _watched(read_blocks(recording), whole, gauge), count):
                printer.outcome(outcome)
    except CoachError as error:
        typer.echo(f"voicecoach: {error}", err=True)
        return False
    printer.end(count.seconds, count.accepted, count.rejected)
    return True


def _watched(blocks: Iterator[Samples], whole: float, gauge: Gauge) -> Iterator[Samples]:
    """The blocks of a recording of ``whole`` seconds; of a long one it is shown how far it has been heard."""
    from voicecoach.hearing.recogniser import RATE

    heard = 0.0
    for block in blocks:
        yield block
        heard += len(block) / RATE
        if whole >= LONG:
            gauge.show(min(1.0, heard / whole), f"{_clock(heard)} of {_clock(whole)} heard")


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02d}"


class _Printer:
    """Prints what was heard in one file."""

    def __init__(self, take: _Take, as_json: bool, why: bool, said: list[Decision]) -> None:
        self._recording, self._row = str(take.file), take.row
        self._as_json, self._why, self._said = as_json, why, said

    def outcome(self, outcome: Outcome) -> None:
        """Print one utterance: accepted ones always, refused ones where reasons were asked for."""
        from voicecoach.app.transcript import meaning_fields
        from voicecoach.coach.events import Heard

        decision = self._said.pop(0)
        reason = {"rule": decision.rule, "why": decision.reason} if self._why else {}
        if isinstance(outcome, Heard):
            fields = {"t": round(outcome.t, 3), "phrase": outcome.phrase, **meaning_fields(outcome.meaning), **reason}
            self._print(fields, f"{outcome.t:8.2f}  {outcome.phrase}  ->  {_shown(fields)}")
        elif self._why:
            fields = {"t": round(outcome.t, 3), "refused": outcome.phrase, **reason}
            self._print(fields, f"{outcome.t:8.2f}  ({outcome.phrase or 'no words'})  refused")
        if self._why and not self._as_json:
            typer.echo(f"          {decision.rule}: {decision.reason}")

    def end(self, seconds: float, accepted: int, rejected: int) -> None:
        """Print the last line of a file."""
        fields: dict[str, object] = {
            "end": True,
            "seconds": round(seconds, 3),
            "accepted": accepted,
            "rejected": rejected,
        }
        text = f"{self._recording}: {seconds:.1f} s, {accepted} taken, {rejected} refused"
        row = self._row
        if row is not None:
            then = {"heard": row.heard, "verdict": row.verdict, "rule": row.rule, "state": row.state}
            fields |= {"then": then, "label": row.label}
            text += f"; in the session: {row.heard or 'no words'}, {row.verdict}"
            text += f" ({row.rule or 'no rule'}; {row.state})" if self._why else ""
            text += f"; label: {row.label}" if row.label else ""
        self._print(fields, text)

    def _print(self, fields: dict[str, object], text: str) -> None:
        import json

        typer.echo(json.dumps({"file": self._recording, **fields}, ensure_ascii=False) if self._as_json else text)


def _shown(fields: dict[str, object]) -> str:
    """What an accepted utterance means, for a reader."""
    parts = list(_parts(fields))
    return ", ".join(parts) if parts else "nothing"


def _parts(fields: dict[str, object]) -> Iterator[str]:
    if fields.get("command"):
        yield str(fields["command"])
    value = fields.get("value")
    if isinstance(value, dict):
        for name, what in value.items():
            yield (
                f"{name} {' '.join(str(w) for w in what.values() if w)}" if isinstance(what, dict) else f"{name} {what}"
            )
