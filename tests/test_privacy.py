"""Nothing leaves the computer, and nothing is written but where livefollow keeps its own: seen by the kernel."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
import soundfile

from tests.optional import needs_modules
from tests.traced import Trace, fresh_home, run_traced

REPOSITORY = Path(__file__).parents[1]
DEMO = REPOSITORY / "assets" / "demo"
SCORE, SOUND = DEMO / "score.pdf", DEMO / "performance.ogg"
LONGEST_S = 300.0
FOLLOWED_S = 3.0
TRACKED_S = 15.0  # of the recording
# The app as its command starts it. Once it follows, Qt's own file dialog is used, and it is closed some seconds later.
APP = f"""
import sys
from PyQt6.QtCore import QTimer
from PyQt6.QtWidgets import QFileDialog
from livefollow.cli import main as cli
from livefollow.viewer import window

class Used(window.MainWindow):
    def __init__(self, *args):
        super().__init__(*args)
        self.following.positioned.connect(self.use)
        self.used = False

    def use(self):
        if not self.used:
            self.used = True
            print("FOLLOWS", flush=True)
            dialog = QFileDialog(self, "", sys.argv[-1])
            dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
            QTimer.singleShot(200, dialog.accept)
            dialog.exec()
            dialog.deleteLater()
            QTimer.singleShot({round(1000 * FOLLOWED_S)}, self.close)

window.MainWindow = Used
sys.exit(cli.main(sys.argv[1:]))
"""
# A listener that has learned nothing, as `livefollow train` would leave it.
CHECKPOINT = """
import json, sys
from pathlib import Path
import torch
from livefollow.train.listener.network import ListenerNetwork
folder = Path(sys.argv[1])
folder.mkdir(parents=True)
torch.save({"network": ListenerNetwork().state_dict(), "runs": 1, "steps": 1, "minutes": 0.1}, folder / "checkpoint.pt")
(folder / "figures.jsonl").write_text(json.dumps({"validation/onsets": 0.0}) + "\\n")
"""


def assert_private(trace: Trace, own: list[Path]) -> None:
    assert trace.sockets == []
    assert trace.lookups == []
    assert trace.outside(own) == set()


def test_the_window_keeps_everything_to_itself(tmp_path: Path) -> None:
    environment, own = fresh_home(tmp_path)
    command = [sys.executable, "-c", APP, "--score", SCORE, "--audio", SOUND]
    done, trace = run_traced(command, environment, REPOSITORY, LONGEST_S)
    assert (done.returncode, done.stdout) == (0, "FOLLOWS\n"), done.stderr
    assert any(path.name == "settings.json" for path in trace.written)  # it was seen
    assert_private(trace, own)


@pytest.mark.parametrize("command", ["track", "strip", "--list-devices"])
def test_commands_keep_everything_to_themselves(command: str, tmp_path: Path) -> None:
    environment, own = fresh_home(tmp_path)
    out = tmp_path / "out"
    out.mkdir()
    played, rate = soundfile.read(SOUND, frames=round(TRACKED_S * soundfile.info(SOUND).samplerate))
    soundfile.write(tmp_path / "played.wav", played, rate)
    words = {
        "track": ["--score", SCORE, "--audio", tmp_path / "played.wav", "--csv", out / "track.csv"],
        "strip": [SCORE, "--out", out],
        "--list-devices": [],
    }
    done, trace = run_traced(
        [sys.executable, "-m", "livefollow.cli.main", command, *words[command]], environment, REPOSITORY, LONGEST_S
    )
    assert done.returncode == 0, done.stderr
    assert any(path.is_relative_to(out) for path in trace.written) == bool(words[command])
    assert_private(trace, [*own, out])


@needs_modules("torch", "onnx")
def test_export_keeps_everything_to_itself(tmp_path: Path) -> None:
    environment, own = fresh_home(tmp_path)
    state, out = tmp_path / "state", tmp_path / "models"
    subprocess.run([sys.executable, "-c", CHECKPOINT, str(state / "listener")], check=True, cwd=REPOSITORY)
    export = [sys.executable, "-m", "livefollow.cli.main", "export", "listener", "--state", state, "--models", out]
    done, trace = run_traced(export, environment, REPOSITORY, LONGEST_S)
    assert done.returncode == 0, done.stderr
    assert out / "listener.onnx" in trace.written
    assert_private(trace, [*own, out])


def test_whoever_imports_any_part_has_switched_the_telemetry_off() -> None:
    code = (
        "import ctypes, livefollow.errors\n"
        "getenv = ctypes.CDLL(None).getenv\n"  # as C++ sees it
        "getenv.restype = ctypes.c_char_p\n"
        "print(getenv(b'ORT_DISABLE_TELEMETRY'))"
    )
    for before in ({}, {"ORT_DISABLE_TELEMETRY": "0"}):
        environment = {name: value for name, value in os.environ.items() if name != "ORT_DISABLE_TELEMETRY"} | before
        said = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True).stdout
        if sys.platform != "win32":  # whose C library is not all programs' one
            assert said.strip() == b"b'1'"
    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"  # in the process of the tests, too


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("import socket; socket.socket(socket.AF_INET, socket.SOCK_DGRAM)", "sockets"),
        ("import socket; socket.socket(socket.AF_INET6).connect_ex(('::1', 9))", "sockets"),
        ("import socket; socket.gethostbyname('localhost')", "lookups"),
        ("import os; os.system('getent hosts livefollow.invalid')", "lookups"),
    ],
)
def test_a_call_to_anywhere_would_be_seen(code: str, seen: str, tmp_path: Path) -> None:
    environment, _ = fresh_home(tmp_path)
    trace = run_traced([sys.executable, "-c", code], environment, tmp_path, LONGEST_S)[1]
    assert getattr(trace, seen)


def test_what_is_written_elsewhere_would_be_seen(tmp_path: Path) -> None:
    environment, own = fresh_home(tmp_path)
    code = (
        "import os, pathlib\n"
        "home = pathlib.Path.home()\n"
        "(home / '.cache' / 'Bücher').mkdir(parents=True)\n"
        "(home / '.cache' / 'Bücher' / 'id').touch()\n"
        "(home / '.config' / 'livefollow').mkdir(parents=True)\n"
        "(home / '.config' / 'livefollow' / 'settings.json').touch()\n"
        "os.rename(home / '.cache' / 'Bücher' / 'id', home / 'moved')\n"
        "(home / 'link').symlink_to('moved')\n"
        "open('here', 'w')"
    )
    trace = run_traced([sys.executable, "-c", code], environment, tmp_path, LONGEST_S)[1]
    home = tmp_path / "home"
    caches = home / ".cache" / "Bücher"
    assert trace.outside(own) == {caches, caches / "id", home / "moved", home / "link", tmp_path / "here"}
    assert (trace.sockets, trace.lookups) == ([], [])
