"""The listener as a torch network: frames in, struck and sounding keys out, frame by frame."""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn.functional import conv2d

from livefollow.constants import LOWEST_PITCH, N_BINS, N_PITCHES, N_VIEWS

LOWEST_BAND = 36  # MIDI pitch of the lowest band: C2

# Bands are semitones: partials 1 to 8 of a tone but the seventh, and what would be the octave below.
PARTIALS = (-12, 0, 12, 19, 24, 28, 31, 36)
# Pitches whose partials coincide with a pitch's own, in semitones above and below it.
RELATIVES = (12, 19, 24)


@dataclass(frozen=True)
class ListenerShape:
    """Sizes of the listener."""

    bands: tuple[int, int] = (16, 32)  # channels per band
    attack: int = 16  # channels per band of how tones begin
    partial: int = 8  # channels per band that pitches gather
    attack_partial: int = 8  # of how tones begin, likewise
    pitch: tuple[int, int] = (32, 32)  # channels per pitch
    summary: int = 4  # channels per pitch that the recurrent layer sees
    dense: int = 256
    recurrent: int = 256
    related: int = 8  # channels per pitch that are known of its relatives at each distance
    memory: int = 32  # channels of each pitch's memory


class ListenerNetwork(nn.Module):
    """Level-normalised frames → logits of struck and of sounding pitches, one frame late.

    The shape of a tone is learned once for all pitches: bands are semitones, so a pitch gathers its partials from bands
    at the same distances everywhere. A recurrent layer over all pitches adds what went before. Each pitch also has a
    memory of its own, with the same weights for all, that sees the pitches whose partials coincide with it: does the
    string still sound, or another's partials? (After Wei et al., "HPPNet", ISMIR 2022, and Kwon et al., "Towards
    efficient and real-time piano transcription using neural autoregressive models", 2024.)

    How a tone begins is seen in the further views of the frames: what a convolution finds there goes into the bands,
    and is gathered by the pitches by itself, too.

    Causal: the convolutions look back two frames each; what they looked back at, and what the recurrent layers put
    out, is the state.
    """

    STATES = ("past_0", "past_1", "past_2", "past_3", "hidden", "memory")
    # Silent at first: networks before had no memories, and then no further views.
    MEMORIES = ("share", "relate", "remember", "context", "weigh", "judge")
    VIEWS = ("attack", "attack_norm", "attack_bands", "attack_partial", "attack_gather")
    ADDED = MEMORIES + VIEWS

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
        f = shape.attack
        self.attack = nn.Conv2d(N_VIEWS - 1, f, (3, 5), padding=(0, 2), bias=False)
        self.attack_norm = nn.BatchNorm2d(f)
        self.attack_bands = nn.Conv2d(f, b, (3, 3), padding=(0, 1), bias=False)
        self.attack_partial = nn.Conv2d(f, shape.attack_partial, 1)
        self.attack_gather = nn.Conv2d(shape.attack_partial * len(PARTIALS), c, 1, bias=False)
        nn.init.zeros_(self.attack_bands.weight)
        nn.init.zeros_(self.attack_gather.weight)
        # Channels and width of each convolution's input.
        self.inputs = ((1, N_BINS), (a + f, N_BINS), (c, N_PITCHES), (N_VIEWS - 1, N_BINS))
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
        r = shape.related
        self.share = nn.Conv2d(d, r, 1)
        self.relate = nn.ModuleList([nn.Conv2d(r, r, (1, 3), padding=(0, by), dilation=(1, by)) for by in RELATIVES])
        self.remember = nn.GRU(d + r * len(RELATIVES), shape.memory)
        self.weigh = nn.Linear(shape.memory, shape.memory)
        self.context = nn.Linear(shape.recurrent, shape.memory, bias=False)
        self.judge = nn.Linear(shape.memory, 2)
        nn.init.zeros_(self.judge.weight)
        nn.init.zeros_(self.judge.bias)
        nn.init.constant_(self.alone.bias, -4.0)
        nn.init.normal_(self.together.weight, std=0.01)
        nn.init.zeros_(self.together.bias)

    def raise_onsets(self, by: float) -> None:
        """Add to the logits of all onsets."""
        self.alone.bias[0] += by

    def initial(self, n: int = 1) -> tuple[Tensor, ...]:
        """States before the first frame, in the order of STATES."""
        device = self.dense.weight.device
        past = [torch.zeros(n, channels, 2, width, device=device) for channels, width in self.inputs]
        hidden = torch.zeros(1, n, self.along.hidden_size, device=device)
        return (*past, hidden, torch.zeros(1, n * N_PITCHES, self.remember.hidden_size, device=device))

    def forward(self, frames: Tensor, views: Tensor, *states: Tensor) -> tuple[Tensor, Tensor, *tuple[Tensor, ...]]:
        """Process the next k frames.

        Args:
            frames: (n, k, 78).
            views: (n, k, 390), the further ones of the frames.
            states: those of STATES; from `initial`, or from the call before.

        Returns:
            Logits of onsets (n, k, 88) and sounding (n, k, 88), and the new states.
        """
        # Sizes are told as numbers, but for that of k: what ONNX is to find out as it runs takes 6 % of its time.
        n = len(frames)
        *past, hidden, memory = states or self.initial(n)
        # What each convolution sees: two frames that were, and those that come. `after` is in the order of `inputs`.
        after = list(past)

        def look(k: int, heard: Tensor) -> Tensor:
            heard = torch.cat([past[k].to(heard.dtype), heard], dim=2)
            after[k] = heard[:, :, -2:]
            return heard

        first = torch.relu(self.norms[0](self.convolutions[0](look(0, frames[:, None]))))
        further = views.reshape(n, -1, N_VIEWS - 1, N_BINS).transpose(1, 2)
        attack = torch.relu(self.attack_norm(self.attack(look(3, further))))  # (n, attack, k, 78)
        # Sums of two convolutions are one over the channels of both: a third of what the views cost each frame.
        weight = torch.cat([self.convolutions[1].weight, self.attack_bands.weight], dim=1)
        second = conv2d(look(1, torch.cat([first, attack], dim=1)), weight, padding=(0, 1))
        bands = torch.relu(self.partial(torch.relu(self.norms[1](second))))  # (n, partial, k, 78)
        tones = torch.cat([bands, torch.relu(self.attack_partial(attack))], dim=1)
        gathers = [own.weight.unflatten(1, (len(PARTIALS), -1)) for own in (self.gather, self.attack_gather)]
        gathered = conv2d(_partials(tones), torch.cat(gathers, dim=2).flatten(1, 2)) + self.register
        pitches = torch.relu(self.gathered(gathered))  # (n, c, k, 88)
        pitches = torch.relu(self.norms[2](self.convolutions[2](look(2, pitches))))
        summary = self.summary(pitches).permute(0, 2, 1, 3).reshape(n, -1, self.dense.in_features)
        dense = torch.relu(self.dense(summary))
        along, hidden = self.along(self.drop(dense), hidden.to(dense.dtype))
        together = self.together(self.drop(torch.cat([along, dense], dim=2))).reshape(n, -1, 2, N_PITCHES)
        own, memory = self._remembered(n, pitches, along, memory)
        logits = together + self.alone(pitches).transpose(1, 2) + own
        return logits[:, :, 0], logits[:, :, 1], *after, hidden, memory

    def _remembered(self, n: int, pitches: Tensor, along: Tensor, memory: Tensor) -> tuple[Tensor, Tensor]:
        """What each pitch's memory adds to its logits, (n, k, 2, 88), and the memories after."""
        shared = torch.relu(self.share(pitches))
        seen = torch.cat([pitches, *(torch.relu(related(shared)) for related in self.relate)], dim=1)
        # Two transpositions of two axes: as one of four they cost ONNX Runtime a tenth of the whole network.
        channels = self.remember.input_size
        seen = seen.reshape(n, channels, -1).transpose(1, 2).reshape(n, -1, N_PITCHES, channels)
        seen = seen.transpose(0, 1).reshape(-1, n * N_PITCHES, channels)  # (k, n · 88, channels)
        remembered, memory = self.remember(seen, memory.to(seen.dtype))
        weighed = self.weigh(remembered).reshape(-1, n, N_PITCHES, self.weigh.out_features).transpose(0, 1)
        weighed = weighed + self.context(along)[:, :, None]
        return self.judge(torch.relu(weighed)).transpose(2, 3), memory


def _partials(bands: Tensor) -> Tensor:
    """(n, c, k, 78) bands → (n, c · len(PARTIALS), k, 88): each pitch's partials, 0 beyond the ends."""
    below = LOWEST_BAND - LOWEST_PITCH - min(PARTIALS)  # how far the lowest pitch's lowest partial is below the bands
    above = LOWEST_PITCH + N_PITCHES + max(PARTIALS) - (LOWEST_BAND + N_BINS)
    wide = nn.functional.pad(bands, (below, above))
    first = [partial - min(PARTIALS) for partial in PARTIALS]
    return torch.cat([wide[..., k : k + N_PITCHES] for k in first], dim=1)
