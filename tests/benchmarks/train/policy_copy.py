"""Supervised copies of the best action in the place of reinforcement.

    python -m tests.benchmarks.train.policy_copy LESSONS

Whoever knows the truth takes the action after which the cursor, going on at that speed, is nearest to where the player
is now and in LOOK_AHEAD frames. The policy's network learns to do the same by cross-entropy, on the states that this
teacher comes to, or, with `--own`, on those that it comes to itself (DAgger: Ross et al., 2011). Does copying fail, as
the paper says in section 3.5?
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  # its usual name
from torch import Tensor

from livefollow.train.policy.environment import CHANGES, PolicyEnvironment, Trajectories
from livefollow.train.policy.network import PolicyNetwork
from livefollow.train.policy.train import follow, load_trajectories
from livefollow.train.rl.rollout import Observation

LOOK_AHEAD = 4  # frames
BATCH = 256


def best_actions(trajectories: Trajectories, environment: PolicyEnvironment) -> Tensor:
    """(n,) what the teacher does."""
    last = len(trajectories.truth) - 1
    now, later = (trajectories.truth[np.minimum(environment.frame + k, last)] for k in (0, LOOK_AHEAD))
    later = np.where(np.isfinite(later), later, now)
    x, speeds = environment.places()[:, None], environment.speeds()[:, None] + CHANGES
    off = np.abs(x + speeds - now[:, None]) + np.abs(x + (1 + LOOK_AHEAD) * speeds - later[:, None])
    return torch.from_numpy(off.argmin(1))


def main() -> None:
    """Copy, and print how the copy follows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("trajectories", type=Path)
    parser.add_argument("--own", action="store_true", help="on the states that the copy comes to itself")
    parser.add_argument("--steps", type=int, default=240_000)
    parser.add_argument("--out", type=Path, help="checkpoint for `livefollow train policy --init`")
    args = parser.parse_args()
    torch.manual_seed(0)
    torch.set_num_threads(1)
    learned, kept = load_trajectories(args.trajectories)
    environment = PolicyEnvironment(learned, BATCH, 0)
    network = PolicyNetwork()
    optimizer = torch.optim.Adam(network.parameters(), 1e-3)
    observation = environment.reset()
    right = 0.0

    def decide(seen: Observation) -> Tensor:
        with torch.no_grad():
            return network(*seen)[0].argmax(-1)

    for step in range(args.steps // BATCH):
        actions = best_actions(learned, environment)
        logits, _ = network(*observation)
        loss = F.cross_entropy(logits, actions)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        own = logits.argmax(-1)
        right += 0.02 * (float((own == actions).float().mean()) - right)
        observation, *_ = environment.step(own if args.own else actions)
        if step % 200 == 199 or step == args.steps // BATCH - 1:
            figures = follow(kept, decide)
            told = "  ".join(f"{name} {value:.2f}" for name, value in figures.items())
            print(f"{(step + 1) * BATCH} steps  as the teacher {right:.2f}  {told}", flush=True)
    if args.out:
        weights = network.state_dict()
        torch.save({"network": weights, "runs": 0, "steps": 0, "minutes": 0.0}, args.out)


if __name__ == "__main__":
    main()
