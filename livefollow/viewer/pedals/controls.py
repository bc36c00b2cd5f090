"""Names of keys and of MIDI controls: as they are remembered, and in words. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QCoreApplication, QKeyCombination, Qt
from PyQt6.QtGui import QKeyEvent, QKeySequence

from livefollow.audio.midi import MidiKind

KEY, MIDI = "key:", "midi:"  # how the names of controls begin
DAMPER = 64  # controller of the pedal that is played with
MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock,
    Qt.Key.Key_unknown,
)
# Keys that dialogs, menus and writing cannot do without.
FIXED = ("Tab", "Shift+Backtab", "Esc", "F1", "Ctrl+Z", "Ctrl+Q")


def key_control(event: QKeyEvent) -> str:
    """Return the name of the key of an event; empty for a modifier by itself."""
    if event.key() in MODIFIERS:
        return ""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return KEY + QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key()))).toString()


def is_fixed(control: str) -> bool:
    """Whether a control cannot be assigned: keys that open menus among them."""
    key = control.removeprefix(KEY)
    return control.startswith(KEY) and (key in FIXED or key.startswith("Alt+"))


def is_damper(control: str) -> bool:
    """Whether a control is the pedal that pianists play with."""
    return control.startswith(MIDI) and control.endswith(f":{MidiKind.CONTROLLER} {DAMPER}")


def tr(text: str) -> str:
    """Return a text in the player's language."""
    return QCoreApplication.translate("ControlWords", text)


class ControlWords:
    """Says a control as the player knows it."""

    @staticmethod
    def of(control: str) -> str:
        """Return the words for a control: a key as the platform writes it, or what it is of which MIDI device."""
        if control.startswith(KEY):
            return QKeySequence(control.removeprefix(KEY)).toString(QKeySequence.SequenceFormat.NativeText)
        device, _, what = control.removeprefix(MIDI).rpartition(":")
        kind, _, number = what.partition(" ")
        if kind == MidiKind.NOTE:
            return tr("Note {} of {}").format(number, device)
        if kind == MidiKind.PROGRAM:
            return tr("Program {} of {}").format(number, device)
        pedals = {"64": tr("Right pedal of {}"), "66": tr("Middle pedal of {}"), "67": tr("Left pedal of {}")}
        return pedals[number].format(device) if number in pedals else tr("Controller {} of {}").format(number, device)
