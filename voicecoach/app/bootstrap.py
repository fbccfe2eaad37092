"""The composition root: opens what this computer has, puts the rooms together, and holds a session."""

from __future__ import annotations

import os
import signal
import stat
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from voicecoach.app.equipment import trainee_of
from voicecoach.app.homes import Homes
from voicecoach.app.inbox import QueueInbox
from voicecoach.app.keeping import keeper_of
from voicecoach.app.keyboard import Keyboard, Keys, keys_line
from voicecoach.app.live_ears import PathLoader, canceller_of, cancels, listener, microphone_line
from voicecoach.app.loop import SessionLoop
from voicecoach.app.screen import LiveScreen, PlainScreen
from voicecoach.app.settings import Settings
from voicecoach.app.texts import texts_of
from voicecoach.app.training import Training, library_of, prepare
from voicecoach.coach.coach import Coach
from voicecoach.coach.events import HealthChanged, Interrupted, Part
from voicecoach.errors import CoachError
from voicecoach.journal.file import JournalFile
from voicecoach.journal.recall import recall
from voicecoach.ports import Ears, Mouth
from voicecoach.speaking.mouth_printed import PrintedMouth

if TYPE_CHECKING:
    from voicecoach.hearing.device_list import DeviceList
    from voicecoach.hearing.keeping import Keeper
    from voicecoach.hearing.microphone import SoundDeviceMicrophone
    from voicecoach.hearing.model_folder import ModelFolder
    from voicecoach.speaking.mouth_sounddevice import SounddeviceMouth
    from voicecoach.speaking.speaker import Speaker


INSTALL_AEC = "It comes with: pip install 'voicecoach[aec]'"
"""How to get the echo canceller."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What there is to speak with, to hear with and to type on."""

    mouth: SounddeviceMouth | None
    """The opened output device; None where there is none."""
    no_mouth: str
    """Why there is none, one sentence."""
    microphone: SoundDeviceMicrophone | None
    """What to hear with, also where there is none yet; None where there can be none."""
    through: str
    """The microphone that is there and its calibration, one sentence; empty where there is none."""
    devices: DeviceList
    """Makes devices known that are plugged in later."""
    terminal: bool
    """Somebody can press keys."""
    lines: bool
    """Lines come in by a pipe or a file."""
    deaf: str = ""
    """Why the microphone is of no use, one sentence; empty where it is."""

    @property
    def hears(self) -> bool:
        """There is a microphone, and a recogniser for what is said."""
        return bool(self.through) and not self.deaf

    @property
    def trainable(self) -> bool:
        """A trainee could train here: something to hear or read, and some way to answer."""
        if self.mouth is None:
            return self.terminal
        return bool(self.through) or self.terminal or self.lines


class NobodyHere(Exception):  # noqa: N818 - not an error: the caller rehearses instead
    """Neither a sound device nor a terminal: nobody could train here."""


def train(script: str, homes: Homes, *, keep_audio: bool = False) -> str:
    """Hold a real session; returns how it ended. With ``keep_audio`` what the microphone hears of the trainee is kept.

    Everything that can be wrong with the script, the model or the journal is said before the first word. Raises
    CoachError for that, and NobodyHere where there is neither sound nor a terminal.
    """
    from voicecoach.app.listening import no_ear_for  # noqa: PLC0415 - numpy and Vosk's checks
    from voicecoach.app.models import model_in_use  # noqa: PLC0415

    settings = Settings.read(homes.config)
    sessions = recall(homes.journal, homes.cache)
    now = datetime.now().astimezone()
    library = library_of(homes)
    folder = model_in_use(homes, settings, library.code_of(script))
    training = prepare(script, library, sessions, now.date(), now, folder, trainee_of(settings), settings.own_volume)
    from voicecoach.app.voice import coach_voice  # noqa: PLC0415

    keep: Keeper | None = None
    with ExitStack() as stack:
        told = _Told()
        voice = coach_voice(homes, settings, told.tell, manner=training.manner, live=True)
        stack.callback(voice.close)
        here = look_around(voice, settings, homes)
        if folder.language != training.flow.language.code:
            here = replace(here, deaf=f"{no_ear_for(training.flow.language)} Until then, use the keyboard.")
        if not here.trainable:
            if here.mouth is not None:
                here.mouth.close()
            raise NobodyHere
        training = training.with_sound_check(wanted=here.hears and settings.sound_check)
        mouth: Mouth = here.mouth or PrintedMouth()
        stack.callback(mouth.close)
        journal = JournalFile(homes.journal, rescue_dir=_rescue_folder())
        stack.callback(journal.close)
        inbox = QueueInbox(mouth.now)
        screen = _screen(training, mouth)
        stack.callback(screen.close)
        told.listener = _trouble(inbox, mouth, "voice")
        if voice.stands_in:
            screen.note(voice.stands_in)
        mouth.prepare(texts_of(training.plan, training.flow))
        if keep_audio and here.microphone is not None and not here.deaf:
            keep = keeper_of(homes.kept / journal.session, script, _trouble(inbox, mouth, "kept sound"), screen.note)
            stack.callback(keep.close)
        _notes(here, folder, training, settings, screen.note)
        ears = _ears(here, training, settings, homes, folder, mouth, screen.typing, keep)
        for ear in ears:
            stack.callback(ear.close)
        if here.mouth is not None:
            here.mouth.watch(inbox.put)
        coach = Coach(training.plan, training.flow, mouth.seconds_of)
        with _interrupts(lambda: inbox.put(Interrupted(mouth.now()))):
            return SessionLoop(coach, mouth, inbox, journal, screen, ears).run()


