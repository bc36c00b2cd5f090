"""A small look of a score, for the reader to learn from."""

import numpy as np

from livefollow.constants import BAND_HEIGHT, STRIP_HEIGHT
from livefollow.train.data.score_look import HEAD, ScoreLook
from livefollow.train.data.score_look import MARK as LOOK_MARK


def a_look(seed: int = 1) -> ScoreLook:
    """Two systems of 200 px: a chord with a tied, a grace and a cut head; a bar line; the second hand's second."""
    rng = np.random.default_rng(seed)
    rows = [
        # x, staff, row, pitch, onset, grace, tied
        (30.0, 0, 56, 72, 0.0, 0, False),
        (30.5, 1, 56, 48, 0.0, 0, False),
        (38.0, 1, 52, 50, 0.0, 0, False),
        (60.0, 0, 56, 72, 1.0, 0, True),
        (90.0, 0, 60, 71, 1.5, 0, False),
        (84.0, 0, 40, 76, 1.5, -0.25, False),
        (90.0, 0, -4, 99, 1.5, 0, False),
        (230.0, 1, 70, 43, 3.5, 0, False),
    ]
    heads = np.zeros(len(rows), HEAD)
    for name, column in zip(
        ("x", "staff", "row", "pitch", "onset", "grace", "tied"), zip(*rows, strict=True), strict=True
    ):
        heads[name] = column
    return ScoreLook(
        rng.integers(0, 255, (2, BAND_HEIGHT, 400), np.uint8),
        rng.integers(0, 255, (STRIP_HEIGHT, 400), np.uint8),
        np.array([[1, 1, 0, 200], [1, 2, 200, 400]], np.int32),
        heads,
        np.array([(120.0, 0), (390.0, 3)], LOOK_MARK),
        np.zeros((2, 2), np.float32),
    )
