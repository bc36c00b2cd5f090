"""Who stands in the paper's tables: each follows performances of pieces, and gives its cursor's way through each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Protocol

import numpy as np
import torch

from livefollow.errors import LivefollowError
from livefollow.follow.agent import open_agent
from livefollow.follow.paper.state import PaperTask
from livefollow.networks.manifest import load_manifest
from livefollow.score.score import Score
from livefollow.train.common.checkpoint import set_weights
from livefollow.train.common.exported import read_exported
from livefollow.train.paper.data import PaperPiece
from livefollow.train.paper.following import Way, play
from livefollow.train.paper.mm_loc import follow_by_windows, open_mm_loc
from livefollow.train.paper.network import PaperNetwork
from livefollow.train.rl.rollout import Observation
from livefollow.train.rl.run import best_of
from livefollow.train.study.knowing import knowing_way
from livefollow.train.study.odtw import odtw_frames
from livefollow.train.study.read_score import read_as_piece


@dataclass(frozen=True, eq=False)
class Performed:
    """A performance of a piece.

    Attributes:
        piece: what is heard, and the truth.
        score: the same piece as its score sounds.
        look: the npz of its look; the PDF lies beside it.
    """

    piece: PaperPiece
    score: PaperPiece
    look: Path


class ComparedFollower(Protocol):
    """A row of a table."""

    @property
    def name(self) -> str:
        """As the table calls it."""

    @property
    def runs(self) -> int:
        """Times that it follows each piece; more than one only where it draws."""

    def follow(self, performed: Sequence[Performed], task: PaperTask, seed: int, /) -> list[Way]:
        """Follow all once; the same seed gives the same ways."""


@dataclass(frozen=True)
class Oracle:
    """The truth itself."""

    name: str = "oracle"
    runs: int = 1

    def follow(self, performed: Sequence[Performed], task: PaperTask, _seed: int, /) -> list[Way]:
        """Where the player is."""
        return [Way(p.piece, task, p.piece.true_x[p.piece.first :]) for p in performed]


@dataclass(frozen=True)
class Steady:
    """A cursor that cannot hear: a constant speed, from the truth.

    Attributes:
        speed: of the same piece, the mean, which arrives with the last onset, or the median of the player's speeds over
            frames; or one speed for all pieces, the mean of theirs, which is all that can be learned without hearing.
    """

    speed: Literal["mean", "median", "common"]
    runs: int = 1

    @property
    def name(self) -> str:
        """As the table calls it."""
        return "steady, one speed for all" if self.speed == "common" else f"steady, {self.speed} speed"

    def follow(self, performed: Sequence[Performed], task: PaperTask, _seed: int, /) -> list[Way]:
        """From the first onset on."""
        ways = []
        common = float(np.mean([_mean_speed(p.piece) for p in performed]))
        for p in performed:
            true_x = p.piece.true_x[p.piece.first :]
            speeds = {"mean": _mean_speed(p.piece), "median": float(np.median(np.diff(true_x))), "common": common}
            x = float(p.piece.onset_x[0]) + speeds[self.speed] * np.arange(len(true_x))
            ways.append(Way(p.piece, task, np.asarray(x, np.float64)))
        return ways


def _mean_speed(piece: PaperPiece) -> float:
    """From the first onset to the last, cursor px a frame."""
    return float(piece.onset_x[-1] - piece.onset_x[0]) / max(1, len(piece.true_x) - piece.first - 1)


@dataclass(frozen=True)
class Knowing:
    """The best that the game's actions allow (paper, Figure 6)."""

    nearest: bool = False
    runs: int = 1

    @property
    def name(self) -> str:
        """As the table calls it."""
        return f"knows the way, least {'largest' if self.nearest else 'mean'} |dx|"

    def follow(self, performed: Sequence[Performed], task: PaperTask, _seed: int, /) -> list[Way]:
        """By dynamic programming."""
        return [Way(p.piece, task, knowing_way(p.piece, task, nearest=self.nearest)[0]) for p in performed]


@dataclass(frozen=True)
class MidiOdtw:
    """Online time warping on a perfect score."""

    name: str = "MIDI-ODTW"
    runs: int = 1

    def follow(self, performed: Sequence[Performed], task: PaperTask, _seed: int, /) -> list[Way]:
        """From the frame that first hears the first onset on, as all in the game."""
        return [_warped(p.piece, p.score, task) for p in performed]


