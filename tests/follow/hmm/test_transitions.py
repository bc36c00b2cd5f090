from dataclasses import replace

import numpy as np
import pytest

from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.follow.hmm.transitions import Transitions
from livefollow.score.reading import BAR_LINE, FINAL, MARK, REPEAT_END, REPEAT_START, Reading, concatenate


def reading(marks, n=40):
    """Events 30 px apart, ten on a system; marks are (before which event from 0, kind)."""
    at = np.array([(30.0 * event - 10, kind, 0.9) for event, kind in sorted(marks)], MARK)
    ones = np.ones(n, np.float32)
    return Reading(
        30.0 * np.arange(n), np.zeros((n, 88), np.float32), ones, ones, (np.arange(n) // 10).astype(np.int32), at
    )


BARS = [(event, BAR_LINE) for event in range(4, 40, 4)]


def test_chances_add_up():
    transitions = Transitions(reading(BARS), DEFAULTS)
    for event in (0, 1, 20, 40):
        entering = transitions.at(event, 0.01)
        assert entering.shape == (41,)
        assert entering.sum() == pytest.approx(0.01, rel=1e-4)
        assert entering[0] == 0
        assert np.all(entering[1:] > 0)


def test_beginnings_are_likelier():
    entering = Transitions(reading(BARS), DEFAULTS).at(22, 1.0)
    assert entering[1 + 16] > 2 * entering[1 + 17]  # a bar
    assert entering[1 + 10] > 2 * entering[1 + 11]  # a system
    assert entering[1] > 2 * entering[2]  # the piece
    assert entering[19] > entering[27]  # back rather than on


def test_half_of_those_who_go_back_nearby_go_back_by_a_dozen_events_at_most():
    transition = replace(DEFAULTS.transition, nearby=1.0)
    back = Transitions(reading([], 800), replace(DEFAULTS, transition=transition)).at(400, 1.0)[400:0:-1]
    assert back[:12].sum() == pytest.approx(back.sum() / 2, rel=0.1)
    assert 0.8 * back.sum() < back[:82].sum() < 0.95 * back.sum()


def test_repeats_lead_back_to_their_start_and_past_a_first_ending():
    transitions = Transitions(reading([*BARS, (8, REPEAT_START), (24, REPEAT_END), (40, FINAL)]), DEFAULTS)
    back = dict(transitions.repeats_from(24))
    assert back[1 + 8] == max(back.values())
    assert 1 + 24 in dict(transitions.repeats_from(20))
    assert transitions.repeats_from(14) == []


def test_a_repeat_without_start_goes_back_to_the_beginning_or_the_one_before():
    transitions = Transitions(reading([*BARS, (16, REPEAT_END), (32, REPEAT_END)]), DEFAULTS)
    assert dict(transitions.repeats_from(16))[1] == 1.0
    assert dict(transitions.repeats_from(32))[1 + 16] == 1.0


def test_a_score_without_events_has_no_entries():
    assert Transitions(concatenate([]), DEFAULTS).at(0, 1.0).tolist() == [0.0]
