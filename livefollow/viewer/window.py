"""The window at the piano: pages with the highlight, turned in time, a slim bar, menus.

Everything here runs on the window's thread and returns at once: scores are opened by `openings`, followed by `session`,
drawn by `page_store`.

Where others plug in:

* `window.menus.add("sound", name, text, slot, *keys)`: an action in a menu; `menus.menus["sound"]` is the QMenu;
* `window.bar.add_widget(widget)`: a place in the bar, for the level meter and the readout of latency;
* `window.bar.say(sentence)` for some seconds, `window.bar.insist(matter, sentence)` until it is taken back;
* `window.openings.open(path)`: another score;
* `window.pages`: the page view; its `to_page` and `panes` are for editors that draw over it;
* `window.turner`: pages and places on them; `window.gestures.pointed` is a click on the score;
* `window.own_repeats`, `window.bar_numbers`, `window.own_start`: where the player goes back, is, and begins;
* `window.score_marks.show(owner, marks)` draws over the score, `window.page_menu` is the menu of a right click;
* docks with `addDockWidget`, dialogs with the window as parent;
* signals: `score_opened(Score)` when a first page can be shown, `session_made(Session)` before it starts,
  `score_closing(Score)` before it is closed, `positioned(Position)` for the newest, `closing()` before the window goes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QByteArray, QEvent, QObject, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PyQt6.QtWidgets import QMainWindow

from livefollow.audio.source import State, Status
from livefollow.follow.agent import Agent
from livefollow.follow.position import Position
from livefollow.score.score import Score
from livefollow.viewer.bar import Bar, Matter
from livefollow.viewer.bar_numbers import BarNumbers
from livefollow.viewer.choosing import dropped_paths
from livefollow.viewer.full_screen import FullScreen, Stand
from livefollow.viewer.gestures import Gestures
from livefollow.viewer.go_menu import GoMenu
from livefollow.viewer.help_menu import HelpMenu
from livefollow.viewer.lamp import Shown
from livefollow.viewer.library import Library
from livefollow.viewer.look import Look
from livefollow.viewer.menus import Menus
from livefollow.viewer.openings import Openings
from livefollow.viewer.overview import Overview
from livefollow.viewer.own_repeats import OwnRepeats
from livefollow.viewer.own_start import OwnStart
from livefollow.viewer.page_menu import PageMenu
from livefollow.viewer.page_turner import PageTurner
from livefollow.viewer.page_view import PageView
from livefollow.viewer.preferences import Preferences
from livefollow.viewer.records import RecordFile
from livefollow.viewer.score_marks import ScoreMarks
from livefollow.viewer.session import Session
from livefollow.viewer.wake_lock import WakeLock
from livefollow.viewer.welcome import Welcome

MakeSession = Callable[[Agent, Score], Session]

NO_CONFIDENCE = -1
NO_SOUND = (State.LOST, State.CLOSED, State.ENDED)  # of a source: nothing comes from it


class MainWindow(QMainWindow):
    """One window, with one score at a time or none.

    Attributes:
        menus: menus and actions.
        bar: below the page.
        openings: of scores, one after another.
        library: recent scores, the setlist, and what is remembered of the score that is open.
        pages: the page view.
        turner: turns them.
        own_repeats: where the player goes back.
        bar_numbers: which bar is played.
        own_start: where the player starts.
        score_marks: what is drawn over the score: loops, repeats.
        page_menu: on a right click.
        score: open, or None.
        session: that follows in it, or None.
        position: the newest, or None.
    """

    score_opened = pyqtSignal(object)
    session_made = pyqtSignal(object)
    score_closing = pyqtSignal(object)
    positioned = pyqtSignal(object)
    closing = pyqtSignal()

    def __init__(
        self,
        preferences: RecordFile[Preferences],
        make_agent: Callable[[], Agent] | None = None,
        make_session: MakeSession | None = None,
        log: Path | None = None,
    ) -> None:
        """Show no score yet.

        Args:
            preferences: the settings.
            make_agent: loads the networks, on another thread; without it scores are shown and not followed.
            make_session: puts agent, score and sound together, starting nothing.
            log: the log file, for those who want to look at it.
        """
        super().__init__()
        self.preferences = preferences
        self._make_session = make_session
        self.openings = Openings(self, make_agent if make_session else None)
        self.score: Score | None = None
        self.session: Session | None = None
        self.position: Position | None = None
        self.pages = PageView()
        self.bar = Bar()
        self.stand = Stand(self.pages, self.bar)
        self.welcome = Welcome(self.pages)
        self.overview = Overview()
        self.stand.insert(self.overview)
        self.pages.installEventFilter(self)
        self.setCentralWidget(self.stand)
        self.menus = Menus(self)
        self.library = Library(self, self.menus, preferences, lambda: self.pages.view.page if self.pages.view else 1)
        self.library.wanted.connect(self.openings.open)
        self.library.said.connect(self.bar.say)
        self.score_opened.connect(self.library.opened)
        self.score_closing.connect(self.library.closed)
        self.session_made.connect(self.library.perform)
        self.closing.connect(self.library.keep)
        self._fill_menus()
        remembered = preferences, lambda: self.library.memory
        self.turner = PageTurner(self, self.pages, *remembered)
        self.own_repeats = OwnRepeats(self.turner, *remembered)
        self.bar_numbers = BarNumbers(self, self.turner, remembered[1], lambda: self.score)
        # Made last and so the last to hear what has been read: where it goes, bars and repeats are known.
        self.own_start = OwnStart(self.turner, lambda: self.library.memory)
        GoMenu(self.menus, preferences, self.turner, self.own_repeats, self.bar_numbers, self.own_start)
        self.look = Look(self, self.menus, self.pages, *remembered)
        show = self.menus.add("view", "overview", self.tr("O&verview"), self._show_overview, "O", checkable=True)
        show.setChecked(preferences.values.overview)
        self.overview.setVisible(preferences.values.overview)
        self.full_screen = FullScreen(self, self.menus, self.stand, self.bar, self._keep_full_screen)
        self.gestures = Gestures(self.pages)
        self.score_marks = ScoreMarks(self.pages, lambda: self.score.strip if self.score else None)
        self.page_menu = PageMenu(self.pages, self.menus, self.turner, self.bar_numbers)
        self.wake_lock = WakeLock(self.tr("Following a score"), parent=self)
        self._connect()
        HelpMenu(self, self.menus, preferences, log)
        self.setAcceptDrops(True)
        self.resize(860, 1100)
        self._restore()
        self._show_state(Shown.IDLE)

    def close_score(self) -> None:
        """Show no score."""
        if self.score is None:
            return
        self.score_closing.emit(self.score)
        self.turner.close()
        self.overview.open(None)
        self.wake_lock.hold(False)
        if self.session:
            self.session.stop()
        self.score.close()
        self.score = self.session = self.position = None
        self.welcome.show()
        self.setWindowTitle("livefollow")
        self.bar.forget()
        self.bar.show_place("")
        self._show_state(Shown.IDLE)

    def _fill_menus(self) -> None:
        add = self.menus.add
        add("file", "close_score", self.tr("&Close Score"), self.close_score, "Ctrl+W")
        add("file", "quit", self.tr("&Quit"), self.close, "Ctrl+Q")

    def _connect(self) -> None:
        self.openings.began.connect(self._wait_for)
        self.openings.asking.connect(lambda: self.bar.insist(Matter.OPENING, ""))
        self.openings.opened.connect(self._take_score)
        self.openings.ready.connect(self._take_agent)
        self.openings.failed.connect(self._fail_to_open)
        self.openings.deaf.connect(self._fail)
        self.gestures.pointed.connect(self.turner.point)
        self.gestures.turned.connect(self.turner.turn)
        self.gestures.zoomed.connect(self.look.zoom)
        self.gestures.moved.connect(self.full_screen.stir)
        self.look.laid_out.connect(self.turner.lay_out)
        self.look.look_ahead.connect(self.turner.look_ahead)
        self.pages.shape_changed.connect(self.turner.lay_out)
        self.turner.said.connect(self.bar.say)
        self.own_repeats.said.connect(self.bar.say)
        self.bar_numbers.said.connect(self.bar.say)
        self.bar_numbers.changed.connect(self._show_place)
        for known in (self.bar_numbers.changed, self.own_repeats.changed):
            known.connect(self._draw_repeats)
        self.own_start.said.connect(self.bar.say)
        self.turner.changed.connect(self._show_place)
        self.overview.pointed.connect(self.turner.to_x)
        self.welcome.accepted.connect(self.menus.actions["open"].trigger)

    def _show_overview(self, shown: bool) -> None:
        self.preferences.change(overview=shown)
        self.overview.setVisible(shown)
        self._grow()

    def _grow(self) -> None:
        stage = self.turner.stage
        self.overview.grow(stage.repeats if stage else ())

    def _draw_repeats(self) -> None:
        self.score_marks.show("repeats", self.own_repeats.score_marks(self.bar_numbers.at))

    def _restore(self) -> None:
        """The window as it was left."""
        values = self.preferences.values
        self.restoreGeometry(QByteArray.fromBase64(values.geometry.encode()))
        if values.full_screen:
            self.full_screen.action.setChecked(True)

    def _keep_full_screen(self, on: bool) -> None:
        self.preferences.change(full_screen=on)

    # --- a score comes ---

    def _wait_for(self, path: Path) -> None:
        """A score is being opened; what was open stays until then."""
        self.bar.insist(Matter.OPENING, self.tr("Opening {} …").format(path.name))
        self.welcome.complain("")

    def _take_score(self, score: Score) -> None:
        self.close_score()
        self.score = score
        self.setWindowTitle(self.tr("{} – livefollow").format(score.document.path.stem))
        self.welcome.hide()
        self._show_state(Shown.READING)
        self.bar.insist(Matter.OPENING, "")
        self.score_opened.emit(score)
        self.turner.open(score)
        self.overview.open(score.strip)
        self.look.open()

    def _take_agent(self, agent: Agent) -> None:
        if self.score is None or self._make_session is None:
            return
        self.session = self._make_session(agent, self.score)
        self.turner.follow(agent, self.session.place)
        self.session.page_read.connect(self._read)
        self.session.moved.connect(self.follow)
        self.session.score_read.connect(self._show_rest)
        self.session.said.connect(lambda sentence: self.bar.insist(Matter.SOUND, sentence))
        self.session.failed.connect(self._fail)
        self.session_made.emit(self.session)
        self.session.start()

    def _fail_to_open(self, sentence: str) -> None:
        self.bar.insist(Matter.OPENING, "")
        if self.score:
            self.bar.say(sentence)
        self.welcome.complain(sentence)

    def _fail(self, sentence: str) -> None:
        self._show_state(Shown.IDLE)
        self.bar.insist(Matter.FAILURE, sentence)

    # --- the session speaks ---

    def _read(self, page: int) -> None:
        if self.score is None:
            return
        count = self.score.document.page_count
        self.bar.insist(Matter.READING, self.tr("Read {} of {} pages").format(page, count) if page < count else "")
        self.turner.read()
        self._grow()

    def _show_rest(self) -> None:
        """All is read: who hears nothing waits for nothing."""
        if self.position is None and self.session:
            self.show_standing(self.session.sound)

    def show_standing(self, sound: Status | None) -> None:
        """Show how it stands where no position comes that would say so.

        Args:
            sound: how it is doing; None where there is none.
        """
        if self.session and self.session.paused:
            self._show_state(Shown.PAUSED)
        elif sound is None or sound.state in NO_SOUND:
            self._show_state(Shown.IDLE)
        elif self.position:
            self._show_position(self.position)
        else:
            self._show_state(Shown.READING)

    def follow(self, positions: list[Position]) -> None:
        """Show the newest of some positions, and turn pages on the word of all; their times must not go back."""
        if not positions or self.turner.stage is None:
            return
        self.turner.move(positions)
        self.overview.move_to(positions[-1])
        newest = positions[-1]
        if self.position is None or newest.state in ("following", "holding"):
            self.wake_lock.hold(True)
        self.position = newest
        self._show_position(newest)
        self._show_place()
        self.positioned.emit(newest)

    def _show_position(self, position: Position) -> None:
        if self.turner.stage is None:
            return
        words = self.turner.stage.words(position, position.time_s)
        shown = Shown.UNSURE if words.unsure else Shown(position.state)
        playing = shown not in (Shown.WAITING, Shown.FINISHED)
        self._show_state(shown, words.confidence if playing else NO_CONFIDENCE)

    def _show_state(self, state: Shown, percent: int = -1) -> None:
        words = {
            Shown.WAITING: self.tr("Waiting for the first notes"),
            Shown.FOLLOWING: self.tr("Following"),
            Shown.HOLDING: self.tr("Holding"),
            Shown.LOST: self.tr("Lost – listening"),
            Shown.FINISHED: self.tr("Finished"),
            Shown.UNSURE: self.tr("Unsure where"),
            Shown.PAUSED: self.tr("Paused"),
            Shown.READING: self.tr("Reading the score"),
            Shown.IDLE: self.tr("Not listening") if self.score else self.tr("No score"),
        }[state]
        self.bar.show_state(state, words, percent)
        self.stand.show_state(state)

    def _show_place(self) -> None:
        if self.score is None or self.turner.stage is None:
            return
        pages, count = sorted(self.turner.stage.visible), self.score.document.page_count
        place = self.tr("Page {} of {}").format(" + ".join(str(page) for page in pages), count)
        bar = self.bar_numbers.here()
        self.bar.show_place(place if bar is None else self.tr("Bar {} · {}").format(bar, place))

    # --- Qt's events ---

    def eventFilter(self, a0: QObject | None, a1: QEvent | None) -> bool:  # noqa: N802  # Qt's name
        """The invitation is as large as the pages."""
        if a0 is self.pages and a1 and a1.type() == QEvent.Type.Resize:
            self.welcome.setGeometry(self.pages.rect())
        return super().eventFilter(a0, a1)

    def dragEnterEvent(self, a0: QDragEnterEvent | None) -> None:  # noqa: N802  # Qt's name
        """Files may be dropped."""
        if a0 and dropped_paths(a0.mimeData()):
            a0.acceptProposedAction()

    def dropEvent(self, a0: QDropEvent | None) -> None:  # noqa: N802  # Qt's name
        """Open what was dropped."""
        if a0:
            self.library.open(dropped_paths(a0.mimeData()))

    def closeEvent(self, a0: QCloseEvent | None) -> None:  # noqa: N802  # Qt's name
        """End what runs: it uses what is closed after the window."""
        self.closing.emit()
        if not self.isFullScreen():
            self.preferences.change(geometry=bytes(self.saveGeometry().toBase64().data()).decode())
        self.close_score()
        self.openings.stop()
        super().closeEvent(a0)
