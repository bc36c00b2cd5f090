"""Whether simulated rehearsals are like recorded ones: `python -m tests.benchmarks.train.rehearsal_statistics DATA`.

Every piece of the split is practised some times, and its attempts are counted beside those of eleven recorded drills.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from livefollow.evaluate.output import align
from livefollow.train.data.notation.music import Music
from livefollow.train.data.performance.attempts import QUANTILES, RECORDED, AttemptStatistics, statistics
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.styles import PRESETS

LONGEST_S = 150.0


def rows(name: str, practice: AttemptStatistics) -> list[list[str]]:
    """A row for each figure."""
    spreads = {"s an attempt": practice.seconds, "onsets": practice.onsets, "pause, s": practice.pause_s}
    spreads["onsets back"] = practice.back
    out = [[name, label, *(f"{value:.2g}" for value in values)] for label, values in spreads.items()]
    return [*out, [name, "goes back", f"{practice.goes_back:.2f}"], [name, "same start", f"{practice.same:.2f}"]]


def main() -> None:
    """Practise and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, metavar="DATA", help="a dataset, with scores/ in it")
    parser.add_argument("--split", default="valid")
    parser.add_argument("--times", type=int, default=3, help="that each piece is practised")
    args = parser.parse_args()
    pieces = [Music.load(path) for path in sorted((args.data / "scores" / args.split).glob("*/music.json"))]
    performances = [
        play(piece, PRESETS["rehearsal"], np.random.default_rng((i, k)), LONGEST_S)
        for i, piece in enumerate(pieces)
        for k in range(args.times)
    ]
    simulated = statistics(performances)
    print(f"{len(pieces)} pieces, {simulated.count} attempts; recorded: {RECORDED.count}")
    head = ["", "", *(f"{quantile:.0%}" for quantile in QUANTILES)]
    both = zip(rows("simulated", simulated), rows("recorded", RECORDED), strict=True)
    print(align([head, *(row for pair in both for row in pair)]))


if __name__ == "__main__":
    main()
