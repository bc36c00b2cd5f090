"""The Practice menu: recording, replay, films and the loop. One per window; window thread only."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import platformdirs
from PyQt6.QtCore import QObject, Qt, QTimer
from PyQt6.QtWidgets import QFileDialog, QLabel, QPushButton, QWidget

from livefollow.errors import LivefollowError
from livefollow.turning.view_style import ViewStyle
from livefollow.viewer.following import Following
from livefollow.viewer.navigation.bar_numbers import BarNumbers
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.score_marks import ScoreMarks
from livefollow.viewer.practice.film_status import FilmStatus
from livefollow.viewer.practice.filming import Filming
from livefollow.viewer.practice.looping import Looping
from livefollow.viewer.practice.playback import Replay
from livefollow.viewer.practice.recorder import Recorder
from livefollow.viewer.practice.replaying import Replaying
from livefollow.viewer.session.session import Session
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.full_screen import Stand
from livefollow.viewer.widgets.menus import Menus
from livefollow.viewer.widgets.status_bar import NEEDED, StatusBar

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

    def __init__(
        self,
        window: QWidget,
        menus: Menus,
        preferences: RecordFile[Preferences],
        open_score: OpenScore,
        bar: StatusBar,
        stand: Stand,
        turner: PageTurner,
        following: Following,
        bar_numbers: BarNumbers,
        score_marks: ScoreMarks,
        *,
        film_style: Callable[[], ViewStyle],
        password: Callable[[Path], str | None],
    ) -> None:
        """Add the actions to the menu.

        Args:
            window: parent of dialogs.
            menus: of the window.
            preferences: remember the folder of recordings.
            open_score: of the window.
            bar: gets clock, progress and messages.
            stand: gets the transport of a replay.
            turner: turns the pages.
            following: shows positions.
            bar_numbers: name the bars of a loop.
            score_marks: draw the loop.
            film_style: returns the style of films.
            password: returns the password of a score, None if it needs none.
        """
        super().__init__(window)
        self._window, self._preferences, self._open, self._bar = window, preferences, open_score, bar
        self._film_style, self._password = film_style, password
        self._session: Session | None = None
        self.recorder: Recorder | None = None
        self._last_take: Path | None = None
        self.clock = QLabel()
        self.clock.setAccessibleName(self.tr("Recording"))
        self.clock.hide()
        bar.add_widget(self.clock, NEEDED)
        self._take_button = QPushButton(self.tr("Play the Take"))
        self._take_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._take_button.clicked.connect(self.play_take)
        self._take_button.hide()
        bar.add_widget(self._take_button, NEEDED)
        self._filming = Filming(self)
        self._filming.said.connect(bar.tell)
        self.film_status = FilmStatus(self._filming)
        bar.add_widget(self.film_status, NEEDED)
        self._fill_menu(menus)
        menus.menus["practice"].addSeparator()
        self.replaying = Replaying(menus, open_score, bar, stand, turner, following)
        menus.menus["practice"].addSeparator()
        self.looping = Looping(menus, open_score, bar, turner, following, bar_numbers, score_marks)
        self.replaying.changed.connect(self._replays)
        self._timer = QTimer(self)
        self._timer.setInterval(CLOCK_MS)
        self._timer.timeout.connect(self._tick)
        open_score.session_made.connect(self._take)
        open_score.closing.connect(self._let_go)

    @property
    def replay(self) -> Replay | None:
        """The present replay; None without one."""
        return self.replaying.replay

    @property
    def folder(self) -> Path:
        """Folder of recordings."""
        remembered = self._preferences.values.recording_folder
        return Path(remembered) if remembered else platformdirs.user_music_path() / "livefollow"

    def stop(self) -> None:
        """Cancel a film that is being made."""
        self._filming.stop()

    def _fill_menu(self, menus: Menus) -> None:
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

    # --- recording ---

    def record(self, on: bool) -> None:
        """Start a recording, or end it."""
        if not on:
            self._end_recording()
        elif self._session is None or self._open.score is None:
            self._bar.say(self.tr("Open a score first."))
            self._record.setChecked(False)
        elif self.recorder is None:
            try:
                self.recorder = Recorder(self.folder, self._open.score.document.path.stem)
            except LivefollowError as error:
                self._bar.say(error.message)
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
            self._bar.tell(recorder.trouble)
        elif recorder.takes:
            self._bar.say(self.tr("Recorded: {}").format(recorder.takes[-1].stem))
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

    @property
    def recorded(self) -> bool:
        """Whether there is a recording of this session: one under way, or the newest."""
        return self._last_take is not None or self.recorder is not None

    def hear(self, page: int, x_pt: float, y_pt: float) -> None:
        """Replay the newest recording of this session from a place of the score, points."""
        self._end_recording()
        if self._last_take and self.play(self._last_take):
            self.replaying.point(page, x_pt, y_pt)

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
        if self._open.score is None:
            self._bar.say(self.tr("Open a score first."))
            return
        sound = self._ask_recording(self.tr("Make a Film of a Recording"))
        if sound is None:
            return
        proposal = str(sound.with_suffix(".mp4"))
        out, _ = QFileDialog.getSaveFileName(
            self._window, self.tr("Film"), proposal, self.tr("Films (*.mp4 *.mkv *.mov)")
        )
        if out:
            score = self._open.score.document.path
            self._filming.make(score, sound, Path(out), self._password(score), self._film_style())

    def choose_folder(self) -> None:
        """Ask for the folder of future recordings."""
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Keep Recordings in"), str(self.folder))
        if folder:
            self._preferences.change(recording_folder=folder)

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
