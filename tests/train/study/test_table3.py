"""`livefollow paper table3`: who stands in it, and that it is the same for the same seed."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from livefollow.cli.main import main
from tests import tiny_networks
from tests.paper_pieces import write_dataset


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_dataset(tmp_path_factory.mktemp("data"), each=3)


@pytest.fixture(scope="module")
def checkpoint(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    state = tmp_path_factory.mktemp("state")
    run = ["--task", "nottingham", "--data", str(data), "--state", str(state), "--device", "cpu"]
    assert main(["train", "ppo", *run, "--steps", "120", "--evaluate-every", "60"]) == 0
    return state / "paper-ppo-nottingham" / "checkpoint.pt"


def table(data: Path, out: Path, *more: str) -> dict[str, dict[str, str]]:
    assert main(["paper", "table3", "--data", str(data), "--out", str(out), *more]) == 0
    with (out / "table.csv").open() as file:
        return {row["row"]: row for row in csv.DictReader(file)}


@pytest.mark.parametrize("task", ["nottingham", "msmd"])
def test_whoever_knows_or_has_the_perfect_score_follows_all(data: Path, tmp_path: Path, task: str) -> None:
    rows = table(data, tmp_path, "--task", task)
    oracle = rows["oracle"]
    assert [float(oracle[key]) for key in ("R_tue", "R_on", "dx_cm", "std_cm")] == [1, 1, 0, 0]
    for name in ("MIDI-ODTW", "knows the way, least mean |dx|"):
        assert float(rows[name]["R_tue"]) == float(rows[name]["R_on"]) == 1
    assert float(rows["MIDI-ODTW"]["dx_cm"]) <= 0.02
    assert {"steady, mean speed", "steady, median speed", "steady, one speed for all"} <= rows.keys()


def test_the_same_seed_gives_the_same_bytes(data: Path, tmp_path: Path, checkpoint: Path) -> None:
    asked = ("--agent", str(checkpoint), "--runs", "3", "--seed")
    rows = table(data, tmp_path / "one", *asked, "1")
    table(data, tmp_path / "two", *asked, "1")
    table(data, tmp_path / "other", *asked, "2")
    for name in ("table.csv", "runs.csv", "pieces.csv"):
        first = (tmp_path / "one" / name).read_bytes()
        assert first == (tmp_path / "two" / name).read_bytes()
        assert first != (tmp_path / "other" / name).read_bytes()
    sampled, released = f"{checkpoint}, sampled", f"{checkpoint}, sampled, as released"
    assert float(rows[released]["R_on"]) >= float(rows[sampled]["R_on"])
    assert rows[sampled]["runs"] == "3"
    assert rows[f"{checkpoint}, greedy"]["runs"] == "1"
    with (tmp_path / "one" / "pieces.csv").open() as file:
        own = [line for line in csv.DictReader(file) if line["row"] == sampled]
    assert len(own) == 3 * 3
    assert len({(line["piece"], line["run"]) for line in own}) == 9
    with (tmp_path / "one" / "runs.csv").open() as file:
        runs = [float(line["R_on"]) for line in csv.DictReader(file) if line["row"] == sampled]
    assert sum(runs) / 3 == pytest.approx(float(rows[sampled]["R_on"]), abs=1e-5)
    assert len(set(runs)) > 1


def test_a_network_of_the_other_task_is_refused(
    data: Path, checkpoint: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["paper", "table3", "--data", str(data), "--task", "msmd", "--agent", str(checkpoint)]) != 0
    assert "another network" in capsys.readouterr().err
    assert main(["paper", "table3", "--data", str(data), "--agent", "nobody.pt"]) != 0
    assert "nobody.pt is not there" in capsys.readouterr().err


def test_an_agent_of_the_manifest(data: Path, tmp_path: Path, checkpoint: Path) -> None:
    models = tiny_networks.write_models(tmp_path)
    state = str(checkpoint.parents[1])
    assert main(["export", "paper-ppo-nottingham", "--state", state, "--models", str(models)]) == 0
    rows = table(data, tmp_path, "--agent", "paper-ppo-nottingham", "--models", str(models), "--policy", "greedy")
    assert "paper-ppo-nottingham, greedy" in rows
