"""The training commands themselves, for a few steps on data that is made up."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from livefollow.cli import main as cli
from livefollow.constants import SAMPLE_RATE
from tests.looks import a_look
from tests.optional import needs_modules
from tests.pieces import etude

pytestmark = needs_modules("torch", "pyroomacoustics", "mir_eval")

SHORT = ["--steps", "6", "--workers", "0"]
SMALL = ["--batch", "2", "--fill", "4"]  # of the listener
NARROW = ["--batch-px", "1000", "--validate", "2"]  # of the reader


@pytest.fixture
def looks(tmp_path) -> Path:
    data = tmp_path / "data"
    for split, names in (("train", ["lilypond"]), ("valid", ["lilypond", "lilypond-1", "musescore", "verovio-x"])):
        for k, name in enumerate(names):
            folder = data / "scores" / split / "piece"
            folder.mkdir(parents=True, exist_ok=True)
            a_look(k).save(folder / f"{name}.npz")
    return data


def figures(state: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (state / "figures.jsonl").read_text().splitlines()]


def test_a_reader_is_trained_run_by_run_and_exported(looks, tmp_path, capsys):
    state, models = tmp_path / "state", tmp_path / "models"
    command = ["train", "reader", "--data", str(looks), "--state", str(state), *SHORT, *NARROW]
    assert cli.main(command) == 0
    first = figures(state / "reader")[-1]
    assert cli.main(command) == 0
    assert "Going on from" in capsys.readouterr().out
    second = figures(state / "reader")[-1]
    assert (first["run"], second["run"]) == (1, 2)
    assert second["step"] > first["step"] > 0
    assert second["onset"] < first["onset"]
    assert (state / "reader" / "curves.png").stat().st_size > 1000

    assert cli.main(["export", "reader", "--state", str(state), "--models", str(models)]) == 0
    manifest = json.loads((models / "manifest.json").read_text())
    assert manifest["networks"]["reader"]["kind"] == "reader"
    elsewhere = tmp_path / "elsewhere"
    begin = ["--init", str(models / "reader.onnx")]
    assert cli.main([*command[:5], str(elsewhere), *SHORT, *NARROW, *begin]) == 0
    assert figures(elsewhere / "reader")[-1]["step"] > second["step"]


def test_two_processes_learn_together(looks, tmp_path):
    state = tmp_path / "state"
    together = [sys.executable, "-m", "torch.distributed.run", "--standalone", "--nproc-per-node", "2", "-m"]
    command = ["livefollow.cli.main", "train", "reader", "--data", str(looks), "--state", str(state), *SHORT, *NARROW]
    done = subprocess.run(
        [*together, *command],
        capture_output=True,
        text=True,
        timeout=300,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert len(figures(state / "reader")) == 1


def test_other_processes_than_the_first_write_nothing(looks, tmp_path, monkeypatch):
    from livefollow.train.reader import train as train_reader

    monkeypatch.setenv("RANK", "1")
    monkeypatch.setattr(train_reader, "validate", lambda *_: pytest.fail("validated"))
    state = tmp_path / "state"
    assert cli.main(["train", "reader", "--data", str(looks), "--state", str(state), *SHORT, *NARROW]) == 0
    assert not list((state / "reader").iterdir())


def test_a_checkpoint_of_another_network_is_refused(looks, tmp_path, capsys):
    (tmp_path / "state" / "reader").mkdir(parents=True)
    (tmp_path / "state" / "reader" / "checkpoint.pt").write_bytes(b"no checkpoint")
    assert cli.main(["train", "reader", "--data", str(looks), "--state", str(tmp_path / "state"), *SHORT]) == 1
    assert "move it away" in capsys.readouterr().err


@pytest.fixture
def heard(tmp_path, monkeypatch) -> tuple[Path, Path]:
    """Recordings of decaying tones, rooms of one echo, noise of two clips."""
    from livefollow.train.data.held_out import HELD_OUT_ROOMS
    from livefollow.train.data.performance import recordings
    from livefollow.train.data.performance.player import play
    from livefollow.train.data.performance.styles import PRESETS
    from livefollow.train.data.sound import company

    monkeypatch.setattr(company, "SUNG", 1.0)  # whoever plays beside the piano sings: instruments need sound fonts
    rng = np.random.default_rng(1)
    data, corpus = tmp_path / "data", tmp_path / "corpus"
    for split, style, seed in (("train", "plain", 1), ("valid", "score", 2), ("valid", "plain", 3)):
        played = play(etude(4, seed), PRESETS[style], rng)
        dry = np.zeros(round((played.end_s + 1) * SAMPLE_RATE), np.float32)
        for key in played.keys:
            t = np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE
            tone = np.sin(2 * np.pi * 440 * 2 ** ((int(key["pitch"]) - 69) / 12) * t) * np.exp(-6 * t)
            at = round(float(key["onset_s"]) * SAMPLE_RATE)
            dry[at : at + len(tone)] += tone[: max(0, len(dry) - at)].astype(np.float32)
        path = data / "performances" / split / "etude" / f"{style}-{seed}-timgm.npz"
        recordings.save_recording(path, "etude", style, "timgm", seed, played, dry)
    (corpus / "rooms").mkdir(parents=True)
    response = np.zeros(SAMPLE_RATE // 4)
    response[[0, 2000]] = (0.9, 0.2)
    for name in ("Cellar", *HELD_OUT_ROOMS):
        soundfile.write(corpus / "rooms" / f"{name}.wav", response, SAMPLE_RATE)
    (data / "noise").mkdir()
    for kind in ("speech", "instrument"):
        soundfile.write(data / "noise" / f"{kind}-0.flac", 0.1 * rng.standard_normal(SAMPLE_RATE), SAMPLE_RATE)
    monkeypatch.setattr(recordings, "SIMULATED_ROOMS", 1)
    return data, corpus


def test_a_listener_is_trained_and_exported(heard, tmp_path):
    data, corpus = heard
    state, models = tmp_path / "state", tmp_path / "models"
    command = ["train", "listener", "--data", str(data), "--corpus", str(corpus), "--state", str(state), *SHORT, *SMALL]
    assert cli.main(command) == 0
    last = figures(state / "listener")[-1]
    assert 0 <= last["score/onset_f1"] <= 1
    assert cli.main(["export", "listener", "--state", str(state), "--models", str(models)]) == 0
    assert (models / "listener.onnx").stat().st_size < 8e6


def test_other_listeners_than_the_first_write_nothing(heard, tmp_path, monkeypatch):
    from livefollow.train.listener import train as train_listener

    data, corpus = heard
    monkeypatch.setenv("RANK", "1")
    monkeypatch.setattr(train_listener, "validate", lambda *_: pytest.fail("validated"))
    command = [
        "train",
        "listener",
        "--data",
        str(data),
        "--corpus",
        str(corpus),
        "--state",
        str(tmp_path),
        *SHORT,
        *SMALL,
    ]
    assert cli.main(command) == 0
    assert not list((tmp_path / "listener").iterdir())


def test_without_rooms_it_says_what_is_missing(heard, tmp_path, capsys):
    assert cli.main(["train", "listener", "--data", str(heard[0]), "--state", str(tmp_path)]) == 1
    assert "--corpus" in capsys.readouterr().err
