"""The coach's voice: texts in, clips out; rendered ahead, remembered on disk, never without an answer."""

from __future__ import annotations

import itertools
import queue
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late
from pathlib import Path
from typing import Protocol

from voicecoach.errors import CoachError
from voicecoach.speaking.cache import Cache, as_read_back
from voicecoach.speaking.clip import Clip
from voicecoach.speaking.renderers import DEFAULT_RATE, CommandRenderer, Pyttsx3Renderer, Renderer
from voicecoach.speaking.silent import SilentVoice, estimate_seconds

_LAST_TEXT_S = 1.0
_URGENT, _AHEAD, _CLOSE = 0, 1, 2
_GIVE_UP = 2
_REMEMBERED_SAMPLES = 12_000_000  # 48 MB of float32, four minutes of speech


class Speaker(Protocol):
    """What a mouth needs of a voice; ``Voice`` and ``SilentVoice`` are the two."""

    @property
    def trouble(self) -> str:
        """Why tones stand in for the voice, one sentence; empty when all is well."""

    def seconds_of(self, text: str, patience: float | None = None) -> float:
        """Length in seconds; an estimate where rendering takes more than ``patience`` seconds."""

    def clip(self, text: str) -> Clip:
        """The sound of a text, rendered now if need be."""

    def ready(self, text: str) -> bool:
        """Whether ``clip`` answers at once."""

    def prepare(self, texts: Iterable[str]) -> None:
        """Render ahead, in the background."""

    def close(self) -> None:
        """Let go of the engine."""


