"""Systems put right by hand, and every step taken back."""

from pathlib import Path

import pytest

from livefollow.errors import ScoreError
from livefollow.score.corrections import Corrections, straight_system
from livefollow.score.systems import System
from livefollow.viewer.systems_editor.edit import SystemsEdit, level_box, staff_shares


def two() -> list[System]:
    return [straight_system(1, 50, 550, [(y, y + 20), (y + 50, y + 70)]) for y in (100, 300)]


@pytest.fixture
def edit(tmp_path: Path) -> SystemsEdit:
    edit = SystemsEdit(Corrections("hash", tmp_path))
    edit.know(1, two())
    return edit


def boxes(edit: SystemsEdit) -> list[tuple[float, ...]]:
    return [level_box(system) for system in edit.systems(1)]


def test_every_change_can_be_taken_back(edit: SystemsEdit, tmp_path: Path) -> None:
    seen = [boxes(edit)]
    assert edit.move(1, 0, (60, 400, 540, 480)) == 1  # below the other now
    seen.append(boxes(edit))
    assert edit.add(1, (50, 500, 550, 560)) == 2
    seen.append(boxes(edit))
    assert edit.skip(1, 0, True) == 0
    seen.append(boxes(edit))
    edit.remove(1, 1)
    seen.append(boxes(edit))
    assert edit.set_staves(1, 1, 3) == 1
    assert [len(system.staves) for system in edit.systems(1)] == [2, 3]
    assert edit.systems(1)[1].piano == (1, 2)
    seen.append(boxes(edit))
    edit.forget(1)
    assert not edit.corrected(1)
    assert boxes(edit) == seen[0]
    for before in reversed(seen):
        assert edit.undo() == 1
        assert boxes(edit) == before
        assert boxes(edit) == boxes_in(tmp_path)
    assert not edit.changed
    assert not edit.corrected(1)
    with pytest.raises(IndexError):
        edit.undo()


def boxes_in(folder: Path) -> list[tuple[float, ...]]:
    """As the score would be read now."""
    return [level_box(system) for system in Corrections("hash", folder).systems(1, two())]


def test_a_new_system_is_like_the_one_above(edit: SystemsEdit) -> None:
    edit.remove(1, 1)
    index = edit.add(1, (50, 300, 550, 335))
    new = edit.systems(1)[index]
    assert [(staff.top, staff.bottom) for staff in new.staves] == [(300, 310), (325, 335)]
    edit.remove(1, 0)
    edit.remove(1, 0)
    index = edit.add(1, (50, 300, 550, 370))
    new = edit.systems(1)[index]
    assert [(staff.top, staff.bottom) for staff in new.staves] == [(300, 320), (350, 370)]


def test_a_box_turned_inside_out_changes_nothing(edit: SystemsEdit) -> None:
    with pytest.raises(ScoreError, match="larger box"):
        edit.move(1, 0, (100, 100, 50, 200))
    assert not edit.changed


def test_shares_of_one_staff() -> None:
    assert staff_shares(1, None) == [(0.0, 1.0)]
