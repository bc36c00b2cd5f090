"""The network of the policy that moves our cursor: a hundred thousand multiplications a frame."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from livefollow.follow.policy.observation import ACTIONS, N_COLUMNS, ROWS, SCALARS

ROW_WIDTH = 96


class PolicyNetwork(nn.Module):
    """Policy and value network over the observation's rows and scalars.

    The rows go through a layer of their own; what is known in numbers joins them. ELU and orthogonal weights as in the
    paper.
    """

    def __init__(self, dense: int = 128) -> None:
        """Draw fresh weights.

        Args:
            dense: width of the hidden layers.
        """
        super().__init__()
        self.rows = nn.Sequential(nn.Linear(len(ROWS) * N_COLUMNS, ROW_WIDTH), nn.ELU())
        self.policy = self._head(ROW_WIDTH + len(SCALARS), dense, len(ACTIONS))
        self.value = self._head(ROW_WIDTH + len(SCALARS), dense, 1)
        for layer in self.modules():
            if isinstance(layer, nn.Linear):
                nn.init.orthogonal_(layer.weight, 2**0.5)
                nn.init.zeros_(layer.bias)
        for head, gain in ((self.policy, 0.01), (self.value, 1.0)):
            nn.init.orthogonal_(head[-1].weight, gain)

    def forward(self, observation: Tensor) -> tuple[Tensor, Tensor]:
        """Compute policy and value.

        Args:
            observation: (n, SIZE).

        Returns:
            Logits (n, len(ACTIONS)) and values (n,).
        """
        # Half precision would blur where the player is, and is no faster on so little.
        with torch.autocast(observation.device.type, enabled=False):
            rows, scalars = observation.split([len(ROWS) * N_COLUMNS, len(SCALARS)], 1)
            seen = torch.cat([self.rows(rows), scalars], 1)
            return self.policy(seen), self.value(seen)[:, 0]

    @staticmethod
    def _head(inputs: int, dense: int, outputs: int) -> nn.Sequential:
        return nn.Sequential(
            nn.Linear(inputs, dense), nn.ELU(), nn.Linear(dense, dense), nn.ELU(), nn.Linear(dense, outputs)
        )
