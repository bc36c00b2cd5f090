"""The menu of sound inputs: a new list each time it opens, and the chosen input by name, plugged in or not.

A thread asks another process to list the inputs: the menu opens at once with the previous list and changes when the
answer comes. All else is for the window thread.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtGui import QAction, QActionGroup
from PyQt6.QtWidgets import QMenu

from livefollow.audio.devices import InputDevice, bare_name, list_inputs_afresh
from livefollow.errors import DeviceError

logger = logging.getLogger(__name__)


class DeviceMenu(QObject):
    """Fills a menu with the sound inputs, one of which is chosen.

    Attributes:
        chosen: name of the input that the player has chosen, empty for the system's default.
    """

    chosen = pyqtSignal(str)
    _listed = pyqtSignal(list)

    def __init__(
        self, menu: QMenu, name: str = "", list_inputs: Callable[[], list[InputDevice]] = list_inputs_afresh
    ) -> None:
        """Fill the menu whenever it is about to open.

        Args:
            menu: empty, and used only here.
            name: of the input that was chosen before.
            list_inputs: lists the inputs; may be slow, runs on a thread.
        """
        super().__init__(menu)
        self._menu, self._name, self._list_inputs = menu, name, list_inputs
        self._group = QActionGroup(menu)
        self._asking: threading.Thread | None = None
        self._listed.connect(self._fill)
        menu.aboutToShow.connect(self.refresh)
        self._fill([])

    @property
    def name(self) -> str:
        """Name of the chosen input, empty for the system's default."""
        return self._name

    def refresh(self) -> None:
        """Start listing the present inputs."""
        if self._asking is None or not self._asking.is_alive():
            self._asking = threading.Thread(target=self._ask, name="list sound inputs", daemon=True)
            self._asking.start()

    def _ask(self) -> None:
        """List the inputs, on the listing thread."""
        try:
            self._listed.emit(self._list_inputs())
        except DeviceError as error:
            logger.warning("%s", error)
        except RuntimeError:  # the window is gone
            logger.debug("nobody wants the list any more")

    def _fill(self, inputs: list[InputDevice]) -> None:
        names = _names(inputs)
        for action in self._group.actions():
            self._group.removeAction(action)
        self._menu.clear()
        self._add("", self.tr("System &Default"))
        self._menu.addSeparator()
        for name in names:
            self._add(name, name.replace("&", "&&"))
        if self._name and self._name not in names:
            action = self._add(self._name, self.tr("{} (not there)").format(self._name.replace("&", "&&")))
            action.setEnabled(False)

    def _add(self, name: str, text: str) -> QAction:
        action = QAction(text, self._menu)
        action.setCheckable(True)
        action.setChecked(name == self._name)
        action.triggered.connect(lambda: self.choose(name))
        self._group.addAction(action)
        self._menu.addAction(action)
        return action

    def choose(self, name: str) -> None:
        """Choose an input by its name, empty for the system's default."""
        self._name = name
        self.chosen.emit(name)


def _names(inputs: list[InputDevice]) -> list[str]:
    """Return a name for each input by which it is found again, even in another socket."""
    bare = [bare_name(device.name) for device in inputs]
    names = [short if bare.count(short) == 1 else device.name for short, device in zip(bare, inputs, strict=True)]
    return list(dict.fromkeys(names))
