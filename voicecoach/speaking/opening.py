"""From the name of an engine to a voice: the system's own, a command line of the user's, or tones."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.speaking.cache import Cache
from voicecoach.speaking.command_renderer import CommandRenderer
from voicecoach.speaking.engine import Engine
from voicecoach.speaking.renderers import DEFAULT_RATE, Pyttsx3Renderer, Renderer
from voicecoach.speaking.silent import SilentVoice
from voicecoach.speaking.voice import Voice

BUILT_IN = ("auto", "pyttsx3")
"""Names of the system's own engine."""


def open_voice(
    cache_dir: Path,
    *,
    engine: Engine | str = "auto",
    voice: str | None = None,
    rate: int = DEFAULT_RATE,
    workers: int = 2,
    on_trouble: Callable[[str], None] | None = None,
    patience: float | None = None,
    spare_voice: str | None = None,
) -> Voice | SilentVoice:
    """The voice the settings ask for; where that cannot speak, the system's own stands in for it.

    ``engine`` is ``auto`` (the system's voice through pyttsx3), ``tones`` (no voice), an engine of the user's, or a
    command line as ``CommandRenderer`` takes it. ``patience`` is how many seconds a text may be waited for that is
    wanted now; without it, as long as it takes. ``spare_voice`` is the system's voice that stands in for an engine of
    the user's, where its own default will not do. Nothing is started before the first text that is not in the cache.
    Raises CoachError for a command that cannot be read.
    """
    if engine == "tones":
        return SilentVoice(rate, blip=True)
    first = make_renderer(engine, voice, rate)  # starts nothing yet; says at once whether the command can be read
    cache = Cache(cache_dir / "speech", first.name, first.voice, rate)
    first.close()
    if isinstance(first, CommandRenderer) and first.stays:
        workers = 1  # a second one would load the same model again, and share the same cores
    spare: Voice | None = None
    if voice or not is_built_in(engine):
        stand_in = None if is_built_in(engine) else spare_voice
        own = Pyttsx3Renderer(stand_in, rate)
        about = Cache(cache_dir / "speech", own.name, own.voice, rate)
        own.close()
        spare = Voice(partial(_start, "auto", stand_in, rate), about, workers=1, on_trouble=on_trouble)
    start = partial(_start, engine, voice, rate)
    wait = None if is_built_in(engine) else patience  # the spare voice would be no quicker
    return Voice(start, cache, workers=workers, on_trouble=on_trouble, spare=spare, patience=wait)


def is_built_in(engine: Engine | str) -> bool:
    """Whether an engine is the system's own."""
    return engine in BUILT_IN


def _start(engine: Engine | str, voice: str | None, rate: int) -> Renderer:
    """A renderer that can speak; raises CoachError where it is known that it cannot."""
    renderer = make_renderer(engine, voice, rate)
    try:
        renderer.check()
    except CoachError:
        renderer.close()
        raise
    return renderer


def make_renderer(engine: Engine | str, voice: str | None = None, rate: int = DEFAULT_RATE) -> Renderer:
    """An engine: ``auto`` is the system's own; anything else one of the user's, or a command line.

    Raises CoachError for a command that cannot be read, and for ``tones``, which speak no text.
    """
    if engine == "tones":
        raise CoachError("The engine is set to tones, which cannot speak.", 'Write engine = "auto" in config.toml.')
    return Pyttsx3Renderer(voice, rate) if is_built_in(engine) else CommandRenderer(engine, voice, rate)
