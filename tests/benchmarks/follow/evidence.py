"""How clearly a score explains who plays it, and how well it seems to explain what is not it.

    python -m tests.benchmarks.follow.evidence CASES... --cache DIR [--others 4]

Each case is heard on its own score and, of the other cases in turn, a few on it. Nats of evidence while the player is
followed, after 10 s: the first percentile and the median, means over cases; of other music the most, and the seconds it
is followed, and followed with a confidence that turns pages.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from livefollow.constants import FPS
from livefollow.evaluate.cases import find_cases, load_case
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.position import State
from livefollow.follow.tuning import ShiftSearch
from livefollow.train.localizer.heard import CaseHeard, Known, Read, said_of
from livefollow.turning.stage import UNSURE

SETTLED_S = 10.0  # after which evidence is looked at


def evidence(score: Read, heard: CaseHeard) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(n,) nats after each frame, whether the player was followed, and with what confidence."""
    localizer, shift = Localizer(score.reading), ShiftSearch()
    rows = []
    for onsets, sounding, level in zip(heard.onsets, heard.sounding, heard.loudness, strict=True):
        localizer, estimate = shift.step(localizer, (onsets, sounding, float(level)))
        rows.append((localizer.evidence, estimate.state is State.FOLLOWING, estimate.confidence))
    nats, followed, confidence = np.array(rows).T
    return nats, followed > 0, confidence


def own(known: list[Known]) -> None:
    """Print the evidence of who plays the score."""
    figures = []
    for each in known:
        nats, followed, _ = evidence(each.score, each.heard)
        settled = np.arange(len(nats)) > SETTLED_S * FPS
        if (followed & settled).any():
            figures.append(np.percentile(nats[followed & settled], [1, 50]))
    first, median = np.mean(figures, 0)
    print(f"the score itself: {first:.1f} nats and more in 99 % of the time, median {median:.1f}; {len(figures)} cases")


def foreign(known: list[Known], others: int) -> None:
    """Print the evidence of other music, and what would be shown of it."""
    most, rows = [], []
    for i, each in enumerate(known):
        for other in [known[(i + k) % len(known)] for k in range(1, min(others + 1, len(known)))]:
            if len(other.score.reading.x) == len(each.score.reading.x):  # the same piece
                continue
            nats, followed, confidence = evidence(each.score, other.heard)
            most.append(nats.max())
            rows.append((len(nats), followed.sum(), (followed & (confidence >= UNSURE)).sum()))
    frames, followed, sure = np.sum(rows, 0)
    print(
        f"other music: at most {np.max(most):.1f} nats, nine of ten below {np.percentile(most, 90):.1f}; of "
        f"{frames / FPS / 60:.0f} minutes {followed / FPS:.1f} s followed, {sure / FPS:.1f} s at {UNSURE} or more"
    )


def main() -> None:
    """Print the figures of each folder of cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--models", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--others", type=int, default=4, help="cases that are heard on the score of each")
    args = parser.parse_args()
    for path in args.cases:
        known = []
        for folder in find_cases([path]):
            case = load_case(folder)
            if case.truth is not None:
                known.append(Known(case, *said_of(case, args.models, args.cache)))
        print(path.name)
        own(known)
        foreign(known, args.others)


if __name__ == "__main__":
    main()
