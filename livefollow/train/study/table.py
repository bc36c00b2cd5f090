"""Tables of the paper: figures of followers over pieces and runs, with intervals, printed and written as CSV.

R_tue: share of pieces followed to their end; R_on: share of all onsets reached before the cursor is lost; |dx| and its
standard deviation at the onsets reached, cm as the paper converts px (paper, section 4.1). Each is the mean over runs.
Intervals: 95 % bootstrap over pieces.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from livefollow.constants import CM_PER_PX, FPS
from livefollow.evaluate.output import align
from livefollow.evaluate.summary import IntervalEstimate, bootstrap
from livefollow.follow.paper.state import PaperTask
from livefollow.train.paper.following import Way
from livefollow.train.study.followers import ComparedFollower, Performed

FloatArray = npt.NDArray[np.float64]

RELEASED = ", as released"  # what is added to the name of a row that counts as the paper's release does
SEED_STRIDE = 7919  # between the seeds of two runs
HEAD = (
    "",
    "runs",
    "R_tue",
    "R_on",
    "R_on/piece",
    "|dx| cm",
    "± cm",
    "largest px",
    "R_on, judged at onsets",
    "ms/frame",
)


@dataclass(frozen=True, eq=False)
class Outcome:
    """One piece followed once.

    Attributes:
        piece: its name.
        run: from 1.
        onsets: number of onsets.
        reached: of them before the cursor was lost.
        reached_only: the same where a cursor is lost at onsets only.
        ended: whether it was followed to its end.
        lost_s: seconds of the recording when the cursor was lost; NaN: never.
        largest: |dx| of all frames before that, cursor px.
        errors: (k,) |dx| at onsets, cm.
    """

    piece: str
    run: int
    onsets: int
    reached: int
    reached_only: int
    ended: bool
    lost_s: float
    largest: float
    errors: FloatArray


@dataclass(frozen=True, eq=False)
class TableRow:
    """All outcomes of a follower: the same pieces in each run, in the same order."""

    name: str
    outcomes: Sequence[Outcome]
    ms: float  # a frame, as measured while following; not written to files, which are the same for the same seed

    @cached_property
    def runs(self) -> list[list[Outcome]]:
        """The outcomes of each run."""
        numbers = sorted({o.run for o in self.outcomes})
        return [[o for o in self.outcomes if o.run == number] for number in numbers]

    def estimates(self) -> dict[str, IntervalEstimate]:
        """The figures of the table."""
        by_piece = list(zip(*self.runs, strict=True))
        onsets = [pieces[0].onsets for pieces in by_piece]
        reached = [float(np.mean([o.reached for o in pieces])) / pieces[0].onsets for pieces in by_piece]
        only = [float(np.mean([o.reached_only for o in pieces])) / pieces[0].onsets for pieces in by_piece]
        out = {
            "R_tue": bootstrap([float(np.mean([o.ended for o in pieces])) for pieces in by_piece]),
            "R_on": bootstrap(reached, onsets),
            "R_on_piece": bootstrap(reached),
            "R_on_judged_at_onsets": bootstrap(only, onsets),
        }
        counts = [sum(len(o.errors) for o in pieces) for pieces in by_piece]
        if sum(counts):
            means = [
                float(np.concatenate([o.errors for o in p]).mean()) if n else 0.0
                for p, n in zip(by_piece, counts, strict=True)
            ]
            out["dx_cm"] = bootstrap(means, counts)
            spread = [
                float(np.concatenate(errors).std())
                for run in self.runs
                if any(map(len, errors := [o.errors for o in run]))
            ]
            out["std_cm"] = IntervalEstimate(float(np.mean(spread)), np.nan, np.nan)
        return out


def measure(
    follower: ComparedFollower, performed: Sequence[Performed], task: PaperTask, seed: int, *, released: bool = False
) -> list[TableRow]:
    """Let a follower follow all pieces in each of its runs.

    Args:
        follower: who.
        performed: what.
        task: Nottingham or MSMD.
        seed: of what is drawn.
        released: a second row with the same ways, counted as in the paper's release.
    """
    own: list[Outcome] = []
    theirs: list[Outcome] = []
    frames, began = 0, time.perf_counter()
    for run in range(follower.runs):
        for way in follower.follow(performed, task, seed + SEED_STRIDE * run):
            frames += len(way.x)
            own.append(_outcome(way, run + 1))
            theirs.append(_outcome_as_released(way, run + 1))
    ms = 1e3 * (time.perf_counter() - began) / max(1, frames)
    rows = [TableRow(follower.name, own, ms)]
    return [*rows, TableRow(follower.name + RELEASED, theirs, ms)] if released else rows


def _outcome(way: Way, run: int) -> Outcome:
    errors = way.at_onsets
    return _counted(way, run, len(errors), len(way.at_onsets_only), errors)


def _outcome_as_released(way: Way, run: int) -> Outcome:
    reached, errors = way.as_released
    return _counted(way, run, reached, reached, errors)


def _counted(way: Way, run: int, reached: int, only: int, errors: FloatArray) -> Outcome:
    lost_s = (way.stop + 1) / FPS if way.is_lost else np.nan
    largest = float(way.tracked.max(initial=0.0))
    n, ended = len(way.onsets), reached == len(way.onsets)
    return Outcome(way.piece.name, run, n, reached, only, ended, lost_s, largest, errors * CM_PER_PX)


def text(rows: Sequence[TableRow]) -> str:
    """Format a table, with intervals in brackets."""
    lines = [list(HEAD)]
    for row in rows:
        found = row.estimates()
        cells = [_cell(found.get(key), 2) for key in ("R_tue", "R_on", "R_on_piece", "dx_cm")]
        spread = f"{found['std_cm'].mean:.2f}" if "std_cm" in found else "–"
        only = f"{found['R_on_judged_at_onsets'].mean:.2f}"
        largest = f"{max(o.largest for o in row.outcomes):.1f}"
        lines.append([row.name, str(len(row.runs)), *cells, spread, largest, only, f"{row.ms:.2f}"])
    return align(lines)


def write(folder: Path, tables: Sequence[tuple[Mapping[str, Any], Sequence[TableRow]]]) -> None:
    """Write table.csv, runs.csv and pieces.csv; the same outcomes give the same bytes.

    Args:
        folder: is made.
        tables: rows, each with columns that stand in front of its lines, such as the condition.

    Raises:
        OSError: it cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lines: dict[str, list[dict[str, Any]]] = {"table": [], "runs": [], "pieces": []}
    for about, rows in tables:
        for row in rows:
            begin = {**about, "row": row.name}
            lines["table"].append(begin | _table_line(row))
            lines["runs"] += [begin | _run_line(own) for own in row.runs]
            lines["pieces"] += [begin | _piece_line(outcome) for outcome in row.outcomes]
    for name, found in lines.items():
        _write_csv(folder / f"{name}.csv", found)


