"""Boxes follow the mouse and the keys, and the score is read as they were left."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PyQt6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PyQt6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from livefollow.score.score import Score
from livefollow.viewer.systems_editor.canvas import Edge, stretched
from livefollow.viewer.systems_editor.dialog import SystemsEditor
from livefollow.viewer.systems_editor.edit import Box, level_box


@pytest.fixture
def score(data: Path, tmp_path: Path) -> Iterator[Score]:
    with Score(data / "melody.pdf", data=tmp_path) as score:
        yield score


@pytest.fixture
def editor(qtbot: QtBot, score: Score) -> Iterator[SystemsEditor]:
    editor = SystemsEditor(score, 1)
    qtbot.addWidget(editor)
    editor.resize(1000, 900)  # whatever the screen has room for
    editor.show()
    qtbot.waitUntil(lambda: editor.list.count() > 0, timeout=30_000)
    yield editor
    editor.close()


def boxes(editor: SystemsEditor) -> list[Box]:
    return [level_box(system) for system in editor._edit.systems(editor.page)]


def drag(qtbot: QtBot, editor: SystemsEditor, start: tuple[float, float], end: tuple[float, float]) -> None:
    """From a point of the page to another."""

    def at(point: tuple[float, float]) -> QPoint:
        return (QPointF(*point) * editor.canvas.scale).toPoint()

    qtbot.mousePress(editor.canvas, Qt.MouseButton.LeftButton, pos=at(start))
    qtbot.mouseMove(editor.canvas, at(end))
    qtbot.mouseRelease(editor.canvas, Qt.MouseButton.LeftButton, pos=at(end))


def test_edges_follow_the_mouse(qtbot: QtBot, editor: SystemsEditor) -> None:
    before = boxes(editor)
    left, top, right, bottom = before[1]
    drag(qtbot, editor, ((left + right) / 2, bottom), ((left + right) / 2, bottom + 10))
    after = boxes(editor)
    assert after[1] == pytest.approx((left, top, right, bottom + 10), abs=1)
    assert after[:1] + after[2:] == before[:1] + before[2:]
    drag(qtbot, editor, (left + 100, (top + bottom) / 2), (left + 95, (top + bottom) / 2 - 5))
    assert boxes(editor)[1] == pytest.approx((left - 5, top - 5, right - 5, bottom + 5), abs=1)
    editor.undo_button.click()
    editor.undo_button.click()
    assert boxes(editor) == before
    assert not editor.undo_button.isEnabled()


def test_a_box_is_drawn_on_empty_paper(qtbot: QtBot, editor: SystemsEditor) -> None:
    count = len(boxes(editor))
    bottom = boxes(editor)[-1][3]
    drag(qtbot, editor, (100, bottom + 60), (400, bottom + 90))
    assert boxes(editor)[-1] == pytest.approx((100, bottom + 60, 400, bottom + 90), abs=1)
    drag(qtbot, editor, (100, bottom + 120), (102, bottom + 122))  # a click that slipped
    assert len(boxes(editor)) == count + 1


def test_keys_do_it_too_and_the_score_is_read_so(
    qtbot: QtBot, editor: SystemsEditor, score: Score, data: Path, tmp_path: Path
) -> None:
    before = boxes(editor)
    editor.list.setCurrentRow(2)
    qtbot.keyClick(editor.canvas, Qt.Key.Key_Down)
    qtbot.keyClick(editor.canvas, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    left, top, right, bottom = before[2]
    assert boxes(editor)[2] == pytest.approx((left, top + 1, right + 1, bottom + 1), abs=1e-3)
    editor.skip_button.click()
    editor.list.setCurrentRow(0)
    editor.remove_button.click()
    editor.staves.setValue(2)
    assert "skipped" in editor.list.item(1).text()
    with qtbot.waitSignal(editor.corrected):
        qtbot.keyClick(editor, Qt.Key.Key_Escape)
    with Score(data / "melody.pdf", data=tmp_path) as again:
        list(again.read())
        systems = again.systems[1]
    assert len(systems) == len(before) - 1
    assert [system.skip for system in systems].index(True) == 1
    assert len(systems[0].staves) == 2


def test_what_was_detected_comes_back(qtbot: QtBot, editor: SystemsEditor, score: Score) -> None:
    before = boxes(editor)
    for _ in before:
        editor.remove_button.click()
    assert boxes(editor) == []
    assert not editor.remove_button.isEnabled()
    editor.add_button.click()
    assert len(boxes(editor)) == 1
    editor.forget_button.click()
    assert boxes(editor) == before
    assert score.corrections.pages == []


def test_a_change_that_cannot_be_saved_is_said(
    qtbot: QtBot, editor: SystemsEditor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*args: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("livefollow.score.corrections.write_whole", full)
    editor.remove_button.click()
    assert "No space left" in editor._sentence.text()


def test_closing_at_once_is_no_error(qtbot: QtBot, score: Score) -> None:
    editor = SystemsEditor(score, 1)
    qtbot.addWidget(editor)
    editor.resize(1000, 900)  # whatever the screen has room for
    editor.show()
    with qtbot.assertNotEmitted(editor.corrected):
        editor.close()


def test_everything_has_a_name(editor: SystemsEditor) -> None:
    for widget in (editor.canvas, editor.list, editor.page_number, editor.staves):
        assert isinstance(widget, QWidget)
        assert widget.accessibleName()


def test_no_edge_passes_the_other() -> None:
    assert stretched((0, 0, 10, 10), Edge.LEFT, 15, 0) == (10, 0, 15, 10)
    assert stretched((0, 0, 10, 10), Edge.ALL, 1, 2) == (1, 2, 11, 12)


def test_a_box_around_two_staves_takes_them(qtbot: QtBot, data: Path, tmp_path: Path) -> None:
    """Drawn loosely on a page on which nothing was found; a box around one staff takes that one."""
    with Score(data / "piano.pdf", data=tmp_path) as score:
        _, detected = score.detect(2)
        for _ in detected:
            score.corrections.remove(2, detected, 0)
        editor = SystemsEditor(score, 2)
        qtbot.addWidget(editor)
        editor.resize(1000, 900)
        editor.show()
        qtbot.waitUntil(lambda: editor._known, timeout=30_000)
        left, top, right, bottom = level_box(detected[1])
        drag(qtbot, editor, (left - 8, top - 9), (right + 5, bottom + 7))
        (system,) = editor._edit.systems(2)
        assert [(s.top, s.bottom) for s in system.staves] == [
            (pytest.approx(s.top, abs=0.5), pytest.approx(s.bottom, abs=0.5)) for s in detected[1].staves
        ]
        assert system.piano == (0, 1)
        staff = detected[3].staves[0]
        drag(qtbot, editor, (staff.left - 8, staff.top - 8), (staff.right + 5, staff.bottom + 7))
        assert [len(system.staves) for system in editor._edit.systems(2)] == [2, 1]
        editor.close()


def test_the_dialog_fits_a_small_screen(editor: SystemsEditor, monkeypatch: pytest.MonkeyPatch) -> None:
    class Small:
        def availableGeometry(self) -> QRect:  # noqa: N802  # Qt's name
            return QRect(0, 0, 1366, 728)

    monkeypatch.setattr(editor, "screen", Small)
    fitting = editor._fitting(QSize(1000, 900))
    assert fitting.height() < 728 - 40  # px of a title bar
    editor.resize(fitting)
    assert editor.minimumSizeHint().height() <= fitting.height()
