"""`livefollow train policy`: train the policy that moves the cursor, by reinforcement learning (`train/rl`, PPO).

Trajectories come from `livefollow data policy`. Those of every tenth piece are kept back: on them the policy is
evaluated as it is used, taking the likeliest action.
"""

from __future__ import annotations

import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
from torch import Tensor

from livefollow.constants import FPS, TRACKING_WINDOW
from livefollow.train.arguments import PolicySettings
from livefollow.train.common.checkpoint import TrainingError
from livefollow.train.common.run import Run
from livefollow.train.data.folders import default_data
from livefollow.train.policy.data import Trajectory
from livefollow.train.policy.environment import STANDS_PX, FloatArray, PolicyEnvironment, Reward, Starts, Trajectories
from livefollow.train.policy.network import PolicyNetwork
from livefollow.train.rl.rollout import Observation, Policy
from livefollow.train.rl.run import train

KEPT_BACK = 10  # every tenth piece
EVALUATED_FRAMES = 600  # 30 s
EVALUATED = 64  # cursors
NEAR_PX = 3.0  # of a note when its place counts
JERK_PX = 3.0  # px per frame: a change of speed that is seen

PAPERS = Reward()
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


def follow(
    trajectories: Trajectories, decide: Decide, reward: Reward = PAPERS, without: Sequence[str] = (), seed: int = 0
) -> dict[str, float]:
    """Measure how well a policy follows, corrected, from the player's place and speed on, for half a minute.

    Returns:
        Means of the reward, and of |dx| of notes when they are counted, b at most (`dx`), and its median; the share of
        them within 3 px; the share of cursors that were lost; standing, steps back and jerks while the player goes on;
        corrections a minute; and mean and median |dx| of the localizer's own place in the same frames.
    """
    starts = Starts(EVALUATED_FRAMES // 2, EVALUATED_FRAMES, 0.0, (1.0, 1.0), 0.0, 0.0)
    environment = PolicyEnvironment(trajectories, EVALUATED, seed, starts, reward, without, corrected=True)
    observation = environment.reset()
    frame = environment.frame - 1
    there = np.ones(EVALUATED, np.bool_)
    lost = np.zeros(EVALUATED, np.bool_)
    rows: dict[str, list[FloatArray]] = defaultdict(list)
    for _ in range(EVALUATED_FRAMES):
        frame = np.minimum(frame + 1, len(trajectories.truth) - 1)
        observation, rewards, ended, info = environment.step(decide(observation))
        lost |= there & info["lost"]
        rows["reward"].append(rewards.numpy()[there])
        noted = there & np.isfinite(info["struck"])
        rows["dx"].append(np.abs(info["struck"][noted]))
        known = trajectories.facts[frame]
        rows["theirs"].append(np.abs(known["place"] - trajectories.struck[frame])[noted])
        goes_on = there & known["moves"] & np.isfinite(trajectories.truth[frame]) & ~trajectories.jumped[frame]
        rows["v"].append(info["v"][goes_on])
        rows["change"].append(info["change"][goes_on])
        rows["corrected"].append(info["corrected"][goes_on].astype(np.float32))
        there &= ~ended.numpy()
    found = {name: np.concatenate(parts) for name, parts in rows.items()}
    dx, theirs = (np.minimum(found[name], TRACKING_WINDOW) for name in ("dx", "theirs"))
    minutes = len(found["v"]) / FPS / 60
    return {
        "reward_greedy": float(found["reward"].mean()),
        "dx": float(dx.mean()),
        "dx_median": float(np.median(dx)),
        "near": float((dx < NEAR_PX).mean()),
        "lost": float(lost.mean()),
        "stands": float((np.abs(found["v"]) < STANDS_PX).mean()),
        "back": float((found["v"] < -STANDS_PX).mean()),
        "jerks": float((np.abs(found["change"]) > JERK_PX).sum() / minutes),
        "changes": float((found["change"] != 0).mean()),
        "corrections": float(found["corrected"].sum() / minutes),
        "localizer_dx": float(theirs.mean()),
        "localizer_median": float(np.median(theirs)),
        "localizer_near": float((theirs < NEAR_PX).mean()),
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
    reward = Reward(
        settings.reward_struck,
        settings.reward_struck_px,
        settings.reward_jerk,
        settings.reward_stands,
        settings.reward_back,
    )
    environment = PolicyEnvironment(learned, settings.actors, seed, reward=reward, without=hidden, corrected=True)

    def evaluate(policy: Policy) -> dict[str, float]:
        return follow(kept, greedy(policy), reward, hidden)

    training = train(own, environment, PolicyNetwork(), evaluate, "reward_greedy")
    own.say(f"Best {training.best:.4f} after {own.finish()}")
    return 0
