"""The page of pedals and keys: what they send, and what they do. Window thread only.

While it is open, MIDI pedals turn nothing; keys go to the field as long as it has the focus.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PyQt6.QtCore import Qt, pyqtSignal
from PyQt6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from livefollow.viewer.pedals.controls import ControlWords, is_damper, is_fixed
from livefollow.viewer.pedals.press_field import PressField
from livefollow.viewer.settings.preferences import OwnControl
from livefollow.viewer.widgets.screen_fit import ScreenFit

WIDTH_PX = 560
LIST_PX = 130  # height of the list of assignments
CONTROL = Qt.ItemDataRole.UserRole


class PedalsPage(QDialog):
    """Shows what is pressed, and assigns it.

    Attributes:
        assigned: name of a control and of an action, empty for none.
        forgotten: name of a control that is to be as it was delivered; empty for all.
        field: shows what is pressed.
    """

    assigned = pyqtSignal(str, str)
    forgotten = pyqtSignal(str)

    def __init__(
        self, functions: Sequence[tuple[str, str]], purpose: Callable[[str], str], parent: QWidget | None = None
    ) -> None:
        """Show nothing yet.

        Args:
            functions: names of actions that can be assigned, with their words.
            purpose: returns the words for what a control does now; empty for nothing.
            parent: window.
        """
        super().__init__(parent)
        self._purpose, self._words = purpose, dict(functions)
        self.setWindowTitle(self.tr("Pedals and Keys"))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(WIDTH_PX)
        self.field = PressField()
        self.field.pressed.connect(self._press)
        self.functions = QComboBox()
        self.functions.setAccessibleName(self.tr("What it shall do"))
        listed = self.functions.view()
        if listed:
            listed.setAccessibleName(self.functions.accessibleName())
        for name, words in functions:
            self.functions.addItem(words, name)
        self.assign = QPushButton(self.tr("&Assign"))
        self.assign.setEnabled(False)
        self.assign.setAutoDefault(False)
        self.assign.clicked.connect(self._assign)
        self.said = QLabel(self.tr("Then choose what it shall do."))
        self.said.setWordWrap(True)
        self.said.setAccessibleName(self.tr("Message"))
        self.said.setMinimumHeight(2 * self.fontMetrics().lineSpacing())
        self.own = QListWidget()
        self.own.setAccessibleName(self.tr("What you have assigned"))
        self.own.setFixedHeight(LIST_PX)
        self.own.itemSelectionChanged.connect(self._select)
        self.remove = QPushButton(self.tr("&Remove"))
        self.remove.setAutoDefault(False)
        self.remove.setEnabled(False)
        self.remove.clicked.connect(self._remove)
        self.devices = QLabel()
        self.devices.setWordWrap(True)
        self.devices.setAccessibleName(self.tr("MIDI devices"))
        self._lay_out()
        ScreenFit(self)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        shall = QLabel(self.tr("It &shall:"))
        shall.setBuddy(self.functions)
        choice = QHBoxLayout()
        choice.addWidget(shall)
        choice.addWidget(self.functions, 1)
        choice.addWidget(self.assign)
        listed = QLabel(self.tr("&Yours, beside the keys that F1 lists:"))
        listed.setBuddy(self.own)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        again = buttons.addButton(self.tr("As &Delivered"), QDialogButtonBox.ButtonRole.ResetRole)
        for button in buttons.buttons():
            if isinstance(button, QPushButton):
                button.setAutoDefault(False)  # a pedal that sends Return presses nothing here
        if again:
            again.clicked.connect(lambda: self.forgotten.emit(""))
        buttons.rejected.connect(self.reject)
        below = QHBoxLayout()
        below.addWidget(self.devices, 1)
        below.addWidget(self.remove)
        column = QVBoxLayout(self)
        column.addWidget(self.field)
        column.addLayout(choice)
        column.addWidget(self.said)
        column.addWidget(listed)
        column.addWidget(self.own)
        column.addLayout(below)
        column.addWidget(buttons)

    def show_own(self, controls: Sequence[OwnControl]) -> None:
        """List what the player has assigned."""
        self.own.clear()
        for control, action in controls:
            item = QListWidgetItem(self.tr("{}: {}").format(ControlWords.of(control), self._words[action]))
            item.setData(CONTROL, control)
            self.own.addItem(item)
        self.remove.setEnabled(False)
        if self.field.control:
            self._show_purpose()

    def show_devices(self, names: Sequence[str]) -> None:
        """Say which MIDI devices there are."""
        listed = self.tr("MIDI: {}").format(", ".join(names))
        self.devices.setText(listed if names else self.tr("MIDI: no device is plugged in"))

    def complain(self, sentence: str) -> None:
        """Say why there is no MIDI."""
        self.devices.setText(sentence)

    def say(self, sentence: str) -> None:
        """Say what was done."""
        self.said.setText(sentence)

    def _press(self, control: str) -> None:
        """Show what was pressed and what it does, and offer to assign it."""
        self._show_purpose()
        fixed = is_fixed(control)
        self.assign.setEnabled(not fixed)
        if fixed:
            self.say(self.tr("Menus and dialogs need this key: it cannot be assigned."))
        elif is_damper(control):
            self.say(self.tr("You play with this pedal: it would act each time. Better take the left or middle one."))
        else:
            self.say("")

    def _show_purpose(self) -> None:
        does = self._purpose(self.field.control)
        self.field.show_purpose(self.tr("Now: {}").format(does) if does else self.tr("Now: nothing"))

    def _assign(self) -> None:
        before = self._purpose(self.field.control)
        action = self.functions.currentData()
        words = ControlWords.of(self.field.control)
        self.assigned.emit(self.field.control, action)
        if before and before != self._words[action]:
            now = self.tr("{} was for “{}”; that has it no longer.").format(words, before)
        else:
            now = self.tr("{} is assigned.").format(words)
        self.say(now)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def _select(self) -> None:
        self.remove.setEnabled(bool(self.own.selectedItems()))

    def _remove(self) -> None:
        for item in self.own.selectedItems():
            self.forgotten.emit(item.data(CONTROL))
