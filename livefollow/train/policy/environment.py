"""The paper's decision process (section 2.2 and 2.3) on trajectories: hundreds of cursors at once, in NumPy.

Action -1, 0 or +1: v += action, x += v, in music px; reward 1 - |dx| / b, and 0 with the end where |dx| > b. As in the
app, a frame is heard, then the cursor moves, and its new place is shown for that frame; the next observation includes
one frame more. All trajectories lie in memory as one long array each of frames and events; a cursor is an index into
them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from livefollow.constants import N_PITCHES, TRACKING_WINDOW
from livefollow.follow.policy.observation import (
    EVENTS,
    FACT,
    FASTEST,
    MARKS,
    N_FRAMES,
    NOWHERE,
    Sight,
    observe,
    part_of,
)
from livefollow.train.policy.data import Trajectory
from livefollow.train.rl.rollout import Observation

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

APART = 1e6  # px between the scores of two trajectories, where all lie on one line


@dataclass(frozen=True)
class Starts:
    """How episodes begin. The paper's begin at rest at the first note; ours anywhere."""

    least_frames: int = 20  # of truth ahead
    longest: int = 400  # frames of an episode
    at_rest: float = 0.15  # share that begins with speed 0
    speed: tuple[float, float] = (0.5, 1.6)  # × the player's, of the others
    near_px: float = 6.0  # standard deviation of the distance to the player
    far: float = 0.15  # share that begins further off
    far_px: float = 50.0  # standard deviation of that


class Trajectories:
    """Many trajectories, concatenated to one array each of frames and events.

    Attributes:
        facts: (T,) of FACT.
        truth: (T,) music px, NaN for none.
        start: (T,) frame at which each frame's trajectory starts.
    """

    def __init__(self, trajectories: Sequence[Trajectory]) -> None:
        """Concatenate trajectories, with N_FRAMES of silence before each."""
        silent = np.zeros((N_FRAMES, N_PITCHES), np.float32)
        unknown = np.zeros(N_FRAMES, FACT)
        nowhere = np.full(N_FRAMES, np.nan, np.float32)
        lengths = [len(x.truth) + N_FRAMES for x in trajectories]
        self.facts = np.concatenate([part for x in trajectories for part in (unknown, x.facts)])
        self.truth = np.concatenate([part for x in trajectories for part in (nowhere, x.truth)])
        self._onsets = np.concatenate([part for x in trajectories for part in (silent, x.onsets)])
        self._sounding = np.concatenate([part for x in trajectories for part in (silent, x.sounding)])
        self.trajectory = np.repeat(np.arange(len(trajectories)), lengths)
        self.begins = np.concatenate([[0], np.cumsum(lengths)[:-1]]) + N_FRAMES
        # The line: trajectory k lies from k * APART on.
        self._events = np.concatenate([x.events.astype(np.float64) + k * APART for k, x in enumerate(trajectories)])
        self._pitches = np.concatenate([x.pitches for x in trajectories]).astype(np.float32)
        self._marks = np.concatenate([x.marks.astype(np.float64) + k * APART for k, x in enumerate(trajectories)])
        self.ends = np.array([x.events[-1] + x.gap[-1] for x in trajectories], np.float32)

    def sight(self, frame: IntArray, x: FloatArray) -> Sight:
        """Observable facts for N cursors at x (N,) in frames (N,)."""
        trajectory = self.trajectory[frame]
        window = frame[:, None] + np.arange(1 - N_FRAMES, 1)
        origin = trajectory.astype(np.float64) * APART
        at, here = self._nearest(self._events, origin, x, EVENTS)
        pitches = self._pitches[at] * here[:, :, None]
        events = np.where(here, self._events[at] - origin[:, None], NOWHERE).astype(np.float32)
        at, here = self._nearest(self._marks, origin, x, MARKS)
        marks = np.where(here, self._marks[at] - origin[:, None], NOWHERE).astype(np.float32)
        return Sight(self._onsets[window], self._sounding[frame], events, pitches, marks, self.facts[frame])

    @staticmethod
    def _nearest(
        line: npt.NDArray[np.float64], origin: npt.NDArray[np.float64], x: FloatArray, count: int
    ) -> tuple[IntArray, npt.NDArray[np.bool_]]:
        """(N, count) indices on the line about each cursor, and whether they are of its trajectory."""
        first = np.searchsorted(line, origin + x) - count // 2
        at = first[:, None] + np.arange(count)
        inside = np.clip(at, 0, len(line) - 1)
        here = (at == inside) & (np.abs(line[inside] - origin[:, None] - APART / 4) < APART / 2)
        return inside, here


