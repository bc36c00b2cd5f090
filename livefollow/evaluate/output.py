"""The output of `livefollow evaluate`: tables, a CSV of pieces, a CSV per piece, and a summary."""

from __future__ import annotations

import csv
import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from livefollow import __version__
from livefollow.evaluate.metrics import WITHIN_S, median_seconds, within
from livefollow.evaluate.page_turns import TurnFigures, verdicts
from livefollow.evaluate.summary import IntervalEstimate, Result, summarize
from livefollow.tables import CaseError

# key of the summary, head of the column, digits
COLUMNS = (
    ("R_tue", "R_tue", 2),
    ("R_on", "R_on", 2),
    ("R_on_piece", "R_on/p", 2),
    ("within_0.05s", "≤.05s", 2),
    ("within_0.1s", "≤.1s", 2),
    ("within_0.5s", "≤.5s", 2),
    ("within_1s", "≤1s", 2),
    ("within_5s", "≤5s", 2),
    ("median_s", "med s", 2),
    ("page_ok", "page", 2),
    ("system_ok", "system", 2),
    ("dx_px", "|dx| px", 1),
    ("dx_cm", "cm", 2),
    ("dx_std_cm", "±", 2),
    ("dx_tracked_cm", "tracked cm", 2),
    ("wrong_page_s", "wrong page s/h", 0),
    ("recovered_1s", "back≤1s", 2),
    ("recovered_3s", "back≤3s", 2),
    ("false_jumps", "false/min", 2),
    ("following_s", "wrong s", 1),
    ("following", "wrong", 2),
)
COMPARED = (("R_on", "R_on"), ("within_0.5s", "within 0.5 s"), ("page_ok", "page right"))


@dataclass(frozen=True, eq=False)
class Measured:
    """All results of one follower.

    Attributes:
        name: as the tables call it.
        hears: whether it is measured; else it is a baseline.
        results: per case.
        turns: per case; empty without `--turns`.
    """

    name: str
    hears: bool
    results: Sequence[Result]
    turns: Mapping[str, TurnFigures]

    @cached_property
    def figures(self) -> dict[str, IntervalEstimate]:
        """The follower's row of the table."""
        return summarize(self.results)

    @property
    def failed(self) -> dict[str, str]:
        """Reasons of the cases that failed, by their names."""
        return {r.case.name: r.error for r in self.results if r.error}


def table(rows: Sequence[Measured]) -> str:
    """Format one line per follower, without columns that none of them has."""
    figures = [row.figures for row in rows]
    columns = [c for c in COLUMNS if any(c[0] in f for f in figures)]
    lines = [
        [row.name, *(_cell(f.get(key), digits) for key, _, digits in columns)]
        for row, f in zip(rows, figures, strict=True)
    ]
    return align([["", *(head for _, head, _ in columns)], *lines])


def piece_table(row: Measured) -> str:
    """Format one line per piece of one follower."""
    head = ["", "R_on", "≤.1s", "≤.5s", "≤1s", "med s", "page", "system", "|dx| px", "recovered after s"]
    lines = []
    for result in row.results:
        if result.figures is None:
            why = (
                f"FAILED: {result.error}"
                if result.error
                else f"followed {result.following_s:.1f} s of what is not the piece"
            )
            lines.append([result.case.name, why])
            continue
        f = result.figures
        values = [f.r_on, *(within(f.errors, s) for s in (0.1, 0.5, 1.0)), median_seconds(f.errors)]
        values += [float(f.errors.page_ok.mean()), float(f.errors.system_ok.mean())]
        back = " ".join(f"{x.seconds:.1f}" for x in f.recoveries)
        lines.append([result.case.name, *(f"{v:.2f}" for v in values), f"{f.dx.mean():.1f}", back])
    return align([head, *lines])


def turn_table(rows: Sequence[Measured]) -> str:
    """Format one line of page turns per follower."""
    counts = [verdicts(list(row.turns.values())) for row in rows]
    head = ["page turns", *counts[0], "good %"]
    lines = [
        [row.name, *map(str, c.values()), f"{100 * c['good'] / c['pages']:.0f}" if c["pages"] else "-"]
        for row, c in zip(rows, counts, strict=True)
    ]
    return align([head, *lines])


