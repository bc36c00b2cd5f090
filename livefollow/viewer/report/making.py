"""Makes the report of a session on a thread of its own, with those of earlier ones; keeps sessions, and exports.

Kept sessions are files beside the library: positions as CSV, compressed, named by score and time.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np
import platformdirs
from PyQt6.QtCore import QBuffer, QIODevice, QRectF, Qt, QThread, pyqtSignal
from PyQt6.QtGui import QColor, QFont, QImage, QPageLayout, QPageSize, QPainter, QPdfWriter

from livefollow.errors import LivefollowError, Message
from livefollow.follow.track import Track, load_track
from livefollow.practice.bar_map import BarMap
from livefollow.practice.frames import frames_of
from livefollow.practice.output import csv_text
from livefollow.practice.report import Report, make_report
from livefollow.score.document import Document
from livefollow.score.files import shown
from livefollow.score.strip import Strip
from livefollow.storage import whole_file, write_whole
from livefollow.viewer.library.catalogue import KeptSession
from livefollow.viewer.report.charts import Weeks, paint_tempo, paint_weeks, weeks_height
from livefollow.viewer.report.tint import BarBox, bar_boxes, paint_arrows, paint_bars, paint_legend

MOST_EARLIER = 5  # sessions whose tempo is shown beside the present one's
DOTS_PER_INCH, PAGE_SCALE = 200, 2.0  # of the PDF; px per point of the pages in it
MARGIN = 0.06  # of the paper's width
TITLE_SHARE, TEXT_SHARE = 0.024, 0.0145  # height of letters, of the paper's width
TEMPO_SHARE = 0.24  # height of the tempo curve, of the paper's height
ROWS, COLUMNS = 2, 2  # of pages of the score on a sheet
INNER = 0.97  # of a cell that its page takes
INK = "#1a1a1a"
WRAP = Qt.TextFlag.TextWordWrap.value

logger = logging.getLogger(__name__)


class ReportError(LivefollowError):
    """A report cannot be made, kept or exported."""


@dataclass(frozen=True)
class Made:
    """A report with what it is compared with.

    Attributes:
        report: of the session.
        begun: when it began.
        earlier: sessions of the same score before it, the newest first.
    """

    report: Report
    begun: datetime
    earlier: tuple[Report, ...]


class Work(QThread):
    """Runs one function on a thread of its own.

    Attributes:
        done: what it has returned.
        failed: a sentence.
    """

    done = pyqtSignal(object)
    failed = pyqtSignal(object)

    def __init__(self, do: Callable[[], object]) -> None:
        """Prepare; `start` runs it."""
        super().__init__()
        self._do = do

    def run(self) -> None:
        """Run it, and say how it ended."""
        try:
            self.done.emit(self._do())
        except LivefollowError as error:
            self.failed.emit(error.message)
        except (OSError, ValueError) as error:
            self.failed.emit(Message("This cannot be written ({reason}).", reason=_reason(error)))


def sessions_folder() -> Path:
    """Return the folder of kept sessions."""
    return platformdirs.user_data_path("livefollow") / "sessions"


def make(track: Track, begun: datetime, bars: BarMap, strip: Strip, kept: Sequence[KeptSession]) -> Made:
    """Make a report.

    Args:
        track: of the session.
        begun: when it began.
        bars: of the score.
        strip: of the score.
        kept: sessions of the score, the newest first.
    """
    earlier: list[Report] = []
    for session in kept:
        if session.begun >= begun or not session.track or len(earlier) == MOST_EARLIER:
            continue
        try:
            earlier.append(make_report(frames_of(load_track(sessions_folder() / session.track), strip), bars))
        except LivefollowError as error:  # it was removed, or damaged
            logger.warning("%s", error)
    return Made(make_report(frames_of(track, strip), bars), begun, tuple(earlier))


def keep_track(track: Track, content_hash: str, begun: datetime) -> str:
    """Write the positions of a session, whole or not at all; return the name of the file.

    Raises:
        ReportError: it cannot be written.
    """
    folder = sessions_folder()
    name = f"{begun:%Y-%m-%d %H.%M.%S} {content_hash[:12]}.csv.gz"
    partial = folder / f".{name}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        track.save(partial)
        partial.replace(folder / name)
    except (OSError, LivefollowError) as error:
        with suppress(OSError):
            partial.unlink()
        raise ReportError("The session cannot be kept: {reason}", reason=_reason(error)) from error
    return name


def export_csv(report: Report, document: Document, path: Path) -> None:
    """Write the report of a document as CSV.

    Raises:
        ReportError: `path` is a file of the score, or it cannot be written.
    """
    with _writing(document, path):
        write_whole(path, csv_text(report))


@contextmanager
def _writing(document: Document, path: Path) -> Iterator[None]:
    """Refuse files of the score; tell an error with the name that was chosen, not with that of a temporary file."""
    try:
        if document.is_made_of(path):
            raise ReportError("{name} is the score itself; choose another name for the copy.", name=shown(path))
        yield
    except OSError as error:
        raise ReportError("{name} cannot be written ({reason}).", name=shown(path), reason=_reason(error)) from error


def _reason(error: Exception) -> object:
    """What the system says of an error or of its cause, without names of files; else what the error says."""
    told = error if isinstance(error, OSError) else error.__cause__
    return told.strerror if isinstance(told, OSError) and told.strerror else error


@dataclass(frozen=True)
class PdfWords:
    """The words of the PDF, in the player's language."""

    title: str
    day: str
    summary: str
    tempo: tuple[str, str, str]
    legend: tuple[str, str, str, str]
    table: tuple[str, str]


