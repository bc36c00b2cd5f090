"""The log: a rotating file in the platform's log folder, and beside it one for crashes of the process itself.

Everything that is logged on any thread goes there, and so do the messages of Qt.
"""

from __future__ import annotations

import faulthandler
import logging
import logging.handlers
import platform
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import platformdirs
from PyQt6.QtCore import PYQT_VERSION_STR, QMessageLogContext, QtMsgType, qInstallMessageHandler, qVersion

from livefollow import __version__

FILE_BYTES, FILES_KEPT = 1 << 20, 3
CRASH_BYTES = 1 << 18  # size at which the crash file is started anew
LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

logger = logging.getLogger(__name__)


@contextmanager
def logged(folder: Path | None = None) -> Iterator[Path | None]:
    """Log into files during the block, and restore the logging after it.

    Args:
        folder: of `livefollow.log` and `crash.log`; the platform's log folder by default.

    Yields:
        The log file; None if the folder cannot be written, which is logged and otherwise ignored.
    """
    folder = folder or platformdirs.user_log_path("livefollow")
    with ExitStack() as stack:
        path: Path | None = folder / "livefollow.log"
        root = logging.getLogger()
        try:
            folder.mkdir(parents=True, exist_ok=True)
            handler = logging.handlers.RotatingFileHandler(
                folder / "livefollow.log",
                maxBytes=FILE_BYTES,
                backupCount=FILES_KEPT,
                encoding="utf-8",
                errors="replace",
            )
            stack.callback(_close, handler)
            _catch_crashes(folder / "crash.log", stack)
        except OSError as error:
            logger.warning("There will be no log: %s", error)
            path = None
        else:
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s"))
            root.addHandler(handler)
            stack.callback(root.removeHandler, handler)
            ours = logging.getLogger("livefollow")
            stack.callback(ours.setLevel, ours.level)
            ours.setLevel(min(logging.INFO, ours.getEffectiveLevel()))
        # Qt has one handler for the whole process, so it is restored.
        before = qInstallMessageHandler(log_message_of_qt)
        stack.callback(qInstallMessageHandler, before)
        logger.info(
            "livefollow %s, Python %s, Qt %s, PyQt %s, %s",
            __version__,
            platform.python_version(),
            qVersion(),
            PYQT_VERSION_STR,
            platform.platform(),
        )
        yield path


def _close(handler: logging.Handler) -> None:
    """Close the log; what a full disk has no room for is lost, and the program ends as it should."""
    with suppress(OSError):
        handler.close()


def _catch_crashes(path: Path, stack: ExitStack) -> None:
    """Have Python write tracebacks of all threads if the process crashes, for example by a segmentation fault."""
    anew = not path.exists() or path.stat().st_size > CRASH_BYTES
    file = stack.enter_context(path.open("w" if anew else "a", encoding="utf-8"))
    was_on = faulthandler.is_enabled()
    faulthandler.enable(file)
    if was_on and sys.__stderr__:  # it was enabled before, to write to standard error
        stack.callback(faulthandler.enable, sys.__stderr__)
    else:
        stack.callback(faulthandler.disable)


def log_message_of_qt(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    """Log a message of Qt under its category."""
    name = f"qt.{context.category}" if context.category not in (None, "default") else "qt"
    logging.getLogger(name).log(LEVELS[kind], "%s", message)
