"""The library: all scores of the watched folders as covers, with search as you type. Window thread only."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QKeyEvent, QShowEvent
from PyQt6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from livefollow.score.files import shown
from livefollow.viewer.library.bookkeeping import Bookkeeping
from livefollow.viewer.library.catalogue import Entry
from livefollow.viewer.library.covers import CoverView
from livefollow.viewer.library.piece_list import OPENING, is_own
from livefollow.viewer.library.score_card import ScoreCard
from livefollow.viewer.library.shelf import Shelf, ShelfOrder

NARROW_PX = 720  # of width below which the card of the chosen score has no room
FAVOURITES, TAG = "favourites", "tag"  # kinds of what can be chosen beside the search


class SearchLine(QLineEdit):
    """The search line, which claims the keys that lead from it.

    Attributes:
        down: the player goes down to what was found, or opens it.
        escaped: the player has pressed Escape.
    """

    down = pyqtSignal(bool)
    escaped = pyqtSignal()

    def event(self, a0: QEvent | None) -> bool:
        """Claim keys before the window's actions get them."""
        if isinstance(a0, QKeyEvent) and a0.type() == QEvent.Type.ShortcutOverride and is_own(a0):
            a0.accept()
            return True
        return super().event(a0)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:  # noqa: N802  # Qt's name
        """Go down with the arrow, open with Return, leave with Escape."""
        if a0 and a0.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
            else:
                self.escaped.emit()
        elif a0 and (a0.key() in OPENING or a0.key() == Qt.Key.Key_Down):
            if not a0.isAutoRepeat():
                self.down.emit(a0.key() in OPENING)
        else:
            super().keyPressEvent(a0)


