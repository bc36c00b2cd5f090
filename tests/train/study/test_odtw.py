"""Online time warping: the same sound is followed exactly, another tempo nearly."""

from __future__ import annotations

import numpy as np
import pytest

from livefollow.train.study.odtw import chroma_of, odtw_frames


def melody(notes: int = 60, seed: int = 0) -> np.ndarray:
    rng = np.random.default_rng(seed)
    frames = np.zeros((notes * 6, 78), np.float32)
    for k, band in enumerate(rng.integers(10, 60, notes)):
        decay = np.exp(-np.arange(6) / 4)[:, None]
        frames[6 * k : 6 * k + 6, [band, band + 12]] = decay
    return frames


def test_octaves_are_one_and_loudness_does_not_matter() -> None:
    frames = np.zeros((3, 78), np.float32)
    frames[0, 5], frames[1, 17], frames[2, 6] = 1.0, 2.0, 1.0
    chroma = chroma_of(frames)
    assert chroma.shape == (3, 13)
    assert chroma[0] @ chroma[1] > 0.98
    assert chroma[0] @ chroma[2] < 0.05


def test_silence_is_near_silence() -> None:
    frames = np.zeros((3, 78), np.float32)
    frames[1], frames[2, 30] = 0.001, 2.0
    chroma = chroma_of(frames)
    assert chroma[0] @ chroma[1] > 0.98
    assert chroma[0] @ chroma[2] < 0.1


def test_the_same_sound_is_followed_exactly() -> None:
    frames = melody()
    assert np.abs(odtw_frames(frames, frames) - np.arange(len(frames))).max() <= 5  # within a note: it sounds alike


@pytest.mark.parametrize("tempo", [0.75, 1.3])
def test_another_tempo_is_followed_nearly(tempo: float) -> None:
    frames = melody()
    true = np.minimum((np.arange(int(len(frames) / tempo)) * tempo).astype(int), len(frames) - 1)
    off = np.abs(odtw_frames(frames, frames[true]) - true)
    assert np.median(off[40:]) <= 6
    assert off[-1] <= 12


def test_the_way_depends_on_the_past_only() -> None:
    frames = melody()
    longer = np.concatenate([frames[:200], melody(seed=1)])
    assert np.array_equal(odtw_frames(frames, longer)[:200], odtw_frames(frames, frames[:200]))
