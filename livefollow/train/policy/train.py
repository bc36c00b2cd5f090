"""`livefollow train policy`: train the policy that moves the cursor, by reinforcement learning (`train/rl`, PPO).

Trajectories come from `livefollow data policy`. Those of every tenth piece are kept back: on them the policy is
evaluated as it is used, taking the likeliest action.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from torch import Tensor

from livefollow.constants import TRACKING_WINDOW
from livefollow.train.arguments import PolicySettings
from livefollow.train.common.checkpoint import TrainingError
from livefollow.train.common.run import Run
from livefollow.train.data.folders import default_data
from livefollow.train.policy.data import Trajectory
from livefollow.train.policy.environment import PolicyEnvironment, Starts, Trajectories
from livefollow.train.policy.network import PolicyNetwork
from livefollow.train.rl.rollout import Observation, Policy
from livefollow.train.rl.run import train

KEPT_BACK = 10  # every tenth piece
EVALUATED_FRAMES = 600  # 30 s
EVALUATED = 64  # cursors

Decide = Callable[[Observation], Tensor]  # observation → (n,) actions


def load_trajectories(folder: Path) -> tuple[Trajectories, Trajectories]:
    """Load the trajectories to learn from, and those kept back.

    Raises:
        TrainingError: there are none of either.
    """
    learned: list[Trajectory] = []
    kept: list[Trajectory] = []
    for path in sorted(folder.glob("*/*.npz")):
        (kept if is_kept_back(path.parent.name) else learned).append(Trajectory.load(path))
    if not learned or not kept:
        raise TrainingError(f"{folder} has no trajectories: run livefollow data policy")
    return Trajectories(learned), Trajectories(kept)


def is_kept_back(piece: str) -> bool:
    """Whether a piece is kept back for evaluation."""
    return zlib.crc32(piece.encode()) % KEPT_BACK == 0


def follow(trajectories: Trajectories, decide: Decide, without: Sequence[str] = (), seed: int = 0) -> dict[str, float]:
    """Measure how well a policy follows, started at the player's place and speed, for half a minute.

    Returns:
        Mean |dx|, b once a cursor is lost; its median; share of cursors that were lost; share of frames in which the
        speed is changed; and mean and median |dx| of the localizer's own place in the same frames.
    """
    starts = Starts(EVALUATED_FRAMES // 2, EVALUATED_FRAMES, 0.0, (1.0, 1.0), 0.0, 0.0)
    environment = PolicyEnvironment(trajectories, EVALUATED, seed, starts, without=without)
    observation = environment.reset()
    frame = environment.frame - 1
    there, lost = np.ones((2, EVALUATED), np.bool_) & [[True], [False]]
    off, theirs, changes = [], [], []
    for _ in range(EVALUATED_FRAMES):
        frame = np.minimum(frame + 1, len(trajectories.truth) - 1)
        there &= np.isfinite(trajectories.truth[frame])
        before = environment.v.copy()
        observation, _, ended, info = environment.step(decide(observation))
        lost |= there & info["lost"]
        off.append(np.where(lost, TRACKING_WINDOW, np.abs(info["dx"]))[there])
        place = np.abs(trajectories.facts["place"][frame] - trajectories.truth[frame])
        theirs.append(np.minimum(place, TRACKING_WINDOW)[there])
        changes.append((info["v"] - before)[there & ~lost & ~ended.numpy()])
    dx, localizer = np.concatenate(off), np.concatenate(theirs)
    return {
        "dx": float(dx.mean()),
        "dx_median": float(np.median(dx)),
        "lost": float(lost.mean()),
        "changes": float(np.mean(np.concatenate(changes) != 0)),
        "localizer_dx": float(localizer.mean()),
        "localizer_median": float(np.median(localizer)),
    }


def greedy(policy: Policy) -> Decide:
    """A policy that takes the likeliest action."""
    return lambda observation: policy(observation)[0].argmax(-1)


def run(settings: PolicySettings) -> int:
    """Train the policy, or continue an interrupted run.

    Raises:
        LivefollowError: there are no trajectories, or training cannot begin.
    """
    learned, kept = load_trajectories(settings.trajectories or default_data() / "policy")
    print(f"{len(learned.begins)} trajectories, {len(learned.truth)} frames; {len(kept.begins)} kept back", flush=True)
    hidden = [part for part in settings.without.split(",") if part]
    own = Run(settings.name, settings)
    seed = [settings.seed, own.steps]  # a run that goes on does not see the same episodes again
    environment = PolicyEnvironment(learned, settings.actors, seed, restless=settings.restless, without=hidden)

    def evaluate(policy: Policy) -> dict[str, float]:
        figures = follow(kept, greedy(policy), hidden)
        reward = 1 - figures["dx"] / TRACKING_WINDOW - settings.restless * figures["changes"]
        return figures | {"reward_greedy": reward}

    training = train(own, environment, PolicyNetwork(), evaluate, "reward_greedy")
    own.say(f"Best {training.best:.4f} after {own.finish()}")
    return 0
