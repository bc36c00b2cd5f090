"""A row of buttons above the pages: large enough for a finger, each with its name. Window thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QSize, Qt
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from livefollow.viewer.widgets.icons import SIDE
from livefollow.viewer.widgets.status_bar import DARK, LIGHT

BUTTON_PX = 44
EDGE_PX, GAP_PX = 6, 2
STYLE = f"""
ToolBar {{ background: {DARK}; }}
ToolBar QToolButton {{ color: {LIGHT}; border: 2px solid transparent; border-radius: 6px; }}
ToolBar QToolButton:hover {{ background: #3d3d3d; }}
ToolBar QToolButton:checked {{ background: #2f5d86; }}
ToolBar QToolButton:focus {{ border-color: #56b4e9; }}
ToolBar QToolButton::menu-indicator {{ image: none; }}
ToolBar QFrame#rule {{ background: #555555; }}
"""


class ToolBar(QWidget):
    """A row of buttons, hidden at first."""

    def __init__(self) -> None:
        """Begin without buttons."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(STYLE)
        self.setFixedHeight(BUTTON_PX + EDGE_PX)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
        self.row.setSpacing(GAP_PX)
        self.row.addStretch(1)
        self.row.addStretch(1)
        self.hide()

    def add(self, action: QAction) -> QToolButton:
        """Add a button for an action, which has an icon."""
        button = self.add_button()
        button.setDefaultAction(action)
        button.setAccessibleName(action.text().replace("&", ""))
        return button

    def add_choice(self, actions: Sequence[QAction], name: str) -> QToolButton:
        """Add a button for a choice of several: it shows the chosen one; a press offers all."""
        button = self.add_button()
        menu = QMenu(button)
        menu.addActions(actions)
        button.setMenu(menu)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        button.setAccessibleName(name)
        button.setToolTip(name)
        return button

    def add_rule(self) -> None:
        """Add a thin line between groups."""
        rule = QFrame()
        rule.setObjectName("rule")
        rule.setFixedSize(1, BUTTON_PX - 14)
        self.row.insertWidget(self.row.count() - 1, rule)

    def add_button(self, width: int = BUTTON_PX) -> QToolButton:
        """Add an empty button."""
        button = QToolButton()
        button.setFixedSize(width, BUTTON_PX)
        button.setIconSize(QSize(SIDE, SIDE))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the focus stays on the score
        self.row.insertWidget(self.row.count() - 1, button)
        return button
