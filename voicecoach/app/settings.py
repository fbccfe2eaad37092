"""What the user has chosen once and for all: ``config.toml`` in the config folder; every key has a default."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from voicecoach.errors import CoachError
from voicecoach.speaking.engine import Engine

FILE = "config.toml"
VOLUMES = (-12, 6)
"""dB, as far as "quieter" and "louder" go."""
ENGINE_NAME = r"^[a-z][a-z0-9_-]{0,29}$"
RESERVED = frozenset({"auto", "pyttsx3", "tones"})
"""Names of engines that are there already."""
KIND_NAMES: Mapping[type, str] = {int: "a whole number", float: "a number", bool: "true or false", dict: "a table"}


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one user. In the file they stand as ``key = value``, such as ``rate = 150``."""

    engine: str = "auto"
    """Speech engine: ``auto``, ``tones``, a name of ``engines``, or a command line, ``espeak-ng --stdout {text}``."""
    voice: str = ""
    """Name of the engine's voice; empty for its own default."""
    rate: int = 170
    """Words a minute."""
    volume: float = 0.0
    """dB above the voice's own level, -12 to 6, as long as nothing else was said in a session."""
    earbuds: str = ""
    """Output device by name or part of it; empty for the system's default."""
    microphone: str = ""
    """Input device by name or part of it; empty for the system's default."""
    speakers: bool = False
    """The coach speaks from open speakers: its voice is taken out of the microphone (needs the extra ``aec``)."""
    sound_check: bool = True
    """At the start the coach makes sure that it hears the trainee, and says so where it does not."""
    model: str = ""
    """Recogniser model by name or folder; empty for the installed one, or the built-in ear."""
    unit: str = ""
    """Unit to train in, ``lb`` or ``kg``; empty for that of the last session, or of the script."""
    kettlebells: str = ""
    """Kettlebells there are, ``8 12 16 kg``, or ``none``; once one kind of load is named, the others are not there."""
    dumbbells: str = ""
    """What stands on one of each pair of dumbbells, ``5 to 25 by 2.5 kg``, or ``none``."""
    bar: str = ""
    """The empty bar, ``20 kg``, or ``none``."""
    plates: str = ""
    """One of each pair of plates, ``10 5 2.5 kg``; two pairs of the same stand twice."""
    without: str = ""
    """Other things that are missing, ``dowel, wall``."""
    trainee: str = ""
    """``man`` or ``woman``: some phases go further for men; empty for the lower limit."""
    engines: Mapping[str, Engine] = field(default_factory=dict)
    """Under ``[engines]``, by name: ``piper = "piper --model voice.onnx --output-raw"``; scripts may ask for them."""
    chosen: frozenset[str] = field(default=frozenset(), compare=False)
    """Keys that stand in the file; what a script asks for never takes their place."""

    @property
    def own_volume(self) -> float | None:
        """The volume that the user chose, in dB; None where they left it to the script."""
        return self.volume if "volume" in self.chosen else None

    @classmethod
    def read(cls, folder: Path) -> Settings:
        """The settings in a folder, or the defaults where there is no file.

        Raises CoachError, with the file, for what is no TOML, an unknown key or a wrong type.
        """
        return cls.of(settings_text(folder), folder / FILE)

    @classmethod
    def of(cls, text: str, path: Path) -> Settings:
        """The settings of a text that stands, or is to stand, in a file; raises CoachError as ``read`` does."""
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise CoachError(f"{path}: {error}.", "A setting is written as: rate = 150") from error
        kinds = {item.name: type(getattr(cls(), item.name)) for item in fields(cls) if item.name != "chosen"}
        for key, value in data.items():
            if key not in kinds:
                near = difflib.get_close_matches(key, kinds, n=1)
                hint = f"Did you mean {near[0]!r}?" if near else f"Known settings: {', '.join(kinds)}."
                raise CoachError(f"{path}: unknown setting {key!r}.", hint)
            if type(value) is not kinds[key] and not (kinds[key] is float and type(value) is int):
                kind = KIND_NAMES.get(kinds[key], "text in quotes")
                raise CoachError(f"{path}: {key} must be {kind}, not {value!r}.", f"Put it right in {path}.")
        low, high = VOLUMES
        if not low <= data.get("volume", 0) <= high:
            raise CoachError(f"{path}: volume is between {low} and {high} dB.", "volume = 0 is the voice's own level.")
        engines = {name: _engine(name, value, path) for name, value in data.get("engines", {}).items()}
        return cls(**data | {"engines": engines, "chosen": frozenset(data)})


def settings_text(folder: Path) -> str:
    """What stands in the file of a folder; empty where there is none. Raises CoachError where it cannot be read."""
    path = folder / FILE
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except (OSError, UnicodeDecodeError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise CoachError(f"{path} cannot be read: {why}.", "Put it right, or remove it.") from error


def _engine(name: str, value: object, path: Path) -> Engine:
    """One entry of ``[engines]``: a command line, or a table with one. Raises CoachError for anything else."""
    if not re.match(ENGINE_NAME, name) or name in RESERVED:
        hint = "Small letters, digits and hyphens, such as piper."
        raise CoachError(f"{path}: {name!r} cannot be the name of an engine.", hint)
    table = {"command": value} if isinstance(value, str) else value
    kinds: dict[str, tuple[type, ...]] = {"command": (str,), "sample_rate": (int,), "timeout": (int, float)}
    if not isinstance(table, dict) or "command" not in table:
        hint = f'Write {name} = "piper --model voice.onnx --output-raw"'
        raise CoachError(f"{path}: the engine {name!r} has no command.", hint)
    for key, part in table.items():
        if type(part) not in kinds.get(key, ()) or (key != "command" and part <= 0):
            hint = "An engine has a command in quotes and, where needed, sample_rate = 22050 and timeout = 20."
            raise CoachError(f"{path}: {key} = {part!r} is nothing for the engine {name!r}.", hint)
    return Engine(name, **table)
