"""``voicecoach calibrate``: learns the room, the microphone and the voice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicecoach.words.phrases import PhraseTable


def calibrate(
    *,
    script: Annotated[str, typer.Option(help="Script whose safety phrases are said.")] = "hip-hinge",
    microphone: Annotated[str | None, typer.Option(help="Name of the microphone, or a part of it.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was learnt as one JSON document.")] = False,
) -> None:
    """Listen to the room, then to each safety command three times; thresholds are kept for this microphone."""
    import json
    from dataclasses import asdict
    from math import ceil

    from voicecoach.app.gauge import Gauge
    from voicecoach.app.homes import Homes
    from voicecoach.app.models import model_in_use
    from voicecoach.app.settings import Settings
    from voicecoach.app.training import library_of, table_of, with_phrases_of
    from voicecoach.drills.load import load_programme
    from voicecoach.hearing.assembly import build_path
    from voicecoach.hearing.calibrating import calibrate as learn
    from voicecoach.hearing.calibration import MARGIN_DB, save_calibration
    from voicecoach.hearing.microphone import SoundDeviceMicrophone
    from voicecoach.hearing.vosk_recogniser import VoskModel

    homes = Homes.find()
    settings = Settings.read(homes.config)
    _programme, flow, drills = load_programme(script, library_of(homes))
    table = table_of(with_phrases_of(flow, drills))
    model = VoskModel(model_in_use(homes, settings))
    with Gauge() as gauge:
        learnt = learn(
            SoundDeviceMicrophone(microphone or settings.microphone or None),
            lambda explain: build_path(model, table, explain=explain),
            _one_each(table),
            gauge.tell,
            meter=lambda waited, whole, level: gauge.show(
                waited / whole, f"{max(0, ceil(whole - waited))} s left, {level:.0f} dB"
            ),
        )
    path = save_calibration(learnt, homes.config / "microphones")
    if as_json:
        typer.echo(json.dumps(asdict(learnt), indent=2, ensure_ascii=False))
    typer.echo(
        f"{learnt.device}: the room is at {learnt.room:.0f} dB, your voice at {learnt.voice:.0f} dB. "
        f"Kept in {path} and used from the next session on.",
        err=True,
    )
    if learnt.clear < MARGIN_DB:
        typer.echo("Your voice hardly stands out of the room. Move the microphone closer.", err=True)


def _one_each(table: PhraseTable) -> list[str]:
    """The first phrase of every safety command."""
    first: dict[str, str] = {}
    for phrase in table.phrases:
        if phrase.safety:
            first.setdefault(phrase.command, phrase.text)
    return list(first.values())
