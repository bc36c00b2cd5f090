"""Online dynamic time warping on chroma, the classic score follower: the paper's baseline with a perfect score.

The score is rendered as it stands (or, where only its picture is known, as it was read); frames of both are folded to
chroma, and a path is found through their distances as the player goes.

Dixon, "Live tracking of musical performances using on-line time warping", DAFx 2005; Dixon and Widmer, "MATCH: A music
alignment tool chest", ISMIR 2005.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from livefollow.constants import BANDS_PER_OCTAVE, FPS

FloatArray = npt.NDArray[np.float64]

SEARCH = 10 * FPS  # frames of the score, and of the sound, that a step looks back
MAX_RUN = 3  # steps in a row along one side only
SILENCE = 0.3  # of log energy, in a part of its own: frames that are quieter are near each other, whatever is in them


def chroma_of(frames: npt.NDArray[np.floating]) -> FloatArray:
    """Fold log-filterbank frames (T, 78), whose bands are semitones, to unit vectors (T, 13): chroma and silence."""
    sound = 10.0 ** frames.astype(np.float64) - 1
    octaves = -(-sound.shape[1] // BANDS_PER_OCTAVE)
    padded = np.zeros((len(sound), octaves * BANDS_PER_OCTAVE))
    padded[:, : sound.shape[1]] = sound
    chroma = np.log1p(padded.reshape(len(sound), octaves, BANDS_PER_OCTAVE).sum(1))
    whole = np.concatenate([chroma, np.full((len(chroma), 1), SILENCE)], 1)
    return np.asarray(whole / np.linalg.norm(whole, axis=1, keepdims=True))


class OnlineTimeWarping:
    """Follows chroma of a performance in chroma of a score, frame by frame."""

    def __init__(self, score: FloatArray) -> None:
        """Take the score.

        Args:
            score: (m, 13), from `chroma_of`.
        """
        self._score = score
        self._heard = np.empty((0, score.shape[1]))
        self._costs = np.full((2 * SEARCH, len(score)), np.inf)  # of paths, by frame heard and of the score
        self._t, self._j = -1, -1
        self._run, self._last = 0, (1, 1)

    def push(self, frame: FloatArray) -> int:
        """Hear a frame (13,); returns the frame of the score at which the player is."""
        self._heard = np.concatenate([self._heard, frame[None]])
        if len(self._heard) > len(self._costs):
            self._costs = np.concatenate([self._costs, np.full_like(self._costs, np.inf)])
        while not self._step():
            pass
        first = max(0, self._j + 1 - SEARCH)
        row = self._costs[self._t, first : self._j + 1] / (self._t + np.arange(first, self._j + 1) + 2)
        # Of places that fit alike the latest.
        return first + len(row) - 1 - int(row[::-1].argmin())

    def _step(self) -> bool:
        """Advance in the sound, in the score, or in both; returns whether in the sound."""
        heard, printed = self._direction()
        if heard:
            self._t += 1
            self._fill_row()
        if printed:
            self._j += 1
            self._fill_column()
        self._run = self._run + 1 if (heard, printed) == self._last else 1
        if heard != printed:
            self._last = (heard, printed)
        return bool(heard)

    def _direction(self) -> tuple[int, int]:
        """Whether to advance in the sound, and in the score."""
        if self._j == len(self._score) - 1:
            return 1, 0
        if self._t < 0 or self._t < SEARCH // 10:
            return 1, 1
        if self._run > MAX_RUN:
            return (0, 1) if self._last == (1, 0) else (1, 0)
        t, j = self._t, self._j
        row = self._costs[t, max(0, j + 1 - SEARCH) : j + 1] / (t + np.arange(max(0, j + 1 - SEARCH), j + 1) + 2)
        column = self._costs[max(0, t + 1 - SEARCH) : t + 1, j] / (np.arange(max(0, t + 1 - SEARCH), t + 1) + j + 2)
        if row[-1] <= min(row.min(), column.min()):
            return 1, 1
        return (1, 0) if row.min() < column.min() else (0, 1)

    def _fill_row(self) -> None:
        """Costs of all paths to the newest frame of sound, up to the score's newest."""
        if self._j < 0:
            return
        low, t = max(0, self._j + 1 - SEARCH), self._t
        d = _distances(self._score[low : self._j + 1], self._heard[t])
        before = self._costs[t - 1, low : self._j + 1] if t else np.full(len(d), np.inf)
        diagonal = np.full(len(d), np.inf)
        diagonal[1:] = before[:-1]
        if low and t:
            diagonal[0] = self._costs[t - 1, low - 1]
        self._costs[t, low : self._j + 1] = _along(d, np.minimum(before + d, diagonal + 2 * d))

    def _fill_column(self) -> None:
        """Costs of all paths to the newest frame of the score."""
        low, j = max(0, self._t + 1 - SEARCH), self._j
        d = _distances(self._heard[low : self._t + 1], self._score[j])
        before = self._costs[low : self._t + 1, j - 1] if j else np.full(len(d), np.inf)
        diagonal = np.full(len(d), np.inf)
        diagonal[1:] = before[:-1]
        if low and j:
            diagonal[0] = self._costs[low - 1, j - 1]
        arriving = np.minimum(before + d, diagonal + 2 * d)
        if not j and not low:
            arriving[0] = d[0]
        self._costs[low : self._t + 1, j] = _along(d, arriving)


def _distances(many: FloatArray, one: FloatArray) -> FloatArray:
    """1 minus the cosine, (n,)."""
    return np.maximum(0.0, 1 - many @ one)


def _along(d: FloatArray, arriving: FloatArray) -> FloatArray:
    """Least costs along a row or column: each is reached from aside, or from its neighbour for its own distance."""
    total = np.cumsum(d)
    return np.asarray(np.minimum.accumulate(arriving - total) + total)


def odtw_frames(score: npt.NDArray[np.floating], heard: npt.NDArray[np.floating]) -> npt.NDArray[np.int64]:
    """Follow frames (T, 78) in the frames (m, 78) of a score; returns (T,) frames of the score."""
    tracker = OnlineTimeWarping(chroma_of(score))
    return np.array([tracker.push(frame) for frame in chroma_of(heard)], np.int64)
