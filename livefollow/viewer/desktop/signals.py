"""Orderly quitting when the system or a terminal ends the process: recordings and settings are closed first.

Python runs signal handlers only between bytecodes, and Qt's idle event loop executes none; so the signal wakes the
loop through a pipe.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PyQt6.QtCore import QSocketNotifier
from PyQt6.sip import voidptr

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def quits_on_signals(quit_app: Callable[[], object]) -> Iterator[None]:
    """Call a function on the main thread, in Qt's loop, on SIGINT and SIGTERM during the block.

    On Windows nothing is done: there a pipe cannot wake the loop, and these signals are not used.
    """
    if sys.platform == "win32":
        yield
        return
    reader, writer = os.pipe()
    os.set_blocking(writer, False)
    os.set_blocking(reader, False)
    notifier = QSocketNotifier(voidptr(reader), QSocketNotifier.Type.Read)

    def wake() -> None:
        os.read(reader, 64)
        quit_app()

    notifier.activated.connect(wake)
    before = [signal.signal(number, lambda *_: None) for number in SIGNALS]
    woken_before = signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken_before)
        for number, handler in zip(SIGNALS, before, strict=True):
            signal.signal(number, handler)
        notifier.setEnabled(False)
        os.close(reader)
        os.close(writer)
