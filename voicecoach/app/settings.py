"""What the user has chosen once and for all: ``config.toml`` in the config folder; every key has a default."""

from __future__ import annotations

import difflib
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from voicecoach.errors import CoachError

FILE = "config.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one user. In the file they stand as ``key = value``, such as ``rate = 150``."""

    engine: str = "auto"
    """Speech engine: ``auto``, ``tones``, or a command line, ``piper --model voice.onnx --output_file {out}``."""
    voice: str = ""
    """Name of the engine's voice; empty for its own default."""
    rate: int = 170
    """Words a minute."""
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

    @classmethod
    def read(cls, folder: Path) -> Settings:
        """The settings in a folder, or the defaults where there is no file.

        Raises CoachError, with the file, for what is no TOML, an unknown key or a wrong type.
        """
        path = folder / FILE
        try:
            return cls.of(path.read_text(encoding="utf-8"), path)
        except FileNotFoundError:
            return cls()
        except (OSError, UnicodeDecodeError) as error:
            raise CoachError(f"{path} cannot be read: {error}.", "Put it right, or remove it.") from error

    @classmethod
    def of(cls, text: str, path: Path) -> Settings:
        """The settings of a text that stands, or is to stand, in a file; raises CoachError as ``read`` does."""
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise CoachError(f"{path}: {error}.", "A setting is written as: rate = 150") from error
        kinds = {field.name: type(getattr(cls(), field.name)) for field in fields(cls)}
        for key, value in data.items():
            if key not in kinds:
                near = difflib.get_close_matches(key, kinds, n=1)
                hint = f"Did you mean {near[0]!r}?" if near else f"Known settings: {', '.join(kinds)}."
                raise CoachError(f"{path}: unknown setting {key!r}.", hint)
            if type(value) is not kinds[key]:
                kind = {int: "a whole number", bool: "true or false"}.get(kinds[key], "text in quotes")
                raise CoachError(f"{path}: {key} must be {kind}, not {value!r}.", f"Put it right in {path}.")
        return cls(**data)
