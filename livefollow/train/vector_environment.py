"""Hundreds of `ScoreFollowing-v0` in one process, with the same transitions, moved by a few array operations.

All pieces' frames lie one after the other, as do their sheets, each column by column: a window is a run of memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from livefollow.follow.paper_state import (
    ACTIONS,
    FRAMES,
    Task,
    padded_frames,
    padded_sheet,
    sheet_state,
    spectrogram_state,
    window_left,
)
from livefollow.train.paper_data import Piece
from livefollow.train.rollout import Observation

CHANGES = np.array(ACTIONS)


class ScoreFollowingVector:
    """n environments, `rollout.Environments`. Whichever ends begins anew with another drawn piece.

    Attributes:
        n: how many.
    """

    def __init__(self, pieces: Sequence[Piece], task: Task, n: int, seed: int | Sequence[int]) -> None:
        """Take the pieces in.

        Args:
            pieces: to draw from.
            task: Nottingham or MSMD.
            n: environments.
            seed: of what is drawn.
        """
        self.n, self._task, self._pieces = n, task, pieces
        self._rng = np.random.default_rng(seed)
        frames = [padded_frames(p.frames) for p in pieces]
        sheets = [padded_sheet(task, p.sheet).T for p in pieces]
        self._frame_0 = np.cumsum([0, *map(len, frames)])
        self._sheet_0 = np.cumsum([0, *map(len, sheets)]) + task.width
        self._true_0 = np.cumsum([0, *(len(p.true_x) for p in pieces)])
        self._frames = sliding_window_view(np.concatenate(frames), FRAMES + 1, 0)  # (·, 78, 41)
        self._sheets = sliding_window_view(np.concatenate(sheets), task.width, 0)  # (·, height, width)
        self._true_x = np.concatenate([p.true_x for p in pieces])
        self._first = np.array([p.first for p in pieces])
        self._last = np.array([p.last for p in pieces])
        self._width = np.array([p.sheet.shape[1] for p in pieces])
        self._x_0 = np.array([p.onset_x[0] for p in pieces])
        self._piece, self._t, self._v = (np.zeros(n, np.int64) for _ in range(3))
        self._x = np.zeros(n)

    @property
    def playing(self) -> npt.NDArray[np.int64]:
        """(n,) number of the piece that each plays."""
        return self._piece.copy()

    def reset(self, pieces: npt.ArrayLike | None = None) -> Observation:
        """Begin n episodes.

        Args:
            pieces: (n,) number of the piece of each; drawn by default.
        """
        drawn = self._rng.integers(len(self._pieces), size=self.n)
        self._begin(np.arange(self.n), drawn if pieces is None else np.asarray(pieces))
        now = self._windows()
        return self._observation(now, now)

    def step(
        self, actions: npt.NDArray[np.int64]
    ) -> tuple[Observation, npt.NDArray[np.float32], npt.NDArray[np.bool_], dict[str, Any]]:
        """Change the speeds, move, and hear the next frame; see `rollout.Environments`.

        Returns:
            The observation, rewards, which ended, and of the step itself (before anything began anew): `piece`,
            `frame`, `x` and `dx`, each (n,), and `lost`, which of those that ended did not reach their piece's end.
        """
        before = self._windows()
        self._v += CHANGES[actions]
        self._x += self._v
        self._t += 1
        dx = self._x - self._true_x[self._true_0[self._piece] + self._t]
        lost = np.abs(dx) > self._task.lost
        rewards = np.where(lost, 0, 1 - np.abs(dx) / self._task.lost).astype(np.float32)
        ended = lost | (self._t >= self._last[self._piece])
        info = {"piece": self._piece.copy(), "frame": self._t.copy(), "x": self._x.copy(), "dx": dx, "lost": lost}
        over = np.flatnonzero(ended)
        if len(over):
            self._begin(over, self._rng.integers(len(self._pieces), size=len(over)))
        now = self._windows()
        before[over] = now[over]
        return self._observation(now, before), rewards, ended, info

    def _begin(self, which: npt.NDArray[np.int64], pieces: npt.NDArray[np.int64]) -> None:
        self._piece[which], self._t[which], self._v[which] = pieces, self._first[pieces], 0
        self._x[which] = self._x_0[pieces]

    def _windows(self) -> npt.NDArray[np.uint8]:
        left = window_left(self._task, self._x, self._width[self._piece])
        return self._sheets[self._sheet_0[self._piece] + left]

    def _observation(self, now: npt.NDArray[np.uint8], before: npt.NDArray[np.uint8]) -> Observation:
        heard = self._frames[self._frame_0[self._piece] + self._t]
        return spectrogram_state(heard.swapaxes(1, 2)), sheet_state(now, before)
