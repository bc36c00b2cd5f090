"""The HTML report: followers' figures with intervals, and where in each piece they went wrong.

matplotlib, which the extra `report` brings, is loaded only here.
"""

from __future__ import annotations

import base64
import html
import importlib.util
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from livefollow import __version__
from livefollow.errors import LivefollowError
from livefollow.evaluate.metrics import jump_times
from livefollow.evaluate.output import COLUMNS, Measured, align, gains_over_baselines, piece_table, turn_table
from livefollow.evaluate.summary import IntervalEstimate, Result
from livefollow.tables import CaseError

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

DOTS = (
    ("R_on", "R_on, pooled"),
    ("within_0.5s", "within 0.5 s"),
    ("within_1s", "within 1 s"),
    ("page_ok", "page right"),
)
LINEAR_S, OFF_S = 0.5, 60.0  # the error axis is linear up to the one and ends at the other
BESIDE = ("steady", "oracle-4")  # drawn beside those that are measured
# Okabe and Ito's colours, which colour-blind readers tell apart; grey is for baselines.
COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9")
GREYS = {"steady": "#8a8a8a", "stand": "#c4c4c4", "timer": "#b0a070", "oracle-4": "#7fb89e"}
STYLE = """body{font:15px/1.45 system-ui,sans-serif;max-width:68rem;margin:2rem auto;padding:0 1rem;color:#222}
table{border-collapse:collapse;font-variant-numeric:tabular-nums;font-size:13px}
td,th{padding:.15rem .5rem;text-align:right;border-bottom:1px solid #ddd}td:first-child,th:first-child{text-align:left}
tr.hears{font-weight:600}small{color:#777;font-weight:400;display:block;white-space:nowrap}img{max-width:100%}
pre{font-size:12px;overflow-x:auto}.wide{overflow-x:auto}"""

HEAD = (
    f'<!doctype html><html lang="en"><meta charset="utf-8"><title>livefollow: evaluation</title><style>{STYLE}</style>'
)
NOTE = (
    "Small print: 95 % bootstrap intervals over pieces. Bold: what is measured; the others cannot hear, or know the "
    "truth (oracle, so many frames late)."
)
AXES_NOTE = (
    "Seconds between where the cursor was and the player, at every onset; above zero the cursor is ahead. Crosses: off "
    "the music. Dotted: the player jumps or stops. Shaded: even pages."
)


def require_matplotlib(wanted: str) -> None:
    """Check that matplotlib is installed, before any work is done.

    Args:
        wanted: what needs it, as the beginning of a sentence.

    Raises:
        LivefollowError: matplotlib is not installed.
    """
    if importlib.util.find_spec("matplotlib") is None:
        raise LivefollowError(f"{wanted} needs matplotlib: pip install 'livefollow[report]'")


def write_report(folder: Path, rows: Sequence[Measured]) -> None:
    """Write report.html, a page that needs no other file.

    Raises:
        LivefollowError: matplotlib is not installed.
        CaseError: the page cannot be written.
    """
    require_matplotlib("A report")
    results = rows[0].results
    parts = [
        f"<p>livefollow {html.escape(__version__)}, {len(results)} cases. {NOTE}</p>",
        f'<div class="wide">{_table(rows)}</div>',
        *(f"<p>{html.escape(line)}</p>" for line in gains_over_baselines(rows)),
        _image(_dots(rows), "Figures with intervals"),
    ]
    if any(row.turns for row in rows):
        parts.append(f"<h2>Page turns</h2><pre>{html.escape(turn_table(rows))}</pre>")
    parts.append(f"<h2>Error over time</h2><p>{AXES_NOTE}</p>")
    for k, result in enumerate(results):
        if result.case.truth is not None:
            figure = _over_time(rows, k)
            parts.append(f"<h3>{html.escape(result.case.name)}</h3>{_image(figure, result.case.name)}")
    parts += [f"<h2>{html.escape(r.name)}</h2><pre>{html.escape(piece_table(r))}</pre>" for r in rows if r.hears]
    failed = [[row.name, case, why] for row in rows for case, why in row.failed.items()]
    if failed:
        parts.append(f"<h2>Failed, counted as zero</h2><pre>{html.escape(align(failed))}</pre>")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = HEAD + "<h1>Evaluation</h1>" + "\n".join(parts) + "</html>\n"
        (folder / "report.html").write_text(text, encoding="utf-8")
    except OSError as error:
        raise CaseError(f"{folder} cannot be written: {error}.") from error


def _table(rows: Sequence[Measured]) -> str:
    figures = [row.figures for row in rows]
    columns = [c for c in COLUMNS if any(c[0] in f for f in figures)]
    head = "".join(f"<th>{html.escape(title)}</th>" for _, title, _ in columns)
    lines = []
    for row, f in zip(rows, figures, strict=True):
        cells = "".join(f"<td>{_cell(f.get(key), digits)}</td>" for key, _, digits in columns)
        lines.append(f"<tr{' class=hears' if row.hears else ''}><td>{html.escape(row.name)}</td>{cells}</tr>")
    return f"<table><tr><th></th>{head}</tr>{''.join(lines)}</table>"


