"""The words of the practice report. Window thread only."""

from __future__ import annotations

import math

from PyQt6.QtCore import QCoreApplication

from livefollow.practice.report import Report, Summary

MINUTE_S = 60.0


def duration_words(seconds: float) -> str:
    """Return a duration in minutes, or in seconds below one."""
    minutes = round(seconds / MINUTE_S)
    if minutes < 1:
        return QCoreApplication.translate("PracticeReport", "{} seconds").format(round(seconds))
    return (
        QCoreApplication.translate("PracticeReport", "1 minute")
        if minutes == 1
        else QCoreApplication.translate("PracticeReport", "{} minutes").format(minutes)
    )


def summary_words(summary: Summary) -> str:
    """Return one sentence about a session."""
    parts = [duration_words(summary.seconds)]
    if summary.passage:
        first, last, times = summary.passage
        if first == last:
            parts.append(QCoreApplication.translate("PracticeReport", "bar {}: {} times").format(first, times))
        else:
            parts.append(
                QCoreApplication.translate("PracticeReport", "bars {}–{}: {} times").format(first, last, times)
            )
    if summary.stops:
        number, before, _ = summary.stops
        parts.append(
            (
                QCoreApplication.translate("PracticeReport", "most stops before bar {}")
                if before
                else QCoreApplication.translate("PracticeReport", "most stops in bar {}")
            ).format(number)
        )
    return ", ".join(parts) + "."


def bar_words(report: Report, bar: int) -> str:
    """Return what is known of a bar, line by line."""
    lines = [QCoreApplication.translate("PracticeReport", "Bar {}").format(int(report.bars.numbers[bar]))]
    times = int(report.times[bar])
    if not times:
        return QCoreApplication.translate("PracticeReport", "{}: not played").format(lines[0])
    lines.append(
        QCoreApplication.translate("PracticeReport", "Played once")
        if times == 1
        else QCoreApplication.translate("PracticeReport", "Played {} times").format(times)
    )
    if report.doubtful[bar]:
        lines.append(QCoreApplication.translate("PracticeReport", "Followed with doubt: no figures"))
        return "\n".join(lines)
    if stops := int(report.stops[bar]):
        lines.append(
            QCoreApplication.translate("PracticeReport", "1 stop")
            if stops == 1
            else QCoreApplication.translate("PracticeReport", "{} stops").format(stops)
        )
    if broken := int(report.broken_off[bar]):
        lines.append(
            QCoreApplication.translate("PracticeReport", "Gone back from here once")
            if broken == 1
            else QCoreApplication.translate("PracticeReport", "Gone back from here {} times").format(broken)
        )
    tempo = float(report.tempo[bar])
    if math.isfinite(tempo):
        slower, faster = round(float(report.slower[bar])), round(float(report.faster[bar]))
        text = QCoreApplication.translate("PracticeReport", "♩ = {}").format(round(tempo))
        lines.append(text if slower == faster else f"{text} ({slower}–{faster})")
    return "\n".join(lines)
