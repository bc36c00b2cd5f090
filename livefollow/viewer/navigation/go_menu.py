"""The Go menu: turns, places, and the player's own repeats. One per window; window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QObject

from livefollow.viewer.navigation.bar_numbers import BarNumbers
from livefollow.viewer.navigation.own_repeats import OwnRepeats
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
        repeats: OwnRepeats,
        bars: BarNumbers,
        start: OwnStart,
    ) -> None:
        """Add the actions to the menu.

        Args:
            menus: of the window.
            preferences: the settings.
            turner: turns the pages.
            repeats: the player's own repeats.
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
        played = add("go", "play_repeats", self.tr("Play &Repeats"), repeats.play_printed, "R", checkable=True)
        played.setChecked(values.play_repeats)
        menu.addSeparator()
        add("go", "mark_start", self.tr("Mark Repeat's S&tart Here"), repeats.mark_start, "[", with_score=True)
        add("go", "mark_end", self.tr("Mark Repeat's &End Here"), repeats.mark_end, "]", with_score=True)
        forget_here = self.tr("Forget the Repeat Here")
        add("go", "forget_repeat", forget_here, repeats.remove_here, "Ctrl+Backspace", with_score=True)
        add("go", "forget_repeats", self.tr("F&orget My Repeats"), repeats.forget, with_score=True)

    def _set_by_itself(self, on: bool) -> None:
        self._preferences.change(turn_by_itself=on)
