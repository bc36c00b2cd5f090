"""`livefollow train reader`: train the reader on engravings with exact truth, damaged like scans.

A batch is systems of about one width, whole: what an accidental means is told at the system's other end. Losses are
sums over what is printed, not means over columns, most of which are empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F  # noqa: N812  # its usual name
from torch import Tensor, nn
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

from livefollow.constants import BAND_HEIGHT, COLUMN, N_PITCHES
from livefollow.score.reading import N_MARKS, decode_columns
from livefollow.train.arguments import ReaderSettings
from livefollow.train.common.run import Run
from livefollow.train.common.supervised import SupervisedTraining
from livefollow.train.data.folders import default_data
from livefollow.train.reader.augment import damage
from livefollow.train.reader.data import NO_BEATS, PLACES, Printed, SystemImages, open_systems, targets
from livefollow.train.reader.metrics import ReadingCounts, compare
from livefollow.train.reader.network import ReaderNetwork

SPLITS = ("train", "random", "nottingham-train")
SHARES = {"train": 0.96, "nottingham-train": 0.04}  # of the systems that are drawn and no random music
# What validation looks like: typeset in a known and in the held-out font, and scanned.
VALIDATION = {"lilypond": "lilypond", "varied": "lilypond-1", "musescore": "musescore", "held_out_font": "verovio-*"}
SCANNED = "scanned"  # the first of them, damaged


@dataclass(frozen=True)
class Batch:
    """B systems, W = 4 C px wide; what is right of a system is white and does not count."""

    bands: Tensor  # (B, 2, 112, W) ink
    onset: Tensor  # (B, C)
    pitches: Tensor  # (B, C, 88)
    beats: Tensor  # (B, C) class, NO_BEATS where there is none
    marks: Tensor  # (B, C, 4)
    heads: Tensor  # (B, C, 66)
    real: Tensor  # (B, C) 1 on the system, 0 right of it


class Systems(IterableDataset[Batch]):
    """An endless stream of batches; each worker draws its own."""

    def __init__(self, sets: dict[str, SystemImages], settings: ReaderSettings, seed: int) -> None:
        self._sets, self._settings, self._seed = sets, settings, seed

    def __iter__(self) -> Iterator[Batch]:
        """Yield batches without end."""
        info = get_worker_info()
        rng = np.random.default_rng([self._seed, info.id if info else 0])
        names = list(self._sets)
        random = self._settings.random
        shares = np.array([random if n == "random" else (1 - random) * SHARES[n] for n in names])
        order = {n: np.argsort(self._sets[n].widths, kind="stable") for n in names}
        while True:
            name = names[int(rng.choice(len(names), p=shares / shares.sum()))]
            systems, by_width = self._sets[name], order[name]
            # Neighbours in width, so that little of a batch is padding.
            middle = int(rng.integers(len(by_width)))
            width = min(self._settings.widest, int(systems.widths[by_width[middle]]))
            count = max(1, round(self._settings.batch_px / width))
            near = by_width[max(0, middle - 20 * count) : middle + 20 * count]
            chosen = rng.choice(near, min(count, len(near)), replace=False)
            yield collate([self._draw(systems, int(i), rng) for i in chosen])

    def _draw(self, systems: SystemImages, i: int, rng: np.random.Generator) -> tuple[npt.NDArray[np.uint8], Printed]:
        bands, printed = systems.bands(i), systems.printed(i)
        if rng.random() < self._settings.damaged:
            damaged = damage(bands, rng)
            bands, printed = damaged.bands, moved(printed, damaged.moved)
        else:
            rows = int(rng.integers(-1, 2))
            bands = np.roll(bands, rows, axis=1)
        return bands[:, :, : self._settings.widest], printed


def moved(printed: Printed, where: object) -> Printed:
    """Move the events and marks of a system with its columns; `where` maps old x to new."""
    assert callable(where)
    marks = printed.marks.copy()
    marks["x"] = where(marks["x"])
    return replace(printed, x=np.asarray(where(printed.x), np.float32), marks=marks)


def collate(systems: list[tuple[npt.NDArray[np.uint8], Printed]]) -> Batch:
    """Batch systems, padded with white to the widest."""
    widths = [bands.shape[2] // COLUMN * COLUMN for bands, _ in systems]
    n, widest = len(systems), max(widths)
    columns = widest // COLUMN
    ink = np.zeros((n, 2, BAND_HEIGHT, widest), np.float32)
    onset, real = np.zeros((n, columns), np.float32), np.zeros((n, columns), np.float32)
    pitches, marks = np.zeros((n, columns, N_PITCHES), np.float32), np.zeros((n, columns, N_MARKS), np.float32)
    beats = np.full((n, columns), NO_BEATS, np.int64)
    heads = np.zeros((n, columns, 2 * PLACES), np.float32)
    for k, ((bands, printed), width) in enumerate(zip(systems, widths, strict=True)):
        truth = targets(printed, width)
        own = width // COLUMN
        ink[k, :, :, :width] = 1 - bands[:, :, :width].astype(np.float32) / 255
        onset[k, :own], pitches[k, :own], beats[k, :own] = truth.onset, truth.pitches, truth.beats
        marks[k, :own], heads[k, :own], real[k, :own] = truth.marks, truth.heads, 1
    arrays = (ink, onset, pitches, beats, marks, heads, real)
    return Batch(*(torch.from_numpy(a) for a in arrays))


def losses(outputs: tuple[Tensor, ...], batch: Batch) -> dict[str, Tensor]:
    """Binary cross-entropies of events, pitches, marks and heads, each per printed one, and that of note values."""
    onset, pitches, beats, marks, heads = (o.float() for o in outputs)

    def bce(logits: Tensor, target: Tensor, real: Tensor, least: float) -> Tensor:
        every = F.binary_cross_entropy_with_logits(logits, target, reduction="none") * real
        return every.sum() / target.sum().clamp(min=least)

    columns = batch.real[..., None]
    return {
        "onset": bce(onset, batch.onset, batch.real, 10),
        "pitches": bce(pitches, batch.pitches, columns, 10),
        "marks": bce(marks, batch.marks, columns, 4 * len(onset)),
        "heads": bce(heads, batch.heads, columns, 10),
        "beats": F.cross_entropy(beats.flatten(0, 1), batch.beats.flatten(), ignore_index=NO_BEATS),
    }


def validate(network: nn.Module, sets: dict[str, SystemImages], count: int, device: torch.device) -> dict[str, float]:
    """Compute the figures of each validation look and of the first one scanned, on `count` systems spread over it."""
    figures: dict[str, float] = {}
    for name, systems in [*sets.items(), (SCANNED, next(iter(sets.values())))]:
        total = ReadingCounts()
        rng = np.random.default_rng(7)
        for i in np.linspace(0, len(systems) - 1, min(count, len(systems))).astype(int):
            bands, printed = systems.bands(i), systems.printed(i)
            if name == SCANNED:
                damaged = damage(bands, rng)
                bands, printed = damaged.bands, moved(printed, damaged.moved)
            ink = torch.from_numpy(1 - bands[None].astype(np.float32) / 255).to(device)
            onset, pitches, beats, marks, *_ = network(ink)
            reading = decode_columns(
                onset[0].sigmoid().cpu().numpy(),
                pitches[0].sigmoid().cpu().numpy(),
                beats[0].softmax(-1).cpu().numpy(),
                marks[0].sigmoid().cpu().numpy(),
                0.0,
                0,
            )
            inside = printed.x < bands.shape[2]
            own = replace(
                printed, x=printed.x[inside], beats=printed.beats[inside], pitches=printed.pitches[: inside.sum()]
            )
            total += compare(reading, own)
        figures |= {f"{name}/{key}": value for key, value in total.figures().items()}
    return figures


def run(settings: ReaderSettings) -> int:
    """Train the reader, or continue an interrupted run.

    Raises:
        LivefollowError: there is no data, or training cannot begin.
    """
    data = settings.data or default_data()
    sets = {}
    for split in SPLITS:
        if any((data / "scores" / split).glob("*/*.npz")) or split == "train":
            sets[split] = open_systems(data, [split])
    valid = {n: open_systems(data, ["valid"], look, training=False) for n, look in VALIDATION.items()}
    own = Run("reader", settings)
    training = SupervisedTraining(own, ReaderNetwork())
    weights = sum(p.numel() for p in own.network.parameters())
    own.say(f"{sum(map(len, sets.values()))} systems, {weights} weights")
    draws = Systems(sets, settings, int(own.rng.integers(2**31)))
    loader = DataLoader(
        draws, batch_size=None, num_workers=settings.workers, prefetch_factor=4 if settings.workers else None
    )
    batches = iter(loader)
    shares = {"onset": 1.0, "pitches": 1.0, "marks": 0.3, "heads": 0.5, "beats": settings.beats_weight}

    def loss(_: int) -> tuple[Tensor, dict[str, Tensor]]:
        batch = next(batches)
        batch = Batch(*(getattr(batch, name).to(own.device) for name in Batch.__dataclass_fields__))
        parts = losses(training.forward(batch.bands), batch)
        return torch.stack([shares[name] * part for name, part in parts.items()]).sum(), parts

    training.fit(loss, lambda: validate(own.network, valid, settings.validate, own.device))
    return 0
