"""Rotation of pages, and which pages of a score for four hands are the player's.

Kept with the score's corrections. The score is read again after each change, so strip, highlight and clicks agree.
"""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QAction

from livefollow.score.hands import DuetPart
from livefollow.score.score import Score
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.widgets.menus import Menus


class Sheets(QObject):
    """The entries Rotate Page and My Pages of the View menu.

    Attributes:
        changed: the score must be read again.
        said: a sentence for the player.
    """

    changed = pyqtSignal()
    said = pyqtSignal(str)

    def __init__(self, pages: PageView, menus: Menus, open_score: OpenScore) -> None:
        """Add the entries to the menu.

        Args:
            pages: the view, which knows the size of each page.
            menus: of the window.
            open_score: of the window.
        """
        super().__init__(pages)
        self._pages, self._open = pages, open_score
        self._menus = menus
        view = menus.menus["view"]
        view.addSeparator()
        rotate = view.addMenu(self.tr("Ro&tate Page"))
        assert rotate
        add = menus.add
        self._actions: list[QAction] = [
            add(rotate, "rotate_right", self.tr("&Clockwise"), lambda: self.rotate(1)),
            add(rotate, "rotate_left", self.tr("Counter-Clock&wise"), lambda: self.rotate(3)),
            add(rotate, "rotate_half", self.tr("&Upside Down"), lambda: self.rotate(2)),
        ]
        rotate.addSeparator()
        self._actions += [
            add(rotate, "rotate_all_right", self.tr("&All Pages Clockwise"), lambda: self.rotate_all(1)),
            add(rotate, "rotate_all_left", self.tr("All &Pages Counter-Clockwise"), lambda: self.rotate_all(3)),
            add(rotate, "rotate_all_half", self.tr("All Pages Upside &Down"), lambda: self.rotate_all(2)),
        ]
        mine = view.addMenu(self.tr("M&y Pages"))
        assert mine
        parts = [
            (DuetPart.ALL.value, self.tr("I Play &All Pages")),
            (DuetPart.LEFT.value, self.tr("I Play the &Left Pages (Secondo)")),
            (DuetPart.RIGHT.value, self.tr("I Play the &Right Pages (Primo)")),
        ]
        menus.choice(mine, "part", parts, DuetPart.ALL.value, lambda part: self.play(DuetPart(part)))
        view.addSeparator()
        self._actions += [menus.actions[f"part.{part.value}"] for part in DuetPart]
        self._enable(False)
        open_score.opened.connect(self._opened)
        open_score.closed.connect(lambda: self._enable(False))

    def _opened(self, score: Score) -> None:
        self._menus.actions[f"part.{score.corrections.part.value}"].setChecked(True)
        self._enable(True)

    def rotate(self, quarters: int) -> None:
        """Rotate the page that is played clockwise, by quarter turns."""
        self._rotate([self._open.page], quarters)

    def rotate_all(self, quarters: int) -> None:
        """Rotate every page clockwise, by quarter turns."""
        if self._open.score:
            self._rotate(list(range(1, self._open.score.document.page_count + 1)), quarters)

    def play(self, part: DuetPart) -> None:
        """Choose which pages are followed and turned to."""
        score = self._open.score
        if score and part is not score.corrections.part:
            self._change(lambda: score.corrections.play(part))

    def _rotate(self, pages: list[int], quarters: int) -> None:
        score, store = self._open.score, self._pages.store
        if score and store:
            turns = {page: score.document.turned(page) + quarters for page in pages}
            sizes = {page: store.size(page) for page in pages}
            self._change(lambda: score.corrections.turn(turns, sizes))

    def _change(self, change: Callable[[], None]) -> None:
        try:
            change()
        except OSError as error:
            self.said.emit(self.tr("This cannot be saved ({reason}).").format(reason=error.strerror))
        else:
            self.changed.emit()

    def _enable(self, on: bool) -> None:
        for action in self._actions:
            action.setEnabled(on)
