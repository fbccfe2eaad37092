"""The ear of ``hear``: recordings, and what sessions kept, heard through the listening path with a script's phrases."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from voicecoach.app.homes import Homes
from voicecoach.app.listening import no_ear_for
from voicecoach.app.settings import Settings
from voicecoach.app.training import library_of, listen_in, table_of, with_phrases_of
from voicecoach.coach.commands import Listen
from voicecoach.drills.load import load_programme
from voicecoach.errors import CoachError
from voicecoach.hearing.assembly import build_path
from voicecoach.hearing.calibration import load_calibration
from voicecoach.hearing.decision import Decision
from voicecoach.hearing.hearing_path import HearingPath
from voicecoach.hearing.kept import KeptUtterance
from voicecoach.hearing.rules import RULES, bare_number
from voicecoach.hearing.tuning import Tuning
from voicecoach.hearing.vosk_recogniser import VoskModel
from voicecoach.words.meaning import QUANTITIES

NOTHING: tuple[str, ...] = ()
"""The coach is silent."""


class Ear:
    """A loaded model that hears what a state of a script hears, or everything the script knows.

    Raises CoachError for a script or a state that there is not, and for a script in a language the model does not hear.
    """

    def __init__(self, model: VoskModel, homes: Homes, script: str, state: str | None, tuning: Tuning | None) -> None:
        _programme, flow, drills = load_programme(script, library_of(homes))
        if model.folder.language != flow.language.code:
            raise CoachError(no_ear_for(flow.language), "Name an installed one with --model.")
        flow = with_phrases_of(flow, drills)
        self._model, self._table, self._tuning = model, table_of(flow), tuning
        self._microphones = homes.config / "microphones"
        everything = Listen("any", frozenset(flow.commands), QUANTITIES)
        self._state, self._speakers = state, Settings.read(homes.config).speakers
        self._listen = everything if state is None else listen_in(flow, state)

    def path(self, row: KeptUtterance | None, explain: Callable[[Decision], None]) -> HearingPath:
        """A fresh path; for a kept utterance one that hears as its session did, unless a state or tuning was named."""
        tuning, listen, playing = self._tuning, self._listen, NOTHING
        anything = self._state is None
        if row is not None:
            playing = row.playing
            if tuning is None:
                tuning = self._calibrated(row.microphone)
            if row.commands and self._state is None:
                listen, anything = row.listen, False
        rules = (*RULES[:-1], ("bare number", bare_number), RULES[-1]) if anything else RULES
        path = build_path(
            self._model, self._table, tuning=tuning, rules=rules, playing=lambda: playing, explain=explain
        )
        path.listen(listen)
        return path

    def _calibrated(self, microphone: str) -> Tuning:
        """What a session with this microphone would hear with now."""
        calibration = load_calibration(self._microphones, microphone) if microphone else None
        return replace(calibration.tuning(Tuning()) if calibration else Tuning(), speakers=self._speakers)
