"""The dialog that corrects the systems of a score, page by page.

Window thread only; `loader` has a thread for slow work.
"""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QImage, QKeySequence, QShortcut
from PyQt6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from livefollow.errors import LivefollowError
from livefollow.score.boxes import staves_in
from livefollow.score.document import Page
from livefollow.score.score import Score
from livefollow.score.systems import System
from livefollow.viewer.settings.messages import in_language
from livefollow.viewer.systems_editor.canvas import SystemsCanvas
from livefollow.viewer.systems_editor.edit import MOST_STAVES, Box, SystemsEdit, level_box
from livefollow.viewer.systems_editor.loader import SystemsLoader

NEW_STAFF_PT = 24.0
SCREEN_SHARE = 0.92  # of the screen that the dialog may take


class SystemsEditor(QDialog):
    """Corrects the systems of an open score; every change is saved at once.

    Attributes:
        corrected: the dialog is closed, and the score must be read again.
    """

    corrected = pyqtSignal()

    def __init__(self, score: Score, page: int, parent: QWidget | None = None) -> None:
        """Show a page.

        Args:
            score: kept open by the caller as long as the dialog is.
            page: from 1.
            parent: window of the dialog.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Fix Staff Detection"))
        self._score, self._edit = score, SystemsEdit(score.corrections)
        self._count = score.document.page_count
        self._known = False  # whether the page's detected systems are known
        self._raster: Page | None = None  # raster of the page that was loaded last
        self._loader = SystemsLoader(score)
        self._loader.drawn.connect(self._show_page)
        self._loader.found.connect(self._show_systems)
        self._loader.failed.connect(self._say)

        self.canvas = SystemsCanvas()
        self.canvas.chose.connect(self._refresh)
        self.canvas.moved.connect(lambda index, box: self._do(lambda: self._edit.move(self.page, index, box)))
        self.canvas.drawn.connect(self._draw)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self.canvas)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        row = QHBoxLayout()
        row.addWidget(self._scroll, 1)
        row.addLayout(self._make_side())
        column = QVBoxLayout(self)
        column.addLayout(row, 1)
        self._sentence = QLabel()
        self._sentence.setAccessibleName(self.tr("Message"))
        self._sentence.setWordWrap(True)
        column.addWidget(self._sentence)
        self.resize(self._fitting(QSize(1000, 900)))
        self.page_number.setValue(page)
        self._load(page)

    def _fitting(self, size: QSize) -> QSize:
        """Return a size that fits on the screen, with window frame and desktop panels."""
        screen = self.screen()
        return size.boundedTo(screen.availableGeometry().size() * SCREEN_SHARE) if screen else size

    @property
    def page(self) -> int:
        """Number of the page that is shown."""
        return self.page_number.value()

    def _make_side(self) -> QVBoxLayout:
        side = QVBoxLayout()
        self.page_number = QSpinBox()
        self.page_number.setRange(1, self._count)
        self.page_number.setPrefix(self.tr("Page "))
        self.page_number.setSuffix(self.tr(" of {count}").format(count=self._count))
        self.page_number.setAccessibleName(self.tr("Page"))
        self.page_number.valueChanged.connect(self._load)
        side.addWidget(self.page_number)
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("Systems of the page"))
        self.list.setMaximumWidth(230)
        self.list.currentRowChanged.connect(self._choose_listed)
        side.addWidget(self.list, 1)
        self.add_button = self._button(self.tr("&Add"), "Ins", self._add_below)
        self.remove_button = self._button(self.tr("&Remove"), "Del", self._remove)
        self.skip_button = self._button(self.tr("&Skip this system"), "S", self._skip)
        self.skip_button.setCheckable(True)
        self.staves = QSpinBox()
        self.staves.setRange(1, MOST_STAVES)
        self.staves.setPrefix(self.tr("Staves: "))
        self.staves.setAccessibleName(self.tr("Number of staves"))
        self.staves.valueChanged.connect(self._set_staves)
        self.forget_button = self._button(self.tr("As &Detected"), "", self._forget)
        self.undo_button = self._button(self.tr("&Undo"), "Ctrl+Z", self._undo)
        for widget in (
            self.add_button,
            self.remove_button,
            self.skip_button,
            self.staves,
            self.forget_button,
            self.undo_button,
        ):
            side.addWidget(widget)
        hint = QLabel(
            self.tr(
                "Each box reaches from the highest to the lowest staff line of a system. Drag its edges, or draw a new "
                "box around the staves of a system: it takes the staves that are seen in it. Arrow keys move it, with "
                "Shift they stretch it. Everything is saved at once."
            )
        )
        hint.setWordWrap(True)
        hint.setMaximumWidth(230)
        side.addWidget(hint)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.rejected.connect(self.reject)
        side.addWidget(buttons)
        return side

    def _button(self, text: str, keys: str, do: Callable[[], None]) -> QPushButton:
        button = QPushButton(text)
        button.setAutoDefault(False)
        button.setMaximumWidth(230)
        button.clicked.connect(do)
        if keys:
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.activated.connect(button.animateClick)
            button.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
        return button

    # --- pages come ---

    def _load(self, page: int) -> None:
        self._known = False
        self._refresh(-1)
        self._loader.load(page)

    def _show_page(self, page: int, size: tuple[float, float], image: QImage) -> None:
        if page == self.page:  # no other page was chosen meanwhile
            self.canvas.show_page(size, image)

    def _show_systems(self, page: int, detected: list[System], raster: Page) -> None:
        if page == self.page:
            self._raster = raster
            self._edit.know(page, detected)
            self._known = True
            self._refresh(0)

    # --- the player changes something ---

    def _do(self, change: Callable[[], int | None]) -> None:
        """Make a change and choose the system whose index it returns."""
        if not self._known:
            return
        chosen = self.canvas.chosen
        try:
            index = change()
            chosen = chosen if index is None else index
            self._say("")
        except LivefollowError as error:
            self._say(error.message)
        except OSError as error:
            self._say(self.tr("The correction cannot be saved ({reason}).").format(reason=error.strerror))
        self._refresh(chosen)

    def _draw(self, box: Box) -> None:
        """Add a drawn box, with the staves detected in it."""
        raster = self._raster if self._raster and self._raster.number == self.page else None
        staves = staves_in(raster, box)[:MOST_STAVES] if raster else []
        self._do(lambda: self._edit.add(self.page, box, staves))

    def _add(self, box: Box) -> None:
        self._do(lambda: self._edit.add(self.page, box))

    def _add_below(self) -> None:
        """Add a system like the chosen one below it; on an empty page, at its top."""
        if not self._known:
            return
        width, height = self._score.document.page_size(self.page)
        systems = self._edit.systems(self.page)
        if 0 <= self.canvas.chosen < len(systems):
            old = systems[self.canvas.chosen]
            tall = old.bottom - old.top
            top = min(old.bottom + tall / 2, height - tall)
            self._add((old.left, top, old.right, top + tall))
        else:
            self._add((0.1 * width, 0.1 * height, 0.9 * width, 0.1 * height + 3 * NEW_STAFF_PT))

    def _remove(self) -> None:
        index = self.canvas.chosen
        if index >= 0:
            self._do(lambda: self._edit.remove(self.page, index))

    def _skip(self) -> None:
        index = self.canvas.chosen
        if index >= 0:
            skipped = self._edit.systems(self.page)[index].skip
            self._do(lambda: self._edit.skip(self.page, index, not skipped))

    def _set_staves(self, count: int) -> None:
        index = self.canvas.chosen
        if index >= 0:
            self._do(lambda: self._edit.set_staves(self.page, index, count))

    def _forget(self) -> None:
        self._do(lambda: self._edit.forget(self.page))

    def _undo(self) -> None:
        if not self._edit.changed:
            return
        undone: list[int] = []
        self._do(lambda: undone.append(self._edit.undo()))
        if undone and undone[0] != self.page:
            self.page_number.setValue(undone[0])

    def _choose_listed(self, index: int) -> None:
        self._refresh(index)
        if index >= 0:
            middle = self.canvas.box_on_screen(level_box(self._edit.systems(self.page)[index])).center()
            self._scroll.ensureVisible(round(middle.x()), round(middle.y()), 0, self._scroll.height() // 4)

    def _refresh(self, chosen: int) -> None:
        """Show the present systems."""
        systems = self._edit.systems(self.page) if self._known else []
        chosen = min(chosen, len(systems) - 1)
        self.canvas.show_systems(systems, chosen)
        system = systems[chosen] if chosen >= 0 else None
        for widget in (self.list, self.staves):
            widget.blockSignals(True)
        self.list.clear()
        for number, each in enumerate(systems, 1):
            words = self.tr("System {number}, skipped") if each.skip else self.tr("System {number}")
            self.list.addItem(words.format(number=number))
        self.list.setCurrentRow(chosen)
        if system:
            self.staves.setValue(len(system.staves))
        for widget in (self.list, self.staves):
            widget.blockSignals(False)
        self.skip_button.setChecked(bool(system and system.skip))
        for button in (self.remove_button, self.skip_button, self.staves):
            button.setEnabled(system is not None)
        self.add_button.setEnabled(self._known)
        self.forget_button.setEnabled(self._known and self._edit.corrected(self.page))
        self.undo_button.setEnabled(self._edit.changed)

    def _say(self, sentence: str) -> None:
        self._sentence.setText(in_language(sentence))

    def done(self, a0: int) -> None:
        """Close, and have the score read again if it was corrected."""
        self._loader.close()
        super().done(a0)
        if self._edit.changed:
            self.corrected.emit()
