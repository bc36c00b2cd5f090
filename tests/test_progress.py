"""Bars are for terminals only, and share nothing with other processes."""

from __future__ import annotations

import io
import subprocess
import sys

import pytest

from livefollow.progress import ProgressBar


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_says_how_far_it_is_and_goes(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with ProgressBar(total=4, desc="following", unit="case", mininterval=0) as bar:
        for _ in range(4):
            bar.update()
    assert "following" in terminal.getvalue()
    assert "3/4" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")
    assert not terminal.getvalue().split("\r")[-2].strip()


def test_elsewhere_it_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    assert list(ProgressBar(iter("abc"), total=3, desc="reading")) == ["a", "b", "c"]
    assert capsys.readouterr().err == ""


def test_no_lock_of_processes_is_made() -> None:
    code = (
        "import sys; from livefollow.progress import ProgressBar; list(ProgressBar(range(3)))\n"
        "print('multiprocessing.synchronize' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
