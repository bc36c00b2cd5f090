"""The practice report in the real window: made on request, kept only where the player says so, exported."""

import csv
import errno
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
import pymupdf
import pytest
from PyQt6.QtCore import Qt
from PyQt6.QtTest import QTest
from PyQt6.QtWidgets import QAbstractButton, QMessageBox
from pytestqt.qtbot import QtBot

from livefollow.follow.position import Estimate, Position, State, on_strip
from livefollow.follow.track import load_track
from livefollow.practice.report import Report
from livefollow.score.score import Score
from livefollow.viewer.library.catalogue import KeptSession
from livefollow.viewer.report.charts import WEEKS, weeks_of
from livefollow.viewer.report.making import sessions_folder
from livefollow.viewer.report.practice_report import PracticeReport
from tests.viewer.painted import pixels
from tests.viewer.player import Player

PACE_PX = 150.0  # strip px a second: three notes
FPS = 20


class Session:
    """What the report asks of a session."""

    def __init__(self) -> None:
        self.paused = False
        self.sound = None
        self.reading = None

    def pause(self) -> None:
        self.paused = True

    def resume(self) -> None:
        self.paused = False

    def stop(self) -> None:
        pass


@pytest.fixture
def report(player: Player) -> PracticeReport:
    """Of a window on the demo, whose bars are 250 px wide."""
    player.window.add_practice()
    return player.window.report


@pytest.fixture
def kept_files(own_folders: Path) -> Callable[[], list[Path]]:
    return lambda: sorted(sessions_folder().glob("*"))


def play(report: PracticeReport, player: Player, *, faster: float = 1.0) -> None:
    """Play twelve bars with a stop before bar 5; bars 7 to 9 are played three times."""
    strip, positions, time_s = player.strip, [], 0.0

    def add(x: float, state: State) -> None:
        nonlocal time_s
        time_s += 1 / FPS
        positions.append(on_strip(strip.at(x), Estimate(x, 3.0, 0.95, state), time_s))

    def go(start: float, end: float) -> None:
        for x in np.arange(start, end, PACE_PX * faster / FPS):
            add(float(x), State.FOLLOWING)

    go(80, 1080)
    go(1080, 1080 + PACE_PX)  # the follower goes on for a second
    for _ in range(3 * FPS):
        add(1080 + PACE_PX, State.HOLDING)
    go(1080, 2250)
    go(1500, 2250)
    go(1500, 3100)
    report._take(positions)


def shown(qtbot: QtBot, report: PracticeReport, player: Player) -> Report:
    player.window.menus.actions["report"].trigger()
    qtbot.waitUntil(report.page.isVisible, timeout=30_000)
    assert report.page.made
    return report.page.made.report


def test_a_session_with_a_known_stop(qtbot: QtBot, report: PracticeReport, player: Player) -> None:
    play(report, player)
    made = shown(qtbot, report, player)
    numbers = made.bars.numbers
    (stop,) = made.waits
    bar = made.bars.next_bar(stop.x)[0]
    assert made.bars.starts[bar] == pytest.approx(1080, abs=60)
    assert made.times.max() == 3
    assert [jump.kind for jump in made.jumps] == ["back", "back"]
    passage = report.page.sentence.text()
    assert passage.startswith("1 minute, bars ")
    assert ": 3 times" in passage
    assert str(numbers[int(np.argmax(made.times))]) in passage
    assert made.hesitation[bar] > 0.5
    assert made.hesitation[1] < 0.1
    sheets = report.page.sheets
    qtbot.waitUntil(lambda: sheets._store is not None and not sheets._store.busy, timeout=30_000)
    picture = pixels(sheets).astype(int)
    tinted = {}
    for index in (bar, 1):
        at = sheets.place_of(index)
        around = picture[round(at.y()) - 12 : round(at.y()) + 12, round(at.x()) - 12 : round(at.x()) + 12]
        tinted[index] = np.median(around.reshape(-1, around.shape[-1])[:, :3], axis=0)
    assert not np.array_equal(tinted[bar], tinted[1])
    assert sheets.bar_at(sheets.place_of(bar)) == bar


def test_following_pauses_while_it_is_read(qtbot: QtBot, report: PracticeReport, player: Player) -> None:
    session = Session()
    player.window.open_score.session = session  # type: ignore[assignment]
    play(report, player)
    shown(qtbot, report, player)
    assert session.paused
    QTest.keyClick(report.page, Qt.Key.Key_Escape)
    assert report.page.isHidden()
    assert not session.paused
    assert player.window.pages.hasFocus()


def test_nothing_to_report(qtbot: QtBot, report: PracticeReport, player: Player) -> None:
    player.window.menus.actions["report"].trigger()
    assert "Play first" in player.window.bar.sentence.text()
    assert report.page.isHidden()


