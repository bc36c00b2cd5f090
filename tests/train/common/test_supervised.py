"""Legs are counted and drawn from their seed, their number and their steps."""

from __future__ import annotations

from pathlib import Path

import torch

from livefollow.train.arguments import LegSettings
from livefollow.train.common.runs import figures_of
from livefollow.train.common.supervised import Leg
from livefollow.train.export.networks import export
from livefollow.train.reader.network import ReaderNetwork


def short(state: Path, steps: int, **more: object) -> LegSettings:
    return LegSettings(minutes=0.0, steps=steps, state=state, device="cpu", **more)


def trained(settings: LegSettings, *, whole: bool = True) -> Leg:
    leg = Leg("line", torch.nn.Linear(1, 1), settings)
    for _ in leg.running():
        loss = leg.forward(torch.ones(4, 1)).square().mean()
        leg.learn(loss, {"loss": loss})
    leg.record({})
    leg.save(whole=whole)
    return leg


def test_an_interrupted_leg_does_not_draw_again_what_it_drew(tmp_path: Path) -> None:
    settings = short(tmp_path, 3)
    first, second = trained(settings, whole=False), trained(settings, whole=False)
    assert first.legs == second.legs == 0
    assert first.rng.integers(2**31) != second.rng.integers(2**31)
    again, other = (Leg("line", torch.nn.Linear(1, 1), settings), Leg("line", torch.nn.Linear(1, 1), settings))
    assert again.rng.integers(2**31) == other.rng.integers(2**31)


def test_a_leg_that_only_evaluates_is_no_leg(tmp_path: Path) -> None:
    trained(short(tmp_path, 3))
    trained(short(tmp_path, 0))
    assert trained(short(tmp_path, 3)).legs == 1
    assert [row["leg"] for row in figures_of(tmp_path / "line")] == [1, 1, 2]


def test_legs_go_on_from_an_exported_network(tmp_path: Path) -> None:
    exported = tmp_path / "reader.onnx"
    export("reader", ReaderNetwork(), exported, {"legs": 3, "steps": 70, "minutes": 1.5}, {})
    leg = Leg("reader", ReaderNetwork(), short(tmp_path, 1, init=exported))
    assert (leg.legs, leg.steps_before, leg.minutes_before) == (3, 70, 1.5)
