import numpy as np
import pytest

from livefollow.constants import FPS
from livefollow.follow.hmm.dwell import PHASE_BINS, STEP_LEVELS, Dwell
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.follow.hmm.tempo_filter import WINDOW
from tests.follow.hmm.begun import EVENTS, begun, evidence


def step(near, heard):
    near.go_on()
    near.see(near.seen(heard))


def likelihood(near, heard, offset=0):
    return float((near.columns * near.seen(heard, offset)).sum())


def place(near):
    return near.first + int(near.events().argmax())


@pytest.mark.parametrize("per_second", [0.5, 1.0, 2.5])
def test_tempo_and_place_are_found(per_second):
    beats = np.tile([1.0, 0.5, 0.5, 2.0], EVENTS // 4)
    near = begun(beats)
    strikes = np.round(np.cumsum(np.concatenate([[1], beats[:39]])) / per_second * FPS).astype(int)
    for frame in range(strikes[-1] + 1):
        hit = np.flatnonzero(strikes == frame)
        step(near, evidence(hit[0] + 1 if len(hit) else None))
        assert near.mass.sum() == pytest.approx(1)
        near.follow(place(near))
        if len(hit):
            assert place(near) == hit[0] + 1
    assert near.at(40)[1] == pytest.approx(per_second, rel=0.15)


def test_phase_says_how_much_of_a_note_is_over():
    near = begun(1.0)
    for event in range(1, 9):
        step(near, evidence(event))
        for _ in range(9):
            step(near, evidence())
    assert near.at(8)[0] == pytest.approx(0.9, abs=0.1)


def test_who_stops_stays():
    near = begun(1.0)
    for event in range(1, 9):
        step(near, evidence(event))
        for _ in range(9):
            step(near, evidence())
    for _ in range(200):
        step(near, evidence())
    events = near.events()
    assert events[8 - near.first : 11 - near.first].sum() > 0.8


def test_an_event_that_is_not_heard_is_passed():
    near = begun(1.0)
    for event in range(1, 12):
        step(near, evidence(event if event != 8 else None))
        for _ in range(9):
            step(near, evidence())
    assert place(near) == 11


def test_the_window_follows_to_the_end():
    near = begun(0.5)
    for event in range(1, EVENTS + 1):
        step(near, evidence(event))
        near.follow(place(near))
        assert place(near) == event
        for _ in range(5):
            step(near, evidence())
    assert near.first + WINDOW > EVENTS


def test_hazards_are_probabilities_and_highest_when_the_next_event_is_due():
    dwell = Dwell(DEFAULTS)
    for step in STEP_LEVELS:
        phases = np.linspace(0, 10, PHASE_BINS)
        hazard = dwell.hazard(dwell.rows(np.full(PHASE_BINS, step)), phases)
        assert np.all((hazard > 0) & (hazard < 1))
        if step < 0.3:
            assert 0.5 < phases[hazard.argmax()] < 2
            assert hazard[-1] < hazard.max() / 3


def test_another_place_is_weighed_as_if_the_player_were_there():
    beats = np.tile([1.0, 0.5, 0.5, 2.0], EVENTS // 4)
    near, there = begun(beats), begun(beats)
    for event in range(1, 9):
        for one, struck in ((near, event), (there, event + 40)):
            one.go_on()
            if one is there:
                assert likelihood(near, evidence(struck), 40) == pytest.approx(likelihood(near, evidence(event)))
                assert likelihood(near, evidence(event + 40)) < likelihood(near, evidence(event))
            one.see(one.seen(evidence(event)))
        for _ in range(9):
            step(near, evidence())
            step(there, evidence())
    assert likelihood(near, evidence(), -200) == 0
    assert likelihood(near, evidence(), EVENTS + WINDOW) == 0


@pytest.mark.parametrize("offset", [40, -5])
def test_who_is_shifted_goes_on_as_before(offset):
    near = begun(1.0)
    for event in range(1, 9):
        step(near, evidence(event))
        for _ in range(9):
            step(near, evidence())
    phase, tempo = near.at(8)
    near.shift(offset)
    assert place(near) == 8 + offset
    assert near.at(8 + offset) == pytest.approx((phase, tempo))
    step(near, evidence(9 + offset))
    assert place(near) == 9 + offset
