"""Where attempts began, and how likely another one begins there."""

import numpy as np
import pytest

from livefollow.constants import FPS
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.follow.hmm.starts import AttemptStarts

EVENTS = 100


def test_nothing_is_known_at_first():
    starts = AttemptStarts(DEFAULTS)
    assert not starts.entering(EVENTS).any()
    assert starts.rate == 0
    assert len(starts) == 0


def test_the_player_begins_where_they_began():
    starts = AttemptStarts(DEFAULTS)
    starts.began(40)
    chances = starts.entering(EVENTS)
    assert chances.sum() == pytest.approx(1)
    assert chances.argmax() == 40
    assert np.flatnonzero(chances).min() >= 39
    assert np.flatnonzero(chances).max() <= 42


def test_the_last_start_weighs_most_and_a_repeated_one_more():
    starts = AttemptStarts(DEFAULTS)
    for event in (10, 40):
        starts.began(event)
    once = starts.entering(EVENTS).copy()
    assert once[40] > once[10]
    starts.began(10 + DEFAULTS.transition.same_start)
    starts.began(10)
    again = starts.entering(EVENTS)
    assert again[10] > again[40]
    assert len(starts) == 2


def test_a_start_that_was_a_copy_s_is_moved_to_where_it_was():
    starts = AttemptStarts(DEFAULTS)
    starts.began(20)
    starts.moved(20, 60)
    starts.moved(60, -4)  # nothing is there
    starts.moved(30, 50)  # nothing began there
    assert starts.knows(60)
    assert not starts.knows(20)
    assert starts.entering(EVENTS).argmax() == 60


def test_who_practises_begins_again_soon_and_who_has_stopped_practising_does_not():
    starts = AttemptStarts(DEFAULTS)
    rates = []
    for _ in range(5):
        starts.began(20)
        rates.append(starts.rate)
    assert rates == sorted(rates)
    assert 0 < rates[0] < rates[-1] < 5 * DEFAULTS.transition.restarts / FPS
    for _ in range(round(5 * DEFAULTS.transition.practice_s * FPS)):
        starts.go_on()
    assert starts.rate < rates[0] / 10


def test_the_beginning_and_a_longer_score():
    starts = AttemptStarts(DEFAULTS)
    starts.began(1)
    assert starts.entering(EVENTS)[0] == 0
    assert starts.entering(EVENTS)[1] > 0
    assert len(starts.entering(2 * EVENTS)) == 2 * EVENTS
    starts.began(150)
    assert starts.entering(EVENTS).sum() == pytest.approx(1)
    assert starts.entering(2 * EVENTS)[150] > 0
