"""The main window: pages with the highlight, turned in time, a slim status bar, menus.

Everything here runs on the window thread and returns at once: `openings` opens scores, `session` follows and
`page_store` makes pictures on other threads.

How others plug in: `menus.add` adds an action, `bar.add_widget` a widget to the status bar, `stand.insert` one below
the pages, `score_marks.show` draws over the score. `open_score` and `following` have signals for what happens.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PyQt6.QtCore import QByteArray, QSize, QTimer, pyqtSignal
from PyQt6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PyQt6.QtWidgets import QMainWindow

from livefollow.demo import demo_recording, demo_score
from livefollow.follow.agent import Agent
from livefollow.score.score import Score
from livefollow.viewer.annotations.annotating import Annotating
from livefollow.viewer.arranging.arranging import Arranging
from livefollow.viewer.desktop.wake_lock import WakeLock
from livefollow.viewer.following import Following
from livefollow.viewer.library.file_dialogs import dropped_paths
from livefollow.viewer.library.library import Library
from livefollow.viewer.library.library_page import LibraryPage
from livefollow.viewer.library.opening import Openings
from livefollow.viewer.library.welcome import Welcome
from livefollow.viewer.links.link_menu import LinkMenu
from livefollow.viewer.links.link_tags import LinkTags
from livefollow.viewer.links.score_links import ScoreLinks
from livefollow.viewer.navigation.bar_numbers import BarNumbers
from livefollow.viewer.navigation.go_menu import GoMenu
from livefollow.viewer.navigation.own_start import OwnStart
from livefollow.viewer.navigation.page_choice import PageChoice
from livefollow.viewer.navigation.page_menu import PageMenu
from livefollow.viewer.navigation.page_turner import PageTurner
from livefollow.viewer.navigation.rewinding import Rewinding
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.page_focus import PageFocus
from livefollow.viewer.pages.gestures import Gestures
from livefollow.viewer.pages.overview import Overview
from livefollow.viewer.pages.page_notice import Doubts, PageNotice
from livefollow.viewer.pages.page_view import PageView
from livefollow.viewer.pages.score_marks import ScoreMarks
from livefollow.viewer.pages.sheets import Sheets
from livefollow.viewer.pages.view_menu import ViewMenu
from livefollow.viewer.pedals.pedals import Pedals
from livefollow.viewer.practice.practice_menu import Practice
from livefollow.viewer.practice.tempo_practice import TempoPractice
from livefollow.viewer.report.practice_report import PracticeReport
from livefollow.viewer.session.session import Session
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.sound.sound_menu import SoundControls
from livefollow.viewer.support.kept_pages import KeptPages
from livefollow.viewer.support.private_log import PrivateLog
from livefollow.viewer.support.reports import Reports
from livefollow.viewer.widgets.full_screen import FullScreen, Stand
from livefollow.viewer.widgets.help_menu import HelpMenu
from livefollow.viewer.widgets.lamp import Shown
from livefollow.viewer.widgets.main_bar import MainBar
from livefollow.viewer.widgets.menus import Menus
from livefollow.viewer.widgets.number_entry import NumberEntry
from livefollow.viewer.widgets.screen_fit import ScreenFit, resize_to_fit
from livefollow.viewer.widgets.status_bar import Matter, StatusBar

MakeSession = Callable[[Agent, Score], Session]

FIRST_SIZE = QSize(860, 1100)  # a page in print size; smaller if the screen has no room for it


class MainWindow(QMainWindow):
    """The window, with one score at a time or none.

    Attributes:
        menus: menus and actions.
        bar: the status bar below the page.
        openings: opens scores in the background.
        open_score: the score, what is known of it, and signals.
        library: recent scores, and the setlist.
        library_page: all scores, over the pages.
        pages: the page view.
        notice: line over the pages about what is doubtful on them.
        turner: turns pages.
        arranging: order of pages, hidden ones, crop.
        sheets: rotation of pages, and which ones are the player's.
        links: from where to where the player goes on.
        bar_numbers: which bar is played.
        own_start: where the player starts.
        score_marks: drawn over the score: loops.
        link_menu: drawing links by two clicks.
        link_tags: links on the pages.
        annotating: what the player writes on the pages.
        page_choice: all pages, and bookmarks.
        rewinding: back to the start after the end.
        main_bar: buttons above the pages.
        page_menu: menu of a right click.
        pedals: keys and pedals that the player has assigned.
        following: positions, state and place as they are shown.
        tempo: metronome, ladder and live tempo; once there is a Practice menu.
        report: the practice report; once there is a Practice menu.
    """

    closing = pyqtSignal()

    def __init__(
        self,
        preferences: RecordFile[Preferences],
        make_agent: Callable[[], Agent] | None = None,
        make_session: MakeSession | None = None,
        log: Path | None = None,
    ) -> None:
        """Make the window without a score.

        Args:
            preferences: the settings.
            make_agent: loads the networks, on another thread; without it scores are only shown.
            make_session: makes a session of agent, score and sound, without starting it.
            log: the log file, shown by the Help menu.
        """
        super().__init__()
        self.preferences = preferences
        self._make_session = make_session
        self.open_score = OpenScore(preferences, self)
        self.openings = Openings(self, make_agent if make_session else None)
        self.pages = PageView()
        self.bar = StatusBar()
        self.stand = Stand(self.pages, self.bar)
        self.notice = PageNotice()
        self.stand.head(self.notice)
        self.setCentralWidget(self.stand)
        self.menus = Menus(self)
        self.library = self._make_library()
        self.welcome = Welcome(self.pages, self.library.books)
        self.library_page = LibraryPage(self.pages, self.library.books)
        self._fill_menus()
        known = preferences, self.open_score
        self.turner = PageTurner(self, self.pages, *known)
        self.links = ScoreLinks(self.turner, *known)
        self.bar_numbers = BarNumbers(self, self.turner, self.open_score)
        # Made last, so that it is the last to get readings: bars and repeats are known when it goes somewhere.
        self.own_start = OwnStart(self.turner, self.open_score)
        self.following = Following(self.open_score, self.turner, self.bar_numbers, self.pages, self.bar, self.stand)
        self.stand.height_played = self.following.height
        GoMenu(self.menus, preferences, self.turner, self.links.play_printed, self.bar_numbers, self.own_start)
        self.page_choice = PageChoice(self, self.menus, self.open_score, self.turner, self.pages)
        self.rewinding = Rewinding(self.menus, *known, self.turner, self.own_start)
        self.view_menu = ViewMenu(self, self.menus, self.pages, *known)
        self.sheets = Sheets(self.pages, self.menus, self.open_score)
        self.arranging = Arranging(self, self.menus, self.open_score, self.pages)
        self.doubts = Doubts(self.notice, self.open_score)
        self.overview = Overview(self.menus, *known)
        self.stand.insert(self.overview)
        self.full_screen = FullScreen(self, self.menus, self.stand, self.bar, self._keep_full_screen)
        self.gestures = Gestures(self.pages)
        self.score_marks = ScoreMarks(self.pages, self.open_score)
        self._make_tools()
        self.pedals = Pedals(self, self.menus, preferences)
        self.focus = PageFocus(self.pages, self.welcome, self.library.setlist)
        self.bar_entry = NumberEntry(self.stand)
        self.wake_lock = WakeLock(self.tr("Following a score"), parent=self)
        self._connect()
        HelpMenu(self, self.menus, preferences, log)
        KeptPages(self, self.menus)
        self.setAcceptDrops(True)
        resize_to_fit(self, FIRST_SIZE)
        self._restore()
        ScreenFit(self)
        self.focus.take()
        self.following.show_state(Shown.IDLE)

    def _make_tools(self) -> None:
        """Make what stands above the pages and is used on them: links, writing, tool bar, menu of a right click."""
        self.link_menu = LinkMenu(self.menus, self.links, self.turner, self.open_score, self.pages)
        self.link_tags = LinkTags(self.pages, self.open_score, self.links, self.bar_numbers.at)
        self.link_menu.asked.connect(self.link_tags.offer)
        self.stand.head(self.link_menu.bar)
        self.annotating = Annotating(self, self.menus, self.preferences, self.open_score, self.pages, self.turner)
        self.stand.head(self.annotating.menu.bar)
        self.main_bar = MainBar(self.menus, self.preferences)
        self.stand.head(self.main_bar)
        self.page_menu = PageMenu(self.pages, self.menus, self.turner, self.bar_numbers)

    def add_sound(
        self, *, audio: Path | None = None, device: int | str | None = None, statistics: bool = False
    ) -> SoundControls:
        """Add the Sound menu and its parts of the status bar; see `SoundControls`.

        Raises:
            DeviceError: there is no such device.
        """
        sound = SoundControls(
            self,
            self.menus,
            self.preferences,
            self.open_score,
            self.bar,
            self.following,
            audio=audio,
            device=device,
            statistics=statistics,
        )
        self.pages.painted.connect(sound.painted)
        self._add_demo(sound)
        self.welcome.microphone_wanted.connect(sound.show_microphones)
        self.welcome.offer_sound()
        return sound

    def _add_demo(self, sound: SoundControls) -> None:
        """Offer the demo: its score, and a recording of it in place of the player."""

        def watch() -> None:
            sound.play_once(demo_recording(), demo_score())
            self.openings.open(demo_score())

        self.menus.add("help", "demo", self.tr("Watch the &Demo"), watch)
        self.welcome.demo_wanted.connect(watch)

    def add_practice(self) -> Practice:
        """Add the Practice menu, after the Sound menu; see `Practice`."""
        practice = Practice(
            self,
            self.menus,
            self.preferences,
            self.open_score,
            self.bar,
            self.stand,
            self.turner,
            self.following,
            self.bar_numbers,
            self.score_marks,
            film_style=self.view_menu.view_style,
            password=self.openings.password,
        )
        self.closing.connect(practice.stop)
        known = self.preferences, self.open_score, self.bar, self.following, self.bar_numbers, practice.looping
        self.tempo = tempo = TempoPractice(self, self.pages, self.menus, *known)
        tempo.said.connect(self.bar.say)
        self.closing.connect(tempo.stop)
        practice.replaying.changed.connect(lambda on: tempo.stop() if on else None)
        self.gestures.pointed.connect(practice.looping.point)
        practice.replaying.changed.connect(lambda on: self.library.cancel_next() if on else None)
        self._add_report(practice)
        return practice

    def _add_report(self, practice: Practice) -> None:
        """Add the practice report to the Practice menu; see `PracticeReport`."""
        known = self.preferences, self.open_score, self.bar_numbers, self.following, self.library.books
        self.report = report = PracticeReport(self, self.pages, self.menus, *known)
        report.said.connect(self.bar.say)
        report.page.left.connect(self.focus.take)
        report.hear.connect(practice.hear)
        report.loop, report.recorded = practice.looping.ends, lambda: practice.recorded

    def add_reports(self, log: Path | None, recent: PrivateLog) -> Reports:
        """Add reports of problems to the Help menu; see `Reports`."""
        reports = Reports(self, self.menus, self.preferences, self.open_score, log, recent)
        reports.said.connect(self.bar.tell)
        QTimer.singleShot(0, reports.tell)  # once there is a window that says it
        return reports

    def close_score(self) -> None:
        """Close the score, if one is open."""
        self.open_score.close()

    def _show_none(self) -> None:
        self.menus.enable(False)
        self.wake_lock.hold(False)
        self.welcome.show()
        self.focus.take()
        self.setWindowTitle("livefollow")
        self.bar.forget()
        self.following.forget()

    def _make_library(self) -> Library:
        library = Library(self, self.menus, self.preferences, self.open_score)
        library.wanted.connect(self.openings.open)
        library.said.connect(self.bar.tell)
        library.next_said.connect(lambda sentence: self.bar.insist(Matter.NEXT, sentence))
        self.closing.connect(library.keep)
        return library

    def _fill_menus(self) -> None:
        add = self.menus.add
        add("file", "close_score", self.tr("&Close Score"), self.close_score, "Ctrl+W", with_score=True)
        add("file", "quit", self.tr("&Quit"), self.close, "Ctrl+Q")

    def _connect(self) -> None:
        self.openings.began.connect(self._wait_for)
        self.openings.asking.connect(lambda: self.bar.insist(Matter.OPENING, ""))
        self.openings.opened.connect(self.open_score.open)
        self.openings.ready.connect(self.view_menu.cursor.take)
        self.openings.ready.connect(self._take_agent)
        self.openings.failed.connect(self._fail_to_open)
        self.openings.no_agent.connect(self._fail)
        self.open_score.opened.connect(self._show_score)
        self.open_score.closed.connect(self._show_none)
        self.gestures.pointed.connect(self.turner.point)
        self.gestures.turned.connect(self.turner.turn)
        self.gestures.zoomed.connect(self.view_menu.zoom)
        self.gestures.pinch_began.connect(self.annotating.hand.discard)
        self.gestures.pinched.connect(self.view_menu.pinch)
        self.gestures.pinch_ended.connect(self.view_menu.end_pinch)
        self.gestures.moved.connect(self.full_screen.wake)
        self.view_menu.laid_out.connect(self.turner.lay_out)
        self.view_menu.look_ahead.connect(self.turner.look_ahead)
        self.pages.shape_changed.connect(self.turner.lay_out)
        self.turner.said.connect(self.bar.say)
        self.links.said.connect(self.bar.say)
        self.bar_numbers.said.connect(self.bar.say)
        self.bar_numbers.changed.connect(self.link_tags.refresh)
        self.own_start.said.connect(self.bar.say)
        self.page_choice.said.connect(self.bar.say)
        self.annotating.said.connect(self.bar.say)
        self.annotating.changed.connect(lambda on: self.main_bar.give_way("writing", on))
        self.full_screen.action.toggled.connect(lambda on: self.main_bar.give_way("full screen", on))
        self.library.writing = self.annotating.writing
        self.closing.connect(self.annotating.stop)
        self.bar_numbers.asked.connect(self.bar_entry.ask)
        self.bar_entry.given.connect(self.bar_numbers.go_to)
        self.bar_entry.closed.connect(self.focus.take)
        self.following.positioned.connect(self.overview.move_to)
        self.following.positioned.connect(self.focus.play)
        self.following.positioned.connect(self.rewinding.move)
        self.rewinding.said.connect(self.bar.say)
        self.pedals.said.connect(self.bar.tell)
        self.closing.connect(self.pedals.stop)
        self.following.played.connect(lambda: self.wake_lock.hold(True))
        self.turner.changed.connect(self.doubts.refresh)
        self.doubts.fix.connect(self.library.fix_staves)
        self.doubts.play.connect(self.sheets.play)
        for sheets in (self.sheets, self.arranging):
            sheets.changed.connect(self.library.read_anew)
            sheets.said.connect(self.bar.say)
        self.overview.pointed.connect(self.turner.to_x)
        self._connect_library()

    def _connect_library(self) -> None:
        library, welcome, page = self.library, self.welcome, self.library_page
        library.books.bar_here = self.bar_numbers.here
        library.page_wanted.connect(page.enter)
        self.openings.began.connect(library.books.wait_for_player)
        welcome.accepted.connect(self.menus.actions["open"].trigger)
        welcome.library_wanted.connect(page.enter)
        welcome.score_wanted.connect(lambda path: library.open([path]))
        welcome.setlist_wanted.connect(library.open_setlist)
        library.setlists_changed.connect(welcome.offer_setlists)
        library.tell_setlists()
        page.wanted.connect(lambda path: library.open([path]))
        page.setlist_wanted.connect(library.add_to_setlist)
        page.left.connect(self.focus.take)

    def _restore(self) -> None:
        """Restore geometry and full screen."""
        values = self.preferences.values
        self.restoreGeometry(QByteArray.fromBase64(values.geometry.encode()))
        if values.full_screen:
            self.full_screen.action.setChecked(True)

    def _keep_full_screen(self, on: bool) -> None:
        self.preferences.change(full_screen=on)

    # --- a score is opened ---

    def _wait_for(self, path: Path) -> None:
        """Show that a score is being opened; the open one stays until then."""
        self.bar.insist(Matter.OPENING, self.tr("Opening {} …").format(path.name))
        self.welcome.complain("")

    def _show_score(self, score: Score) -> None:
        self.menus.enable(True)
        self.setWindowTitle(self.tr("{} – livefollow").format(score.document.path.stem))
        self.welcome.hide()
        self.library_page.hide()
        self.focus.take()
        self.following.show_state(Shown.READING)
        self.bar.insist(Matter.OPENING, "")

    def _take_agent(self, agent: Agent) -> None:
        score = self.open_score.score
        if score is None or self._make_session is None:
            return
        session = self._make_session(agent, score)
        self.turner.follow(agent, session.place)
        session.page_read.connect(self._read)
        session.moved.connect(self.following.show)
        session.score_read.connect(self._show_rest)
        session.score_read.connect(self.doubts.read)
        session.said.connect(lambda sentence: self.bar.insist(Matter.SOUND, sentence))
        session.failed.connect(self._fail)
        self.open_score.follow(session)
        session.start()

    def _fail_to_open(self, sentence: str) -> None:
        self.bar.insist(Matter.OPENING, "")
        if self.open_score.score:
            self.bar.tell(sentence)
        self.welcome.complain(sentence)

    def _fail(self, sentence: str) -> None:
        self.following.show_state(Shown.IDLE)
        self.bar.insist(Matter.FAILURE, sentence)

    # --- signals of the session ---

    def _read(self, page: int) -> None:
        if self.open_score.score is None:
            return
        pages = self.open_score.score.pages
        done, count = self.open_score.score.place_of(page), len(pages)
        self.bar.insist(Matter.READING, self.tr("Read {} of {} pages").format(done, count) if done < count else "")
        for number in pages[:done]:  # several may have been read since the last signal
            self.pages.renew(number)
        session = self.open_score.session
        if session and session.reading:
            self.open_score.read(session.reading)
        self.turner.read()
        self.doubts.refresh()
        self.overview.grow()

    def _show_rest(self) -> None:
        """Show the state once all pages are read, if there are no positions."""
        session = self.open_score.session
        if self.following.position is None and session:
            self.following.show_standing(session.sound)

    # --- Qt's events ---

    def dragEnterEvent(self, a0: QDragEnterEvent | None) -> None:  # noqa: N802  # Qt's name
        """Accept files that are dragged over the window."""
        if a0 and dropped_paths(a0.mimeData()):
            a0.acceptProposedAction()

    def dropEvent(self, a0: QDropEvent | None) -> None:  # noqa: N802  # Qt's name
        """Open the files that were dropped."""
        if a0:
            self.library.drop(dropped_paths(a0.mimeData()))

    def closeEvent(self, a0: QCloseEvent | None) -> None:  # noqa: N802  # Qt's name
        """End everything that runs before the window closes."""
        self.closing.emit()
        if not self.isFullScreen():
            self.preferences.change(geometry=bytes(self.saveGeometry().toBase64().data()).decode())
        self.close_score()
        self.openings.stop()
        self.library.books.close()
        super().closeEvent(a0)
