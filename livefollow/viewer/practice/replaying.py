"""Replay in the window, with its transport. One per window; window thread only.

During a replay the session is paused, and a click on the score continues from there.
"""

from __future__ import annotations

from pathlib import Path

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from livefollow.errors import LivefollowError
from livefollow.follow.position import Position
from livefollow.score.strip import Strip
from livefollow.viewer.following import Following
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.practice.playback import Replay, load_trace
from livefollow.viewer.practice.transport import Transport
from livefollow.viewer.widgets.full_screen import Stand
from livefollow.viewer.widgets.menus import Menus
from livefollow.viewer.widgets.status_bar import StatusBar

CLOCK_MS = 100
STEP_S = 5.0  # that the keys go back or forward


class Replaying(QObject):
    """Manages at most one replay at a time.

    Attributes:
        replay: the present one; None without one.
        transport: its controls, below the pages.
        changed: whether there is a replay now.
    """

    changed = pyqtSignal(bool)

    def __init__(
        self,
        menus: Menus,
        open_score: OpenScore,
        bar: StatusBar,
        stand: Stand,
        turner: PageTurner,
        following: Following,
    ) -> None:
        """Add the keys of the transport to the Practice menu.

        Args:
            menus: of the window.
            open_score: of the window.
            bar: gets messages.
            stand: gets the transport.
            turner: passes on the places that the player points at.
            following: shows the positions.
        """
        super().__init__(turner)
        self._menus, self._open, self._bar, self._turner, self._following = menus, open_score, bar, turner, following
        self.replay: Replay | None = None
        self._was_paused = False
        self.transport = Transport()
        stand.insert(self.transport)
        self.transport.paused.connect(self._pause)
        self.transport.sought.connect(self.seek)
        self.transport.slowed.connect(self._slow)
        self.transport.closed.connect(self._over)
        add, transport = menus.add, self.transport
        self._keys = [
            add("practice", "replay_pause", self.tr("Pa&use the Replay"), transport.play.toggle, "Ctrl+Space"),
            add("practice", "replay_back", self.tr("Replay: 5 s &Back"), lambda: self._step(-STEP_S), "Ctrl+Left"),
            add("practice", "replay_on", self.tr("Replay: 5 s F&orward"), lambda: self._step(STEP_S), "Ctrl+Right"),
            add(
                "practice", "replay_slower", self.tr("Replay S&lower"), lambda: transport.step_speed(True), "Ctrl+Down"
            ),
            add("practice", "replay_faster", self.tr("Replay Fa&ster"), lambda: transport.step_speed(False), "Ctrl+Up"),
        ]
        self._timer = QTimer(self)
        self._timer.setInterval(CLOCK_MS)
        self._timer.timeout.connect(self._tick)
        self._enable(False)

    def play(self, sound: Path) -> bool:
        """Replay a recording in the open score while following pauses; False if that is not possible."""
        if self._open.score is None:
            self._bar.say(self.tr("Open a score first."))
            return False
        try:
            track = load_trace(sound, self._open.score.document.page_count)
        except LivefollowError as error:
            self._bar.say(error.message)
            return False
        self.end()
        if self._open.session:
            self._was_paused = self._open.session.paused
            self._open.session.pause()
        self._menus.actions["pause"].setEnabled(False)
        self.replay = Replay(sound, track, self._time_s(), self)
        self.replay.moved.connect(self._move)
        self.replay.jumped.connect(self._jump)
        self.replay.ended.connect(self._over)
        self._turner.give_places_to(self.point)
        self.transport.open(self.replay.duration_s)
        self._enable(True)
        self.replay.start()
        self._timer.start()
        self.changed.emit(True)
        self._bar.say(self.tr("A click on the score plays on from there."))
        return True

    def end(self, resume: bool = True) -> None:
        """End the replay; harmless without one.

        Args:
            resume: whether to follow again, if that was on before.
        """
        replay, self.replay = self.replay, None
        if replay is None:
            return
        replay.stop()
        replay.deleteLater()
        self._timer.stop()
        self.transport.hide()
        self._enable(False)
        self._turner.give_places_to(None)
        self._menus.actions["pause"].setEnabled(True)
        session = self._open.session
        if session and resume and not self._was_paused:
            session.resume(not_before_s=self._time_s())
        if session and resume:
            self._following.show_standing(session.sound)
        self.changed.emit(False)

    def _over(self) -> None:
        self.end()

    def seek(self, second: float) -> None:
        """Continue from a second of the recording."""
        if self.replay:
            self.replay.seek(second)
            self.transport.show_time(self.replay.seconds)

    def point(self, page: int, x: float, y: float) -> None:
        """Continue where the player points, points on a page; say so if that was not played."""
        second = self.replay.second_at(page, x, y) if self.replay else None
        if second is None:
            self._bar.say(self.tr("Nothing was played there in this recording."))
        else:
            self.seek(second)

    def _jump(self, position: Position) -> None:
        if self._open.stage:
            self._turner.places.chosen = None
            self._open.stage.go_to(position.page)
            self._move([position])

    def _move(self, positions: list[Position]) -> None:
        """Show recorded positions in the open score."""
        score = self._open.score
        self._following.show([_found(position, score.strip) for position in positions] if score else [])

    def _time_s(self) -> float:
        """Return the time of the newest position that was shown."""
        return self._following.position.time_s if self._following.position else 0.0

    def _step(self, seconds: float) -> None:
        if self.replay:
            self.seek(self.replay.seconds + seconds)

    def _pause(self, paused: bool) -> None:
        if self.replay:
            self.replay.pause(paused)

    def _slow(self, speed: float) -> None:
        if self.replay:
            self.replay.set_speed(speed)

    def _enable(self, on: bool) -> None:
        for action in self._keys:
            action.setEnabled(on)

    def _tick(self) -> None:
        if self.replay:
            self.transport.show_time(self.replay.seconds)


def _found(position: Position, strip: Strip) -> Position:
    """Return a recorded position with its place on the strip; unchanged if its page has not been read."""
    try:
        return position.found_on(strip)
    except LookupError:
        return position
