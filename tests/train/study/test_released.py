"""Networks of the paper's release, made here with its names and shapes, become ours."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import torch
from torch import nn
from torch.nn.functional import elu

from livefollow.cli.main import main
from livefollow.follow.paper.state import NOTTINGHAM, PAPER, TASKS
from livefollow.networks.manifest import load_manifest
from livefollow.networks.runtime import load_network
from tests import tiny_networks

# (kernel, stride, channels) of the convolutions as the release's networks have them.
RELEASED = {
    "nottingham": {
        "spec_conv": [(3, 2, 16), (3, 2, 32), (3, 2, 32), (3, 1, 64)],
        "sheet_conv": [(5, (1, 2), 16), (3, 2, 32), (3, 2, 32), (3, (1, 2), 64)],
        "dense": {"concat_fc": (3840, 256), "policy_fc": (256, 256), "critic_fc": (256, 256)},
    },
    "msmd": {
        "spec_conv": [(3, 1, 16), (3, 1, 16), (3, 2, 32), (3, 1, 32), (3, 2, 64), (3, 2, 96), (1, 1, 96)],
        "sheet_conv": [
            *[(5, (1, 2), 16), (3, 1, 16), (3, 2, 32), (3, 1, 32), (3, 2, 32), (3, 2, 64), (3, 2, 96), (1, 1, 96)],
        ],
        "dense": {
            **{"spec_fc": (2016, 512), "sheet_fc": (1728, 512), "concat_fc": (1024, 512)},
            **{"policy_fc": (512, 256), "critic_fc": (512, 256)},
        },
    },
}


class Released(nn.Module):
    """A network as the release has it: the same layers under its names, written down anew."""

    def __init__(self, task: str) -> None:
        super().__init__()
        self.branches: dict[str, list[nn.Conv2d]] = {}
        for prefix in ("spec_conv", "sheet_conv"):
            channels, layers = 2, []
            for k, (kernel, stride, maps) in enumerate(RELEASED[task][prefix]):
                layers.append(nn.Conv2d(channels, maps, kernel, stride))
                self.add_module(f"{prefix}{k + 1}", layers[-1])
                channels = maps
            self.branches[prefix] = layers
        for name, (inputs, outputs) in RELEASED[task]["dense"].items():
            self.add_module(name, nn.Linear(inputs, outputs))
        self.policy_out, self.critic_out = nn.Linear(256, 3), nn.Linear(256, 1)

    def forward(self, perf, score):
        seen = []
        for given, prefix in ((perf, "spec_conv"), (score, "sheet_conv")):
            x = given
            for layer in self.branches[prefix]:
                x = elu(layer(x))
            x = x.flatten(1)
            dense = getattr(self, prefix.replace("conv", "fc"), None)
            seen.append(elu(dense(x)) if dense else x)
        x = elu(self.concat_fc(torch.cat(seen, 1)))
        return self.policy_out(elu(self.policy_fc(x))), self.critic_out(elu(self.critic_fc(x)))


@pytest.mark.parametrize("task", list(TASKS))
def test_it_does_what_the_released_one_does(tmp_path: Path, task: str) -> None:
    torch.manual_seed(0)
    theirs = Released(task).eval()
    torch.save(theirs.state_dict(), tmp_path / "best_model.pt")
    models = tiny_networks.write_models(tmp_path)
    name = f"released-ppo-{task}"
    command = ["paper", "import", str(tmp_path / "best_model.pt"), "--task", task, "--name", name]
    assert main([*command, "--models", str(models)]) == 0
    manifest = load_manifest(models)
    assert manifest.agents[name] == {"kind": "paper", "policy": name.replace("-", "_"), "reader": "reader"}
    spec = PAPER[task]
    network = load_network(manifest.network(name.replace("-", "_")), spec, "cpu")
    inputs = {key: torch.rand(shape) for key, shape in spec.inputs.items()}
    out = network.run({key: value.numpy() for key, value in inputs.items()})
    with torch.no_grad():
        logits, value = theirs(inputs["spectrogram"], inputs["sheet"])
    assert out["logits"] == pytest.approx(logits.numpy(), abs=2e-3)  # half precision in the file
    assert out["value"] == pytest.approx(value[:, 0].numpy(), abs=2e-3)


def test_other_files_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    models = ["--name", "x", "--models", str(tmp_path)]
    state = Released("nottingham").state_dict()
    file = tmp_path / "best_model.pt"
    torch.save(state, file)
    assert main(["paper", "import", str(file), "--task", "msmd", *models]) != 0
    assert "no network of the task msmd" in capsys.readouterr().err
    torch.save(state | {"memory.weight": torch.zeros(2)}, file)
    assert main(["paper", "import", str(file), "--task", NOTTINGHAM.name, *models]) != 0
    assert "memory.weight" in capsys.readouterr().err
    assert main(["paper", "import", str(tmp_path / "none.pt"), "--task", "msmd", *models]) != 0
    assert "none.pt is not there" in capsys.readouterr().err
    torch.save({"steps": 3}, file)
    assert main(["paper", "import", str(file), "--task", "msmd", *models]) != 0
    assert "no state dict" in capsys.readouterr().err


def test_nothing_in_the_file_is_run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    torch.save({"layer": Trap(tmp_path / "sprung")}, tmp_path / "best_model.pt")
    file = str(tmp_path / "best_model.pt")
    assert main(["paper", "import", file, "--task", "msmd", "--name", "x", "--models", str(tmp_path)]) != 0
    assert "no state dict" in capsys.readouterr().err
    assert not (tmp_path / "sprung").exists()
    assert json.dumps(sorted(path.name for path in tmp_path.iterdir())) == '["best_model.pt"]'


class Trap:
    """Makes a file where it is unpickled."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def __reduce__(self):
        return Path.touch, (self._path,)
