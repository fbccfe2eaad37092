"""A script looked at again on every save: what is wrong, and which sentences are new; for ``watch``."""

from __future__ import annotations

import time
from collections.abc import Collection, Iterator
from dataclasses import replace
from pathlib import Path

from voicecoach.app.homes import Homes
from voicecoach.app.sentences import sayings_of, timed
from voicecoach.app.settings import Settings
from voicecoach.app.voice import coach_voice
from voicecoach.drills.check import check_paths
from voicecoach.drills.diagnostics import counted, render_all
from voicecoach.drills.library import Library, home_of, script_files, search_folders
from voicecoach.drills.manner import Manner
from voicecoach.speaking.outlet import play
from voicecoach.speaking.speaker import Speaker

BETWEEN_LOOKS = 0.2
"""Seconds between two looks at the files; a save is noticed within these."""

Seen = dict[Path, tuple[int, int]]
"""Time of change and size of each file."""


class Watch:
    """One script, everything it could name, and the sentences it had when it was last right."""

    def __init__(self, script: str, homes: Homes, words: Collection[str]) -> None:
        """``words`` are the recogniser's. Raises CoachError where there is no such script."""
        self._homes = homes
        self._words = words
        self._settings = Settings.read(homes.config)
        self._path = self._library().find(script)
        self._said: frozenset[tuple[str, str]] = frozenset()
        self._voice: Speaker | None = None
        self._manner = Manner()

    def files(self) -> Seen:
        """The state on disk of every script that could matter."""
        home = home_of(self._path)
        folders = (home, *search_folders(self._homes.scripts))
        paths = {self._path, *(path for folder in folders for path in script_files(folder))}
        seen: Seen = {}
        for path in paths:
            try:
                state = path.stat()
            except OSError:  # an editor that saves by renaming has it gone for a moment
                continue
            seen[path] = (state.st_mtime_ns, state.st_size)
        return seen

    def look(self, *, speak: bool = False) -> list[str]:
        """Check once: what is wrong, or the sentences that were not there before, rendered, each with its length.

        The last line tells how long that took; speaking them, which is done in real time, is not in it.
        """
        began = time.perf_counter()
        library = self._library()
        found = check_paths([self._path], library, vocabulary=self._words)
        lines = [render_all(found)] if found else []
        errors = sum(d.severity == "error" for d in found)
        if errors:
            return [*lines, f"{counted(errors, 'errors')}, found in {_since(began)}."]
        said = sayings_of(str(self._path), library)
        sentences = said.sentences
        new = [] if not self._said else [s for s in dict.fromkeys(sentences) if (s.text, s.aloud) not in self._said]
        self._said = frozenset((s.text, s.aloud) for s in sentences)
        checked = time.perf_counter()
        if new:
            self._voice = self._speaker(said.manner)
            self._voice.prepare(s.aloud or s.text for s in new if "{" not in s.text)
        rendered = list(timed(new, self._voice))
        lines += [f"{'~' if one.estimated else ' '}{one.seconds:5.2f} s  {one.sentence.text}" for one in rendered]
        took = f"checked in {checked - began:.2f} s" + (f", rendered in {_since(checked)}" if new else "")
        for one in rendered:
            if speak and self._voice is not None and not one.estimated:
                play(self._voice.clip(one.sentence.aloud or one.sentence.text), self._settings.earbuds or None)
        return [*lines, f"no errors; {took}."]

    def _speaker(self, manner: Manner) -> Speaker:
        """The voice for a manner; another one once the script asks for another."""
        wanted = replace(manner, say_as={})
        if self._voice is None or wanted != self._manner:
            self.close()
            self._voice, self._manner = coach_voice(self._homes, self._settings, manner=wanted), wanted
        return self._voice

    def close(self) -> None:
        """Let go of the voice."""
        if self._voice is not None:
            self._voice.close()

    def _library(self) -> Library:
        return Library(search_folders(self._homes.scripts))


def _since(began: float) -> str:
    return f"{time.perf_counter() - began:.2f} s"


def every_save(watch: Watch, *, speak: bool = False) -> Iterator[list[str]]:
    """What ``look`` finds, at once and after every save, until the caller stops asking."""
    seen = watch.files()
    yield watch.look(speak=speak)
    while True:
        time.sleep(BETWEEN_LOOKS)
        now = watch.files()
        if now != seen:
            seen = now
            yield watch.look(speak=speak)
