"""The start page, shown without a score: recent scores and setlists, and how to open others. Window thread only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtGui import QShowEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from livefollow.score.files import shown
from livefollow.viewer.library.bookkeeping import Bookkeeping
from livefollow.viewer.library.catalogue import Entry
from livefollow.viewer.library.covers import CoverView
from livefollow.viewer.settings.messages import in_language

MOST_COVERS, MOST_ROWS, MOST_COLUMNS = 12, 2, 6
MOST_SETLISTS = 4
TITLE_SHARE = 2.0  # of the letters' size
ROOM_PX = 300  # of height that title and buttons take


class Welcome(QWidget):
    """Offers the scores opened last, setlists and the demo, and shows what went wrong with the last score.

    Attributes:
        accepted: the player wants to choose a score.
        demo_wanted: the player wants to see the demo.
        library_wanted: the player wants to see the library.
        microphone_wanted: the player wants to see how loud each input is.
        score_wanted: Path of a score to open.
        setlist_wanted: Path of a setlist to open; None for the one beside the score.
    """

    accepted = pyqtSignal()
    demo_wanted = pyqtSignal()
    library_wanted = pyqtSignal()
    microphone_wanted = pyqtSignal()
    score_wanted = pyqtSignal(object)
    setlist_wanted = pyqtSignal(object)

    def __init__(self, parent: QWidget, books: Bookkeeping) -> None:
        """Cover a widget with the page.

        Args:
            parent: to cover.
            books: know the scores opened last.
        """
        super().__init__(parent)
        parent.installEventFilter(self)
        self.setAutoFillBackground(True)
        self._books = books
        self._title = QLabel(self.tr("Put a score on the stand"))
        font = self._title.font()
        font.setPointSizeF(TITLE_SHARE * font.pointSizeF())
        self._title.setFont(font)
        self._hint = QLabel(
            self.tr("Drop a PDF or photos of the pages here, or open them.\nThen play: the page follows you and turns.")
        )
        self._complaint = QLabel()
        self._complaint.setAccessibleName(self.tr("What went wrong"))
        self._complaint.setStyleSheet("background: #ffe3d3; color: #8a3300; padding: 6px 10px;")
        self._complaint.hide()
        self.covers = CoverView(books.cover, one_click=True)
        self.covers.setAccessibleName(self.tr("Scores opened last"))
        self.covers.setFrameShape(QFrame.Shape.NoFrame)
        self.covers.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        if viewport := self.covers.viewport():
            viewport.setAutoFillBackground(False)
        self.covers.wanted.connect(lambda entry: self.score_wanted.emit(entry.path))
        self._button = self._push(self.tr("&Open a Score …"), self.accepted.emit)
        self._library = self._push(self.tr("&Library"), self.library_wanted.emit)
        self._setlists = QHBoxLayout()
        self._setlists.setSpacing(10)
        self._demo, self._microphone = self._sound_buttons()
        buttons = QHBoxLayout()
        buttons.setSpacing(12)
        buttons.addStretch()
        for button in (self._button, self._library, self._microphone, self._demo):
            buttons.addWidget(button)
        buttons.addStretch()
        column = QVBoxLayout(self)
        column.setSpacing(18)
        column.addStretch(2)
        for label in (self._title, self._hint, self._complaint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addWidget(self.covers, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addLayout(self._setlists)
        column.addLayout(buttons)
        column.addWidget(self._complaint)
        column.addStretch(3)
        self._recent: list[Entry] = []
        self.covers.hide()
        books.changed.connect(self.refresh)

    def _sound_buttons(self) -> tuple[QPushButton, QPushButton]:
        demo = self._push(self.tr("Watch the &Demo"), self.demo_wanted.emit)
        demo.setToolTip(self.tr("A short piece and a recording of it, played by your loudspeakers"))
        demo.setFlat(True)
        microphone = self._push(self.tr("&Microphone …"), self.microphone_wanted.emit)
        microphone.setToolTip(self.tr("Which one hears you, and how loud you are in each"))
        for button in (demo, microphone):
            button.hide()
        return demo, microphone

    def offer_sound(self) -> None:
        """Offer to watch the demo, and to choose a microphone, where there is sound."""
        self._demo.show()
        self._microphone.show()

    def offer_setlists(self, pieces: int, setlists: Sequence[Path]) -> None:
        """Offer the setlist beside the score, of so many pieces, and files of others."""
        while item := self._setlists.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        if not (pieces or setlists):
            return
        self._setlists.addStretch()
        if pieces:
            label = self.tr("Play the Setlist ({} Pieces)").format(pieces)
            self._setlists.addWidget(self._push(label, lambda: self.setlist_wanted.emit(None)))
        for path in setlists[:MOST_SETLISTS]:
            name = shown(Path(path.stem)).replace("&", "&&")
            button = self._push(self.tr("Setlist “{}”").format(name), partial(self.setlist_wanted.emit, path))
            button.setToolTip(shown(path))
            self._setlists.addWidget(button)
        self._setlists.addStretch()

    def invite(self) -> None:
        """Give the focus to the score opened last, so that Return opens it; without one to the button that asks."""
        if self.covers.isHidden():
            self._button.setDefault(True)
            self._button.setFocus()
        else:
            self._button.setDefault(False)
            self.covers.setFocus()
            self.covers.choose(max(0, self.covers.currentIndex().row()))

    def refresh(self) -> None:
        """Show the scores opened last as they are known now."""
        if self.isHidden():
            return
        self._recent = self._books.recent(MOST_COVERS)
        had_focus = self._button.hasFocus() or self.covers.hasFocus()
        self._lay_out()
        if had_focus:
            self.invite()

    def showEvent(self, a0: QShowEvent | None) -> None:  # noqa: N802  # Qt's name
        """Show the newest scores, the last one chosen."""
        super().showEvent(a0)
        self._recent = self._books.recent(MOST_COVERS)
        self._lay_out()
        self.covers.choose(0)

    def _lay_out(self) -> None:
        """Show as many covers as there is room for, in up to two rows."""
        item = self.covers.item_size()
        columns = max(1, min(MOST_COLUMNS, (self.width() - 2 * item.width() // 3) // item.width()))
        rows = max(1, min(MOST_ROWS, (self.height() - ROOM_PX) // item.height()))
        entries = self._recent[: columns * rows]
        self.covers.entry_model.show(entries)
        self.covers.setVisible(bool(entries))
        self._title.setText(self.tr("Go on with") if entries else self.tr("Put a score on the stand"))
        self._hint.setVisible(not entries)
        if entries:
            used = min(columns, len(entries))
            self.covers.setFixedSize(used * item.width() + 4, -(-len(entries) // columns) * item.height() + 4)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: N802  # Qt's name
        """Stay as large as the widget below."""
        parent = self.parentWidget()
        if parent and a0 is parent and a1 and a1.type() == QEvent.Type.Resize:
            self.setGeometry(parent.rect())
            self._lay_out()
        return super().eventFilter(a0, a1)

    @property
    def complaint(self) -> str:
        """What went wrong last; empty if nothing did."""
        return self._complaint.text()

    def complain(self, sentence: str) -> None:
        """Show what went wrong; an empty sentence hides it."""
        self._complaint.setText(in_language(sentence))
        self._complaint.setVisible(bool(sentence))

    def _push(self, label: str, do: Callable[[], object]) -> QPushButton:
        button = QPushButton(label)
        button.clicked.connect(lambda _=False: do())
        return button
