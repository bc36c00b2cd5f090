"""The network of the policy that moves our cursor: a quarter of a million multiplications a frame."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from livefollow.follow.policy.observation import MAPS, N_COLUMNS, N_FRAMES, ROWS, SCALARS, SIZE

ACTIONS = 3  # -1, 0, +1
MAP_WIDTH, ROW_WIDTH = 64, 64


class PolicyNetwork(nn.Module):
    """Policy and value network over the observation's maps, rows and scalars.

    The maps go through convolutions, the rows through a layer of their own; what is known in numbers joins them. ELU
    and orthogonal weights as in the paper.
    """

    def __init__(self, dense: int = 128) -> None:
        """Draw fresh weights.

        Args:
            dense: width of the hidden layers.
        """
        super().__init__()
        self.maps = nn.Sequential(
            nn.Conv2d(len(MAPS), 16, 4, 4),  # (16, 10, 16)
            nn.ELU(),
            nn.Conv2d(16, 16, 3, 2, 1),  # (16, 5, 8)
            nn.ELU(),
            nn.Flatten(),
            nn.Linear(16 * 5 * 8, MAP_WIDTH),
            nn.ELU(),
        )
        self.rows = nn.Sequential(nn.Linear(len(ROWS) * N_COLUMNS, ROW_WIDTH), nn.ELU())
        self.policy = self._head(MAP_WIDTH + ROW_WIDTH + len(SCALARS), dense, ACTIONS)
        self.value = self._head(MAP_WIDTH + ROW_WIDTH + len(SCALARS), dense, 1)
        for layer in self.modules():
            if isinstance(layer, nn.Conv2d | nn.Linear):
                nn.init.orthogonal_(layer.weight, 2**0.5)
                nn.init.zeros_(layer.bias)
        for head, gain in ((self.policy, 0.01), (self.value, 1.0)):
            nn.init.orthogonal_(head[-1].weight, gain)

    def forward(self, observation: Tensor) -> tuple[Tensor, Tensor]:
        """Compute policy and value.

        Args:
            observation: (n, SIZE).

        Returns:
            Logits (n, 3) and values (n,).
        """
        # Half precision would blur where the player is, and is no faster on so little.
        with torch.autocast(observation.device.type, enabled=False):
            area, n_rows = len(MAPS) * N_FRAMES * N_COLUMNS, len(ROWS) * N_COLUMNS
            maps, rows, scalars = observation.split([area, n_rows, SIZE - area - n_rows], 1)
            maps = self.maps(maps.reshape(-1, len(MAPS), N_FRAMES, N_COLUMNS))
            seen = torch.cat([maps, self.rows(rows), scalars], 1)
            return self.policy(seen), self.value(seen)[:, 0]

    @staticmethod
    def _head(inputs: int, dense: int, outputs: int) -> nn.Sequential:
        return nn.Sequential(nn.Linear(inputs, dense), nn.ELU(), nn.Linear(dense, outputs))
