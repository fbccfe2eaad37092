"""Puts the ears of a session together: the model in use, its grammar for this training, the mask of what is playing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from voicecoach.app.homes import Homes
from voicecoach.app.training import Training
from voicecoach.hearing.assembly import build_path
from voicecoach.hearing.calibration import Calibration, load_calibration
from voicecoach.hearing.decision import Decision
from voicecoach.hearing.install import how_to_install
from voicecoach.hearing.tuning import Tuning
from voicecoach.hearing.vosk_recogniser import VoskModel
from voicecoach.words.language import Language

if TYPE_CHECKING:
    from voicecoach.hearing.hearing_path import HearingPath


def no_ear_for(language: Language) -> str:
    """One sentence for a session in a language that no installed model hears."""
    return f"Hearing {language.name} needs a {language.name} model: {how_to_install(language.code)}."


def calibration_of(homes: Homes, device: str) -> Calibration | None:
    """What `calibrate` has learnt about a microphone; None where it was never calibrated."""
    return load_calibration(homes.config / "microphones", device)


def hearing_path(
    model: VoskModel,
    training: Training,
    playing: Callable[[], tuple[str, ...]],
    on_speech: Callable[[bool], None] = lambda _: None,
    calibration: Calibration | None = None,
    speakers: bool = False,
    explain: Callable[[Decision], None] = lambda _: None,
) -> HearingPath:
    """Build the listening path for a training.

    A calibration of the microphone sets the thresholds; with open ``speakers`` the coach is not taken for the trainee;
    ``explain`` is given every decision.
    """
    tuning = calibration.tuning(Tuning()) if calibration else Tuning()
    return build_path(
        model,
        training.table,
        unit=training.unit,
        tuning=replace(tuning, speakers=speakers),
        playing=playing,
        on_speech=on_speech,
        explain=explain,
    )
