"""How right the practice report is, on performances whose tempo, stops and restarts are known.

    python -m tests.benchmarks.practice.report CASES... --cache DIR

Each case is followed as the app follows it; what reader and listener say is kept in `--cache`.
Every second case was looked at when the numbers in `livefollow/practice` were chosen: the table is of the others
(`--all`: of all). For each folder of cases:

* bars played through: precision and recall against the truth's, and the error of the time that each took, stops left
  out: median, and the share within 5 and 10 %;
* restarts (the player goes back): one is found if the report has one from 0.5 s before to 5 s after;
* of those a bar or more back, the recall; of those found, the share whose bars are right, and right within one bar;
* stops: pauses of 1 s and more that the player made; one is found if the report has one that overlaps; and the share
  with the right bar, right within one bar.
"""

from __future__ import annotations

import argparse
import json
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from livefollow.evaluate.cases import Case, find_cases, load_case
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.follow.track import Track
from livefollow.practice.bar_map import BarMap, FloatArray, map_bars
from livefollow.practice.passes import Frames, Leap
from livefollow.practice.report import BarPass, Report, make_report, tempo_of
from livefollow.score.bars import Bars
from livefollow.score.repeats import read_repeats
from livefollow.score.strip import Strip
from livefollow.train.localizer.heard import Read, follow, said_of

NEAR_PX = 14.0  # strip px between a bar's first event as read and as it is known
NEAR_S = 1.5  # between the beginnings of a bar as found and as it was played
EARLY_S, LATE_S = 0.5, 5.0  # of a restart that is found
SLACK_S = 0.5  # after a pause, in which a stop may still begin


@dataclass
class Count:
    """What is true, what is found, and what of that is right."""

    true: int = 0
    found: int = 0
    right: int = 0

    def add(self, true: int, found: int, right: int) -> None:
        """Add one case."""
        self.true, self.found, self.right = self.true + true, self.found + found, self.right + right

    def cells(self) -> str:
        """Precision and recall, and of how many."""
        precision = f"{self.right / self.found:.2f}" if self.found else "–"
        recall = f"{self.right / self.true:.2f}" if self.true else "–"
        return f"{precision} of {self.found} | {recall} of {self.true}"


@dataclass
class Figures:
    """Of a folder of cases."""

    cases: int = 0
    bars: Count = field(default_factory=Count)
    errors: list[float] = field(default_factory=list)
    restarts: Count = field(default_factory=Count)
    far: Count = field(default_factory=Count)
    stops: Count = field(default_factory=Count)
    left: list[int] = field(default_factory=list)  # bars between where restarts of the report begin, and truly
    came: list[int] = field(default_factory=list)
    waited: list[int] = field(default_factory=list)  # the same of the bars that stops are at

    def row(self, name: str) -> str:
        """A row of the table."""
        errors = np.abs(self.errors)
        tempo = (
            f"{100 * np.median(errors):.1f} % | {np.mean(errors <= 0.05):.2f}, {np.mean(errors <= 0.1):.2f}"
            if len(errors)
            else "– | –"
        )
        far = f"{self.far.right / self.far.true:.2f} of {self.far.true}" if self.far.true else "–"
        return (
            f"| {name} | {self.cases} | {self.bars.cells()} | {tempo} | {self.restarts.cells()} | {far} "
            f"| {_near(self.left)} | {_near(self.came)} | {self.stops.cells()} | {_near(self.waited)} |"
        )


def _near(bars: list[int]) -> str:
    """Share that is right to the bar, and to a bar."""
    away = np.abs(bars)
    return f"{np.mean(away == 0):.2f}, {np.mean(away <= 1):.2f}" if len(bars) else "–"


HEADER = """| cases | n | bars: precision | recall | time of a bar: median error | within 5, 10 % | restarts: \
precision | recall | recall, a bar or more | bar left: right, ± 1 | bar returned to | stops: precision | recall \
| its bar |
|---|---|---|---|---|---|---|---|---|---|---|---|---|---|"""


def followed(folder: Path, cache: Path) -> tuple[Case, Read, Track]:
    """Follow a case."""
    case = load_case(folder)
    read, heard = said_of(case, None, cache)
    return case, read, follow(read, heard, DEFAULTS)


def mapped(read: Read) -> BarMap | None:
    """The bars of a score that was read."""
    bars = Bars(read.reading, [float(p.x0) for p in read.placements])
    returns = [(repeat.enter, repeat.leave) for repeat in read_repeats(read.reading)]
    return map_bars(read.reading, bars, [(float(p.x0), float(p.x1)) for p in read.placements], returns)


