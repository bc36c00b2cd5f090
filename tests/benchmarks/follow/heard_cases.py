"""How well the localizer follows what the networks say of cases.

    python -m tests.benchmarks.follow.heard_cases CASES... --cache DIR

What reader and listener make of a case is kept in `--cache`, so that settings of the localizer can be compared in
seconds: `--set duration.stop=0.02` changes one, and may be given several times, one row each. The figures are those of
`livefollow evaluate`, with `--turns` those of its page turns, too.
"""

from __future__ import annotations

import argparse
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from pathlib import Path

import numpy as np

from livefollow.evaluate.cases import find_cases, load_case
from livefollow.evaluate.metrics import evaluate
from livefollow.evaluate.output import Measured, piece_table, table, turn_table
from livefollow.evaluate.page_turns import judge, turns_of
from livefollow.evaluate.summary import Result
from livefollow.follow.hmm.settings import Settings
from livefollow.follow.position import State
from livefollow.train.localizer.heard import follow, said_of
from livefollow.train.localizer.numbers import changed


def measured(folder: Path, models: Path | None, cache: Path, settings: Settings) -> Result:
    """Measure one case."""
    case = load_case(folder)
    track = follow(*said_of(case, models, cache), settings)
    if case.truth is None:
        return Result(case, track, None, following_s=float(np.count_nonzero(track.state == State.FOLLOWING)) / 20)
    return Result(case, track, evaluate(case, track))


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--only", default="*")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--set", action="append", default=[""], metavar="GROUP.NAME=VALUE[,...]")
    parser.add_argument("--pieces", action="store_true", help="a row for each case")
    parser.add_argument("--turns", action="store_true", help="judge page turns")
    parser.add_argument("--jobs", type=int, default=1)
    args = parser.parse_args()
    for path in args.cases:
        folders = find_cases([path], args.only)
        rows = []
        for change in args.set:
            settings = changed(change)
            with ProcessPoolExecutor(args.jobs) as pool:
                jobs = pool.map(measured, folders, repeat(args.models), repeat(args.cache), repeat(settings))
                results = list(jobs)
            turns = {
                r.case.name: judge(r.case.truth, turns_of(r.case, r.track)) for r in results if args.turns and r.track
            }
            rows.append(Measured(change or "as it is", True, results, turns))
        print(f"{path.name}, {len(folders)} cases\n{table(rows)}")
        if args.turns:
            print(turn_table(rows))
        if args.pieces:
            for row in rows:
                print(piece_table(row))


if __name__ == "__main__":
    main()
