"""Learning to move the cursor: trajectories, the environment, the network, and the same cursor without torch."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from livefollow.cli.training import main
from livefollow.constants import FPS, N_BINS, TRACKING_WINDOW
from livefollow.evaluate.metrics import HEARING_S
from livefollow.follow.agent import Glides, open_agent
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.policy.cursor import PolicyCursor
from livefollow.follow.policy.observation import ACTIONS, FACT, N_FRAMES, POLICY, SIZE, facts, part_of
from livefollow.follow.policy.score_time import ScoreTime
from livefollow.networks.manifest import NetworkFile, load_manifest
from livefollow.networks.runtime import load_network
from livefollow.score.score import Score
from livefollow.train.data.performance.performance import KEY
from livefollow.train.export.onnx_files import register
from livefollow.train.export.policy import AGENTS, export
from livefollow.train.policy import train as train_policy
from livefollow.train.policy.data import LAG_S, Trajectory
from livefollow.train.policy.environment import PolicyEnvironment, Reward, Starts, Trajectories
from livefollow.train.policy.network import PolicyNetwork
from tests import tiny_networks
from tests.pieces import etude
from tests.simulated import engraved, listen

QUARTER_S = 0.6


@pytest.fixture(scope="module")
def heard() -> tuple[Localizer, Trajectory]:
    """An étude in strict time, heard without a mistake; a localizer that has heard nothing yet."""
    music = etude()
    reading, quarters = engraved(music)
    keys = [
        (n.onset * QUARTER_S, (n.onset + n.duration) * QUARTER_S, n.pitch, 70, n.onset, n.hand) for n in music.notes
    ]
    onsets, sounding, level = listen(
        np.array(sorted(keys), KEY), float(quarters[-1]) * QUARTER_S, np.random.default_rng(0), 0.0
    )
    localizer, space = Localizer(reading), ScoreTime(reading)
    known = np.empty(len(onsets), FACT)
    for k, frame in enumerate(zip(onsets, sounding, level, strict=True)):
        estimate = localizer.step(frame[0], frame[1], float(frame[2]))
        known[k] = facts(localizer, estimate, space)[0]
    at = (np.arange(len(onsets)) + 1) / FPS - LAG_S
    truth = np.interp(at, quarters * QUARTER_S, space.x, left=np.nan, right=np.nan).astype(np.float32)
    struck = np.full(len(onsets), np.nan, np.float32)
    struck[((quarters * QUARTER_S + HEARING_S) * FPS).astype(int) - 1] = space.x
    trajectory = Trajectory(
        onsets.astype(np.float16),
        sounding.astype(np.float16),
        known,
        truth,
        struck,
        space.x.astype(np.float32),
        space.gap.astype(np.float32),
        reading.pitches.astype(np.float16),
    )
    return Localizer(reading), trajectory


def action(change: float) -> int:
    return ACTIONS.index(change)


def test_reward_and_end(heard: tuple[Localizer, Trajectory]) -> None:
    _, trajectory = heard
    environment = PolicyEnvironment(Trajectories([trajectory]), 3, 0)
    environment.reset()
    frame = np.full(3, N_FRAMES + 100)
    x = trajectory.truth[100] + np.array([0, 50, -TRACKING_WINDOW + 0.5], np.float32)
    environment.place(frame, x, np.array([4, 4, 0], np.float32))
    _, rewards, ended, info = environment.step(torch.tensor([action(0), action(1), action(-1)]))
    assert info["v"].tolist() == [4, 5, -1]
    off = x + info["v"] - trajectory.truth[100]
    assert info["off"] == pytest.approx(off)
    assert rewards[:2].tolist() == pytest.approx(1 - np.abs(off[:2]) / TRACKING_WINDOW)
    assert abs(off[2]) > TRACKING_WINDOW
    assert rewards[2] == 0
    assert ended.tolist() == [False, False, True]
    assert not len(info["truncated"][0])


def test_what_costs_beside_the_distance(heard: tuple[Localizer, Trajectory]) -> None:
    _, trajectory = heard
    struck = int(np.flatnonzero(np.isfinite(trajectory.struck))[20])  # after the grace of the beginning
    frame, x = np.full(4, N_FRAMES + struck), np.full(4, trajectory.struck[struck], np.float32)
    v = np.array([0, 0, 3, 0], np.float32)
    actions = torch.tensor([action(0), action(2), action(0), action(-1)])

    def rewards(reward: Reward) -> np.ndarray:
        environment = PolicyEnvironment(Trajectories([trajectory]), 4, 0, reward=reward)
        environment.reset()
        environment.place(frame, x, v)
        return environment.step(actions)[1].numpy()

    def cost(reward: Reward) -> list[float]:
        return (rewards(Reward()) - rewards(reward)).tolist()

    assert cost(Reward(struck=1, struck_px=4)) == pytest.approx([0, 0.5, 0.75, 0.25], abs=1e-4)
    assert cost(Reward(jerk=0.1)) == pytest.approx([0, 0.2, 0, 0.1], abs=1e-4)
    assert cost(Reward(stands=0.3)) == pytest.approx([0.3, 0, 0, 0], abs=1e-4)
    assert cost(Reward(back=0.2)) == pytest.approx([0, 0, 0, 0.2], abs=1e-4)


def test_an_episode_that_is_cut_tells_what_was_seen_last_and_begins_anew(
    heard: tuple[Localizer, Trajectory],
) -> None:
    _, trajectory = heard
    environment = PolicyEnvironment(Trajectories([trajectory, trajectory]), 16, 0, Starts(longest=5))
    environment.reset()
    for _ in range(5):
        observation, _, ended, info = environment.step(torch.full((16,), action(0)))
    assert ended.all()
    assert observation[0].shape == (16, SIZE)
    which, (last,) = info["truncated"]
    assert len(which) == 16
    assert last.shape == (16, SIZE)
    assert not torch.equal(last, observation[0])


def test_where_the_player_jumps_an_episode_goes_on(heard: tuple[Localizer, Trajectory]) -> None:
    """The truth is silent for a moment, then elsewhere: who is far off then is not lost yet."""
    _, trajectory = heard
    truth = trajectory.truth.copy()
    truth[60:65] = np.nan
    truth[65:] += 2 * TRACKING_WINDOW
    environment = PolicyEnvironment(Trajectories([replace(trajectory, truth=truth)]), 1, 0)
    environment.reset()
    environment.place(np.array([N_FRAMES + 58]), truth[58:59], np.array([3], np.float32))
    ends = [bool(environment.step(torch.tensor([action(0)]))[2][0]) for _ in range(90)]
    assert not any(ends[: 2 + 5 + 50])
    assert any(ends)


def test_lessons_do_not_see_each_other(heard: tuple[Localizer, Trajectory]) -> None:
    _, trajectory = heard
    alone, between = Trajectories([trajectory]), Trajectories([trajectory, trajectory, trajectory])
    ends = np.array([-150.0, 0.0, float(trajectory.events[-1]) + 150], np.float32)
    frame = np.full(3, N_FRAMES + 20)
    a = alone.sight(frame, ends)
    b = between.sight(frame + len(trajectory.truth) + N_FRAMES, ends)
    for name in ("heard", "events", "pitches", "notes"):
        assert getattr(a, name) == pytest.approx(getattr(b, name))


def test_app_and_training_see_and_do_the_same(heard: tuple[Localizer, Trajectory], tmp_path: Path) -> None:
    """The same network moves a cursor through both, frame by frame."""
    localizer, trajectory = heard
    torch.manual_seed(0)
    network = PolicyNetwork()
    torch.nn.init.orthogonal_(network.policy.weight, 0.3)  # so that it decides
    path = tmp_path / "policy.onnx"
    export(network, path, {}, {})
    cursor = PolicyCursor(load_network(NetworkFile(path, "policy"), POLICY, "cpu"), corrected=False)
    trajectories = Trajectories([trajectory])
    environment = PolicyEnvironment(trajectories, 1, 0, Starts(longest=10**6))
    environment.reset()
    observation, followed = None, []
    space = ScoreTime(localizer.model.reading)
    for k, (onsets, sounding) in enumerate(zip(trajectory.onsets, trajectory.sounding, strict=True)):
        heard_now = onsets.astype(np.float32), sounding.astype(np.float32)
        estimate = cursor.follow(localizer, localizer.step(*heard_now, -30.0), *heard_now)
        if observation is None:
            if trajectory.facts["moves"][k]:
                start = trajectory.facts[k]
                observation = environment.place(
                    np.array([N_FRAMES + k + 1]), start["place"][None], start["tempo"][None]
                )
            continue
        with torch.no_grad():
            action = network(*observation)[0].argmax(-1)
        observation, _, ended, _ = environment.step(action)
        if ended[0]:
            break
        followed.append((float(space.from_strip(estimate.x)), environment.motions[0].x))
    assert len(followed) > 20
    app, training = np.array(followed).T
    assert app == pytest.approx(training, abs=0.05)


def test_export_is_the_network(tmp_path: Path) -> None:
    torch.manual_seed(1)
    network = PolicyNetwork()
    torch.nn.init.orthogonal_(network.policy.weight, 1.0)
    path = tmp_path / "policy.onnx"
    assert export(network, path, {"steps": 3}, {"tracked": 0.5}) < 1e-4
    assert load_network(NetworkFile(path, "policy"), POLICY, "cpu").kind == "policy"


def test_what_is_exported_into_a_folder_of_ones_own_has_the_shipped_networks_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = tiny_networks.write_models(tmp_path)
    monkeypatch.setattr("livefollow.networks.manifest.models_folder", lambda: models)
    own = tmp_path / "own"
    export(PolicyNetwork(), own / "policy.onnx", {}, {})
    register(own, "policy", "policy", own / "policy.onnx", AGENTS)
    networks = open_agent("policy", own, "cpu").networks
    assert {network.name for network in networks} == {"policy", "tiny-reader", "tiny-listener"}
    assert load_manifest(own).default == "tiny"


def test_who_does_not_want_it_to_glide_sees_the_localizer(
    tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    models = tiny_networks.write_models(tmp_path)
    monkeypatch.setattr("livefollow.networks.manifest.models_folder", lambda: models)
    export(PolicyNetwork(), tmp_path / "own" / "policy.onnx", {}, {})
    register(tmp_path / "own", "policy", "policy", tmp_path / "own" / "policy.onnx", AGENTS)
    frames = np.random.default_rng(0).random((30, N_BINS), np.float32)
    said = []
    for agent in (open_agent("livefollow", tmp_path / "own", "cpu"), open_agent("tiny", models, "cpu")):
        assert isinstance(agent, Glides)
        agent.glides = False
        with Score(data / "piano.pdf") as score:
            assert list(agent.read(score))
            said.append((agent.can_glide, agent.step(frames)))
    assert [can for can, _ in said] == [True, False]
    assert said[0][1] == said[1][1]


def test_training_runs_and_goes_on(
    heard: tuple[Localizer, Trajectory],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(train_policy, "EVALUATED", 4)
    monkeypatch.setattr(train_policy, "EVALUATED_FRAMES", 60)
    _, trajectory = heard
    names = [f"piece{i}" for i in range(40)]
    kept = next(n for n in names if train_policy.is_kept_back(n))
    learned = next(n for n in names if not train_policy.is_kept_back(n))
    for name in (kept, learned):
        trajectory.save(tmp_path / "trajectories" / name / "plain.npz")
    command = [
        "train",
        "policy",
        "--trajectories",
        str(tmp_path / "trajectories"),
        "--state",
        str(tmp_path),
        "--actors",
        "8",
    ]
    command += ["--t-max", "4", "--evaluate-every", "32", "--batch", "16"]
    assert main([*command, "--steps", "64"]) == 0
    assert main([*command, "--steps", "96"]) == 0
    assert "Going on from" in capsys.readouterr().out
    rows = [json.loads(line) for line in (tmp_path / "policy" / "figures.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows] == [32, 64, 96]
    assert all(0 <= row["dx"] <= TRACKING_WINDOW for row in rows)


def test_oracle_follows(heard: tuple[Localizer, Trajectory]) -> None:
    """Whoever heeds where the localizer is and how fast is never lost in strict time."""
    _, trajectory = heard

    def heed(observation: tuple[torch.Tensor, ...]) -> torch.Tensor:
        speed, tempo, near = (observation[0][:, part_of(name)] for name in ("speed", "tempo", "near"))
        wanted = 8 * tempo + 0.3 * 32 * near.clamp(-0.99, 0.99).atanh()
        return (wanted - 8 * speed - torch.tensor(ACTIONS)).abs().argmin(1)

    figures = train_policy.follow(Trajectories([trajectory]), heed)
    assert figures["lost"] == 0
    assert figures["dx_median"] < 5
