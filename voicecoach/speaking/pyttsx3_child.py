"""The child process around pyttsx3: reads JSON requests on stdin, writes wav files, answers with JSON lines.

pyttsx3 prints, blocks, forgets and sometimes aborts the process it runs in, so it never runs inside the coach. One
request is one text in a fresh engine. With espeak-ng each text is rendered in a fork of a process that has loaded
pyttsx3 but not yet initialised espeak: espeak keeps state from one utterance to the next, and only a fresh one gives
the same samples for the same text whatever was rendered before.

Requests: ``{"text", "path", "voice", "rate"}``, with ``"ssml"`` the same text for an engine that reads it, or
``{"voices": true}``. Answers: ``{"ok": true}``, ``{"voices": [{"id", "name", "languages", "default"}], "driver",
"library"}`` or ``{"error": sentence}``.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import shutil
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import IO, Any

_ENGLISH = "gmw/en-us"
_SETTLE_S = 0.5
_SPOKEN_S = 20.0

Request = dict[str, Any]
Answer = dict[str, object]


def load_espeak() -> str:
    """Load the espeak-ng that came with the Python packages, so that no system package is needed.

    pyttsx3 opens ``libespeak-ng.so.1`` by name; a library of that SONAME that is already loaded is the one it gets.
    Returns where it came from, for ``doctor``: a path, or ``system``.
    """
    try:
        import espeakng_loader  # noqa: PLC0415 - Linux only

        library = Path(espeakng_loader.get_library_path() + ".1")
        data = espeakng_loader.get_data_path()
        ctypes.CDLL(str(library), mode=ctypes.RTLD_GLOBAL)
    except (ImportError, AttributeError, OSError, RuntimeError):  # absent, or only its empty folder
        return "system"
    os.environ["ESPEAK_DATA_PATH"] = data
    return str(library)


def render(driver: str | None, request: Request) -> Answer:
    """Write one text to a file; returns once the file is closed.

    ``runAndWait`` returns before espeak's own thread has written the file, so the end of the utterance is waited for.
    Voice and rate are set before the run: inside one, pyttsx3 cancels whatever espeak has not worked off, now and
    then the rate or the text itself.
    """
    if not request["text"].strip():
        return {"error": "There is nothing to say in an empty text."}  # pyttsx3 asserts that there is, without a word
    from pyttsx3.engine import Engine  # noqa: PLC0415 - the one module that owns it

    engine = Engine(driver)
    problems: list[str] = []
    spoken = threading.Event()
    engine.connect("error", lambda **about: problems.append(str(about.get("exception"))))
    engine.connect("finished-utterance", lambda **_: spoken.set())
    voice = request["voice"] or (_ENGLISH if driver == "espeak" else None)
    engine.proxy.setBusy(False)  # what is set now is done now
    if voice:
        engine.setProperty("voice", voice)
    engine.setProperty("rate", request["rate"])
    engine.proxy.setBusy(True)
    if problems:
        return {"error": f"The voice engine has no voice {voice!r} ({problems[0]})."}
    if driver == "espeak":
        _settle()
    path = Path(request["path"])
    engine.save_to_file(_as_ssml(request) if driver == "espeak" else request["text"], str(path))
    engine.runAndWait()
    until = time.monotonic() + _SPOKEN_S
    while not _written(path, spoken) and time.monotonic() < until:
        spoken.wait(0.005)
    if problems or not path.is_file() or not path.stat().st_size:
        return {"error": f"The voice engine wrote no file ({problems[0] if problems else 'no reason given'})."}
    return {"ok": True}


def _as_ssml(request: Request) -> str:
    """The text, or its SSML where it has any; pyttsx3 calls espeak without the flag that makes tags of tags."""
    text: str = request["text"]
    if ssml := request.get("ssml"):
        from pyttsx3.drivers import _espeak  # noqa: PLC0415 - there on Linux only

        synth = _espeak.Synth
        _espeak.Synth = lambda words, **more: synth(words, **(more | {"flags": more["flags"] | _espeak.SSML}))
        text = str(ssml)
    return text


def _settle() -> None:
    """Wait until espeak's thread has taken over the settings."""
    from pyttsx3.drivers import _espeak  # noqa: PLC0415 - there on Linux only

    until = time.monotonic() + _SETTLE_S
    while _espeak.IsPlaying() and time.monotonic() < until:
        time.sleep(0.001)


