"""The ears of a live session: a microphone, also one that comes later, each with its own calibration."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from voicecoach.app.homes import Homes
from voicecoach.app.settings import Settings
from voicecoach.app.training import Training
from voicecoach.errors import CoachError
from voicecoach.ports import Ears, Mouth

if TYPE_CHECKING:
    from voicecoach.hearing.device_list import DeviceList
    from voicecoach.hearing.echo import EchoCanceller
    from voicecoach.hearing.keeping import Keeper
    from voicecoach.hearing.listener import ListeningPath
    from voicecoach.hearing.microphone import SoundDeviceMicrophone
    from voicecoach.hearing.model_folder import ModelFolder
    from voicecoach.hearing.vosk_recogniser import VoskModel
    from voicecoach.speaking.mouth_sounddevice import SounddeviceMouth


class PathLoader:
    """Makes the listening path for the microphone that is open; loads the model once, for the first of them."""

    def __init__(
        self,
        microphone: SoundDeviceMicrophone,
        training: Training,
        settings: Settings,
        homes: Homes,
        folder: ModelFolder,
        mouth: Mouth,
        keep: Keeper | None,
    ) -> None:
        self._microphone, self._training, self._mouth, self._keep = microphone, training, mouth, keep
        self._settings, self._homes, self._folder = settings, homes, folder
        self._model: VoskModel | None = None

    def load(self) -> ListeningPath:
        """The path, with the thresholds of the microphone. Raises CoachError where the model is broken."""
        from voicecoach.app.listening import calibration_of, hearing_path  # noqa: PLC0415 - loads the recogniser
        from voicecoach.hearing.vosk_recogniser import VoskModel  # noqa: PLC0415

        self._model = self._model or VoskModel(self._folder)
        name, mouth = self._microphone.name, self._mouth
        calibration = calibration_of(self._homes, name)
        speakers = self._settings.speakers
        build = partial(hearing_path, self._model, self._training, mouth.playing, mouth.duck, calibration, speakers)
        return build() if self._keep is None else self._keep.around(build, name)


def listener(
    microphone: SoundDeviceMicrophone,
    loader: PathLoader,
    mouth: Mouth,
    devices: DeviceList,
    canceller: EchoCanceller | None,
) -> Ears:
    """What hears a microphone, and looks for one where there is none."""
    from voicecoach.hearing.listener import Listener  # noqa: PLC0415 - numpy and the recogniser's checks

    devices.join(microphone)
    return Listener(loader.load, microphone, mouth.now, canceller=canceller, look_again=devices.look_again)


def canceller_of(own: SounddeviceMouth | None, settings: Settings) -> EchoCanceller | None:
    """What takes the coach's voice out of the microphone, where the settings ask for it and it is installed."""
    if not settings.speakers or own is None or not cancels():
        return None
    from voicecoach.hearing.echo import EchoCanceller  # noqa: PLC0415 - numpy

    return EchoCanceller(own.sounded)


def cancels() -> bool:
    """Whether the echo canceller is installed."""
    from voicecoach.hearing.echo import available  # noqa: PLC0415 - numpy

    return available()


def microphone_line(microphone: SoundDeviceMicrophone, homes: Homes) -> str:
    """The microphone and its calibration, one sentence; empty where there is none."""
    from voicecoach.app.listening import calibration_of  # noqa: PLC0415 - numpy

    try:
        microphone.find()
    except CoachError:
        return ""
    calibration = calibration_of(homes, microphone.name)
    return f"Microphone: {microphone.name}, {calibration.when if calibration else 'not calibrated'}."
