"""The voices of a session: the coach's, as the settings ask for it, and the trainee's in a rehearsal."""

from __future__ import annotations

from collections.abc import Callable

from voicecoach.app.homes import Homes
from voicecoach.app.settings import Settings
from voicecoach.drills.manner import Manner
from voicecoach.speaking.diction import Diction
from voicecoach.speaking.voice import Speaker, open_voice

TRAINEE_RATE = 150
"""Words a minute of the trainee: a little slower than the coach, as somebody under load speaks."""


def coach_voice(
    homes: Homes,
    settings: Settings,
    on_trouble: Callable[[str], None] | None = None,
    *,
    manner: Manner | None = None,
) -> Diction:
    """The coach's voice as the settings ask for it, and where they do not, as the scripts do (``manner``).

    ``on_trouble`` hears one sentence when something else must stand in for it.
    """
    wished = manner or Manner()
    voice = open_voice(
        homes.cache,
        engine=settings.engine,
        voice=settings.voice or None,
        rate=settings.rate,
        on_trouble=on_trouble,
    )
    return Diction(voice, wished.say_as)


def trainee_voice(homes: Homes) -> Speaker:
    """The trainee of a rehearsal: the system's voice, told apart from the coach by its pace."""
    return open_voice(homes.cache, rate=TRAINEE_RATE, workers=1)
