"""The cursor that knows the way (paper, Figure 6): the best that the game's three actions allow.

Dynamic programming from the piece's end over the cursor's places within b of the player and its speeds. Of actions that
are equally good it prefers to keep the speed.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from livefollow.follow.paper.state import ACTIONS, PaperTask
from livefollow.train.paper.data import PaperPiece

FloatArray = npt.NDArray[np.float64]

REST = 1e-6  # cost of a change of speed: decides only between ways that are equally near
SPARE = 3  # px per frame by which speeds may be beyond the fastest that the player ever is


def knowing_way(
    piece: PaperPiece, task: PaperTask, *, nearest: bool = False
) -> tuple[FloatArray, npt.NDArray[np.int8]]:
    """Find the best way through a piece.

    Args:
        piece: the piece.
        task: whose b counts.
        nearest: minimise the largest |dx| instead of its sum, which is maximising the reward.

    Returns:
        (k,) cursor px at the frames from the piece's first to its last, and the k − 1 changes of speed.
    """
    true_x = piece.true_x[piece.first :]
    start, steps = float(piece.onset_x[0]), len(true_x) - 1
    moved = np.diff(true_x)
    fastest = int(np.ceil(moved.max(initial=0.0))) + SPARE
    speeds = np.arange(-fastest, fastest + 1)
    # The cursor is at start + a whole number; at each frame those within b of the player are looked at.
    lowest = np.ceil(true_x - task.lost - start).astype(np.int64)
    width = int(2 * task.lost) + 1
    best = np.zeros((width, len(speeds)))  # cost from the next frame on, by place and speed there
    choices = np.empty((steps, width, len(speeds)), np.int8)
    for t in range(steps - 1, -1, -1):
        off = np.abs(start + lowest[t + 1] + np.arange(width) - true_x[t + 1])
        off[off > task.lost] = np.inf
        arriving = np.maximum(best, off[:, None]) if nearest else best + off[:, None]
        # Padded, so that places and speeds beyond cost infinitely much.
        padded = np.full((width, len(speeds) + 2), np.inf)
        padded[:, 1:-1] = arriving
        now = np.full((len(ACTIONS), width, len(speeds)), np.inf)
        for a, change in enumerate(ACTIONS):
            faster = speeds + change
            index = lowest[t] + np.arange(width)[:, None] + faster[None, :] - lowest[t + 1]
            there = (index >= 0) & (index < width)
            costs = padded[np.clip(index, 0, width - 1), np.arange(len(speeds))[None, :] + change + 1]
            now[a] = np.where(there, costs, np.inf) + REST * abs(change)
        choices[t] = now.argmin(0)
        best = now.min(0)
    return _walked(start, lowest, speeds, choices)


def _walked(
    start: float, lowest: npt.NDArray[np.int64], speeds: npt.NDArray[np.int64], choices: npt.NDArray[np.int8]
) -> tuple[FloatArray, npt.NDArray[np.int8]]:
    place, v = 0, 0
    places, changes = [0], []
    for t, choice in enumerate(choices):
        at = int(np.clip(place - lowest[t], 0, choice.shape[0] - 1))
        change = ACTIONS[int(choice[at, v - int(speeds[0])])]
        v = int(np.clip(v + change, speeds[0], speeds[-1]))
        place += v
        places.append(place)
        changes.append(change)
    return start + np.array(places, np.float64), np.array(changes, np.int8)
