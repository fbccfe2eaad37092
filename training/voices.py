"""Synthetic speakers: espeak-ng, in this process, from the library that the coach installs anyway."""

from __future__ import annotations

import ctypes
import os
import random
from pathlib import Path

import numpy as np

from training.clips import RATE, Sound

_SYNCHRONOUS, _UTF8, _IPA, _RATE_SETTING, _PITCH_SETTING = 2, 1, 2, 1, 3
_CALLBACK = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)


def between_quiet(sound: Sound, dice: random.Random) -> Sound:
    """A faint noise before, after and under it: real microphones give no zeros."""
    before, after = (int(RATE * dice.uniform(0.15, 0.45)) for _ in range(2))
    noise = np.random.default_rng(dice.randrange(1 << 30))
    padded = np.pad(sound, (before, after))
    return np.asarray(padded + noise.normal(0, 4, len(padded)), np.float32)


class VoiceError(RuntimeError):
    """The synthesiser cannot be had, or does not know a voice."""


class Espeak:
    """Renders text with any voice and variant of espeak-ng; one in a process, because the library is one."""

    def __init__(self) -> None:
        import espeakng_loader  # noqa: PLC0415 - Linux only

        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        folder = os.fsencode(Path(espeakng_loader.get_data_path()).parent)
        self._rate = int(self._library.espeak_Initialize(_SYNCHRONOUS, 0, folder, 0))
        if self._rate <= 0:
            raise VoiceError("espeak-ng does not start: its data is missing.")
        self._pieces: list[bytes] = []
        self._keep = _CALLBACK(self._take)  # the library holds only a pointer to it
        self._library.espeak_SetSynthCallback(self._keep)

    def _take(self, samples: ctypes._Pointer[ctypes.c_short], count: int, _events: int | None) -> int:
        if samples and count > 0:
            self._pieces.append(ctypes.string_at(samples, 2 * count))
        return 0

    def phones(self, text: str, voice: str) -> str:
        """The text in the signs of the International Phonetic Alphabet, with stress, as the voice would say it.

        Raises VoiceError for a voice that there is not.
        """
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise VoiceError(f"espeak-ng has no voice {voice!r}.")
        self._library.espeak_TextToPhonemes.restype = ctypes.c_char_p
        rest, said = ctypes.c_char_p(text.encode()), []
        while rest.value:
            said.append(self._library.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA) or b"")
        return " ".join(piece.decode().strip() for piece in said)

    def render(self, text: str, voice: str, *, speed: int = 160, pitch: int = 50) -> Sound:
        """The text as samples at 16 kHz.

        ``voice`` is one such as ``en-us+f2``, ``speed`` in words a minute, ``pitch`` from 0 to 99.
        Raises VoiceError for a voice that there is not.
        """
        import soxr  # noqa: PLC0415 - heavy

        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise VoiceError(f"espeak-ng has no voice {voice!r}.")
        self._library.espeak_SetParameter(_RATE_SETTING, speed, 0)
        self._library.espeak_SetParameter(_PITCH_SETTING, pitch, 0)
        self._pieces.clear()
        said = text.encode() + b"\0"
        self._library.espeak_Synth(said, len(said), 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        sound = np.frombuffer(b"".join(self._pieces), np.int16).astype(np.float32)
        if len(sound) == 0:
            raise VoiceError(f"espeak-ng said nothing for {text!r} with {voice!r}.")
        return np.asarray(soxr.resample(sound, self._rate, RATE), np.float32)
