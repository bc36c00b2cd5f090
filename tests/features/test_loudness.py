import numpy as np
import pytest

from livefollow.features.loudness import LevelNormalizer


def some_frames(gain: float = 1.0, n: int = 300) -> np.ndarray:
    rng = np.random.default_rng(4)
    loud = np.exp(rng.normal(0, 0.2, (n, 1))) * np.repeat(rng.uniform(0.2, 1.0, n // 20), 20)[:, None]
    return np.log10(1 + gain * loud * rng.gamma(1.0, 1.0, (n, 78))).astype(np.float32)


def test_it_is_indifferent_to_40_db_of_gain() -> None:
    quiet, loud = LevelNormalizer().push(some_frames(0.05)), LevelNormalizer().push(some_frames(5.0))
    assert np.abs(quiet - loud).max() < 1e-3


@pytest.mark.parametrize("cut", [1, 7, 64])
def test_it_is_the_same_in_pieces(cut: int) -> None:
    frames = some_frames()
    level = LevelNormalizer()
    parts, loudness = [], []
    for k in range(0, len(frames), cut):
        parts.append(level.push(frames[k : k + cut]))
        loudness.append(level.loudness)
    whole = LevelNormalizer()
    assert np.allclose(np.concatenate(parts), whole.push(frames), atol=1e-6)
    assert np.allclose(np.concatenate(loudness), whole.loudness, atol=1e-5)


def test_it_uses_nothing_that_comes_later() -> None:
    frames = some_frames()
    changed = frames.copy()
    changed[200:] *= 3
    assert np.array_equal(LevelNormalizer().push(frames)[:200], LevelNormalizer().push(changed)[:200])


def test_silence_stays_silent_and_finite() -> None:
    level = LevelNormalizer()
    out = level.push(np.zeros((100, 78), np.float32))
    assert np.all(out == 0)
    assert np.all(np.isfinite(level.loudness))
    assert level.push(np.zeros((0, 78), np.float32)).shape == (0, 78)


def test_a_quiet_passage_is_raised_after_a_while() -> None:
    frames = np.log10(1 + np.concatenate([np.full((20, 78), 1.0), np.full((400, 78), 0.03)])).astype(np.float32)
    out = LevelNormalizer().push(frames).mean(axis=1)
    assert out[25] < 0.3 * out[0] < out[-1] * 1.01