def gains_over_baselines(rows: Sequence[Measured]) -> list[str]:
    """Format, for each follower that hears, its distance from the best baseline, figure by figure."""
    baselines = {row.name: row.figures for row in rows if not row.hears and not row.name.startswith("oracle")}
    out = []
    for row in (r for r in rows if r.hears):
        figures = row.figures
        parts = []
        for key, words in COMPARED:
            others = {name: f[key].mean for name, f in baselines.items() if key in f}
            if key in figures and others:
                best = max(others, key=lambda name: others[name])
                parts.append(f"{words} {figures[key].mean - others[best]:+.2f} over {best}")
        out.append(f"{row.name}: {', '.join(parts)}")
    return out


def align(lines: Sequence[Sequence[str]]) -> str:
    """Align cells to text columns, the first to the left, the others to the right; short lines may run over."""
    full = max(map(len, lines))
    widths = [max((len(line[k]) for line in lines if len(line) == full), default=0) for k in range(full)]
    widths[0] = max(len(line[0]) for line in lines)
    return "\n".join(
        "  ".join(
            cell.ljust(width) if k == 0 or len(line) < full else cell.rjust(width)
            for k, (cell, width) in enumerate(zip(line, widths, strict=False))
        ).rstrip()
        for line in lines
    )


def write_output(folder: Path, rows: Sequence[Measured]) -> None:
    """Write summary.json, pieces.csv, and per follower and piece its track and its errors at every onset.

    Raises:
        CaseError: something cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        summary = {"livefollow": __version__, "followers": {row.name: _summary(row) for row in rows}}
        (folder / "summary.json").write_text(json.dumps(_finite(summary), indent=1) + "\n", encoding="utf-8")
        pieces = [_piece(row, result) for row in rows for result in row.results]
        _write_csv(folder / "pieces.csv", list(dict.fromkeys(k for p in pieces for k in p)), pieces)
        for row in rows:
            for result in row.results:
                _write_piece(folder / "pieces" / row.name.replace(" ", "_"), result)
    except OSError as error:
        raise CaseError(f"{folder} cannot be written: {error}.") from error


def _write_piece(folder: Path, result: Result) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if result.track is not None:
        result.track.save(folder / f"{result.case.name}.track.csv")
    if result.figures is not None:
        e = result.figures.errors
        columns = {
            "onset_s": e.onset,
            "seconds": e.seconds,
            "dx_px": e.dx,
            "page_ok": e.page_ok,
            "system_ok": e.system_ok,
        }
        values = [column.tolist() for column in columns.values()]
        rows = [dict(zip(columns, cells, strict=True)) for cells in zip(*values, strict=True)]
        _write_csv(folder / f"{result.case.name}.csv", list(columns), rows)


def _write_csv(path: Path, names: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, names, lineterminator="\n")
        writer.writeheader()
        writer.writerows({k: f"{v:.4f}" if isinstance(v, float) else v for k, v in row.items()} for row in rows)


def _summary(row: Measured) -> dict[str, Any]:
    out: dict[str, Any] = {"hears": row.hears, "cases": len(row.results), "failed": row.failed}
    out["figures"] = {name: asdict(estimate) for name, estimate in row.figures.items()}
    if row.turns:
        out["turns"] = verdicts(list(row.turns.values()))
    return out


def _piece(row: Measured, result: Result) -> dict[str, Any]:
    """One row of pieces.csv."""
    out: dict[str, Any] = {"follower": row.name, "case": result.case.name, "error": result.error}
    f = result.figures
    if f is not None:
        out |= {"onsets": f.onsets, "followed": int(f.followed), "R_on": f.r_on}
        out |= {f"within_{s:g}s": within(f.errors, s) for s in WITHIN_S} | {"median_s": median_seconds(f.errors)}
        out |= {"page_ok": float(f.errors.page_ok.mean()), "system_ok": float(f.errors.system_ok.mean())}
        out |= {"dx_px": float(f.dx.mean()), "dx_std_px": float(f.dx.std())}
        out |= {"recovered_s": " ".join(f"{x.seconds:.3f}" for x in f.recoveries)}
        out |= {"false_jumps": f.false_jumps, "plain_s": f.plain_s}
    elif result.case.truth is None:
        out["following_s"] = result.following_s
    turns = row.turns.get(result.case.name)
    return out | {f"turns_{name}": n for name, n in verdicts([turns]).items()} if turns else out


def _cell(estimate: IntervalEstimate | None, digits: int) -> str:
    return "-" if estimate is None else f"{estimate.mean:.{digits}f}"


def _finite(value: Any) -> Any:
    """Replace infinities, which JSON does not have."""
    if isinstance(value, dict):
        return {key: _finite(item) for key, item in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value