def _written(path: Path, spoken: threading.Event) -> bool:
    """Whether the utterance has ended and its file lies there."""
    return spoken.is_set() and path.is_file()


def list_voices(driver: str | None) -> Answer:
    """Every voice the engine knows."""
    from pyttsx3.engine import Engine  # noqa: PLC0415 - the one module that owns it

    engine = Engine(driver)
    default = _ENGLISH if driver == "espeak" else engine.getProperty("voice")
    voices = engine.getProperty("voices") or []
    rows = [{"id": v.id, "name": v.name or v.id, "languages": _languages(v.languages)} for v in voices]
    return {"voices": [row | {"default": row["id"] == default} for row in rows]}


def _languages(raw: Iterable[object]) -> list[str]:
    """Language codes; espeak's come as bytes behind a priority byte, cut short by the driver."""
    texts = [item.decode("utf-8", "ignore") if isinstance(item, bytes) else str(item) for item in raw or ()]
    return [clean for text in texts if (clean := "".join(c for c in text if c.isprintable()))]


def answer_here(driver: str | None, request: Request) -> Answer:
    """Do what a request asks in this process."""
    try:
        return list_voices(driver) if request.get("voices") else render(driver, request)
    except Exception as error:  # noqa: BLE001 - whatever the engine throws becomes a sentence; the child lives on
        return {"error": f"The voice engine failed: {type(error).__name__}: {error}"}


def answer_in_fork(driver: str | None, request: Request) -> Answer:
    """The same in a fork, so that espeak starts from nothing each time and an abort costs one text."""
    read_end, write_end = os.pipe()
    child = os.fork()
    if not child:
        os.close(read_end)
        with os.fdopen(write_end, "w", encoding="utf-8") as pipe:
            json.dump(answer_here(driver, request), pipe)
        os._exit(0)
    os.close(write_end)
    with os.fdopen(read_end, encoding="utf-8") as pipe:
        said = pipe.read()
    _, status = os.waitpid(child, 0)
    if not said:
        return {"error": f"The voice engine crashed (status {status})."}
    answer: Answer = json.loads(said)
    return answer


def serve(requests: IO[str], answers: IO[str], answer: Callable[[Request], Answer]) -> None:
    """Answer each line until stdin ends."""
    for line in requests:
        answers.write(json.dumps(answer(json.loads(line))) + "\n")
        answers.flush()


def main() -> None:
    """Run as ``python -m voicecoach.speaking.pyttsx3_child``; what the engine prints goes nowhere."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    with contextlib.suppress(KeyboardInterrupt, BrokenPipeError):
        serve(sys.stdin, answers, _answer_with_espeak() if sys.platform == "linux" else _answer_with_system_voice())
    for folder in sys.argv[1:]:  # the coach's working folder: a coach that was killed cannot remove it
        shutil.rmtree(folder, ignore_errors=True)


def _answer_with_system_voice() -> Callable[[Request], Answer]:
    """SAPI on Windows, NSSpeechSynthesizer on macOS: neither survives a fork, both start anew with each engine."""
    return lambda request: answer_here(None, request)


def _answer_with_espeak() -> Callable[[Request], Answer]:
    """espeak-ng, loaded here once and initialised in each fork."""
    library = load_espeak()
    try:
        import pyttsx3.drivers.espeak  # noqa: F401, PLC0415 - before the forks
    except Exception as error:  # noqa: BLE001 - the driver raises RuntimeError or OSError, or worse
        sentence = f"espeak-ng cannot be loaded ({error}). Install it: pip install espeakng-loader"
        return lambda _: {"error": sentence}
    return lambda request: answer_in_fork("espeak", request) | {"driver": "espeak", "library": library}


if __name__ == "__main__":
    main()
