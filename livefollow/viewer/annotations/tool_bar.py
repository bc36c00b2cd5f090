"""The tools above the pages while the player writes: large enough for a finger, each named. Window thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import QSize, Qt, pyqtSignal
from PyQt6.QtGui import QAction, QResizeEvent
from PyQt6.QtWidgets import QFrame, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from livefollow.viewer.annotations.icons import SIDE, colour_icon
from livefollow.viewer.widgets.status_bar import DARK, LIGHT

BUTTON_PX, SWATCH_PX = 44, 34
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
    """A row of buttons; colours are left out where there is no room for them: the menu has them.

    Attributes:
        coloured: index of the colour that was chosen.
    """

    coloured = pyqtSignal(int)

    def __init__(self) -> None:
        """Begin without buttons, hidden."""
        super().__init__()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setStyleSheet(STYLE)
        self.setAccessibleName(self.tr("Tools for writing"))
        self.setFixedHeight(BUTTON_PX + EDGE_PX)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(EDGE_PX, 0, EDGE_PX, 0)
        self._row.setSpacing(GAP_PX)
        self._row.addStretch(1)
        self._row.addStretch(1)
        self.swatches: list[QToolButton] = []
        self.hide()

    def add(self, action: QAction) -> QToolButton:
        """Add a button for an action, which has an icon."""
        button = self._button()
        button.setDefaultAction(action)
        button.setAccessibleName(action.text().replace("&", ""))
        return button

    def add_choice(self, actions: Sequence[QAction], name: str) -> QToolButton:
        """Add a button for a choice of several: it shows the chosen one; a press offers all."""
        button = self._button()
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
        self._row.insertWidget(self._row.count() - 1, rule)

    def add_swatches(self, count: int, names: Sequence[str]) -> None:
        """Add buttons for so many colours."""
        for index in range(count):
            button = self._button(SWATCH_PX)
            button.setCheckable(True)
            button.setAutoExclusive(True)
            button.setAccessibleName(names[index])
            button.clicked.connect(lambda _=False, index=index: self.coloured.emit(index))
            self.swatches.append(button)

    def show_colours(self, colours: Sequence[str], names: Sequence[str], chosen: int) -> None:
        """Show the colours of a tool, and which is chosen."""
        for index, button in enumerate(self.swatches):
            button.setIcon(colour_icon(colours[index]))
            button.setToolTip(names[index])
            button.setAccessibleName(names[index])
            button.setChecked(index == chosen)

    def resizeEvent(self, a0: QResizeEvent | None) -> None:  # noqa: N802  # Qt's name
        """Leave the colours out if they do not fit."""
        super().resizeEvent(a0)
        items = [self._row.itemAt(i) for i in range(self._row.count())]
        widgets = [widget for item in items if item and (widget := item.widget())]
        needed = sum(widget.width() + GAP_PX for widget in widgets) + 2 * EDGE_PX
        for button in self.swatches:
            button.setVisible(needed <= self.width())

    def _button(self, width: int = BUTTON_PX) -> QToolButton:
        button = QToolButton()
        button.setFixedSize(width, BUTTON_PX)
        button.setIconSize(QSize(SIDE, SIDE))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # the focus stays on the score
        self._row.insertWidget(self._row.count() - 1, button)
        return button
