"""The scores opened last: a tuple of paths, the newest first, and the menu that shows them. The window's thread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu, QWidget

from livefollow.score.files import shown
from livefollow.viewer.settings.preferences import MOST_RECENT


def with_newest(recent: Sequence[str], path: Path) -> tuple[str, ...]:
    """The list after a score was opened: it stands first, and once."""
    newest = str(path.absolute())
    return (newest, *(other for other in recent if other != newest))[:MOST_RECENT]


def without_missing(recent: Sequence[str]) -> tuple[str, ...]:
    """The list without what is no longer there."""
    return tuple(path for path in recent if Path(path).exists())


def titles(recent: Sequence[str]) -> list[str]:
    """What to call each path: its name, with the folder where two have the same name."""
    names = [Path(path).name for path in recent]
    return [
        shown(Path(name) if names.count(name) == 1 else Path(path).relative_to(Path(path).parent.parent))
        for path, name in zip(recent, names, strict=True)
    ]


class RecentMenu(QMenu):
    """Lists the scores opened last each time it is shown; what is no longer there is greyed.

    Attributes:
        chosen: a Path, to be opened.
        changed: the list, a tuple of str, after something was removed from it.
    """

    chosen = pyqtSignal(object)
    changed = pyqtSignal(object)

    def __init__(self, recent: Callable[[], Sequence[str]], parent: QWidget | None = None) -> None:
        """Show nothing yet.

        Args:
            recent: gives the list as it is when the menu is shown.
            parent: that owns the menu.
        """
        super().__init__(self.tr("Open &Recent"), parent)
        self._recent = recent
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Make the entries anew."""
        self.clear()
        recent = self._recent()
        for number, (path, title) in enumerate(zip(recent, titles(recent), strict=True), 1):
            label = title.replace("&", "&&")
            there = Path(path).exists()
            action = self._entry(f"&{number} {label}" if number < 10 else label, enabled=there)
            if not there:
                action.setText(self.tr("{title} (missing)").format(title=action.text()))
            action.setStatusTip(shown(Path(path)))
            action.triggered.connect(lambda _=False, path=path: self.chosen.emit(Path(path)))
        if not recent:
            self._entry(self.tr("No score has been opened yet"), enabled=False)
            return
        self.addSeparator()
        missing = self._entry(self.tr("Remove &Missing Ones"), enabled=without_missing(recent) != tuple(recent))
        missing.triggered.connect(lambda: self.changed.emit(without_missing(self._recent())))
        self._entry(self.tr("&Clear List")).triggered.connect(lambda: self.changed.emit(()))

    def _entry(self, label: str, *, enabled: bool = True) -> QAction:
        action = QAction(label, self)
        action.setEnabled(enabled)
        self.addAction(action)
        return action
