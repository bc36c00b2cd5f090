"""`livefollow train listener`: train the listener on performances whose keys are known."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
import torch.nn.functional as F  # noqa: N812  # its usual name
from torch import Tensor, nn
from torch.utils.data import DataLoader

from livefollow.constants import N_BINS
from livefollow.features.loudness import LevelNormalizer
from livefollow.train.arguments import ListenerSettings
from livefollow.train.common.checkpoint import TrainingError
from livefollow.train.common.run import Run
from livefollow.train.common.supervised import SupervisedTraining
from livefollow.train.data.folders import default_data
from livefollow.train.data.performance.recordings import Recording, evaluation_responses, recordings_of
from livefollow.train.listener.data import Crops, Pool, evaluation_frames
from livefollow.train.listener.metrics import onset_counts, onset_f1
from livefollow.train.listener.network import ListenerNetwork

SETTLING = 20  # frames at a crop's beginning that do not count: what sounded before is not known
THRESHOLD = 0.25  # probability of an onset that is counted: where F1 is highest on validation pieces

Heard = tuple[npt.NDArray[np.float32], npt.NDArray[np.bool_], npt.NDArray[np.bool_]]


def losses(outputs: tuple[Tensor, ...], onsets: Tensor, sounding: Tensor) -> dict[str, Tensor]:
    """Binary cross-entropies over what is struck and what sounds, the first frames left out."""

    def bce(logits: Tensor, target: Tensor) -> Tensor:
        logits, target = logits.float()[:, SETTLING:], target[:, SETTLING:]
        return F.binary_cross_entropy_with_logits(logits, target, reduction="sum") / target.sum().clamp(min=100)

    return {"onsets": bce(outputs[0], onsets), "sounding": bce(outputs[1], sounding)}


def split(frames: Tensor) -> tuple[Tensor, Tensor]:
    """The paper's bands of frames and their further views, (n, k, 78) and (n, k, 390) of (n, k, 468)."""
    return frames[..., :N_BINS], frames[..., N_BINS:]


def validation(data: Path, corpus: Path, seconds: float) -> dict[str, list[Heard]]:
    """Validation recordings: dry on MSMD's piano, and humanised on the held-out one in held-out rooms.

    Raises:
        TrainingError: there are none.
    """
    recordings = recordings_of(data, "valid")
    rooms = evaluation_responses(corpus)

    def heard(style: str, in_room: bool) -> list[Heard]:
        own = [r for r in recordings if r.style == style]
        if not own:
            raise TrainingError(
                f"{data / 'performances' / 'valid'} has no performances of style {style}: "
                "run livefollow data performances --split valid --styles score plain"
            )
        return [_normalised(r, rooms[i % len(rooms)] if in_room else None, seconds) for i, r in enumerate(own)]

    return {"score": heard("score", False), "held_out": heard("plain", True)}


def validate(network: nn.Module, sets: dict[str, list[Heard]], device: torch.device) -> dict[str, float]:
    """Onset F1 (±1 frame) of each set."""
    figures = {}
    for name, recordings in sets.items():
        counts = np.zeros(3)
        for frames, onsets, _ in recordings:
            heard = network(*split(torch.from_numpy(frames)[None].to(device)))[0][0].sigmoid().cpu().numpy()
            counts += onset_counts(heard, onsets, THRESHOLD)
        figures[f"{name}/onset_f1"] = onset_f1(counts)
        figures[f"{name}/precision"] = counts[0] / max(1, counts[0] + counts[1])
        figures[f"{name}/recall"] = counts[0] / max(1, counts[0] + counts[2])
    return figures


def run(settings: ListenerSettings) -> int:
    """Train the listener, or continue an interrupted run.

    Raises:
        LivefollowError: there is no data, or training cannot begin.
    """
    data = settings.data or default_data()
    if settings.corpus is None:
        raise TrainingError("--corpus is needed: the folder with rooms/ in it")
    sets = validation(data, settings.corpus, settings.validate_s)
    own = Run("listener", settings)
    network = ListenerNetwork()
    training = SupervisedTraining(own, network)
    crops = Crops(data, settings.corpus, int(own.rng.integers(2**31)))
    weights = sum(p.numel() for p in own.network.parameters())
    own.say(f"{len(crops.recordings)} recordings, {weights} weights")
    loader = DataLoader(
        crops, batch_size=None, num_workers=settings.workers, prefetch_factor=16 if settings.workers else None
    )
    pool = Pool(iter(loader), settings.pool, settings.fill)

    def loss(step: int) -> tuple[Tensor, dict[str, Tensor]]:
        if step % settings.echo == 0:
            pool.refresh(settings.batch)
        frames, onsets, sounding = (torch.from_numpy(a).to(own.device) for a in pool.draw(settings.batch, own.rng))
        parts = losses(training.forward(*split(frames)), onsets, sounding)
        return parts["onsets"] + settings.sounding_weight * parts["sounding"], parts

    training.fit(
        loss,
        lambda: validate(network, sets, own.device),
        at_end=lambda: network.raise_onsets(settings.raise_onsets),
    )
    return 0


def _normalised(recording: Recording, response: npt.NDArray[np.float32] | None, seconds: float) -> Heard:
    frames, onsets, sounding = evaluation_frames(recording, response, seconds)
    return LevelNormalizer().push(frames), onsets, sounding
