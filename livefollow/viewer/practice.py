"""The Practice menu: record and replay, a film of a recording, and a loop. One a window, on the window's thread."""

from __future__ import annotations

import logging
from pathlib import Path

import platformdirs
from PyQt6.QtCore import QObject, QTimer
from PyQt6.QtWidgets import QFileDialog, QLabel

from livefollow.errors import LivefollowError
from livefollow.follow.position import Position
from livefollow.viewer.bar import NEEDED
from livefollow.viewer.filming import Filming
from livefollow.viewer.practice_loop import Loop, has_come_round
from livefollow.viewer.recorder import Recorder
from livefollow.viewer.replay import Replay, load_trace
from livefollow.viewer.session import Session
from livefollow.viewer.window import MainWindow

CLOCK_MS = 500
Place = tuple[int, float, float]  # page from 1, x and y in points

logger = logging.getLogger(__name__)


class Practice(QObject):
    """Records, replays, films, and loops.

    Attributes:
        clock: in the bar while it records or replays.
        recorder: while it records.
        replay: while it replays.
    """

    def __init__(self, window: MainWindow) -> None:
        """Hang the actions into the menu."""
        super().__init__(window)
        self._window = window
        self._session: Session | None = None
        self.recorder: Recorder | None = None
        self.replay: Replay | None = None
        self._was_paused = False
        self._here: Place | None = None  # where the player is, or has pointed
        self._from: Place | None = None
        self._loop: Loop | None = None
        self._before: Position | None = None
        self.clock = QLabel()
        self.clock.setAccessibleName(self.tr("Recording"))
        self.clock.hide()
        window.bar.add_widget(self.clock, NEEDED)
        self._filming = Filming(self)
        self._filming.said.connect(window.bar.tell)
        self._fill_menu()
        self._timer = QTimer(self)
        self._timer.setInterval(CLOCK_MS)
        self._timer.timeout.connect(self._tick)
        window.session_made.connect(self._take)
        window.score_closing.connect(self._let_go)
        window.positioned.connect(self._move)
        window.gestures.pointed.connect(self._point)
        window.closing.connect(self._filming.stop)

    @property
    def folder(self) -> Path:
        """Where recordings are put."""
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
        add("practice", "film", self.tr("Make a &Film of a Recording …"), self.choose_film, with_score=True)
        add("practice", "recordings", self.tr("Keep Recordings &in …"), self.choose_folder)
        menu.addSeparator()
        add("practice", "loop_start", self.tr("Loop from &Here"), self.loop_from_here, "Ctrl+[", with_score=True)
        add("practice", "loop_end", self.tr("Loop &to Here"), self.loop_to_here, "Ctrl+]", with_score=True)
        self._unloop = add("practice", "unloop", self.tr("&End the Loop"), self.end_loop, "Ctrl+L")
        self._unloop.setEnabled(False)

    # --- recording ---

    def record(self, on: bool) -> None:
        """Begin a recording, or end it."""
        if not on:
            self._end_recording()
        elif self._session is None or self._window.score is None:
            self._window.bar.say(self.tr("Open a score first."))
            self._record.setChecked(False)
        elif self.recorder is None:
            try:
                self.recorder = Recorder(self.folder, self._window.score.document.path.stem)
            except LivefollowError as error:
                self._window.bar.say(str(error))
                self._record.setChecked(False)
                return
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

    # --- replaying ---

    def _toggle_replay(self, on: bool) -> None:
        if not on:
            self._end_replay()
        elif self.replay is None:
            name = self._ask_recording(self.tr("Replay"))
            if name is None or not self.play(name):
                self._replay.setChecked(False)

    def play(self, sound: Path) -> bool:
        """Replay a recording on the open score; what is followed meanwhile pauses. Whether it can be."""
        window = self._window
        if window.score is None:
            window.bar.say(self.tr("Open a score first."))
            return False
        try:
            track = load_trace(sound, window.score.document.page_count)
        except LivefollowError as error:
            window.bar.say(str(error))
            return False
        self._end_recording()
        self._end_replay()
        window.library.stay()
        if self._session:
            self._was_paused = self._session.paused
            self._session.pause()
        window.menus.actions["pause"].setEnabled(False)
        self._record.setEnabled(False)
        begun_s = window.position.time_s if window.position else 0.0
        self.replay = Replay(sound, track, begun_s, self)
        self.replay.moved.connect(window.follow)
        self.replay.ended.connect(self._end_replay)
        self._replay.setChecked(True)
        self.replay.start()
        self._timer.start()
        self._tick()
        return True

    def _end_replay(self) -> None:
        replay, self.replay = self.replay, None
        self._replay.setChecked(False)
        if replay is None:
            return
        replay.stop()
        replay.deleteLater()
        self._still()
        window = self._window
        window.menus.actions["pause"].setEnabled(True)
        self._record.setEnabled(True)
        if self._session and not self._was_paused:
            self._session.resume(not_before_s=window.position.time_s if window.position else 0.0)
        if self._session:
            window.show_standing(self._session.sound)

    # --- films and folders ---

    def choose_film(self) -> None:
        """Ask for a recording and a film, and make it in the background."""
        window = self._window
        if window.score is None:
            window.bar.say(self.tr("Open a score first."))
            return
        sound = self._ask_recording(self.tr("Make a Film of a Recording"))
        if sound is None:
            return
        proposal = str(sound.with_suffix(".mp4"))
        out, _ = QFileDialog.getSaveFileName(window, self.tr("Film"), proposal, self.tr("Films (*.mp4 *.mkv *.mov)"))
        if out:
            score = window.score.document.path
            self._filming.make(score, sound, Path(out), window.openings.password(score))

    def choose_folder(self) -> None:
        """Ask where recordings are put from now on."""
        folder = QFileDialog.getExistingDirectory(self._window, self.tr("Keep Recordings in"), str(self.folder))
        if folder:
            self._window.preferences.change(recording_folder=folder)

    def _ask_recording(self, title: str) -> Path | None:
        kinds = self.tr("Recordings (*.wav)")
        name, _ = QFileDialog.getOpenFileName(self._window, title, str(self.folder), kinds)
        return Path(name) if name else None

    # --- the loop ---

    def loop_from_here(self) -> None:
        """The loop begins where the player is, or has pointed."""
        self._from = self._here
        say = self._window.bar.say
        if self._from:
            say(self.tr("The loop begins here. Now point at its end, or play to it, and choose “Loop to Here”."))
        else:
            say(self.tr("Point at a place in the score first."))

    def loop_to_here(self) -> None:
        """The loop ends where the player is, or has pointed; he goes back to its start."""
        if self._from is None or self._here is None or self._window.score is None:
            self._window.bar.say(self.tr("Choose the loop's start first."))
            return
        strip = self._window.score.strip
        try:
            loop = Loop(strip.from_page(*self._from), strip.from_page(*self._here))
        except LookupError:
            self._window.bar.say(self.tr("This page has not been read yet."))
            return
        if loop.end_x <= loop.start_x:
            self._window.bar.say(self.tr("A loop ends after it has begun."))
            return
        self._loop = loop
        self._unloop.setEnabled(True)
        self._return()

    def end_loop(self) -> None:
        """Play on."""
        self._loop = self._before = None
        self._unloop.setEnabled(False)

    def _return(self) -> None:
        """Cursor and pages go back to the loop's start."""
        self._before = None
        if self._loop:
            self._window.turner.to_x(self._loop.start_x)

    # --- what happens in the window ---

    def _take(self, session: Session) -> None:
        self._session = session

    def _let_go(self) -> None:
        """The score is about to be closed."""
        self._end_recording()
        self._session = None
        self._end_replay()
        self.end_loop()
        self._here = self._from = None

    def _point(self, page: int, x: float, y: float) -> None:
        self._here = (page, x, y)
        self._before = None

    def _move(self, position: Position) -> None:
        if position.state in ("following", "holding"):
            self._here = (position.page, position.x_pt, (position.top_pt + position.bottom_pt) / 2)
        if self._loop and self.replay is None:
            if has_come_round(self._loop, self._before, position):
                self._return()
            else:
                self._before = position

    def _still(self) -> None:
        """Nothing is recorded or replayed any more."""
        self._timer.stop()
        self.clock.hide()

    def _tick(self) -> None:
        """Show how long it has been."""
        if self.recorder and self.recorder.trouble:
            self._end_recording()
        elif self.recorder:
            self._show_clock("●", "#ff6f61", self.tr("Recording"), self.recorder.seconds)
        elif self.replay:
            self._show_clock("▶", "#56b4e9", self.tr("Replay"), self.replay.seconds)

    def _show_clock(self, sign: str, colour: str, what: str, seconds: float) -> None:
        minutes, rest = divmod(int(seconds), 60)
        self.clock.setText(f'<span style="color: {colour}">{sign}</span> {what} {minutes}:{rest:02d}')
        self.clock.show()
