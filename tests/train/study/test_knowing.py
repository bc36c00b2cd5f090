"""The cursor that knows the way is the best there is."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from livefollow.follow.paper.state import ACTIONS, MSMD, NOTTINGHAM
from livefollow.train.paper.data import PaperPiece
from livefollow.train.paper.following import Way
from livefollow.train.study.knowing import knowing_way
from tests.paper_pieces import dotted_piece


def short_piece(seed: int) -> PaperPiece:
    rng = np.random.default_rng(seed)
    onset_frame = 3.5 + np.cumsum([0, *rng.integers(2, 4, 3)])
    onset_x = 20.0 + np.cumsum([0, *rng.integers(3, 15, 3)])
    return PaperPiece("short", np.zeros((40, 100), np.uint8), np.zeros((30, 78), np.float16), onset_frame, onset_x)


@pytest.mark.parametrize("nearest", [False, True])
@pytest.mark.parametrize("seed", range(3))
def test_no_other_actions_are_better(seed: int, nearest: bool) -> None:
    piece = short_piece(seed)
    true_x = piece.true_x[piece.first :]

    def cost(x: np.ndarray) -> float:
        off = np.abs(x - true_x)[1:]
        return float(off.max() if nearest else off.sum())

    ways = []
    for actions in itertools.product(ACTIONS, repeat=len(true_x) - 1):
        x = piece.onset_x[0] + np.concatenate([[0], np.cumsum(np.cumsum(actions))])
        ways.append(cost(x))
    x, changes = knowing_way(piece, NOTTINGHAM, nearest=nearest)
    assert cost(x) == pytest.approx(min(ways), abs=1e-3)
    assert np.array_equal(x, piece.onset_x[0] + np.concatenate([[0], np.cumsum(np.cumsum(changes, dtype=int))]))


@pytest.mark.parametrize("task", [NOTTINGHAM, MSMD], ids=lambda task: task.name)
def test_it_follows_whole_pieces(task) -> None:
    piece = dotted_piece(1, task, notes=80)
    near, nearest = (Way(piece, task, knowing_way(piece, task, nearest=n)[0]) for n in (False, True))
    assert not near.is_lost
    assert near.tracked.mean() <= nearest.tracked.mean()
    assert nearest.tracked.max() <= near.tracked.max() < 20
