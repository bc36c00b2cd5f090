"""The network of the policy that moves our cursor: thirty thousand multiplications a frame."""

from __future__ import annotations

import torch
import torch.nn.functional as F  # noqa: N812  # its usual name
from torch import Tensor, nn

from livefollow.follow.policy.observation import ACTIONS, SIZE, SPEED

LEAST_SPREAD = 0.1  # px per frame
NEVER = -50.0  # the least logit


class PolicyNetwork(nn.Module):
    """Policy and value network: two hidden layers, then both. ELU and orthogonal weights as in the paper.

    The change of speed is drawn from a normal distribution, mean and standard deviation of which are the network's, as
    far as ACTIONS has it: what is learned about a change holds for those next to it, too.
    """

    def __init__(self, dense: int = 128) -> None:
        """Draw fresh weights.

        Args:
            dense: width of the hidden layers.
        """
        super().__init__()
        self.hidden = nn.Sequential(nn.Linear(SIZE, dense), nn.ELU(), nn.Linear(dense, dense), nn.ELU())
        self.policy = nn.Linear(dense, 2)
        self.value = nn.Linear(dense, 1)
        self.register_buffer("changes", torch.tensor(ACTIONS), persistent=False)
        gains = {self.policy: 0.01, self.value: 1.0}
        for layer in (layer for layer in self.modules() if isinstance(layer, nn.Linear)):
            nn.init.orthogonal_(layer.weight, gains.get(layer, 2**0.5))
            nn.init.zeros_(layer.bias)

    def forward(self, observation: Tensor) -> tuple[Tensor, Tensor]:
        """Compute policy and value.

        Args:
            observation: (n, SIZE).

        Returns:
            Logits (n, len(ACTIONS)) and values (n,).
        """
        # Half precision would blur where the player is, and is no faster on so little.
        with torch.autocast(observation.device.type, enabled=False):
            seen = self.hidden(observation)
            mean, spread = self.policy(seen).split(1, 1)
            away = (self.changes - SPEED * mean) / (F.softplus(spread) + LEAST_SPREAD)
            return (-0.5 * away.square()).clamp(min=NEVER), self.value(seen)[:, 0]
