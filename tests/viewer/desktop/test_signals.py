"""A signal ends the app as its window would."""

import os
import signal
import sys

import pytest
from pytestqt.qtbot import QtBot

from livefollow.viewer.desktop.signals import quits_on_signals


@pytest.mark.skipif(sys.platform == "win32", reason="no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_signals_quit_in_the_loop(qtbot: QtBot, number: signal.Signals) -> None:
    quits: list[str] = []
    before = signal.getsignal(number)
    with quits_on_signals(lambda: quits.append("quit")):
        os.kill(os.getpid(), number)
        assert quits == []
        qtbot.waitUntil(lambda: quits == ["quit"])
    assert signal.getsignal(number) is before
