"""Looks over everything a session needs and says, for each thing that is not well, what to do."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from voicecoach.app.homes import Homes
from voicecoach.app.settings import FILE, Settings
from voicecoach.errors import CoachError


class Verdict(StrEnum):
    """How a check came out."""

    OK = "ok"
    INFO = "info"
    WARNING = "warning"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found."""

    check: str
    """What was looked at."""
    verdict: Verdict
    """How it came out; only ``failed`` keeps somebody from training."""
    message: str
    """What was found, one sentence."""
    hint: str = ""
    """What to do about it."""


BLUETOOTH = (
    "A headset's own microphone switches Bluetooth to telephone quality, for the coach and for music. "
    "Use the computer's or a clip microphone to speak into, and the earbuds to listen."
)


def examine(homes: Homes) -> Iterator[Finding]:
    """Every check in turn; one that fails does not keep the others from being made."""
    try:
        settings = Settings.read(homes.config)
    except CoachError as error:
        yield Finding("settings", Verdict.FAILED, error.message, error.hint)
        settings = Settings()
    else:
        path = homes.config / FILE
        yield Finding("settings", Verdict.OK, f"{path}" if path.exists() else f"The defaults; {path} may change them.")
    checks: tuple[tuple[str, Callable[[], Finding]], ...] = (
        ("python", _python),
        ("scripts", lambda: _scripts(homes)),
        ("equipment", lambda: _equipment(settings)),
        ("voice", lambda: _voice(homes, settings)),
        ("earbuds", lambda: _earbuds(settings)),
        ("microphone", lambda: _microphone(homes, settings)),
        ("echo", lambda: _echo(settings)),
        ("ear", lambda: _ear(homes, settings)),
        ("journal", lambda: _journal(homes)),
        ("kept sound", lambda: _kept(homes)),
        ("network", lambda: Finding("network", Verdict.OK, "Never used, except by `voicecoach model install`.")),
    )
    for name, check in checks:
        try:
            yield check()
        except CoachError as error:
            yield Finding(name, Verdict.FAILED, error.message, error.hint)


def _python() -> Finding:
    version = f"Python {platform.python_version()} on {platform.system()} {platform.machine()}"
    return Finding("python", Verdict.OK, version)


def _scripts(homes: Homes) -> Finding:
    from voicecoach.app.training import library_of  # noqa: PLC0415 - each check loads only what it looks at
    from voicecoach.drills.check import check_paths  # noqa: PLC0415
    from voicecoach.drills.diagnostics import counted  # noqa: PLC0415

    library = library_of(homes)
    names = [entry for entry in library.names() if not entry.shadowed]
    problems = [d for d in check_paths([entry.path for entry in names], library) if d.severity == "error"]
    if problems:
        where, errors = problems[0], counted(len(problems), "errors")
        return Finding(
            "scripts",
            Verdict.FAILED,
            f"{errors} in the scripts, the first at {where.file}:{where.line}:{where.column}.",
            "`voicecoach check` shows them all.",
        )
    return Finding("scripts", Verdict.OK, f"{len(names)} scripts are sound.")


def _equipment(settings: Settings) -> Finding:
    from voicecoach.app.equipment import describe, trainee_of  # noqa: PLC0415

    trainee = trainee_of(settings)
    if not trainee.equipment.named:
        message = "Nobody said what there is to lift: every load of a script is taken to be there."
        return Finding("equipment", Verdict.INFO, message, "`voicecoach equipment` tells the coach what you have.")
    told = "; ".join(" ".join(line.split()) for line in describe(trainee))
    return Finding("equipment", Verdict.OK, f"{told[:1].upper()}{told[1:]}.")


def _voice(homes: Homes, settings: Settings) -> Finding:
    from voicecoach.app.voice import choose_voice, coach_voice  # noqa: PLC0415
    from voicecoach.drills.manner import Manner  # noqa: PLC0415
    from voicecoach.speaking.opening import make_renderer  # noqa: PLC0415

    voice = coach_voice(homes, settings)
    try:
        seconds = voice.seconds_of("Ready when you are.")
        if voice.trouble:
            return Finding("voice", Verdict.WARNING, voice.trouble, "Until then the coach beeps and prints its words.")
    finally:
        voice.close()
    chosen = choose_voice(settings, Manner())
    if chosen.engine != "tones":  # asked itself, for what it once could say is kept
        renderer = make_renderer(chosen.engine, chosen.voice or None, chosen.rate)
        try:
            renderer.check()
            renderer.render("Ready when you are.")
        except CoachError as error:
            return Finding(
                "voice", Verdict.WARNING, f"{error.message.rstrip('.')}. The built-in voice stands in.", error.hint
            )
        finally:
            renderer.close()
    return Finding("voice", Verdict.OK, f"Speaks: 'Ready when you are.' takes {seconds:.1f} s.")


