"""``voicecoach voices``: which voices the system's speech engine has, and how one of them sounds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicecoach.speaking.clip import Clip
    from voicecoach.speaking.renderers import InstalledVoice


def voices(
    *,
    say: Annotated[str | None, typer.Option(metavar="TEXT", help="Speak a text instead of listing.")] = None,
    voice: Annotated[str | None, typer.Option(help="Id of the voice to speak with.")] = None,
    rate: Annotated[int | None, typer.Option(min=60, max=400, help="Words a minute.")] = None,
    wav: Annotated[Path | None, typer.Option(help="With --say: write a wav file instead of playing.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every language, not only English.")] = False,
    json_out: Annotated[bool, typer.Option("--json", help="One JSON document, with every language.")] = False,
) -> None:
    """List the installed voices, or speak a text with one."""
    import json

    from voicecoach.app.homes import Homes
    from voicecoach.app.settings import Settings

    homes = Homes.find()
    settings = Settings.read(homes.config)
    chosen = voice or settings.voice
    if say is not None:
        _speak(_render(say, chosen, rate or settings.rate, settings.engine), wav, settings.earbuds)
        return
    found = _installed()

    def used(one: InstalledVoice) -> bool:
        return one.id == chosen if chosen else one.default

    if json_out:
        rows = [{"id": v.id, "name": v.name, "languages": list(v.languages), "used": used(v)} for v in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    shown = found if every else [v for v in found if _english(v)] or found
    width = max((len(v.id) for v in shown), default=0)
    for one in shown:
        typer.echo(f"{'*' if used(one) else ' '} {one.id:<{width}}  {one.name}  {', '.join(one.languages)}".rstrip())
    if settings.engine != "auto":
        typer.echo(f'The engine is set to: {settings.engine}. These are the voices of engine = "auto".', err=True)
    typer.echo(f'Hear one: voicecoach voices --say "Hips back" --voice {shown[0].id}', err=True)
    typer.echo(f'Keep it: write voice = "{shown[0].id}" in {homes.config / "config.toml"}', err=True)


def _installed() -> list[InstalledVoice]:
    """Voices of the system's engine. Raises CoachError where it has none."""
    from voicecoach.errors import CoachError
    from voicecoach.speaking.renderers import Pyttsx3Renderer

    engine = Pyttsx3Renderer()
    try:
        found = engine.voices()
    finally:
        engine.close()
    if not found:
        raise CoachError("The speech engine has no voice.", "On Debian or Ubuntu: pip install espeakng-loader")
    return found


def _english(voice: InstalledVoice) -> bool:
    return any(language.lower().startswith("en") for language in voice.languages) or "/en" in voice.id


def _render(text: str, voice: str, rate: int, engine: str) -> Clip:
    """The text in that voice. Raises CoachError where the engine cannot, rather than standing in with a tone."""
    from voicecoach.speaking.voice import make_renderer

    renderer = make_renderer(engine, voice or None, rate)
    try:
        return renderer.render(text)
    finally:
        renderer.close()


def _speak(clip: Clip, wav: Path | None, device: str) -> None:
    """Play a clip on the earbuds, or write it to a file."""
    from voicecoach.speaking.clip import write_wav

    if wav is not None:
        from voicecoach.errors import CoachError

        try:
            wav.write_bytes(write_wav(clip))
        except OSError as error:
            raise CoachError(f"{wav} cannot be written ({error.strerror}).", "Choose another place.") from error
        typer.echo(str(wav))
        return
    from voicecoach.speaking.outlet import play

    play(clip, device or None)
