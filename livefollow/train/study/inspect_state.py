"""`livefollow inspect state`: what an agent sees in one frame, what it is worth there, and what it does.

The state of section 2.2 with its one-step differences, the reward of section 2.3, and the policy's three probabilities.
"""

from __future__ import annotations

import argparse

import numpy as np
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from livefollow.follow.paper.state import ACTIONS
from livefollow.train.study.episodes import NAMES, Episode, add_moment_arguments, named_moment, show_input
from livefollow.train.study.pictures import BLUE, GREEN, GREY, ORANGE, new_figure, plain, save_figure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments to its parser."""
    add_moment_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Draw one state of an episode, its reward and the policy there.

    Raises:
        LivefollowError: there is no such piece or agent, or the episode is not on at that time.
    """
    network, episode, k, at_s = named_moment(args)
    with torch.no_grad():
        logits, _ = network(episode.spectrograms[k : k + 1], episode.sheets[k : k + 1])
    probabilities = logits[0].softmax(-1).numpy()
    figure = draw(episode, k, probabilities, f"{args.agent} on {episode.way.piece.name}, {at_s:.2f} s")
    for path in save_figure(figure, args.out, f"state_{episode.way.piece.name}"):
        print(path)
    shares = ", ".join(f"{change:+d}: {share:.2f}" for change, share in zip(ACTIONS, probabilities, strict=True))
    print(f"at {at_s:.2f} s: dx {episode.way.dx[k]:+.1f} px, reward {episode.rewards[k]:.2f}; policy {shares}")
    return 0


def draw(episode: Episode, k: int, probabilities: np.ndarray, what: str) -> Figure:
    """Draw the four inputs, the reward over dx with where the cursor is, and the policy."""
    figure = new_figure(9, 6.6)
    panels = figure.subplots(3, 2, width_ratios=[1, 2.2], height_ratios=[1, 1, 0.8])
    for axes, name, picture in zip(
        panels[:2].T.ravel(), NAMES, (*episode.spectrograms[k], *episode.sheets[k]), strict=True
    ):
        show_input(axes, name, picture)
        axes.set_title(name, fontsize=9)
    policy, reward = panels[2]
    policy.bar([f"{change:+d}" if change else "0" for change in ACTIONS], probabilities, color=[ORANGE, GREY, GREEN])
    policy.set_ylim(0, 1)
    policy.set_title("policy: change of the speed, px per frame", fontsize=9)
    plain(policy)
    _draw_reward(reward, episode, k)
    figure.suptitle(what, fontsize=10)
    return figure


def _draw_reward(axes: Axes, episode: Episode, k: int) -> None:
    lost, dx = episode.way.task.lost, float(episode.way.dx[k])
    axes.plot([-1.3 * lost, -lost, 0, lost, 1.3 * lost], [0, 0, 1, 0, 0], color=GREY)
    axes.vlines(dx, 0, episode.rewards[k], color=BLUE)
    axes.plot([dx], [episode.rewards[k]], "o", color=BLUE, label="cursor")
    for edge in (-lost, lost):
        axes.axvline(edge, color=ORANGE, lw=0.8, ls="--", label="lost beyond b" if edge > 0 else None)
    axes.set_title("reward 1 − |dx| / b over dx, px ahead of the player", fontsize=9)
    axes.legend(frameon=False, fontsize=8, loc="upper left")
    plain(axes)
