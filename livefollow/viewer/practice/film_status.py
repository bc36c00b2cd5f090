"""A film in the making, in the status bar: progress, a button to cancel it, and one for the finished film's folder."""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import Qt, QUrl
from PyQt6.QtGui import QDesktopServices
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QToolButton, QWidget

from livefollow.viewer.practice.filming import Filming

METER_PX = 90
LAST = 100  # percent


class FilmStatus(QWidget):
    """Shows progress and result of a film; hidden otherwise."""

    def __init__(self, filming: Filming, parent: QWidget | None = None) -> None:
        """Watch the making of films.

        Args:
            filming: makes them.
            parent: of the widget.
        """
        super().__init__(parent)
        self._made: Path | None = None
        self.words = QLabel()
        self.meter = QProgressBar()
        self.meter.setRange(0, LAST)
        self.meter.setFixedWidth(METER_PX)
        self.meter.setAccessibleName(self.tr("The film"))
        self.cancel = QToolButton()
        self.cancel.setText("✕")
        self.cancel.setStyleSheet("color: #f2f2f2; border: none;")
        self.cancel.setToolTip(self.tr("Give the film up"))
        self.cancel.setAccessibleName(self.tr("Give the film up"))
        self.folder = QPushButton(self.tr("Open Folder"))
        self.close_it = QToolButton()
        self.close_it.setText("✕")
        self.close_it.setStyleSheet("color: #f2f2f2; border: none;")
        self.close_it.setAccessibleName(self.tr("Hide this"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(6)
        for widget in (self.words, self.meter, self.cancel, self.folder, self.close_it):
            row.addWidget(widget)
        for button in (self.cancel, self.folder, self.close_it):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click leaves the focus on the pages
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        self.cancel.clicked.connect(filming.cancel)
        self.folder.clicked.connect(self._open)
        self.close_it.clicked.connect(self.hide)
        filming.progressed.connect(self._progress)
        filming.made.connect(self._ready)
        self.hide()

    def _progress(self, percent: int) -> None:
        if percent < 0:
            self.hide()
            return
        self.words.setText(self.tr("Film"))
        self.words.setToolTip("")
        self.meter.setValue(percent)
        self._show(busy=True)

    def _ready(self, path: Path) -> None:
        self._made = path
        self.words.setText(self.tr("The film is ready"))
        self.words.setToolTip(str(path))
        self._show(busy=False)

    def _show(self, busy: bool) -> None:
        self.meter.setVisible(busy)
        self.cancel.setVisible(busy)
        self.folder.setVisible(not busy)
        self.close_it.setVisible(not busy)
        self.show()

    def _open(self) -> None:
        if self._made:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._made.parent)))
            self.hide()
