"""The paper's agents as published: one network that takes a window of the sheet and two seconds of sound.

In the paper they are told where the piece begins; here the reader finds the first note, and the cursor waits there for
sound. Only the player's hand brings a lost cursor back. Threads as in `follow/agent.py`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from livefollow.constants import N_BINS
from livefollow.errors import ScoreError
from livefollow.features.frames import bands_of
from livefollow.follow.paper.state import (
    ACTIONS,
    FRAMES,
    TASKS,
    ByteArray,
    FloatArray,
    network_inputs,
    padded_sheet,
    sheet_of,
    window,
    window_left,
)
from livefollow.follow.position import Estimate, State
from livefollow.networks.reader import Reader
from livefollow.networks.runtime import Network
from livefollow.score.score import Score

SOUND = 0.02  # mean of a frame's bands from which there is sound
GAMMA = 0.9  # discount of the rewards that the value adds up


@dataclass(frozen=True, eq=False)
class _Sheet:
    """The sheet so far: padded, its width without, and the first event on it (both cursor px)."""

    padded: ByteArray
    width: int
    first: float


class PaperAgent:
    """A policy of the paper. Implements `agent.Agent`."""

    def __init__(self, policy: Network, reader: Network) -> None:
        """Take the networks; `read` takes the score.

        Args:
            policy: of kind `paper-nottingham` or `paper-msmd`.
            reader: finds the first note.
        """
        self.networks: tuple[Network, ...] = (policy, reader)
        self._policy, self._reader = policy, Reader(reader)
        self._task = TASKS[policy.kind.removeprefix("paper-")]
        self._sheet: _Sheet | None = None
        self._read: deque[_Sheet] = deque(maxlen=1)
        self._placed: deque[float] = deque(maxlen=1)
        self._frames = np.zeros((FRAMES + 1, N_BINS), np.float32)
        self._begun = False
        self._x, self._v, self._confidence = 0.0, 0, 1.0
        self._before: ByteArray | None = None  # the window one frame ago
        self._action = 0  # change of speed that was decided on at the frame before

    def read(self, score: Score) -> Iterator[int]:
        """Read the score page by page."""
        first: float | None = None
        looked = 0
        for page in score.read():
            while first is None and looked < len(score.strip.placements):
                events = self._reader.read(score.strip, looked).x
                first = float(events[0]) * self._task.strip_px if len(events) else None
                looked += 1
            if first is not None:
                sheet = sheet_of(self._task, score.strip)
                self._read.append(_Sheet(padded_sheet(self._task, sheet), sheet.shape[1], first))
            yield page.number
        if first is None:
            raise ScoreError("No note could be read in {name}: there is nowhere to begin.", name=score.document.path)

    def step(self, frames: FloatArray) -> list[Estimate]:
        """One estimate per frame, each after the action that was chosen at the frame before."""
        if self._read:
            longer = self._read.pop()
            if not self._sheet:
                self._x = longer.first
            self._sheet = longer
        if self._placed:
            self._x, self._v, self._action = self._placed.pop() * self._task.strip_px, 0, 0
            self._before = None
        return [self._hear(frame, self._sheet) for frame in bands_of(frames)] if self._sheet else []

    def place(self, x: float) -> None:
        """Go on from strip x, at rest."""
        self._placed.append(x)

    def forget(self) -> None:
        """Treat everything before the next frame as silence."""
        self._frames[:] = 0

    def _hear(self, frame: FloatArray, sheet: _Sheet) -> Estimate:
        self._frames[:-1] = self._frames[1:]
        self._frames[-1] = frame
        if not self._begun:
            self._begun = bool(frame.mean() >= SOUND)
            if not self._begun:
                return self._estimate(State.WAITING)
        else:
            self._v += self._action
            self._x += self._v
        now = self._window(sheet)
        before = now if self._before is None else self._before
        out = self._policy.run(network_inputs(self._frames[None], now[None], before[None]))
        self._before = now
        self._action = ACTIONS[int(out["logits"][0].argmax())]
        # The value is what is to come of rewards 1 − |dx| / b.
        self._confidence = float(np.clip(out["value"][0] * (1 - GAMMA), 0, 1))
        on = 0 <= self._x <= sheet.width
        return self._estimate(State.FOLLOWING if on else State.FINISHED if self._x > 0 else State.LOST)

    def _window(self, sheet: _Sheet) -> npt.NDArray[np.uint8]:
        left = window_left(self._task, np.array([self._x]), np.array([sheet.width]))
        return window(self._task, sheet.padded, int(left[0]))

    def _estimate(self, state: State) -> Estimate:
        width = self._sheet.width if self._sheet else 0
        x = min(max(0.0, self._x), float(width))
        return Estimate(x / self._task.strip_px, self._v / self._task.strip_px, self._confidence, state)
