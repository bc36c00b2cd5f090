"""Follows in the background: reads the score, turns sound into positions, and emits them as signals.

Threads: *reading* reads the score page by page; *following* opens the sound as soon as the first systems are read, owns
the capture (whose own thread makes the frames) and steps the agent. Everything else, methods and signals, belongs to
the window thread. Positions wait in a mailbox with at most one posted event: a window that is late gets all of them at
once and never works through a backlog.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import replace

from PyQt6.QtCore import QObject, QTimer, pyqtSignal

from livefollow.audio.microphone import Microphone
from livefollow.audio.ring import Rows
from livefollow.audio.source import Source, SourceState, SourceStatus
from livefollow.constants import FPS
from livefollow.errors import LivefollowError, Message
from livefollow.features.capture import Capture
from livefollow.features.tuning import SEMITONE_CENTS, cents_of, hz_of
from livefollow.follow.agent import Agent, HasReading, TakesLinks, Transposes
from livefollow.follow.follower import Follower
from livefollow.follow.position import Position
from livefollow.score.links.ways import Link
from livefollow.score.reading import Reading
from livefollow.score.score import Score
from livefollow.viewer.session.inputs import Inputs
from livefollow.viewer.session.statistics import Statistics

SOUND_MS = 50  # between two checks of the sound
MAILBOX_S = 30  # seconds of positions that may wait for the window

Tap = Callable[[Rows, int, float], None]

logger = logging.getLogger(__name__)


class Session(QObject):
    """Follows one player in one score, until `stop`.

    Attributes:
        page_read: number of a page that has been read and can be followed, as can all before it.
        score_read: all pages have been read.
        moved: list of the positions since the last signal, one per frame, in order; the last is to be shown.
        sounded: `audio.source.SourceStatus`, twenty times a second while there is sound.
        said: a sentence about the sound while something is wrong with it, or it is over; empty once all is well.
        sound_ended: the recording is over. Another source may follow.
        failed: a sentence: reading or following has failed.
        statistics: delay and CPU load.
    """

    page_read = pyqtSignal(int)
    score_read = pyqtSignal()
    moved = pyqtSignal(list)
    sounded = pyqtSignal(object)
    said = pyqtSignal(object)
    sound_ended = pyqtSignal()
    failed = pyqtSignal(object)
    _arrived = pyqtSignal()

    def __init__(self, agent: Agent, score: Score, source: Source | None = None) -> None:
        """Prepare without starting.

        Args:
            agent: that has read nothing.
            score: opened, not read; it must stay open until `stop` has returned.
            source: closed. Without one there is no sound until `switch`.
        """
        super().__init__()
        self._agent, self._score = agent, score
        self._follower = Follower(agent, score.strip)
        self._capture: Capture | None = None
        self._inputs = Inputs()
        if source:
            self._inputs.ask(source)
        self._can_follow = threading.Event()
        self._stopping = False
        self._mailbox: deque[Position] = deque(maxlen=MAILBOX_S * FPS)
        self._posted = False
        self._first = 0  # number of frames of the earlier sources
        self._shift_s = 0.0  # added to the times of positions
        self._not_before_s = 0.0
        self._tap: Tap | None = None
        self._fixed_hz: float | None = None
        self._said = ""
        self._over = False  # a recording has been followed to its end
        self.statistics = Statistics()
        self._threads = [
            threading.Thread(target=self._run, args=(work,), name=name, daemon=True)
            for name, work in (("reading", self._read), ("following", self._follow))
        ]
        self._arrived.connect(self._deliver)
        self.sound_ended.connect(self._end)
        self._timer = QTimer(self)
        self._timer.setInterval(SOUND_MS)
        self._timer.timeout.connect(self._check_sound)

    @property
    def paused(self) -> bool:
        """Whether the player has paused following."""
        return self._follower.paused

    @property
    def running(self) -> bool:
        """Whether one of its threads is alive."""
        return any(thread.is_alive() for thread in self._threads)

    @property
    def listens_live(self) -> bool:
        """Whether a microphone is heard, not a recording."""
        capture = self._capture
        return capture is not None and isinstance(capture.source, Microphone)

    @property
    def networks(self) -> list[str]:
        """Name, version and provider of the networks that follow."""
        return [f"{network.name} {network.version} on {network.provider}" for network in self._agent.networks]

    @property
    def sound(self) -> SourceStatus | None:
        """Status of the sound; None before there is any."""
        capture = self._capture
        return capture.status.source if capture else None

    @property
    def reading(self) -> Reading | None:
        """Events and marks, as far as the agent has read them; None if it reads none."""
        return self._agent.reading if isinstance(self._agent, HasReading) else None

    @property
    def tuning_hz(self) -> float | None:
        """The instrument's a' as it sounds, or as the player says; None before there is any sound."""
        capture = self._capture
        if capture is None:
            return None
        semitones = self._agent.semitones if isinstance(self._agent, Transposes) else 0
        return hz_of(cents_of(capture.status.tuning_hz) - SEMITONE_CENTS * semitones)

    def tune(self, hz: float | None) -> None:
        """The player says what the instrument's a' is, or, None, leaves it to be found."""
        self._fixed_hz = hz
        if self._capture:
            self._capture.fix_tuning(hz)

    def start(self) -> None:
        """Start the threads; call it once."""
        for thread in self._threads:
            thread.start()
        self._timer.start()

    def stop(self) -> None:
        """End the threads and close the sound; waits for the page being read. Harmless when they have ended."""
        self._stopping = True
        self._timer.stop()
        self._inputs.end()
        self._can_follow.set()
        self._end_capture()
        for thread in self._threads:
            if thread.is_alive():
                thread.join()

    def switch(self, source: Source) -> None:
        """Switch to another source; the previous one comes back if it cannot be opened.

        Args:
            source: closed.
        """
        self._inputs.ask(source)
        self._end_capture()

    def lead(self, links: Sequence[Link]) -> None:
        """Tell the agent from where to where the player goes on, strip px."""
        if isinstance(self._agent, TakesLinks):
            self._agent.take_links(links)

    def pause(self) -> None:
        """Pause following until `resume`; a recording pauses too."""
        self._follower.paused = True
        if self._capture:
            self._capture.source.paused = True

    def resume(self, not_before_s: float = 0.0) -> None:
        """Resume following from where the player was.

        Args:
            not_before_s: lowest time of the next positions: a replay may have been shown meanwhile.
        """
        self._not_before_s = not_before_s
        self._follower.paused = False
        if self._capture:
            self._capture.source.paused = False

    def listen_in(self, tap: Tap | None) -> None:
        """Pass every sample that is heard to a function, or to none.

        Args:
            tap: called on the capture thread with native rows (n, channels), which it must not keep, their rate in Hz,
                and the time of the first in the time of the positions.
        """
        self._tap = tap
        if self._capture:
            self._set_tap(self._capture)

    def _set_tap(self, capture: Capture) -> None:
        tap, begun_s = self._tap, self._first / FPS

        def shifted(rows: Rows, rate: int, time_s: float) -> None:
            if tap:
                tap(rows, rate, begun_s + time_s + self._shift_s)

        capture.source.tap = shifted if tap else None

    def place(self, page: int, x_pt: float, y_pt: float) -> bool:
        """Continue from a point on a page that the player chose.

        Args:
            page: from 1.
            x_pt, y_pt: points from the top left, in or near a system.

        Returns:
            Whether a system of that page has been read.
        """
        try:
            self._follower.place(page, x_pt, y_pt)
        except LookupError:
            return False
        return True

    def _end_capture(self) -> None:
        capture = self._capture
        if capture:
            capture.cancel()

    def _end(self) -> None:
        self._over = True

    def _check_sound(self) -> None:
        capture = self._capture
        if capture:
            self.sounded.emit(capture.status.source)
        sentence = self._sentence(capture)
        if sentence != self._said:
            self._said = sentence
            self.said.emit(sentence)

    def _sentence(self, capture: Capture | None) -> str:
        """Return what is wrong with the sound, empty if nothing is."""
        trouble = self._inputs.trouble
        if trouble or capture is None:
            return trouble
        status = capture.status
        if not status.source.note and self._over and status.source.state is SourceState.ENDED:
            return self.tr("The recording is over; choose an input in the menu Sound.")
        if not status.source.note and status.suppressed and isinstance(capture.source, Microphone):
            return self.tr(
                "Held notes seem to be swallowed: switch off the noise suppression in the system's sound settings."
            )
        return status.source.note

    def _deliver(self) -> None:
        self._posted = False  # first, so that positions that arrive from now on post again
        positions = [self._mailbox.popleft() for _ in range(len(self._mailbox))]
        if positions and not self.paused:  # positions under way when the player paused are not shown
            self.statistics.shown()
            self.moved.emit(positions)

    # --- on the session's threads ---

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        except Exception as error:  # nothing above catches it: the window stays open and shows the error
            self._fail(error)

    def _fail(self, error: Exception) -> None:
        if isinstance(error, LivefollowError):
            self.failed.emit(error.message)
        else:
            logger.error("%s has failed", threading.current_thread().name, exc_info=error)
            self.failed.emit(Message("Something went wrong inside ({reason}); the log says more.", reason=error))

    def _read(self) -> None:
        for page in self._agent.read(self._score):
            if self._stopping:
                return
            if self._score.strip.placements:
                self._can_follow.set()
            self.page_read.emit(page)
        self.score_read.emit()

    def _follow(self) -> None:
        """Follow one source after the other; each continues where the previous one ended."""
        self._can_follow.wait()
        while capture := self._inputs.take():
            self._agent.forget()
            self._first += self._hear(capture)

    def _hear(self, capture: Capture) -> int:
        """Follow a capture to its end, or until another source is requested; return its number of frames."""
        capture.source.paused = self._follower.paused
        self._set_tap(capture)
        if self._fixed_hz:
            capture.fix_tuning(self._fixed_hz)
        self._capture = capture
        if self._inputs.waiting:  # requested before there was a capture to end
            capture.cancel()
        try:
            for positions in self._follower.follow(capture, self._first):
                if positions:
                    self._post(positions, capture)
        finally:
            capture.stop()
        if capture.status.error:
            self._fail(capture.status.error)
        elif not self._inputs.waiting:
            self.sound_ended.emit()
        return capture.frames.written

    def _post(self, positions: list[Position], capture: Capture) -> None:
        frames = capture.frames
        self.statistics.followed(capture.heard_at(frames.position - 1), len(positions), frames.overruns)
        self._shift_s = max(self._shift_s, self._not_before_s - positions[0].time_s)
        if self._shift_s:
            positions = [replace(position, time_s=position.time_s + self._shift_s) for position in positions]
        self._mailbox.extend(positions)
        if not self._posted:
            self._posted = True
            self._arrived.emit()
