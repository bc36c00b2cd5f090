"""The unrolled score below the pages: where the player is in the piece, and how confident the follower was.

Window thread only. The small picture of a system is made once, when it has been read.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from PyQt6.QtCore import QRect, QRectF, Qt, QTimer, pyqtSignal
from PyQt6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent
from PyQt6.QtWidgets import QSizePolicy, QWidget

from livefollow.follow.position import Position, State
from livefollow.score.links.ways import END, Link
from livefollow.score.strip import Strip
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.lamp import COLOURS, Shown
from livefollow.viewer.widgets.menus import Menus
from livefollow.viewer.widgets.status_bar import DARK, LIGHT

FINER = 8  # strip px per px of the small picture
MUSIC, TRAIL, EDGE = 30, 10, 2  # px: heights of the score and of the trail, and the margin
STEP = 32.0  # strip px that share one confidence
AT_ONCE, REST_MS = 4, 5  # systems that are made small in one go, and time for all else before the next
FARTHEST = 12  # steps between two positions that still count as passed
CURSOR = "#e69f00"
REPEAT = "#56b4e9"


class Overview(QWidget):
    """Shows the whole piece from left to right.

    Attributes:
        pointed: strip px that the player clicked on.
    """

    pointed = pyqtSignal(float)

    def __init__(self, menus: Menus, preferences: RecordFile[Preferences], open_score: OpenScore) -> None:
        """Add the action that shows and hides it to the View menu.

        Args:
            menus: of the window.
            preferences: remember whether it is shown.
            open_score: of the window.
        """
        super().__init__()
        self._preferences, self._open = preferences, open_score
        self.setFixedHeight(MUSIC + TRAIL + 3 * EDGE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(self.tr("Overview of the piece"))
        self.setToolTip(self.tr("The whole piece: a click goes there. Below, how sure the program was of your place."))
        self._strip: Strip | None = None
        self._pictures: list[QImage] = []
        self._links: Sequence[Link] = ()
        self._trail: dict[int, tuple[float, State]] = {}  # confidence and state, by strip px / STEP
        self._x: float | None = None
        show = menus.add("view", "overview", self.tr("O&verview"), self._show, "O", checkable=True)
        show.setChecked(preferences.values.overview)
        self.setVisible(preferences.values.overview)
        self._more = QTimer(self)
        self._more.setSingleShot(True)
        self._more.setInterval(REST_MS)
        self._more.timeout.connect(self.grow)
        open_score.opened.connect(self._begin)
        open_score.closed.connect(self._begin)

    def _show(self, shown: bool) -> None:
        self._preferences.change(overview=shown)
        self.setVisible(shown)
        self.grow()

    def _begin(self) -> None:
        """Show another score, or none."""
        self._strip, self._x = self._open.strip, None
        self._pictures.clear()
        self._trail.clear()
        self.grow()

    def grow(self) -> None:
        """Update after more has been read: some systems now, the others while nothing else is to be done."""
        self._links = self._open.links
        if self._strip and self.isVisible():
            known, read = len(self._pictures), len(self._strip.placements)
            for index in range(known, min(read, known + AT_ONCE)):
                self._pictures.append(small_picture(self._strip.bands_of(index)))
            if read > known + AT_ONCE:
                self._more.start()
        self.update()

    def move_to(self, position: Position) -> None:
        """Show the player's position."""
        before, self._x = self._x, position.strip_x
        if position.state in (State.FOLLOWING, State.HOLDING, State.LOST):
            step = int(position.strip_x / STEP)
            since = step if before is None else int(before / STEP) + 1
            passed = range(since, step) if step - since < FARTHEST else ()  # from note to note, but not over a jump
            for k in (*passed, step):
                self._trail[k] = (position.confidence, position.state)
        if self.isVisible() and (before is None or self._to_screen(before) != self._to_screen(position.strip_x)):
            self.update()

    def _length(self) -> float:
        return float(max(1, self._strip.width)) if self._strip else 1.0

    def _to_screen(self, x: float) -> int:
        return round(x / self._length() * self.width())

    def paintEvent(self, a0: QPaintEvent | None) -> None:  # noqa: ARG002, N802  # Qt's names
        """Draw everything, since it is small."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(DARK))
        if self._strip and self._strip.placements:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            self._paint_music(painter, self._strip)
            self._paint_trail(painter)
            self._paint_links(painter)
            if self._x is not None:
                at = self._to_screen(self._x)
                painter.fillRect(QRect(at - 1, 0, 3, self.height()), QColor(CURSOR))
        painter.end()

    def _paint_music(self, painter: QPainter, strip: Strip) -> None:
        page = 0
        for place, picture in zip(list(strip.placements), self._pictures, strict=False):
            left, right = self._to_screen(place.x0), self._to_screen(place.x1)
            painter.drawImage(QRectF(left, EDGE, right - left, MUSIC), picture)
            if place.system.page != page:
                page = place.system.page
                painter.fillRect(QRect(left, 0, 1, self.height()), QColor("#999999"))
                painter.setPen(QColor(LIGHT))
                place_for_number = QRect(left + 3, EDGE + MUSIC, 40, TRAIL + 2 * EDGE)
                font = painter.font()
                font.setPixelSize(TRAIL)
                painter.setFont(font)
                painter.drawText(place_for_number, Qt.AlignmentFlag.AlignVCenter, str(self._place_of(page)))

    def _place_of(self, page: int) -> int:
        return self._open.score.place_of(page) if self._open.score else page

    def _paint_trail(self, painter: QPainter) -> None:
        bottom = 2 * EDGE + MUSIC + TRAIL
        for step, (confidence, state) in self._trail.items():
            left, right = self._to_screen(step * STEP), self._to_screen((step + 1) * STEP)
            sure = confidence >= 0.5 and state is not State.LOST
            colour = COLOURS[Shown(state)] if sure else COLOURS[Shown.LOST]
            tall = max(1, round(TRAIL * confidence))
            painter.fillRect(QRect(left, bottom - tall, max(1, right - left), tall), QColor(colour))

    def _paint_links(self, painter: QPainter) -> None:
        painter.setPen(QColor(REPEAT))
        for link in self._links:
            enter = link.leave if link.enter == END else link.enter
            left, right = sorted(map(self._to_screen, (link.leave, enter)))
            painter.drawLine(left, 1, right, 1)
            painter.drawLine(left, 1, left, 5)
            painter.drawLine(right, 1, right, 5)

    def mouseReleaseEvent(self, a0: QMouseEvent | None) -> None:  # noqa: N802  # Qt's name
        """Emit the place of a click."""
        if a0 and self._strip and a0.button() == Qt.MouseButton.LeftButton:
            self.pointed.emit(a0.position().x() / max(1, self.width()) * self._length())


def small_picture(bands: npt.NDArray[np.uint8]) -> QImage:
    """Return the two staves of a system, one above the other, FINER times smaller.

    Args:
        bands: (2, height, width), white 255.
    """
    paper = bands.reshape(-1, bands.shape[2])
    size = (max(1, bands.shape[2] // FINER), MUSIC)
    # Thin lines would vanish in the mean of so many pixels, so the ink is made stronger.
    grey = 255 - np.minimum(255, 2 * (255 - cv2.resize(paper, size, interpolation=cv2.INTER_AREA).astype(np.int32)))
    pixels = np.ascontiguousarray(grey.astype(np.uint8))
    height, width = pixels.shape
    return QImage(pixels.tobytes(), width, height, width, QImage.Format.Format_Grayscale8).copy()
