"""The menu of the instrument's tuning: as it sounds, or as the player says.

On the window's thread.
"""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QAction, QActionGroup
from PyQt6.QtWidgets import QInputDialog, QMenu

from livefollow.features.tuning import CONCERT_HZ

USUAL_HZ = (440.0, 442.0, 415.0)
LOWEST_HZ, HIGHEST_HZ = 390, 490  # two semitones about 440 Hz
FOUND = 0.0  # in the place of a tuning: as it sounds


class TuningMenu(QObject):
    """Fills a menu with tunings, of which one is chosen.

    Attributes:
        chosen: Hz of a', FOUND for what the sound says.
    """

    chosen = pyqtSignal(float)

    def __init__(self, menu: QMenu, hz: float = FOUND) -> None:
        """Show what was chosen before.

        Args:
            menu: empty, and owned by this object.
            hz: of a', or FOUND.
        """
        super().__init__(menu)
        self._menu, self._hz, self._heard_hz = menu, FOUND, CONCERT_HZ
        self._group = QActionGroup(menu)
        self._other = QAction(self.tr("&Other …"), menu)
        self._other.triggered.connect(self._ask)
        menu.addAction(self._other)
        self._actions: dict[float, QAction] = {}
        for each in (FOUND, *USUAL_HZ):
            self._action(each)
        self.show_heard(CONCERT_HZ)
        self._check(hz)

    def show_heard(self, hz: float) -> None:
        """How the instrument sounds, Hz of a'."""
        self._heard_hz = hz
        self._actions[FOUND].setText(self.tr("As It &Sounds (A = {} Hz)").format(round(hz)))

    def choose(self, hz: float) -> None:
        """The player says how the instrument is tuned, or FOUND."""
        self._check(hz)
        self.chosen.emit(hz)

    def _check(self, hz: float) -> None:
        self._hz = hz
        self._action(hz).setChecked(True)

    def _action(self, hz: float) -> QAction:
        if hz not in self._actions:
            action = QAction(self.tr("A = {} Hz").format(round(hz)), self._menu)
            action.setCheckable(True)
            action.triggered.connect(lambda: self.choose(hz))
            self._group.addAction(action)
            self._menu.insertAction(self._other, action)
            self._actions[hz] = action
        return self._actions[hz]

    def _ask(self) -> None:
        now = round(self._hz or self._heard_hz)
        title, label = self.tr("Tuning"), self.tr("The instrument's A, in Hz:")
        hz, given = QInputDialog.getInt(self._menu, title, label, now, LOWEST_HZ, HIGHEST_HZ)
        if given:
            self.choose(float(hz))
