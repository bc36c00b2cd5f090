"""What the user puts right is kept, for that score only, and comes back."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from livefollow.errors import ScoreError
from livefollow.score.corrections import Corrections, straight_system
from livefollow.score.hands import DuetPart
from livefollow.score.score import Score
from livefollow.score.systems import System


def two() -> list[System]:
    return [straight_system(1, 50, 550, [(y, y + 20), (y + 50, y + 70)]) for y in (100, 300)]


def test_nothing_corrected_shows_what_was_detected(tmp_path: Path) -> None:
    detected = two()
    assert Corrections("a" * 64, tmp_path).systems(1, detected) == detected
    assert not any(tmp_path.iterdir())


def test_every_kind_of_change_comes_back(tmp_path: Path) -> None:
    first = Corrections("hash", tmp_path)
    first.add(1, two(), straight_system(1, 60, 500, [(200, 220)]))
    assert [s.top for s in first.systems(1, two())] == [100, 200, 300]
    first.skip(1, two(), 0)
    first.move(1, two(), 1, (70, 210, 510, 250))
    first.remove(1, two(), 2)
    again = Corrections("hash", tmp_path).systems(1, two())
    assert [s.skip for s in again] == [True, False]
    moved = again[1]
    assert [moved.left, moved.top, moved.right, moved.bottom] == pytest.approx([70, 210, 510, 250])
    assert moved.staff_space == pytest.approx(10)
    assert Corrections("other", tmp_path).pages == []


def test_curves_survive_the_file(tmp_path: Path) -> None:
    staff = two()[0].staves[0]
    bent = type(staff)(np.array([1, 2, 9.5]), np.array([10, 11.25, 12]), np.array([5, 5.125, 5.25]))
    Corrections("hash", tmp_path).add(3, [], System(3, (bent,), (0,), tilt=(0.01, -0.02)))
    system = Corrections("hash", tmp_path).systems(3, [])[0]
    assert system.tilt == (0.01, -0.02)
    for name in ("x", "centre", "space"):
        np.testing.assert_allclose(getattr(system.staves[0], name), getattr(bent, name), atol=1e-4)


def test_forgetting_a_page_shows_the_detected_systems_again(tmp_path: Path) -> None:
    corrections = Corrections("hash", tmp_path)
    corrections.remove(1, two(), 0)
    assert len(corrections.systems(1, two())) == 1
    corrections.forget(1)
    assert len(Corrections("hash", tmp_path).systems(1, two())) == 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        '{"version": 99, "pages": {}}',
        '{"version": 1, "pages": []}',
        '{"version": 1, "pages": {"1": [{}]}}',
        '{"version": 1, "pages": {"1": [{"piano": [0], "skip": false, "tilt": [0, 0], '
        '"staves": [{"x": [0, 500], "centre": [100, NaN], "space": [5, 5]}]}]}}',
        '{"version": 1, "pages": {"1": [{"piano": [0], "skip": false, "tilt": [0, 0], '
        '"staves": [{"x": [0, 500], "centre": [100, 100], "space": [1e-9, 1e-9]}]}]}}',
    ],
)
def test_a_damaged_file_is_kept_aside_and_said(tmp_path: Path, text: str, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "hash.json").write_text(text)
    assert Corrections("hash", tmp_path).systems(1, two())
    (kept,) = tmp_path.glob("hash.broken-*.json")
    assert kept.read_text() == text
    assert "corrections" in caplog.text


def test_impossible_changes_are_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    corrections = Corrections("hash", tmp_path)
    with pytest.raises(IndexError, match="2 systems"):
        corrections.remove(1, two(), 2)
    with pytest.raises(ScoreError, match="width and a height"):
        corrections.move(1, two(), 0, (100, 100, 100, 200))
    with pytest.raises(ScoreError, match="at least one staff"):
        straight_system(1, 0, 100, [])
    assert corrections.systems(1, two())[0].top == 100


def test_a_score_is_read_as_it_was_corrected(data: Path, tmp_path: Path) -> None:
    with Score(data / "melody.pdf", data=tmp_path) as score:
        list(score.read())
        assert len(score.strip.placements) == 5
        score.corrections.skip(1, score.systems[1], 2)
    copy = tmp_path / "renamed.pdf"
    copy.write_bytes((data / "melody.pdf").read_bytes())
    with Score(copy, data=tmp_path) as score:
        list(score.read())
        assert [p.number for p in score.strip.placements] == [1, 2, 4, 5]


def test_a_file_of_0_1_0_is_read_as_it_was(data: Path, tmp_path: Path) -> None:
    """Without turns and part, in the points of the page."""
    old = {
        "version": 1,
        "pages": {
            "1": [
                {
                    "piano": [0],
                    "skip": False,
                    "tilt": [0.0, 0.0],
                    "staves": [{"x": [60.0, 500.0], "centre": [110.0, 111.0], "space": [5.0, 5.0]}],
                }
            ]
        },
    }
    with Score(data / "melody.pdf", data=tmp_path) as score:
        score.corrections.path.write_text(json.dumps(old))
    with Score(data / "melody.pdf", data=tmp_path) as score:
        list(score.read())
        (system,) = score.systems[1]
        assert (system.left, system.right, system.top) == (60.0, 500.0, 100.5)
        assert (score.corrections.turns, score.corrections.part) == ({}, DuetPart.ALL)
        assert score.doubts == {}


@pytest.mark.parametrize("more", ['"part": "middle"', '"turns": {"1": "left"}', '"turns": []'])
def test_turns_and_parts_that_make_no_sense_are_kept_aside(tmp_path: Path, more: str) -> None:
    (tmp_path / "hash.json").write_text(f'{{"version": 1, "pages": {{}}, {more}}}')
    corrections = Corrections("hash", tmp_path)
    assert (corrections.turns, corrections.part) == ({}, DuetPart.ALL)
    assert len(list(tmp_path.glob("hash.broken-*.json"))) == 1


def test_corrections_of_a_turned_page_are_put_aside_and_come_back(tmp_path: Path) -> None:
    corrections = Corrections("hash", tmp_path)
    corrections.put(1, two())
    for quarters, kept in ((1, []), (2, []), (0, [1])):
        corrections.turn({1: quarters})
        corrections = Corrections("hash", tmp_path)
        assert corrections.pages == kept
    assert [s.top for s in corrections.systems(1, [])] == pytest.approx([100, 300])


def test_corrections_of_version_0_1_0_are_those_it_showed(data: Path, tmp_path: Path) -> None:
    left = data / "version_0_1_0" / "window"
    folder = Path(shutil.copytree(left / "scores", tmp_path / "scores"))
    with Score(data / "small.pdf", data=folder) as score:
        list(score.read())
        shown = score.systems[1]
        assert score.corrections.pages == [1]
    expected = json.loads((left / "systems.json").read_text(encoding="utf-8"))
    assert [(len(s.staves), s.skip) for s in shown] == [(e["staves"], e["skip"]) for e in expected]
    boxes = [[s.left, s.top, s.right, s.bottom] for s in shown]
    np.testing.assert_allclose(boxes, [e["box"] for e in expected], atol=0.01)
