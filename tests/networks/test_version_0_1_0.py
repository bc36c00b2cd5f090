"""Networks and manifests that version 0.1.0 wrote are used as they were then; its policies are refused."""

import shutil
from pathlib import Path

import numpy as np
import pytest

from livefollow.errors import ModelError
from livefollow.follow.agent import open_agent
from livefollow.follow.paper.state import PAPER
from livefollow.follow.policy.observation import POLICY
from livefollow.networks import manifest
from livefollow.networks.listener import LISTENER
from livefollow.networks.manifest import load_manifest
from livefollow.networks.reader import READER
from livefollow.networks.runtime import Network, load_network, states_of
from livefollow.networks.specs import NetworkSpec
from livefollow.score.score import Score

SPECS = {spec.kind: spec for spec in (READER, LISTENER, POLICY, *PAPER.values())}
# Sides of what make.py runs networks on, where they vary.
SIZES = {"reader": {"width": (24,), "columns": (6,)}, "listener": {"frames": (3,)}}
TOLERANCE = 1e-5  # between two versions of ONNX Runtime


@pytest.fixture
def old(data: Path) -> Path:
    return data / "version_0_1_0"


def inputs(spec: NetworkSpec, network: Network) -> dict[str, np.ndarray]:
    """What make.py gave the network to look at or listen to."""
    rng, sizes = np.random.default_rng(0), SIZES.get(spec.kind, {})
    shapes = {k: [s if isinstance(s, int) else sizes[s][0] for s in sides] for k, sides in spec.inputs.items()}
    seen = {name: rng.random(shape, np.float32) for name, shape in shapes.items()}
    return seen | (states_of(network) if spec.streaming else {})


@pytest.mark.parametrize(
    ("folder", "name"),
    [
        ("following", "reader"),
        ("following", "listener"),
        ("exported", "reader"),
        ("exported", "listener"),
        ("exported", "paper_ppo_nottingham"),
    ],
)
def test_a_network_says_what_it_said_then(old: Path, folder: str, name: str) -> None:
    file = load_manifest(old / folder).network(name)
    assert file.path.parent == old / folder
    spec = SPECS[file.kind]
    network = load_network(file, spec, "cpu")
    given = network.run(inputs(spec, network))
    with np.load(old / folder / "outputs.npz") as said:
        assert {f"{name}.{output}" for output in spec.outputs} <= set(said.files)
        for key in (key for key in said.files if key.startswith(f"{name}.")):
            np.testing.assert_allclose(given[key.partition(".")[2]], said[key], atol=TOLERANCE)


def test_checksums_of_a_manifest_are_held_against_its_files(
    old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As the folder that comes with livefollow, whose files must be what the manifest says."""
    models = shutil.copytree(old / "exported", tmp_path / "models")
    monkeypatch.setattr(manifest, "models_folder", lambda: models)
    shipped = load_manifest()
    assert shipped.default == "localizer"
    for file in (file for file in shipped.networks.values() if file.kind != POLICY.kind):
        assert load_network(file, SPECS[file.kind], "cpu").kind == file.kind
    with (models / "reader.onnx").open("ab") as file:
        file.write(b"\0")
    with pytest.raises(ModelError, match="SHA-256"):
        load_network(shipped.network("reader"), READER, "cpu")


@pytest.mark.parametrize(
    ("agent", "kinds"),
    [
        ("localizer", ["listener", "reader"]),
        ("paper-ppo-nottingham", ["paper-nottingham", "reader"]),
    ],
)
def test_every_agent_of_a_manifest_is_opened(old: Path, agent: str, kinds: list[str]) -> None:
    assert sorted(network.kind for network in open_agent(agent, old / "exported", "cpu").networks) == kinds


@pytest.mark.parametrize("agent", ["policy", "livefollow"])
def test_a_policy_is_refused_by_a_sentence(old: Path, agent: str) -> None:
    with pytest.raises(ModelError, match="made for other numbers than this livefollow's: HEARD None"):
        open_agent(agent, old / "exported", "cpu")


def test_a_score_is_read_and_sound_followed_with_them(old: Path, data: Path) -> None:
    agent = open_agent("tiny", old / "following", "cpu")
    with Score(data / "piano.pdf") as score:
        assert list(agent.read(score))
        estimates = agent.step(np.random.default_rng(0).random((3, 78), np.float32))
    assert len(estimates) == 3
