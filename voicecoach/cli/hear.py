"""``voicecoach hear``: what the coach would make of recordings, through the real listening path at full speed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicecoach.coach.commands import Listen
    from voicecoach.drills.model import Flow
    from voicecoach.hearing.decision import Decision
    from voicecoach.hearing.hearing_path import HearingPath, Outcome
    from voicecoach.hearing.tuning import Tuning


def hear(
    recordings: Annotated[list[Path], typer.Argument(metavar="WAV...", help="Sound files: wav, flac, ogg.")],
    *,
    script: Annotated[str, typer.Option(help="Script whose phrases are heard: a name or a path.")] = "hip-hinge",
    state: Annotated[
        str | None, typer.Option(help="Hear what this state of the flow hears; otherwise every command.")
    ] = None,
    model: Annotated[str | None, typer.Option(help="Recogniser model: a name or a folder.")] = None,
    device: Annotated[
        str | None, typer.Option(help="Hear as through this calibrated microphone: its name, or a part of it.")
    ] = None,
    why: Annotated[bool, typer.Option("--why", help="Say for every utterance which rule took or refused it.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object per line.")] = False,
) -> None:
    """Hear recordings as the coach would."""
    from voicecoach.app.homes import Homes
    from voicecoach.app.settings import Settings
    from voicecoach.app.training import library_of, table_of, with_phrases_of
    from voicecoach.drills.load import load_programme
    from voicecoach.hearing.assembly import build_path
    from voicecoach.hearing.model_folder import choose_model
    from voicecoach.hearing.rules import RULES, bare_number
    from voicecoach.hearing.vosk_recogniser import VoskModel

    homes = Homes.find()
    _programme, flow, drills = load_programme(script, library_of(homes))
    flow = with_phrases_of(flow, drills)
    listen = _listen(flow, state)
    loaded = VoskModel(choose_model(model or Settings.read(homes.config).model or None, homes.models))
    table = table_of(flow)
    rules = RULES if state is not None else (*RULES[:-1], ("bare number", bare_number), RULES[-1])
    tuning = _tuning(homes.config / "microphones", device) if device else None
    failed = False
    for recording in recordings:
        said: list[Decision] = []
        path = build_path(loaded, table, tuning=tuning, rules=rules, explain=said.append)
        path.listen(listen)
        failed |= not _hear_one(recording, path, _Printer(recording, as_json, why, said))
    if failed:
        raise typer.Exit(1)


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


def _listen(flow: Flow, state: str | None) -> Listen:
    """What a state hears, or everything the flow knows. Raises CoachError for a state it does not have."""
    from voicecoach.app.training import listen_in
    from voicecoach.coach.commands import Listen
    from voicecoach.words.meaning import QUANTITIES

    return Listen("any", frozenset(flow.commands), QUANTITIES) if state is None else listen_in(flow, state)


def _hear_one(recording: Path, path: HearingPath, printer: _Printer) -> bool:
    """Hear one file and print what came of it; False where it could not be read, which is said."""
    from voicecoach.errors import CoachError
    from voicecoach.hearing.replay import Count, read_blocks, replay

    count = Count()
    try:
        for outcome in replay(path, read_blocks(recording), count):
            printer.outcome(outcome)
    except CoachError as error:
        typer.echo(f"voicecoach: {error}", err=True)
        return False
    printer.end(count.seconds, count.accepted, count.rejected)
    return True


class _Printer:
    """Prints what was heard in one file."""

    def __init__(self, recording: Path, as_json: bool, why: bool, said: list[Decision]) -> None:
        self._recording, self._as_json, self._why, self._said = str(recording), as_json, why, said

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
        self._print(fields, f"{self._recording}: {seconds:.1f} s, {accepted} taken, {rejected} refused")

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
