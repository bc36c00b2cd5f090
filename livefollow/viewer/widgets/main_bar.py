"""The tool bar: what is needed most, for fingers and for those who look for it. Window thread only.

Shown by View, Tool Bar; it gives way in full screen, and while the player writes.
"""

from __future__ import annotations

from PyQt6.QtGui import QShowEvent

from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.icons import line_icon
from livefollow.viewer.widgets.menus import Menus
from livefollow.viewer.widgets.tool_bar import ToolBar

# Actions, as far as they exist, and the rules between them; each has the icon of its name.
BUTTONS = ("open", "", "start", "back", "forward", "page", "", "write", "record", "pause", "", "full_screen")


class MainBar(ToolBar):
    """Buttons for actions of the menus."""

    def __init__(self, menus: Menus, preferences: RecordFile[Preferences]) -> None:
        """Add its action to the View menu.

        Args:
            menus: of the window; read when the bar is first shown.
            preferences: remember whether it is shown.
        """
        super().__init__()
        self._menus, self._preferences = menus, preferences
        self._filled = False
        self._in_the_way: set[str] = set()
        self.setAccessibleName(self.tr("Tool bar"))
        shown = menus.add("view", "tool_bar", self.tr("Tool &Bar"), self._choose, checkable=True)
        shown.setChecked(preferences.values.tool_bar)
        self._refresh()

    def give_way(self, reason: str, needed: bool) -> None:
        """Hide as long as there is a reason."""
        (self._in_the_way.add if needed else self._in_the_way.discard)(reason)
        self._refresh()

    def showEvent(self, a0: QShowEvent | None) -> None:  # noqa: N802  # Qt's name
        """Make the buttons when they are first seen: all actions are there then."""
        super().showEvent(a0)
        if self._filled:
            return
        self._filled = True
        for name in BUTTONS:
            action = self._menus.actions.get(name)
            if not name:
                self.add_rule()
            elif action:
                action.setIcon(line_icon(name))
                action.setIconVisibleInMenu(False)
                self.add(action)

    def _choose(self, shown: bool) -> None:
        self._preferences.change(tool_bar=shown)
        self._refresh()

    def _refresh(self) -> None:
        self.setVisible(self._preferences.values.tool_bar and not self._in_the_way)