class PolicyEnvironment:
    """n cursors that step together. An episode that ends starts again within the same step."""

    def __init__(
        self,
        trajectories: Trajectories,
        n: int,
        seed: int | Sequence[int],
        starts: Starts = Starts(),
        restless: float = 0.0,
        without: Sequence[str] = (),
    ) -> None:
        """Prepare; `reset` begins the episodes.


        trajectories: where to act.
        n: cursors.
        seed: of what is drawn.
        starts: how episodes begin.
        restless: taken from the reward for each change of speed: not the paper's.
        without: parts of the observation that are not shown.
        """
        self.n, self._trajectories, self._starts, self._restless = n, trajectories, starts, restless
        self._hidden = [part_of(name) for name in without]
        self._rng = np.random.default_rng(seed)
        good = np.isfinite(trajectories.truth) & trajectories.facts["moves"]
        run = np.convolve(good[::-1], np.ones(starts.least_frames), "full")[: len(good)][::-1]
        self._good = np.flatnonzero(run > starts.least_frames - 0.5)
        self._goes_on = np.append(np.isfinite(trajectories.truth[1:]), False)
        self.frame, self.x = np.zeros(n, np.int64), np.zeros(n, np.float32)
        self.v, self._waits = np.zeros(n, np.float32), np.zeros(n, np.bool_)
        self._trail, self._age = np.zeros((n, N_FRAMES), np.float32), np.zeros(n, np.int64)

    def reset(self) -> Observation:
        """Begin all episodes; returns what is observed first."""
        self._begin(np.arange(self.n))
        return self._observed()

    def place(self, frame: IntArray, x: FloatArray, v: FloatArray) -> Observation:
        """Begin the n episodes at given places.

        Args:
            frame: (n,) frames to be heard next.
            x: (n,) places, music px.
            v: (n,) speeds, music px per frame.
        """
        self.frame[:], self.x[:], self.v[:], self._age[:], self._waits[:] = frame, x, v, 0, False
        self._trail[:] = self.x[:, None]
        return self._observed()

    def step(self, actions: Tensor) -> tuple[Observation, Tensor, Tensor, dict[str, Any]]:
        """Do (n,) actions: 0 slower, 1 as before, 2 faster. The info's arrays are NumPy's."""
        changes = actions.cpu().numpy() - 1
        known = self._trajectories.facts
        self._age += 1
        moves = known["moves"][self.frame]
        resumes = np.clip(np.rint(known["tempo"][self.frame]), 0, FASTEST)
        chosen = np.clip(self.v + changes.astype(np.float32), -FASTEST, FASTEST)
        self.v = np.where(moves, np.where(self._waits, resumes, chosen), 0).astype(np.float32)
        self._waits = ~moves
        self.x = np.minimum(self.x + self.v, self._trajectories.ends[self._trajectories.trajectory[self.frame]])
        self._trail = np.concatenate([self._trail[:, 1:], self.x[:, None]], 1)
        off = self.x - self._trajectories.truth[self.frame]
        dx = np.abs(off)
        lost = ~(dx <= TRACKING_WINDOW)
        info = {"dx": off, "v": self.v.copy(), "lost": lost}
        reward = np.where(lost, 0, 1 - dx / TRACKING_WINDOW) - self._restless * (changes != 0)
        self.frame += 1
        ended = lost | ~self._goes_on[self.frame - 1] | (self._age >= self._starts.longest)
        self._begin(np.flatnonzero(ended))
        return self._observed(), torch.from_numpy(reward.astype(np.float32)), torch.from_numpy(ended), info

    def _begin(self, which: npt.NDArray[np.intp]) -> None:
        """Draw where episodes begin."""
        s, rng, k = self._starts, self._rng, len(which)
        frame = self._good[rng.integers(len(self._good), size=k)]
        truth = self._trajectories.truth
        spread = np.where(rng.random(k) < s.far, s.far_px, s.near_px)
        offset = np.clip(rng.normal(0, 1, k) * spread, -0.9 * TRACKING_WINDOW, 0.9 * TRACKING_WINDOW)
        speed = (truth[frame + 1] - truth[frame]) * rng.uniform(*s.speed, k)
        self.frame[which], self.x[which] = frame + 1, truth[frame] + offset
        self.v[which] = np.where(rng.random(k) < s.at_rest, 0, np.clip(np.rint(speed), 0, FASTEST))
        self._trail[which] = self.x[which, None]
        self._age[which], self._waits[which] = 0, False

    def _observed(self) -> Observation:
        seen = observe(self._trajectories.sight(self.frame, self.x), self.x, self.v, self._trail)
        for part in self._hidden:
            seen[:, part] = 0
        return (torch.from_numpy(seen),)
