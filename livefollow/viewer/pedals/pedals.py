"""Pedals and keys do what the player has assigned to them. One per window; window thread only.

MIDI is listened to only while something is assigned to it, or the page of pedals is open.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QApplication, QWidget

from livefollow.audio.midi import MidiPress, MidiWatch
from livefollow.errors import DeviceError
from livefollow.viewer.pedals.controls import KEY, MIDI
from livefollow.viewer.pedals.pedals_page import PedalsPage
from livefollow.viewer.settings.messages import in_language
from livefollow.viewer.settings.preferences import ASSIGNABLE, OwnControl, Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.held_keys import AFTER_PRESS_S
from livefollow.viewer.widgets.key_help import without_mnemonic
from livefollow.viewer.widgets.menus import Menus

MakeWatch = Callable[[Callable[[MidiPress], object], Callable[[list[str]], object]], MidiWatch]


class Pedals(QObject):
    """The entry Pedals and Keys of the Go menu, and what pedals do.

    Attributes:
        said: a sentence for the player.
        page: the page of pedals; None while it is closed.
    """

    said = pyqtSignal(str)
    _heard = pyqtSignal(object)
    _changed = pyqtSignal(list)

    def __init__(
        self,
        window: QWidget,
        menus: Menus,
        preferences: RecordFile[Preferences],
        make_watch: MakeWatch = MidiWatch,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Assign what was assigned before.

        Args:
            window: parent of the page.
            menus: of the window.
            preferences: remember what is assigned.
            make_watch: listens to MIDI devices.
            clock: monotonic seconds.
        """
        super().__init__(window)
        self._window, self._menus, self._preferences = window, menus, preferences
        self._make_watch, self._clock = make_watch, clock
        self._watch: MidiWatch | None = None
        self._devices: list[str] = []
        self._pressed_at: dict[str, float] = {}
        self.page: PedalsPage | None = None
        menus.add("go", "pedals", self.tr("Pedals and Ke&ys …"), self.show_page)
        self._heard.connect(self._hear)
        self._changed.connect(self._show_devices)
        self._apply()

    def show_page(self) -> PedalsPage:
        """Show what pedals send, and what they do."""
        if self.page is None:
            page = self.page = PedalsPage(self._functions(), self.purpose, self._window)
            page.assigned.connect(self.assign)
            page.forgotten.connect(self.forget)
            page.finished.connect(self._close)
            page.show_own(self._preferences.values.controls)
            page.show_devices(self._devices)
            self._listen()
        self.page.show()
        self.page.raise_()
        return self.page

    def assign(self, control: str, action: str) -> None:
        """Assign a control to an action, empty for none; it is taken away from the action that had it."""
        self._change([*self._others(control), OwnControl(control, action)])

    def forget(self, control: str) -> None:
        """Give a control back what it does by itself; empty for all controls."""
        self._change(self._others(control) if control else [])

    def purpose(self, control: str) -> str:
        """Return the words for what a control does now; empty for nothing."""
        name = dict(self._preferences.values.controls).get(control)
        if name is None and control.startswith(KEY):
            key = control.removeprefix(KEY)
            name = next((name for name in self._menus.given_keys if key in self._menus.keys_of(name)), "")
        return without_mnemonic(self._menus.actions[name].text()) if name in self._menus.actions and name else ""

    def stop(self) -> None:
        """Stop listening to MIDI; harmless if nothing is listened to."""
        watch, self._watch = self._watch, None
        if watch:
            watch.stop()

    def _functions(self) -> list[tuple[str, str]]:
        actions = self._menus.actions
        named = [(name, without_mnemonic(actions[name].text())) for name in ASSIGNABLE if name in actions]
        return [*named, ("", self.tr("Do nothing"))]

    def _others(self, control: str) -> list[OwnControl]:
        return [own for own in self._preferences.values.controls if own.control != control]

    def _change(self, controls: list[OwnControl]) -> None:
        self._preferences.change(controls=controls)
        self._apply()
        if self.page:
            self.page.show_own(controls)

    def _apply(self) -> None:
        controls = self._preferences.values.controls
        keys = [own for own in controls if own.control.startswith(KEY)]
        self._menus.assign({own.control.removeprefix(KEY): own.action for own in keys})
        self._listen()

    # --- MIDI ---

    def _listen(self) -> None:
        """Begin or stop to listen, as it is needed."""
        assigned = any(own.control.startswith(MIDI) and own.action for own in self._preferences.values.controls)
        if not assigned and self.page is None:
            self.stop()
        elif self._watch is None:
            try:
                self._watch = self._make_watch(self._pass_on, self._pass_devices)
            except DeviceError as error:
                sentence = in_language(error.message)
                self.page.complain(sentence) if self.page else self.said.emit(sentence)

    def _pass_on(self, press: MidiPress) -> None:
        """Hand over a press on the thread that it is told on; the window may be gone."""
        with contextlib.suppress(RuntimeError):
            self._heard.emit(press)

    def _pass_devices(self, names: list[str]) -> None:
        with contextlib.suppress(RuntimeError):
            self._changed.emit(names)

    def _hear(self, press: MidiPress) -> None:
        if self.page:
            self.page.field.hear(press)
            return
        if not press.down or self._is_bounce(press.control) or QApplication.activeModalWidget():
            return
        action = self._menus.actions.get(dict(self._preferences.values.controls).get(press.control, ""))
        if action and action.isEnabled():
            action.trigger()

    def _is_bounce(self, control: str) -> bool:
        """Whether a press belongs to the one before, as those of keys do: see `held_keys`."""
        now, before = self._clock(), self._pressed_at.get(control, float("-inf"))
        self._pressed_at[control] = now
        return now - before < AFTER_PRESS_S

    def _show_devices(self, names: list[str]) -> None:
        self._devices = names
        if self.page:
            self.page.show_devices(names)

    def _close(self) -> None:
        self.page = None
        self._listen()
