"""Every sentence about a device or the log that is said in a session, in English, with what changes in it in braces.

The rooms that watch over devices make them; a language's table gives each in its own words. ``tests/app`` holds that
the list is whole.
"""

from __future__ import annotations

TROUBLES: tuple[str, ...] = (
    "I have lost the microphone. Plug it in again, or use the keyboard.",
    "The microphone is muted, or this program is not allowed to use it. Unmute it, or use the keyboard.",
    "I hear next to nothing. Turn the microphone up, or use the keyboard.",
    "The microphone is overloaded. Turn it down or move it away.",
    "It is too noisy for me to hear you. Move the microphone closer, or use the keyboard.",
    "The microphone runs at the wrong speed. Unplug it and plug it in again, or use the keyboard.",
    "I stopped listening and am starting again. Until I say so, use the keyboard.",
    "There is no microphone. Plug it in, or use the keyboard.",
    "There is no microphone named {name}. Plug it in, or use the keyboard.",
    "The microphone {name} cannot be opened. Plug it in, or use the keyboard.",
    "I can hear you again.",
    "I can hear you now, through {name}.",
    "The sound device is gone: {name}. Plug it in again, or I go on with another one.",
    "The sound is back.",
    "The sound comes from {name} now.",
    "There is no voice, so I signal with tones and write what I say. {reason}",
    "The voice engine is slow, so the built-in voice helps out.",
    "{reason}. I go on with the built-in voice.",
    "The log is being written again.",
    "{count} events could not be written to {path}: {reason}. {where}",
)
"""What a trainee can hear about devices and the log."""
