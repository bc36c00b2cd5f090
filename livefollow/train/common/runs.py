"""What every training run needs: its folder, its device, its figures and curves."""

from __future__ import annotations

import csv
import json
import math
import os
import sys
from pathlib import Path
from typing import Any

import numpy as np
import platformdirs
import torch

from livefollow.errors import LivefollowError


class TrainingError(LivefollowError):
    """Training cannot begin, or has gone wrong."""


def state_folder(state: Path | None, name: str) -> Path:
    """Where a network's checkpoint and figures are: below `state`, or where the platform keeps such things."""
    return (state or platformdirs.user_state_path("livefollow") / "training") / name


def open_board(folder: Path, step: int) -> Any:
    """A TensorBoard writer that goes on from a step; None where TensorBoard is not installed."""
    try:
        from torch.utils.tensorboard import SummaryWriter  # noqa: PLC0415
    except ImportError:
        print("No TensorBoard here: figures are written to figures.jsonl only.", file=sys.stderr)
        return None
    return SummaryWriter(str(folder / "tensorboard"), purge_step=step)


def figures_of(folder: Path) -> list[dict[str, float]]:
    """Everything that `record` wrote, oldest first.

    Raises:
        TrainingError: nothing has been recorded.
    """
    path = folder / "figures.jsonl"
    if not path.is_file():
        raise TrainingError(f"{folder} has no figures yet")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_curves(folder: Path) -> Path:
    """Draw all recorded figures over minutes of training, as curves.png and curves.csv."""
    import matplotlib as mpl  # noqa: PLC0415

    mpl.use("Agg")
    import matplotlib.pyplot as plt  # noqa: PLC0415

    rows = figures_of(folder)
    names = [n for n in dict.fromkeys(k for row in rows for k in row) if n not in ("leg", "step", "minutes")]
    figure, axes = plt.subplots(math.ceil(len(names) / 4), 4, figsize=(16, 2.6 * math.ceil(len(names) / 4)))
    for axis, name in zip(np.ravel(axes), names, strict=False):
        points = [(row["minutes"], row[name]) for row in rows if name in row]
        axis.plot(*zip(*points, strict=True), marker=".")
        axis.set_title(name, fontsize=9)
    for axis in np.ravel(axes)[len(names) :]:
        axis.axis("off")
    figure.supxlabel("minutes of training")
    figure.tight_layout()
    path = folder / "curves.png"
    figure.savefig(path, dpi=90)
    plt.close(figure)
    with (folder / "curves.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, list(dict.fromkeys(k for row in rows for k in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path


def training_device(wanted: str) -> torch.device:
    """The device that `auto`, `cpu` or `cuda` means.

    Raises:
        TrainingError: there is no CUDA device.
    """
    if wanted == "cuda" and not torch.cuda.is_available():
        raise TrainingError("There is no CUDA device here: leave --device out, or say --device cpu.")
    if wanted == "cpu" or not torch.cuda.is_available():
        return torch.device("cpu")
    return torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")))


def has_bfloat16(device: torch.device) -> bool:
    """Whether a device is faster in bfloat16."""
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported()
    return bool(torch.cpu._is_avx512_bf16_supported())
