"""The recorded figures of a run, and their curves."""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import numpy as np

from livefollow.train.common.checkpoint import TrainingError

FIGURES = "figures.jsonl"
COLUMNS, ROW_IN = 4, 2.6  # of the curves, inches
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
    height = ROW_IN * math.ceil(len(names) / COLUMNS)
    figure, axes = plt.subplots(math.ceil(len(names) / COLUMNS), COLUMNS, figsize=(16, height))
    for axis, name in zip(np.ravel(axes), names, strict=False):
        points = [(row["minutes"], row[name]) for row in rows if name in row]
        axis.plot(*zip(*points, strict=True), marker=".")
        axis.set_title(name, fontsize=9)
        axis.locator_params(nbins=5)
    for axis in np.ravel(axes)[len(names) :]:
        axis.axis("off")
    figure.supxlabel("minutes of training")
    # Fixed margins: to find the least ones takes longer than the drawing.
    figure.subplots_adjust(0.04, 0.6 / height, 0.99, 1 - 0.3 / height, wspace=0.22, hspace=0.4)
    path = folder / "curves.png"
    figure.savefig(path, dpi=90)
    plt.close(figure)
    with (folder / "curves.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
    return path
