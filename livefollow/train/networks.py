"""The two networks of our agent: the reader of a staff system, once, and the listener to a stream, frame by frame.

Both are trained on dense labels and run as ONNX; `export.py` writes them, `livefollow.follow` runs them.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from livefollow.constants import BAND_HEIGHT, LOWEST_PITCH, N_BINS, N_PITCHES
from livefollow.follow.reading import BEAT_CLASSES, N_MARKS

LOWEST_BAND = 36  # MIDI pitch of the lowest band: C2


@dataclass(frozen=True)
class ReaderShape:
    """Sizes of the reader."""

    channels: tuple[int, int, int, int, int] = (16, 32, 48, 48, 48)
    row_channels: int = 24  # per row that is left, before rows are flattened
    staff: int = 256  # per staff and column
    system: int = 256  # per column
    recurrent: int = 192  # per direction


@dataclass(frozen=True)
class ListenerShape:
    """Sizes of the listener."""

    bands: tuple[int, int] = (16, 32)  # channels per band
    partial: int = 8  # channels per band that pitches gather
    pitch: tuple[int, int] = (32, 32)  # channels per pitch
    summary: int = 4  # channels per pitch that the recurrent layer sees
    dense: int = 256
    recurrent: int = 256


# Bands are semitones: partials 1 to 8 of a tone but the seventh, and what would be the octave below.
PARTIALS = (-12, 0, 12, 19, 24, 28, 31, 36)


class Reader(nn.Module):
    """Bands of a system → what stands in each column of 4 px.

    The width is halved early; the height is never pooled away but flattened: height is pitch. Clefs, signatures and
    accidentals stand far to the left of the notes they change, so a recurrent layer runs along the whole system, both
    ways.
    """

    WIDTH_STRIDE = 4

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
        """Read systems.

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


class Listener(nn.Module):
    """Level-normalised frames → which pitches are struck and which sound, reported one frame late.

    What a tone is like is learned once for all pitches: bands are semitones, so a pitch gathers its partials from bands
    at the same distances everywhere. A recurrent layer over all pitches adds what went before. Causal: three
    convolutions look back two frames each; what they looked back at, and the recurrent layer's output, is the state.
    """

    STATES = ("past_0", "past_1", "past_2", "hidden")

    def __init__(self, shape: ListenerShape = ListenerShape()) -> None:
        super().__init__()
        (a, b), (c, d) = shape.bands, shape.pitch
        self.convolutions = nn.ModuleList(
            [
                nn.Conv2d(1, a, (3, 5), padding=(0, 2), bias=False),
                nn.Conv2d(a, b, (3, 3), padding=(0, 1), bias=False),
                nn.Conv2d(c, d, (3, 3), padding=(0, 1), bias=False),
            ]
        )
        self.norms = nn.ModuleList([nn.BatchNorm2d(k) for k in (a, b, d)])
        self.inputs = ((1, N_BINS), (a, N_BINS), (c, N_PITCHES))  # channels and width of each convolution's input
        self.partial = nn.Conv2d(b, shape.partial, 1)
        self.gather = nn.Conv2d(shape.partial * len(PARTIALS), c, 1, bias=False)
        self.register = nn.Parameter(torch.zeros(c, 1, N_PITCHES))  # strings differ after all
        self.gathered = nn.BatchNorm2d(c)
        self.alone = nn.Conv2d(d, 2, 1)
        self.summary = nn.Conv2d(d, shape.summary, 1)
        self.dense = nn.Linear(shape.summary * N_PITCHES, shape.dense)
        self.drop = nn.Dropout(0.1)
        self.along = nn.GRU(shape.dense, shape.recurrent, batch_first=True)
        self.together = nn.Linear(shape.recurrent + shape.dense, 2 * N_PITCHES)
        nn.init.constant_(self.alone.bias, -4.0)
        nn.init.normal_(self.together.weight, std=0.01)
        nn.init.zeros_(self.together.bias)

    def initial(self, n: int = 1) -> tuple[Tensor, ...]:
        """States before the first frame, in the order of STATES."""
        device = self.dense.weight.device
        past = [torch.zeros(n, channels, 2, width, device=device) for channels, width in self.inputs]
        return (*past, torch.zeros(1, n, self.along.hidden_size, device=device))

    def forward(self, frames: Tensor, *states: Tensor) -> tuple[Tensor, Tensor, *tuple[Tensor, ...]]:
        """Listen on.

        Args:
            frames: (n, k, 78).
            states: those of STATES; from `initial`, or from the call before.

        Returns:
            Logits of onsets (n, k, 88) and sounding (n, k, 88), and the new states.
        """
        *past, hidden = states or self.initial(len(frames))
        after = []

        def look(k: int, heard: Tensor) -> Tensor:
            heard = torch.cat([past[k].to(heard.dtype), heard], dim=2)
            after.append(heard[:, :, -2:])
            return torch.relu(self.norms[k](self.convolutions[k](heard)))

        bands = torch.relu(self.partial(look(1, look(0, frames[:, None]))))  # (n, partial, k, 78)
        pitches = torch.relu(self.gathered(self.gather(_partials(bands)) + self.register))  # (n, c, k, 88)
        pitches = look(2, pitches)
        dense = torch.relu(self.dense(self.summary(pitches).permute(0, 2, 1, 3).flatten(2)))
        along, hidden = self.along(self.drop(dense), hidden.to(dense.dtype))
        together = self.together(self.drop(torch.cat([along, dense], dim=2)))
        alone = self.alone(pitches)
        onsets, sounding = together.chunk(2, dim=2)
        return onsets + alone[:, 0], sounding + alone[:, 1], *after, hidden


def _partials(bands: Tensor) -> Tensor:
    """(n, c, k, 78) bands → (n, c · len(PARTIALS), k, 88): each pitch's partials, 0 beyond the ends."""
    below = LOWEST_BAND - LOWEST_PITCH - min(PARTIALS)  # how far the lowest pitch's lowest partial is below the bands
    above = LOWEST_PITCH + N_PITCHES + max(PARTIALS) - (LOWEST_BAND + N_BINS)
    wide = nn.functional.pad(bands, (below, above))
    first = [partial - min(PARTIALS) for partial in PARTIALS]
    return torch.cat([wide[..., k : k + N_PITCHES] for k in first], dim=1)


def _convolution(inputs: int, outputs: int, stride: tuple[int, int]) -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )
