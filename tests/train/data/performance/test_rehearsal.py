"""Somebody who practises: attempts as in recorded rehearsals."""

from dataclasses import replace
from itertools import islice, pairwise

import numpy as np
import pytest

from livefollow.train.data.performance.attempts import RECORDED, attempts, statistics
from livefollow.train.data.performance.passage import EPS
from livefollow.train.data.performance.player import play
from livefollow.train.data.performance.rehearsal import SHORTEST_PAUSE_S, Rehearsal, Rehearsing, Spread
from livefollow.train.data.performance.styles import PRESETS
from tests.pieces import etude

ONSETS = [k / 2 for k in range(400)]
BARS = [4.0 * k for k in range(50)]


def drawn(how=None, seed=0, count=2000):
    return list(islice(Rehearsing(ONSETS, BARS, how or Rehearsal(), np.random.default_rng(seed)), count))


def test_attempts_lie_in_the_music_and_follow_on_each_other():
    passages = drawn()
    assert not passages[0].entry
    for before, after in pairwise(passages):
        assert after.entry == ("back" if after.start < before.end else "skip" if after.entry == "skip" else "stop")
        assert after.wait_s > SHORTEST_PAUSE_S
    assert all(p.start in ONSETS and p.start < p.end <= ONSETS[-1] + 3 * EPS for p in passages)


def test_a_skip_leaves_something_out_and_a_stop_nothing():
    for before, after in pairwise(drawn()):
        gap = after.start - before.end
        assert after.entry != "skip" or gap > EPS
        assert after.entry != "stop" or gap <= 0.5 + EPS


def test_the_same_seed_practises_the_same():
    assert drawn(seed=3, count=50) == drawn(seed=3, count=50)
    assert drawn(seed=3, count=50) != drawn(seed=4, count=50)


def test_only_the_same_start():
    how = Rehearsal(same=1.0, off_by_one=0.0, skip=0.0, attempts=Spread(30, 0.0), hands=0.0)
    assert len({p.start for p in drawn(how, count=30)}) == 1


def test_practised_like_people_do():
    rng = np.random.default_rng(7)
    piece = replace(etude(96, seed=5), tempo=[(0.0, 250.0)])
    found = statistics([play(piece, PRESETS["rehearsal"], rng, 240) for _ in range(8)])
    assert found.count > RECORDED.count
    for name in ("seconds", "onsets", "pause_s", "back"):
        # Quantiles of a few hundred attempts at one piece; each within a factor of two of the recorded ones.
        assert np.abs(np.log2(getattr(found, name) / getattr(RECORDED, name))).max() < 1.0, name
    assert found.goes_back == pytest.approx(RECORDED.goes_back, abs=0.08)
    assert found.same == pytest.approx(RECORDED.same, abs=0.1)


def test_attempts_of_a_performance():
    played = play(etude(), PRESETS["rehearsal"], np.random.default_rng(2), 120)
    found = attempts(played)
    assert sum(a.onsets for a in found) == len(played.onsets)
    assert len(found) == len(played.jumps) + 1
    assert all(a.pause_s > 0 for a in found[:-1])
    assert not np.isfinite(found[-1].pause_s)


def test_nobody_goes_back_in_plain_play():
    steady = replace(PRESETS["plain"], repeats=0.0)
    with pytest.raises(ValueError, match="nobody goes back"):
        statistics([play(etude(), steady, np.random.default_rng(0))])


def test_who_practises_the_last_note_stays_in_the_piece():
    how = Rehearsal(onsets=Spread(1, 0.0), same=1.0, off_by_one=1.0, skip=0.0, attempts=Spread(40, 0.0), hands=0.0)
    for seed in range(4):
        passages = list(islice(Rehearsing(ONSETS[:2], BARS[:1], how, np.random.default_rng(seed)), 30))
        assert {passage.start for passage in passages} <= set(ONSETS[:2])