def truth_of(case: Case, read: Read) -> tuple[FloatArray, FloatArray]:
    """(n,) seconds and (n,) strip px of the onsets, in the order played."""
    assert case.truth
    strip = Strip()
    strip.placements.extend(read.placements)
    truth = case.truth
    x = [
        strip.from_page(int(page), float(x), float(y)) for page, x, y in zip(truth.page, truth.x, truth.y, strict=True)
    ]
    return np.asarray(truth.onset, np.float64), np.array(x)


def true_bars(time_s: FloatArray, x: FloatArray, bars: BarMap) -> list[BarPass]:
    """Each bar that was played through, as it was."""
    out = []
    for k in range(len(bars) - 1):
        for i in np.flatnonzero(np.abs(x - bars.starts[k]) <= NEAR_PX):
            j = int(i)
            while j + 1 < len(x) and x[j] < bars.starts[k + 1] - NEAR_PX and x[j + 1] >= x[j] - NEAR_PX:
                j += 1
            # The next bar's first onset, reached without going back or leaving more out than a note.
            if abs(x[j] - bars.starts[k + 1]) <= NEAR_PX and j > i:
                out.append(BarPass(k, float(time_s[i]), float(time_s[j] - time_s[i]), 0.0))
    return out


def matched(true: list[float], found: list[float], early_s: float, late_s: float) -> list[int]:
    """Return for each true time the index of what was found for it, each once; -1 for nothing."""
    used: set[int] = set()
    out = []
    for time_s in true:
        near = [k for k, at in enumerate(found) if k not in used and -early_s <= at - time_s <= late_s]
        out.append(near[0] if near else -1)
        used.update(near[:1])
    return out


def measure(case: Case, read: Read, track: Track, into: Figures) -> Report | None:
    """Add one case."""
    bars = mapped(read)
    if bars is None:
        return None
    report = make_report(Frames(track.time_s, track.strip_x, track.confidence, track.state), bars)
    time_s, x = truth_of(case, read)
    into.cases += 1
    played = true_bars(time_s, x, bars)
    right = 0
    for one in report.passes:
        near = [other for other in played if other.bar == one.bar and abs(other.time_s - one.time_s) <= NEAR_S]
        right += bool(near)
        if near and np.isfinite(tempo_of(one, bars)):
            into.errors.append(one.seconds / min(near, key=lambda o: abs(o.time_s - one.time_s)).seconds - 1)
    hit = sum(
        any(other.bar == one.bar and abs(other.time_s - one.time_s) <= NEAR_S for other in report.passes)
        for one in played
    )
    into.bars.true += len(played)
    into.bars.found += len(report.passes)
    into.bars.right += min(right, hit)
    back = [jump.time_s for jump in case.jumps if jump.kind == "back"]
    jumps = [jump for jump in report.jumps if jump.kind is Leap.BACK]
    pairs = matched(back, [jump.time_s for jump in jumps], EARLY_S, LATE_S)
    into.restarts.add(len(back), len(jumps), sum(k >= 0 for k in pairs))
    onset = [int(np.argmin(np.abs(time_s - t))) for t in back]
    for i, k in zip(onset, pairs, strict=True):
        if k >= 0:
            into.left.append(int(bars.at(jumps[k].left)) - int(bars.at(x[max(0, i - 1)])))
            into.came.append(int(bars.at(jumps[k].came)) - int(bars.at(x[i])))
    far = [int(bars.at(x[max(0, i - 1)])) > int(bars.at(x[i])) for i in onset]
    into.far.add(sum(far), 0, sum(k >= 0 for k, is_far in zip(pairs, far, strict=True) if is_far))
    stops = list(report.waits)
    used: set[int] = set()
    pauses = json.loads((case.folder / "meta.json").read_text()).get("pauses", [])
    for pause in pauses:
        begin, end = pause["t"], pause["t"] + pause["duration_s"] + SLACK_S
        over = [k for k, s in enumerate(stops) if k not in used and s.time_s < end and s.time_s + s.seconds > begin]
        used.update(over[:1])
        if over:
            before = float(bars.event_x[np.argmin(np.abs(bars.event_x - x[np.argmin(np.abs(time_s - pause["t"]))]))])
            into.waited.append(bars.next_bar(stops[over[0]].x)[0] - bars.next_bar(before)[0])
    into.stops.add(len(pauses), len(stops), len(used))
    return report


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--cache", type=Path, required=True)
    parser.add_argument("--all", action="store_true", help="also the cases that numbers were chosen on")
    args = parser.parse_args()
    folders = sorted(folder for path in args.cases for folder in find_cases([path], "*"))
    figures: dict[str, Figures] = {}
    for k, folder in enumerate(folders):
        if args.all or k % 2:
            measure(*followed(folder, args.cache), figures.setdefault(folder.parent.name, Figures()))
    print(HEADER)
    for name, row in figures.items():
        print(row.row(name))


if __name__ == "__main__":
    main()