def _table_line(row: TableRow) -> dict[str, Any]:
    line: dict[str, Any] = {"runs": len(row.runs), "pieces": len(row.runs[0])}
    for key, e in row.estimates().items():
        line |= {key: _number(e.mean), f"{key}_low": _number(e.low), f"{key}_high": _number(e.high)}
    return line


def _run_line(own: Sequence[Outcome]) -> dict[str, Any]:
    return {
        "run": own[0].run,
        "R_tue": _number(float(np.mean([o.ended for o in own]))),
        "R_on": _number(sum(o.reached for o in own) / sum(o.onsets for o in own)),
        **_spread(np.concatenate([o.errors for o in own])),
    }


def _piece_line(outcome: Outcome) -> dict[str, Any]:
    return {
        "piece": outcome.piece,
        "run": outcome.run,
        "onsets": outcome.onsets,
        "reached": outcome.reached,
        "reached_judged_at_onsets": outcome.reached_only,
        "followed_to_end": int(outcome.ended),
        "lost_s": _number(outcome.lost_s),
        "largest_px": _number(outcome.largest),
        **_spread(outcome.errors),
    }


def _spread(errors: FloatArray) -> dict[str, str]:
    mean, std = (float(errors.mean()), float(errors.std())) if len(errors) else (np.nan, np.nan)
    return {"dx_cm": _number(mean), "std_cm": _number(std)}


def _write_csv(path: Path, lines: Sequence[Mapping[str, Any]]) -> None:
    names: Iterable[str] = dict.fromkeys(name for line in lines for name in line)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(names), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


def _number(value: float) -> str:
    return "" if np.isnan(value) else f"{value:.6f}"


def _cell(estimate: IntervalEstimate | None, digits: int) -> str:
    if estimate is None:
        return "–"
    return f"{estimate.mean:.{digits}f} [{estimate.low:.{digits}f}–{estimate.high:.{digits}f}]"
