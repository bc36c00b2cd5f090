import numpy as np

from livefollow.constants import FRAME_WIDTH, LOWEST_PITCH
from livefollow.train.data.performance.performance import KEY
from livefollow.train.listener import data as crops
from livefollow.train.listener.metrics import onset_counts, onset_f1


def keys(*rows):
    out = np.zeros(len(rows), KEY)
    for row, (onset, offset, pitch) in zip(out, rows, strict=True):
        row["onset_s"], row["offset_s"], row["pitch"] = onset, offset, pitch
    return out


def test_a_key_is_reported_in_the_frame_after_its_own():
    played = keys((1.0, 1.5, 60), (1.049, 1.06, 62), (1.051, 1.5, 64), (1.2, 100, 60))
    onsets, sounding = crops.key_targets(played, 0, 400)
    at = {p: np.flatnonzero(onsets[:, p - LOWEST_PITCH]).tolist() for p in (60, 62, 64)}
    assert at == {60: [21, 25], 62: [21], 64: [22]}
    assert np.flatnonzero(sounding[:, 62 - LOWEST_PITCH]).tolist() == [21]
    assert sounding[21:145, 60 - LOWEST_PITCH].all()
    assert not sounding[145:, 60 - LOWEST_PITCH].any()


def test_a_crop_sees_what_was_struck_before_it():
    onsets, sounding = crops.key_targets(keys((1.0, 3.0, 60), (9.0, 9.5, 61)), 40, 20)
    assert not onsets.any()
    assert sounding[:, 60 - LOWEST_PITCH].all()
    assert not sounding[:, 61 - LOWEST_PITCH].any()


def test_crops_are_used_again_until_fresh_ones_push_them_out():
    def endless():
        k = 0
        while True:
            k += 1
            frames = np.full((5, FRAME_WIDTH), 0.1 * k, np.float16)
            truth = np.full((5, 88), k % 2 == 0)
            yield crops.Crop(frames, truth, truth)

    pool = crops.Pool(endless(), size=3, fill=2)
    pool.refresh(4)
    kept = sorted(float(c.frames[0, 0]) for c in pool._kept)
    assert np.allclose(kept, [0.4, 0.5, 0.6], atol=0.01)
    heard, onsets, sounding = pool.draw(2, np.random.default_rng(1))
    assert heard.shape == (2, 5, FRAME_WIDTH)
    assert heard.dtype == np.float32
    assert onsets.shape == sounding.shape == (2, 5, 88)


def test_onsets_count_within_a_frame():
    truth = np.zeros((20, 88), np.bool_)
    truth[[5, 12], 40] = True
    heard = np.zeros((20, 88), np.float32)
    heard[6, 40], heard[16, 40], heard[12, 41] = 0.9, 0.8, 0.7
    assert onset_counts(heard, truth, 0.5).tolist() == [1, 2, 1]
    assert onset_f1(onset_counts(truth.astype(np.float32), truth, 0.5)) == 1
    assert onset_f1(np.zeros(3)) == 0


def test_two_peaks_are_not_one_onset_heard_twice():
    truth = np.zeros((20, 88), np.bool_)
    truth[6, 40] = True
    heard = np.zeros((20, 88), np.float32)
    heard[[5, 7], 40] = 0.9
    assert onset_counts(heard, truth, 0.5).tolist() == [1, 1, 0]
    truth[8, 40] = True
    assert onset_counts(heard, truth, 0.5).tolist() == [2, 0, 0]


def test_a_recording_played_faster_is_higher_and_what_no_piano_has_is_left_out():
    played = keys((1.0, 2.0, 60), (2.0, 3.0, LOWEST_PITCH + 87))
    higher = crops.at_speed(played, 2.0, 12)
    assert higher["pitch"].tolist() == [72]
    assert higher["onset_s"].tolist() == [0.5]
    assert higher["offset_s"].tolist() == [1.0]
    assert played["pitch"].tolist() == [60, LOWEST_PITCH + 87]
