"""Scores around the open one: opening, recent scores, the memory of each, and the setlist.

One per window; window thread only.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtCore import QObject, Qt, QTimer, pyqtSignal
from PyQt6.QtWidgets import QAbstractButton, QMainWindow, QMenu, QMessageBox

from livefollow.errors import ScoreError
from livefollow.follow.position import Position, State
from livefollow.score.files import shown
from livefollow.score.score import Score
from livefollow.viewer.library.bookkeeping import Bookkeeping
from livefollow.viewer.library.file_dialogs import ask_folder, ask_score
from livefollow.viewer.library.recent import RecentMenu, with_newest, without_missing
from livefollow.viewer.library.setlist import SUFFIX
from livefollow.viewer.library.setlist_panel import SetlistPanel
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.session.session import Session
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.systems_editor.dialog import SystemsEditor
from livefollow.viewer.widgets.menus import Menus

SETLIST_PX = 220
NEXT_MS = 4000  # for the last notes of a piece to sound before the next one opens

logger = logging.getLogger(__name__)


class Library(QObject):
    """Opens scores and remembers them.

    Attributes:
        wanted: Path of a score to open, and its password or None.
        said: a sentence for the player.
        next_said: a sentence while the next piece of the setlist is about to open; else empty.
        page_wanted: the player wants to see all scores.
        setlists_changed: number of pieces in the setlist, and paths of setlists opened or saved last.
        setlist: the panel.
        books: what is known of all scores.
        writing: returns whether the player writes on the open score: the next piece waits.
    """

    wanted = pyqtSignal(object, object)
    said = pyqtSignal(object)
    next_said = pyqtSignal(object)
    page_wanted = pyqtSignal()
    setlists_changed = pyqtSignal(int, list)
    _unwritten = pyqtSignal(object)

    def __init__(
        self,
        window: QMainWindow,
        menus: Menus,
        preferences: RecordFile[Preferences],
        open_score: OpenScore,
    ) -> None:
        """Add the actions to the menus, and the hidden panel beside the score.

        Args:
            window: parent of dialogs.
            menus: of the window.
            preferences: the settings.
            open_score: of the window.
        """
        super().__init__(window)
        self._window, self._preferences, self._open = window, preferences, open_score
        self._editor: SystemsEditor | None = None
        self._unwritten.connect(self._report_unwritten)
        self._reported = False
        preferences.tell = self._tell_unwritten
        self.books = Bookkeeping(preferences, open_score, self)
        self.books.keeper.failed.connect(self.said)
        self.setlist = SetlistPanel(
            preferences.values.setlist, window, lambda: preferences.values.score_folder, self._located
        )
        self.setlist.setVisible(preferences.values.setlist_shown)
        window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.setlist)
        window.resizeDocks([self.setlist], [SETLIST_PX], Qt.Orientation.Horizontal)
        self.setlist.chosen.connect(self._open_piece)
        self.setlist.failed.connect(self.said)
        self.setlist.changed.connect(self._keep_setlist)
        self.setlist.filed.connect(self._remember_setlist)
        self._next = QTimer(self)
        self._next.setSingleShot(True)
        self._next.setInterval(NEXT_MS)
        self._next.timeout.connect(self._open_next)
        self.writing: Callable[[], bool] = lambda: False
        self._finished = False
        self._performing = False  # the score that is open, or will be, was opened by the setlist
        self._warned = 0  # number of the document's warnings shown so far
        self._whole = False  # all pages of the open score are read, so its end is known

        recent = RecentMenu(lambda: preferences.values.recent, window, self._located)
        recent.chosen.connect(lambda path: self.open([path]))
        recent.changed.connect(lambda paths: preferences.change(recent=paths))
        file = menus.menus["file"]
        menus.add("file", "open", self.tr("&Open …"), self._choose(ask_score), "Ctrl+O")
        menus.add("file", "open_folder", self.tr("Open &Folder …"), self._choose(ask_folder), "Ctrl+Shift+O")
        file.addMenu(recent)
        menus.add("file", "library", self.tr("&Library"), self.page_wanted.emit, "F8")
        file.addMenu(self._setlist_menu(menus))
        file.addSeparator()
        self._correct = menus.add("file", "correct", self.tr("Fix Staff &Detection …"), self.fix_staves)
        self._correct.setEnabled(False)
        file.addSeparator()
        open_score.opened.connect(self._opened)
        open_score.session_made.connect(self._watch_end)
        open_score.closing.connect(self._closing)

    def open(self, paths: Sequence[Path], password: str | None = None) -> None:
        """Open what the player chose or dropped: a score, a setlist, or several scores as a setlist."""
        self._performing = False
        try:
            if len(paths) == 1 and paths[0].suffix.lower() == SUFFIX:
                self.setlist.load(paths[0])
            elif len(paths) == 1:
                self.wanted.emit(self._located(paths[0]), password)
            elif paths:
                self.setlist.begin(paths)
        except ScoreError as error:
            self.said.emit(error.message)

    def drop(self, paths: Sequence[Path]) -> None:
        """Open what was dropped; ask first if that would replace a setlist."""
        makes_setlist = len(paths) > 1 or any(path.suffix.lower() == SUFFIX for path in paths)
        scores = [path for path in paths if path.suffix.lower() != SUFFIX]
        before = self.setlist.pieces
        if not (makes_setlist and before) or [path.absolute() for path in paths] == before:
            self.open(paths)
            return
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Setlist"))
        box.setText(self.tr("Replace the setlist of {} pieces by what was dropped?").format(len(before)))
        replace = box.addButton(self.tr("&Replace"), QMessageBox.ButtonRole.DestructiveRole)
        add = box.addButton(self.tr("&Add to It"), QMessageBox.ButtonRole.AcceptRole) if scores == list(paths) else None
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))

        def answer(button: QAbstractButton) -> None:
            if button is replace:
                self.open(paths)
            elif button is add:
                self.setlist.add(paths)
                self.setlist.show()

        box.buttonClicked.connect(answer)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _opened(self, score: Score) -> None:
        """Remember a score that was opened."""
        memory = self._open.memory
        assert memory
        self._correct.setEnabled(True)
        path = score.document.path
        self._preferences.change(
            recent=with_newest(self._preferences.values.recent, path), score_folder=str(path.absolute().parent)
        )
        memory.tell = self._tell_unwritten
        self.setlist.opened(path)
        if self._performing:  # in a setlist a piece begins at its beginning, wherever it was practised last
            memory.change(page=1)
        if memory.complaint:
            self.said.emit(memory.complaint)
        self._warned = 0
        self._warn()

    def _watch_end(self, session: Session) -> None:
        """Watch the session for the end of the piece; the positions of a replay do not count."""
        session.score_read.connect(self.read)
        session.moved.connect(lambda positions: self.positioned(positions[-1]))

    def cancel_next(self) -> None:
        """Cancel opening the next piece: the player does something else with the open score."""
        self._next.stop()
        self.next_said.emit("")

    def read(self) -> None:
        """Report warnings once all pages are read."""
        self._whole = True
        self._warn()

    def _warn(self) -> None:
        """Report the first new warning of the document."""
        warnings = self._open.score.document.warnings if self._open.score else []
        if len(warnings) > self._warned:
            self.said.emit(warnings[self._warned])
            self._warned = len(warnings)

    def keep(self) -> None:
        """Remember when the window closes whether the setlist is shown."""
        self._preferences.change(setlist_shown=not self.setlist.isHidden())

    def _closing(self) -> None:
        """Save what is remembered before the score is closed."""
        self.cancel_next()
        if self._finished and self._open.memory:  # it will be opened at its beginning
            self._open.memory.change(page=1)
        self._finished = self._whole = False
        self._correct.setEnabled(False)
        if self._editor:
            self._editor.corrected.disconnect()
            self._editor.reject()

    def positioned(self, position: Position) -> None:
        """Take a position; at the end of the piece, the next one opens soon."""
        finished = self._whole and position.state is State.FINISHED
        if finished == self._finished:
            return
        self._finished = finished
        wanted = self._performing and self._preferences.values.next_at_end
        if finished and wanted and self.setlist.at_open_piece and self.setlist.has_next:
            self._next.start()
            self.next_said.emit(self.tr("The next piece of the setlist opens in a moment."))
        else:
            self.cancel_next()

    def _open_next(self) -> None:
        if self.writing():
            self._next.start()
        else:
            self.setlist.step(1)

    def _tell_unwritten(self, sentence: str) -> None:
        """Report that settings or memory cannot be written; called on the writing thread."""
        try:
            self._unwritten.emit(sentence)
        except RuntimeError:  # the window is gone; the log has the message
            logger.debug("nobody is told any more")

    def _report_unwritten(self, sentence: str) -> None:
        if not self._reported:  # only once: every further change would fail too
            self._reported = True
            self.said.emit(sentence)

    def _open_piece(self, path: Path) -> None:
        self._performing = True
        self.wanted.emit(path, None)

    def fix_staves(self, page: int | None = None) -> None:
        """Let the player correct the detected systems; the score is read again after that.

        Args:
            page: to begin with, from 1; the page shown by default.
        """
        score = self._open.score
        if score is None or self._editor:
            return
        path = score.document.path
        self._editor = editor = SystemsEditor(score, page or self._open.page, self._window)
        editor.corrected.connect(lambda: self.wanted.emit(path, None))
        editor.finished.connect(self._forget_editor)
        editor.open()

    def read_anew(self) -> None:
        """Open the open score again, because rotation or parts have changed."""
        if self._open.score:
            self.wanted.emit(self._open.score.document.path, None)

    def _forget_editor(self) -> None:
        if self._editor:
            self._editor.deleteLater()
        self._editor = None

    def _setlist_menu(self, menus: Menus) -> QMenu:
        menu = QMenu(self.tr("Se&tlist"), self._window)
        shown = self.setlist.toggleViewAction()
        assert shown
        shown.setText(self.tr("&Show"))
        shown.setShortcut("F9")
        shown.setAutoRepeat(False)
        shown.triggered.connect(lambda on: self.setlist.enter() if on else None)
        next_piece, previous_piece = self.setlist.next_piece, self.setlist.previous_piece
        for action in (shown, next_piece, previous_piece, self.setlist.open_list, self.setlist.save_list):
            menu.addAction(action)
            self._window.addAction(action)  # so that their keys work while the menu bar is hidden
        menus.adopt("next_piece", next_piece, "Ctrl+PgDown")
        menus.adopt("previous_piece", previous_piece, "Ctrl+PgUp")
        menu.addSeparator()
        pieces = menu.addMenu(self.tr("&Pieces"))
        assert pieces
        pieces.addActions(self.setlist.of_pieces)  # their keys work in the list
        menu.addSeparator()
        at_end = menus.add(menu, "next_at_end", self.tr("Next Piece at the &End"), self._set_next, checkable=True)
        at_end.setChecked(self._preferences.values.next_at_end)
        return menu

    def _set_next(self, on: bool) -> None:
        self._preferences.change(next_at_end=on)

    def _choose(self, ask: Callable[[QMainWindow, str], Path | None]) -> Callable[[], None]:
        def choose() -> None:
            path = ask(self._window, self._preferences.values.score_folder)
            if path:
                self.open([path])

        return choose

    def _located(self, path: Path) -> Path:
        """Return where a score lies that is no longer at its path, found by its content; else the path."""
        return path if path.exists() else self.books.entry(path).path

    def _remember_setlist(self, path: Path) -> None:
        self._preferences.change(recent_setlists=with_newest(self._preferences.values.recent_setlists, path))
        self.tell_setlists()

    def tell_setlists(self) -> None:
        """Say which setlists there are."""
        files = [Path(name) for name in without_missing(self._preferences.values.recent_setlists)]
        self.setlists_changed.emit(len(self.setlist.pieces), files)

    def open_setlist(self, path: Path | None) -> None:
        """Open a setlist and its first piece; None for the one beside the score."""
        if path:
            self.open([path])
        else:
            self.setlist.show()
            self.setlist.step(1)

    def add_to_setlist(self, path: Path) -> None:
        """Add a score to the setlist, and show it."""
        self.setlist.add([path])
        self.setlist.show()
        self.said.emit(self.tr("{} is in the setlist.").format(shown(Path(path.stem))))

    def _keep_setlist(self) -> None:
        self._preferences.change(setlist=[str(path) for path in self.setlist.pieces])
        self.tell_setlists()