class Voice:
    """Renderers behind a cache: at most ``workers`` of them at a time, what is wanted now before what is wanted ahead.

    When the engine fails twice in a row every text not yet rendered becomes a blip of about its length; ``trouble``
    says why, and ``on_trouble`` is called with the same sentence, once, from a worker's thread.
    """

    def __init__(
        self,
        make_renderer: Callable[[], Renderer],
        cache: Cache,
        *,
        workers: int = 2,
        on_trouble: Callable[[str], None] | None = None,
    ) -> None:
        """``make_renderer`` is called once per worker, when the first text has to be rendered."""
        self.trouble = ""
        self._make_renderer = make_renderer
        self._cache = cache
        self._workers = workers
        self._on_trouble = on_trouble
        self._fallback = SilentVoice(cache.rate or DEFAULT_RATE, blip=True)
        self._lock = threading.Lock()
        self._clips: OrderedDict[str, Clip] = OrderedDict()
        self._remembered = 0
        self._lengths: dict[str, float] = {}
        self._wanted: dict[str, Future[Clip]] = {}
        self._queue: queue.PriorityQueue[tuple[int, int, str]] = queue.PriorityQueue()
        self._order = itertools.count()
        self._threads: list[threading.Thread] = []
        self._renderers: list[Renderer] = []
        self._failures = 0
        self._closed = False

    def seconds_of(self, text: str, patience: float | None = None) -> float:
        """Length in seconds, rendering now if need be; an estimate when that takes more than ``patience`` seconds."""
        known = self._lengths.get(text)
        if known is not None:
            return known
        try:
            return self._want(text, _URGENT).result(patience).seconds
        except Late:
            return estimate_seconds(text, self._cache.rate or DEFAULT_RATE)

    def clip(self, text: str) -> Clip:
        """The sound of a text: from memory, from disk, or rendered now; a blip when there is no engine."""
        return self._want(text, _URGENT).result()

    def ready(self, text: str) -> bool:
        """Whether ``clip`` answers at once."""
        future = self._want(text, _URGENT)
        return future.done()

    def prepare(self, texts: Iterable[str]) -> None:
        """Render texts ahead, in the background, in this order."""
        for text in texts:
            if text not in self._lengths:
                self._want(text, _AHEAD)

    def close(self) -> None:
        """End the workers and their engines; a text still wanted becomes a blip."""
        self._closed = True
        with self._lock:
            threads = list(self._threads)
        for _ in threads:
            self._queue.put((_CLOSE, next(self._order), ""))
        for thread in threads:
            thread.join(_LAST_TEXT_S)
        for renderer in self._renderers:
            renderer.close()
        self._cache.prune()

    def _want(self, text: str, priority: int) -> Future[Clip]:
        """The clip's future: done at once when it is in memory or on disk and wanted now, queued otherwise."""
        future: Future[Clip]
        with self._lock:
            known = self._clips.get(text)
            if known is not None:
                self._clips.move_to_end(text)
                future = Future()
                future.set_result(known)
                return future
            pending = self._wanted.get(text)
        if priority == _URGENT:
            found = self._cache.get(text)
            if found is not None:
                return self._done(text, found)
        with self._lock:
            future = pending or self._wanted.setdefault(text, Future())
            if self._closed:
                return self._finish(text, self._fallback.clip(text))
            if pending is None or priority == _URGENT:
                self._queue.put((priority, next(self._order), text))
            if len(self._threads) < self._workers:
                worker = threading.Thread(target=self._work, name="voice", daemon=True)
                self._threads.append(worker)
                worker.start()
        return future

    def _work(self) -> None:
        """Render what is queued until told to close."""
        renderer: Renderer | None = None
        while True:
            priority, _, text = self._queue.get()
            if priority == _CLOSE:
                break
            if text not in self._wanted:
                continue
            clip = self._cache.get(text)
            if clip is None:
                if renderer is None and not self.trouble:
                    renderer = self._start_renderer()
                clip = self._render(renderer, text)
            self._done(text, clip)

    def _start_renderer(self) -> Renderer | None:
        try:
            renderer = self._make_renderer()
        except CoachError as error:
            self._give_up(error)
            return None
        self._renderers.append(renderer)
        return renderer

    def _render(self, renderer: Renderer | None, text: str) -> Clip:
        """One clip, whatever it takes."""
        if renderer is None or self.trouble or self._closed or not any(c.isalnum() for c in text):
            return self._fallback.clip(text)
        try:
            clip = renderer.render(text)
        except Exception as error:  # noqa: BLE001 - somebody waits for this clip, whatever the engine does
            self._failures += 1
            if self._failures >= _GIVE_UP:
                self._give_up(error)
            return self._fallback.clip(text)
        self._failures = 0
        clip = as_read_back(clip)
        self._cache.put(text, clip)
        return clip

    def _give_up(self, error: Exception) -> None:
        """Go on with tones, and say why, once."""
        with self._lock:
            if self.trouble:
                return
            reason = error.message if isinstance(error, CoachError) else repr(error)
            self.trouble = f"There is no voice, so I signal with tones and write what I say. {reason}"
        if self._on_trouble:
            self._on_trouble(self.trouble)

    def _done(self, text: str, clip: Clip) -> Future[Clip]:
        with self._lock:
            return self._finish(text, clip)

    def _finish(self, text: str, clip: Clip) -> Future[Clip]:
        """Remember a clip and wake whoever waits for it; the lock is held."""
        if text not in self._clips:
            self._clips[text] = clip
            self._remembered += len(clip.samples)
            self._lengths[text] = clip.seconds
            while self._remembered > _REMEMBERED_SAMPLES and len(self._clips) > 1:
                _, old = self._clips.popitem(last=False)
                self._remembered -= len(old.samples)
        future = self._wanted.pop(text) if text in self._wanted else Future[Clip]()
        if not future.done():
            future.set_result(self._clips.get(text, clip))
        return future


def open_voice(
    cache_dir: Path,
    *,
    engine: str = "auto",
    voice: str | None = None,
    rate: int = DEFAULT_RATE,
    workers: int = 2,
    on_trouble: Callable[[str], None] | None = None,
) -> Voice | SilentVoice:
    """The voice the settings ask for.

    ``engine`` is ``auto`` (the system's voice through pyttsx3), ``tones`` (no voice), or a command line as
    ``CommandRenderer`` takes it. Nothing is started before the first text that is not in the cache. Raises CoachError
    for a command that cannot be read.
    """
    if engine == "tones":
        return SilentVoice(rate, blip=True)
    first = make_renderer(engine, voice, rate)  # starts nothing yet; says at once whether the command can be read
    cache = Cache(cache_dir / "speech", first.name, first.voice, rate)
    first.close()
    return Voice(lambda: make_renderer(engine, voice, rate), cache, workers=workers, on_trouble=on_trouble)


def make_renderer(engine: str, voice: str | None = None, rate: int = DEFAULT_RATE) -> Renderer:
    """An engine: ``auto`` is the system's own; anything else a command line.

    Raises CoachError for a command that cannot be read, and for ``tones``, which speak no text.
    """
    if engine == "tones":
        raise CoachError("The engine is set to tones, which cannot speak.", 'Write engine = "auto" in config.toml.')
    if engine in {"auto", "pyttsx3"}:
        return Pyttsx3Renderer(voice, rate)
    return CommandRenderer(engine, voice, rate)