def _earbuds(settings: Settings) -> Finding:
    from voicecoach.speaking.mouth_sounddevice import SounddeviceMouth  # noqa: PLC0415
    from voicecoach.speaking.silent import SilentVoice  # noqa: PLC0415

    mouth = SounddeviceMouth(SilentVoice(), settings.earbuds or None)
    name, latency = mouth.device, mouth.latency
    mouth.close()
    return Finding("earbuds", Verdict.OK, f"{name}, {latency * 1000:.0f} ms to the ear.")


def _microphone(homes: Homes, settings: Settings) -> Finding:
    from voicecoach.app.listening import calibration_of  # noqa: PLC0415 - numpy
    from voicecoach.hearing.microphone import list_devices  # noqa: PLC0415
    from voicecoach.hearing.sound_server import source_behind  # noqa: PLC0415

    inputs = [device for device in list_devices() if device.inputs]
    wanted = [d for d in inputs if settings.microphone.lower() in d.name.lower()] if settings.microphone else inputs
    if not wanted:
        what = f"No microphone is named {settings.microphone!r}." if settings.microphone else "There is no microphone."
        return Finding(
            "microphone", Verdict.WARNING, what, "The keyboard does everything; `voicecoach devices` lists devices."
        )
    chosen = next((d for d in wanted if d.default_input), wanted[0])
    name = source_behind(chosen.name)
    calibration = calibration_of(homes, name)
    how = calibration.when if calibration else "not calibrated (`voicecoach calibrate` takes a minute)"
    bluetooth = any(word in name.lower() for word in ("bluetooth", "bluez", "airpods", "hands-free", "headset"))
    verdict = Verdict.WARNING if bluetooth else Verdict.OK
    return Finding("microphone", verdict, f"{name}, {chosen.rate} Hz, {how}.", BLUETOOTH if bluetooth else "")


def _echo(settings: Settings) -> Finding:
    from voicecoach.hearing.echo import INSTALL, available  # noqa: PLC0415

    if not settings.speakers:
        return Finding(
            "echo", Verdict.OK, "Earbuds: the microphone does not hear the coach.", "Open speakers: speakers = true."
        )
    if available():
        return Finding("echo", Verdict.OK, "Open speakers: the coach's own voice is taken out of the microphone.")
    return Finding(
        "echo", Verdict.WARNING, "Open speakers, but the echo canceller is not installed.", f"{INSTALL}, or earbuds."
    )


def _ear(homes: Homes, settings: Settings) -> Finding:
    from voicecoach.app.models import model_in_use  # noqa: PLC0415
    from voicecoach.hearing.vosk_recogniser import VoskModel  # noqa: PLC0415

    folder = model_in_use(homes, settings)
    VoskModel(folder)
    which = "the built-in ear" if folder.built_in else folder.name
    return Finding("ear", Verdict.OK, f"Listens with {which}, {len(folder.words)} words.")


def _journal(homes: Homes) -> Finding:
    path = homes.journal
    folder = path.parent
    while not folder.exists():
        folder = folder.parent
    if not os.access(folder, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
        return Finding(
            "journal", Verdict.FAILED, f"{path} cannot be written.", "Make it yours, or set VOICECOACH_HOME elsewhere."
        )
    if not path.exists():
        return Finding("journal", Verdict.INFO, f"{path} will be made by the first session.")
    return Finding("journal", Verdict.OK, f"{path}, {path.stat().st_size / 1024:.0f} kB.")


def _kept(homes: Homes) -> Finding:
    from voicecoach.app.keeping import what_is_kept  # noqa: PLC0415 - numpy

    kept = what_is_kept(homes.kept)
    if not kept:
        return Finding("kept sound", Verdict.OK, "None: only `voicecoach run --keep-audio` keeps what you say.")
    hint = "`voicecoach hear --kept` replays it; `voicecoach forget`, or deleting the folder, removes it."
    return Finding("kept sound", Verdict.INFO, kept, hint)


def exit_code(findings: list[Finding]) -> int:
    """1 where something failed, else 0."""
    return int(any(finding.verdict is Verdict.FAILED for finding in findings))
