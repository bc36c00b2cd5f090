"""The practice report in the window: logs the session, makes the report on request, keeps and exports it.

Nothing is made while the player plays: following pauses while the report is open. Window thread only.
"""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PyQt6.QtCore import QObject, pyqtSignal
from PyQt6.QtWidgets import QFileDialog, QMessageBox, QWidget

from livefollow.follow.position import Position
from livefollow.follow.track import Track
from livefollow.practice.bar_map import BarMap
from livefollow.practice.frames import frames_of
from livefollow.practice.report import practised_s, summarise
from livefollow.score.links.ways import END
from livefollow.score.score import Score
from livefollow.viewer.following import Following
from livefollow.viewer.library.bookkeeping import Bookkeeping
from livefollow.viewer.library.catalogue import Catalogue, KeptSession
from livefollow.viewer.navigation.bar_numbers import BarNumbers
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.report.charts import Weeks, weeks_of
from livefollow.viewer.report.making import (
    Made,
    PdfWords,
    Work,
    export_csv,
    export_pdf,
    keep_track,
    make,
    sessions_folder,
)
from livefollow.viewer.report.report_page import ReportPage
from livefollow.viewer.report.session_log import SessionLog
from livefollow.viewer.report.words import summary_words
from livefollow.viewer.session.session import Session
from livefollow.viewer.settings.preferences import Preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.widgets.menus import Menus

SHORTEST_S = 5.0  # of playing, from which there is something to report

logger = logging.getLogger(__name__)


