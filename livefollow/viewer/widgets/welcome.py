"""The welcome screen, shown without a score: how to open one. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QEvent, QObject, Qt, pyqtSignal
from PyQt6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from livefollow.viewer.settings.messages import in_language


class Welcome(QWidget):
    """Invites the player to open a score, and shows what went wrong with the last one.

    Attributes:
        accepted: the player wants to choose a score.
        demo_wanted: the player wants to see the demo.
    """

    accepted = pyqtSignal()
    demo_wanted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        """Cover a widget with the invitation."""
        super().__init__(parent)
        parent.installEventFilter(self)
        self.setAutoFillBackground(True)
        self._title = QLabel(self.tr("Put a score on the stand"))
        font = self._title.font()
        font.setPointSizeF(2 * font.pointSizeF())
        self._title.setFont(font)
        hint = QLabel(
            self.tr("Drop a PDF or photos of the pages here, or open them.\nThen play: the page follows you and turns.")
        )
        self._complaint = QLabel()
        self._complaint.setAccessibleName(self.tr("What went wrong"))
        self._complaint.setStyleSheet("background: #ffe3d3; color: #8a3300; padding: 6px 10px;")
        self._complaint.hide()
        self._button = button = QPushButton(self.tr("&Open a Score …"))
        button.setDefault(True)
        button.clicked.connect(lambda _=False: self.accepted.emit())
        self._demo = QPushButton(self.tr("Watch the &Demo"))
        self._demo.setToolTip(self.tr("A short piece and a recording of it, played by your loudspeakers"))
        self._demo.setFlat(True)
        self._demo.clicked.connect(lambda _=False: self.demo_wanted.emit())
        self._demo.hide()
        column = QVBoxLayout(self)
        column.setSpacing(18)
        column.addStretch(2)
        for label in (self._title, hint, self._complaint):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            label.setWordWrap(True)
        column.addWidget(self._title)
        column.addWidget(hint)
        column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._demo, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self._complaint)
        column.addStretch(3)

    def offer_demo(self) -> None:
        """Offer to watch the demo, where somebody plays it."""
        self._demo.show()

    def invite(self) -> None:
        """Give the focus to the button, so that Return opens a score."""
        self._button.setFocus()

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: N802  # Qt's name
        """Stay as large as the widget below."""
        parent = self.parentWidget()
        if parent and a0 is parent and a1 and a1.type() == QEvent.Type.Resize:
            self.setGeometry(parent.rect())
        return super().eventFilter(a0, a1)

    @property
    def complaint(self) -> str:
        """What went wrong last; empty if nothing did."""
        return self._complaint.text()

    def complain(self, sentence: str) -> None:
        """Show what went wrong; an empty sentence hides it."""
        self._complaint.setText(in_language(sentence))
        self._complaint.setVisible(bool(sentence))
