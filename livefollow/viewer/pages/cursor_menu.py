"""View, Cursor: whether the cursor glides along the music or goes from note to note. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from livefollow.follow.agent import Agent, Glides
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.menus import Menus


class CursorMenu(QObject):
    """Adds the entry to the View menu, and tells agents that know both."""

    def __init__(self, parent: QObject, menus: Menus, preferences: RecordFile[Preferences]) -> None:
        """Add the entry.

        Args:
            parent: of the object.
            menus: of the window.
            preferences: the settings, which keep the choice.
        """
        super().__init__(parent)
        self._preferences = preferences
        self._agent: Glides | None = None
        menu = menus.menus["view"].addMenu(self.tr("Cur&sor"))
        assert menu
        self._menu = menu
        kinds = [("glides", self.tr("&Glides Along")), ("notes", self.tr("Goes from &Note to Note"))]
        menus.choice(self._menu, "cursor", kinds, preferences.values.cursor, self._choose)

    def take(self, agent: Agent) -> None:
        """Take the agent that will follow."""
        self._agent = agent if isinstance(agent, Glides) and agent.can_glide else None
        self._menu.setEnabled(self._agent is not None)
        self._tell()

    def _choose(self, kind: str) -> None:
        self._preferences.change(cursor=kind)
        self._tell()

    def _tell(self) -> None:
        if self._agent:
            self._agent.glides = self._preferences.values.cursor == "glides"
