"""The Go menu: turns, places, and the player's own repeats. One a window, on the window's thread."""

from __future__ import annotations

from PyQt6.QtCore import QObject
from PyQt6.QtGui import QAction

from livefollow.viewer.bar_numbers import BarNumbers
from livefollow.viewer.menus import Menus
from livefollow.viewer.own_repeats import OwnRepeats
from livefollow.viewer.own_start import OwnStart
from livefollow.viewer.page_turner import PageTurner
from livefollow.viewer.preferences import Preferences
from livefollow.viewer.records import RecordFile


class GoMenu(QObject):
    """Fills the Go menu."""

    def __init__(
        self,
        menus: Menus,
        preferences: RecordFile[Preferences],
        turner: PageTurner,
        repeats: OwnRepeats,
        bars: BarNumbers,
        start: OwnStart,
    ) -> None:
        """Add the actions.

        Args:
            menus: of the window.
            preferences: the settings.
            turner: of the pages.
            repeats: of the player.
            bars: of the score.
            start: of the player.
        """
        super().__init__(turner)
        self._preferences = preferences
        self._with_score = self._add_actions(menus, turner, repeats, bars, start)
        self._enable(False)
        turner.opened.connect(self._enable)

    def _add_actions(
        self, menus: Menus, turner: PageTurner, repeats: OwnRepeats, bars: BarNumbers, start: OwnStart
    ) -> list[QAction]:
        """All of them; those that need a score are returned."""
        add, menu, values = menus.add, menus.menus["go"], self._preferences.values
        turns = [
            add("go", "forward", self.tr("Turn &Forward"), lambda: turner.turn(1), "PgDown", "Right", "Down", "Space"),
            add("go", "back", self.tr("Turn &Back"), lambda: turner.turn(-1), "PgUp", "Left", "Up", "Shift+Space"),
            add("go", "undo_turn", self.tr("&Undo Turn"), turner.undo, "Backspace", "Ctrl+Z"),
        ]
        menu.addSeparator()
        places = [
            add("go", "start", self.tr("To the &Start"), start.go, "Home"),
            add("go", "first_note", self.tr("To the First &Note"), start.to_first_note, "Ctrl+Home"),
            add("go", "start_here", self.tr("Set as Start"), start.choose_here, "Shift+Home"),
            add("go", "bar", self.tr("Go to B&ar …"), bars.ask, "Ctrl+G", "B"),
            add("go", "this_is_bar", self.tr("T&his Is Bar …"), bars.ask_number, "Shift+B"),
        ]
        menu.addSeparator()
        by_itself = add("go", "turn_by_itself", self.tr("Turn by &Itself"), self._set_by_itself, "T", checkable=True)
        by_itself.setChecked(values.turn_by_itself)
        played = add("go", "play_repeats", self.tr("Play &Repeats"), repeats.play_printed, "R", checkable=True)
        played.setChecked(values.play_repeats)
        menu.addSeparator()
        marks = [
            add("go", "mark_start", self.tr("Mark Repeat's S&tart Here"), repeats.mark_start, "["),
            add("go", "mark_end", self.tr("Mark Repeat's &End Here"), repeats.mark_end, "]"),
            add("go", "forget_repeat", self.tr("Forget the Repeat Here"), repeats.remove_here, "Ctrl+Backspace"),
            add("go", "forget_repeats", self.tr("F&orget My Repeats"), repeats.forget),
        ]
        return turns + places + marks

    def _enable(self, opened: bool) -> None:
        """Whether there is a score: without one their keys are left to what has the focus."""
        for action in self._with_score:
            action.setEnabled(opened)

    def _set_by_itself(self, on: bool) -> None:
        self._preferences.change(turn_by_itself=on)
