"""The Practice menu: recording, replay, films and the loop. One per window; window thread only."""

from __future__ import annotations

import logging
from pathlib import Path

import platformdirs
from PyQt6.QtCore import QObject, Qt, QTimer
from PyQt6.QtWidgets import QFileDialog, QLabel, QPushButton

from livefollow.errors import LivefollowError
from livefollow.turning.view import Layout
from livefollow.turning.view_style import ViewStyle
from livefollow.viewer.practice.film_status import FilmStatus
from livefollow.viewer.practice.filming import Filming
from livefollow.viewer.practice.looping import Looping
from livefollow.viewer.practice.playback import Replay
from livefollow.viewer.practice.recorder import Recorder
from livefollow.viewer.practice.replaying import Replaying
from livefollow.viewer.session.session import Session
from livefollow.viewer.widgets.status_bar import NEEDED
from livefollow.viewer.window import MainWindow

CLOCK_MS = 500

logger = logging.getLogger(__name__)


class Practice(QObject):
    """Records, replays, films, and loops.

    Attributes:
        clock: time, in the status bar while recording or replaying.
        recorder: the recorder; None while nothing is recorded.
        replaying: replays recordings.
        looping: the practice loop.
    """

    def __init__(self, window: MainWindow) -> None:
        """Add the actions to the menu."""
        super().__init__(window)
        self._window = window
        self._session: Session | None = None
        self.recorder: Recorder | None = None
        self._last_take: Path | None = None
        self.clock = QLabel()
        self.clock.setAccessibleName(self.tr("Recording"))
        self.clock.hide()
        window.bar.add_widget(self.clock, NEEDED)
        self._take_button = QPushButton(self.tr("Play the Take"))
        self._take_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._take_button.clicked.connect(self.play_take)
        self._take_button.hide()
        window.bar.add_widget(self._take_button, NEEDED)
        self._filming = Filming(self)
        self._filming.said.connect(window.bar.tell)
        self.film_status = FilmStatus(self._filming)
        window.bar.add_widget(self.film_status, NEEDED)
        self._fill_menu()
        self.replaying.changed.connect(self._replays)
        self._timer = QTimer(self)
        self._timer.setInterval(CLOCK_MS)
        self._timer.timeout.connect(self._tick)
        window.open_score.session_made.connect(self._take)
        window.open_score.closing.connect(self._let_go)
        window.closing.connect(self._filming.stop)

    @property
    def replay(self) -> Replay | None:
        """The present replay; None without one."""
        return self.replaying.replay

    @property
    def folder(self) -> Path:
        """Folder of recordings."""
        remembered = self._window.preferences.values.recording_folder
        return Path(remembered) if remembered else platformdirs.user_music_path() / "livefollow"

    def _fill_menu(self) -> None:
        menus, menu = self._window.menus, self._window.menus.menus["practice"]
        add = menus.add
        self._record = add(
            "practice", "record", self.tr("&Record"), self.record, "Ctrl+R", checkable=True, with_score=True
        )
        self._replay = add(
            "practice", "replay", self.tr("Re&play …"), self._toggle_replay, "Ctrl+P", checkable=True, with_score=True
        )
        play_take = self.tr("Play the T&ake")
        self._play_take = add("practice", "play_take", play_take, self.play_take, "Ctrl+Shift+P")
        self._play_take.setEnabled(False)
        add("practice", "film", self.tr("Make a &Film of a Recording …"), self.choose_film, with_score=True)
        add("practice", "recordings", self.tr("Keep Recordings &in …"), self.choose_folder)
        menu.addSeparator()
        self.replaying = Replaying(self._window)
        menu.addSeparator()
        self.looping = Looping(self._window)

    # --- recording ---

    def record(self, on: bool) -> None:
        """Start a recording, or end it."""
        if not on:
            self._end_recording()
        elif self._session is None or self._window.open_score.score is None:
            self._window.bar.say(self.tr("Open a score first."))
            self._record.setChecked(False)
        elif self.recorder is None:
            try:
                self.recorder = Recorder(self.folder, self._window.open_score.score.document.path.stem)
            except LivefollowError as error:
                self._window.bar.say(error.message)
                self._record.setChecked(False)
                return
            self._offer(None)
            self._session.moved.connect(self.recorder.follow)
            self._session.listen_in(self.recorder.hear)
            self._timer.start()
            self._tick()

    def _end_recording(self) -> None:
        recorder, self.recorder = self.recorder, None
        self._record.setChecked(False)
        if recorder is None:
            return
        if self._session:
            self._session.listen_in(None)
            self._session.moved.disconnect(recorder.follow)
        recorder.close()
        self._still()
        if recorder.trouble:
            self._window.bar.tell(recorder.trouble)
        elif recorder.takes:
            self._window.bar.say(self.tr("Recorded: {}").format(recorder.takes[-1].stem))
            self._offer(recorder.takes[-1])

    # --- replaying ---

    def _toggle_replay(self, on: bool) -> None:
        if not on:
            self.replaying.end()
        elif self.replay is None:
            name = self._ask_recording(self.tr("Replay"))
            if name is None or not self.play(name):
                self._replay.setChecked(False)

    def play(self, sound: Path) -> bool:
        """Replay a recording in the open score while following pauses; False if that is not possible."""
        self._end_recording()
        played = self.replaying.play(sound)
        if played:
            self._take_button.hide()
        return played

    def play_take(self) -> None:
        """Replay the newest recording."""
        if self._last_take:
            self.play(self._last_take)

    def _offer(self, take: Path | None) -> None:
        """Offer the newest take for replay, if there is one."""
        self._last_take = take
        self._play_take.setEnabled(take is not None)
        self._take_button.setVisible(take is not None)

    def _replays(self, on: bool) -> None:
        self._replay.setChecked(on)
        self._record.setEnabled(not on)
        self.looping.on = not on

    # --- films and folders ---

    def choose_film(self) -> None:
        """Ask for a recording and a file name, and make the film in the background."""
        window = self._window
        if window.open_score.score is None:
            window.bar.say(self.tr("Open a score first."))
            return
        sound = self._ask_recording(self.tr("Make a Film of a Recording"))
        if sound is None:
            return
        proposal = str(sound.with_suffix(".mp4"))
        out, _ = QFileDialog.getSaveFileName(window, self.tr("Film"), proposal, self.tr("Films (*.mp4 *.mkv *.mov)"))
        if out:
            score = window.open_score.score.document.path
            self._filming.make(score, sound, Path(out), window.openings.password(score), self._film_style())

    def _film_style(self) -> ViewStyle:
        """Return the style in which the window shows the score."""
        window, stage = self._window, self._window.open_score.stage
        marker, paper = window.pages.marker, window.pages.paper
        layout = stage.layout if stage else Layout.SINGLE
        return ViewStyle(layout, marker.style, marker.colour, marker.opacity, paper)

    def choose_folder(self) -> None:
        """Ask for the folder of future recordings."""
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Keep Recordings in"), str(self.folder))
        if folder:
            self._window.preferences.change(recording_folder=folder)

    def _ask_recording(self, title: str) -> Path | None:
        kinds = self.tr("Recordings (*.wav)")
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(self.folder), kinds)
        return Path(name) if name else None

    # --- what happens in the window ---

    def _take(self, session: Session) -> None:
        self._session = session

    def _let_go(self) -> None:
        """End recording and replay before the score is closed."""
        self._end_recording()
        self._session = None
        self.replaying.end(resume=False)
        self._offer(None)

    def _still(self) -> None:
        """Update actions and clock after a recording."""
        self._timer.stop()
        self.clock.hide()

    def _tick(self) -> None:
        """Show the length of the recording."""
        if self.recorder and self.recorder.trouble:
            self._end_recording()
        elif self.recorder:
            self._show_clock("●", "#ff6f61", self.tr("Recording"), self.recorder.seconds)

    def _show_clock(self, sign: str, colour: str, what: str, seconds: float) -> None:
        minutes, rest = divmod(int(seconds), 60)
        self.clock.setText(f'<span style="color: {colour}">{sign}</span> {what} {minutes}:{rest:02d}')
        self.clock.show()
