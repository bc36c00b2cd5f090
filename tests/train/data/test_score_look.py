import numpy as np
import pytest

from livefollow.constants import BAND_HEIGHT, STRIP_HEIGHT
from livefollow.storage import whole_file
from livefollow.train.data.score_look import HEAD, MARK, ScoreLook


def look(width=64, systems=2):
    random = np.random.default_rng(1)
    heads = np.zeros(3, HEAD)
    heads["x"], heads["pitch"], heads["onset"] = [3, 10, 40], [60, 64, 67], [0, 1 / 3, 2 / 3]
    return ScoreLook(
        random.integers(0, 255, (2, BAND_HEIGHT, width), np.uint8),
        random.integers(0, 255, (STRIP_HEIGHT, width), np.uint8),
        np.array([[1, k + 1, 32 * k, 32 * k + 32] for k in range(systems)], np.int32),
        heads,
        np.array([(30.0, 0), (62.0, 3)], MARK),
        np.array([[32.0 * k, 32.0 * k + 9] for k in range(systems)], np.float32),
    )


def test_what_is_saved_is_loaded(tmp_path):
    saved = look()
    saved.save(tmp_path / "a.npz")
    loaded = ScoreLook.load(tmp_path / "a.npz")
    for name, value in vars(saved).items():
        assert getattr(loaded, name).dtype == value.dtype
        np.testing.assert_array_equal(getattr(loaded, name), value)
    assert list(tmp_path.iterdir()) == [tmp_path / "a.npz"]


def test_shapes_are_checked(tmp_path):
    wrong = look(systems=1)
    wrong.prefixes.resize((3, 2), refcheck=False)
    with pytest.raises(ValueError, match="prefixes"):
        wrong.save(tmp_path / "a.npz")
    assert not list(tmp_path.iterdir())


def test_other_versions_are_refused(tmp_path):
    np.savez(tmp_path / "a.npz", version=np.int32(0))
    with pytest.raises(ValueError, match="another version"):
        ScoreLook.load(tmp_path / "a.npz")


def interrupted(path):
    with whole_file(path) as partial:
        partial.write_text("half")
        raise KeyboardInterrupt


def test_half_written_files_do_not_count(tmp_path):
    with pytest.raises(KeyboardInterrupt):
        interrupted(tmp_path / "a")
    assert not list(tmp_path.iterdir())
