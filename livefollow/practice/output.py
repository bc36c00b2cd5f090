"""The practice report as CSV: a row for each bar, for spreadsheets."""

from __future__ import annotations

import csv
import io
import math

from livefollow.practice.report import Report

COLUMNS = (
    "bar",
    "times",
    "doubtful",
    "hesitation",
    "stops",
    "broken_off",
    "restarts_here",
    "tempo",
    "tempo_slower",
    "tempo_faster",
)


def csv_text(report: Report) -> str:
    """Return the report as CSV; what is unknown is empty.

    Tempi are median and quartiles in quarter notes a minute; hesitation goes from 0 to 1.
    """
    bars = report.bars
    arrived = [int(bars.at(jump.came)) for jump in report.jumps if jump.kind == "back"]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for k in range(len(bars)):
        writer.writerow(
            [
                int(bars.numbers[k]),
                int(report.times[k]),
                int(report.doubtful[k]),
                _number(float(report.hesitation[k]), 2),
                int(report.stops[k]),
                int(report.broken_off[k]),
                arrived.count(k),
                *(_number(float(tempi[k]), 1) for tempi in (report.tempo, report.slower, report.faster)),
            ]
        )
    return text.getvalue()


def _number(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}" if math.isfinite(value) else ""
