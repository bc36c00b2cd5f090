"""The page on which the player sees which sound input hears them: every input with a meter that moves, and one hint.

Another process listens to all inputs meanwhile (`audio.levels`). Window thread only.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Callable

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QButtonGroup,
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QLabel,
    QProgressBar,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from livefollow.audio.devices import bare_name
from livefollow.audio.levels import InputLevel, LevelWatch
from livefollow.audio.source import SourceStatus
from livefollow.errors import DeviceError
from livefollow.viewer.settings.messages import in_language

LOWEST_DB = -60  # of a meter
HEARD_DB = -40.0  # from which an input hears somebody play
TOO_LOUD_DB = -0.1
FALL_DB = 3.0  # by which a meter falls in a tenth of a second
WIDTH_PX = 460

Watch = Callable[[Callable[[list[InputLevel]], object], Callable[[DeviceError], object]], LevelWatch]


class MicrophonePage(QDialog):
    """Lists the inputs.

    Attributes:
        chosen: name of the input that the player chose; empty for the system's default.
    """

    chosen = pyqtSignal(str)
    _told = pyqtSignal(list)
    _failed = pyqtSignal(object)

    def __init__(self, name: str, parent: QWidget | None = None, watch: Watch = LevelWatch) -> None:
        """Start listening to all inputs, until the page is closed.

        Args:
            name: of the input that is chosen now; empty for the system's default.
            parent: window.
            watch: listens.
        """
        super().__init__(parent)
        self.setWindowTitle(self.tr("Microphone"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH_PX)
        self._name, self._heard = name, ""  # heard: name of the input that this window listens to
        self._buttons = QButtonGroup(self)
        self._rows: dict[str, tuple[QRadioButton, QProgressBar]] = {}
        self._names: list[str] | None = None
        self._db: dict[str, float] = {}
        self.hint = QLabel(self.tr("Looking for microphones …"))
        self.hint.setWordWrap(True)
        self.hint.setAccessibleName(self.tr("Hint"))
        self._grid = QGridLayout()
        self._grid.setColumnStretch(1, 1)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        again = buttons.addButton(self.tr("Look &Again"), QDialogButtonBox.ButtonRole.ActionRole)
        if again:
            again.clicked.connect(self._look)
        buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        column.addWidget(self.hint)
        column.addLayout(self._grid)
        column.addStretch()
        column.addWidget(buttons)
        self._told.connect(self._show)
        self._failed.connect(self._complain)
        self._make_watch = watch
        self._watch: LevelWatch | None = None
        self.finished.connect(self._stop)
        self._look()

    def hear(self, status: SourceStatus) -> None:
        """Take the level of the input that the window listens to, which may be open to nobody else."""
        self._heard = bare_name(status.name)
        if self._heard in self._rows:
            self._move(self._heard, status.level.peak)

    def _look(self) -> None:
        self._stop()
        self._names = None
        self._watch = self._make_watch(self._pass_on, self._pass_failure)

    def _pass_on(self, levels: list[InputLevel]) -> None:
        """Hand over what is told, on the thread that it is told on; the page may be gone."""
        with contextlib.suppress(RuntimeError):
            self._told.emit(levels)

    def _pass_failure(self, error: DeviceError) -> None:
        with contextlib.suppress(RuntimeError):
            self._failed.emit(error)

    def _stop(self) -> None:
        if self._watch:
            self._watch.stop()
        self._watch = None

    def _complain(self, error: DeviceError) -> None:
        self.hint.setText(in_language(error.message))

    def _show(self, levels: list[InputLevel]) -> None:
        names = [bare_name(level.name) for level in levels]
        if names != self._names:
            self._names = names
            self._fill(list(dict.fromkeys(names)))
        default = next((level.peak for level in levels if level.default), None)
        for name, level in (("", default), *((bare_name(level.name), level.peak) for level in levels)):
            if level is not None:
                self._move(name, level)
            elif name != self._heard:
                self._rows[name][1].setFormat(self.tr("in use, or not to be opened"))
        self.hint.setText(self._advice())

    def _fill(self, names: list[str]) -> None:
        for widgets in self._rows.values():
            for widget in widgets:
                self._grid.removeWidget(widget)
                widget.deleteLater()
        self._rows.clear()
        self._db.clear()
        for row, name in enumerate(("", *names)):
            button = QRadioButton(name.replace("&", "&&") or self.tr("System &Default"))
            button.setChecked(name == self._name)
            button.clicked.connect(lambda _=False, name=name: self._choose(name))
            meter = QProgressBar()
            meter.setRange(LOWEST_DB, 0)
            meter.setValue(LOWEST_DB)
            meter.setFormat("")
            meter.setAccessibleName(self.tr("Level of {}").format(name or self.tr("the system's default")))
            self._buttons.addButton(button)
            self._grid.addWidget(button, row, 0)
            self._grid.addWidget(meter, row, 1)
            self._rows[name] = button, meter

    def _move(self, name: str, peak: float) -> None:
        db = max(LOWEST_DB, 20 * math.log10(peak)) if peak > 0 else float(LOWEST_DB)
        self._db[name] = max(db, self._db.get(name, LOWEST_DB) - FALL_DB)
        meter = self._rows[name][1]
        meter.setFormat("")
        meter.setValue(round(self._db[name]))

    def _choose(self, name: str) -> None:
        self._name = name
        self.chosen.emit(name)

    def _advice(self) -> str:
        """One hint: the next thing to do."""
        if not self._names:
            return self.tr("There is no microphone. Plug one in, and look again.")
        mine = self._db.get(self._name, LOWEST_DB)
        loudest = max(self._db, key=lambda name: self._db[name], default="")
        if mine >= TOO_LOUD_DB:
            return self.tr("It is too loud: turn the input down in the system's sound settings.")
        if mine >= HEARD_DB:
            return self.tr("Your microphone hears you. You can close this page and play.")
        if loudest and self._db[loudest] >= HEARD_DB:
            return self.tr("{} hears you: choose it.").format(loudest)
        return self.tr("Play some notes: the meter of the microphone that hears you moves.")
