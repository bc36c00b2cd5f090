"""The Go menu: turns and places. One per window; window thread only."""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject

from livefollow.viewer.navigation.bar_numbers import BarNumbers
from livefollow.viewer.navigation.own_start import OwnStart
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.menus import Menus


class GoMenu(QObject):
    """Fills the Go menu with its actions."""

    def __init__(
        self,
        menus: Menus,
        preferences: RecordFile[Preferences],
        turner: PageTurner,
        play_repeats: Callable[[bool], object],
        bars: BarNumbers,
        start: OwnStart,
    ) -> None:
        """Add the actions to the menu.

        Args:
            menus: of the window.
            preferences: the settings.
            turner: turns the pages.
            play_repeats: called with whether the printed repeats are played.
            bars: the bar numbers.
            start: the player's own start.
        """
        super().__init__(turner)
        self._preferences = preferences
        add, menu, values = menus.add, menus.menus["go"], preferences.values
        forward, back = ("PgDown", "Right", "Down", "Space", "Return", "Enter"), ("PgUp", "Left", "Up", "Shift+Space")
        add("go", "forward", self.tr("Turn &Forward"), lambda: turner.turn(1), *forward, with_score=True)
        add("go", "back", self.tr("Turn &Back"), lambda: turner.turn(-1), *back, with_score=True)
        add("go", "half_forward", self.tr("Half a Page For&ward"), turner.turn_half, "Shift+PgDown", with_score=True)
        add("go", "undo_turn", self.tr("&Undo Turn"), turner.undo, "Backspace", "Ctrl+Z", with_score=True)
        menu.addSeparator()
        add("go", "start", self.tr("To the &Start"), start.go, "Home", with_score=True)
        add("go", "first_note", self.tr("To the First &Note"), start.to_first_note, "Ctrl+Home", with_score=True)
        add("go", "start_here", self.tr("Set as St&art"), start.choose_here, "Shift+Home", with_score=True)
        add("go", "bar", self.tr("&Go to Bar …"), bars.ask, "Ctrl+G", "B", with_score=True)
        add("go", "this_is_bar", self.tr("T&his Is Bar …"), bars.ask_number, "Shift+B", with_score=True)
        menu.addSeparator()
        by_itself = add("go", "turn_by_itself", self.tr("Turn by &Itself"), self._set_by_itself, "T", checkable=True)
        by_itself.setChecked(values.turn_by_itself)
        played = add("go", "play_repeats", self.tr("Play &Repeats"), play_repeats, "R", checkable=True)
        played.setChecked(values.play_repeats)

    def _set_by_itself(self, on: bool) -> None:
        self._preferences.change(turn_by_itself=on)