@dataclass(frozen=True)
class OmrOdtw:
    """Online time warping on the score as livefollow's reader reads it: notes and note values, played by FluidSynth."""

    models: Path | None = None
    runs: int = 1
    name: str = "OMR-ODTW, livefollow's reader"

    def follow(self, performed: Sequence[Performed], task: PaperTask, _seed: int, /) -> list[Way]:
        """Scored by the true notes: where the reading is wrong, so is the cursor."""
        return [_warped(p.piece, read_as_piece(p.look.with_suffix(".pdf"), task, self.models), task) for p in performed]


@dataclass(frozen=True)
class MmLoc:
    """The paper's supervised baseline, from a checkpoint of `livefollow train mm-loc`."""

    checkpoint: Path
    runs: int = 1
    name: str = "MM-Loc"

    def follow(self, performed: Sequence[Performed], task: PaperTask, _seed: int, /) -> list[Way]:
        """From the first onset on, its window about its own last place."""
        return follow_by_windows(open_mm_loc(self.checkpoint, task), [p.piece for p in performed], task)


@dataclass(frozen=True)
class AppAgent:
    """An agent of livefollow's, with the PDF and the frames as in the app."""

    name: str
    models: Path | None = None
    runs: int = 1

    def follow(self, performed: Sequence[Performed], task: PaperTask, _seed: int, /) -> list[Way]:
        """The whole recording is heard; the way begins with the first onset. Before, the place is that of the start."""
        ways = []
        for p in performed:
            agent = open_agent(self.name, self.models, "cpu")
            with Score(p.look.with_suffix(".pdf")) as score:
                for _ in agent.read(score):
                    pass
                heard = [e.x * task.strip_px for f in p.piece.frames.astype(np.float32) for e in agent.step(f[None])]
            ways.append(Way(p.piece, task, np.array(heard)[p.piece.first :]))
        return ways


@dataclass(frozen=True, eq=False)
class AgentInGame:
    """An agent of the paper's.

    Attributes:
        name: as the table calls it.
        network: its network.
        sampled: actions are drawn, as in the paper; else the likeliest is taken.
        runs: if they are drawn.
    """

    name: str
    network: PaperNetwork
    sampled: bool
    runs: int

    def follow(self, performed: Sequence[Performed], task: PaperTask, seed: int, /) -> list[Way]:
        """In the game."""
        draws = torch.Generator().manual_seed(seed) if self.sampled else None
        return play(self._policy, [p.piece for p in performed], task, draws=draws)

    @torch.no_grad()
    def _policy(self, observation: Observation) -> tuple[torch.Tensor, torch.Tensor]:
        out: tuple[torch.Tensor, torch.Tensor] = self.network(*observation)
        return out


def open_network(name: str, task: PaperTask, models: Path | None = None) -> PaperNetwork:
    """Open a network of the paper's, for evaluation.

    Args:
        name: an agent of the manifest, an exported .onnx file, or a checkpoint of a run, whose best network is taken.
        task: which of the paper's.
        models: folder of another manifest.

    Raises:
        LivefollowError: there is none, or it is of another task.
    """
    path = Path(name)
    if path.suffix == ".pt":
        weights, _, _ = best_of(path)
    else:
        if path.suffix != ".onnx":
            manifest = load_manifest(models)
            path = manifest.network(manifest.agent(name)[1].get("policy", "")).path
        weights = read_exported(path)["network"]
    network = PaperNetwork(task).eval()
    with torch.no_grad():
        set_weights(network, weights, path)
    return network


def is_of_the_paper(name: str, models: Path | None = None) -> bool:
    """Whether a name is a file, or an agent of the manifest that is of the paper's kind.

    Raises:
        LivefollowError: there is no such agent.
    """
    if Path(name).suffix in {".pt", ".onnx"}:
        if not Path(name).is_file():
            raise LivefollowError(f"{name} is not there: name an agent, an exported .onnx, or a checkpoint.pt")
        return True
    return load_manifest(models).agent(name)[1].get("kind") == "paper"


def _warped(piece: PaperPiece, score: PaperPiece, task: PaperTask) -> Way:
    frames, printed = piece.frames[piece.first : piece.last + 1], score.frames[score.first : score.last + 1]
    at = odtw_frames(printed.astype(np.float32), frames.astype(np.float32))
    return Way(piece, task, score.true_x[score.first + at])
