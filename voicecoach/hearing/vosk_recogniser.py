"""The only module that knows Vosk: a checked model folder becomes a ``Recogniser``.

Measured traps of vosk 0.3.45 that shape it: ``SetGrammar`` on a running recogniser aborts the process; ``[]`` or bad
JSON as a grammar segfaults; words missing from the vocabulary are dropped from a phrase, which makes it another phrase.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from types import ModuleType
from typing import Any

from voicecoach.errors import CoachError
from voicecoach.hearing.model_folder import ModelFolder
from voicecoach.hearing.recogniser import RATE, Alternative
from voicecoach.hearing.rules import UNKNOWN

_NEVER_CALLED = ("requests", "srt", "tqdm")
"""What the library imports in order to fetch models by itself and to write subtitles, neither of which it does here."""


def vosk_library() -> Any:  # noqa: ANN401 - the library has no types
    """The library, imported the first time without what is never called here: two thirds of the time."""
    absent = [name for name in _NEVER_CALLED if "vosk" not in sys.modules and name not in sys.modules]
    for name in absent:
        sys.modules[name] = ModuleType(name)
        sys.modules[name].tqdm = None  # type: ignore[attr-defined]  # the one name that is taken out of a module
    try:
        import vosk  # noqa: PLC0415 - the native library; only needed once something listens
    finally:
        for name in absent:
            del sys.modules[name]
    return vosk


class VoskModel:
    """A loaded model; costs 10 MB for the built-in one, up to gigabytes for the largest. Safe to share by threads."""

    def __init__(self, folder: ModelFolder) -> None:
        vosk = vosk_library()
        vosk.SetLogLevel(-1)
        self.folder = folder
        try:
            self._model: Any = vosk.Model(model_path=str(folder.path))
        except Exception as error:  # the library raises bare Exception
            raise CoachError(
                f"The model {folder.path} could not be loaded.", "Run `voicecoach model install` to get it again."
            ) from error

    def recogniser(self, phrases: Sequence[str]) -> VoskRecogniser:
        """A recogniser held to ``phrases``; several may be used at once, each by one thread."""
        return VoskRecogniser(self, phrases)

    def second_opinion(self, phrases: Sequence[str]) -> VoskSecondOpinion:
        """A second hearing of utterances against the same phrases and against the whole vocabulary."""
        return VoskSecondOpinion(self, phrases)


class VoskRecogniser:
    """``Recogniser`` by Vosk."""

    def __init__(self, model: VoskModel, phrases: Sequence[str]) -> None:
        self._folder = model.folder
        grammar = closed_grammar(phrases, model.folder)
        self._grammar = grammar
        self._vosk: Any = _listening(model, grammar if model.folder.closed_grammar else None)
        self._heard: list[str] = []
        self._fed = False

    def limit_to(self, phrases: Sequence[str]) -> None:
        """Hear only these phrases from now on; static models hear everything all the same."""
        self.reset()
        grammar = closed_grammar(phrases, self._folder)
        if self._folder.closed_grammar and grammar != self._grammar:
            self._vosk.SetGrammar(grammar)
            self._grammar = grammar

    def accept(self, samples: bytes) -> None:
        """Take mono 16-bit samples at 16 kHz; an end that Vosk finds by itself is kept as part of the utterance."""
        self._fed = True
        if self._vosk.AcceptWaveform(samples):
            self._keep(json.loads(self._vosk.Result())["text"])

    def partial(self) -> str:
        """The words so far."""
        return " ".join([*self._heard, json.loads(self._vosk.PartialResult()).get("partial", "")]).strip()

    def finish(self) -> str:
        """The words of the whole utterance; the next samples begin another."""
        self._keep(json.loads(self._vosk.FinalResult())["text"])
        text = " ".join(self._heard)
        self._heard, self._fed = [], False
        return text

    def reset(self) -> None:
        """Forget the utterance."""
        if self._fed:  # a reset alone would leave what is not decoded yet to be heard before the next sound
            self.finish()
        self._vosk.Reset()
        self._heard = []

    def _keep(self, text: str) -> None:
        if text:
            self._heard.append(text)


class VoskSecondOpinion:
    """``SecondOpinion`` by Vosk: 15 ms for a spoken command with the built-in model, 35 with the vendor's small one."""

    MOST = 5
    """Alternatives asked for."""

    def __init__(self, model: VoskModel, phrases: Sequence[str]) -> None:
        self.knows_talk = model.folder.knows_talk
        self._free: Any = _listening(model, None)
        self._closed: Any = _listening(model, closed_grammar(phrases, model.folder))
        self._closed.SetMaxAlternatives(self.MOST)
        self._fed: list[bytes] = []
        self._ended = False

    def freely(self, chunks: Sequence[bytes]) -> str:
        """The words, from the whole vocabulary."""
        self._free.Reset()
        heard = [json.loads(self._free.Result())["text"] for chunk in chunks if self._free.AcceptWaveform(chunk)]
        return " ".join([*heard, json.loads(self._free.FinalResult())["text"]]).strip()

    def prepare(self, chunks: Sequence[bytes]) -> None:
        """Decode these chunks; where the last ones that were are their beginning, only the rest."""
        done = len(self._fed)
        if not done or list(chunks[:done]) != self._fed:
            if done:  # a reset would leave what is not decoded yet to be heard before the next sound
                self._closed.FinalResult()
            self._closed.Reset()
            self._fed, self._ended, done = [], False, 0
        for chunk in chunks[done:]:
            if self._closed.AcceptWaveform(chunk):
                self._closed.Result()
                self._ended = True
        self._fed = list(chunks)

    def alternatives(self, chunks: Sequence[bytes]) -> tuple[Alternative, ...]:
        """The likeliest phrases; empty where the utterance had an end inside it."""
        self.prepare(chunks)
        self._fed = []
        if self._ended:
            return ()
        found = json.loads(self._closed.FinalResult()).get("alternatives", ())
        return tuple(Alternative(one["text"], found[0]["confidence"] - one["confidence"]) for one in found)


def _listening(model: VoskModel, grammar: str | None) -> Any:  # noqa: ANN401 - the library has no types
    """The library's recogniser, which refuses a model whose features or free grammar do not fit, without a reason."""
    native = model._model  # noqa: SLF001 - the classes of this module are one adapter
    try:
        return vosk_library().KaldiRecognizer(native, RATE, *([] if grammar is None else [grammar]))
    except Exception as error:  # the library raises bare Exception
        raise CoachError(
            f"The model {model.folder.path} loads but cannot listen: its conf/mfcc.conf or graph is damaged.",
            "Run `voicecoach model install` to get it again.",
        ) from error


def closed_grammar(phrases: Iterable[str], folder: ModelFolder) -> str:
    """The phrases as the JSON that Vosk takes, with ``[unk]``; never empty.

    A phrase with a word outside the vocabulary is left out whole. Raises CoachError when none is left.
    """
    asked = {phrase for phrase in phrases if phrase.strip()}
    lacking = {word for word in {word for phrase in asked for word in phrase.split()} if not folder.knows(word)}
    known = sorted(phrase for phrase in asked if lacking.isdisjoint(phrase.split()))
    if not known:
        raise CoachError(
            f"The model {folder.name} knows none of the phrases it should listen for.",
            "`voicecoach model words TEXT` shows which words it knows.",
        )
    return json.dumps([*known, UNKNOWN])
