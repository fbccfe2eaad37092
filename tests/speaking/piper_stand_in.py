"""A program with the command line of Piper 1.8: lines of text on stdin; raw samples on stdout, a wav, or a wav a line.

The model is a file beside its json, which names the rate of the samples and, for the tests, what goes wrong:
``python piper_stand_in.py --model amy.onnx --output-raw``. A letter takes 20 ms at length scale 1.
"""

from __future__ import annotations

import argparse
import json
import logging
import math
import os
import random
import struct
import subprocess
import sys
import threading
import time
import wave
from collections.abc import Iterator
from pathlib import Path
from typing import IO

LETTER_S = 0.02


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("-m", "--model", required=True)
    options.add_argument("--output-raw", "--output_raw", action="store_true")
    options.add_argument("-f", "--output-file", "--output_file")
    options.add_argument("-d", "--output-dir", "--output_dir")
    options.add_argument("--length-scale", "--length_scale", type=float, default=1.0)
    asked, text = options.parse_known_args()
    logging.basicConfig(level=logging.INFO)
    model = Path(asked.model)
    if not model.exists():
        raise ValueError(f"Unable to find voice: {model} (use piper.download_voices)")
    about = json.loads(Path(f"{model}.json").read_text(encoding="utf-8"))
    note(about, "started", str(os.getpid()))
    rate = about["audio"]["sample_rate"]
    if asked.output_dir:
        for line in lines(text, about):
            path = Path(asked.output_dir) / f"{time.monotonic_ns()}.wav"
            write_wav(path, sound(line, rate, asked.length_scale), rate)
            logging.getLogger("__main__").info("Wrote %s", path)
            if about.get("trouble") == "names twice":  # as the first Piper does, on stdout
                sys.stdout.write(f"{path}\n")
                sys.stdout.flush()
            if about.get("trouble") == "ends after a text":
                return
        return
    samples = b"".join(sound(line, rate, asked.length_scale) for line in lines(text, about))
    if asked.output_raw:
        sys.stdout.buffer.write(samples)
        return
    write_wav(sys.stdout.buffer if asked.output_file == "-" else asked.output_file, samples, rate)


def lines(text: list[str], about: dict[str, str]) -> Iterator[str]:
    """Each line of stdin as it comes, or what stands in the arguments."""
    for line in [" ".join(text)] if text else sys.stdin:
        if line.strip():
            note(about, "heard", line.strip())
            goes_wrong(about.get("trouble", ""), about)
            yield line.strip()


def note(about: dict[str, str], what: str, line: str) -> None:
    """Leave a line for the test, in the file that the json names for it."""
    if what in about:
        with Path(about[what]).open("a", encoding="utf-8") as file:
            file.write(f"{line}\n")


def write_wav(where: Path | str | IO[bytes], samples: bytes, rate: int) -> None:
    with wave.open(str(where) if isinstance(where, Path) else where, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples)


def goes_wrong(trouble: str, about: dict[str, str]) -> None:
    if trouble == "exit":
        sys.exit("Could not load the model")
    if trouble == "hang":
        threading.Event().wait()
    if trouble == "grandchild":  # as a wrapper in shell does: it ends, what it started holds the pipe
        grandchild = subprocess.Popen([sys.executable, "-c", "import threading; threading.Event().wait()"])
        Path(about["pid"]).write_text(str(grandchild.pid), encoding="utf-8")
        threading.Event().wait()
    if trouble == "noise":
        sys.stdout.buffer.write(random.Random(1).randbytes(40_000))
        sys.exit()
    if trouble == "words":
        sys.stdout.write("Everything is fine, here is no sound at all.\n")
        sys.exit()
    while trouble == "endless":
        sys.stdout.buffer.write(bytes(1 << 20))


def sound(text: str, rate: int, scale: float) -> bytes:
    count = round(len(text) * LETTER_S * scale * rate)
    return struct.pack(f"<{count}h", *(round(9000 * math.sin(n * math.tau * 150 / rate)) for n in range(count)))


if __name__ == "__main__":
    main()