class LibraryPage(QWidget):
    """Covers the pages with all scores.

    Attributes:
        wanted: Path of a score to open.
        setlist_wanted: Path of a score to add to the setlist.
        left: it is closed, and the page gets the focus again.
    """

    wanted = pyqtSignal(object)
    setlist_wanted = pyqtSignal(object)
    left = pyqtSignal()

    def __init__(self, parent: QWidget, books: Bookkeeping) -> None:
        """Stay hidden until `show`.

        Args:
            parent: to cover.
            books: know all scores.
        """
        super().__init__(parent)
        self.hide()
        parent.installEventFilter(self)
        self.setAutoFillBackground(True)
        self._books, self._shelf = books, Shelf()
        self.search = SearchLine()
        self.search.setPlaceholderText(self.tr("Search for a title, composer or tag"))
        self.search.setAccessibleName(self.tr("Search"))
        self.choice = QComboBox()
        self.choice.setAccessibleName(self.tr("Which scores"))
        self.order = QComboBox()
        self.order.setAccessibleName(self.tr("Order"))
        for order, text in (
            (ShelfOrder.COMPOSER, self.tr("By composer")),
            (ShelfOrder.TITLE, self.tr("By title")),
            (ShelfOrder.PRACTISED, self.tr("Last practised")),
        ):
            self.order.addItem(text, order)
        for box in (self.choice, self.order):
            if listed := box.view():
                listed.setAccessibleName(box.accessibleName())
        self.count = QLabel()
        self.folders = QToolButton()
        self.folders.setText(self.tr("Fol&ders"))
        self.folders.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.folders.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_folders)
        self.folders.setMenu(self._menu)
        close = QToolButton()
        close.setText("✕")
        close.setToolTip(self.tr("Back to the page"))
        close.setAccessibleName(close.toolTip())
        close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        close.clicked.connect(lambda _=False: self.leave())
        row = QHBoxLayout()
        row.addWidget(self.search, 1)
        for widget in (self.choice, self.order, self.count, self.folders, close):
            row.addWidget(widget)
        self.covers = CoverView(books.cover, one_click=False)
        self.covers.setAccessibleName(self.tr("Scores"))
        self.card = ScoreCard()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.covers)
        self._stack.addWidget(self._invitation())
        below = QHBoxLayout()
        below.addWidget(self._stack, 1)
        below.addWidget(self.card)
        column = QVBoxLayout(self)
        column.addLayout(row)
        column.addLayout(below, 1)
        self._connect()

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _: self._filter())
        self.search.down.connect(self._go_down)
        self.search.escaped.connect(self.leave)
        self.choice.activated.connect(lambda _: self._filter())
        self.order.currentIndexChanged.connect(lambda _: self._filter())
        self.covers.wanted.connect(self._open)
        self.covers.chosen.connect(self.card.show_entry)
        self.covers.left.connect(self.search.setFocus)
        self.covers.escaped.connect(self.leave)
        self.card.open_wanted.connect(lambda: self._open(self.covers.entry))
        self.card.setlist_wanted.connect(self._add_to_setlist)
        self.card.described.connect(self._describe)
        self._books.changed.connect(self.refresh)

    def _invitation(self) -> QWidget:
        """Make what is shown while there are no scores."""
        page = QWidget()
        words = QLabel(
            self.tr(
                "Choose the folder in which your scores lie. They are listed here with their first pages, "
                "and new ones appear by themselves."
            )
        )
        words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        words.setWordWrap(True)
        self._choose = QPushButton(self.tr("&Watch a Folder …"))
        self._choose.clicked.connect(lambda _=False: self.ask_folder())
        column = QVBoxLayout(page)
        column.addStretch(2)
        column.addWidget(words)
        column.addWidget(self._choose, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(3)
        return page

    def enter(self) -> None:
        """Show the library over the page, or leave it if it is shown."""
        if self.isVisible():
            self.leave()
            return
        self._books.keeper.search()
        self.setGeometry(self._below().rect())
        self.show()
        self.raise_()
        (self.search if self._shelf.entries else self._choose).setFocus()
        self.search.selectAll()

    def leave(self) -> None:
        """Close the library; what is being typed in the card counts."""
        self.setFocus()
        self.hide()
        self.left.emit()

    def refresh(self) -> None:
        """Show the scores as they are known now, if the library is open."""
        if self.isHidden():
            return
        self._shelf = Shelf(self._books.keeper.catalogue.entries())
        before = self.choice.currentData()
        self.choice.clear()
        self.choice.addItem(self.tr("All scores"), ("", ""))
        self.choice.addItem(self.tr("Favourites"), (FAVOURITES, ""))
        for tag in self._shelf.tags:
            self.choice.addItem(tag, (TAG, tag))
        index = next((k for k in range(self.choice.count()) if self.choice.itemData(k) == before), 0)
        self.choice.setCurrentIndex(index)
        folders = self._books.keeper.catalogue.folders()
        self._stack.setCurrentIndex(0 if self._shelf.entries or folders else 1)
        self._fit()
        self._filter()

    def ask_folder(self) -> None:
        """Ask for a folder to watch."""
        name = QFileDialog.getExistingDirectory(self, self.tr("Watch a Folder"))
        if name:
            self.watch(Path(name))

    def watch(self, folder: Path) -> None:
        """Watch a folder from now on."""
        self._books.keeper.do(lambda catalogue: catalogue.watch(folder))
        self._books.keeper.search()

    def unwatch(self, folder: Path) -> None:
        """Watch a folder no longer; what was practised stays known."""
        self._books.keeper.do(lambda catalogue: catalogue.unwatch(folder))
        self._books.keeper.search()

    def _fit(self) -> None:
        """Show the card where there is room, and a score to be chosen."""
        self.card.setVisible(self.width() >= NARROW_PX and self._stack.currentIndex() == 0)

    def _below(self) -> QWidget:
        parent = self.parentWidget()
        assert parent
        return parent

    def _filter(self) -> None:
        kind, tag = self.choice.currentData() or ("", "")
        order = self.order.currentData() or ShelfOrder.COMPOSER
        found = self._shelf.found(self.search.text(), tag=tag, favourites=kind == FAVOURITES, order=order)
        chosen = self.covers.entry
        self.covers.entry_model.show(found)
        paths = [entry.path for entry in found]
        row = paths.index(chosen.path) if chosen and chosen.path in paths else 0
        if found:
            self.covers.choose(row)
        self.card.show_entry(self.covers.entry if found else None)
        self.count.setText(self.tr("1 score") if len(found) == 1 else self.tr("{} scores").format(len(found)))

    def _go_down(self, opening: bool) -> None:
        if opening:
            self._open(self.covers.entry)
        elif self.covers.entry:
            self.covers.setFocus()

    def _open(self, entry: Entry | None) -> None:
        if entry:
            self.leave()
            self.wanted.emit(entry.path)

    def _add_to_setlist(self) -> None:
        if self.covers.entry:
            self.setlist_wanted.emit(self.covers.entry.path)

    def _describe(self, changes: dict[str, Any]) -> None:
        """Write down what the player says of the chosen score, and show it at once."""
        entry = self.covers.entry
        if entry is None:
            return
        known = entry.content_hash
        self._books.keeper.do(lambda catalogue: catalogue.describe(known, **changes))
        changed = replace(entry, **changes)
        self._shelf = Shelf([changed if other.path == entry.path else other for other in self._shelf.entries])
        self._filter()

    def _fill_folders(self) -> None:
        self._menu.clear()
        add = self._menu.addAction(self.tr("&Watch a Folder …"))
        assert add
        add.triggered.connect(lambda _=False: self.ask_folder())
        folders = self._books.keeper.catalogue.folders()
        if folders:
            self._menu.addSeparator()
        for folder in folders:
            label = shown(folder).replace("&", "&&")
            action = self._menu.addAction(self.tr("No Longer Watch {}").format(label))
            assert action
            action.triggered.connect(partial(self._forget, folder))

    def _forget(self, folder: Path, _on: bool = False) -> None:
        self.unwatch(folder)

    # --- Qt's events ---

    def showEvent(self, a0: QShowEvent | None) -> None:  # noqa: N802  # Qt's name
        """Show what is known now."""
        super().showEvent(a0)
        self.refresh()

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: N802  # Qt's name
        """Stay as large as the widget below."""
        parent = self.parentWidget()
        if parent and a0 is parent and a1 and a1.type() == QEvent.Type.Resize:
            self.setGeometry(parent.rect())
            self._fit()
        return super().eventFilter(a0, a1)
