"""MM-Loc: what it sees and hears, its buckets, and a row of its own in the table."""

from __future__ import annotations

import csv
from pathlib import Path

import numpy as np
import pytest
import torch
from torch import Tensor, nn

from livefollow.cli.main import main
from livefollow.follow.paper.state import MSMD, NOTTINGHAM, PaperTask, padded_frames, spectrogram_state
from livefollow.train.paper.mm_loc import (
    BUCKETS,
    CONTEXT,
    MmLocNetwork,
    MmLocWindows,
    bucket_shares,
    follow_by_windows,
    places_in,
)
from tests.paper_pieces import dotted_piece, write_dataset


class Shown(nn.Module):
    """Says where the first column with ink is, whatever is heard."""

    def forward(self, _frames: Tensor, sheet: Tensor) -> Tensor:
        column = (sheet[:, 0].amax(1) > 0).float().argmax(-1)
        return bucket_shares(column.double().numpy() / sheet.shape[-1], BUCKETS["nottingham"]).clamp(min=1e-9).log()


def test_a_place_is_shared_by_two_buckets_and_found_again() -> None:
    places = np.linspace(0.02, 0.98, 50)
    shares = bucket_shares(places, 30)
    assert shares.sum(1).allclose(torch.ones(50))
    assert ((shares > 0).sum(1) <= 2).all()
    assert places_in(shares.clamp(min=1e-9).log()) == pytest.approx(places, abs=1e-3)


@pytest.mark.parametrize("task", [NOTTINGHAM, MSMD])
def test_it_hears_four_seconds_and_sees_what_the_agents_see(task: PaperTask) -> None:
    piece = dotted_piece(1, task)
    windows = MmLocWindows([piece], task)
    frame = np.array([piece.first + 20])
    frames, seen, left = windows.cut(np.array([0]), frame, np.array([piece.onset_x[3]]))
    assert frames.shape[-1] == CONTEXT
    newest = spectrogram_state(padded_frames(piece.frames)[None, frame[0] : frame[0] + 41])[:, :1]
    assert np.array_equal(frames.numpy()[..., -40:], newest)
    assert left[0] == int(piece.onset_x[3]) - task.width * task.px // 2
    assert MmLocNetwork(task)(frames, seen).shape == (1, BUCKETS[task.name])


def test_drawn_windows_have_the_player_in_them() -> None:
    windows = MmLocWindows([dotted_piece(k) for k in range(3)], NOTTINGHAM)
    *_, shares = windows.draw(40, np.random.default_rng(0))
    places = places_in(shares.clamp(min=1e-9).log())
    assert places.min() < 0.2
    assert places.max() > 0.8


def test_the_window_goes_where_the_network_says() -> None:
    piece = dotted_piece(2)
    way = follow_by_windows(Shown(), [piece], NOTTINGHAM)[0]
    assert len(way.x) == piece.last - piece.first + 1
    assert way.x[-1] == pytest.approx(np.flatnonzero(piece.sheet.any(0))[0], abs=3.0)


def test_a_trained_network_is_a_row_of_the_table(tmp_path: Path) -> None:
    data, state = write_dataset(tmp_path / "data"), tmp_path / "state"
    run = ["--data", str(data), "--state", str(state), "--device", "cpu", "--batch", "8"]
    assert main(["train", "mm-loc", *run, "--steps", "2"]) == 0
    checkpoint = state / "mm-loc-nottingham" / "checkpoint.pt"
    asked = ["paper", "table3", "--data", str(data), "--out", str(tmp_path), "--baselines", "oracle"]
    assert main([*asked, "--mm-loc", str(checkpoint)]) == 0
    with (tmp_path / "table.csv").open() as file:
        assert [row["row"] for row in csv.DictReader(file)] == ["oracle", "MM-Loc"]
