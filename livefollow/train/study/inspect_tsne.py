"""`livefollow inspect tsne`: states that an agent holds to be alike, by the layer that joins sound and sheet.

van der Maaten and Hinton, "Visualizing data using t-SNE", 2008, by openTSNE (extra `inspect`).
"""

from __future__ import annotations

import argparse
import importlib.util
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from matplotlib.figure import Figure
from matplotlib.offsetbox import AnnotationBbox, OffsetImage

from livefollow.errors import LivefollowError
from livefollow.follow.paper.agent import GAMMA
from livefollow.follow.paper.state import TASKS
from livefollow.train.data.folders import default_data
from livefollow.train.paper.data import pieces_of
from livefollow.train.study.episodes import Episode, add_piece_arguments, play_episode
from livefollow.train.study.followers import open_network
from livefollow.train.study.pictures import new_figure, save_figure

FloatArray = npt.NDArray[np.float64]

STATES = 1500  # that are drawn, spread over all
PERPLEXITY = 30.0
THUMBNAILS = 14
ZOOM = {"nottingham": 0.42, "msmd": 0.26}  # of thumbnails


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments to its parser."""
    add_piece_arguments(parser)
    parser.add_argument(
        "--agent", default="paper-ppo-nottingham", metavar="NAME", help="of the manifest, .onnx or checkpoint.pt"
    )
    parser.add_argument("--limit", type=int, default=8, metavar="N", help="pieces, spread over the split (8)")
    parser.add_argument("--seed", type=int, default=0, help="of the map (0)")


def run(args: argparse.Namespace) -> int:
    """Follow pieces, lay their states out, and draw them coloured by value.

    Raises:
        LivefollowError: openTSNE is not installed, or there is no such agent.
    """
    require_open_tsne()
    task = TASKS[args.task]
    network = open_network(args.agent, task, args.models)
    pieces = pieces_of(args.data or default_data(), task, args.split, args.limit)
    episodes = [play_episode(network, piece, task) for piece in pieces]
    states = [(e, k) for e in episodes for k in range(len(e.values))]
    chosen = [states[i] for i in np.linspace(0, len(states) - 1, min(STATES, len(states))).astype(int)]
    places = laid_out(np.stack([e.embeddings[k] for e, k in chosen]), args.seed)
    for path in save_figure(draw(places, chosen, args.agent, ZOOM[task.name]), args.out, "tsne"):
        print(path)
    print(f"{len(chosen)} of {len(states)} states of {len(pieces)} pieces")
    return 0


def require_open_tsne() -> None:
    """Check that openTSNE is installed, before any work is done.

    Raises:
        LivefollowError: it is not.
    """
    if importlib.util.find_spec("openTSNE") is None:
        raise LivefollowError("A map of states needs openTSNE: pip install 'livefollow[inspect]'")


def laid_out(embeddings: npt.NDArray[np.floating], seed: int) -> FloatArray:
    """Lay (n, d) vectors out in the plane, (n, 2); the same seed gives the same map."""
    from openTSNE import TSNE  # noqa: PLC0415  # an extra

    perplexity = min(PERPLEXITY, (len(embeddings) - 1) / 3)
    own = TSNE(perplexity=perplexity, random_state=seed, n_jobs=1, negative_gradient_method="bh")
    return np.asarray(own.fit(embeddings.astype(np.float64)), np.float64)


def draw(places: FloatArray, states: Sequence[tuple[Episode, int]], who: str, zoom: float) -> Figure:
    """Draw the states as dots coloured by value, and the sheet's window of some that are far from each other."""
    figure = new_figure(9, 7)
    axes = figure.subplots()
    values = np.array([episode.values[k] for episode, k in states]) * (1 - GAMMA)
    dots = axes.scatter(places[:, 0], places[:, 1], c=values, s=9, cmap="viridis", vmin=0, vmax=1)
    figure.colorbar(dots, ax=axes, label="value × (1 − γ)", shrink=0.7)
    for i in far_apart(places, THUMBNAILS):
        episode, k = states[i]
        picture = OffsetImage(episode.sheets[k, 0].numpy(), zoom=zoom, cmap="gray_r")
        frame = {"edgecolor": dots.to_rgba(values[i]), "linewidth": 1.5, "boxstyle": "square,pad=0.1"}
        axes.add_artist(AnnotationBbox(picture, places[i], pad=0, bboxprops=frame))
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_title(f"{who}: states by the layer that joins sound and sheet", fontsize=10)
    return figure


def far_apart(places: FloatArray, count: int) -> list[int]:
    """Choose points, each as far as can be from those before; the first is nearest the middle."""
    chosen = [int(np.linalg.norm(places - places.mean(0), axis=1).argmin())]
    distance = np.full(len(places), np.inf)
    for _ in range(min(count, len(places)) - 1):
        distance = np.minimum(distance, np.linalg.norm(places - places[chosen[-1]], axis=1))
        chosen.append(int(distance.argmax()))
    return chosen
