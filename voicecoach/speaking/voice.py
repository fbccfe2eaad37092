"""The coach's voice: texts in, clips out; rendered ahead, remembered on disk, never without an answer."""

from __future__ import annotations

import itertools
import queue
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as Late

from voicecoach.errors import CoachError
from voicecoach.speaking.cache import Cache, as_read_back
from voicecoach.speaking.clip import Clip
from voicecoach.speaking.renderers import DEFAULT_RATE, Renderer
from voicecoach.speaking.silent import SilentVoice, estimate_seconds
from voicecoach.speaking.speaker import Speaker

_LAST_TEXT_S = 1.0
_URGENT, _AHEAD, _CLOSE = 0, 1, 2
_GIVE_UP, _SLOW = 2, 3
_STARTS_S = 2.0
_REMEMBERED_SAMPLES = 3_000_000  # 12 MB of float32, a minute of speech; the rest is read from disk in milliseconds


class Voice:
    """Renderers behind a cache: at most ``workers`` of them at a time, what is wanted now before what is wanted ahead.

    When the engine fails twice in a row, or cannot start, every text not yet rendered is left to the ``spare`` voice,
    and ``stands_in`` says why; without one each becomes a blip of about its length, and ``trouble`` says why.
    ``on_trouble`` is called with the same sentence, once, from a worker's thread.
    """

    def __init__(
        self,
        make_renderer: Callable[[], Renderer],
        cache: Cache,
        *,
        workers: int = 2,
        on_trouble: Callable[[str], None] | None = None,
        spare: Voice | None = None,
        patience: float | None = None,
    ) -> None:
        """``make_renderer`` is called once per worker, when the first text has to be rendered.

        A text wanted now that takes longer than ``patience`` seconds is said by the ``spare`` voice meanwhile; an
        engine that has not rendered anything yet is given ``_STARTS_S``.
        """
        self._given_up = self._slow = ""
        self._spare = spare
        self._patience = patience if spare is not None else None
        self._make_renderer = make_renderer
        self._cache = cache
        self._workers = workers
        self._on_trouble = on_trouble
        self._fallback: Speaker = spare or SilentVoice(cache.rate or DEFAULT_RATE, blip=True)
        self._lock = threading.Lock()
        self._clips: OrderedDict[str, Clip] = OrderedDict()
        self._remembered = 0
        self._lengths: dict[str, float] = {}
        self._wanted: dict[str, Future[Clip]] = {}
        self._queue: queue.PriorityQueue[tuple[int, int, str]] = queue.PriorityQueue()
        self._order = itertools.count()
        self._threads: list[threading.Thread] = []
        self._renderers: list[Renderer] = []
        self._failures = self._late = 0
        self._rendered = False
        self._closed = False

    @property
    def trouble(self) -> str:
        """Why tones stand in for the voice; empty where any voice speaks."""
        return self._spare.trouble if self._spare is not None else self._given_up

    @property
    def stands_in(self) -> str:
        """Why the spare voice speaks; empty where it does not."""
        return (self._given_up or self._slow or self._spare.stands_in) if self._spare is not None else ""

    def seconds_of(self, text: str, patience: float | None = None) -> float:
        """Length in seconds, rendering now if need be; an estimate when that takes more than ``patience`` seconds."""
        known = self._lengths.get(text)
        if known is not None:
            return known
        behind = patience is not None and self._spare is not None and self._late > 0
        try:
            return self._want(text, _URGENT).result(0 if behind else patience).seconds
        except Late:
            if behind and self._spare is not None:
                return self._spare.seconds_of(text, patience)
            return estimate_seconds(text, self._cache.rate or DEFAULT_RATE)

    def clip(self, text: str) -> Clip:
        """The sound of a text: from memory, from disk, or rendered now, by whatever voice can."""
        patience = self._patience
        if patience is not None:  # the more often it was late, the shorter it is waited for
            starts = not self._rendered and not self._late
            patience = _STARTS_S if starts else patience * max(0, _SLOW - self._late) / _SLOW
        try:
            return self._want(text, _URGENT).result(patience)
        except Late:
            self._tell_slow()
            return self._fallback.clip(text)

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
        self._fallback.close()
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
                if renderer is None and not self._given_up:
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
        if renderer is None or self._given_up or self._closed or not any(c.isalnum() for c in text):
            return self._fallback.clip(text)
        try:
            clip = renderer.render(text)
        except Exception as error:  # noqa: BLE001 - somebody waits for this clip, whatever the engine does
            self._failures += 1
            if self._failures >= _GIVE_UP:
                self._give_up(error)
            return self._fallback.clip(text)
        self._failures = 0
        self._rendered = True
        clip = as_read_back(clip)
        self._cache.put(text, clip)
        return clip

    def _give_up(self, error: Exception) -> None:
        """Go on with the spare voice, or with tones, and say why, once."""
        reason = error.message if isinstance(error, CoachError) else repr(error)
        sentence = f"There is no voice, so I signal with tones and write what I say. {reason}"
        with self._lock:
            if self._given_up:
                return
            self._given_up = (
                sentence if self._spare is None else f"{reason.rstrip('.')}. I go on with the built-in voice."
            )
        if self._on_trouble:
            self._on_trouble(self._given_up)

    def _tell_slow(self) -> None:
        """Say, once, that the engine does not keep up; a text or two may be late for other reasons."""
        with self._lock:
            self._late += 1
            wanted = list(self._wanted) if self._late == 1 else []
        self._fallback.prepare(wanted)  # so that it has ready what is due before the engine has
        with self._lock:
            if self._late < _SLOW or self._slow or self._given_up:
                return
            self._slow = "The voice engine is slow, so the built-in voice helps out."
        if self._on_trouble:
            self._on_trouble(self._slow)

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
