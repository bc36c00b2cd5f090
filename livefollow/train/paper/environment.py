"""Score following as a Gymnasium environment, `ScoreFollowing-v0`.

    env = gymnasium.make("ScoreFollowing-v0", pieces=pieces, task=NOTTINGHAM)

State, actions, reward and end are those of the paper, sections 2.1 to 2.3 and, for b, 4.1. `vector_environment.py` has
many at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import cv2
import gymnasium
import numpy as np
import numpy.typing as npt
from gymnasium import spaces

from livefollow.constants import N_BINS
from livefollow.follow.paper.state import (
    ACTIONS,
    FRAMES,
    ByteArray,
    FloatArray,
    PaperTask,
    padded_frames,
    padded_sheet,
    sheet_state,
    spectrogram_state,
    window,
    window_left,
)
from livefollow.train.paper.data import PaperPiece

ZOOM = 4  # of render
CURSOR, TRUTH = (220, 40, 40), (30, 160, 60)


class ScoreFollowing(gymnasium.Env[tuple[FloatArray, ...], np.int64]):
    """The paper's environment: keep the cursor on the player.

    The action changes the cursor's speed v by −1, 0 or +1 px per frame (`PaperTask.speed_step`); then the cursor moves
    by v, which may be negative, and the next frame is heard. The reward is 1 − |dx| / b; where |dx| > b it is 0 and the
    episode ends, as it does with the piece.
    """

    metadata = {"render_modes": ["rgb_array"], "render_fps": 20}  # noqa: RUF012  # Gymnasium's

    def __init__(self, pieces: Sequence[PaperPiece], task: PaperTask, render_mode: str | None = None) -> None:
        """Take the pieces; `reset` draws one, unless its options name one: {"piece": number}."""
        self._pieces, self._task, self.render_mode = pieces, task, render_mode
        self.action_space = spaces.Discrete(len(ACTIONS))
        self.observation_space = spaces.Tuple(
            (
                spaces.Box(-np.inf, np.inf, (2, N_BINS, FRAMES), np.float32),
                spaces.Box(-1.0, 1.0, (2, task.height, task.width), np.float32),
            )
        )

    def reset(
        self, *, seed: int | None = None, options: dict[str, Any] | None = None
    ) -> tuple[tuple[FloatArray, ...], dict[str, Any]]:
        """Begin on the first note as it is first heard, at rest."""
        super().reset(seed=seed)
        drawn = int(self.np_random.integers(len(self._pieces)))
        self._number = (options or {}).get("piece", drawn)
        self._piece = self._pieces[self._number]
        self._frames = padded_frames(self._piece.frames.astype(np.float32))
        self._sheet = padded_sheet(self._task, self._piece.sheet)
        self._t, self._v, self._x = self._piece.first, 0.0, float(self._piece.onset_x[0])
        self._before = self._window()
        return self._state(), self._info()

    def step(self, action: np.int64) -> tuple[tuple[FloatArray, ...], float, bool, bool, dict[str, Any]]:
        """Change the speed, move, and hear the next frame."""
        self._before = self._window()
        self._v += ACTIONS[int(action)] * self._task.speed_step
        self._x += self._v
        self._t += 1
        info = self._info()
        lost = abs(info["dx"]) > self._task.lost
        reward = 0.0 if lost else 1 - abs(info["dx"]) / self._task.lost
        return self._state(), float(reward), bool(lost or self._t >= self._piece.last), False, info

    def render(self) -> npt.NDArray[np.uint8]:
        """Draw the spectrogram's window above the sheet's; the cursor is red, the player's true position green."""
        spectrogram, sheet = self._state()
        heard = np.clip(spectrogram[0, ::-1] / 2.0, 0, 1)
        seen = 1 - sheet[0]
        width = seen.shape[1] * ZOOM
        above = cv2.resize(1 - heard, (width, N_BINS * ZOOM), interpolation=cv2.INTER_NEAREST)
        below = cv2.resize(seen, (width, seen.shape[0] * ZOOM), interpolation=cv2.INTER_NEAREST)
        out = np.stack([np.concatenate([above, np.ones((ZOOM, width), np.float32), below])] * 3, -1)
        picture = np.asarray(255 * out, np.uint8)
        top = len(above) + ZOOM
        left = int(window_left(self._task, np.array([self._x]), np.array([self._piece.sheet.shape[1]]))[0])
        for x, colour in ((self._piece.true_x[self._t], TRUTH), (self._x, CURSOR)):
            at = round((float(x) - left) / self._task.px * ZOOM)
            picture[top:, max(0, at - 1) : max(0, at + 2)] = colour
        return picture

    def _window(self) -> ByteArray:
        left = window_left(self._task, np.array([self._x]), np.array([self._piece.sheet.shape[1]]))
        return window(self._task, self._sheet, int(left[0]))

    def _state(self) -> tuple[FloatArray, ...]:
        heard = self._frames[self._t : self._t + FRAMES + 1]
        spectrogram = spectrogram_state(heard[None])[0]
        spectrogram[1] *= self._task.difference
        return spectrogram, sheet_state(self._window()[None], self._before[None])[0]

    def _info(self) -> dict[str, Any]:
        true_x = float(self._piece.true_x[self._t])
        return {"piece": self._number, "frame": self._t, "x": self._x, "dx": self._x - true_x}


gymnasium.register("ScoreFollowing-v0", f"{__name__}:ScoreFollowing")