def _cell(estimate: IntervalEstimate | None, digits: int) -> str:
    if estimate is None:
        return "–"
    interval = "" if np.isnan(estimate.low) else f"<small>{estimate.low:.{digits}f}–{estimate.high:.{digits}f}</small>"
    return f"{estimate.mean:.{digits}f}{interval}"


def _dots(rows: Sequence[Measured]) -> Figure:
    """Plot small multiples: one panel a figure, one line a follower."""
    figure = _figure(11, 0.9 + 0.3 * len(rows))
    panels = figure.subplots(1, len(DOTS), sharey=True)
    estimates = [row.figures for row in rows]
    for panel, (key, title) in zip(panels, DOTS, strict=True):
        for y, (row, found) in enumerate(zip(rows, estimates, strict=True)):
            if key in found:
                e, colour = found[key], _colour(rows, row)
                panel.plot([e.low, e.high], [y, y], color=colour, lw=2.5, alpha=0.6, solid_capstyle="butt")
                panel.plot([e.mean], [y], "o", color=colour)
        panel.set_title(title, fontsize=10)
        panel.set_xlim(-0.03, 1.03)
        panel.grid(axis="x", color="#eeeeee")
        panel.spines[["top", "right", "left"]].set_visible(False)
        panel.tick_params(left=False)
    panels[0].set_yticks(range(len(rows)), [row.name for row in rows])
    panels[0].invert_yaxis()
    return figure


def _over_time(rows: Sequence[Measured], k: int) -> Figure:
    """Plot the onset errors of piece k."""
    figure = _figure(11, 2.6)
    axes = figure.subplots()
    case = rows[0].results[k].case
    truth = case.truth
    assert truth is not None
    _shade_pages(axes, rows[0].results[k])
    for t in jump_times(truth, case.staff_space, case.jumps).tolist():
        axes.axvline(t, color="#444444", ls=":", lw=1)
    for row in (*(r for r in rows if not r.hears), *(r for r in rows if r.hears)):
        figures = row.results[k].figures
        if figures is None or not (row.hears or row.name in BESIDE or ", " in row.name):
            continue
        errors, colour = figures.errors, _colour(rows, row)
        seen = np.isfinite(errors.seconds)
        line = np.where(seen, np.clip(errors.seconds, -OFF_S, OFF_S), np.nan)
        axes.plot(errors.onset, line, color=colour, lw=1.6 if row.hears else 1.0, label=row.name)
        axes.plot(errors.onset[~seen], np.full(np.count_nonzero(~seen), OFF_S * 0.8), "x", color=colour, ms=3)
    axes.set_yscale("symlog", linthresh=LINEAR_S, linscale=1.2)
    axes.set_ylim(-OFF_S, OFF_S)
    ticks = [-30, -5, -0.5, 0, 0.5, 5, 30]
    axes.set_yticks(ticks, [f"{t:g}" for t in ticks])
    axes.minorticks_off()
    axes.grid(axis="y", color="#eeeeee")
    axes.axhline(0, color="#bbbbbb", lw=0.8)
    axes.set_xlim(0, float(truth.onset[-1]) + 1)
    axes.set_xlabel("performance, s")
    axes.set_ylabel("cursor ahead, s")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(loc="upper left", bbox_to_anchor=(1.0, 1.0), fontsize=8, frameon=False)
    return figure


def _shade_pages(axes: Axes, result: Result) -> None:
    """Shade every other page that the player is on."""
    truth = result.case.truth
    assert truth is not None
    cuts = np.flatnonzero(np.diff(truth.page)) + 1
    for first, last in zip([0, *cuts.tolist()], [*cuts.tolist(), len(truth) - 1], strict=True):
        if truth.page[first] % 2 == 0:
            axes.axvspan(float(truth.onset[first]), float(truth.onset[last]), color="#f3f3f0", zorder=0)


def _colour(rows: Sequence[Measured], row: Measured) -> str:
    if not row.hears:
        return GREYS.get(row.name, "#9a9a9a" if row.name.startswith("oracle") else "#c8a0a0")
    return COLOURS[[r.name for r in rows if r.hears].index(row.name) % len(COLOURS)]


def _figure(width: float, height: float) -> Figure:
    from matplotlib.figure import Figure  # noqa: PLC0415  # an extra; its object interface needs no display

    return Figure(figsize=(width, height), dpi=90, layout="constrained")


def _image(figure: Figure, words: str) -> str:
    """Embed a figure as an image in the page."""
    png = io.BytesIO()
    figure.savefig(png, format="png")
    data = base64.b64encode(png.getvalue()).decode()
    return f'<img alt="{html.escape(words)}" src="data:image/png;base64,{data}">'
