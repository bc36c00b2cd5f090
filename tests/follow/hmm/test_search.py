import numpy as np
import pytest

from livefollow.follow.hmm.ambiguity import CopySearch
from livefollow.follow.hmm.emission import Evidence
from livefollow.follow.hmm.search import Search
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.follow.hmm.tempo_filter import ATTACK

EVENTS = 200
REAL = np.concatenate([[0.0], np.full(EVENTS, 0.95)])
FIGURE = np.arange(EVENTS + 1) % 50  # event e sounds like e + 50


def evidence(sounds):
    """A frame in which all events that sound the same are heard."""
    events = np.full((3, EVENTS + 1), 1e-3, np.float32)
    events[ATTACK, np.isin(np.arange(EVENTS + 1), sounds)] = 1
    both = np.array([[1], [0], [0]], np.float32) * np.ones(EVENTS + 1, np.float32)
    return Evidence(events, np.ones(3), 0.0, 1.0, both)


def entering(mass=1e-3):
    return np.full(EVENTS + 1, mass / EVENTS, np.float32)


def test_finds_a_sequence_wherever_it_is():
    search = Search(REAL, DEFAULTS)
    for event in range(120, 128):
        total = search.step(evidence([event]), entering())
        search.scale(1 / total)
    best, mass, all_mass = search.best()
    assert best == 127
    assert mass > 0.9 * all_mass


def test_what_is_taken_out_is_gone_and_what_is_put_in_counts():
    search = Search(REAL, DEFAULTS)
    for event in range(120, 126):
        search.scale(1 / search.step(evidence([event]), entering()))
    taken = search.take(115, 130)
    assert taken.shape == (3, 15)
    assert taken.sum() > 0.5
    assert search.mass[:, 115:130].sum() == 0
    search.put(30, 0.5)
    search.step(evidence([31]), entering(0))
    assert search.best()[0] == 31


def test_a_share_is_moved_to_where_it_counts_as_begun_there():
    search = Search(REAL, DEFAULTS)
    for event in range(120, 128):
        search.scale(1 / search.step(evidence([event]), entering()))
    about, before = search.about(127), search.total
    search.shift(slice(125, 137), -60, 0.9)
    best, mass, total = search.best()
    assert (best, total) == (67, pytest.approx(before))
    assert mass == pytest.approx(0.9 * about, rel=0.01)
    assert search.age[67] <= 2


def test_more_events_leave_the_masses_as_they_were():
    search = Search(REAL[:101], DEFAULTS)
    search.put(40, 0.7)
    search.extend(REAL)
    search.step(evidence([41]), entering(0))
    assert search.best()[0] == 41


def test_copies_of_the_present_place_are_no_place_to_go():
    copies = CopySearch(REAL, DEFAULTS)
    for event in range(20, 30):
        copies.step(evidence(np.flatnonzero(event == FIGURE)))
    before = entering()
    after = before.copy()
    copies.damp(after, 29)
    damped = np.flatnonzero(after < before)
    assert {30} | {event for copy in (79, 129, 179) for event in (copy, copy + 1)} <= set(damped.tolist())
    assert after[100] == before[100]
    assert not {27, 28, 29} & set(damped.tolist())  # who stumbles goes back there
