"""The paper's decision process (section 2.2 and 2.3) on trajectories: hundreds of cursors at once, in NumPy.

The policy changes the cursor's speed, as in the app (`Motion`): a frame is heard, then the cursor moves, and its new
place is shown for that frame; the next observation includes one frame more. The reward is the paper's, 1 - |dx| / b,
and what `Reward` adds to it. All trajectories lie in memory as one long array each of frames and events; a cursor is an
index into them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import torch
from torch import Tensor

from livefollow.constants import FPS, N_PITCHES, TRACKING_WINDOW
from livefollow.evaluate.metrics import GRACE_S
from livefollow.follow.policy.motion import Motion
from livefollow.follow.policy.observation import (
    ACTIONS,
    BEHIND,
    EVENTS,
    FACT,
    FASTEST,
    N_FRAMES,
    NOWHERE,
    Sight,
    observe,
    part_of,
    strongest,
)
from livefollow.train.policy.data import Trajectory
from livefollow.train.rl.rollout import Observation

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]

APART = 1e6  # px between the scores of two trajectories, where all lie on one line
CHANGES = np.array(ACTIONS, np.float32)
STANDS_PX = 0.25  # per frame: a cursor that moves less stands


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


@dataclass(frozen=True)
class Reward:
    """What a frame is worth beside the paper's 1 - |dx| / b; all 0 in the paper."""

    struck: float = 0.0  # taken for being off the note when its place is counted: full from struck_px on
    struck_px: float = 6.0
    jerk: float = 0.0  # taken for each px per frame that the speed changes by
    stands: float = 0.0  # taken for standing while the player goes on
    back: float = 0.0  # taken for each px that the cursor goes back while the player goes on


class Trajectories:
    """Many trajectories, concatenated to one array each of frames and events.

    Attributes:
        facts: (T,) of FACT.
        truth, struck: (T,) music px, NaN for none.
        jumped: (T,) whether the player has jumped or begun less than GRACE_S before.
        begins: frame at which each trajectory starts.
        trajectory: (T,) which it is.
        ends: px at which the score of each ends.
    """

    def __init__(self, trajectories: Sequence[Trajectory]) -> None:
        """Concatenate trajectories, with N_FRAMES of silence before each."""
        silent = np.zeros((N_FRAMES, N_PITCHES), np.float32)
        unknown = np.zeros(N_FRAMES, FACT)
        nowhere = np.full(N_FRAMES, np.nan, np.float32)
        lengths = [len(x.truth) + N_FRAMES for x in trajectories]
        self.facts = np.concatenate([part for x in trajectories for part in (unknown, x.facts)])
        self.truth = np.concatenate([part for x in trajectories for part in (nowhere, x.truth)])
        self.struck = np.concatenate([part for x in trajectories for part in (nowhere, x.struck)])
        self._onsets = np.concatenate([part for x in trajectories for part in (silent, x.onsets)])
        self._sounding = np.concatenate([part for x in trajectories for part in (silent, x.sounding)])
        self.trajectory = np.repeat(np.arange(len(trajectories)), lengths)
        self.begins = np.concatenate([[0], np.cumsum(lengths)[:-1]]) + N_FRAMES
        self.jumped = np.convolve(~np.isfinite(self.truth), np.ones(round(GRACE_S * FPS)))[: len(self.truth)] > 0
        # The line: trajectory k lies from k * APART on.
        self._events = np.concatenate([x.events.astype(np.float64) + k * APART for k, x in enumerate(trajectories)])
        self._pitches = np.concatenate([x.pitches for x in trajectories]).astype(np.float32)
        self.ends = np.array([x.events[-1] + x.gap[-1] for x in trajectories], np.float32)

    def sight(self, frame: IntArray, x: FloatArray) -> Sight:
        """Observable facts for N cursors at x (N,) in frames (N,)."""
        trajectory = self.trajectory[frame]
        window = frame[:, None] + np.arange(1 - N_FRAMES, 1)
        origin = trajectory.astype(np.float64) * APART
        at = np.searchsorted(self._events, origin + x, "right")[:, None] + np.arange(-BEHIND, EVENTS - BEHIND)
        inside = np.clip(at, 0, len(self._events) - 1)
        ahead = self._events[inside] - origin[:, None]
        here = (at == inside) & (np.abs(ahead - APART / 4) < APART / 2)
        beside = np.where(np.arange(EVENTS) < BEHIND, -NOWHERE, NOWHERE)
        events = np.where(here, ahead, beside).astype(np.float32)
        onsets, sounding = self._onsets[window].astype(np.float32), self._sounding[frame].astype(np.float32)
        pitches = self._pitches[inside] * here[:, :, None]
        return Sight(strongest(onsets, sounding), events, pitches, pitches.sum(-1), self.facts[frame])


