"""Make the files of this folder with version 0.1.0: networks, track, evaluation, dataset, checkpoints.

README.md says how to run it: `livefollow` and `tests` are those of 0.1.0 here.
"""

from __future__ import annotations

import contextlib
import io
import shlex
import shutil
import sys
import tempfile
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import soundfile
import torch
from livefollow.follow.manifest import NetworkFile, load_manifest
from livefollow.follow.networks import load_network, states_of
from livefollow.follow.observation import FACT, SIZE
from livefollow.follow.paper_state import FRAMES, TASKS
from livefollow.train.course import Course, CourseSettings
from livefollow.train.legs import Leg, LegSettings
from livefollow.train.networks import Listener, ListenerShape, Reader, ReaderShape
from livefollow.train.notation import Clef, Notation, WrittenNote
from livefollow.train.playing import play
from livefollow.train.policy_data import Lesson
from livefollow.train.recordings import save_recording
from livefollow.train.styles import PRESETS
from tests.train.pieces import etude
from tests.train.test_system_images import a_look

import livefollow
from livefollow.cli import main as livefollow_command
from livefollow.constants import BAND_HEIGHT, COLUMN, N_BINS, SAMPLE_RATE
from livefollow.train import export, export_paper, export_policy, onnx_files, policy_network
from tests.tiny_networks import write_models

HERE = Path(__file__).parent
READER = ReaderShape(channels=(2, 2, 2, 2, 2), row_channels=2, staff=4, system=4, recurrent=4)
LISTENER = ListenerShape(bands=(2, 2), partial=1, pitch=(2, 2), summary=1, dense=4, recurrent=4)
CASE_S, AFTER_S = 20.0, 1.5  # of the demo's recording, and how much of that after the last onset
PAPER = "paper_ppo_nottingham"


