"""Brings a model into the user's folder, from the vendor, an address, a zip or a folder: whole or not at all."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from voicecoach.errors import CoachError
from voicecoach.hearing.download import Progress, download
from voicecoach.hearing.model_folder import IN_USE, VENDORS_SMALL, ModelFolder, check_model_folder, language_in
from voicecoach.hearing.unpack import unpack

VENDOR = "https://alphacephei.com/vosk/models"
"""Where the vendor's models are."""
_PROBE = (
    "import sys, vosk; vosk.SetLogLevel(-1); m = vosk.Model(model_path=sys.argv[1]);"
    "r = vosk.KaldiRecognizer(m, 16000); r.AcceptWaveform(bytes(32000)); r.FinalResult()"
)
"""What a damaged model does not survive; run in a process of its own."""


@dataclass(frozen=True, slots=True)
class VendorsModel:
    """A model that can be installed by name."""

    name: str
    """Name of the folder, and of the archive without ``.zip``."""
    megabytes: int
    """Size of the download."""
    remark: str
    """What to expect, where a figure is named by the vendor's own."""
    measured: str = ""
    """What was measured of it here (docs/hearing.md); empty where it could not be had."""


VENDORS_MODELS = (
    VendorsModel(
        VENDORS_SMALL,
        40,
        "word error rate 9.9 % (LibriSpeech clean), says the vendor",
        "68 MB, 250 MB of memory; of people it hears 66 of 69 commands in quiet (88 to 98.5 %), of words that the "
        "built-in ear was not trained on 79 of 82",
    ),
    VendorsModel("vosk-model-en-us-0.22-lgraph", 128, "word error rate 7.8 %, says the vendor; slower to answer"),
    VendorsModel(
        "vosk-model-en-us-0.22",
        1800,
        "word error rate 5.7 %, says the vendor; gigabytes of memory, cannot be held to phrases",
    ),
    VendorsModel("vosk-model-small-de-0.15", 45, "German, for scripts in German"),
)
"""Models of the vendor's list that can be installed by name, the default first; others by their address."""


@dataclass(frozen=True, slots=True)
class Installed:
    """What was installed."""

    folder: ModelFolder
    """The model in its place."""
    sha256: str | None
    """Of the archive; None for a folder."""
    note: Path
    """The file beside it that says where it came from."""


def install(source: str | None, models: Path, progress: Progress = lambda _there, _total: None) -> Installed:
    """Install a model and use it from now on.

    ``source`` is the name of a vendor's model (None: the small one), an http(s) address of a zip, a zip file or a
    folder. Raises CoachError; the models that were there before are then untouched.
    """
    try:
        models.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".unpacking-", dir=models) as scratch:
            return _install(source, models, Path(scratch), progress)
    except OSError as error:
        raise CoachError(
            f"The model cannot be written to {models}: {error.strerror or error}.",
            "Make room, or set VOICECOACH_HOME to a folder that can be written.",
        ) from error


def how_to_install(language: str) -> str:
    """The command that brings a model for a language."""
    named = next((model.name for model in VENDORS_MODELS if language_in(model.name) == language), None)
    if named is not None:
        return f"voicecoach model install {named}"
    return f"voicecoach model install ADDRESS, with the address of a vosk-model-small-{language} from {VENDOR}"


def _install(source: str | None, models: Path, scratch: Path, progress: Progress) -> Installed:
    where = _place(source)
    path = Path(where).expanduser()
    downloaded: Path | None = None
    sha256 = None
    fresh = scratch / "fresh"
    if where.startswith(("https://", "http://")):
        path = downloaded = models / ".download" / _file_name(where)
        download(where, path, progress)
    if path.is_dir():
        check_model_folder(path)
        _refuse_links(path)
        shutil.copytree(path, fresh / path.resolve().name)
    elif path.is_file():
        fresh.mkdir()
        sha256 = _sha256(path)
        _unpack(path, fresh, downloaded)
    else:
        names = ", ".join(model.name for model in VENDORS_MODELS)
        raise CoachError(f"There is no zip or folder {path}.", f"Models known by name: {names}.")
    root = _model_root(fresh, path)
    name = root.name if root != fresh else path.stem
    check_model_folder(root)
    _probe(root)
    folder = _move_in(root, models, _plain_name(name))
    note = models / f"{folder.name}.json"
    note.write_text(json.dumps({"source": where, "sha256": sha256}, indent=2) + "\n", encoding="utf-8")
    if language_in(folder.name) == "en":  # a model of another language takes its turn where a script asks for it
        (models / IN_USE).write_text(folder.name + "\n", encoding="utf-8")
    if downloaded is not None:
        downloaded.unlink(missing_ok=True)
    return Installed(check_model_folder(folder), sha256, note)


def _place(source: str | None) -> str:
    known = {model.name for model in VENDORS_MODELS}
    if source is None or source in known:
        return f"{VENDOR}/{source or VENDORS_SMALL}.zip"
    if "://" in source and not source.startswith(("https://", "http://")):
        raise CoachError(f"{source} is no web address that can be used.", "It should begin with https://.")
    return source


def _file_name(url: str) -> str:
    return _plain_name(unquote(urlsplit(url).path).rsplit("/", 1)[-1] or "model.zip")


def _plain_name(name: str) -> str:
    """A name that is safe as a folder's: letters, digits, dot, dash and underscore, not hidden."""
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-") or "model"


def _unpack(archive: Path, into: Path, downloaded: Path | None) -> None:
    try:
        unpack(archive, into)
    except CoachError:
        if downloaded is not None:  # what is wrong now would be wrong again
            downloaded.unlink(missing_ok=True)
        raise


def _refuse_links(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_symlink():
            raise CoachError(f"{path} is a link; a model folder holds plain files.", "Copy the files themselves.")


def _model_root(fresh: Path, source: Path) -> Path:
    """The folder that holds ``am``: the top of the archive or the one folder in it."""
    if (fresh / "am").is_dir():
        return fresh
    inside = [path for path in fresh.iterdir() if (path / "am").is_dir()]
    if len(inside) != 1:
        raise CoachError(f"{source} holds no Vosk model.", "A model has folders named am, conf and graph.")
    return inside[0]


def _probe(folder: Path) -> None:
    """Load it once in a child process: Vosk brings the process down on models that nothing else finds fault with."""
    done = subprocess.run([sys.executable, "-c", _PROBE, str(folder)], capture_output=True, check=False)
    if done.returncode != 0:
        raise CoachError("The model is damaged: the recogniser fails to load it.", "Get it again.")


def _move_in(root: Path, models: Path, name: str) -> Path:
    """Put the new folder in its place in one step, whatever was there before."""
    target = models / name
    with tempfile.TemporaryDirectory(prefix=".old-", dir=models) as old:
        if target.exists():
            target.replace(Path(old) / name)
        os.replace(root, target)  # noqa: PTH105 - the same call as above, for a folder that is not yet there
    return target


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
