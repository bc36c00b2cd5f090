"""Recent scores: a tuple of paths, the newest first, and the menu that shows them. Window thread only."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PyQt6.QtCore import pyqtSignal
from PyQt6.QtGui import QAction
from PyQt6.QtWidgets import QMenu, QWidget

from livefollow.score.files import shown
from livefollow.viewer.settings.preferences import MOST_RECENT


def with_newest(recent: Sequence[str], path: Path) -> tuple[str, ...]:
    """Return the list with a score that was just opened first, and only once."""
    newest = str(path.absolute())
    return (newest, *(other for other in recent if other != newest))[:MOST_RECENT]


def without_missing(recent: Sequence[str]) -> tuple[str, ...]:
    """Return the list without paths that no longer exist."""
    return tuple(path for path in recent if Path(path).exists())


def titles(recent: Sequence[str]) -> list[str]:
    """Return a title for each path: its name, with the folder if two have the same name."""
    names = [Path(path).name for path in recent]
    return [
        shown(Path(name) if names.count(name) == 1 else Path(path).relative_to(Path(path).parent.parent))
        for path, name in zip(recent, names, strict=True)
    ]


class RecentMenu(QMenu):
    """Lists recent scores each time it is shown; missing ones are greyed out.

    Attributes:
        chosen: Path of a score to open.
        changed: the new list, a tuple of str, after scores were removed from it.
    """

    chosen = pyqtSignal(object)
    changed = pyqtSignal(object)

    def __init__(
        self,
        recent: Callable[[], Sequence[str]],
        parent: QWidget | None = None,
        located: Callable[[Path], Path] = Path,
    ) -> None:
        """Make an empty menu.

        Args:
            recent: called for the list whenever the menu is shown.
            parent: of the menu.
            located: returns where a score lies that was moved; the path itself if that is unknown.
        """
        super().__init__(self.tr("Open &Recent"), parent)
        self._recent, self._located = recent, located
        self.aboutToShow.connect(self.fill)

    def fill(self) -> None:
        """Rebuild the entries."""
        self.clear()
        recent = self._recent()
        for number, (path, title) in enumerate(zip(recent, titles(recent), strict=True), 1):
            label = title.replace("&", "&&")
            there = self._located(Path(path)).exists()
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
