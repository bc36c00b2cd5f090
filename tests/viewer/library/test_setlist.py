"""A setlist as a file, and as the panel that goes through it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PyQt6.QtCore import QMimeData, Qt, QUrl
from PyQt6.QtWidgets import QListWidget, QMainWindow
from pytestqt.qtbot import QtBot

from livefollow.errors import ScoreError
from livefollow.viewer.library.file_dialogs import dropped_paths, score_filter
from livefollow.viewer.library.setlist import read_setlist, setlist_text
from livefollow.viewer.library.setlist_panel import SetlistPanel


def test_a_setlist_comes_back_where_it_was_moved_with_its_scores(tmp_path: Path) -> None:
    first, away = tmp_path / "here", tmp_path / "away"
    names = ["Präludium.pdf", "a folder/2.png", "#1.pdf", " b.pdf", "~c.pdf", "\udce4.pdf"]
    text = setlist_text([*(first / name for name in names), Path("/other/d.pdf")], first)
    away.mkdir()
    (away / "evening.setlist").write_text("\ufeff# Sunday\n\n" + text, encoding="utf-8", errors="surrogateescape")
    assert read_setlist(away / "evening.setlist") == [*(away / name for name in names), Path("/other/d.pdf")]


@pytest.mark.parametrize("content", [b"", b"# nothing\n\n", b"a\0b", b"x\n" * 501, b"#" * (2 << 20)])
def test_what_is_no_setlist_is_a_sentence(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.setlist").write_bytes(content)
    with pytest.raises(ScoreError, match=r"setlist.*\.$"):
        read_setlist(tmp_path / "x.setlist")
    with pytest.raises(ScoreError, match="cannot be read"):
        read_setlist(tmp_path / "none.setlist")
    with pytest.raises(ScoreError, match="line break"):
        setlist_text([Path("/a\nb.pdf")], tmp_path)


@pytest.fixture
def scores(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"{name}.pdf" for name in ("Bach", "Satie", "Chopin")]
    for path in paths:
        path.touch()
    return paths


@pytest.fixture
def panel(qtbot: QtBot, scores: list[Path]) -> SetlistPanel:
    panel = SetlistPanel([str(path) for path in scores])
    qtbot.addWidget(panel)
    return panel


def chosen_by(panel: SetlistPanel, do: Callable[[], object]) -> list[Path]:
    chosen: list[Path] = []
    panel.chosen.connect(chosen.append)
    do()
    panel.chosen.disconnect(chosen.append)
    return chosen


def test_pieces_follow_each_other(panel: SetlistPanel, scores: list[Path]) -> None:
    assert not panel.previous_piece.isEnabled()
    assert chosen_by(panel, panel.next_piece.trigger) == scores[:1]
    assert chosen_by(panel, panel.next_piece.trigger) == scores[1:2]
    assert chosen_by(panel, panel.previous_piece.trigger) == scores[:1]
    panel.opened(scores[2])
    assert not panel.has_next
    assert chosen_by(panel, lambda: panel.step(1)) == []
    panel.opened(Path("/elsewhere.pdf"))
    assert chosen_by(panel, panel.next_piece.trigger) == scores[:1]


def test_a_piece_may_come_again(panel: SetlistPanel, scores: list[Path]) -> None:
    panel.add(scores[:1])
    panel.step(1)
    panel.step(1)
    panel.step(1)
    assert chosen_by(panel, lambda: panel.step(1)) == scores[:1]
    panel.opened(scores[0])  # as the window says once it is open
    assert not panel.has_next


def test_order_by_keys(qtbot: QtBot, panel: SetlistPanel, scores: list[Path]) -> None:
    (widget,) = panel.findChildren(QListWidget)
    panel.step(1)
    actions = {action.text(): action for action in widget.actions()}
    with qtbot.waitSignal(panel.changed):
        actions["Down"].trigger()
    assert panel.pieces == [scores[1], scores[0], scores[2]]
    assert chosen_by(panel, panel.next_piece.trigger) == scores[2:]
    with qtbot.waitSignal(panel.changed):
        actions["Remove"].trigger()
    assert panel.pieces == [scores[1], scores[0]]
    assert actions["Up"].shortcut().toString() == "Alt+Up"
    panel.show()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    widget.setCurrentRow(0)
    assert chosen_by(panel, lambda: qtbot.keyClick(widget, Qt.Key.Key_Return)) == scores[1:2]


def test_a_missing_piece_is_said_and_passed_over(qtbot: QtBot, panel: SetlistPanel, scores: list[Path]) -> None:
    scores[0].unlink()
    with qtbot.waitSignal(panel.failed) as failed:
        assert chosen_by(panel, panel.next_piece.trigger) == scores[1:2]
    assert chosen_by(panel, panel.previous_piece.trigger) == []
    assert "Bach.pdf is no longer there" in failed.args[0]
    (widget,) = panel.findChildren(QListWidget)
    item = widget.item(0)
    assert item
    assert item.text() == "1. Bach (missing)"


def test_saved_and_opened_again(qtbot: QtBot, panel: SetlistPanel, scores: list[Path], tmp_path: Path) -> None:
    panel.save(tmp_path / "evening")
    assert (tmp_path / "evening.setlist").read_text() == "Bach.pdf\nSatie.pdf\nChopin.pdf\n"
    other = SetlistPanel()
    qtbot.addWidget(other)
    assert chosen_by(other, lambda: other.load(tmp_path / "evening.setlist")) == scores[:1]
    assert other.pieces == scores
    with pytest.raises(ScoreError, match="cannot be written"):
        panel.save(scores[0] / "evening")


def test_local_files_may_be_dropped() -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile("/a b.pdf"), QUrl("https://example.org/c.pdf")])
    assert dropped_paths(data) == [Path("/a b.pdf")]
    assert dropped_paths(None) == []
    assert "*.PDF" in score_filter()


def test_pieces_are_moved_removed_and_opened_by_keys(qtbot: QtBot, panel: SetlistPanel, scores: list[Path]) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, panel)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    (widget,) = panel.findChildren(QListWidget)
    panel.enter()
    assert widget.hasFocus()
    assert widget.currentRow() == 0
    qtbot.keyClick(widget, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert panel.pieces == [scores[1], scores[0], scores[2]]
    qtbot.keyClick(widget, Qt.Key.Key_Delete)
    assert panel.pieces == [scores[1], scores[2]]
    assert widget.currentRow() == 1
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        assert chosen_by(panel, lambda key=key: qtbot.keyClick(widget, key)) == scores[2:]
    qtbot.keyClick(widget, Qt.Key.Key_Delete)
    qtbot.keyClick(widget, Qt.Key.Key_Delete)
    assert panel.pieces == []
    assert chosen_by(panel, lambda: qtbot.keyClick(widget, Qt.Key.Key_Return)) == []
    panel.setParent(None)  # each of the two is closed by itself


def test_a_setlist_of_version_0_1_0_is_read(data: Path) -> None:
    folder = data / "version_0_1_0" / "window"
    pieces = [folder / "first.pdf", folder / "folder" / "zweites Stück.pdf", Path("/music/third.pdf")]
    assert read_setlist(folder / "concert.setlist") == pieces
