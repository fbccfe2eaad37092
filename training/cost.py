"""``python -m training.cost MODEL WAV``: what listening with a model costs, measured in this process, as JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path


def main(model: str, recording: str) -> None:
    """Load the model as the coach does, hear the recording, print ms to load, MB of the process, CPU s for a second."""
    from voicecoach.app.homes import Homes  # noqa: PLC0415 - the imports are part of the process, not of the loading
    from voicecoach.app.training import library_of, table_of, with_phrases_of  # noqa: PLC0415
    from voicecoach.drills.load import load_programme  # noqa: PLC0415
    from voicecoach.hearing.assembly import build_path  # noqa: PLC0415
    from voicecoach.hearing.model_folder import choose_model  # noqa: PLC0415
    from voicecoach.hearing.replay import Count, read_blocks, replay  # noqa: PLC0415
    from voicecoach.hearing.vosk_recogniser import VoskModel, vosk_library  # noqa: PLC0415

    vosk_library()
    _programme, flow, drills = load_programme("hip-hinge", library_of(Homes.find()))
    table = table_of(with_phrases_of(flow, drills))
    before = resident()
    started = time.process_time()  # of the clock on the wall other processes take their share
    folder = choose_model(model, None)
    checked = time.process_time()
    path = build_path(VoskModel(folder), table)
    loaded = time.process_time()
    busy, count = time.process_time(), Count()
    for _ in replay(path, read_blocks(Path(recording)), count):
        pass
    figures = {
        "check_ms": round(1000 * (checked - started), 1),
        "load_ms": round(1000 * (loaded - checked), 1),
        "real_time_factor": round((time.process_time() - busy) / count.seconds, 4),
        "model_mb": round(resident() - before, 1),
        "process_mb": round(resident(), 1),
    }
    print(json.dumps(figures))  # noqa: T201 - for the process that asked


def resident() -> float:
    """MB of memory of this process now. Linux only, as training is."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * 4096 / 1e6


if __name__ == "__main__":
    main(*sys.argv[1:3])
