"""Sheets and windows of the paper's agents."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from livefollow.constants import BAND_HEIGHT, STRIP_HEIGHT
from livefollow.follow.paper.state import (
    FRAMES,
    MSMD,
    NOTTINGHAM,
    half_sheets,
    narrow_sheet,
    padded_frames,
    padded_sheet,
    sheet_state,
    spectrogram_state,
    window,
    window_left,
)


def test_the_narrow_sheet_keeps_the_staff() -> None:
    bands = np.full((2, BAND_HEIGHT, 70), 255, np.uint8)
    bands[0, [42, 49, 56, 63, 70]] = 0
    sheet = narrow_sheet(bands)
    assert sheet.shape == (NOTTINGHAM.height, 50)
    dark = np.flatnonzero(sheet[:, 25] > 55)
    lines = [group.mean() for group in np.split(dark, np.flatnonzero(np.diff(dark) > 2) + 1)]
    assert np.diff(lines) == pytest.approx([5] * 4, abs=1)
    assert np.mean(lines) == pytest.approx((NOTTINGHAM.height - 1) / 2, abs=1)


def test_the_half_sheet_is_ink_at_half_resolution() -> None:
    image = np.full((STRIP_HEIGHT, 600), 255, np.uint8)
    image[80:84, 100:104] = 0
    sheet = half_sheets(image)
    assert sheet.shape == (MSMD.height, 600)
    assert sheet[40, 99:104].tolist() == [127, 255, 255, 255, 127]
    assert sheet[0, 0] == 0


def test_windows_are_what_they_would_be_if_cut_before_they_were_halved() -> None:
    image = np.random.default_rng(0).integers(0, 256, (STRIP_HEIGHT, 1501), np.uint8)
    padded = padded_sheet(MSMD, half_sheets(image))
    for x in (600.0, 601.0, 602.7, 603.2):
        (left,) = window_left(MSMD, np.array([x]), np.array([1501])).tolist()
        cut = image[:, int(x) - 256 : int(x) + 256]
        halved = 255 - cv2.resize(cut, (256, 80), interpolation=cv2.INTER_AREA)
        assert np.array_equal(window(MSMD, padded, left), halved)


@pytest.mark.parametrize("x", [700.0, 701.0, 700.5])
@pytest.mark.parametrize("task", [NOTTINGHAM, MSMD], ids=lambda task: task.name)
def test_every_speed_shows(task, x: float) -> None:
    """From wherever it comes, the state tells speeds that differ by 1 apart: the process is Markov in it."""
    image = np.random.default_rng(0).integers(0, 256, (STRIP_HEIGHT, 1500), np.uint8)
    sheet = half_sheets(image) if task == MSMD else image[: task.height]
    padded = padded_sheet(task, sheet)

    def seen(at: float) -> np.ndarray:
        (left,) = window_left(task, np.array([at]), np.array([sheet.shape[1]])).tolist()
        return window(task, padded, left)

    states = [sheet_state(seen(x)[None], seen(x - v)[None]) for v in range(-3, 8)]
    assert len({state.tobytes() for state in states}) == len(states)


@pytest.mark.parametrize("task", [NOTTINGHAM, MSMD], ids=lambda task: task.name)
def test_every_window_lies_in_the_padded_sheet(task) -> None:
    sheet = np.arange(400, dtype=np.uint8)[None].repeat(task.height, 0)
    padded = padded_sheet(task, sheet)
    x = np.array([-1e6, 0.0, 200.7, 400.0, 1e6])
    left = window_left(task, x, np.full(5, 400))
    windows = [window(task, padded, at) for at in left.tolist()]
    assert [w.shape for w in windows] == [(task.height, task.width)] * 5
    middle = windows[2][:, task.width // 2]
    assert (middle == sheet[:, 200]).all()


def test_differences_are_of_one_step() -> None:
    frames = np.arange(3, dtype=np.float32)[:, None].repeat(78, 1) ** 2
    padded = padded_frames(frames)
    state = spectrogram_state(padded[2 : 2 + FRAMES + 1][None])[0]  # at frame 2
    assert state[0, 0, -3:].tolist() == [0, 1, 4]
    assert state[1, 0, -3:].tolist() == [0, 1, 3]
    now, before = np.full((1, 40, 150), 255, np.uint8), np.zeros((1, 40, 150), np.uint8)
    assert np.unique(sheet_state(now, now)[0, 1]).tolist() == [0]
    assert np.unique(sheet_state(before, now)[0]).tolist() == [-1, 0]
