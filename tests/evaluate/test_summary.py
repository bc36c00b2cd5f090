"""Figures of many pieces do not depend on their order, and failures count as zero."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livefollow.evaluate import baselines, metrics
from livefollow.evaluate.cases import Case
from livefollow.evaluate.summary import Result, bootstrap, summarize
from tests.cases import made_up_case, made_up_truth

POOLED = ("R_tue", "R_on", "R_on_piece", "within_0.5s", "page_ok", "dx_px", "dx_std_px", "dx_tracked_cm", "false_jumps")


def measured(n: int, cursor: str) -> Result:
    case = made_up_case(made_up_truth(1.0 + np.cumsum(0.5 + 0.4 * np.sin(np.arange(n))), np.arange(n)))
    track = baselines.CURSORS[cursor](case)
    return Result(case, track, metrics.evaluate(case, track))


RESULTS = [measured(n, c) for n, c in ((20, "steady"), (50, "oracle-4"), (90, "stand"), (31, "steady"), (12, "timer"))]


@given(st.permutations(RESULTS))
@settings(max_examples=10, deadline=None)
def test_the_order_of_the_cases_does_not_matter(order: list[Result]) -> None:
    ours, theirs = summarize(RESULTS), summarize(order)
    for name in POOLED:
        assert ours[name].mean == pytest.approx(theirs[name].mean, abs=1e-12)


def test_a_failure_counts_as_zero() -> None:
    failed = Result(RESULTS[1].case, error="no")
    alone, with_it = summarize(RESULTS[1:2]), summarize([RESULTS[1], failed])
    for name in ("R_tue", "R_on", "R_on_piece", "within_1s", "page_ok"):
        assert with_it[name].mean == pytest.approx(alone[name].mean / 2)
    assert with_it["dx_px"].mean == pytest.approx((alone["dx_px"].mean + 170) / 2)


def test_pooled_and_per_piece_differ_as_they_should() -> None:
    long, short = measured(90, "oracle-4"), measured(10, "stand")
    both = summarize([long, short])
    assert short.figures
    assert both["R_on_piece"].mean == pytest.approx((1 + short.figures.r_on) / 2)
    assert both["R_on"].mean == pytest.approx((90 + short.figures.reached) / 100)


def test_nothing_to_say_of_nothing() -> None:
    foreign = Result(made_up_case(None), following_s=4.0)
    assert summarize([]) == {}
    assert summarize([foreign, Result(foreign.case, error="no")])["following_s"].mean == 4.0
    with pytest.raises(ValueError, match="no pieces"):
        bootstrap([])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
@settings(deadline=None)
def test_the_interval_holds_the_mean_and_is_the_same_again(values: list[float]) -> None:
    estimate = bootstrap(values)
    assert min(values) - 1e-9 <= estimate.low <= estimate.high <= max(values) + 1e-9
    assert bootstrap(values) == estimate
    assert estimate.mean == pytest.approx(np.mean(values))


def test_the_interval_is_as_wide_as_theory_has_it() -> None:
    values = np.random.default_rng(1).normal(0.5, 0.1, 200)
    estimate = bootstrap(values)
    assert estimate.high - estimate.low == pytest.approx(2 * 1.96 * values.std() / np.sqrt(200), rel=0.1)


def test_the_demo_says_what_the_deaf_are_worth(demo: Case) -> None:
    track = baselines.steady(demo)
    figures = summarize([Result(demo, track, metrics.evaluate(demo, track))])
    assert figures["R_on"].mean < 0.1
    assert figures["page_ok"].mean > 0.8
