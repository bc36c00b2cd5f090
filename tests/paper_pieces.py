"""Pieces made of dots: a note is a dot on the sheet and a tone in the frames."""

from __future__ import annotations

import numpy as np

from livefollow.constants import N_BINS
from livefollow.follow.paper.state import NOTTINGHAM, PaperTask
from livefollow.train.paper.data import PaperPiece


def dotted_piece(seed: int = 0, task: PaperTask = NOTTINGHAM, notes: int = 12) -> PaperPiece:
    rng = np.random.default_rng(seed)
    onset_frame = 9 + np.cumsum(rng.integers(3, 8, notes)).astype(np.float64)
    onset_x = 30.5 + np.cumsum(rng.integers(8, 20, notes)).astype(np.float64)
    heights = rng.integers(2, task.height - 4, notes)
    sheet = np.zeros((task.height, int(onset_x[-1]) // task.px + 40), np.uint8)
    frames = np.zeros((int(onset_frame[-1]) + 20, N_BINS), np.float16)
    for at, x, row in zip(onset_frame, onset_x, heights, strict=True):
        sheet[row : row + 3, int(x) // task.px - 1 : int(x) // task.px + 2] = 255
        frames[int(at) + 1 : int(at) + 6, row : row + 3] += 1
    return PaperPiece(f"dots-{seed}", sheet, frames, onset_frame, onset_x)
