"""Reinforcement learning runs in one picture: `python -m tests.benchmarks.train.curves RUN_FOLDER... --out CURVES.png`.

Figures of their evaluations over environment steps, a line for each run, with the time it took: of the paper's agents
R_on and mean |dx| on the validation pieces, of others what `--figures` names.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import matplotlib as mpl

from livefollow.train.common.figures import figures_of

TITLES = {
    "r_on": "R_on",
    "dx": "mean |dx|, px",
    "near": "notes within 3 px when struck",
    "jerks": "jerks a minute",
    "stands": "stands, share of the time",
}


def main() -> None:
    """Draw the curves of a run."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("runs", nargs="+", type=Path)
    parser.add_argument("--figures", nargs="+", choices=list(TITLES), default=["r_on", "dx"])
    parser.add_argument("--out", required=True, type=Path)
    args = parser.parse_args()
    mpl.use("Agg")
    import matplotlib.pyplot as plt

    figure, axes = plt.subplots(1, len(args.figures), figsize=(5.5 * len(args.figures), 3.6), squeeze=False)
    for run in args.runs:
        rows = [row for row in figures_of(run) if args.figures[0] in row]
        minutes = rows[-1]["minutes"]
        label = f"{run.name}, {minutes / 60:.1f} h" if minutes > 60 else f"{run.name}, {minutes:.0f} min"
        for axis, name in zip(axes[0], args.figures, strict=True):
            axis.plot([row["step"] / 1e6 for row in rows], [row[name] for row in rows], marker=".", label=label)
            axis.set_title(TITLES[name], fontsize=9)
            axis.set_xlabel("million steps")
            if name == "r_on":
                axis.axhline(0.95, color="grey", linewidth=0.8)
                axis.set_ylim(0, 1)
    axes[0][0].legend(fontsize=8)
    figure.tight_layout()
    figure.savefig(args.out, dpi=90)


if __name__ == "__main__":
    main()
