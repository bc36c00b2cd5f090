"""The setlist beside the score: pieces that can be reordered and opened one after the other. Window thread only."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from PyQt6.QtCore import QEvent, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QKeySequence
from PyQt6.QtWidgets import (
    QAbstractItemView,
    QDockWidget,
    QFileDialog,
    QGridLayout,
    QLabel,
    QListWidgetItem,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from livefollow.errors import ScoreError
from livefollow.score.files import shown
from livefollow.storage import write_whole
from livefollow.viewer.library.file_dialogs import score_filter, setlist_filter
from livefollow.viewer.library.piece_list import PieceList
from livefollow.viewer.library.setlist import SUFFIX, read_setlist, setlist_text
from livefollow.viewer.settings.preferences import MOST_PIECES

PATH, OPEN = Qt.ItemDataRole.UserRole, Qt.ItemDataRole.UserRole + 1


class SetlistPanel(QDockWidget):
    """Holds the setlist and knows which of its pieces is open.

    Attributes:
        chosen: Path of a piece to open.
        changed: `pieces` or their order has changed.
        failed: a sentence.
        left: the player has left the list, and the page gets the focus again.
        filed: Path of a setlist file that was opened or saved.
        next_piece, previous_piece: actions for a menu; disabled if there is no such piece.
        open_list, save_list: actions for a menu that ask for a file.
        of_pieces: actions for a menu that add, remove and move pieces.
    """

    chosen = pyqtSignal(object)
    changed = pyqtSignal()
    failed = pyqtSignal(object)
    left = pyqtSignal()
    filed = pyqtSignal(object)

    def __init__(
        self,
        pieces: Sequence[str] = (),
        parent: QWidget | None = None,
        folder: Callable[[], str] = str,
        located: Callable[[Path], Path] = Path,
    ) -> None:
        """Show a setlist.

        Args:
            pieces: paths.
            parent: of the panel.
            folder: returns the folder that dialogs begin in.
            located: returns where a piece lies that is no longer at its path; the path itself if that is unknown.
        """
        super().__init__(self.tr("Setlist"), parent)
        self.setObjectName("setlist")
        self._folder, self._located = folder, located
        self._list = PieceList()
        self._list.setAccessibleName(self.tr("Pieces of the setlist"))
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        self._list.setSpacing(3)
        self._list.itemActivated.connect(self._open)
        self._list.left.connect(self.left)
        self._hint = QLabel(self.tr("Add the scores you are going to play, in their order."))
        self._hint.setWordWrap(True)
        self._hint.setEnabled(False)

        self.next_piece = self._action(self.tr("&Next Piece"), "", lambda: self.step(1))
        self.previous_piece = self._action(self.tr("Pre&vious Piece"), "", lambda: self.step(-1))
        self.open_list = self._action(self.tr("&Open …"), "", self._ask_open)
        self.save_list = self._action(self.tr("S&ave …"), "", self._ask_save)
        self.of_pieces = [
            self._action(self.tr("Add …"), "Ins", self._ask_add),
            self._action(self.tr("Remove"), "Del", self._remove),
            self._action(self.tr("Up"), "Alt+Up", lambda: self._move(-1)),
            self._action(self.tr("Down"), "Alt+Down", lambda: self._move(1)),
        ]
        buttons = QGridLayout()
        for i, action in enumerate(self.of_pieces):
            action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
            self._list.addAction(action)
            button = QToolButton()
            button.setDefaultAction(action)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setAccessibleName(action.text())
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            buttons.addWidget(button, i // 2, i % 2)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(6, 6, 6, 6)
        column.addWidget(self._hint)
        column.addWidget(self._list)
        column.addLayout(buttons)
        self.setWidget(inside)
        self.add([Path(piece) for piece in pieces])
        model = self._list.model()
        assert model
        for signal in (model.rowsInserted, model.rowsRemoved, model.rowsMoved):
            signal.connect(self._refresh)
            signal.connect(self.changed)
        self._refresh()

    @property
    def pieces(self) -> list[Path]:
        """Paths of the pieces, in order."""
        return [Path(item.data(PATH)) for item in self._items()]

    @property
    def has_next(self) -> bool:
        """Whether a piece comes after the open one."""
        return self.next_piece.isEnabled()

    @property
    def at_open_piece(self) -> bool:
        """Whether the open score is one of the pieces."""
        return self._open_row() >= 0

    def idle_s(self, now: float) -> float:
        """Return the seconds for which the player has not used the list while it has the focus; 0 without focus.

        Args:
            now: `time.monotonic`.
        """
        return now - self._list.touched_s if self._list.hasFocus() else 0.0

    def enter(self) -> None:
        """Show the panel and give the list the focus."""
        self._list.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if self._list.currentRow() < 0:
            self._list.setCurrentRow(max(self._open_row(), 0))

    def opened(self, path: Path) -> None:
        """Mark a score as open; of several equal pieces, the next one."""
        path = path.absolute()
        rows = [row for row, piece in enumerate(self.pieces) if piece == path]
        current = self._open_row()
        row = min(rows, key=lambda row: (row < current, row), default=-1) if current not in rows else current
        self._mark(row)

    def step(self, by: int) -> None:
        """Open the piece after (1) or before (-1) the open one; missing pieces are skipped."""
        first = self._open_row() + by
        for row in range(first, self._list.count()) if by > 0 else range(first, -1, -1):
            item = self._list.item(row)
            if item and self._open(item):
                return

    def add(self, paths: Sequence[Path]) -> None:
        """Add pieces at the end."""
        for path in paths[: MOST_PIECES - self._list.count()]:
            item = QListWidgetItem()
            item.setData(PATH, str(path.absolute()))
            self._list.addItem(item)

    def begin(self, paths: Sequence[Path]) -> None:
        """Replace the pieces and open the first one.

        Args:
            paths: at least one.
        """
        self._list.clear()
        self.add(paths)
        self.show()
        self._open(next(self._items()))

    def load(self, path: Path) -> None:
        """Load a setlist file and open its first piece.

        Raises:
            ScoreError: see `read_setlist`.
        """
        self.begin(read_setlist(path))
        self.filed.emit(path)

    def save(self, path: Path) -> None:
        """Save the setlist to a file.

        Raises:
            ScoreError: it cannot be written.
        """
        path = path if path.suffix else path.with_suffix(SUFFIX)
        try:
            write_whole(path, setlist_text(self.pieces, path.parent))
        except OSError as error:
            raise ScoreError(
                "{name} cannot be written ({reason}); choose another folder.", name=shown(path), reason=error.strerror
            ) from error
        self.filed.emit(path)

    def changeEvent(self, a0: QEvent | None) -> None:  # noqa: N802  # Qt's name
        """Update the colours of pieces when night paper or the desktop changes them."""
        super().changeEvent(a0)
        if a0 and a0.type() == QEvent.Type.PaletteChange:
            self._refresh()

    def _action(self, label: str, keys: str, do: Callable[[], None]) -> QAction:
        action = QAction(label, self)
        action.setShortcut(QKeySequence(keys))
        action.setAutoRepeat(False)
        action.triggered.connect(lambda _=False: do())
        return action

    def _items(self) -> Iterator[QListWidgetItem]:
        for row in range(self._list.count()):
            item = self._list.item(row)
            if item:
                yield item

    def _open_row(self) -> int:
        """Return the row of the open piece; -1 for none."""
        return next((row for row, item in enumerate(self._items()) if item.data(OPEN)), -1)

    def _mark(self, open_row: int) -> None:
        for row, item in enumerate(self._items()):
            item.setData(OPEN, row == open_row)
        self._refresh()

    def _refresh(self) -> None:
        """Update names, marks and actions."""
        for number, item in enumerate(self._items(), 1):
            path = Path(item.data(PATH))
            name = f"{number}. {shown(Path(path.stem))}"
            there = path.exists()
            item.setText(name if there else self.tr("{title} (missing)").format(title=name))
            item.setToolTip(shown(path))
            item.setForeground(self.palette().text() if there else self.palette().placeholderText())
            font = item.font()
            font.setBold(bool(item.data(OPEN)))
            item.setFont(font)
        row, count = self._open_row(), self._list.count()
        self.next_piece.setEnabled(row + 1 < count)
        self.previous_piece.setEnabled(row > 0)
        self.save_list.setEnabled(count > 0)
        self._hint.setVisible(count == 0)

    def _open(self, item: QListWidgetItem) -> bool:
        """Open a piece, or report that it is missing; whether it exists."""
        path = Path(item.data(PATH))
        if not path.exists():
            path = self._located(path)
            item.setData(PATH, str(path))
        if not path.exists():
            self._refresh()
            self.failed.emit(self.tr("{path} is no longer there; remove it from the setlist.").format(path=shown(path)))
            return False
        self._mark(self._list.row(item))
        self._list.setCurrentItem(item)
        self.chosen.emit(path)
        return True

    def _remove(self) -> None:
        row = self._list.currentRow()
        if row >= 0:
            self._list.takeItem(row)
            self._list.setCurrentRow(min(row, self._list.count() - 1))

    def _move(self, by: int) -> None:
        row = self._list.currentRow()
        if row >= 0 and 0 <= row + by < self._list.count():
            self._list.insertItem(row + by, self._list.takeItem(row))
            self._list.setCurrentRow(row + by)

    def _ask_add(self) -> None:
        names, _ = QFileDialog.getOpenFileNames(
            self, self.tr("Add Scores to the Setlist"), self._folder(), score_filter()
        )
        self.add([Path(name) for name in names])

    def _ask_open(self) -> None:
        name, _ = QFileDialog.getOpenFileName(self, self.tr("Open Setlist"), self._folder(), setlist_filter())
        if name:
            try:
                self.load(Path(name))
            except ScoreError as error:
                self.failed.emit(error.message)

    def _ask_save(self) -> None:
        name, _ = QFileDialog.getSaveFileName(self, self.tr("Save Setlist"), self._folder(), setlist_filter())
        if name:
            try:
                self.save(Path(name))
            except ScoreError as error:
                self.failed.emit(error.message)
