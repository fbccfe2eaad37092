"""A real session with a microphone that hears a crowd, in real time: PulseAudio, the streams and threads of ``run``."""

from __future__ import annotations

import os
import subprocess
import tempfile
import threading
import wave
from collections.abc import Callable
from pathlib import Path

from kit.crowd import RATE, Crowd
from kit.pulse import Pulse, missing
from kit.sessions import FIRST_DAY, Trained, ducking, hold_session, observer_of
from voicecoach.app.homes import Homes
from voicecoach.app.inbox import QueueInbox
from voicecoach.app.texts import texts_of
from voicecoach.app.trainee_ears import StoryEars
from voicecoach.app.training import library_of, prepare
from voicecoach.coach.events import Interrupted
from voicecoach.hearing.assembly import build_path
from voicecoach.hearing.model_folder import choose_model
from voicecoach.hearing.vosk_recogniser import VoskModel


def hold_live(script: str, homes: Homes, crowd: Crowd) -> list[Trained]:
    """One session of a script in real time, as long as the crowd lasts, over PulseAudio's null sinks.

    Raises SystemExit where PulseAudio is missing.
    """
    if missing():
        raise SystemExit(f"This bench needs {missing()}.")
    folder = Path(tempfile.mkdtemp(prefix="vb", dir=tempfile.gettempdir()))
    with wave.open(str(folder / "crowd.wav"), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(crowd.sound.tobytes())
    card = Pulse(folder)
    card.start()
    os.environ.update(card.env)
    try:
        return _live(script, homes, crowd, ["paplay", "--device=mouth", str(folder / "crowd.wav")])
    finally:
        card.stop()


def _live(script: str, homes: Homes, crowd: Crowd, player: list[str]) -> list[Trained]:
    from voicecoach.app.settings import Settings  # noqa: PLC0415 - after the environment is set
    from voicecoach.app.voice import coach_voice  # noqa: PLC0415
    from voicecoach.hearing.listener import Listener  # noqa: PLC0415
    from voicecoach.hearing.microphone import SoundDeviceMicrophone  # noqa: PLC0415
    from voicecoach.speaking.mouth_sounddevice import SounddeviceMouth  # noqa: PLC0415

    training = prepare(script, library_of(homes), (), FIRST_DAY.date(), FIRST_DAY)
    voice = coach_voice(homes, Settings())
    mouth = SounddeviceMouth(voice)
    mouth.prepare(texts_of(training.plan, training.flow))
    inbox = QueueInbox(mouth.now)
    trained = observer_of(training, 0.0)
    model = VoskModel(choose_model(None, homes.models))
    ears = Listener(
        lambda: build_path(
            model,
            training.table,
            unit=training.unit,
            playing=mouth.playing,
            on_speech=ducking(mouth, trained),
            explain=trained.explain,
        ),
        SoundDeviceMicrophone(),
        mouth.now,
    )
    keys = StoryEars(training.table, training.unit, mouth.now)

    def at(t: float, call: Callable[[], None]) -> None:
        timer = threading.Timer(max(0.0, t - mouth.now()), call)
        timer.daemon = True
        timer.start()

    at(mouth.now() + crowd.seconds, lambda: inbox.put(Interrupted(mouth.now())))
    with subprocess.Popen(player) as playing:
        trained.began = -mouth.now()
        try:
            hold_session(training, mouth, inbox, [ears, keys], trained, at, keys)
        finally:
            playing.terminate()
            ears.close()
            mouth.close()
            voice.close()
    return [trained]