class PolicyEnvironment:
    """n cursors that step together. An episode that ends starts again within the same step.

    An episode ends when the cursor is lost, or the trajectory is over; or after `Starts.longest` frames, when its last
    observation is told (`truncated`), so that its value can stand for what would have come.
    """

    def __init__(
        self,
        trajectories: Trajectories,
        n: int,
        seed: int | Sequence[int],
        starts: Starts = Starts(),
        reward: Reward = Reward(),
        without: Sequence[str] = (),
        *,
        corrected: bool = False,
    ) -> None:
        """Prepare; `reset` begins the episodes.

        Args:
            trajectories: where to act.
            n: cursors.
            seed: of what is drawn.
            starts: how episodes begin.
            reward: of a frame.
            without: parts of the observation that are not shown.
            corrected: whether the localizer corrects the cursors, as the agent `livefollow`'s.
        """
        self.n, self._trajectories, self._starts, self._reward = n, trajectories, starts, reward
        self._hidden = [part_of(name) for name in without]
        self._rng = np.random.default_rng(seed)
        good = np.isfinite(trajectories.truth) & trajectories.facts["moves"]
        run = np.convolve(good[::-1], np.ones(starts.least_frames), "full")[: len(good)][::-1]
        self._good = np.flatnonzero(run > starts.least_frames - 0.5)
        ahead = np.where(np.isfinite(trajectories.truth), np.arange(len(good)), 0)
        last = np.zeros(len(trajectories.begins), np.int64)
        np.maximum.at(last, trajectories.trajectory, ahead)
        self._last = last[trajectories.trajectory]  # the last frame with a truth of each frame's trajectory
        self.frame = np.zeros(n, np.int64)
        self.motions = [Motion(corrected=corrected) for _ in range(n)]
        self._age = np.zeros(n, np.int64)

    def reset(self) -> Observation:
        """Begin all episodes; returns what is observed first."""
        self._begin(np.arange(self.n))
        return self._observed(np.arange(self.n))

    def place(self, frame: IntArray, x: FloatArray, v: FloatArray) -> Observation:
        """Begin the n episodes at given places.

        Args:
            frame: (n,) frames to be heard next.
            x: (n,) places, music px.
            v: (n,) speeds, music px per frame.
        """
        self.frame[:], self._age[:] = frame, 0
        for motion, *at in zip(self.motions, x.tolist(), v.tolist(), strict=True):
            motion.place(*at)
        return self._observed(np.arange(self.n))

    def step(self, actions: Tensor) -> tuple[Observation, Tensor, Tensor, dict[str, Any]]:
        """Do (n,) actions, indices of ACTIONS.

        The info's arrays (n,) are NumPy's: `off`, px ahead of the truth; `struck`, px ahead of the note that counts in
        this frame; `v`; `change` of it; `lost`; `corrected`; and `truncated`, indices and their last observation.
        """
        frame, t = self.frame.copy(), self._trajectories
        known, before = t.facts[frame], self.speeds()
        facts = (known[name].tolist() for name in ("place", "tempo", "confidence", "moves"))
        changes, ends = CHANGES[actions.cpu().numpy()].tolist(), t.ends[t.trajectory[frame]].tolist()
        corrected = np.array(
            [
                motion.step(place, tempo, confidence, change, end, moves=moves)
                for motion, place, tempo, confidence, moves, change, end in zip(
                    self.motions, *facts, changes, ends, strict=True
                )
            ]
        )
        x, v = self.places(), self.speeds()
        off, struck = x - t.truth[frame], x - t.struck[frame]
        told = np.isfinite(off)
        lost = told & (np.abs(off) > TRACKING_WINDOW) & ~t.jumped[frame]
        change = np.where(corrected | ~known["moves"], 0, v - before)
        reward = np.where(told, np.maximum(0, 1 - np.abs(np.where(told, off, 0)) / TRACKING_WINDOW), 0)
        reward -= self._extra(struck, v, change, told & known["moves"] & ~t.jumped[frame])
        info = {"off": off, "struck": struck, "v": v, "change": change, "corrected": corrected}
        self.frame += 1
        self._age += 1
        over = lost | (self.frame > self._last[frame])
        stopped = ~over & (self._age >= self._starts.longest)
        cut = np.flatnonzero(stopped)
        info |= {"lost": lost, "truncated": (torch.from_numpy(cut), self._observed(cut))}
        self._begin(np.flatnonzero(over | stopped))
        ended = torch.from_numpy(over | stopped)
        return self._observed(np.arange(self.n)), torch.from_numpy(reward.astype(np.float32)), ended, info

    def places(self) -> FloatArray:
        """(n,) where the cursors are, music px."""
        return np.array([motion.x for motion in self.motions], np.float32)

    def speeds(self) -> FloatArray:
        """(n,) how fast they are, music px per frame."""
        return np.array([motion.v for motion in self.motions], np.float32)

    def _extra(self, struck: FloatArray, v: FloatArray, change: FloatArray, moves: npt.NDArray[np.bool_]) -> FloatArray:
        """What is taken from the paper's reward."""
        r = self._reward
        missed = np.where(np.isfinite(struck), np.minimum(np.abs(np.nan_to_num(struck)) / r.struck_px, 1), 0)
        still = r.stands * (np.abs(v) < STANDS_PX) + r.back * np.maximum(-v, 0)
        return np.asarray(r.struck * missed + np.where(moves, r.jerk * np.abs(change) + still, 0), np.float32)

    def _begin(self, which: npt.NDArray[np.intp]) -> None:
        """Draw where episodes begin."""
        if not len(which):
            return
        s, rng, k = self._starts, self._rng, len(which)
        frame = self._good[rng.integers(len(self._good), size=k)]
        truth = self._trajectories.truth
        spread = np.where(rng.random(k) < s.far, s.far_px, s.near_px)
        offset = np.clip(rng.normal(0, 1, k) * spread, -0.9 * TRACKING_WINDOW, 0.9 * TRACKING_WINDOW)
        speed = (truth[frame + 1] - truth[frame]) * rng.uniform(*s.speed, k)
        self.frame[which], self._age[which] = frame + 1, 0
        speed = np.where(rng.random(k) < s.at_rest, 0, np.clip(speed, 0, FASTEST))
        for i, *at in zip(which.tolist(), (truth[frame] + offset).tolist(), speed.tolist(), strict=True):
            self.motions[i].place(*at)

    def _observed(self, which: npt.NDArray[np.intp]) -> Observation:
        motions = [self.motions[i] for i in which.tolist()]
        moving = np.array([(m.x, m.v, m.pace) for m in motions], np.float32).reshape(-1, 3)
        seen = observe(self._trajectories.sight(self.frame[which], moving[:, 0]), *moving.T)
        for part in self._hidden:
            seen[:, part] = 0
        return (torch.from_numpy(seen),)
