"""The game, for one and for many."""

from __future__ import annotations

from dataclasses import replace

import gymnasium
import numpy as np
import pytest
import torch
from gymnasium.utils.env_checker import check_env

from livefollow.follow.paper.state import ACTIONS, MSMD, NOTTINGHAM
from livefollow.train.paper import environment
from livefollow.train.paper.vector_environment import ScoreFollowingVector
from tests.paper_pieces import dotted_piece

SLOWER, STEADY, FASTER = range(len(ACTIONS))


@pytest.fixture
def pieces():
    return [dotted_piece(seed) for seed in range(3)]


def make(pieces, task=NOTTINGHAM, **more):
    assert environment.ScoreFollowing.metadata["render_modes"] == ["rgb_array"]
    return gymnasium.make("ScoreFollowing-v0", pieces=pieces, task=task, disable_env_checker=True, **more)


@pytest.mark.parametrize("task", [NOTTINGHAM, MSMD], ids=lambda task: task.name)
@pytest.mark.filterwarnings("ignore:.*Box (observation|action) space:UserWarning")
def test_gymnasium_accepts_it(task) -> None:
    env = make([dotted_piece(0, task)], task, render_mode="rgb_array")
    check_env(env.unwrapped, skip_render_check=False)
    (spectrogram, sheet), _ = env.reset()
    assert spectrogram.shape == (2, 78, 40)
    assert sheet.shape == (2, task.height, task.width)


def test_begins_on_the_first_note_as_it_is_heard(pieces) -> None:
    env = make(pieces)
    (spectrogram, sheet), info = env.reset(options={"piece": 1})
    assert info["x"] == pieces[1].onset_x[0]
    assert info["frame"] == int(pieces[1].onset_frame[0]) + 1
    assert spectrogram[0, :, -1].any()
    assert not spectrogram[0, :, :-1].any()  # silence before
    assert np.array_equal(spectrogram[1, :, -1], spectrogram[0, :, -1])
    assert sheet[0, :, NOTTINGHAM.width // 2].any()  # the note is in the middle
    assert not sheet[0, :, :40].any()  # white paper before the sheet
    assert not sheet[1].any()  # nothing has moved yet
    assert sheet.max() == 1


def test_speed_changes_then_the_cursor_moves(pieces) -> None:
    env = make(pieces)
    _, start = env.reset(options={"piece": 0})
    moved = [env.step(a)[4]["x"] - start["x"] for a in (FASTER, FASTER, STEADY, SLOWER, SLOWER, SLOWER, SLOWER)]
    assert moved == [1, 3, 5, 6, 6, 5, 3]  # speeds 1, 2, 2, 1, 0, −1, −2


def test_reward_falls_with_the_distance_and_far_off_is_the_end(pieces) -> None:
    env = make(pieces)
    env.reset(options={"piece": 0})
    ended, rewards, dxs = False, [], []
    while not ended:
        _, reward, ended, truncated, info = env.step(SLOWER)
        assert not truncated
        rewards.append(reward)
        dxs.append(abs(info["dx"]))
        assert info["dx"] == info["x"] - pieces[0].true_x[info["frame"]]
    assert rewards[:-1] == pytest.approx([1 - dx / 50 for dx in dxs[:-1]])
    assert dxs[-2] <= 50 < dxs[-1]
    assert rewards[-1] == 0


def test_the_player_moves_evenly_between_onsets() -> None:
    piece = dotted_piece(0)
    first, second = piece.onset_frame[:2]
    middle = int((first + second) / 2)
    share = (middle - first) / (second - first)
    assert piece.true_x[middle] == pytest.approx(piece.onset_x[0] + share * (piece.onset_x[1] - piece.onset_x[0]))


def test_ends_with_the_piece(pieces) -> None:
    env = make(pieces)
    _, info = env.reset(options={"piece": 2})
    ended, v = False, 0
    while not ended:
        want = round(float(pieces[2].true_x[min(info["frame"] + 2, pieces[2].last)] - info["x"]) / 2)
        action = int(np.sign(want - v)) + 1
        v += ACTIONS[action]
        _, reward, ended, _, info = env.step(action)
    assert info["frame"] == pieces[2].last
    assert reward > 0


ABLATED = replace(NOTTINGHAM, speed_step=0.5, difference=False)


def test_finer_steps_of_the_speed(pieces) -> None:
    env = make(pieces, ABLATED)
    _, start = env.reset(options={"piece": 0})
    moved = [env.step(a)[4]["x"] - start["x"] for a in (FASTER, FASTER, STEADY, SLOWER, SLOWER, SLOWER)]
    assert moved == [0.5, 1.5, 2.5, 3, 3, 2.5]


def test_sound_without_its_difference(pieces) -> None:
    whole, without = (make(pieces, task) for task in (NOTTINGHAM, ABLATED))
    (spectrogram, _), _ = whole.reset(options={"piece": 0})
    (same, _), _ = without.reset(options={"piece": 0})
    assert np.array_equal(same[0], spectrogram[0])
    assert spectrogram[1].any()
    assert not same[1].any()


@pytest.mark.parametrize("task", [NOTTINGHAM, MSMD, ABLATED], ids=["nottingham", "msmd", "ablated"])
def test_the_teacher_knows_the_way(task) -> None:
    pieces = [dotted_piece(seed, task, notes=60) for seed in range(5)]
    many = ScoreFollowingVector(pieces, task, 5, seed=0)
    many.reset(np.arange(5))
    going = torch.ones(5, dtype=torch.bool)
    while going.any():
        _, _, ended, info = many.step(many.advice())
        assert info["dx"][going].abs().max() < task.lost / 4 / task.speed_step
        going &= ~ended


@pytest.mark.parametrize("task", [NOTTINGHAM, MSMD, ABLATED], ids=["nottingham", "msmd", "ablated"])
def test_many_at_once_are_the_same_as_one_after_the_other(task) -> None:
    pieces = [dotted_piece(seed, task) for seed in range(3)]
    n, rng = 5, np.random.default_rng(1)
    many = ScoreFollowingVector(pieces, task, n, seed=0)
    ones = [make(pieces, task) for _ in range(n)]
    numbers = rng.integers(0, 3, n)
    state = many.reset(numbers)
    single = [env.reset(options={"piece": int(p)})[0] for env, p in zip(ones, numbers, strict=True)]
    endings = 0
    for _ in range(120):
        for i in range(n):
            assert np.array_equal(state[0][i], single[i][0])
            assert np.array_equal(state[1][i], single[i][1])
        # Mostly faster, so that some windows leave the sheet.
        actions = rng.choice(3, n, p=(0.3, 0.35, 0.35))
        state, rewards, ended, info = many.step(torch.from_numpy(actions))
        for i, env in enumerate(ones):
            single[i], reward, over, _, told = env.step(actions[i])
            assert rewards[i] == np.float32(reward)
            assert ended[i] == over
            assert (info["x"][i], info["dx"][i], info["frame"][i]) == (told["x"], told["dx"], told["frame"])
            if over:
                endings += 1
                single[i], _ = env.reset(options={"piece": int(many.playing[i])})
    assert endings > 5


def test_render_shows_cursor_and_truth(pieces) -> None:
    env = make(pieces, render_mode="rgb_array")
    env.reset(options={"piece": 0})
    for _ in range(3):
        env.step(FASTER)
    picture = env.render()
    assert picture.shape == ((78 + 1 + 40) * 4, 150 * 4, 3)
    assert (picture == environment.CURSOR).all(-1).any()
    assert (picture == environment.TRUTH).all(-1).any()
