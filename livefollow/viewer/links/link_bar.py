"""The line above the pages while links are drawn. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from livefollow.viewer.widgets.status_bar import DARK, LIGHT

HEIGHT_PX, EDGE_PX = 46, 8
STYLE = f"""
LinkBar {{ background: {DARK}; }}
LinkBar QLabel {{ color: {LIGHT}; }}
LinkBar QPushButton {{ color: {LIGHT}; background: #3d3d3d; border: 2px solid transparent; border-radius: 6px;
                       padding: 6px 14px; }}
LinkBar QPushButton:hover {{ background: #4d4d4d; }}
LinkBar QPushButton:focus {{ border-color: #56b4e9; }}
"""


class LinkBar(QWidget):
    """Says what the next click does; hidden at first."""

    def __init__(self) -> None:
        """Begin without buttons."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(STYLE)
        self.setFixedHeight(HEIGHT_PX)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Drawing links"))
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
        self.sentence = QLabel()
        self._row.addWidget(self.sentence, 1)
        self.hide()

    def add(self, action: QAction) -> None:
        """Add a button for an action."""
        button = QPushButton(action.text().replace("&", ""))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the focus stays on the score
        button.clicked.connect(action.trigger)
        self._row.addWidget(button)

    def ask(self, *, entering: bool) -> None:
        """Say what the next click does."""
        leave, enter = (
            self.tr("Click in the bar after which you leave."),
            self.tr("Now click in the bar where you go on."),
        )
        self.sentence.setText(enter if entering else leave)
