import numpy as np
import pytest

from livefollow.constants import FPS, N_PITCHES
from livefollow.follow.hmm.localizer import UNPROVEN, Localizer
from livefollow.follow.pitches import moved
from livefollow.follow.position import State
from livefollow.follow.tuning import ShiftSearch
from tests.performed import perform
from tests.pieces import etude
from tests.simulated import engraved, noise


def lower(frames, semitones):
    onsets, sounding, level = frames
    return moved(onsets, -semitones), moved(sounding, -semitones), level


def follow(frames, search, localizer=None):
    localizer = localizer or Localizer(engraved(etude())[0])
    estimates = []
    for onsets, sounding, level in zip(*frames, strict=True):
        localizer, estimate = search.step(localizer, (onsets, sounding, float(level)))
        estimates.append(estimate)
    return localizer, estimates


def test_keys_are_moved_and_leave_the_keyboard_at_its_ends():
    keys = np.zeros((2, N_PITCHES), np.float32)
    keys[:, [0, 40, 87]] = 1
    assert np.flatnonzero(moved(keys, 2)[1]).tolist() == [2, 42]
    assert np.flatnonzero(moved(keys, -1)[0]).tolist() == [39, 86]
    assert moved(keys, 0) is keys


@pytest.mark.parametrize("semitones", [-2, -1, 1, 2])
def test_a_transposed_piano_is_followed_once_the_shift_is_found(semitones):
    heard, search = perform(etude(), [(0, 64)], [1.0]), ShiftSearch()
    _, estimates = follow(lower(heard.frames, semitones), search)
    assert search.semitones == semitones
    began = next(i for i, e in enumerate(estimates) if e.state is State.FOLLOWING)
    assert began / FPS - heard.onset_s[0] < 6
    later = heard.onset_s > began / FPS + 1
    at = [estimates[min(len(estimates), int((t + 0.1) * FPS + 1e-6)) - 1].x for t in heard.onset_s[later]]
    assert np.mean(np.abs(np.array(at) - heard.x[later]) < 4) > 0.95


def test_a_shift_is_trusted_once_it_is_proven():
    heard, search = perform(etude(), [(0, 64)], [1.0]), ShiftSearch()
    _, estimates = follow(lower(heard.frames, 1), search)
    began = next(i for i, e in enumerate(estimates) if e.state is State.FOLLOWING)
    assert max(e.confidence for e in estimates[began : began + FPS // 2]) <= UNPROVEN
    assert min(e.confidence for e in estimates[began + 8 * FPS : -FPS]) > 0.5


def test_nothing_changes_where_the_piano_is_in_tune():
    heard, search = perform(etude(), [(0, 64)], [1.0]), ShiftSearch()
    _, estimates = follow(heard.frames, search)
    alone = Localizer(engraved(etude())[0])
    wanted = [alone.step(o, s, float(level)) for o, s, level in zip(*heard.frames, strict=True)]
    assert search.semitones == 0
    assert [e.x for e in estimates] == [e.x for e in wanted]
    assert [e.state for e in estimates] == [e.state for e in wanted]


def test_the_shift_stays_for_the_rest_of_the_session():
    heard, search = perform(etude(), [(0, 32)], [1.0]), ShiftSearch()
    localizer, _ = follow(lower(heard.frames, 1), search)
    again = perform(etude(), [(32, 64)], [1.0])
    _, estimates = follow(lower(again.frames, 1), search, localizer)
    assert search.semitones == 1
    assert estimates[-FPS].state is not State.WAITING


def test_who_has_been_followed_is_not_looked_for_in_another_tuning():
    heard, search = perform(etude(), [(0, 64)], [1.0]), ShiftSearch()
    localizer, _ = follow(heard.frames, search)
    assert search.settled
    again = perform(etude(), [(0, 64)], [1.0])
    follow(lower(again.frames, 2), search, localizer)
    assert search.semitones == 0


@pytest.mark.parametrize("seed", range(3))
def test_other_music_has_no_shift(seed):
    search = ShiftSearch()
    other = perform(etude(seed=seed + 20), [(0, 64)], [1.0])
    _, estimates = follow(other.frames, search)
    assert search.semitones == 0
    assert sum(e.state is State.FOLLOWING for e in estimates) == 0


def test_noise_has_no_shift():
    search = ShiftSearch()
    _, estimates = follow(noise(20, np.random.default_rng(0)), search)
    assert search.semitones == 0
    assert all(e.state is State.WAITING for e in estimates)
