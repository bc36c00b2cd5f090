"""Which of several places that sound alike the player is at."""

import numpy as np
import pytest

from livefollow.follow.hmm.ambiguity import AlikePlaces
from livefollow.follow.hmm.search import Search
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.follow.hmm.tempo_filter import SUSTAIN, TempoFilter
from tests.follow.hmm.begun import EVENTS, begun, evidence

REACH = 8


def taken(masses: dict[int, float], best: int) -> tuple[AlikePlaces, Search, float]:
    search = Search(np.full(EVENTS + 1, 0.95), DEFAULTS)
    for event, mass in masses.items():
        search.put(event, mass)
    search.step(evidence(), np.zeros(EVENTS + 1, np.float32))
    search.take(best - REACH, best + REACH)
    alike_places = AlikePlaces(DEFAULTS)
    return alike_places, search, alike_places.take(search, best, REACH, masses[best])


def at(event: int) -> TempoFilter:
    near = begun(1.0)
    mass = np.zeros((3, 1))
    mass[SUSTAIN] = 1
    near.seed(event, mass, 0.9, near.tempo_prior(1.0, 0.3))
    return near


def test_all_likely_places_are_taken_out_of_the_search():
    alike_places, search, mass = taken({20: 0.4, 50: 0.3, 90: 0.2, 110: 0.001}, best=20)
    assert alike_places.offsets.tolist() == [0, 30, 70]
    assert alike_places.shares == pytest.approx(np.array([4, 3, 2]) / 9, abs=1e-3)
    assert mass == pytest.approx(0.9, abs=1e-3)
    assert search.events[[20, 50, 90]].sum() == 0
    assert search.events[110] > 0


def test_the_nearest_of_those_about_as_likely_is_shown():
    alike_places, _, _ = taken({20: 0.4, 50: 0.3, 90: 0.01}, best=20)
    assert alike_places.nearest(35) == 30
    assert alike_places.nearest(70) == 30  # the third is too faint
    assert alike_places.nearest(-5) == 0


def test_what_differs_decides():
    alike_places, _, _ = taken({20: 0.4, 60: 0.4}, best=20)
    near = at(20)
    for struck in ((21, 61), (22, 62)):
        heard = evidence(struck[0])
        heard.events[:, struck[1]] = heard.events[:, struck[0]]
        near.go_on()
        alike_places.see(near, heard)
        assert alike_places.shares == pytest.approx(np.array([0.5, 0.5]), abs=0.01)
        assert alike_places.clearer() == 0
        for _ in range(18):
            near.go_on()
            alike_places.see(near, evidence())
    near.go_on()
    alike_places.see(near, evidence(63))
    assert alike_places.clearer() == 40
    alike_places.show(40)
    assert alike_places.offsets[0] == 0
    assert alike_places.shares[0] > 0.9


def test_likelihood_is_that_of_all_places():
    alike_places, _, _ = taken({20: 0.4, 60: 0.4}, best=20)
    near = at(20)
    near.go_on()
    heard = evidence(61)
    one, other = ((near.columns * near.seen(heard, offset)).sum() for offset in (0, 40))
    assert alike_places.see(near, heard) == pytest.approx((one + other) / 2, rel=1e-3)


def test_a_place_beyond_the_score_is_none():
    alike_places, _, _ = taken({20: 0.4, 118: 0.4}, best=20)
    assert len(alike_places.around(20, EVENTS + 1)) == 2
    assert [event for event, _ in alike_places.around(25, EVENTS + 1)] == [25]


def test_what_is_believed_of_them_is_spread_over_the_score():
    alike_places, _, _ = taken({20: 0.4, 60: 0.4, 118: 0.2}, best=20)
    events = np.zeros(EVENTS + 1, np.float32)
    near = np.arange(1.0, 11.0)
    alike_places.spread(events, 17, near)
    assert events[57:67] == pytest.approx(0.4 * near, rel=1e-2)
    assert events[115:] == pytest.approx(0.2 * near[:6], rel=1e-2)
    assert events[:57].sum() == events[67:115].sum() == 0
    alike_places.show(98)
    events[:] = 0
    alike_places.spread(events, 0, near)
    assert events.sum() == 0
