"""Scores as covers: a list of entries, and the view that shows them. Window thread only.

Covers come from the catalogue when they are first seen, and some hundred are kept.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from PyQt6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QLocale,
    QModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    pyqtSignal,
)
from PyQt6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QPixmap
from PyQt6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from livefollow.score.files import shown
from livefollow.viewer.library.catalogue import Entry
from livefollow.viewer.library.piece_list import OPENING, is_own

MOST_KEPT = 400  # covers in memory, of about 0.5 MB each on a screen of scale 2
COVER = QSize(132, 176)  # px of the room for a cover; A4 and Letter fit
PAD = 12  # px around an item
LINES = 4  # of text below a cover: two of the title, composer, last bar and day
EDGE, SHADOW, PAPER = "#b8b8b8", "#30000000", "#fbfbf8"
STAR, STAR_COLOUR = "★", "#e69f00"
NIGHT_SHARE = 0.82  # of a cover's brightness where the window is dark
DARK_BELOW = 128  # lightness of a window that is dark
WEEK_DAYS = 7
KEYS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_End)


def day_words(when: datetime | None, today: date | None = None) -> str:
    """Return the words for a day: today, yesterday, so many days ago, or its date; empty for None."""
    if when is None:
        return ""
    days = ((today or datetime.now().date()) - when.date()).days
    if days <= 0:
        return QCoreApplication.translate("Covers", "today")
    if days == 1:
        return QCoreApplication.translate("Covers", "yesterday")
    if days < WEEK_DAYS:
        return QCoreApplication.translate("Covers", "{} days ago").format(days)
    return QLocale().toString(when.date(), QLocale.FormatType.ShortFormat)


def last_words(entry: Entry, today: date | None = None) -> str:
    """Return the words for where and when a score was played last, or why it cannot be."""
    if entry.missing:
        return QCoreApplication.translate("Covers", "no longer there")
    if entry.unreadable:
        return QCoreApplication.translate("Covers", "cannot be read")
    day = day_words(entry.practised, today)
    if day and entry.bar is not None:
        return QCoreApplication.translate("Covers", "Bar {}, {}").format(entry.bar, day)
    return day


class EntryModel(QAbstractListModel):
    """A list of scores."""

    def __init__(self, cover: Callable[[str], bytes], parent: QWidget | None = None) -> None:
        """Begin with no scores.

        Args:
            cover: returns the cover of a content hash as JPEG, empty if there is none.
            parent: of the model.
        """
        super().__init__(parent)
        self._cover = cover
        self._entries: list[Entry] = []
        self._covers: OrderedDict[str, QPixmap] = OrderedDict()

    @property
    def entries(self) -> Sequence[Entry]:
        """The scores, in order."""
        return self._entries

    def show(self, entries: Sequence[Entry]) -> None:
        """Replace the scores; nothing is redrawn or unchosen where they are the same."""
        entries = list(entries)
        if [(e.path, e.content_hash) for e in entries] == [(e.path, e.content_hash) for e in self._entries]:
            self._entries = entries
            if entries:
                self.dataChanged.emit(self.index(0), self.index(len(entries) - 1))
            return
        self.beginResetModel()
        self._entries = entries
        self.endResetModel()

    def pixmap(self, entry: Entry) -> QPixmap | None:
        """Return the cover of a score; None while there is none."""
        key = entry.content_hash
        if key in self._covers:
            self._covers.move_to_end(key)
            return self._covers[key]
        jpeg = self._cover(key) if key else b""
        pixmap = QPixmap()
        if not jpeg or not pixmap.loadFromData(jpeg):
            return None
        self._covers[key] = pixmap
        if len(self._covers) > MOST_KEPT:
            self._covers.popitem(last=False)
        return pixmap

    def rowCount(self, parent: QModelIndex | None = None) -> int:  # noqa: N802  # Qt's name
        """Return how many there are."""
        return 0 if parent is not None and parent.isValid() else len(self._entries)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words for a score, as screen readers and tooltips have them."""
        if not 0 <= index.row() < len(self._entries):
            return None
        entry = self._entries[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ", ".join(filter(None, (entry.title, entry.composer, last_words(entry))))
        if role == Qt.ItemDataRole.ToolTipRole:
            return shown(entry.path)
        return entry if role == Qt.ItemDataRole.UserRole else None


class CoverDelegate(QStyledItemDelegate):
    """Paints a score: its cover, title, composer, and where it was played last."""

    def __init__(self, model: EntryModel, parent: QWidget) -> None:
        """Paint the scores of a model."""
        super().__init__(parent)
        self._model = model

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:  # noqa: ARG002, N802  # Qt's
        """Return the size of any item."""
        line = QFontMetrics(option.font).lineSpacing()
        return QSize(COVER.width() + 2 * PAD, COVER.height() + LINES * line + 3 * PAD)

    def paint(self, painter: QPainter | None, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        """Paint one score."""
        entry: Entry | None = index.data(Qt.ItemDataRole.UserRole)
        if painter is None or entry is None:
            return
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        palette, box = option.palette, option.rect
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        dark = palette.color(QPalette.ColorRole.Window).lightness() < DARK_BELOW
        if chosen:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(palette.highlight())
            painter.drawRoundedRect(box.adjusted(2, 2, -2, -2), 6, 6)
        room = QRect(box.left() + PAD, box.top() + PAD, COVER.width(), COVER.height())
        if entry.missing or entry.unreadable:
            painter.setOpacity(0.5)
        self._paint_cover(painter, room, entry, NIGHT_SHARE if dark else 1.0)
        painter.setPen(palette.color(QPalette.ColorRole.HighlightedText if chosen else QPalette.ColorRole.Text))
        self._paint_words(painter, QRect(room.left(), room.bottom() + PAD, room.width(), box.bottom()), entry, option)
        painter.restore()

    def _paint_cover(self, painter: QPainter, room: QRect, entry: Entry, share: float) -> None:
        pixmap = self._model.pixmap(entry)
        size = pixmap.size() if pixmap else QSize(210, 297)
        sheet = QRect(QPoint(0, 0), size.scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio))
        sheet.moveCenter(room.center())
        sheet.moveBottom(room.bottom())
        painter.fillRect(sheet.translated(2, 2), QColor(SHADOW))
        painter.fillRect(sheet, QColor(PAPER))
        if pixmap:
            painter.drawPixmap(sheet, pixmap)
        else:
            font = QFont(painter.font())
            font.setPixelSize(sheet.height() // 4)
            painter.setFont(font)
            painter.setPen(QColor(EDGE))
            painter.drawText(sheet, Qt.AlignmentFlag.AlignCenter, entry.title[:1].upper() or "?")
        if share < 1:
            painter.fillRect(sheet, QColor.fromRgbF(0, 0, 0, 1 - share))
        painter.setPen(QColor(EDGE))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRect(sheet)
        if entry.favourite:
            font = QFont(painter.font())
            font.setPixelSize(22)
            painter.setFont(font)
            painter.setPen(QColor(STAR_COLOUR))
            painter.drawText(QRectF(sheet.right() - 26, sheet.top() + 2, 24, 24), Qt.AlignmentFlag.AlignCenter, STAR)

    def _paint_words(self, painter: QPainter, room: QRect, entry: Entry, option: QStyleOptionViewItem) -> None:
        """Paint title, composer and last place: the title in up to two lines, what is too long cut."""
        bold = QFont(option.font)
        bold.setBold(True)
        metrics, line = QFontMetrics(bold), QFontMetrics(option.font).lineSpacing()
        top = room.top()
        painter.setFont(bold)
        for text in _two_lines(entry.title, metrics, room.width()):
            painter.drawText(QRect(room.left(), top, room.width(), line), Qt.AlignmentFlag.AlignLeft, text)
            top += line
        painter.setFont(option.font)
        metrics = QFontMetrics(option.font)
        for text in filter(None, (entry.composer, last_words(entry))):
            cut = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(QRect(room.left(), top, room.width(), line), Qt.AlignmentFlag.AlignLeft, cut)
            top += line


def _two_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Break a text into one or two lines of a width, px; the second is cut."""
    if metrics.horizontalAdvance(text) <= width:
        return [text]
    words = text.split()
    first = ""
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    if not first:
        return [metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)]
    return [first, metrics.elidedText(" ".join(words), Qt.TextElideMode.ElideRight, width)]


class CoverView(QListView):
    """Shows scores as covers; Return, a double click or a tap opens one.

    Attributes:
        wanted: the Entry to open.
        chosen: the Entry that is chosen now, or None.
        left: the player goes up from the first row.
        escaped: the player has pressed Escape.
    """

    wanted = pyqtSignal(object)
    chosen = pyqtSignal(object)
    left = pyqtSignal()
    escaped = pyqtSignal()

    def __init__(self, cover: Callable[[str], bytes], *, one_click: bool, parent: QWidget | None = None) -> None:
        """Begin without scores.

        Args:
            cover: see `EntryModel`.
            one_click: whether a single click opens.
            parent: of the view.
        """
        super().__init__(parent)
        self.entry_model = EntryModel(cover, self)
        self.setModel(self.entry_model)
        self.setItemDelegate(CoverDelegate(self.entry_model, self))
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setMovement(QListView.Movement.Static)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._one_click = one_click
        (self.clicked if one_click else self.doubleClicked).connect(self._open)

    @property
    def entry(self) -> Entry | None:
        """The chosen score; None if none is chosen."""
        entry: Entry | None = self.currentIndex().data(Qt.ItemDataRole.UserRole)
        return entry

    def choose(self, row: int) -> None:
        """Choose a score by its row; harmless if there is none."""
        if 0 <= row < self.entry_model.rowCount():
            self.setCurrentIndex(self.entry_model.index(row))

    def item_size(self) -> QSize:
        """Return the size of an item, px."""
        option = QStyleOptionViewItem()
        option.font = self.font()
        delegate = self.itemDelegate()
        return delegate.sizeHint(option, QModelIndex()) if delegate else QSize()

    def currentChanged(self, current: QModelIndex, previous: QModelIndex) -> None:  # noqa: N802  # Qt's name
        """Say which score is chosen."""
        super().currentChanged(current, previous)
        self.chosen.emit(current.data(Qt.ItemDataRole.UserRole))

    def event(self, e: QEvent | None) -> bool:
        """Claim the keys of a list before the window's actions get them."""
        if isinstance(e, QKeyEvent) and e.type() == QEvent.Type.ShortcutOverride and is_own(e, KEYS):
            e.accept()
            return True
        return super().event(e)

    def keyPressEvent(self, e: QKeyEvent | None) -> None:  # noqa: N802  # Qt's name
        """Open the chosen score, or go up to what stands above the list."""
        if e and e.key() in OPENING:
            if not e.isAutoRepeat():
                self._open(self.currentIndex())
            return
        if e and e.key() == Qt.Key.Key_Escape:
            self.escaped.emit()
            return
        if e and e.key() == Qt.Key.Key_Up and self.visualRect(self.currentIndex()).top() <= self._first_top():
            self.left.emit()
            return
        super().keyPressEvent(e)

    def _first_top(self) -> int:
        return self.visualRect(self.entry_model.index(0)).top()

    def _open(self, index: QModelIndex) -> None:
        entry = index.data(Qt.ItemDataRole.UserRole)
        if entry:
            self.wanted.emit(entry)
