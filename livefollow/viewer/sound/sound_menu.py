"""The Sound menu and its parts of the status bar: input, level, pause, and the cost of following.

One per window; window thread only.
"""

from __future__ import annotations

import logging
from pathlib import Path

from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QLabel, QMenu, QWidget

from livefollow.audio.devices import bare_name, find_input
from livefollow.audio.microphone import Microphone
from livefollow.audio.playback import PlayedFile
from livefollow.audio.source import Source, SourceState, SourceStatus
from livefollow.viewer.following import NO_SOUND, Following
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.session.session import Session
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.sound.device_menu import DeviceMenu
from livefollow.viewer.sound.level_meter import LevelMeter
from livefollow.viewer.sound.microphone_page import MicrophonePage
from livefollow.viewer.sound.tuning_menu import TuningMenu
from livefollow.viewer.widgets.menus import Menus
from livefollow.viewer.widgets.status_bar import Matter, StatusBar

READOUT_MS = 1000
LOG_EVERY = 60  # readouts

logger = logging.getLogger(__name__)


class SoundControls(QObject):
    """The Sound menu, the level meter and the readout of a window.

    Attributes:
        meter: the level meter, in the status bar.
        devices: the menu of inputs.
        tuning: the menu of the instrument's tuning.
        readout: delay and CPU load, in the status bar; hidden unless wanted.
    """

    def __init__(
        self,
        window: QWidget,
        menus: Menus,
        preferences: RecordFile[Preferences],
        open_score: OpenScore,
        bar: StatusBar,
        following: Following,
        *,
        audio: Path | None = None,
        device: int | str | None = None,
        statistics: bool = False,
    ) -> None:
        """Add menu entries, meter and readout to the window.

        Args:
            window: parent of the menu.
            menus: of the window.
            preferences: remember the input.
            open_score: of the window.
            bar: gets meter and readout.
            following: shows the state while nothing is followed.
            audio: a recording in place of a microphone, until an input is chosen.
            device: number or part of the name of the input, instead of the remembered one.
            statistics: show the readout this time, whatever the preferences say.

        Raises:
            DeviceError: there is no such device.
        """
        super().__init__(window)
        self._window = window
        self._preferences, self._bar, self._following = preferences, bar, following
        self._audio = audio
        self._once: tuple[Path, Path] | None = None  # a recording, and the score for which it is
        self._session: Session | None = None
        remembered = preferences.values
        self._device = device
        name = remembered.device if device is None else bare_name(find_input(device).name)
        self.meter = LevelMeter()
        self.readout = QLabel()
        self.readout.setAccessibleName(self.tr("Performance"))
        for widget in (self.meter, self.readout):
            bar.add_widget(widget)
        inputs = QMenu(self.tr("&Input"), window)
        menus.menus["sound"].addMenu(inputs)
        self.devices = DeviceMenu(inputs, name)
        self.devices.chosen.connect(self._choose)
        menus.add("sound", "microphone", self.tr("&Microphone …"), self.show_microphones)
        tunings = QMenu(self.tr("&Tuning"), window)
        menus.menus["sound"].addMenu(tunings)
        self.tuning = TuningMenu(tunings, remembered.tuning_hz)
        self.tuning.chosen.connect(self._tune)
        self._pause = menus.add("sound", "pause", self.tr("P&ause Following"), self.pause, "P", checkable=True)
        show = menus.add(
            "sound", "statistics", self.tr("&Performance (Delay and CPU)"), self._show_readout, checkable=True
        )
        self._timer = QTimer(self)
        self._timer.setInterval(READOUT_MS)
        self._timer.timeout.connect(self._read_out)
        self._readouts = 0
        self.readout.hide()
        self._for_now = statistics and not remembered.statistics
        show.setChecked(statistics or remembered.statistics)
        self._for_now = False
        open_score.session_made.connect(self._take)
        open_score.closing.connect(self._let_go)

    def source(self, score: Path) -> Source:
        """Make a source for a new session: the one to be heard once, given at the start, or chosen since.

        Args:
            score: that the session follows in.
        """
        once, self._once = self._once, None
        if once and once[1] == score:
            return PlayedFile(once[0])
        if self._audio:
            return PlayedFile(self._audio)
        if self._device is not None:
            return Microphone(self._device)
        return Microphone(self.devices.name or None, otherwise_default=True)

    def play_once(self, recording: Path, score: Path) -> None:
        """Have the next session follow a recording, if it is one on this score.

        Args:
            recording: played by the loudspeakers, too.
            score: of which it is.
        """
        self._once = recording, score

    def show_microphones(self) -> MicrophonePage:
        """Show which input hears the player; following goes on meanwhile."""
        page = MicrophonePage(self.devices.name, self._window)
        page.chosen.connect(self.devices.choose)
        if self._session:
            self._session.sounded.connect(page.hear)
        page.show()
        return page

    def pause(self, paused: bool) -> None:
        """Pause following, or resume it."""
        if self._session is None:
            return
        if paused:
            self._session.pause()
        else:
            self._session.resume()
        self._following.show_standing(self._session.sound)

    def _choose(self, name: str) -> None:
        """Switch to another input and remember it."""
        self._audio = self._device = None
        self._preferences.change(device=name)
        if self._session:
            self._bar.insist(Matter.FAILURE, "")  # it may have concerned the previous input
            self._session.switch(Microphone(name or None))

    def _tune(self, hz: float) -> None:
        """Another tuning, now and from now on."""
        self._preferences.change(tuning_hz=hz)
        if self._session:
            self._session.tune(hz or None)

    def _take(self, session: Session) -> None:
        self._session = session
        session.tune(self._preferences.values.tuning_hz or None)
        session.sounded.connect(self._hear)
        self._timer.start()
        if self._pause.isChecked():  # before there was a session
            self.pause(True)

    def _hear(self, status: SourceStatus) -> None:
        self.meter.show_status(status)
        if status.state is SourceState.RUNNING and not self._preferences.values.microphone_told:
            self._tell_microphone(status)
        if status.state in NO_SOUND and self._session and not self._session.paused:
            self._following.show_standing(status)

    def _tell_microphone(self, status: SourceStatus) -> None:
        """Say once, the first time that there is sound, which microphone is heard and where to see that it is."""
        if self._session and self._session.listens_live:
            self._preferences.change(microphone_told=True)
            told = self.tr("Listening to {}; Sound, Microphone shows whether it hears you.")
            self._bar.tell(told.format(bare_name(status.name)))

    def _let_go(self) -> None:
        """Forget the session, which is about to end."""
        if self._session:
            logger.info("Following cost: %s", self._session.statistics.figures())
        self._session = None
        self._timer.stop()
        self._pause.setChecked(False)
        self.meter.show_status(None)
        self.readout.clear()

    def painted(self) -> None:
        """Note that the pages were painted."""
        if self._session:
            self._session.statistics.painted()

    def _show_readout(self, shown: bool) -> None:
        self.readout.setVisible(shown)
        if not self._for_now:
            self._preferences.change(statistics=shown)

    def _read_out(self) -> None:
        if self._session is None:
            return
        figures = self._session.statistics.figures()
        heard_hz = self._session.tuning_hz
        if heard_hz:
            self.tuning.show_heard(heard_hz)
        self._readouts += 1
        if self._readouts % LOG_EVERY == 0:
            logger.info("Following costs: %s", figures)
        if self.readout.isVisible():
            costs = round(figures.paint.p50), round(figures.paint.p99), round(100 * figures.cpu)
            late = self.tr(" · {} late").format(figures.late) if figures.late else ""
            self.readout.setText(self.tr("{} ms (p99 {}) · {} % CPU").format(*costs) + late)
            self.readout.setToolTip(str(figures))
