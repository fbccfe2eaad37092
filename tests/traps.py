"""Ways to make Vosk fall over, each tried on a model through the coach's own adapter in a process of its own.

``python traps.py MODEL`` prints a JSON object: for each trap the exit status of its process, 0 where nothing fell over.
The library answers most of them with an abort or a segmentation fault, so each runs in a fork.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np

NOISE = np.random.default_rng(0).normal(0, 800, 16_000).astype(np.int16)
SOUND = NOISE.tobytes()
WORDS = ("stop", "yes")


def tried(model: Path) -> dict[str, int]:
    """The exit status of every trap, from a process that has loaded nothing yet."""
    done = subprocess.run([sys.executable, __file__, str(model)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def must_refuse(act: Callable[[], object]) -> None:
    """Do what has to be refused with a sentence and a hint."""
    import pytest

    from voicecoach.errors import CoachError

    with pytest.raises(CoachError) as refusal:
        act()
    assert refusal.value.message
    assert refusal.value.hint


def refuse(phrases, model) -> None:
    must_refuse(lambda: model.recogniser(phrases))
    ear = model.recogniser(WORDS)
    ear.accept(SOUND)
    must_refuse(lambda: ear.limit_to(phrases))
    ear.accept(SOUND)
    ear.finish()


def limit_after(step, model) -> None:
    ear = model.recogniser(WORDS)
    ear.accept(SOUND)
    step(ear)
    ear.limit_to(["yes"])
    ear.accept(SOUND)
    ear.finish()


def feed(sizes, model) -> None:
    ear = model.recogniser(WORDS)
    for size in sizes:
        ear.accept(SOUND[:size])
        ear.partial()
        ear.finish()


def feed_nothing(model) -> None:
    ear = model.recogniser(WORDS)
    ear.partial()
    ear.finish()
    ear.reset()
    ear.finish()


def feed_zeros(model) -> None:
    ear = model.recogniser(WORDS)
    ear.accept(bytes(64_000))
    ear.finish()


def other_rate(rate, model) -> None:
    from voicecoach.hearing.rates import Resampler

    ear = model.recogniser(WORDS)
    ear.accept(Resampler(rate).feed((NOISE / 32768).astype(np.float32)[:, None]).tobytes())
    ear.finish()


def hear_twice(model) -> None:
    second = model.second_opinion(WORDS)
    for chunks in ([SOUND], [], [bytes(64_000)], [b""]):
        second.freely(chunks)
        second.alternatives(chunks)


def two_threads(model) -> None:
    def listen() -> None:
        feed([32_000] * 5, model)

    both = [threading.Thread(target=listen) for _ in range(2)]
    for one in both:
        one.start()
    for one in both:
        one.join()


TRAPS = {
    "no phrase": partial(refuse, ()),
    "no word it knows": partial(refuse, ("zzz qqq",)),
    "a phrase that breaks the JSON": partial(refuse, ('nope"][',)),
    "other phrases in the middle of speech": partial(limit_after, lambda _: None),
    "other phrases after the end": partial(limit_after, lambda ear: ear.finish()),
    "other phrases after a partial": partial(limit_after, lambda ear: ear.partial()),
    "other phrases after a reset": partial(limit_after, lambda ear: ear.reset()),
    "too little sound": partial(feed, (320, 0, 1600, 2)),
    "half a sample": partial(feed, (3201,)),
    "no sound": feed_nothing,
    "zeros": feed_zeros,
    "8 kHz": partial(other_rate, 8000),
    "48 kHz": partial(other_rate, 48_000),
    "alternatives, with nothing to choose from": hear_twice,
    "two threads": two_threads,
}


def main(folder: str) -> None:
    """Fork for each trap, with everything imported but no model loaded."""
    import pytest  # noqa: F401 - once, before the forks
    import vosk  # noqa: F401

    import voicecoach.hearing.rates
    import voicecoach.hearing.vosk_recogniser  # noqa: F401

    statuses = {}
    for name in TRAPS:
        child = os.fork()
        if child == 0:
            os._exit(_spring(name, folder))
        statuses[name] = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    print(json.dumps(statuses))  # noqa: T201 - read by tried


def _spring(name: str, folder: str) -> int:
    from voicecoach.hearing.model_folder import check_model_folder
    from voicecoach.hearing.vosk_recogniser import VoskModel

    try:
        TRAPS[name](VoskModel(check_model_folder(Path(folder))))
    except BaseException as error:  # noqa: BLE001 - also pytest's own; the parent is told by the status
        sys.stderr.write(f"{name}: {error!r}\n")
        return 1
    return 0


if __name__ == "__main__":
    main(sys.argv[1])