class TinyPaperNetwork(torch.nn.Module):
    """The inputs and outputs of the paper's network, and next to nothing between them."""

    def __init__(self) -> None:
        super().__init__()
        self.spectrogram, self.sheet = torch.nn.Linear(N_BINS, 4), torch.nn.Linear(TASKS["nottingham"].height, 4)

    def forward(self, spectrogram: torch.Tensor, sheet: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        """Logits (n, 3) and values (n,)."""
        seen = self.spectrogram(spectrogram.mean((1, 3))) + self.sheet(sheet.mean((1, 3)))
        return seen[:, :3], seen[:, 3]


def exported_networks(folder: Path) -> None:
    """Networks of every kind, exported and entered in a manifest as `livefollow export` does."""
    folder.mkdir()
    onnx_files.models_folder = lambda: folder  # as livefollow's own folder, which says its default agent
    torch.manual_seed(0)
    training = {"legs": 3, "steps": 70, "minutes": 1.5}
    for kind, network in (("reader", Reader(READER)), ("listener", Listener(LISTENER))):
        path = folder / f"{kind}.onnx"
        export.export(kind, network, path, training, {"valid/onset": 0.5})
        onnx_files.register(folder, kind, kind, path, export.LOCALIZER)
    policy_network.MAP_WIDTH = policy_network.ROW_WIDTH = 2
    path = folder / "policy.onnx"
    export_policy.export(policy_network.PolicyNetwork(dense=2), path, {"steps": 70, "minutes": 1.5}, {})
    onnx_files.register(folder, "policy", "policy", path, export_policy.AGENTS)
    path = folder / f"{PAPER}.onnx"
    export_paper.export(PAPER, TASKS["nottingham"], TinyPaperNetwork(), path, {"steps": 70, "minutes": 1.5}, {})
    agent = {PAPER.replace("_", "-"): export_paper.agent_parts(PAPER)}
    onnx_files.register(folder, PAPER, "paper-nottingham", path, agent)


def outputs(folder: Path, path: Path) -> None:
    """What each network of a folder says of inputs drawn from 0 ... 1, one seed for all: names are NETWORK.OUTPUT."""
    task = TASKS["nottingham"]
    shapes = {
        "reader": {"bands": (1, 2, BAND_HEIGHT, 6 * COLUMN)},
        "listener": {"frames": (1, 3, N_BINS)},
        "policy": {"observation": (1, SIZE)},
        PAPER: {"spectrogram": (1, 2, N_BINS, FRAMES), "sheet": (1, 2, task.height, task.width)},
    }
    said = {}
    for name, file in load_manifest(folder).networks.items():
        if not file.path.is_relative_to(folder):  # one that comes with livefollow, below those of the folder
            continue
        network, rng = load_network(NetworkFile(file.path, file.kind), "cpu"), np.random.default_rng(0)
        inputs = {key: rng.random(shape, np.float32) for key, shape in shapes[name].items()}
        states = states_of(network) if name == "listener" else {}
        for key, value in network.run(inputs | states).items():
            if not key.endswith("_next"):
                said[f"{name}.{key}"] = value
    np.savez_compressed(path, **said)


def track_and_evaluation(folder: Path) -> None:
    """A case, the beginning of the demo; what the agent that was shipped says of it; and its figures."""
    case, demo = folder / "case", Path(livefollow.__file__).parents[1] / "assets" / "demo"
    case.mkdir(parents=True)
    for name in ("score.pdf", "meta.json"):
        shutil.copy(demo / name, case / name)
    head, *rows = (demo / "truth.csv").read_text().splitlines()
    inside = [row for row in rows if float(row.partition(",")[0]) < CASE_S - AFTER_S]
    (case / "truth.csv").write_text("\n".join([head, *inside]) + "\n")
    sound, rate = soundfile.read(demo / "performance.ogg")
    soundfile.write(case / "performance.flac", sound[: round(CASE_S * rate)], rate)
    track, copied = folder / "track.csv", "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[4])"
    command("track", "--score", f"{case}/score.pdf", "--audio", f"{case}/performance.flac", "--csv", str(track))
    program = shlex.join([sys.executable, "-c", copied, str(track)]) + " {score} {audio} {csv}"
    with tempfile.TemporaryDirectory() as scratch:
        command("evaluate", str(case), "--csv-from", program, "--own-sound-only", "--turns", "--out", scratch)
        shutil.copy(Path(scratch) / "pieces.csv", folder / "pieces.csv")
    for name in ("score.pdf", "performance.flac"):  # the demo has them
        (case / name).unlink()


def dataset(folder: Path) -> None:
    """A piece of a dataset: music, notation, a look, a recording, and what a policy learns from."""
    piece = folder / "scores" / "train" / "etude"
    piece.mkdir(parents=True)
    music = etude(bars=8)
    music.save(piece / "music.json")
    whole = Fraction(4)
    notes = [WrittenNote(Fraction(0), whole, 0, 0, 0, 0, log=0)]
    written = ("etude", "tests", "CC0", 1, notes, whole, [Fraction(0)], [(Fraction(0), 4, 4)], [(Fraction(0), 0)])
    Notation(*written, [Clef(Fraction(0), 0, "G", 2)], [(Fraction(0), 84.0)]).save(piece / "notation.json")
    look = a_look()
    replace(look, bands=np.zeros_like(look.bands), image=np.zeros_like(look.image)).save(piece / "lilypond.npz")
    rng = np.random.default_rng(0)
    played = play(music, PRESETS["stumbling"], rng, 8.0)
    dry = 0.1 * np.sin(np.arange(SAMPLE_RATE // 2, dtype=np.float32))
    path = folder / "performances" / "train" / "etude" / "stumbling-0-splendid.npz"
    save_recording(path, "etude", "stumbling", "splendid", 0, played, dry.astype(np.float32))
    count, events = 80, np.arange(3, dtype=np.float32)  # frames, and places of three events
    keys, truth = np.zeros((count, 88), np.float16), np.linspace(0, 2, count, dtype=np.float32)
    lesson = Lesson(keys, keys, np.ones(count, FACT), truth, events, np.ones_like(events), keys[:3], events[:1])
    lesson.save(folder / "policy" / "etude" / "stumbling-0-splendid.npz")


def checkpoints(folder: Path) -> None:
    """A leg of supervised training and a run of reinforcement learning, with what they recorded."""
    with tempfile.TemporaryDirectory() as scratch:
        leg = Leg("leg", torch.nn.Linear(1, 1), LegSettings(steps=2, minutes=0.0, state=Path(scratch), device="cpu"))
        for _ in leg.running():
            loss = leg.forward(torch.ones(4, 1)).square().mean()
            leg.learn(loss, {"loss": loss})
        leg.record({"valid/onset": 0.5})
        leg.save(whole=True)
        course = Course("course", torch.nn.Linear(2, 1), CourseSettings(state=Path(scratch), device="cpu"), "right")
        course.count(20, [])
        course.record({"right": 0.5})
        for name in ("leg", "course"):
            (folder / name).mkdir(parents=True)
            for file in ("checkpoint.pt", "figures.jsonl"):
                shutil.copy(Path(scratch) / name / file, folder / name / file)


def command(*words: str) -> None:
    """A command of livefollow 0.1.0, in this process."""
    with contextlib.redirect_stdout(io.StringIO()):
        assert livefollow_command(list(words)) == 0


if __name__ == "__main__":
    if livefollow.__version__ != "0.1.0" or (Path(livefollow.__file__).parent / "cli").is_dir():
        sys.exit("This is not version 0.1.0: set PYTHONPATH as the README says.")
    for made in ("following", "exported", "evaluation", "dataset", "training"):
        shutil.rmtree(HERE / made, ignore_errors=True)
    (HERE / "following").mkdir()
    write_models(HERE / "following")
    outputs(HERE / "following", HERE / "following" / "outputs.npz")
    exported_networks(HERE / "exported")
    outputs(HERE / "exported", HERE / "exported" / "outputs.npz")
    track_and_evaluation(HERE / "evaluation")
    dataset(HERE / "dataset")
    checkpoints(HERE / "training")
