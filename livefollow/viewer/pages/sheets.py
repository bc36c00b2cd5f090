"""Rotation of pages, and which pages of a score for four hands are the player's.

Kept with the score's corrections. The score is read again after each change, so strip, highlight and clicks agree.
"""

from __future__ import annotations

from collections.abc import Callable

from PyQt6.QtCore import QObject, Qt, pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMainWindow, QMessageBox

from livefollow.score.hands import DuetPart
from livefollow.score.score import Score
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.widgets.menus import Menus


class Sheets(QObject):
    """The entries Rotate Page and My Pages of the View menu.

    Attributes:
        changed: the score must be read again.
        said: a sentence for the player.
    """

    changed = pyqtSignal()
    said = pyqtSignal(str)

    def __init__(self, window: QMainWindow, menus: Menus, open_score: OpenScore) -> None:
        """Add the entries to the menu.

        Args:
            window: parent of dialogs.
            menus: of the window.
            open_score: of the window.
        """
        super().__init__(window)
        self._window, self._open = window, open_score
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
        score = self._open.score
        if score:
            turns = {page: score.document.turned(page) + quarters for page in pages}
            corrected = [page for page in pages if page in score.corrections.pages]

            def turn() -> None:
                if score is self._open.score:
                    self._change(lambda: score.corrections.turn(turns))

            self._ask(corrected, turn) if corrected else turn()

    def _ask(self, corrected: list[int], turn: Callable[[], None]) -> None:
        """Turn pages whose corrections are lost by that, if the player wants it all the same."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Rotate Page"))
        pages = ", ".join(map(str, corrected))
        box.setText(self.tr("Rotating forgets the systems that you have corrected on these pages: {}").format(pages))
        rotate = box.addButton(self.tr("&Rotate"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.buttonClicked.connect(lambda button: turn() if button is rotate else None)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

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
