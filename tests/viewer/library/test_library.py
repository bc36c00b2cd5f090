"""Scores are opened in every way, and remembered."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtWidgets import QAbstractButton, QFileDialog, QMainWindow, QMessageBox
from pytestqt.qtbot import QtBot

from livefollow.errors import Message
from livefollow.follow.position import Position, State
from livefollow.score.score import Score
from livefollow.viewer.library.library import Library
from livefollow.viewer.open_score import OpenScore
from livefollow.viewer.settings.preferences import Preferences, open_preferences
from livefollow.viewer.settings.record_file import RecordFile
from livefollow.viewer.systems_editor.dialog import SystemsEditor
from livefollow.viewer.widgets.menus import Menus


@pytest.fixture
def preferences(tmp_path: Path) -> Iterator[RecordFile[Preferences]]:
    preferences = open_preferences(tmp_path / "config")
    yield preferences
    preferences.close()


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    window = QMainWindow()
    qtbot.addWidget(window)
    return window


@pytest.fixture
def open_score(window: QMainWindow, preferences: RecordFile[Preferences]) -> OpenScore:
    return OpenScore(preferences, window)


@pytest.fixture
def library(window: QMainWindow, preferences: RecordFile[Preferences], open_score: OpenScore) -> Library:
    return Library(window, Menus(window), preferences, open_score)


@pytest.fixture
def score(data: Path, tmp_path: Path) -> Iterator[Score]:
    with Score(data / "small.pdf", data=tmp_path / "memory") as score:
        yield score


def at(state: State) -> Position:
    return Position(
        time_s=0.0,
        page=1,
        system=1,
        x_pt=0.0,
        top_pt=0.0,
        bottom_pt=0.0,
        strip_x=0.0,
        speed=0.0,
        confidence=1.0,
        state=state,
    )


def wishes(library: Library) -> list[Path]:
    wanted: list[Path] = []
    library.wanted.connect(lambda path, password: wanted.append(path))
    return wanted


def test_dialogs_begin_where_the_last_score_was(
    window: QMainWindow, library: Library, open_score: OpenScore, score: Score, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def ask(parent: object, title: str, folder: str, *more: str) -> tuple[str, str]:
        asked.append(folder)
        return ("/scores/a.pdf" if len(asked) == 1 else ""), ""

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    wanted = wishes(library)
    open_score.open(score)
    (action,) = [action for action in window.actions() if action.objectName() == "open"]
    action.trigger()
    action.trigger()  # and thinks better of it
    assert asked == [str(score.document.path.parent)] * 2
    assert wanted == [Path("/scores/a.pdf")]


def test_several_scores_become_the_setlist(library: Library, tmp_path: Path) -> None:
    library.setlist.add([tmp_path / "of the last evening.pdf"])
    wanted = wishes(library)
    scores = [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    scores[0].touch()
    library.open(scores)
    assert wanted == scores[:1]
    assert library.setlist.pieces == scores
    library.open([])
    assert len(wanted) == 1


def test_what_is_dropped_together_is_performed(
    qtbot: QtBot, library: Library, open_score: OpenScore, score: Score, tmp_path: Path
) -> None:
    scores = [score.document.path, tmp_path / "b.pdf"]
    scores[1].touch()
    wanted = wishes(library)
    library.open(scores)
    open_score.open(score)
    library.read()
    library._next.setInterval(0)
    library.positioned(at(State.FINISHED))
    qtbot.waitUntil(lambda: wanted == scores)
    open_score.close()


def button(window: QMainWindow, text: str) -> QAbstractButton:
    """Of the question that is open."""
    (box,) = window.findChildren(QMessageBox)
    return next(each for each in box.buttons() if text in each.text().replace("&", ""))


@pytest.mark.parametrize("dropped", [("a.pdf", "b.pdf"), ("evening.setlist",)])
def test_dropping_asks_before_it_replaces_a_setlist(
    qtbot: QtBot, window: QMainWindow, library: Library, tmp_path: Path, dropped: tuple[str, ...]
) -> None:
    wanted, before = wishes(library), [tmp_path / "of the last evening.pdf"]
    window.show()
    for name in ("a.pdf", "b.pdf"):
        (tmp_path / name).touch()
    (tmp_path / "evening.setlist").write_text("a.pdf\nb.pdf\n")
    paths = [tmp_path / name for name in dropped]
    library.setlist.add(before)
    library.drop(paths)
    assert (library.setlist.pieces, wanted) == (before, [])
    button(window, "Cancel").click()
    assert (library.setlist.pieces, wanted) == (before, [])
    qtbot.waitUntil(lambda: not window.findChildren(QMessageBox))
    library.drop(paths)
    button(window, "Replace").click()
    assert library.setlist.pieces == [tmp_path / "a.pdf", tmp_path / "b.pdf"]
    assert wanted == [tmp_path / "a.pdf"]


def test_what_is_dropped_may_be_added(window: QMainWindow, library: Library, tmp_path: Path) -> None:
    wanted, scores = wishes(library), [tmp_path / name for name in ("a.pdf", "b.pdf", "c.pdf")]
    library.setlist.add(scores[:1])
    library.drop(scores[1:])
    button(window, "Add").click()
    assert (library.setlist.pieces, wanted) == (scores, [])
    library.drop(scores[:1])  # one score is no setlist
    assert wanted == scores[:1]


def test_dialogs_of_the_setlist_begin_where_the_last_score_was(
    library: Library, open_score: OpenScore, score: Score, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    for name in ("getOpenFileName", "getSaveFileName"):
        monkeypatch.setattr(QFileDialog, name, lambda *args: asked.append(args[2]) or ("", ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *args: asked.append(args[2]) or ([], ""))
    open_score.open(score)
    library.setlist.opened(score.document.path)
    library.setlist.add([score.document.path])
    for action in (library.setlist.open_list, library.setlist.save_list, library.setlist.of_pieces[0]):
        action.trigger()
    assert asked == [str(score.document.path.parent)] * 3
    open_score.close()


def test_a_setlist_is_opened_at_its_first_piece(qtbot: QtBot, library: Library, tmp_path: Path) -> None:
    wanted = wishes(library)
    (tmp_path / "a.pdf").touch()
    (tmp_path / "evening.SETLIST").write_text("a.pdf\n")
    library.open([tmp_path / "evening.SETLIST"])
    assert wanted == [tmp_path / "a.pdf"]
    with qtbot.waitSignal(library.said) as said:
        library.open([tmp_path / "none.setlist"])
    assert "cannot be read" in said.args[0]


def test_what_was_opened_is_remembered(
    library: Library, open_score: OpenScore, score: Score, preferences: RecordFile[Preferences]
) -> None:
    library.setlist.add([score.document.path])
    open_score.open(score)
    assert open_score.memory
    open_score.memory.change(page=2)
    open_score.close()
    assert open_score.memory is None
    open_score.open(score)
    assert open_score.memory
    assert open_score.memory.values.page == 2
    open_score.close()
    preferences.close()
    again = open_preferences(preferences.path.parent).values
    assert again.recent == again.setlist == (str(score.document.path),)


def begin(library: Library, open_score: OpenScore, score: Score) -> None:
    """The setlist opens a score, all of which is read."""
    library.setlist.chosen.emit(score.document.path)
    open_score.open(score)
    library.read()
    library._next.setInterval(0)


def test_the_next_piece_follows_at_the_end(
    qtbot: QtBot, library: Library, open_score: OpenScore, score: Score, tmp_path: Path
) -> None:
    following = tmp_path / "b.pdf"
    following.touch()
    library.setlist.add([score.document.path, following])
    begin(library, open_score, score)
    wanted = wishes(library)
    library.positioned(at(State.FOLLOWING))
    library.positioned(at(State.FINISHED))
    library.positioned(at(State.FOLLOWING))  # it was not the end
    qtbot.wait(20)
    assert wanted == []
    for _ in range(3):
        library.positioned(at(State.FINISHED))
    qtbot.waitUntil(lambda: wanted == [following])
    open_score.close()


def test_nothing_follows_unless_the_setlist_is_played(
    qtbot: QtBot,
    window: QMainWindow,
    library: Library,
    open_score: OpenScore,
    score: Score,
    preferences: RecordFile[Preferences],
    tmp_path: Path,
) -> None:
    (tmp_path / "b.pdf").touch()
    library.setlist.add([score.document.path, tmp_path / "b.pdf"])
    begin(library, open_score, score)
    library.open([score.document.path])  # to practise it
    open_score.open(score)
    library.read()
    wanted = wishes(library)
    library.positioned(at(State.FINISHED))
    open_score.open(score)
    library.setlist.chosen.emit(score.document.path)
    open_score.open(score)
    library.positioned(at(State.FINISHED))  # of what is read so far
    begin(library, open_score, score)
    (action,) = [action for action in window.actions() if action.objectName() == "next_at_end"]
    action.trigger()
    assert not preferences.values.next_at_end
    library.positioned(at(State.FINISHED))
    qtbot.wait(20)
    assert set(wanted) == {score.document.path}
    open_score.close()


def test_on_stage_and_after_the_end_a_piece_begins_at_its_beginning(
    library: Library, open_score: OpenScore, score: Score
) -> None:
    library.setlist.add([score.document.path])
    for leave, expected in ((lambda: None, 2), (lambda: library.setlist.chosen.emit(score.document.path), 1)):
        open_score.open(score)
        assert open_score.memory
        open_score.memory.change(page=2)
        open_score.close()
        leave()
        open_score.open(score)
        assert open_score.memory.values.page == expected
    open_score.memory.change(page=2)
    library.read()
    library.positioned(at(State.FINISHED))
    open_score.close()
    open_score.open(score)
    assert open_score.memory.values.page == 1
    open_score.close()


def test_the_setlist_is_shown_as_it_was_left(
    qtbot: QtBot, library: Library, preferences: RecordFile[Preferences]
) -> None:
    assert library.setlist.isHidden()
    library.setlist.show()
    library.keep()
    window = QMainWindow()
    qtbot.addWidget(window)
    assert not Library(window, Menus(window), preferences, OpenScore(preferences)).setlist.isHidden()


def test_pages_that_could_not_be_read_are_said(
    qtbot: QtBot, library: Library, open_score: OpenScore, score: Score
) -> None:
    open_score.open(score)
    with qtbot.assertNotEmitted(library.said):
        library.read()
    score.document.warnings.append("Page 2 cannot be read; a grey page stands in its place.")
    with qtbot.waitSignal(library.said) as said:
        library.read()
    assert said.args == score.document.warnings
    open_score.close()


def test_a_score_whose_systems_were_corrected_is_opened_anew(
    qtbot: QtBot, library: Library, open_score: OpenScore, score: Score
) -> None:
    wanted = wishes(library)
    library.fix_staves()  # there is no score
    open_score.open(score)
    library.fix_staves()
    (editor,) = library.parent().findChildren(SystemsEditor)
    qtbot.waitUntil(lambda: editor.list.count() > 0, timeout=30_000)
    editor.remove_button.click()
    editor.close()
    assert wanted == [score.document.path]
    library.fix_staves()
    assert library._editor
    qtbot.waitUntil(library._editor.remove_button.isEnabled, timeout=30_000)
    library._editor.remove_button.click()
    open_score.close()  # another score is opened meanwhile
    assert len(wanted) == 1
    assert library._editor is None


def test_settings_that_cannot_be_written_are_said_once(qtbot: QtBot, window: QMainWindow, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    settings = open_preferences(tmp_path / "file")
    library = Library(window, Menus(window), settings, OpenScore(settings))
    said: list[str] = []
    library.said.connect(said.append)
    with qtbot.waitSignal(library.said):
        settings.change(paper="night")
    settings.change(paper="sepia")
    settings.close()
    qtbot.wait(20)
    (sentence,) = said
    assert "settings.json cannot be written" in sentence
    assert isinstance(sentence, Message)


def test_what_is_known_of_a_score_and_cannot_be_written_is_said(
    qtbot: QtBot, library: Library, open_score: OpenScore, score: Score, tmp_path: Path
) -> None:
    open_score.open(score)
    assert open_score.memory
    (tmp_path / "memory").touch()
    with qtbot.waitSignal(library.said) as said:
        open_score.memory.change(page=2)
    assert "memory.json cannot be written" in said.args[0]
    open_score.close()
