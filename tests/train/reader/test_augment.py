from dataclasses import fields

import numpy as np
import pytest

from livefollow.constants import BAND_HEIGHT
from livefollow.train.reader.augment import damage
from livefollow.train.reader.augment_marks import LINE_ROWS
from livefollow.train.reader.augment_settings import AugmentSettings, draw_settings

WIDTH = 900

ALONE = {
    "scale_x": 1.1,
    "stretch": 4.0,
    "scale_y": 0.96,
    "wander": 1.5,
    "tilt": 1.5,
    "lean": 0.03,
    "line_ink": 0.4,
    "line_spread": 0.8,
    "line_breaks": 25.0,
    "spread": -0.5,
    "fade": 0.6,
    "pencil": 9.0,
    "erased": 9.0,
    "dust": 60.0,
    "stains": 9.0,
    "show_through": 0.25,
    "blur": 1.0,
    "motion": 0.9,
    "ink": 120.0,
    "gamma": 0.6,
    "noise": 20.0,
    "resolution": 0.5,
    "bitonal": 3,
    "jpeg": 20,
}  # strong, one at a time


def rng(seed=0):
    return np.random.default_rng(seed)


def music(width=WIDTH):
    """Staff lines, bar lines, and noteheads at known places."""
    bands = np.full((2, BAND_HEIGHT, width), 255, np.uint8)
    bands[:, LINE_ROWS] = 0
    bands[:, LINE_ROWS[0] : LINE_ROWS[-1], 10::150] = 0
    for i, x in enumerate(range(40, width - 20, 23)):
        row = 30 + 7 * (i % 8)
        bands[i % 2, row - 3 : row + 3, x - 4 : x + 4] = 0
        bands[i % 2, row : row + 24, x + 3] = 90
    return bands


def likeness(a, b):
    return np.corrcoef(a.ravel(), b.ravel())[0, 1]


def test_same_draws_same_picture():
    for seed in range(5):
        one, two = damage(music(), rng(seed)), damage(music(), rng(seed))
        assert np.array_equal(one.bands, two.bands)
        assert np.array_equal(one.source, two.source)
    assert not np.array_equal(damage(music(), rng(0)).bands, damage(music(), rng(1)).bands)


@pytest.mark.parametrize("width", [8, 64, 903, 2600])
def test_shape_type_and_input_stay(width):
    bands = music(width)
    before = bands.copy()
    for seed in range(10):
        done = damage(bands, rng(seed))
        assert done.bands.shape == bands.shape
        assert done.bands.dtype == np.uint8
        assert done.source.shape == (width + 1,)
        assert (np.diff(done.source) > 0).all()
    assert np.array_equal(bands, before)


def test_wrong_bands_are_refused():
    for wrong in (music()[0], music().astype(np.float32), music()[:, :100]):
        with pytest.raises(ValueError, match="bands must be"):
            damage(wrong, rng())


def test_the_defaults_change_nothing():
    done = damage(music(), rng(), AugmentSettings())
    assert np.array_equal(done.bands, music())
    assert done.moved([0, 17.5, WIDTH]) == pytest.approx([0, 17.5, WIDTH])


@pytest.mark.parametrize("name", ALONE)
def test_every_setting_shows_and_leaves_the_music_legible(name):
    settings = AugmentSettings(**{name: ALONE[name]})
    done = damage(music(), rng(3), settings)
    assert not np.array_equal(done.bands, music())
    geometry = AugmentSettings(
        **({name: ALONE[name]} if name in ("scale_x", "stretch", "scale_y", "wander", "tilt", "lean") else {})
    )
    plain = damage(music(), rng(3), geometry)
    assert likeness(done.bands, plain.bands) > 0.6


def test_each_strength_is_tested():
    assert {f.name for f in fields(AugmentSettings)} - set(ALONE) == {"motion_upright", "coarse", "threshold"}


def test_labels_move_with_the_ink():
    marks = np.array([5.5, 100.5, 333.5, 500.5, 790.5])  # middles of columns
    for seed in range(30):
        bands = np.full((2, BAND_HEIGHT, WIDTH), 255, np.uint8)
        bands[:, 40:73, marks.astype(int)] = 0
        drawn = draw_settings(rng(seed))
        done = damage(
            bands,
            rng(seed),
            AugmentSettings(**{n: getattr(drawn, n) for n in ("scale_x", "stretch", "wander", "lean")}),
        )
        ink = 255.0 - done.bands[:, 54:59].mean((0, 1))
        for x in done.moved(marks):
            if 3 < x < WIDTH - 3:
                near = np.arange(int(x) - 3, int(x) + 4)
                assert np.average(near + 0.5, weights=ink[near]) == pytest.approx(x, abs=0.6)


def test_what_is_cut_off_or_laid_free():
    wider = damage(music(), rng(), AugmentSettings(scale_x=1.1))
    assert wider.moved(WIDTH) == pytest.approx(1.1 * WIDTH, abs=0.1 * WIDTH * 0.1)
    narrower = damage(music(), rng(), AugmentSettings(scale_x=0.9))
    assert narrower.moved(WIDTH) == pytest.approx(0.9 * WIDTH)
    assert (narrower.bands[:, :, round(0.9 * WIDTH) + 2 :] == 255).all()
    assert damage(music(), rng(), AugmentSettings(stretch=4.0)).moved(-3.0) >= -3.0


def test_staff_lines_survive_black_and_white():
    bands = music()
    bands[:, LINE_ROWS] = np.maximum(bands[:, LINE_ROWS], 190)  # hairlines
    for seed in range(10):
        done = damage(bands, rng(seed), AugmentSettings(bitonal=3, wander=1.0, threshold=0.0))
        rows = done.bands.min(2)
        assert all((rows[:, row - 2 : row + 3].min(1) < 60).all() for row in LINE_ROWS)
        dark = (done.bands[:, LINE_ROWS[:, None] + np.arange(-2, 3)].min(2) < 160).mean()
        assert dark > 0.8


def test_drawn_settings_are_mostly_mild_sometimes_severe_and_always_legible():
    drawn = [draw_settings(rng(seed)) for seed in range(400)]
    assert sum(settings.bitonal > 0 for settings in drawn) == pytest.approx(200, abs=60)
    assert np.median([settings.noise for settings in drawn]) < 5
    assert max(settings.noise for settings in drawn) > 12
    like = []
    for seed in range(60):
        done = damage(music(), rng(seed))
        x = np.arange(WIDTH) + 0.5
        at = np.interp(x, np.arange(WIDTH + 1), done.source).astype(int)
        moved = np.where((at >= 0) & (at < WIDTH), music()[:, :, np.clip(at, 0, WIDTH - 1)], 255)
        like.append(likeness(done.bands.mean(1), moved.mean(1)))
    assert np.median(like) > 0.8
    assert min(like) > 0.4
