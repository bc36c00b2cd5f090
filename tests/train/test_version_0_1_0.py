"""What version 0.1.0 wrote for training: datasets are read, networks are gone on from, checkpoints are refused.

A checkpoint of today holds more than one of then, so `--init` with the exported network takes its place.
"""

import shutil
from pathlib import Path

import numpy as np
import pytest
from torch import nn

from livefollow.train.common.checkpoint import TrainingError
from livefollow.train.common.figures import figures_of, write_curves
from livefollow.train.common.run import Run
from livefollow.train.common.settings import RunSettings
from livefollow.train.data.notation.music import Music
from livefollow.train.data.notation.notation import Notation
from livefollow.train.data.performance.recordings import training_recordings
from livefollow.train.data.score_look import ScoreLook
from livefollow.train.listener.network import ListenerNetwork, ListenerShape
from livefollow.train.policy.data import Trajectory
from livefollow.train.reader.data import open_systems
from livefollow.train.reader.network import ReaderNetwork, ReaderShape

# The shapes that make.py gave them.
NETWORKS = {
    "reader": ReaderNetwork(
        ReaderShape(channels=(2, 2, 2, 2, 2), row_channels=2, staff=4, system=4, recurrent=4),
    ),
    "listener": ListenerNetwork(
        ListenerShape(bands=(2, 2), partial=1, pitch=(2, 2), summary=1, dense=4, recurrent=4),
    ),
}


@pytest.fixture
def old(data: Path) -> Path:
    return data / "version_0_1_0"


@pytest.mark.parametrize("kind", NETWORKS)
def test_training_goes_on_from_an_exported_network(old: Path, tmp_path: Path, kind: str) -> None:
    run = Run(kind, RunSettings(device="cpu", state=tmp_path, init=old / "exported" / f"{kind}.onnx"))
    run.begin(NETWORKS[kind])
    assert (run.number, run.steps, round(run.minutes, 1)) == (3, 70, 1.5)


@pytest.mark.parametrize(("name", "network"), [("leg", nn.Linear(1, 1)), ("course", nn.Linear(2, 1))])
def test_a_checkpoint_is_refused_with_what_to_do(old: Path, tmp_path: Path, name: str, network: nn.Module) -> None:
    shutil.copytree(old / "training" / name, tmp_path / name)
    with pytest.raises(TrainingError, match=r"no checkpoint of this version.*move it away.*--init"):
        Run(name, RunSettings(device="cpu", state=tmp_path)).begin(network)


@pytest.mark.parametrize(("name", "figure"), [("leg", "valid/onset"), ("course", "right")])
def test_figures_are_read_and_drawn(old: Path, tmp_path: Path, name: str, figure: str) -> None:
    folder = shutil.copytree(old / "training" / name, tmp_path / name)
    assert figures_of(folder)[-1][figure] == 0.5
    assert write_curves(folder).is_file()


def test_scores_of_a_dataset_are_read(old: Path, tmp_path: Path) -> None:
    dataset = shutil.copytree(old / "dataset", tmp_path / "dataset")  # what is learned from is kept in it, too
    piece = dataset / "scores" / "train" / "etude"
    music = Music.load(piece / "music.json")
    assert (music.name, len(music.bars)) == ("etude", 8)
    assert Notation.load(piece / "notation.json").music().notes[0].pitch == 60
    look = ScoreLook.load(piece / "lilypond.npz")
    assert len(look.heads) == 8
    assert len(open_systems(dataset, ["train"])) == len(look.systems)


def test_a_recording_is_read(old: Path) -> None:
    (recording,) = training_recordings(old / "dataset")
    assert (recording.piece, recording.style, recording.piano) == ("etude", "stumbling", "splendid")
    assert len(recording.sound()) == 22050 // 2
    assert (np.diff(recording.played.onsets["onset_s"]) > 0).all()
    assert recording.played.notes()


def test_what_a_policy_learned_from_is_to_be_made_again(old: Path) -> None:
    (path,) = (old / "dataset" / "policy").glob("*/*.npz")
    with pytest.raises(ValueError, match="make it again"):
        Trajectory.load(path)
