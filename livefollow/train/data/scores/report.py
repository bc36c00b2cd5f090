"""Summarise the pieces of a dataset: counts, share aligned, failures by cause."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from livefollow.train.data.scores.make_piece import REPORT, PieceTask, read_report

COUNTS = ("pages", "heads", "placed", "aligned", "cut")


def report(tasks: list[PieceTask], left_out: dict[str, str], seconds: float) -> dict[str, Any]:
    """Summarise the pieces on disk.

    Args:
        tasks: pieces and looks that were asked for.
        left_out: causes of pieces that were not even tried, by name.
        seconds: the run took.

    Returns:
        `groups`: per split and look (Verovio's fonts together) pieces, pages, heads, placed, aligned, cut, bytes and
        seconds; `failures`: pieces by cause; `left_out`; `seconds`.
    """
    groups: dict[str, Counter[str]] = defaultdict(Counter)
    failures: dict[str, list[str]] = defaultdict(list)
    for task in tasks:
        for look in task.looks:
            found = read_report(task.folder / f"{look}{REPORT}")
            engraver = "verovio" if look.startswith("verovio-") else look
            group = groups[f"{task.piece.split} {engraver}"]
            group["seconds"] += found.get("seconds", 0)
            if "failed" in found or not found:
                failures[found.get("failed", "not made")].append(f"{task.piece.split}/{task.piece.name}/{look}")
                group["failed"] += 1
                continue
            group["pieces"] += 1
            for key in (*COUNTS, "bytes"):
                group[key] += found[key]
    return {
        "groups": {name: dict(counts) for name, counts in groups.items()},
        "failures": dict(sorted(failures.items(), key=lambda f: -len(f[1]))),
        "left_out": left_out,
        "seconds": round(seconds, 1),
    }


def table(summary: dict[str, Any]) -> str:
    """Format a summary as a table."""
    head = ("split look", "pieces", "failed", "pages", "noteheads", "placed", "aligned", "cut", "MB", "s/piece")
    rows: list[tuple[str, ...]] = [head]
    total: Counter[str] = Counter()
    for name, counts in summary["groups"].items():
        total.update(counts)
        rows.append(_row(name, counts))
    rows.append(_row("all", total))
    widths = [max(len(r[k]) for r in rows) for k in range(len(head))]
    lines = [
        "  ".join(c.ljust(w) if k == 0 else c.rjust(w) for k, (c, w) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    ]
    for cause, names in summary["failures"].items():
        lines.append(f"{len(names)} × {cause}: {', '.join(names[:3])}{', ...' if len(names) > 3 else ''}")
    if summary["left_out"]:
        lines.append(f"{len(summary['left_out'])} left out before they were tried (see report.json)")
    return "\n".join(lines)


def _row(name: str, counts: dict[str, Any]) -> tuple[str, ...]:
    c = Counter(counts)
    tried = c["pieces"] + c["failed"]
    return (
        name,
        str(c["pieces"]),
        str(c["failed"]),
        str(c["pages"]),
        str(c["heads"]),
        f"{c['placed'] / c['heads']:.4f}" if c["heads"] else "-",
        f"{c['aligned'] / c['placed']:.4f}" if c["placed"] else "-",
        str(c["cut"]),
        f"{c['bytes'] / 1e6:.1f}",
        f"{c['seconds'] / tried:.1f}" if tried else "-",
    )
