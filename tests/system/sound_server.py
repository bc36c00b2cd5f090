"""A sound server of the test's own: PulseAudio with a null sink, whose monitor is a microphone.

Nothing of the user's is touched: the server has a runtime folder and a home of its own.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

START_S = 15.0
NEEDED = ("pulseaudio", "pactl", "paplay")
ASOUNDRC = """
pcm.!default { type pulse }
ctl.!default { type pulse }
"""


class NoServerError(Exception):
    """Why there is none."""


class SoundServer:
    """Runs until `stop`.

    Attributes:
        env: environment in which programs find it.
    """

    def __init__(self, folder: Path) -> None:
        """Start it.

        Args:
            folder: empty; becomes home and runtime folder.

        Raises:
            NoServerError: it is not installed, or does not start.
        """
        missing = [program for program in NEEDED if not shutil.which(program)]
        if missing:
            raise NoServerError(f"not installed: {', '.join(missing)} (pulseaudio, pulseaudio-utils)")
        folder.chmod(0o700)
        (folder / ".asoundrc").write_text(ASOUNDRC)
        self.env = {k: v for k, v in os.environ.items() if not k.startswith(("PULSE_", "XDG_", "DBUS_"))} | {
            "HOME": str(folder),
            "XDG_RUNTIME_DIR": str(folder),
            "PULSE_SERVER": f"unix:{folder}/native",
            "PULSE_SINK": "piano",
            "PULSE_SOURCE": "piano.monitor",
            "QT_QPA_PLATFORM": "offscreen",
        }
        self._folder = folder
        self._log = (folder / "pulseaudio.log").open("w")
        self.start()

    def start(self) -> None:
        """Start it again, after `kill`.

        Raises:
            NoServerError: it does not start.
        """
        folder = self._folder
        (folder / "native").unlink(missing_ok=True)  # of one that was killed
        modules = (f"module-native-protocol-unix socket={folder}/native", "module-null-sink sink_name=piano rate=44100")
        self._process = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", *(f"--load={m}" for m in modules)],
            env=self.env,
            stdout=self._log,
            stderr=self._log,
        )
        deadline = time.monotonic() + START_S
        while subprocess.run(["pactl", "info"], env=self.env, capture_output=True, check=False).returncode:
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise NoServerError(f"PulseAudio does not start: {(folder / 'pulseaudio.log').read_text()[-300:]}")
            time.sleep(0.2)

    def kill(self) -> None:
        """End it as a crash would."""
        self._process.kill()
        self._process.wait()

    def play(self, sound: Path) -> subprocess.Popen[bytes]:
        """Begin to play a recording into the microphone."""
        return subprocess.Popen(["paplay", "-d", "piano", str(sound)], env=self.env)

    def stop(self) -> None:
        """End it."""
        if self._process.poll() is None:
            self._process.terminate()
            try:
                self._process.wait(5)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
        self._log.close()
