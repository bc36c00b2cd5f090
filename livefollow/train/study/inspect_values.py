"""`livefollow inspect values`: how well an agent thinks that it does, beside how well it does, over time."""

from __future__ import annotations

import argparse

import numpy as np
from matplotlib.figure import Figure

from livefollow.constants import FPS
from livefollow.follow.agent import open_agent
from livefollow.follow.paper.agent import GAMMA
from livefollow.follow.paper.state import TASKS
from livefollow.score.score import Score
from livefollow.train.paper.following import Way
from livefollow.train.study.episodes import add_agent_arguments, named_piece, play_episode
from livefollow.train.study.followers import is_of_the_paper, open_network
from livefollow.train.study.pictures import BLUE, GREY, ORANGE, new_figure, plain, save_figure


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments to its parser."""
    add_agent_arguments(parser)


def run(args: argparse.Namespace) -> int:
    """Follow a piece and draw the value, or an agent of livefollow's own confidence, beside 1 − |dx| / b.

    Raises:
        LivefollowError: there is no such piece or agent.
    """
    task = TASKS[args.task]
    piece, look = named_piece(args, task)
    if is_of_the_paper(args.agent, args.models):
        episode = play_episode(open_network(args.agent, task, args.models), piece, task)
        way, thought, what = episode.way, episode.values * (1 - GAMMA), "value × (1 − γ)"
    else:
        agent = open_agent(args.agent, args.models, "cpu")
        with Score(look.with_suffix(".pdf")) as score:
            for _ in agent.read(score):
                pass
            heard = [e for frame in piece.frames.astype(np.float32) for e in agent.step(frame[None])]
        heard = heard[piece.first : piece.last + 1]
        way = Way(piece, task, np.array([e.x * task.strip_px for e in heard]))
        thought, what = np.array([e.confidence for e in heard]), "confidence"
    figure = draw(way, thought, what, args.agent)
    for path in save_figure(figure, args.out, f"values_{piece.name}"):
        print(path)
    return 0


def draw(way: Way, thought: np.ndarray, what: str, who: str) -> Figure:
    """Draw what is thought and what is, a value per frame."""
    figure = new_figure(9, 3)
    axes = figure.subplots()
    rewards = 1 - np.abs(way.dx) / way.task.lost
    axes.plot((np.arange(len(rewards)) + way.piece.first + 1) / FPS, rewards, color=GREY, lw=1, label="1 − |dx| / b")
    axes.plot((np.arange(len(thought)) + way.piece.first + 1) / FPS, thought, color=BLUE, lw=1.4, label=what)
    if way.is_lost:
        axes.axvline((way.stop + 1) / FPS, color=ORANGE, lw=1.2, label="lost")
    axes.set_ylim(min(0.0, float(thought.min()), float(rewards.min())) - 0.02, 1.02)
    axes.set_xlabel("recording, s")
    axes.legend(frameon=False, fontsize=8)
    axes.set_title(f"{who} on {way.piece.name}", fontsize=10)
    plain(axes)
    return figure
