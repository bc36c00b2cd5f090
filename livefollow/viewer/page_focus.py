"""Who gets the keys: the page, unless the player is really somewhere else. The window's thread's.

Pedals and presenters send ordinary keys, Return among them: a control that is hidden, or was left, must not have them.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PyQt6.QtCore import QObject, Qt
from PyQt6.QtWidgets import QWidget

from livefollow.follow.position import Position, State
from livefollow.viewer.library.setlist_panel import SetlistPanel
from livefollow.viewer.widgets.welcome import Welcome

LEFT_S = 10.0  # untouched for so long while the player plays, the setlist has been left


class PageFocus(QObject):
    """Gives the focus to the page, or where there is no score, to the invitation."""

    def __init__(
        self, pages: QWidget, welcome: Welcome, setlist: SetlistPanel, clock: Callable[[], float] = time.monotonic
    ) -> None:
        """Let the page have the focus.

        Args:
            pages: the view.
            welcome: over it while there is no score.
            setlist: that keeps some keys while it has the focus.
            clock: monotonic seconds.
        """
        super().__init__(pages)
        self._pages, self._welcome, self._setlist, self._clock = pages, welcome, setlist, clock
        pages.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        setlist.left.connect(self.take)
        setlist.visibilityChanged.connect(self._hide_setlist)

    def take(self) -> None:
        """The keys are the page's from now on."""
        if self._welcome.isHidden():
            self._pages.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._welcome.invite()

    def play(self, position: Position) -> None:
        """Who plays has left the setlist."""
        if position.state is State.FOLLOWING and self._setlist.idle_s(self._clock()) > LEFT_S:
            self.take()

    def _hide_setlist(self, shown: bool) -> None:
        if not shown:
            self.take()
