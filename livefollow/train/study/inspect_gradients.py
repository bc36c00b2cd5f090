"""`livefollow inspect gradients`: what of sound and sheet an action hangs on (integrated gradients).

Sundararajan, Taly and Yan, "Axiomatic attribution for deep networks", 2017: gradients are summed along the line from
silence and white paper to the state, times the state. Their sum is what the action's logit has more there than here
(completeness); how much is missing of that is printed.
"""

from __future__ import annotations

import argparse

import numpy as np
import torch
from matplotlib.figure import Figure
from torch import Tensor

from livefollow.follow.paper.state import ACTIONS
from livefollow.train.paper.network import PaperNetwork
from livefollow.train.study.episodes import NAMES, Episode, add_moment_arguments, named_moment, show_input
from livefollow.train.study.pictures import new_figure, save_figure

NODES = (32, 64, 128, 256, 512)  # of a Gauss–Legendre quadrature: as many as are needed for MISSING, or the most
MISSING = 0.01  # share of the sum
SATURATED = 0.995  # quantile of attributions from which colours are full


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments to its parser."""
    add_moment_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Attribute the action of one state to its four inputs, and draw them.

    Raises:
        LivefollowError: there is no such piece or agent, or the episode is not on at that time.
    """
    network, episode, k, at_s = named_moment(args)
    state = (episode.spectrograms[k], episode.sheets[k])
    spectrogram, sheet, missing = integrated_gradients(network, *state, int(episode.actions[k]))
    figure = draw(episode, k, spectrogram, sheet, args.agent)
    for path in save_figure(figure, args.out, f"gradients_{episode.way.piece.name}"):
        print(path)
    print(f"at {at_s:.2f} s; {missing:.2%} of the sum is missing")
    return 0


def integrated_gradients(
    network: PaperNetwork, spectrogram: Tensor, sheet: Tensor, action: int
) -> tuple[Tensor, Tensor, float]:
    """Attribute an action's logit to the inputs.

    Args:
        network: in evaluation mode.
        spectrogram: (2, 78, 40).
        sheet: (2, height, width).
        action: index into ACTIONS.

    Returns:
        Attributions, shaped as the inputs, and which share of what they should sum up to is missing.
    """
    with torch.no_grad():
        ends = [network(factor * spectrogram[None], factor * sheet[None])[0][0, action] for factor in (0.0, 1.0)]
    wanted = float(ends[1] - ends[0])
    for count in NODES:
        parts = _quadrature(network, (spectrogram, sheet), action, count)
        missing = abs(float(sum(part.sum() for part in parts)) - wanted) / max(abs(wanted), 1e-9)
        if missing < MISSING:
            break
    return parts[0], parts[1], missing


def _quadrature(network: PaperNetwork, state: tuple[Tensor, Tensor], action: int, count: int) -> list[Tensor]:
    """The state times the mean of the gradients between nothing and it."""
    nodes, weights = np.polynomial.legendre.leggauss(count)
    at, share = (torch.from_numpy(part).float() for part in ((nodes + 1) / 2, weights / 2))
    inputs = [(at[:, None, None, None] * whole).requires_grad_() for whole in state]
    logits, _ = network(*inputs)
    slopes = torch.autograd.grad(logits[:, action].sum(), inputs)
    return [whole * (share[:, None, None, None] * slope).sum(0) for whole, slope in zip(state, slopes, strict=True)]


def draw(episode: Episode, k: int, spectrogram: Tensor, sheet: Tensor, who: str) -> Figure:
    """Draw the four inputs with what they speak for (red) and against (blue) the action on them."""
    figure = new_figure(9, 5.2)
    seen = (*episode.spectrograms[k], *episode.sheets[k])
    panels = figure.subplots(2, 2, width_ratios=[1, 2.2]).T.ravel()
    for axes, name, picture, said in zip(panels, NAMES, seen, (*spectrogram, *sheet), strict=True):
        most = float(np.quantile(np.abs(said.numpy()), SATURATED)) or 1.0
        upwards = show_input(axes, name, picture)
        opacity = np.clip(np.abs(said.numpy()) / most, 0, 1)
        axes.imshow(said.numpy(), cmap="bwr", vmin=-most, vmax=most, alpha=opacity * 0.8, aspect="auto", origin=upwards)
        axes.set_title(f"{name}: {float(said.sum()):+.2f}", fontsize=9)
    change = ACTIONS[int(episode.actions[k])]
    figure.suptitle(f"{who} on {episode.way.piece.name}: why it changes its speed by {change:+d}", fontsize=10)
    return figure
