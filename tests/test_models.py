"""The networks that come with livefollow: small enough, unchanged, and good enough for the demo's beginning."""

import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from livefollow.cli.main import main
from livefollow.evaluate.cases import load_case
from livefollow.evaluate.metrics import onset_errors
from livefollow.evaluate.truth import load_truth
from livefollow.follow.agent import open_agent
from livefollow.follow.track import load_track
from livefollow.networks.manifest import MANIFEST, load_manifest, models_folder

DEMO = Path(__file__).parents[1] / "assets" / "demo"
SECONDS = 30
MIB = 2**20

pytestmark = pytest.mark.skipif(not (models_folder() / MANIFEST).is_file(), reason="no networks are trained yet")


def test_every_agent_opens_with_the_networks_that_were_released() -> None:
    manifest = load_manifest()
    assert manifest.default in manifest.agents
    for name in manifest.agents:
        assert open_agent(name, provider="cpu").networks


def test_networks_are_small() -> None:
    manifest = load_manifest()
    sizes = {name: file.path.stat().st_size for name, file in manifest.networks.items()}
    assert max(sizes.values()) <= 16 * MIB
    _, parts = manifest.agent(None)
    assert sum(sizes[network] for part, network in parts.items() if part != "kind") <= 8 * MIB


def test_the_demo_is_followed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with soundfile.SoundFile(DEMO / "performance.ogg") as file:
        soundfile.write(tmp_path / "a.wav", file.read(SECONDS * file.samplerate), file.samplerate)
    csv = tmp_path / "a.csv"
    argv = ["--score", str(DEMO / "score.pdf"), "--audio", str(tmp_path / "a.wav"), "--csv", str(csv)]
    assert main(["track", *argv, "--provider", "cpu"]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[-1])["frames"] == 20 * SECONDS
    case, truth = load_case(DEMO), load_truth(DEMO / "truth.csv")
    assert truth
    errors = onset_errors(truth, load_track(csv), case.staff_space)
    heard = errors.onset < SECONDS - 1
    assert np.mean(np.abs(errors.seconds[heard]) <= 0.5) >= 0.9