class PracticeReport(QObject):
    """Makes the reports of one window.

    Attributes:
        said: a sentence for the player.
        hear: page, x and y, points: a place of the score to be heard, if it was recorded.
        loop: returns the loop that is played, strip px of its ends; None without one.
        recorded: returns whether this session was recorded.
        page: the report over the pages.
    """

    said = pyqtSignal(object)
    hear = pyqtSignal(int, float, float)
    _tried_to_keep = pyqtSignal(object, bool)  # from the keeper's thread: beginning of the session; whether it is kept

    def __init__(
        self,
        window: QWidget,
        pages: QWidget,
        menus: Menus,
        preferences: RecordFile[Preferences],
        open_score: OpenScore,
        bar_numbers: BarNumbers,
        following: Following,
        books: Bookkeeping,
    ) -> None:
        """Add the actions to the Practice menu.

        Args:
            window: parent of dialogs.
            pages: to be covered by the report.
            menus: of the window.
            preferences: whether sessions are kept.
            open_score: of the window.
            bar_numbers: have the bars.
            following: shows the state after the report.
            books: have the kept sessions.
        """
        super().__init__(window)
        self._window, self._preferences, self._open = window, preferences, open_score
        self._bar_numbers, self._following, self._books = bar_numbers, following, books
        self.loop: Callable[[], tuple[float, float] | None] = lambda: None
        self.recorded: Callable[[], bool] = lambda: False
        self.log = SessionLog()
        self._kept: datetime | None = None  # beginning of the session that was kept
        self._works: list[Work] = []
        self._was_paused = True
        self._track: Track | None = None
        self.page = ReportPage(pages)
        self.page.left.connect(self._resume)
        self.page.keep_wanted.connect(self.keep)
        self.page.pdf_wanted.connect(self._ask_pdf)
        self.page.csv_wanted.connect(self._ask_csv)
        self.page.pointed.connect(self._hear)
        menus.menus["practice"].addSeparator()
        menus.add("practice", "report", self.tr("Pra&ctice Report"), self.show, "Ctrl+Shift+R", with_score=True)
        keep = menus.add("practice", "keep_sessions", self.tr("&Keep Every Session"), self._set_keep, checkable=True)
        keep.setChecked(preferences.values.keep_sessions)
        self._forget = menus.add("practice", "forget_sessions", self.tr("For&get Kept Sessions …"), self._ask_forget)
        self._tried_to_keep.connect(self._take_kept)
        open_score.session_made.connect(self._follow)
        open_score.closing.connect(self._closing)

    @property
    def busy(self) -> bool:
        """Whether a report is being made or exported."""
        return bool(self._works)

    def stop(self) -> None:
        """Wait for what is being made."""
        for work in self._works:
            work.wait()

    def show(self) -> None:
        """Make the report of the present session, or of the last one that was kept, and show it; close it if open."""
        score = self._open.score
        if not self.page.isHidden():
            self.page.leave()
            return
        bars = self._bars()
        if score is None or bars is None:
            self.said.emit(self.tr("No bar lines have been read: there is nothing to report yet."))
            return
        kept = self._books.keeper.catalogue.sessions(score.document.content_hash)
        track, begun = self.log.track(), self.log.begun
        if track is None or begun is None or practised_s(frames_of(track, score.strip)) < SHORTEST_S:
            self.said.emit(self.tr("Play first: the report tells of what was played since the score was opened."))
            return
        session = self._open.session
        self._was_paused = session is None or session.paused
        if session:
            session.pause()
        strip = score.strip
        self._track = track
        self._run(lambda: make(track, begun, bars, strip, kept), lambda made: self._show(made, score))

    def keep(self) -> None:
        """Keep the session that is shown."""
        if self.page.made and self._track:
            self.page.keep.setEnabled(False)
            self._keep(self._track, self.page.made.begun, self.page.made.report.seconds)

    def weeks(self) -> Weeks:
        """Return the practised time of kept sessions, and of this one."""
        catalogue, score = self._books.keeper.catalogue, self._open.score
        titles: dict[str, str] = {}
        sessions = []
        for kept in catalogue.sessions():
            title = titles.setdefault(kept.content_hash, catalogue.title(kept.content_hash))
            sessions.append((title, kept.begun, kept.seconds))
        made = self.page.made
        if made and score and made.begun not in [begun for _, begun, _ in sessions]:
            title = self._books.entry(score.document.path).title
            sessions.append((title, made.begun, made.report.seconds))
        return weeks_of(sessions, datetime.now())

    # --- the session ---

    def _follow(self, session: Session) -> None:
        self.log = SessionLog()
        session.moved.connect(self._take)

    def _take(self, positions: list[Position]) -> None:
        self.log.take(positions)
        if loop := self.loop():
            self.log.loops.add(loop)

    def _closing(self, score: Score) -> None:
        """Keep the session if the player says so, before the score is closed."""
        self.page.leave()
        track, begun = self.log.track(), self.log.begun
        if self._preferences.values.keep_sessions and track and begun and self.log.played:
            seconds = practised_s(frames_of(track, score.strip))
            if seconds >= SHORTEST_S:
                self._keep(track, begun, seconds)
        self.stop()
        self.log, self._track = SessionLog(), None

    def _keep(self, track: Track, begun: datetime, seconds: float) -> None:
        score = self._open.score
        if score is None:
            return
        known = score.document.content_hash

        def write(catalogue: Catalogue) -> None:
            done = False
            try:
                catalogue.keep(KeptSession(known, begun, seconds, keep_track(track, known, begun)))
                done = True
            finally:
                with contextlib.suppress(RuntimeError):  # the window is gone
                    self._tried_to_keep.emit(begun, done)

        self._books.keeper.do(write)

    def _take_kept(self, begun: datetime, done: bool) -> None:
        """Remember that a session is kept; one that could not be kept may be tried again."""
        if done:
            self._kept = begun
        elif self.page.made and self.page.made.begun == begun:
            self.page.keep.setEnabled(True)

    def _bars(self) -> BarMap | None:
        """Return the bars of the open score as it is read now."""
        returns = [(link.enter, link.leave) for link in self._open.links if link.enter < END]
        return self._bar_numbers.mapped([*returns, *self.log.loops])

    # --- the report ---

    def _show(self, made: object, score: Score) -> None:
        """Show the report of a score, if that is still open."""
        if score is self._open.score and isinstance(made, Made):
            self.page.made = made
            self.page.open(made, self.weeks(), score.document, score.strip)
            self.page.keep.setEnabled(self._kept != made.begun)

    def _resume(self) -> None:
        """Follow on after the report, if that was so before."""
        session = self._open.session
        if session and not self._was_paused:
            session.resume()
            self._following.show_standing(session.sound)

    def _hear(self, bar: int) -> None:
        score, made = self._open.score, self.page.made
        if score and made:
            if not self.recorded():
                self.said.emit(self.tr("This was not recorded: choose Record before you play, to hear it from here."))
                return
            point = score.strip.to_page(float(made.report.bars.starts[bar]))
            self.page.leave()
            self.hear.emit(point.page, point.x, point.y)

    # --- files ---

    def _ask_pdf(self) -> None:
        if path := self._ask(self.tr("PDF files (*.pdf)"), ".pdf"):
            self.export_pdf(path)

    def export_pdf(self, path: Path) -> None:
        """Write the report that is shown as PDF, in the background."""
        score, made, page = self._open.score, self.page.made, self.page
        if score is None or made is None:
            return
        words = PdfWords(
            self._books.entry(score.document.path).title,
            page.day_words(),
            summary_words(summarise(made.report)),
            page.tempo_words(),
            page.legend_words(),
            page.week_words(),
        )
        document, strip, weeks = score.document, score.strip, page.weeks
        self._run(lambda: export_pdf(made, document, strip, weeks, words, path), lambda _: self._written(path, score))

    def _ask_csv(self) -> None:
        if path := self._ask(self.tr("CSV files (*.csv)"), ".csv"):
            self.export_csv(path)

    def export_csv(self, path: Path) -> None:
        """Write the report that is shown as CSV, in the background."""
        score, made = self._open.score, self.page.made
        if score and made:
            document = score.document
            self._run(lambda: export_csv(made.report, document, path), lambda _: self._written(path, score))

    def _ask(self, kinds: str, suffix: str) -> Path | None:
        score, made = self._open.score, self.page.made
        if score is None or made is None:
            return None
        proposal = score.document.path.with_name(f"{score.document.path.stem} {made.begun:%Y-%m-%d}{suffix}")
        name, _ = QFileDialog.getSaveFileName(self._window, self.tr("Export the Report"), str(proposal), kinds)
        return Path(name) if name else None

    def _written(self, path: Path, score: Score) -> None:
        if score is self._open.score:
            self.said.emit(self.tr("The report is written: {}").format(path.name))

    def _set_keep(self, on: bool) -> None:
        self._preferences.change(keep_sessions=on)

    def _ask_forget(self) -> None:
        """Ask whether all kept sessions are to be removed."""
        box = QMessageBox(self._window)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.tr("Kept Sessions"))
        count = len(self._books.keeper.catalogue.sessions())
        box.setText(self.tr("Remove the {} sessions that were kept, of all scores?").format(count))
        remove = box.addButton(self.tr("&Remove"), QMessageBox.ButtonRole.DestructiveRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.buttonClicked.connect(lambda button: self.forget() if button is remove else None)
        box.open()

    def forget(self) -> None:
        """Remove all kept sessions."""

        def remove() -> None:
            for file in sessions_folder().glob("*.csv.gz"):
                file.unlink(missing_ok=True)

        self._kept = None
        self._books.keeper.do(lambda catalogue: catalogue.forget_sessions())
        self._run(remove, lambda _: self.said.emit(self.tr("All kept sessions are removed.")))

    def _run(self, do: Callable[[], object], then: Callable[[object], object]) -> None:
        """Do something on a thread of its own, then something here."""
        work = Work(do)
        work.done.connect(then)
        work.failed.connect(self.said)
        work.finished.connect(lambda: self._works.remove(work))
        self._works.append(work)
        work.start()
