"""``voicecoach voices``: which voices the system's speech engine has, and how one of them sounds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from voicecoach.app.settings import Settings
    from voicecoach.speaking.clip import Clip
    from voicecoach.speaking.engine import Engine
    from voicecoach.speaking.renderers import InstalledVoice


def voices(
    *,
    say: Annotated[str | None, typer.Option(metavar="TEXT", help="Speak a text instead of listing.")] = None,
    voice: Annotated[str | None, typer.Option(help="Voice to speak with: id, name or language.")] = None,
    rate: Annotated[int | None, typer.Option(min=60, max=400, help="Words a minute.")] = None,
    engine: Annotated[str | None, typer.Option(help="auto, or an engine of your config.toml.")] = None,
    wav: Annotated[Path | None, typer.Option(help="With --say: write a wav file instead of playing.")] = None,
    every: Annotated[bool, typer.Option("--all", help="Every language, not only English.")] = False,
    json_out: Annotated[bool, typer.Option("--json", help="One JSON document, with every language.")] = False,
) -> None:
    """List the engines and the installed voices, or speak a text with one."""
    import json

    from voicecoach.app.homes import Homes
    from voicecoach.app.safekeeping import refuse_journal
    from voicecoach.app.settings import Settings
    from voicecoach.errors import CoachError
    from voicecoach.speaking.renderers import find_voice

    if wav is not None and say is None:
        raise CoachError("--wav needs a text to write.", f'voicecoach voices --say "Hips *back*" --wav {wav}', 2)
    homes = Homes.find()
    if wav is not None:
        refuse_journal(wav, homes, "--wav")
    settings = Settings.read(homes.config)
    chosen = voice or ("" if engine else settings.voice)
    speaks = _engine(engine, settings)
    if say is not None:
        _speak(_render(say, chosen, rate or settings.rate, speaks), wav, settings.earbuds)
        return
    found = _installed()
    wanted = find_voice(chosen, found).partition("+")[0] if chosen and (voice or _own(settings)) else ""

    def used(one: InstalledVoice) -> bool:
        return one.id == wanted if wanted else one.default

    if json_out:
        rows = [{"id": v.id, "name": v.name, "languages": list(v.languages), "used": used(v)} for v in found]
        typer.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    shown = found if every else [v for v in found if _english(v)] or found
    width = max((len(v.id) for v in shown), default=0)
    for one in shown:
        typer.echo(f"{'*' if used(one) else ' '} {one.id:<{width}}  {one.name}  {', '.join(one.languages)}".rstrip())
    _list_engines(settings)
    typer.echo(f'Hear one: voicecoach voices --say "Hips *back*" --voice {shown[0].id}', err=True)
    typer.echo(f'Keep it: write voice = "{shown[0].id}" in {homes.config / "config.toml"}', err=True)


def _engine(name: str | None, settings: Settings) -> Engine | str:
    """The engine of a name, or the one in use. Raises CoachError for one that there is not."""
    from voicecoach.errors import CoachError
    from voicecoach.speaking.opening import is_built_in

    if name is None or is_built_in(name) or name in settings.engines:
        wanted = settings.engine if name is None else name
        return settings.engines.get(wanted, wanted)
    known = ", ".join(["auto", *settings.engines])
    raise CoachError(f"There is no voice engine called {name!r}.", f"There are: {known}; yours stand under [engines].")


def _own(settings: Settings) -> bool:
    from voicecoach.speaking.opening import is_built_in

    return is_built_in(settings.engine)


def _list_engines(settings: Settings) -> None:
    """Each engine: whether it is in use, there at all, and whether emphasis is heard in the middle of a text."""
    from voicecoach.errors import CoachError
    from voicecoach.speaking.command_renderer import CommandRenderer
    from voicecoach.speaking.engine import Engine
    from voicecoach.speaking.renderers import Pyttsx3Renderer

    said = {True: "emphasis is heard", False: "emphasis is not heard within a sentence"}
    typer.echo(f"{'*' if _own(settings) else ' '} engine auto: the voices above; {said[Pyttsx3Renderer.stresses]}")
    engines = dict(settings.engines)
    if not _own(settings) and settings.engine not in {*engines, "tones"}:
        engines[settings.engine] = Engine("", settings.engine)
    for name, engine in engines.items():
        try:
            renderer = CommandRenderer(engine)
            renderer.check()
            told = said[renderer.stresses]
        except CoachError as error:
            told = error.message
        typer.echo(f"{'*' if settings.engine == name else ' '} engine {name}: {told}")


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


def _render(text: str, voice: str, rate: int, engine: Engine | str) -> Clip:
    """The text in that voice. Raises CoachError where the engine cannot, rather than standing in with a tone."""
    import numpy as np

    from voicecoach.errors import CoachError
    from voicecoach.speaking.clip import CLIP_RATE, Clip, NothingToHear
    from voicecoach.speaking.opening import make_renderer
    from voicecoach.words.marks import HOW_A_PAUSE, parts_of, plain, wrong_marks

    parts = parts_of(text)
    nothing = CoachError(f"There is nothing to say in {text!r}.", 'Try: voicecoach voices --say "Hips *back*"', 2)
    if not parts and not plain(text).strip():
        raise nothing
    if (mark := next((mark for mark, why in wrong_marks(text) if why == HOW_A_PAUSE), None)) is not None:
        raise CoachError(f"{mark!r} is no pause.", f"{HOW_A_PAUSE.capitalize()}.", 2)
    renderer = make_renderer(engine, voice or None, rate)
    try:
        renderer.check()
        pieces = [
            renderer.render(part).samples if isinstance(part, str) else np.zeros(round(part * CLIP_RATE), np.float32)
            for part in parts or (text,)
        ]
    except NothingToHear as silence:
        if parts:
            raise
        raise nothing from silence  # signs alone: "%" is said, "..." is not, and only the engine knows which
    finally:
        renderer.close()
    return Clip(np.concatenate(pieces))


def _speak(clip: Clip, wav: Path | None, device: str) -> None:
    """Play a clip on the earbuds, or write it to a file."""
    from voicecoach.speaking.clip import write_wav

    if wav is not None:
        from voicecoach.cli.files import writing

        with writing(wav, "--wav"):
            wav.write_bytes(write_wav(clip))
        typer.echo(str(wav))
        return
    from voicecoach.speaking.outlet import play

    play(clip, device or None)
