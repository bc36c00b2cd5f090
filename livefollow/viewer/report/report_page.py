"""The practice report over the pages: sentence, tinted score, tempo curve, weeks. Window thread only."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QEvent, QLocale, QObject, QRectF, QSize, Qt, pyqtSignal
from PyQt6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPalette
from PyQt6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from livefollow.practice.report import summarise
from livefollow.score.document import Document
from livefollow.score.strip import Strip
from livefollow.viewer.report.charts import Weeks, paint_tempo, paint_weeks, weeks_height
from livefollow.viewer.report.making import Made
from livefollow.viewer.report.sheets_view import SheetsView
from livefollow.viewer.report.tint import paint_legend
from livefollow.viewer.report.words import summary_words

SIDE_PX, TEMPO_PX, LEAST_SHEETS_PX = 480, 300, 260
WIDEST_PX = (1 << 24) - 1  # what Qt takes for no limit
PAGE_KEYS = {
    Qt.Key.Key_PageDown: 0.9,
    Qt.Key.Key_PageUp: -0.9,
    Qt.Key.Key_Space: 0.9,
    Qt.Key.Key_Down: 0.1,
    Qt.Key.Key_Up: -0.1,
}  # share of what is seen by which a key scrolls


class Painted(QWidget):
    """A widget that is painted by a function of painter and rectangle."""

    def __init__(self, paint: Callable[[QPainter, QRectF], None], name: str) -> None:
        """Take the function, and a name for screen readers."""
        super().__init__()
        self._paint = paint
        self.setAccessibleName(name)

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Paint with the function given."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint(painter, QRectF(self.rect()))
        painter.end()


class ReportPage(QWidget):
    """Covers the pages with a report.

    Attributes:
        left: it was closed.
        keep_wanted: the player wants to keep this session.
        pdf_wanted, csv_wanted: the player wants to export the report.
        pointed: index of a bar to be heard.
    """

    left = pyqtSignal()
    keep_wanted = pyqtSignal()
    pdf_wanted = pyqtSignal()
    csv_wanted = pyqtSignal()
    pointed = pyqtSignal(int)

    def __init__(self, parent: QWidget) -> None:
        """Stay hidden until `open`."""
        super().__init__(parent)
        self.hide()
        parent.installEventFilter(self)
        self.setAutoFillBackground(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(self.tr("Practice report"))
        self.made: Made | None = None
        self.weeks = Weeks((), ())
        self.sentence = QLabel()
        font = self.sentence.font()
        font.setPointSizeF(1.3 * font.pointSizeF())
        font.setBold(True)
        self.sentence.setFont(font)
        self.sentence.setWordWrap(True)
        self._day = QLabel()
        self.keep = QPushButton(self.tr("&Keep This Session"))
        self.keep.setToolTip(self.tr("To compare later sessions with it; it stays on this computer"))
        self.pdf, self.csv = QPushButton(self.tr("&PDF …")), QPushButton(self.tr("&CSV …"))
        close = QToolButton()
        close.setText("✕")
        close.setToolTip(self.tr("Back to the page"))
        close.setAccessibleName(close.toolTip())
        close.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.keep.clicked.connect(lambda _=False: self.keep_wanted.emit())
        self.pdf.clicked.connect(lambda _=False: self.pdf_wanted.emit())
        self.csv.clicked.connect(lambda _=False: self.csv_wanted.emit())
        close.clicked.connect(lambda _=False: self.leave())
        self._lay_out(close)

    def _lay_out(self, close: QToolButton) -> None:
        """Put the parts together, with a button that closes the report."""
        words = QVBoxLayout()
        words.addWidget(self.sentence)
        words.addWidget(self._day)
        top = QHBoxLayout()
        top.addLayout(words, 1)
        for widget in (self.keep, self.pdf, self.csv, close):
            top.addWidget(widget, 0, Qt.AlignmentFlag.AlignTop)
        self.sheets = SheetsView()
        self.sheets.pointed.connect(self.pointed)
        self._scroll = QScrollArea()
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there: pages that are as wide as there is room must not make and remove it in turn.
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroll.setWidget(self.sheets)
        self._scroll.setMinimumSize(QSize(LEAST_SHEETS_PX, LEAST_SHEETS_PX))
        self._legend = Painted(self._paint_legend, self.tr("What the colours mean"))
        self._legend.setFixedHeight(2 * self.fontMetrics().height())
        self._tempo = Painted(self._paint_tempo, self.tr("Tempo of the bars"))
        self._weeks = Painted(self._paint_weeks, self.tr("Minutes by piece and week"))
        side = QVBoxLayout()
        side.addWidget(self._tempo, 1)
        side.addWidget(self._weeks)
        self._side = QWidget()
        self._side.setLayout(side)
        left = QVBoxLayout()
        left.addWidget(self._scroll, 1)
        left.addWidget(self._legend)
        self._below = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._below.addLayout(left, 1)
        self._below.addWidget(self._side)
        column = QVBoxLayout(self)
        column.addLayout(top)
        column.addLayout(self._below, 1)

    def open(self, made: Made, weeks: Weeks, document: Document, strip: Strip) -> None:
        """Show a report.

        Args:
            made: the report.
            weeks: practised time.
            document: of the score.
            strip: of the score.
        """
        self.made, self.weeks = made, weeks
        self.sentence.setText(summary_words(summarise(made.report)))
        self._day.setText(self.day_words())
        self.keep.setEnabled(True)
        line = self.fontMetrics().height()
        self._weeks.setFixedHeight(round(weeks_height(weeks, line)) + line)
        self._weeks.setVisible(bool(weeks.minutes))
        self._weeks.setAccessibleDescription("; ".join(f"{title} {sum(row)}" for title, row in weeks.minutes))
        self.sheets.open(document, made.report, strip)
        self._arrange()
        self.show()
        self.raise_()
        self.setFocus()
        self.update()

    def leave(self) -> None:
        """Close the report; harmless when it is closed."""
        if self.isHidden():
            return
        self.hide()
        self.sheets.close_document()
        self.made = None
        self.left.emit()

    def day_words(self) -> str:
        """Return when the session began."""
        return QLocale().toString(self.made.begun, QLocale.FormatType.LongFormat) if self.made else ""

    def tempo_words(self) -> tuple[str, str, str]:
        """Return the words at the tempo curve."""
        return self.tr("Tempo, ♩ per minute"), self.tr("this time"), self.tr("the last times")

    def legend_words(self) -> tuple[str, str, str, str]:
        """Return the words that explain the colours."""
        return (
            self.tr("fluent"),
            self.tr("hesitating"),
            self.tr("followed with doubt"),
            self.tr("gone back"),
        )

    def week_words(self) -> tuple[str, str]:
        """Return the words of the table of weeks."""
        return self.tr("Minutes, by week"), self.tr("All")

    # --- painting ---

    def _paint_tempo(self, painter: QPainter, box: QRectF) -> None:
        if self.made:
            paint_tempo(painter, box, self.made.report, self.made.earlier, self._ink(), self.tempo_words())

    def _paint_weeks(self, painter: QPainter, box: QRectF) -> None:
        paint_weeks(painter, box, self.weeks, self._ink(), self.week_words())

    def _paint_legend(self, painter: QPainter, box: QRectF) -> None:
        line = painter.fontMetrics().height()
        row = QRectF(8, (box.height() - line) / 2, box.width() - 8, line)
        paint_legend(painter, row, self.legend_words(), self._ink())

    def _ink(self) -> QColor:
        return self.palette().color(QPalette.ColorRole.WindowText)

    def _arrange(self) -> None:
        """Put the curve beside the score, or below it where the window is upright."""
        self.setGeometry(self._parent().rect())
        wide = self.width() > self.height()
        self._below.setDirection(QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom)
        self._side.setMinimumSize(QSize(min(SIDE_PX, self.width() * 2 // 5), 0) if wide else QSize(0, 0))
        self._side.setMaximumWidth(SIDE_PX if wide else WIDEST_PX)
        self._tempo.setMinimumHeight(TEMPO_PX // 2 if wide else TEMPO_PX * 2 // 3)
        self._tempo.setMaximumHeight(2 * TEMPO_PX if wide else TEMPO_PX)

    def _parent(self) -> QWidget:
        parent = self.parentWidget()
        assert parent
        return parent

    # --- Qt's events ---

    def event(self, a0: QEvent | None) -> bool:
        """Claim the keys that scroll and close, before the window's actions get them."""
        if (
            isinstance(a0, QKeyEvent)
            and a0.type() == QEvent.Type.ShortcutOverride
            and a0.key() in (*PAGE_KEYS, Qt.Key.Key_Escape)
            and not a0.modifiers()
        ):
            a0.accept()
            return True
        return super().event(a0)

    def keyPressEvent(self, a0: QKeyEvent | None) -> None:  # noqa: N802  # Qt's name
        """Scroll, or close the report."""
        bar = self._scroll.verticalScrollBar()
        if a0 and a0.key() == Qt.Key.Key_Escape:
            self.leave()
        elif a0 and bar and a0.key() in PAGE_KEYS:
            bar.setValue(round(bar.value() + PAGE_KEYS[Qt.Key(a0.key())] * self._scroll.height()))
        else:
            super().keyPressEvent(a0)

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: N802  # Qt's name
        """Stay as large as the widget below."""
        if a0 is self.parentWidget() and a1 and a1.type() == QEvent.Type.Resize:
            self._arrange()
        return super().eventFilter(a0, a1)
