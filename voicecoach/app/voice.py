"""The voices of a session: the coach's, as the user and the scripts ask for it, and the trainee's in a rehearsal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from voicecoach.app.homes import Homes
from voicecoach.app.settings import Settings
from voicecoach.drills.diagnostics import did_you_mean
from voicecoach.drills.manner import Manner
from voicecoach.speaking.diction import Diction
from voicecoach.speaking.engine import Engine
from voicecoach.speaking.opening import BUILT_IN, open_voice
from voicecoach.speaking.speaker import Speaker
from voicecoach.words.english import ENGLISH
from voicecoach.words.language import Language

TRAINEE_RATE = 150
"""Words a minute of the trainee: a little slower than the coach, as somebody under load speaks."""
LIVE_PATIENCE_S = 1.0
"""Seconds that a text which is due may be waited for in a session; then the built-in voice says it."""


@dataclass(frozen=True, slots=True)
class VoiceChoice:
    """Who speaks, after the user and the scripts were asked."""

    engine: Engine | str
    """As ``open_voice`` takes it."""
    voice: str
    """Of the engine; empty for its own default."""
    rate: int
    """Words a minute."""
    note: str = ""
    """What could not be done as a script asked for it, one sentence; empty where all could."""


def choose_voice(settings: Settings, manner: Manner) -> VoiceChoice:
    """The user's own choice where there is one; else what the scripts ask for.

    Engine and voice go together: who chose either has chosen both. A script only names an engine that the settings
    have, so that no script runs a command. In another language than English the voice is the script's, or that of the
    language's table: the user's own would read it as English.
    """
    rate = settings.rate if "rate" in settings.chosen or manner.rate is None else manner.rate
    mine: Engine | str = settings.engines.get(settings.engine, settings.engine)
    if manner.language != ENGLISH.code:
        mine = settings.engine if settings.engine in {*BUILT_IN, "tones"} else "auto"
    elif settings.chosen & {"engine", "voice"}:
        return VoiceChoice(mine, settings.voice, rate)
    if manner.engine is None or manner.engine in BUILT_IN:
        return VoiceChoice(mine, manner.voice or "", rate)
    asked = settings.engines.get(manner.engine)
    if asked is not None:
        return VoiceChoice(asked, manner.voice or "", rate)
    near = did_you_mean(manner.engine, settings.engines)
    asked_for = f"The script asks for the voice engine {manner.engine}, which config.toml does not have under [engines]"
    note = f"{asked_for}; {near}" if near.startswith("did") else f"{asked_for}. I go on with my own voice."
    return VoiceChoice(mine, "", rate, note)


def coach_voice(
    homes: Homes,
    settings: Settings,
    on_trouble: Callable[[str], None] | None = None,
    *,
    manner: Manner | None = None,
    live: bool = False,
) -> Diction:
    """The coach's voice as the settings ask for it, and where they do not, as the scripts do (``manner``).

    ``on_trouble`` hears one sentence when something else must stand in for it. In a ``live`` session no text is waited
    for for longer than a second.
    """
    wished = manner or Manner()
    choice = choose_voice(settings, wished)
    voice = open_voice(
        homes.cache,
        engine=choice.engine,
        voice=choice.voice or None,
        rate=choice.rate,
        on_trouble=on_trouble,
        patience=LIVE_PATIENCE_S if live else None,
        spare_voice=wished.spare,
    )
    return Diction(voice, wished.say_as, note=choice.note)


def trainee_voice(homes: Homes, language: Language = ENGLISH) -> Speaker:
    """The trainee of a rehearsal: the system's voice for a language, told apart from the coach by its pace."""
    return open_voice(homes.cache, voice=language.voice or None, rate=TRAINEE_RATE, workers=1)
