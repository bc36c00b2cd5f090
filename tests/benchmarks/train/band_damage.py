"""What scan damage costs in training: `python -m tests.benchmarks.train.band_damage LOOK.npz... [--picture SHEET.png]`.

Prints milliseconds per 1,000 px of a system on one core, drawn over the systems of some looks of a dataset, and writes
24 damaged systems, cut to 400 px, side by side.
"""

import argparse
import time
from pathlib import Path

import cv2
import numpy as np

from livefollow.constants import BAND_HEIGHT
from livefollow.train.data.score_look import ScoreLook
from livefollow.train.reader.augment import damage

DRAWS = 400
CUT = 400
COLUMNS, ROWS = 4, 6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("looks", type=Path, nargs="+")
    parser.add_argument("--picture", type=Path)
    args = parser.parse_args()
    cv2.setNumThreads(1)
    systems = []
    for path in args.looks:
        look = ScoreLook.load(path)
        systems += [look.bands[:, :, x0:x1].copy() for _, _, x0, x1 in look.systems]
    rng = np.random.default_rng(0)
    chosen = [systems[i] for i in rng.integers(len(systems), size=DRAWS)]
    took = []
    for bands in chosen:
        start = time.perf_counter()
        damage(bands, rng)
        took.append(1000 * (time.perf_counter() - start))
    per_1000 = 1000 * sum(took) / sum(bands.shape[2] for bands in chosen)
    print(f"{per_1000:.1f} ms per 1,000 px; a system {np.mean(took):.1f} ms, p95 {np.percentile(took, 95):.1f} ms")
    if args.picture:
        tiles = np.full((ROWS, COLUMNS, 2 * BAND_HEIGHT, CUT), 255, np.uint8)
        for tile, bands in zip(tiles.reshape(-1, 2 * BAND_HEIGHT, CUT), chosen, strict=False):
            seen = damage(bands, rng).bands.reshape(2 * BAND_HEIGHT, -1)[:, :CUT]
            tile[:, : seen.shape[1]] = seen
        sheet = tiles.transpose(0, 2, 1, 3).reshape(ROWS * 2 * BAND_HEIGHT, COLUMNS * CUT)
        cv2.imwrite(str(args.picture), sheet)


if __name__ == "__main__":
    main()
