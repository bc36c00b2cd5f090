"""The recorded figures of a run, and their curves."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import numpy as np

from livefollow.train.common.checkpoint import TrainingError

FIGURES = "figures.jsonl"
AXES = ("run", "step", "minutes")  # of each row; the others are figures


def figures_of(folder: Path) -> list[dict[str, float]]:
    """Read everything that `Run.record` wrote, oldest first.

    Raises:
        TrainingError: nothing has been recorded.
    """
    path = folder / FIGURES
    if not path.is_file():
        raise TrainingError(f"{folder} has no figures yet")
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def write_curves(folder: Path) -> Path:
    """Draw all recorded figures over minutes of training, as curves.png and curves.csv."""
    import matplotlib as mpl  # noqa: PLC0415

    mpl.use("Agg")
    import matplotlib.pyplot as plt  # noqa: PLC0415

    rows = figures_of(folder)
    columns = list(dict.fromkeys(key for row in rows for key in row))
    names = [name for name in columns if name not in AXES]
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
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path
