"""`livefollow inspect optimal`: the cursor that knows the way through a piece (paper, Figure 6)."""

from __future__ import annotations

import argparse

import numpy as np
from matplotlib.figure import Figure

from livefollow.constants import FPS
from livefollow.follow.paper.state import TASKS
from livefollow.train.paper.following import Way
from livefollow.train.study.episodes import add_piece_arguments, named_piece
from livefollow.train.study.knowing import knowing_way
from livefollow.train.study.pictures import BLUE, GREEN, GREY, ORANGE, new_figure, plain, save_figure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments to its parser."""
    add_piece_arguments(parser)
    parser.add_argument("--piece", metavar="NAME", help="of the split (the first)")
    parser.add_argument("--nearest", action="store_true", help="minimise the largest |dx| instead of the mean")


def run(args: argparse.Namespace) -> int:
    """Find the way, and draw speed, actions and error.

    Raises:
        LivefollowError: there is no such piece.
    """
    task = TASKS[args.task]
    piece, _ = named_piece(args, task)
    x, changes = knowing_way(piece, task, nearest=args.nearest)
    way = Way(piece, task, x)
    figure = draw(way, changes)
    for path in save_figure(figure, args.out, f"optimal_{piece.name}"):
        print(path)
    print(f"{piece.name}: |dx| {way.tracked.mean():.2f} px in the mean, {way.tracked.max():.1f} at most")
    return 0


def draw(way: Way, changes: np.ndarray) -> Figure:
    """Draw speed over time, with the player's; the changes of speed; and dx."""
    figure = new_figure(9, 6)
    speed, action, error = figure.subplots(3, 1, sharex=True, height_ratios=[3, 1, 1.4])
    frames = np.arange(len(way.x) - 1) + way.piece.first + 1
    at_s = (frames + 1) / FPS
    true = np.diff(way.piece.true_x[way.piece.first :])
    speed.step(at_s, true, where="pre", color=GREY, lw=1, label="player, between onsets")
    speed.step(at_s, np.diff(way.x), where="pre", color=BLUE, lw=1.4, label="cursor")
    speed.set_ylabel("px per frame")
    speed.legend(frameon=False, fontsize=8)
    action.bar(at_s, changes, width=1 / FPS, color=np.where(changes > 0, GREEN, ORANGE).tolist())
    action.set_yticks([-1, 0, 1])
    action.set_ylabel("action")
    error.plot(at_s, way.dx[1:], color=BLUE, lw=1)
    error.axhline(0, color=GREY, lw=0.8)
    error.set_ylabel("dx, px")
    error.set_xlabel("recording, s")
    for axes in (speed, action, error):
        plain(axes)
    figure.suptitle(f"{way.piece.name}: the best that the three actions allow", fontsize=10)
    return figure
