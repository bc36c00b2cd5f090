"""The way of a cursor through a piece, and what is counted of it."""

from __future__ import annotations

import numpy as np
import pytest

from livefollow.follow.paper.state import NOTTINGHAM
from livefollow.train.paper.data import PaperPiece
from livefollow.train.paper.following import Way


@pytest.fixture
def piece() -> PaperPiece:
    """An onset every ten frames, each 20 px further."""
    k = np.arange(12)
    sheet, frames = np.zeros((40, 400), np.uint8), np.zeros((140, 78), np.float16)
    return PaperPiece("even", sheet, frames, 9.5 + 10.0 * k, 30 + 20.0 * k)


def test_the_truth_is_followed_to_the_end_without_error(piece: PaperPiece) -> None:
    way = Way(piece, NOTTINGHAM, piece.true_x[piece.first :])
    assert not way.is_lost
    assert way.stop == piece.last
    assert way.at_onsets.tolist() == [0.0] * 12
    assert way.as_released[0] == 12


def test_who_stands_is_lost_when_the_player_is_b_away(piece: PaperPiece) -> None:
    way = Way(piece, NOTTINGHAM, np.full(200, 30.0))
    assert way.is_lost
    assert way.stop == 35  # 2 px a frame from frame 9.5 on: 51 px, while 50 px at 34.5 would be in
    assert way.at_onsets == pytest.approx([1, 21, 41])
    assert way.tracked.max() == pytest.approx(49)
    reached, errors = way.as_released
    assert reached == 7  # those up to 2 s after it was lost
    assert len(errors) == 2  # 40 frames before the sixth and the seventh onset
    assert errors == pytest.approx([21, 41])


def test_lost_between_onsets_only(piece: PaperPiece) -> None:
    x = piece.true_x[piece.first :].copy()
    x[14:16] += 60  # before the third onset is heard, at 20
    way = Way(piece, NOTTINGHAM, x)
    assert way.is_lost
    assert len(way.at_onsets) == 2
    assert len(way.at_onsets_only) == 12


def test_a_way_that_ends_too_soon_reaches_no_more_onsets(piece: PaperPiece) -> None:
    way = Way(piece, NOTTINGHAM, piece.true_x[piece.first :][:15])
    assert len(way.at_onsets_only) == 2
