"""Shows positions, of the follower or of a replay: turned pages, state, and place. Window thread only."""

from __future__ import annotations

from PyQt6.QtCore import QObject, pyqtSignal

from livefollow.audio.source import SourceState, SourceStatus
from livefollow.follow.position import Position, State
from livefollow.viewer.navigation.bar_numbers import BarNumbers
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.widgets.full_screen import Stand
from livefollow.viewer.widgets.lamp import Shown
from livefollow.viewer.widgets.status_bar import StatusBar

LONG_HOLD_S = 1.5  # of silence, after which the status says that the program waits
NO_CONFIDENCE = -1
NO_SOUND = (SourceState.LOST, SourceState.CLOSED, SourceState.ENDED)  # states of a source that gives no sound


class Following(QObject):
    """Takes positions, turns pages by them, and shows state and place in the status bar.

    Attributes:
        positioned: the newest position, after it was shown.
        played: the first position has come, or the player plays or holds.
        position: the newest; None before the first.
    """

    positioned = pyqtSignal(Position)
    played = pyqtSignal()

    def __init__(
        self,
        open_score: OpenScore,
        turner: PageTurner,
        bar_numbers: BarNumbers,
        pages: PageView,
        bar: StatusBar,
        stand: Stand,
    ) -> None:
        """Begin without a position.

        Args:
            open_score: of the window.
            turner: turns the pages.
            bar_numbers: know which bar is played.
            pages: the view.
            bar: shows state and place.
            stand: shows the state while the bar is hidden.
        """
        super().__init__(turner)
        self._open, self._turner, self._bar_numbers = open_score, turner, bar_numbers
        self._pages, self._bar, self._stand = pages, bar, stand
        self.position: Position | None = None
        self._held_since_s: float | None = None  # since when the player holds
        turner.changed.connect(self._show_place)
        bar_numbers.changed.connect(self._show_place)

    def show(self, positions: list[Position]) -> None:
        """Show the newest position, and turn pages by all of them; their times must not go back."""
        if not positions or self._open.stage is None:
            return
        self._turner.move(positions)
        for position in positions:
            if position.state is not State.HOLDING:
                self._held_since_s = None
            elif self._held_since_s is None:
                self._held_since_s = position.time_s
        newest = positions[-1]
        if self.position is None or newest.state in (State.FOLLOWING, State.HOLDING):
            self.played.emit()
        self.position = newest
        self._show_position(newest)
        self._show_place()
        self.positioned.emit(newest)

    def forget(self) -> None:
        """Forget the positions of a score that is closed."""
        self.position = self._held_since_s = None
        self._bar.show_place("")
        self.show_state(Shown.IDLE)

    def show_standing(self, sound: SourceStatus | None) -> None:
        """Show the state when there are no new positions.

        Args:
            sound: status of the sound; None without sound.
        """
        session = self._open.session
        if session and session.paused:
            self.show_state(Shown.PAUSED)
        elif sound is None or sound.state in NO_SOUND:
            self.show_state(Shown.IDLE)
        elif self.position:
            self._show_position(self.position)
        else:
            self.show_state(Shown.READING)

    def show_state(self, state: Shown, percent: int = NO_CONFIDENCE) -> None:
        """Show a state, with the confidence in percent if there is one."""
        words = {
            Shown.EXPECTING: self._expecting() if state is Shown.EXPECTING else "",
            Shown.WAITING: self.tr("Waiting for the first notes"),
            Shown.FOLLOWING: self.tr("Following"),
            Shown.HOLDING: self.tr("Holding"),
            Shown.LOST: self.tr("Lost – listening"),
            Shown.FINISHED: self.tr("Finished"),
            Shown.UNSURE: self.tr("Unsure where"),
            Shown.PAUSED: self.tr("Paused"),
            Shown.READING: self.tr("Reading the score"),
            Shown.IDLE: self.tr("Not listening") if self._open.score else self.tr("No score"),
        }[state]
        self._bar.show_state(state, words, percent)
        self._stand.show_state(state)

    def height(self) -> float | None:
        """Return where the player is, px from the top of the pages; None if unknown or not visible."""
        if self.position is None:
            return None
        chosen, position = self._turner.places.chosen, self.position
        page, x, y = chosen or (position.page, position.x_pt, (position.top_pt + position.bottom_pt) / 2)
        ratio = self._pages.devicePixelRatioF()
        return next((p.to_screen(x, y)[1] / ratio for p in self._pages.panes() if p.page == page), None)

    def _show_position(self, position: Position) -> None:
        stage = self._open.stage
        if stage is None:
            return
        if self._held_since_s is not None and position.time_s - self._held_since_s >= LONG_HOLD_S:
            self.show_state(Shown.EXPECTING)
            return
        words = stage.words(position, position.time_s)
        shown = Shown.UNSURE if words.unsure else Shown(position.state)
        playing = shown not in (Shown.WAITING, Shown.FINISHED)
        self.show_state(shown, words.confidence if playing else NO_CONFIDENCE)

    def _expecting(self) -> str:
        """Return the words for where the program waits for the player."""
        bar = self._bar_numbers.here()
        if bar is not None:
            return self.tr("Waiting for you at bar {}").format(bar)
        page = self.position.page if self.position else 1
        page = self._open.score.place_of(page) if self._open.score else page
        return self.tr("Waiting for you on page {}").format(page)

    def _show_place(self) -> None:
        score = self._open.score
        if score is None:
            return
        pages, count = sorted(map(score.place_of, self._open.visible)), len(score.pages)
        place = self.tr("Page {} of {}").format(" + ".join(str(page) for page in pages), count)
        bar = self._bar_numbers.here()
        self._bar.show_place(place if bar is None else self.tr("Bar {} · {}").format(bar, place))
