"""The cards of the paper's agents say the commands that were run, leg by leg."""

from __future__ import annotations

import json
import re
import shlex
from pathlib import Path

import onnx
import pytest
import tyro

from livefollow.networks.manifest import load_manifest
from livefollow.train.arguments import PaperSettings
from livefollow.train.rl.registry import ALGORITHMS

MODELS = Path(__file__).parents[3] / "models"
NAMES = [name for name, network in load_manifest().networks.items() if network.kind.startswith("paper-")]
CONFIG = (tyro.conf.OmitArgPrefixes, tyro.conf.FlagCreatePairsOff)


def legs_of(card: str) -> list[PaperSettings]:
    """The settings of the training commands of a card, as the command line takes them."""
    (block,) = re.findall(r"```\n(.*?)```", card, re.DOTALL)
    legs = []
    for line in block.replace("\\\n", " ").splitlines():
        words = shlex.split(line)
        if words[:2] == ["livefollow", "train"] and "--test" not in words:
            legs.append(tyro.cli(PaperSettings[ALGORITHMS[words[2]]], args=words[3:], config=CONFIG))
    return legs


@pytest.mark.parametrize("name", NAMES)
def test_the_last_leg_is_the_one_that_the_file_remembers(name: str) -> None:
    card = (MODELS / f"{name}.md").read_text(encoding="utf-8")
    told = {p.key: p.value for p in onnx.load(MODELS / f"{name}.onnx").metadata_props}
    training = json.loads(told["training"])
    legs = legs_of(card)
    steps = [leg.algorithm.steps for leg in legs]
    assert len(legs) > 1
    assert steps == sorted(set(steps))
    assert steps[-1] == training["steps"]
    last, recorded = vars(legs[-1].algorithm), training["settings"]
    for setting in ("lr", "actors", "average", "gae_lambda", "batch"):
        if setting in recorded:
            assert float(last[setting]) == float(recorded[setting]), setting
