"""A repeat is taken once, and the first ending played once."""

import numpy as np
import pytest

from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.follow.hmm.transitions import RepeatsTaken, Transitions
from livefollow.score.reading import MARK, REPEAT_END, REPEAT_START, Reading

N = 100


@pytest.fixture
def transitions() -> Transitions:
    """A repeat from event 21 to event 60, events from 1, 10 px each."""
    marks = np.array([(195, REPEAT_START, 1.0), (595, REPEAT_END, 1.0)], MARK)
    ones = np.ones(N, np.float32)
    x = np.arange(0.0, 10.0 * N, 10.0)
    return Transitions(Reading(x, np.zeros((N, 88), np.float32), ones, ones, np.zeros(N, np.int32), marks), DEFAULTS)


@pytest.fixture
def end(transitions: Transitions) -> int:
    """The repeat's last event."""
    return max(e for e in range(N) if any(target < e for target, _ in transitions.repeats_from(e)))


def test_who_has_gone_back_hardly_does_so_again(transitions: Transitions, end: int) -> None:
    taken = RepeatsTaken(DEFAULTS)
    assert taken.factor(end, 21) == 1
    taken.went_back(transitions, end + 2, 23)  # the cursor is a little late, or ahead
    for event in (23, 40, end):
        taken.is_at(event)
    assert taken.factor(end, 21) == DEFAULTS.transition.repeat_again < 1


def test_but_leaves_the_first_ending_out(transitions: Transitions, end: int) -> None:
    taken = RepeatsTaken(DEFAULTS)
    assert taken.factor(end - 10, end + 1) == 1
    taken.went_back(transitions, end, 21)
    assert taken.factor(end - 10, end + 1) == DEFAULTS.transition.repeat_on > 1


@pytest.mark.parametrize("event", [3, 95])
def test_who_comes_back_later_may_take_it_again(transitions: Transitions, end: int, event: int) -> None:
    taken = RepeatsTaken(DEFAULTS)
    taken.went_back(transitions, end, 21)
    taken.is_at(event)
    assert taken.factor(end, 21) == taken.factor(end - 10, end + 1) == 1


@pytest.mark.parametrize(("before", "event"), [(45, 21), (60, 40), (90, 21)])
def test_other_ways_back_are_no_repeats(transitions: Transitions, end: int, before: int, event: int) -> None:
    taken = RepeatsTaken(DEFAULTS)
    taken.went_back(transitions, before, event)
    assert taken.factor(end, 21) == 1
