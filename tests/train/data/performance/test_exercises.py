from dataclasses import asdict

import numpy as np
import pytest

from livefollow.constants import LOWEST_PITCH, N_PITCHES
from livefollow.train.data.notation.music import Music
from livefollow.train.data.performance.exercises import HIGH_FROM, exercise, write_exercises
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.styles import PRESETS

MANY = [exercise(seed) for seed in range(12)]


def test_the_same_seed_gives_the_same_one_another_another():
    assert asdict(exercise(3)) == asdict(MANY[3])
    assert exercise(4).notes != MANY[3].notes


def test_all_keys_come_up_and_only_keys():
    pitches = {note.pitch for music in MANY for note in music.notes}
    assert pitches == set(range(LOWEST_PITCH, LOWEST_PITCH + N_PITCHES))
    every = np.array([note.pitch for music in MANY for note in music.notes])
    assert 0.25 < np.mean(every >= HIGH_FROM) < 0.75


def test_keys_are_struck_again_within_a_quarter_of_a_second():
    again = 0
    for music in MANY:
        keys = play(music, PRESETS["plain"], np.random.default_rng(0)).keys
        latest = {}
        for onset, pitch in zip(keys["onset_s"].tolist(), keys["pitch"].tolist(), strict=True):
            again += onset - latest.get(pitch, -9) <= 0.25
            latest[pitch] = onset
    assert again > 20 * len(MANY)


@pytest.mark.parametrize("style", PRESETS)
def test_every_style_plays_them(style):
    played = play(MANY[0], PRESETS[style], np.random.default_rng(0), 60.0)
    assert len(played.keys) > 20


def test_soft_playing_is_soft_and_contrasts_are_wide():
    soft = play(MANY[1], PRESETS["soft"], np.random.default_rng(0)).keys["velocity"]
    assert np.percentile(soft, 90) < 50
    wide = np.concatenate([play(m, PRESETS["contrasts"], np.random.default_rng(0)).keys["velocity"] for m in MANY[:4]])
    assert np.percentile(wide, 5) < 35
    assert np.percentile(wide, 95) > 90


def test_they_are_put_where_pieces_are_looked_for(tmp_path):
    write_exercises(tmp_path, 2)
    paths = sorted((tmp_path / "scores" / "exercises").glob("*/music.json"))
    assert [Music.load(path) for path in paths] == MANY[:2]
