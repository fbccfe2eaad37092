"""A sound card for benches and tests: a headless PulseAudio with earbuds to record from and a mouth to speak into.

PortAudio looks for devices once per process, so what is tested runs in a child process with ``Pulse.env``.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import threading
import wave
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np

RATE = 48_000
"""Hz of both sinks."""

ASOUND = """
</usr/share/alsa/alsa.conf>
pcm.!default { type pulse }
ctl.!default { type pulse }
"""
_MODULES = [
    "module-native-protocol-unix",
    f"module-null-sink sink_name=ears rate={RATE} channels=2",
    f"module-null-sink sink_name=mouth rate={RATE} channels=1",
    "module-remap-source source_name=mic master=mouth.monitor",
]
_PLUGIN = "libasound_module_pcm_pulse.so"


def missing() -> str:
    """What this machine lacks to run a headless sound card; empty when nothing."""
    lacks = [tool for tool in ("pulseaudio", "pactl", "parec", "paplay") if shutil.which(tool) is None]
    if not list(Path("/usr/lib").glob(f"*/alsa-lib/{_PLUGIN}")):
        lacks.append("libasound2-plugins")
    return ", ".join(lacks)


class Pulse:
    """A running daemon: ``ears`` is the default output; ``mic``, the default input, hears what goes into ``mouth``."""

    def __init__(self, folder: Path) -> None:
        """``folder`` must have a short path: sockets' names are limited to about 100 characters."""
        self._folder = folder
        self._daemon: subprocess.Popen[bytes] | None = None
        self._listener: subprocess.Popen[bytes] | None = None
        (folder / "run").mkdir(mode=0o700)
        (folder / "home").mkdir()
        (folder / "asound.conf").write_text(ASOUND, encoding="utf-8")
        self.env = {name: value for name, value in os.environ.items() if not name.startswith(("PULSE_", "DBUS_"))} | {
            "XDG_RUNTIME_DIR": str(folder / "run"),
            "HOME": str(folder / "home"),
            "PULSE_RUNTIME_PATH": str(folder / "run"),
            "PULSE_SERVER": f"unix:{folder / 'run' / 'native'}",
            "ALSA_CONFIG_PATH": str(folder / "asound.conf"),
        }
        """Environment of whatever is to use this sound card."""

    def start(self) -> None:
        """Start the daemon and wait until it answers."""
        command = ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--disable-shm", "--log-level=error"]
        command += ["--use-pid-file=no", "--high-priority=no", "--realtime=no"]
        command += [part for module in _MODULES for part in ("-L", module)]
        with (self._folder / "pulse.log").open("ab") as log:
            self._daemon = subprocess.Popen(
                command, env=self.env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
            )
        for _ in range(400):
            if self._ask("info").returncode == 0:
                break
            if self._daemon.poll() is not None:
                break
            threading.Event().wait(0.025)
        else:
            self.stop()
        if self._daemon is None or self._daemon.poll() is not None:
            raise RuntimeError((self._folder / "pulse.log").read_text(encoding="utf-8") or "PulseAudio did not answer")
        for words in (("set-default-sink", "ears"), ("set-default-source", "mic")):
            if self._ask(*words).returncode:
                raise RuntimeError(f"pactl {' '.join(words)} failed")
        # Without a listener a null sink takes its samples two seconds at a time, which no real card does.
        command = ["parec", "--device=ears.monitor", "--raw", "--latency-msec=20"]
        self._listener = subprocess.Popen(command, env=self.env, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def stop(self) -> None:
        """End the daemon, whatever state it is in."""
        daemon, self._daemon = self._daemon, None
        listener, self._listener = self._listener, None
        if listener is not None:
            listener.kill()
            listener.wait(5)
        if daemon is None:
            return
        os.killpg(daemon.pid, signal.SIGTERM)
        try:
            daemon.wait(5)
        except subprocess.TimeoutExpired:
            os.killpg(daemon.pid, signal.SIGKILL)
            daemon.wait(5)

    @contextmanager
    def recording(self, path: Path, source: str = "ears.monitor") -> Iterator[Path]:
        """Record a source (mono, 16 bit, 48 kHz) into a wav file for as long as the block runs."""
        raw = path.with_suffix(".raw")
        command = ["parec", f"--device={source}", "--format=s16le", f"--rate={RATE}", "--channels=1", "--raw"]
        command += ["--latency-msec=20"]
        with raw.open("wb") as file:
            recorder = subprocess.Popen(command, env=self.env, stdout=file, stderr=subprocess.DEVNULL)
            try:
                while not raw.stat().st_size and recorder.poll() is None:
                    threading.Event().wait(0.01)
                yield path
                threading.Event().wait(0.15)  # what parec still holds
            finally:
                recorder.terminate()
                recorder.wait(5)
        with wave.open(str(path), "wb") as file:
            file.setnchannels(1)
            file.setsampwidth(2)
            file.setframerate(RATE)
            file.writeframes(raw.read_bytes())
        raw.unlink()

    def play(self, path: Path, sink: str = "mouth") -> None:
        """Play a wav file into a sink, and wait until it is over."""
        subprocess.run(["paplay", f"--device={sink}", str(path)], env=self.env, check=True, timeout=120)

    def ask(self, *words: str) -> list[str]:
        """What ``pactl`` answers, line by line."""
        return self._ask(*words).stdout.decode().splitlines()

    def _ask(self, *words: str) -> subprocess.CompletedProcess[bytes]:
        return subprocess.run(["pactl", *words], env=self.env, capture_output=True, timeout=20, check=False)


def read_wav(path: Path) -> tuple[np.ndarray, int]:
    """Samples (mono float, full scale 1.0) and rate of a 16-bit wav file."""
    with wave.open(str(path), "rb") as file:
        data = np.frombuffer(file.readframes(file.getnframes()), dtype="<i2")
        return data.reshape(-1, file.getnchannels())[:, 0] / 32768, file.getframerate()


def onsets(samples: np.ndarray, rate: int, *, threshold_db: float = -50.0, quiet_s: float = 0.15) -> list[float]:
    """Seconds at which sound begins after at least ``quiet_s`` of quiet, to the millisecond."""
    size = rate // 1000
    frames = samples[: len(samples) // size * size].reshape(-1, size)
    loud = np.flatnonzero(np.sqrt((frames**2).mean(axis=1)) > 10 ** (threshold_db / 20))
    if not len(loud):
        return []
    starts = loud[np.concatenate([[True], np.diff(loud) > quiet_s * 1000])]
    return [float(start) / 1000 for start in starts]
