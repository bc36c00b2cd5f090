"""The reader as a torch network: bands of a staff system in, events per column out.

Trained on dense labels and run as ONNX: `train/export/networks.py` writes it, `networks/reader.py` runs it.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from livefollow.constants import BAND_HEIGHT, N_PITCHES
from livefollow.score.reading import BEAT_CLASSES, N_MARKS


@dataclass(frozen=True)
class ReaderShape:
    """Sizes of the reader."""

    channels: tuple[int, int, int, int, int] = (16, 32, 48, 48, 48)
    row_channels: int = 24  # per row that is left, before rows are flattened
    staff: int = 256  # per staff and column
    system: int = 256  # per column
    recurrent: int = 192  # per direction


class ReaderNetwork(nn.Module):
    """Bands of a system → logits of what stands in each column of 4 px.

    The width is halved early; the height is never pooled away but flattened: height is pitch. Clefs, signatures and
    accidentals stand far to the left of the notes they change, so a recurrent layer runs along the whole system, both
    ways.
    """

    def __init__(self, shape: ReaderShape = ReaderShape()) -> None:
        super().__init__()
        a, b, c, d, e = shape.channels
        self.see = nn.Sequential(
            _convolution(1, a, (1, 2)),
            _convolution(a, b, (2, 1)),
            _convolution(b, c, (1, 2)),
            _convolution(c, d, (2, 1)),
            _convolution(d, e, (1, 1)),
            nn.Conv2d(e, shape.row_channels, 1),
            nn.ReLU(),
        )
        self.staff = nn.Linear(shape.row_channels * BAND_HEIGHT // 4, shape.staff)
        self.system = nn.Conv1d(2 * shape.staff, shape.system, 3, padding=1)
        self.drop = nn.Dropout(0.1)
        self.along = nn.GRU(shape.system, shape.recurrent, batch_first=True, bidirectional=True)
        features = 2 * shape.recurrent + shape.system
        self.onset = nn.Linear(features, 1)
        self.pitches = nn.Linear(features, N_PITCHES)
        self.beats = nn.Sequential(nn.Linear(features, 96), nn.ReLU(), nn.Linear(96, len(BEAT_CLASSES)))
        self.marks = nn.Linear(features, N_MARKS)
        for head in (self.onset, self.pitches, self.marks):
            nn.init.constant_(head.bias, -4.0)

    def forward(self, bands: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Read a batch of systems.

        Args:
            bands: (n, 2, 112, w) ink, 0 paper to 1; w a multiple of 4.

        Returns:
            Logits per column, C = w / 4: onset (n, C), pitches (n, C, 88), beats (n, C, 13), marks (n, C, 4).
        """
        n, staves, height, width = bands.shape
        seen = self.see(bands.reshape(n * staves, 1, height, width).contiguous(memory_format=torch.channels_last))
        rows = seen.permute(0, 3, 1, 2).flatten(2)  # (2n, C, channels · rows)
        each = torch.relu(self.staff(rows)).reshape(n, staves, -1, self.staff.out_features)
        both = torch.cat([each[:, 0], each[:, 1]], dim=2)
        columns = torch.relu(self.system(both.transpose(1, 2))).transpose(1, 2)
        read, _ = self.along(self.drop(columns))
        features = self.drop(torch.cat([read, columns], dim=2))
        return self.onset(features)[..., 0], self.pitches(features), self.beats(features), self.marks(features)


def _convolution(inputs: int, outputs: int, stride: tuple[int, int]) -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )
