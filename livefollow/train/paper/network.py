"""The paper's two networks (Tables 1 and 2): convolutions over spectrogram and sheet, joined, a policy and a value.

Nothing is padded. ELU after every layer, orthogonal weights.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import torch
from torch import Tensor, nn

from livefollow.constants import N_BINS
from livefollow.follow.paper.state import ACTIONS, FRAMES, MSMD, NOTTINGHAM, PaperTask

DROPOUT = 0.2
POLICY_GAIN = 0.01  # of the policy's last layer: the first policy draws all actions about alike

# (kernel, maps, stride), in the tables' cK-N/S; "drop" stands for a dropout.
Layer = tuple[int, int, int | tuple[int, int]] | str
NOTTINGHAM_AUDIO: Sequence[Layer] = ((3, 16, 2), (3, 32, 2), (3, 32, 2), (3, 64, 1))
NOTTINGHAM_SHEET: Sequence[Layer] = ((5, 16, (1, 2)), (3, 32, 2), (3, 32, 2), (3, 64, (1, 2)))
MSMD_AUDIO: Sequence[Layer] = (
    *((3, 16, 1), (3, 16, 1), (3, 32, 2), (3, 32, 1), "drop"),
    *((3, 64, 2), (3, 96, 2), (1, 96, 1), "drop"),
)
MSMD_SHEET: Sequence[Layer] = (
    *((5, 16, (1, 2)), (3, 16, 1), (3, 32, 2), (3, 32, 1), "drop", (3, 32, 2), (3, 64, 2), "drop"),
    *((3, 96, 2), (1, 96, 1), "drop"),
)
PARAMETERS = {NOTTINGHAM: 1_181_796, MSMD: 2_915_620}


class PaperNetwork(nn.Module):
    """Spectrogram (n, 2, 78, 40) and sheet (n, 2, height, width) → logits (n, 3), values (n,)."""

    def __init__(self, task: PaperTask) -> None:
        """Draw fresh weights.

        Args:
            task: Nottingham (Table 1) or MSMD (Table 2).
        """
        super().__init__()
        small = task.name == NOTTINGHAM.name
        self.audio = convolutions(NOTTINGHAM_AUDIO if small else MSMD_AUDIO)
        self.sheet = convolutions(NOTTINGHAM_SHEET if small else MSMD_SHEET)
        sizes = [
            self.audio(torch.zeros(1, 2, N_BINS, FRAMES)).shape[1],
            self.sheet(torch.zeros(1, 2, task.height, task.width)).shape[1],
        ]
        if small:
            self.join = dense(sum(sizes), 256)
        else:
            self.audio.append(dense(sizes[0], 512))
            self.sheet.append(dense(sizes[1], 512))
            self.join = dense(1024, 512)
        joined = 256 if small else 512
        drop = [] if small else [nn.Dropout(DROPOUT)]
        self.policy = nn.Sequential(dense(joined, 256), *drop, linear(256, len(ACTIONS), POLICY_GAIN))
        self.value = nn.Sequential(dense(joined, 256), *drop, linear(256, 1, 1.0))

    def forward(self, spectrogram: Tensor, sheet: Tensor) -> tuple[Tensor, Tensor]:
        """Compute the logits of ACTIONS and the value of the state."""
        audio = self.audio(spectrogram.contiguous(memory_format=torch.channels_last))
        seen = self.sheet(sheet.contiguous(memory_format=torch.channels_last))
        joined = self.join(torch.cat([audio, seen], 1))
        return self.policy(joined), self.value(joined)[:, 0]


def convolutions(layers: Sequence[Layer], channels: int = 2) -> nn.Sequential:
    """Make a stack of convolutions, flattened at its end.

    Args:
        layers: of a table.
        channels: of its input; 2 with a one-step difference.
    """
    out: list[nn.Module] = []
    for layer in layers:
        if isinstance(layer, str):
            out.append(nn.Dropout(DROPOUT))
            continue
        kernel, maps, stride = layer
        convolution = nn.Conv2d(channels, maps, kernel, stride)
        out += [_orthogonal(convolution, math.sqrt(2)), nn.ELU(inplace=True)]
        channels = maps
    return nn.Sequential(*out, nn.Flatten()).to(memory_format=torch.channels_last)


def dense(inputs: int, outputs: int) -> nn.Sequential:
    """Make a dense layer with ELU."""
    return nn.Sequential(linear(inputs, outputs, math.sqrt(2)), nn.ELU(inplace=True))


def linear(inputs: int, outputs: int, gain: float) -> nn.Module:
    """Make a dense layer with orthogonal weights."""
    return _orthogonal(nn.Linear(inputs, outputs), gain)


def _orthogonal(layer: nn.Conv2d | nn.Linear, gain: float) -> nn.Module:
    nn.init.orthogonal_(layer.weight, gain)
    nn.init.zeros_(layer.bias)
    return layer
