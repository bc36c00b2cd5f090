"""What the paper's agents learn from, made of a look and its music."""

from __future__ import annotations

import os
from pathlib import Path

import numpy as np
import pytest

from livefollow.constants import BAND_HEIGHT, STRIP_HEIGHT
from livefollow.errors import LivefollowError
from livefollow.follow.paper.state import MSMD, NOTTINGHAM
from livefollow.train.data.notation.music import Music, Note, Section
from livefollow.train.data.score_look import HEAD, MARK, ScoreLook
from livefollow.train.paper import data as paper_data
from livefollow.train.paper.data import pieces_of, places_of


def head(x: float, onset: float, **more: object) -> np.void:
    out = np.zeros((), HEAD)
    for name, value in {"x": x, "onset": onset, "page": 1, "system": 1, **more}.items():
        out[name] = value
    return out[()]


HEADS = np.array(
    [
        head(100, 0),
        head(108, 0),  # a second beside it
        head(150, 1, grace=-0.5),
        head(160, 1),
        head(200, 2),
        head(240, 2.5, tied=True),
        head(900, 2, system=2),  # drawn once more
        head(940, 3, system=2),
    ]
)


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    notes = [Note(q, 1.0, 60 + i, 0) for i, q in enumerate((0.0, 1.0, 2.0, 3.0))]
    # Played in its order of play, the middle would be skipped.
    music = Music("tune", "test", "CC0", notes, [0.0], [(0.0, 120.0)], straight=[Section(0, 1), Section(3, 4)])
    bands = np.full((2, BAND_HEIGHT, 1400), 255, np.uint8)
    bands[0, BAND_HEIGHT // 2, 700] = 0
    image = np.full((STRIP_HEIGHT, 1400), 255, np.uint8)
    systems, prefixes = np.array([[1, 1, 0, 800], [1, 2, 800, 1400]], np.int32), np.zeros((2, 2), np.float32)
    look = ScoreLook(bands, image, systems, HEADS, np.empty(0, MARK), prefixes)
    for task, name in ((NOTTINGHAM, "verovio-bravura"), (MSMD, "lilypond")):
        folder = tmp_path / "scores" / paper_data.SPLITS[task]["valid"] / "tune"
        folder.mkdir(parents=True)
        look.save(folder / f"{name}.npz")
        music.save(folder / "music.json")

    class Clicks:
        def render(self, notes, sample_rate, tuning_hz):
            out = np.zeros(5 * sample_rate, np.float32)
            for note in notes:
                at = round(note.onset * sample_rate)
                out[at : at + 2000] = np.random.default_rng(0).normal(0, 0.1, 2000)
            return out

    monkeypatch.setattr(paper_data, "open_piano", lambda *_: Clicks())
    return tmp_path


def test_places_are_of_what_is_struck_where_it_is_first_printed() -> None:
    look = ScoreLook(np.empty(0), np.empty(0), np.empty(0), HEADS, np.empty(0), np.empty(0))
    assert places_of(look) == {0: 104, 1: 160, 2: 200, 3: 940}


@pytest.mark.parametrize("task", [NOTTINGHAM, MSMD], ids=lambda task: task.name)
def test_a_piece_is_played_through_and_its_onsets_are_where_they_are_printed(data: Path, task) -> None:
    (piece,) = pieces_of(data, task, "valid")
    assert piece.onset_x == pytest.approx(np.array([104, 160, 200, 940]) * task.strip_px)
    assert np.diff(piece.onset_frame) == pytest.approx([10, 10, 10])  # half seconds
    assert piece.frames[piece.first].any()
    assert not piece.frames[piece.first - 1].any()
    assert piece.sheet.shape == (task.height, round(1400 * task.strip_px))
    assert len(piece.true_x) == piece.last + 1 <= len(piece.frames)


def test_every_look_is_a_piece_of_its_own_with_the_same_sound(data: Path) -> None:
    folder = data / "scores" / paper_data.SPLITS[NOTTINGHAM]["valid"] / "tune"
    look = ScoreLook.load(folder / "verovio-bravura.npz")
    look.heads["x"] += 20
    look.save(folder / "verovio-leland.npz")
    one, other = pieces_of(data, NOTTINGHAM, "valid")
    assert other.onset_x == pytest.approx(one.onset_x + 20 * NOTTINGHAM.strip_px)
    assert np.array_equal(one.frames, other.frames)
    assert len(pieces_of(data, NOTTINGHAM, "valid", limit=1)) == 1


def test_what_was_rendered_is_kept(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (first,) = pieces_of(data, NOTTINGHAM, "valid")
    monkeypatch.setattr(paper_data, "open_piano", lambda *_: pytest.fail("rendered again"))
    (again,) = pieces_of(data, NOTTINGHAM, "valid")
    assert np.array_equal(first.frames, again.frames)
    kept = data / "paper" / "nottingham" / "valid" / "tune.verovio-bravura.npz"
    kept.write_bytes(b"broken")
    with pytest.raises(LivefollowError, match="remove it"):
        pieces_of(data, NOTTINGHAM, "valid")


def test_a_look_that_changed_is_rendered_again(data: Path) -> None:
    (before,) = pieces_of(data, NOTTINGHAM, "valid")
    (path,) = (data / "scores" / paper_data.SPLITS[NOTTINGHAM]["valid"] / "tune").glob("*.npz")
    look = ScoreLook.load(path)
    look.heads["x"] += 20
    earlier = path.stat().st_mtime_ns - 10**9
    look.save(path)
    os.utime(path, ns=(earlier, earlier))  # as of a copy that keeps its time
    (after,) = pieces_of(data, NOTTINGHAM, "valid")
    assert after.onset_x == pytest.approx(before.onset_x + 20 * NOTTINGHAM.strip_px)


def test_no_scores(tmp_path: Path) -> None:
    with pytest.raises(LivefollowError, match="livefollow data scores"):
        pieces_of(tmp_path, NOTTINGHAM, "train")
