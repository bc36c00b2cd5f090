"""`python -m tests.benchmarks.turning.seen CASES --tracks DIR`: is what is played on the screen, in each layout?

For every onset of a case, whether the system that it is in was seen MARGIN_S before it, and when it was played. The
tracks are those of `livefollow track`, one DIR/CASE.csv for each case; cases without one, or of one page, are left out.
"""

from __future__ import annotations

import argparse
import tempfile
from pathlib import Path

import numpy as np

from livefollow.evaluate.cases import Case, find_cases, load_case
from livefollow.follow.track import Track, load_track
from livefollow.score.score import Score
from livefollow.turning.stage import Stage
from livefollow.turning.view import Layout, Spot, View

MARGIN_S = 0.3


def seen(view: View, page: int, top: float, bottom: float) -> bool:
    """Whether a system is wholly seen."""
    if page == view.other and view.spot in (Spot.UPPER, Spot.LOWER):
        if view.spot is Spot.UPPER:
            start = view.other_from or 0.0
            return start <= top and bottom <= min(view.other_to, start + view.cut)
        return top >= (view.cut if view.other_from is None else view.other_from)
    if page == view.page and view.spot is Spot.UPPER:
        return top >= view.cut
    if page == view.page and view.spot is Spot.LOWER:
        return bottom <= view.cut
    return page in (view.page, view.other)


def shares(case: Case, track: Track, score: Score) -> dict[Layout, tuple[int, int, int]]:
    """Per layout: onsets, those seen in time, and changes of what is seen."""
    assert case.truth
    out = {}
    for layout in Layout:
        stage = Stage(score.strip, 1, score.document.page_count, layout)
        views, changes = [], 0
        for k in range(len(track)):
            position = track.position(k)
            middle = (position.top_pt + position.bottom_pt) / 2
            before = stage.view
            try:
                score.strip.from_page(position.page, position.x_pt, middle)
                stage.show(position)
            except LookupError:
                pass
            changes += stage.view != before
            views.append(stage.view)
        good = 0
        for i, onset in enumerate(case.truth.onset):
            system = case.truth.systems[case.truth.at[i]]
            rows = [int(np.clip(np.searchsorted(track.time_s, onset - m), 0, len(track) - 1)) for m in (MARGIN_S, 0)]
            good += all(seen(views[k], system.page, system.top, system.bottom) for k in rows)
        out[layout] = len(case.truth.onset), good, changes
    return out


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", type=Path, nargs="+")
    parser.add_argument("--tracks", type=Path, required=True)
    args = parser.parse_args()
    total = {layout: np.zeros(3, int) for layout in Layout}
    count = 0
    for folder in find_cases(args.cases):
        case = load_case(folder)
        csv = args.tracks / f"{case.name}.csv"
        if case.truth is None or not csv.exists() or len(set(case.truth.page.tolist())) < 2:
            continue
        with tempfile.TemporaryDirectory() as data, Score(case.score, data=Path(data)) as score:
            list(score.read())
            for layout, figures in shares(case, load_track(csv), score).items():
                total[layout] += figures
        count += 1
    print(f"{count} cases")
    print("| layout | onsets | seen in time | changes |\n|---|---:|---:|---:|")
    for layout, (onsets, good, changes) in total.items():
        print(f"| {layout.value} | {onsets} | {good / max(1, onsets):.4f} | {changes} |")


if __name__ == "__main__":
    main()