def test_nothing_is_kept_unless_the_player_says_so(
    qtbot: QtBot, report: PracticeReport, player: Player, kept_files: Callable[[], list[Path]]
) -> None:
    window = player.window
    play(report, player)
    shown(qtbot, report, player)
    window.close_score()
    qtbot.waitUntil(lambda: not window.library.books.keeper.busy, timeout=20_000)
    assert report.page.isHidden()
    assert kept_files() == []
    assert window.library.books.keeper.catalogue.sessions() == []


def test_a_kept_session_is_compared_with(
    qtbot: QtBot, report: PracticeReport, player: Player, kept_files: Callable[[], list[Path]]
) -> None:
    window = player.window
    catalogue = window.library.books.keeper.catalogue
    play(report, player)
    report.log.begun = datetime.now().replace(microsecond=0) - timedelta(days=1)
    shown(qtbot, report, player)
    assert report.page.keep.isEnabled()
    report.page.keep.click()
    assert not report.page.keep.isEnabled()
    qtbot.waitUntil(lambda: len(catalogue.sessions()) == 1, timeout=20_000)
    (file,) = kept_files()
    assert len(load_track(file)) == len(report.log)
    report.page.leave()
    report.log.__init__()  # type: ignore[misc]
    play(report, player, faster=1.5)
    made = shown(qtbot, report, player)
    assert report.page.made
    (before,) = report.page.made.earlier
    assert np.nanmedian(made.tempo / before.tempo) == pytest.approx(1.5, rel=0.05)
    (_, minutes), *_ = report.page.weeks.minutes
    assert sum(minutes) >= 1
    report.page.grab()
    asked: list[QAbstractButton] = []
    window.menus.actions["forget_sessions"].trigger()
    (box,) = window.findChildren(QMessageBox)
    asked = [button for button in box.buttons() if box.buttonRole(button) is QMessageBox.ButtonRole.DestructiveRole]
    asked[0].click()
    qtbot.waitUntil(lambda: catalogue.sessions() == [] and kept_files() == [], timeout=20_000)


def test_a_session_that_could_not_be_kept_can_be_kept_again(
    qtbot: QtBot, report: PracticeReport, player: Player, kept_files: Callable[[], list[Path]]
) -> None:
    keeper = player.window.library.books.keeper
    play(report, player)
    shown(qtbot, report, player)
    sessions_folder().parent.mkdir(parents=True, exist_ok=True)
    sessions_folder().write_text("in the way")
    report.page.keep.click()
    assert not report.page.keep.isEnabled()
    qtbot.waitUntil(report.page.keep.isEnabled, timeout=20_000)
    assert "[Errno" not in player.window.bar.sentence.text()
    report.page.leave()
    shown(qtbot, report, player)
    assert report.page.keep.isEnabled()
    sessions_folder().unlink()
    report.page.keep.click()
    qtbot.waitUntil(lambda: len(keeper.catalogue.sessions()) == 1 and report._kept is not None, timeout=20_000)
    assert len(kept_files()) == 1
    report.page.leave()
    shown(qtbot, report, player)
    assert not report.page.keep.isEnabled()


def test_every_session_is_kept_where_the_player_says_so(
    qtbot: QtBot, report: PracticeReport, player: Player, kept_files: Callable[[], list[Path]]
) -> None:
    window = player.window
    window.menus.actions["keep_sessions"].setChecked(True)
    play(report, player)
    window.close_score()
    qtbot.waitUntil(lambda: len(kept_files()) == 1, timeout=20_000)
    qtbot.waitUntil(lambda: len(window.library.books.keeper.catalogue.sessions()) == 1, timeout=20_000)


