"""The reader as a torch network: bands of a staff system in, events per column out.

Trained on dense labels and run as ONNX: `train/export/networks.py` writes it, `networks/reader.py` runs it.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from livefollow.constants import BAND_HEIGHT, LOWEST_PITCH, N_PITCHES, STAFF_SPACE
from livefollow.score.reading import BEAT_CLASSES, N_MARKS
from livefollow.train.reader.data import HALF_PLACES, MIDDLE_LINE, PLACES

ROW = 4  # px of a band that one row of features is of
MIDDLES = range(
    -20, 21
)  # diatonic steps above C4 that a staff's middle line may sound, clefs and octave lines together
STEPS = range(-23, 29)  # those of a piano's white keys, from A0 to C8
ALTERS = range(-2, 3)  # semitones that accidentals change them by
SCALE = (0, 2, 4, 5, 7, 9, 11)  # semitones of C D E F G A B above C
TREBLE, BASS = 6, -6
CLEFS = (4, -4, 0)  # steps above C4 that the place of a G, F and C clef sounds
LEAST = 1e-5  # probability of a pitch; the most is as far from 1


@dataclass(frozen=True)
class ReaderShape:
    """Sizes of the reader."""

    channels: tuple[int, int, int, int, int] = (16, 32, 48, 48, 48)
    row_channels: int = 24  # per row that is left, before rows are flattened
    staff: int = 256  # per staff and column
    system: int = 256  # per column
    recurrent: int = 192  # per direction
    place: int = 24  # channels per line or space
    memory: int = 24  # channels of what is remembered of each
    context: int = 8  # channels of the column that each sees


class ReaderNetwork(nn.Module):
    """Bands of a system → logits of what stands in each column of 4 px.

    The width is halved early; the height is never pooled away but flattened: height is pitch. Clefs, signatures and
    accidentals stand far to the left of the notes they change, so a recurrent layer runs along the whole system, both
    ways.

    Pitches are spelled: on which lines and spaces are heads; what does the middle line sound, by clef and octave line;
    how does the key change each step, and what accidental came before on each line and space (a memory for each, with
    the same weights for all). The rule that makes pitches of these is given and not learned, so that a chord, a key or
    an octave that was never seen is read like any other.
    """

    # Not in networks from before pitches were spelled: these take events, note values and marks from them, no pitches.
    ADDED = ("glyph", "beside", "known", "remember", "seen", "place", "clef", "middle", "key")

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
        self.beats = nn.Sequential(nn.Linear(features, 96), nn.ReLU(), nn.Linear(96, len(BEAT_CLASSES)))
        self.marks = nn.Linear(features, N_MARKS)
        g = shape.place
        self.glyph = nn.Conv2d(e, g, 1)
        self.beside = nn.Sequential(nn.Conv2d(g, g, 3, padding=1, bias=False), nn.BatchNorm2d(g), nn.ReLU())
        self.known = nn.Linear(features, shape.context)
        self.remember = nn.GRU(g + shape.context, shape.memory)
        self.seen = nn.Linear(shape.memory + g + shape.context, shape.memory)
        self.place = nn.Linear(shape.memory, 1 + len(ALTERS))  # a head; what came before on its line or space
        self.clef = nn.Linear(shape.memory, len(CLEFS))  # that holds there
        self.middle = nn.Linear(features, 2 * len(MIDDLES))
        self.key = nn.Linear(features, 7 * len(ALTERS))
        for head in (self.onset, self.marks):
            nn.init.constant_(head.bias, -4.0)
        self._begin_spelling()
        self.register_buffer("between", _between(), persistent=False)
        self.register_buffer("sounds", _sounds(), persistent=False)
        self.register_buffer("moves", _moves(), persistent=False)
        self.register_buffer("spelt", _spelt(), persistent=False)
        self.register_buffer("letters", torch.tensor([step % 7 for step in STEPS]), persistent=False)

    def forward(self, bands: Tensor) -> tuple[Tensor, ...]:
        """Read a batch of systems.

        Args:
            bands: (n, 2, 112, w) ink, 0 paper to 1; w a multiple of 4.

        Returns:
            Logits per column, C = w / 4: onset (n, C), pitches (n, C, 88), beats (n, C, 13), marks (n, C, 4); and heads
            (n, C, 66), by which pitches are spelled.
        """
        n, staves, height, width = bands.shape
        # What is flattened has fewer channels; lines and spaces are taken from what it is made of.
        seen = self.see[:-2](bands.reshape(n * staves, 1, height, width).contiguous(memory_format=torch.channels_last))
        rows = self.see[-2:](seen).permute(0, 3, 1, 2).flatten(2)  # (2n, C, channels · rows)
        each = torch.relu(self.staff(rows)).reshape(n, staves, -1, self.staff.out_features)
        both = torch.cat([each[:, 0], each[:, 1]], dim=2)
        columns = torch.relu(self.system(both.transpose(1, 2))).transpose(1, 2)
        read, _ = self.along(self.drop(columns))
        features = self.drop(torch.cat([read, columns], dim=2))
        heads, pitches = self._spelled(seen, features)
        return self.onset(features)[..., 0], pitches, self.beats(features), self.marks(features), heads

    def _spelled(self, seen: Tensor, features: Tensor) -> tuple[Tensor, Tensor]:
        """Logits of heads (n, C, 66), and of the pitches that they spell (n, C, 88)."""
        n, columns, _ = features.shape
        staves = len(seen) // n
        glyphs = torch.relu(self.glyph(seen).transpose(2, 3) @ self.between).transpose(2, 3)
        places = self.beside(glyphs)  # (2n, channels, 33, C)
        places = places.permute(3, 0, 2, 1).reshape(columns, n, staves * PLACES, -1)
        known = self.known(features).transpose(0, 1)[:, :, None].expand(-1, -1, staves * PLACES, -1)
        told = torch.cat([places, known], dim=3).flatten(1, 2)
        before, _ = self.remember(told)
        seen = torch.relu(self.seen(torch.cat([before, told], dim=2)))
        seen = seen.reshape(columns, n, staves, PLACES, -1).transpose(0, 1)
        each = self.place(seen)  # (n, C, 2, 33, 6)
        middle = self.middle(features).unflatten(2, (staves, len(MIDDLES))) + self.clef(seen).flatten(3) @ self.sounds
        key = self.key(features).unflatten(2, (1, 7, len(ALTERS)))
        # Probabilities near 0 and 1 want all digits.
        with torch.autocast(features.device.type, enabled=False):
            spelled = self._pitches(each.float(), middle.float(), key.float())
            return each[..., 0].float().flatten(2), torch.logit(spelled, LEAST)

    def _pitches(self, each: Tensor, middle: Tensor, key: Tensor) -> Tensor:
        """The rule of notation: probabilities (n, C, 88) that pitches are spelled.

        Args:
            each: (n, C, 2, 33, 6) of each line and space: logits of a head, and of what an accidental before makes it.
            middle: (n, C, 2, 41) logits of what the middle line sounds.
            key: (n, C, 1, 7, 5) logits of how the key changes C, D, ...
        """
        moved = (middle.softmax(-1) @ self.moves).unflatten(3, (len(STEPS), PLACES))  # the step each place sounds
        steps = moved @ torch.cat([each[..., :1].sigmoid(), each[..., 1:]], dim=4)  # (n, C, 2, 52, 6)
        altered = steps[..., :1] * (steps[..., 1:] + key[:, :, :, self.letters]).softmax(-1)
        return 1 - ((1 - altered.clamp(max=1 - 1e-4)).log().flatten(2) @ self.spelt).exp()

    def _begin_spelling(self) -> None:
        """Begin with what most scores have: few heads, treble and bass, naturals."""
        with torch.no_grad():
            self.place.bias.copy_(torch.tensor([-4.0, *(0.0 for _ in ALTERS)]))
            self.key.bias.copy_(torch.tensor([0.0, 0.0, 2.0, 0.0, 0.0]).repeat(7))
            clefs = torch.zeros(2, len(MIDDLES))
            clefs[0, MIDDLES.index(TREBLE)] = clefs[1, MIDDLES.index(BASS)] = 4.0
            self.middle.bias.copy_(clefs.flatten())
            for head in (self.key, self.middle, self.clef):
                head.weight.mul_(0.1)


def _between() -> Tensor:
    """(28, 33) how rows of features make lines and spaces, from the lowest: the two rows around each."""
    rows = BAND_HEIGHT // ROW
    at = (MIDDLE_LINE - 0.5 * STAFF_SPACE * torch.arange(-HALF_PLACES, HALF_PLACES + 1) - 0.5) / ROW
    return (1 - (torch.arange(rows)[:, None] - at.clamp(0, rows - 1)).abs()).clamp(min=0)


def _sounds() -> Tensor:
    """(33 · 3, 41) 1 where a clef on a line or space makes the middle line sound so."""
    places, middles = torch.arange(-HALF_PLACES, HALF_PLACES + 1)[:, None, None], torch.tensor(MIDDLES)
    return (torch.tensor(CLEFS)[:, None] - places == middles).float().flatten(0, 1)


def _moves() -> Tensor:
    """(41, 52 · 33) 1 where a line or space sounds a step, by what the middle line sounds."""
    middles, steps = torch.tensor(MIDDLES)[:, None, None], torch.tensor(STEPS)[:, None]
    return (middles + torch.arange(-HALF_PLACES, HALF_PLACES + 1) == steps).float().flatten(1)


def _spelt() -> Tensor:
    """(2 · 52 · 5, 88) 1 where a step of a staff with an accidental is a pitch."""
    spelt = torch.zeros(2, len(STEPS), len(ALTERS), N_PITCHES)
    for k, step in enumerate(STEPS):
        for a, alter in enumerate(ALTERS):
            pitch = 60 + 12 * (step // 7) + SCALE[step % 7] + alter - LOWEST_PITCH
            if 0 <= pitch < N_PITCHES:
                spelt[:, k, a, pitch] = 1
    return spelt.flatten(0, 2)


def _convolution(inputs: int, outputs: int, stride: tuple[int, int]) -> nn.Module:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, padding=1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU()
    )