def export_pdf(made: Made, document: Document, strip: Strip, weeks: Weeks, words: PdfWords, path: Path) -> None:
    """Write the report as PDF: sentence, tempo and weeks, then the pages that were played, tinted.

    Raises:
        ReportError: `path` is a file of the score, or it cannot be written; the old file is unchanged.
    """
    # Qt tells of no error while a PDF is written: it is painted into memory first.
    painted = QBuffer()
    painted.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(painted)
    writer.setResolution(DOTS_PER_INCH)
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setPageOrientation(QPageLayout.Orientation.Portrait)
    writer.setTitle(words.title)
    painter = QPainter()
    if not painter.begin(writer):
        raise ReportError("{name} cannot be written; choose another folder.", name=shown(path))
    try:
        _paint_pdf(painter, writer, made, document, strip, weeks, words)
    finally:
        painter.end()
    with _writing(document, path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as partial, partial.open("wb") as file:
            file.write(painted.data().data())
            file.flush()
            os.fsync(file.fileno())


def _paint_pdf(
    painter: QPainter,
    writer: QPdfWriter,
    made: Made,
    document: Document,
    strip: Strip,
    weeks: Weeks,
    words: PdfWords,
) -> None:
    wide, high = float(writer.width()), float(writer.height())
    edge = MARGIN * wide
    text, ink = wide * TEXT_SHARE, QColor(INK)
    box = QRectF(edge, edge, wide - 2 * edge, high - 2 * edge)

    def write(line: str, size: float, *, bold: bool = False) -> None:
        font = QFont(painter.font())
        font.setPixelSize(round(size))
        font.setBold(bold)
        painter.setFont(font)
        painter.setPen(ink)
        used = painter.boundingRect(box, WRAP, line)
        painter.drawText(QRectF(box.left(), box.top(), box.width(), used.height()), WRAP, line)
        box.setTop(box.top() + used.height() + size / 2)

    write(words.title, wide * TITLE_SHARE, bold=True)
    write(words.day, text)
    write(words.summary, text * 1.2, bold=True)
    height = TEMPO_SHARE * high
    font = painter.font()
    font.setBold(False)
    font.setPixelSize(round(text))
    painter.setFont(font)
    curve = QRectF(box.left(), box.top() + text, box.width(), height)
    paint_tempo(painter, curve, made.report, made.earlier, ink, words.tempo)
    box.setTop(curve.bottom() + 2 * text)
    if weeks.minutes:
        painter.setFont(font)
        paint_weeks(painter, box, weeks, ink, words.table)
        box.setTop(box.top() + weeks_height(weeks, painter.fontMetrics().height()) + 2 * text)
    painter.setFont(font)
    boxes = bar_boxes(made.report, strip)
    pages = sorted({each.page for each in boxes if made.report.times[each.bar]})
    rows = 1  # below the table, if there is room for a row
    if box.height() < high / (ROWS + 1):
        rows, box = 0, QRectF()
    while pages:
        if not rows:
            writer.newPage()
            rows, box = ROWS, QRectF(edge, edge, wide - 2 * edge, high - 2 * edge)
        paint_legend(painter, QRectF(box.left(), box.top(), box.width(), text), words.legend, ink)
        box.setTop(box.top() + 2 * text)
        cells = _cells(box, rows)
        for cell, page in zip(cells, pages, strict=False):
            _paint_sheet(painter, cell, made.report, document, boxes, page)
        pages, rows = pages[len(cells) :], 0


def _cells(box: QRectF, rows: int) -> list[QRectF]:
    """Divide a box into cells, row by row."""
    width, height = box.width() / COLUMNS, box.height() / rows
    return [
        QRectF(box.left() + column * width, box.top() + row * height, width * INNER, height * INNER)
        for row in range(rows)
        for column in range(COLUMNS)
    ]


def _paint_sheet(
    painter: QPainter, cell: QRectF, report: Report, document: Document, boxes: list[BarBox], page: int
) -> None:
    width, height = document.page_size(page)
    scale = min(cell.width() / width, cell.height() / height)
    raster = np.ascontiguousarray(document.render(page, PAGE_SCALE))
    rows, columns, _ = raster.shape
    image = QImage(raster.tobytes(), columns, rows, 3 * columns, QImage.Format.Format_RGB888)
    painter.save()
    painter.translate(cell.topLeft())
    painter.scale(scale, scale)
    # The tint is drawn into the picture: PDF has no paint that darkens what lies below in every reader.
    tinted = image.convertToFormat(QImage.Format.Format_RGB32)
    over = QPainter(tinted)
    over.setRenderHint(QPainter.RenderHint.Antialiasing)
    over.scale(columns / width, rows / height)
    over.setCompositionMode(QPainter.CompositionMode.CompositionMode_Multiply)
    paint_bars(over, boxes, report, page)
    over.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
    paint_arrows(over, boxes, report, page)
    over.end()
    painter.drawImage(QRectF(0, 0, width, height), tinted)
    painter.restore()
