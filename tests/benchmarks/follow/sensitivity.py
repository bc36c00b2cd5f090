"""What each number of the localizer is worth: half of it, and twice.

    python -m tests.benchmarks.follow.sensitivity CASES... --cache DIR [--seconds S] [--out docs/sensitivity.md]

What the networks say of the cases is kept in `--cache`, so a minute of sound takes a second for each value.
Probabilities and shares stay below one, what counts something is rounded, decibels change by six. Beside figures that
`livefollow evaluate` knows the table says in how many frames another place is shown than with the defaults: a number
that moves nothing changes nothing, however few the cases are.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np

from livefollow.constants import FPS, STAFF_SPACE
from livefollow.evaluate.cases import find_cases, load_case
from livefollow.evaluate.metrics import evaluate, seconds_following
from livefollow.evaluate.summary import Result, summarize
from livefollow.follow.hmm.settings import DEFAULTS, PROBABILITY, SHARE, Settings
from livefollow.progress import ProgressBar
from livefollow.train.localizer.heard import Known, beginning, follow, said_of
from livefollow.train.localizer.numbers import Number, numbers, with_number

FACTORS = (0.5, 2.0)
MOST_CERTAIN = 0.99  # probabilities and shares
AMPLITUDE_DB = 6.0  # twice the amplitude
IDLE = 0.0005  # share of frames: who moves fewer, both ways, changes nothing
# key of the summary, head of the column, factor, digits
FIGURES = (
    ("within_0.5s", "≤ 0.5 s", 1.0, 3),
    ("R_on", "R_on", 1.0, 3),
    ("recovered_1s", "back ≤ 1 s", 1.0, 2),
    ("recovered_3s", "≤ 3 s", 1.0, 2),
    ("false_jumps", "false jumps", 10.0, 1),
    ("following_s", "followed, s", 1.0, 1),
)
HEAD = """# What each number of the localizer is worth

Written by `python -m tests.benchmarks.follow.sensitivity` on {count} cached validation cases, {minutes:.1f} minutes
({kinds}).
Each number is halved and doubled (probabilities stay below one, what counts something is rounded, decibels change by
six), the others stay. *Elsewhere* is the share of frames in which the cursor stands more than a staff space from where
it stands by default, per cent; the other columns are changes, half / double. *False jumps* are those in ten minutes of
plain play, *followed* the mean seconds in which sound that is not the piece is followed. What does nothing here may
matter where these cases have nothing of its kind: repeats, places that sound alike, a long session, a hand.

By default: {default}.
"""


@dataclass(frozen=True)
class Outcome:
    """What became of all cases.

    Attributes:
        figures: of FIGURES, as far as the cases have them.
        x: (frames,) strip px shown, case after case.
    """

    figures: dict[str, float]
    x: np.ndarray


_known: list[Known] = []  # in each process


def take(known: list[Known]) -> None:
    """Keep the cases in a process."""
    _known[:] = known


def outcome(settings: Settings) -> Outcome:
    """Follow all cases."""
    results, x = [], []
    for one in _known:
        track = follow(one.score, one.heard, settings)
        x.append(track.strip_x)
        if one.case.truth is None:
            results.append(Result(one.case, track, None, following_s=seconds_following(track)))
        else:
            results.append(Result(one.case, track, evaluate(one.case, track)))
    summary = summarize(results)
    figures = {key: factor * summary[key].mean for key, _, factor, _ in FIGURES if key in summary}
    return Outcome(figures, np.concatenate(x))


def values(number: Number) -> Iterator[float]:
    """Half of it, and twice, as far as that may be."""
    for factor in FACTORS:
        if number.unit == "dB":
            yield number.value + np.sign(factor - 1) * AMPLITUDE_DB
        elif number.unit.startswith(PROBABILITY) or number.unit == SHARE:
            yield min(factor * number.value, MOST_CERTAIN)
        else:
            yield factor * number.value


def moved(default: Outcome, other: Outcome) -> float:
    """Share of frames in which another place is shown."""
    return float(np.mean(np.abs(default.x - other.x) > STAFF_SPACE))


def row(number: Number, default: Outcome, others: Sequence[Outcome]) -> str:
    """A line of the table."""
    elsewhere = [moved(default, other) for other in others]
    cells = [f"`{number.name.partition('.')[2]}`", number.meaning, f"{number.value:g} {number.unit}", number.source]
    cells.append(" / ".join(f"{100 * share:.1f}" for share in elsewhere))
    if max(elsewhere) < IDLE:
        cells[-1] = "nothing"
    for key, _, _, digits in FIGURES:
        if key in default.figures:
            changes = [round(other.figures[key] - default.figures[key], digits) for other in others]
            cells.append(" / ".join(f"{c:+.{digits}f}" if c else "0" for c in changes))
    return f"| {' | '.join(cells)} |"


def kinds(known: Sequence[Known]) -> str:
    """How many cases of which kind."""
    names = sorted(one.case.name.split("_")[0] if one.case.truth else "not the piece" for one in known)
    return ", ".join(f"{len(list(group))} × {name}" for name, group in groupby(names))


def page(known: Sequence[Known], default: Outcome, swept: Sequence[tuple[Number, Sequence[Outcome]]]) -> str:
    """Format all tables."""
    there = [(key, head, digits) for key, head, _, digits in FIGURES if key in default.figures]
    minutes = sum(len(one.heard.onsets) for one in known) / FPS / 60
    figures = ", ".join(f"{head} {default.figures[key]:.{digits}f}" for key, head, digits in there)
    parts = [HEAD.format(count=len(known), minutes=minutes, kinds=kinds(known), default=figures)]
    columns = ["number", "what it says", "value", "source", "elsewhere, %", *(head for _, head, _ in there)]
    for group, lines in groupby(swept, lambda line: line[0].name.partition(".")[0]):
        parts.append(f"\n## {group.capitalize()}\n\n| {' | '.join(columns)} |\n|{'---|' * len(columns)}\n")
        parts += [row(number, default, others) + "\n" for number, others in lines]
    return "".join(parts)


def main() -> None:
    """Measure and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--only", default="*")
    parser.add_argument("--models", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--numbers", default="", help="only those whose names have this in them")
    parser.add_argument("--seconds", type=float, default=3600.0, help="only the beginnings of the cases")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path, default=Path("docs/sensitivity.md"))
    args = parser.parse_args()
    cases = [load_case(folder) for folder in find_cases(args.cases, args.only)]
    known = [beginning(Known(case, *said_of(case, args.models, args.cache)), args.seconds) for case in cases]
    swept = [number for number in numbers() if args.numbers in number.name]
    settings = [with_number(DEFAULTS, number.name, value) for number in swept for value in values(number)]
    with ProcessPoolExecutor(args.jobs, initializer=take, initargs=(known,)) as pool:
        outcomes = list(ProgressBar(pool.map(outcome, [DEFAULTS, *settings]), total=len(settings) + 1, unit="value"))
    default, rest = outcomes[0], iter(outcomes[1:])
    args.out.write_text(page(known, default, [(number, [next(rest) for _ in FACTORS]) for number in swept]))


if __name__ == "__main__":
    main()
