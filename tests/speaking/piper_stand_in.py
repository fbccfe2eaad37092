"""A program with Piper's command line: lines of text on stdin; raw samples on stdout, or a wav file.

The model is a file beside its json, which names the rate of the samples and, for the tests, what goes wrong:
``python piper_stand_in.py --model amy.onnx --output-raw``. A letter takes 20 ms at length scale 1.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import struct
import subprocess
import sys
import threading
import wave
from pathlib import Path

LETTER_S = 0.02


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("-m", "--model", required=True)
    options.add_argument("--output-raw", "--output_raw", action="store_true")
    options.add_argument("-f", "--output_file", "--output-file")
    options.add_argument("--length_scale", "--length-scale", type=float, default=1.0)
    asked = options.parse_args()
    model = Path(asked.model)
    if not model.is_file():
        sys.exit(f"Unable to find voice: {model}")
    about = json.loads(Path(f"{model}.json").read_text(encoding="utf-8"))
    texts = [line.rstrip("\n") for line in sys.stdin if line.strip()]
    if "heard" in about:
        with Path(about["heard"]).open("a", encoding="utf-8") as heard:
            heard.writelines(f"{text}\n" for text in texts)
    goes_wrong(about.get("trouble", ""), about)
    rate = about["audio"]["sample_rate"]
    samples = b"".join(sound(text, rate, asked.length_scale) for text in texts)
    if asked.output_raw:
        sys.stdout.buffer.write(samples)
        return
    with wave.open(sys.stdout.buffer if asked.output_file == "-" else asked.output_file, "wb") as file:
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