def test_export(qtbot: QtBot, report: PracticeReport, player: Player, tmp_path: Path) -> None:
    play(report, player)
    made = shown(qtbot, report, player)
    report.export_pdf(tmp_path / "report.pdf")
    report.export_csv(tmp_path / "report.csv")
    qtbot.waitUntil(lambda: not report.busy, timeout=60_000)
    with pymupdf.open(tmp_path / "report.pdf") as document:
        text = "".join(page.get_text() for page in document)
        assert report.page.sentence.text().rstrip(".") in " ".join(text.split())
        assert "hesitating" in text
        assert any(page.get_images() for page in document)
    with (tmp_path / "report.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [int(row["times"]) for row in rows] == made.times.tolist()
    report.export_csv(tmp_path / "no folder" / "\0.csv")
    qtbot.waitUntil(lambda: not report.busy, timeout=60_000)


def test_the_score_is_not_written_over(qtbot: QtBot, report: PracticeReport, player: Player, tmp_path: Path) -> None:
    play(report, player)
    shown(qtbot, report, player)
    said: list[str] = []
    report.said.connect(said.append)
    score = player.window.open_score.score
    assert score
    before = score.document.path.read_bytes()
    (tmp_path / "link.pdf").symlink_to(score.document.path)
    for export in (report.export_pdf, report.export_csv):
        for path in (score.document.path, tmp_path / "link.pdf"):
            export(path)
            qtbot.waitUntil(lambda: not report.busy, timeout=30_000)
    assert len(said) == 4
    assert all("is the score itself" in sentence for sentence in said)
    assert score.document.path.read_bytes() == before


def test_a_full_disk_leaves_the_old_pdf(
    qtbot: QtBot, report: PracticeReport, player: Player, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    play(report, player)
    shown(qtbot, report, player)
    said: list[str] = []
    report.said.connect(said.append)
    out = tmp_path / "report.pdf"
    out.write_text("the old one")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("livefollow.viewer.report.making.os.fsync", full)
    report.export_pdf(out)
    qtbot.waitUntil(lambda: not report.busy, timeout=60_000)
    assert said == [f"{out} cannot be written (No space left on device)."]
    assert out.read_text() == "the old one"
    assert list(tmp_path.glob(".*")) == []


def test_an_error_is_told_with_the_name_that_was_chosen(
    qtbot: QtBot, report: PracticeReport, player: Player, tmp_path: Path
) -> None:
    play(report, player)
    shown(qtbot, report, player)
    said: list[str] = []
    report.said.connect(said.append)
    folder, long = tmp_path / "folder.pdf", tmp_path / ("a" * 260 + ".pdf")
    folder.mkdir()
    (tmp_path / "file").write_text("")
    for path, words in (
        (folder, "Is a directory"),
        (long, "File name too long"),
        (tmp_path / "file" / "x", "File exists"),
    ):
        for export in (report.export_pdf, report.export_csv):
            export(path)
            qtbot.waitUntil(lambda: not report.busy, timeout=60_000)
            assert said[-1].startswith(f"{path} cannot be written ({words}")
    assert len(said) == 6


def test_a_report_is_not_shown_over_another_score(
    qtbot: QtBot, report: PracticeReport, player: Player, tmp_path: Path
) -> None:
    play(report, player)
    with pymupdf.open() as other:
        other.new_page()
        other.save(tmp_path / "other.pdf")
    report.show()
    assert report.busy
    player.window.open_score.open(Score(tmp_path / "other.pdf"))
    qtbot.waitUntil(lambda: not report.busy, timeout=30_000)
    qtbot.wait(50)
    assert report.page.isHidden()
    assert report.page.made is None


def test_a_click_on_a_bar_is_heard_if_it_was_recorded(qtbot: QtBot, report: PracticeReport, player: Player) -> None:
    play(report, player)
    shown(qtbot, report, player)
    at = report.page.sheets.place_of(3).toPoint()
    QTest.mouseClick(report.page.sheets, Qt.MouseButton.LeftButton, pos=at)
    assert "not recorded" in player.window.bar.sentence.text()
    assert report.page.isVisible()
    report.recorded = lambda: True
    report.hear.disconnect()
    with qtbot.waitSignal(report.hear) as heard:
        QTest.mouseClick(report.page.sheets, Qt.MouseButton.LeftButton, pos=at)
    made_x = player.strip.from_page(*heard.args)
    assert made_x == pytest.approx(80 + 3 * 250, abs=60)
    assert report.page.isHidden()


def test_pages_fit_any_window(qtbot: QtBot, report: PracticeReport, player: Player) -> None:
    play(report, player)
    shown(qtbot, report, player)
    for width, height in ((1366, 768), (768, 1024), (480, 640)):
        player.window.resize(width, height)
        report.page.parentWidget().resize(width, height - 60)
        report.page.grab()
        assert report.page._tempo.geometry().height() > 60
        assert report.page.sheets.page_rects()[0][1].width() <= width


def test_weeks_add_up() -> None:
    now = datetime(2026, 3, 11, 12)  # a Wednesday
    monday = datetime(2026, 3, 9)
    weeks = weeks_of(
        [
            ("A", now, 600.0),
            ("A", monday, 600.0),
            ("A", monday - timedelta(seconds=1), 300.0),
            ("B", monday - timedelta(weeks=2), 3600.0),
            ("B", monday - timedelta(weeks=WEEKS), 3600.0),
        ],
        now,
    )
    assert weeks.begins[-1] == monday
    assert dict(weeks.minutes) == {"B": (0, 0, 0, 60, 0, 0), "A": (0, 0, 0, 0, 5, 20)}


def test_positions_are_logged_as_they_are(player: Player, report: PracticeReport) -> None:
    at = on_strip(player.strip.at(400.0), Estimate(400.0, 2.5, 0.75, State.LOST), 1.5)
    report._take([at])
    track = report.log.track()
    assert track
    back: Position = track.position(0)
    assert back == at
    assert KeptSession("", datetime.now(), 1.0, "").track == ""
