"""Keyboard focus: on the page, unless the player really works elsewhere. Window thread only.

Pedals and presenters send ordinary keys, Return among them: a control that is hidden, or was left, must not get them.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QWidget

from livefollow.follow.position import Position, State
from livefollow.viewer.library.setlist_panel import SetlistPanel
from livefollow.viewer.library.welcome import Welcome

LEFT_S = 10.0  # without use while the player plays: the setlist has been left


class PageFocus(QObject):
    """Gives the focus to the page, or without a score to the welcome screen."""

    def __init__(
        self, pages: QWidget, welcome: Welcome, setlist: SetlistPanel, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Let the page accept the focus.

        Args:
            pages: the view.
            welcome: the screen over it without a score.
            setlist: keeps some keys while it has the focus.
            clock: monotonic seconds.
        """
        super().__init__(pages)
        self._pages, self._welcome, self._setlist, self._clock = pages, welcome, setlist, clock
        pages.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        setlist.left.connect(self.take)
        setlist.visibilityChanged.connect(self._hide_setlist)

    def take(self) -> None:
        """Give the focus to the page, or to the welcome screen."""
        if self._welcome.isHidden():
            self._pages.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._welcome.invite()

    def play(self, position: Position) -> None:
        """Take the focus from a setlist that the player has left."""
        if position.state is State.FOLLOWING and self._setlist.idle_s(self._clock()) > LEFT_S:
            self.take()

    def _hide_setlist(self, shown: bool) -> None:
        if not shown:
            self.take()
