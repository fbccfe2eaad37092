"""What tests of several rooms share."""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

HERE = Path(__file__).parent


def _load(name: str):
    """A module beside this file, importable by its bare name whatever the import mode."""
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, HERE / f"{name}.py")
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]


pulse_card = _load("pulse")


@pytest.fixture(scope="session")
def pulse():
    """A headless PulseAudio; see ``tests/pulse.py``. Skipped, by name of what is missing, where there is none."""
    lacks = pulse_card.missing()
    if lacks and not os.environ.get("VOICECOACH_NEED_PULSE"):
        pytest.skip(f"no headless sound card without {lacks}")
    folder = Path(tempfile.mkdtemp(prefix="vc", dir="/tmp"))
    card = pulse_card.Pulse(folder)
    try:
        card.start()
        yield card
    finally:
        card.stop()
        shutil.rmtree(folder, ignore_errors=True)
