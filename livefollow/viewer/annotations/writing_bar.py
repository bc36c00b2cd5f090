"""The tools above the pages while the player writes. Window thread only."""

from __future__ import annotations

from collections.abc import Sequence

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QResizeEvent
from PyQt6.QtWidgets import QToolButton

from livefollow.viewer.widgets.icons import colour_icon
from livefollow.viewer.widgets.tool_bar import EDGE_PX, GAP_PX, ToolBar

SWATCH_PX = 34


class WritingBar(ToolBar):
    """Tools, colours, undo; colours are left out where there is no room for them: the menu has them.

    Attributes:
        coloured: index of the colour that was chosen.
        swatches: the buttons of the colours.
    """

    coloured = pyqtSignal(int)

    def __init__(self) -> None:
        """Begin without buttons, hidden."""
        self.swatches: list[QToolButton] = []
        super().__init__()
        self.setAccessibleName(self.tr("Tools for writing"))

    def add_swatches(self, count: int, names: Sequence[str]) -> None:
        """Add buttons for so many colours."""
        for index in range(count):
            button = self.add_button(SWATCH_PX)
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
        items = [self.row.itemAt(i) for i in range(self.row.count())]
        widgets = [widget for item in items if item and (widget := item.widget())]
        needed = sum(widget.width() + GAP_PX for widget in widgets) + 2 * EDGE_PX
        for button in self.swatches:
            button.setVisible(needed <= self.width())
