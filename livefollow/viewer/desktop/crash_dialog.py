"""Unexpected errors: logged with their traceback and shown as a sentence, while the window goes on.

PyQt ends the process if a slot raises and `sys.excepthook` is not replaced. Exceptions may come from any thread; the
dialog belongs to the window's.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from PyQt6.QtCore import QObject, Qt, QUrl, pyqtSignal
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QMessageBox, QWidget

from livefollow.errors import LivefollowError
from livefollow.viewer.settings.messages import in_language

logger = logging.getLogger(__name__)


class CrashHandler(QObject):
    """Shows unexpected errors, one dialog at a time, and the same error only once in a row."""

    _happened = pyqtSignal(object, str)  # sentence and place in the program; crosses threads

    def __init__(self, log: Path | None, window: QWidget | None = None) -> None:
        """Prepare without catching anything.

        Args:
            log: the log file.
            window: parent of dialogs; may be set later.
        """
        super().__init__()
        self._log, self.window = log, window
        self.keep: Callable[[], object] | None = None  # writes a report; on any thread
        self._kept = ""  # place of the error that it was called for last
        self._last = ""
        self._box: QMessageBox | None = None
        self._happened.connect(self._show)

    @contextmanager
    def caught(self) -> Iterator[CrashHandler]:
        """Catch what slots, threads and destructors raise during the block; yields this object."""
        before = sys.excepthook, threading.excepthook, sys.unraisablehook
        sys.excepthook = self.report
        threading.excepthook = self._report_thread
        sys.unraisablehook = self._report_unraisable
        try:
            yield self
        finally:
            sys.excepthook, threading.excepthook, sys.unraisablehook = before

    def report(
        self, kind: type[BaseException], error: BaseException | None, trace: TracebackType | None, where: str = ""
    ) -> None:
        """Log an exception and show it; on any thread. Serves as `sys.excepthook`."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error or kind(), trace)
            return
        logger.error("Unexpected%s", f" in {where}" if where else "", exc_info=(kind, error or kind(), trace))
        place = place_of(kind, trace)
        if self.keep and place != self._kept:  # what happens with every paint is written once
            self._kept = place
            self.keep()
        self._happened.emit(error.message if isinstance(error, LivefollowError) else "", place)

    def _report_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_type is not SystemExit:
            self.report(args.exc_type, args.exc_value, args.exc_traceback, args.thread.name if args.thread else "")

    def _report_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        # A failing destructor is only logged: nothing that the player did went wrong.
        logger.error(
            "Ignored in %r",
            args.object,
            exc_info=(args.exc_type, args.exc_value or args.exc_type(), args.exc_traceback),
        )

    def _show(self, sentence: str, place: str) -> None:
        said = sentence or place
        if said == self._last or self._box is not None:
            return
        self._last = said
        box = QMessageBox(self.window)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(self.tr("Something went wrong"))
        box.setText(
            in_language(sentence)
            or self.tr("Something in livefollow went wrong that should not have. You can play on.")
        )
        told = self.tr("What happened is written down in\n{path}").format(path=self._log) if self._log else place
        box.setInformativeText(told)
        box.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        play_on = box.addButton(self.tr("Play On"), QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(play_on)
        box.setEscapeButton(play_on)
        if self._log:
            show = box.addButton(self.tr("Show Log"), QMessageBox.ButtonRole.ActionRole)
            folder = QUrl.fromLocalFile(str(self._log.parent))
            if show:
                show.clicked.connect(lambda: QDesktopServices.openUrl(folder))
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setModal(False)  # the music goes on, and so does the highlight; pedals go on turning pages
        box.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        box.finished.connect(self._closed)
        self._box = box
        box.show()

    def _closed(self) -> None:
        self._box = None


def place_of(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Return in one line what went wrong where; errors with the same line count as the same."""
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f" ({Path(trace.tb_frame.f_code.co_filename).name}, line {trace.tb_lineno})" if trace else ""
    return f"{kind.__name__}{where}"
