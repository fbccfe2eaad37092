"""Which model listens: the named one, that of the settings, or what is installed; checked before Vosk sees it."""

from __future__ import annotations

from voicecoach.app.homes import Homes
from voicecoach.app.settings import Settings
from voicecoach.hearing.model_folder import ModelFolder, choose_model, installed_for
from voicecoach.words.english import ENGLISH


def model_in_use(homes: Homes, settings: Settings, language: str = ENGLISH.code) -> ModelFolder:
    """The model of the settings, else the installed one, else the built-in ear.

    For another language than English an installed model of that language; where there is none, one that hears English.
    Raises CoachError where it cannot be found or is damaged.
    """
    if language != ENGLISH.code and (own := installed_for(language, homes.models)) is not None:
        return choose_model(own, homes.models)
    return choose_model(settings.model or None, homes.models)


def model_named(homes: Homes, name: str | None = None) -> ModelFolder:
    """What ``--model`` names, a folder or a model's name; without it the one in use. Raises as ``model_in_use``."""
    return choose_model(name, homes.models) if name else model_in_use(homes, Settings.read(homes.config))