class _Told:
    """Passes on what the voice has to say, once there is somebody to hear it."""

    def __init__(self) -> None:
        self.listener: Callable[[str], None] = lambda _: None

    def tell(self, sentence: str) -> None:
        """A sentence about trouble with the voice."""
        self.listener(sentence)


def _trouble(inbox: QueueInbox, mouth: Mouth, part: Part) -> Callable[[str], None]:
    """What a sentence about trouble with a part is given to, from any thread."""
    return lambda sentence: inbox.put(HealthChanged(mouth.now(), part, ok=False, sentence=sentence))


def look_around(voice: Speaker, settings: Settings, homes: Homes) -> Surroundings:
    """Open the output device and see what else there is."""
    from voicecoach.hearing.device_list import DeviceList  # noqa: PLC0415 - loads PortAudio
    from voicecoach.hearing.microphone import SoundDeviceMicrophone, sound_library  # noqa: PLC0415
    from voicecoach.speaking.mouth_sounddevice import SounddeviceMouth  # noqa: PLC0415

    mouth, why, devices = None, "", DeviceList()
    try:
        mouth = SounddeviceMouth(voice, settings.earbuds or None, look_again=devices.look_again)
        devices.join(mouth)
    except CoachError as error:
        why = str(error)
    microphone = None
    with suppress(CoachError):
        sound_library()
        microphone = SoundDeviceMicrophone(settings.microphone or None, cancelled=settings.speakers and cancels())
    through = "" if microphone is None else microphone_line(microphone, homes)
    terminal = sys.stdin is not None and sys.stdin.isatty()
    return Surroundings(mouth, why, microphone, through, devices, terminal, lines=not terminal and _lines_come_in())


def _lines_come_in() -> bool:
    """Whether standard input is a pipe or a file that could hold lines; ``/dev/null`` is neither."""
    try:
        kind = stat.S_IFMT(os.fstat(sys.stdin.fileno()).st_mode)
    except (AttributeError, OSError, ValueError):
        return False
    return kind in (stat.S_IFIFO, stat.S_IFREG, stat.S_IFSOCK)


def _ears(
    here: Surroundings,
    training: Training,
    settings: Settings,
    homes: Homes,
    folder: ModelFolder,
    mouth: Mouth,
    typing: Callable[[str], None],
    keep: Keeper | None,
) -> list[Ears]:
    """Always the keyboard, and a microphone where there can be one."""
    keys = Keys(training.flow.commands, training.table, training.unit, mouth.now, typing)
    ears: list[Ears] = [Keyboard(keys)]
    if here.microphone is not None and not here.deaf:
        loader = PathLoader(here.microphone, training, settings, homes, folder, mouth, keep)
        ears.insert(0, listener(here.microphone, loader, mouth, here.devices, canceller_of(here.mouth, settings)))
    return ears


def _screen(training: Training, mouth: Mouth) -> LiveScreen | PlainScreen:
    if not sys.stderr.isatty():
        return PlainScreen(sys.stderr)
    from rich.console import Console  # noqa: PLC0415 - only where there is a terminal

    return LiveScreen(Console(stderr=True), keys_line(training.flow.commands), mouth.now)


def _notes(
    here: Surroundings,
    folder: ModelFolder,
    training: Training,
    settings: Settings,
    note: Callable[[str], None],
) -> None:
    """What the trainee should know before the first word."""
    if here.mouth is None:
        note(f"{here.no_mouth} The words are printed; use the keyboard.")
    if here.microphone is None:
        note("There is no microphone. Use the keyboard.")
    elif here.deaf:
        note(here.deaf)
    elif here.through:  # that there is none, the listener says
        note(here.through)
        if settings.speakers and not cancels():
            note(f"Open speakers without the echo canceller: speak up to be heard over the coach. {INSTALL_AEC}")
        elif folder.built_in and training.plan.sessions_before == 0:
            note("Listening with the built-in ear. The vendor's hears more phrases: voicecoach model install")


def _rescue_folder() -> Path:
    """Where events go while the journal's own disk takes none: another file system on most machines."""
    import tempfile  # noqa: PLC0415

    return Path(tempfile.gettempdir())


@contextmanager
def _interrupts(interrupt: Callable[[], None]) -> Iterator[None]:
    """Have Ctrl-C, a closed terminal and a polite kill end the session in good order."""
    names = ("SIGINT", "SIGTERM", "SIGHUP")
    caught = [getattr(signal, name) for name in names if hasattr(signal, name)]
    before = {number: signal.signal(number, lambda *_: interrupt()) for number in caught}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
