"""The log has what was said, by whom, and Qt's warnings, and does not grow for ever."""

import faulthandler
import logging
import subprocess
import sys
from pathlib import Path

import pytest
from PyQt6.QtCore import qWarning

from livefollow.viewer.desktop import log
from livefollow.viewer.desktop.log import logged

pytestmark = pytest.mark.filterwarnings("default")


def test_what_is_said_anywhere_is_in_the_log(tmp_path: Path) -> None:
    level = logging.getLogger("livefollow").level
    with logged(tmp_path / "log") as path:
        assert path
        logging.getLogger("livefollow.audio").info("device \udce4 opened")
        qWarning("a stray warning")
    text = path.read_text()
    assert "INFO MainThread livefollow.audio: device ? opened" in text
    assert "WARNING MainThread qt: a stray warning" in text
    assert "Python 3" in text.splitlines()[0]
    logging.getLogger("livefollow").warning("afterwards")
    assert path.read_text() == text
    assert logging.getLogger("livefollow").level == level


def test_it_rotates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log, "FILE_BYTES", 10_000)
    with logged(tmp_path):
        for _ in range(1000):
            logging.getLogger("livefollow").info("x" * 100)
    files = list(tmp_path.glob("livefollow.log*"))
    assert len(files) == 1 + log.FILES_KEPT
    assert all(file.stat().st_size <= 10_000 for file in files)


def test_without_a_folder_there_is_no_log_and_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with logged(tmp_path / "file" / "log") as path:
        assert path is None


def test_a_crash_of_the_process_says_where_it_was(tmp_path: Path) -> None:
    crash = "import faulthandler; from pathlib import Path; from livefollow.viewer.desktop.log import logged\n"
    crash += f"with logged(Path({str(tmp_path)!r})): faulthandler._sigsegv()"
    done = subprocess.run([sys.executable, "-c", crash], capture_output=True, check=False)
    assert done.returncode != 0
    assert "Segmentation fault" in (tmp_path / "crash.log").read_text()
    assert faulthandler.is_enabled()  # pytest's own, as before


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_on_a_full_disk_there_is_no_log_and_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    (tmp_path / "livefollow.log").symlink_to("/dev/full")
    with logged(tmp_path):
        logging.getLogger("livefollow").warning("nobody will read this")
