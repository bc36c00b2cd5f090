"""The figures are what their definitions say."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from livefollow.constants import FPS, TRACKING_WINDOW
from livefollow.evaluate import baselines, metrics
from livefollow.evaluate.cases import Case, Jump
from livefollow.evaluate.summary import Result, summarize
from livefollow.follow.paper.state import NOTTINGHAM
from livefollow.follow.track import Track
from tests.cases import made_up_case, made_up_truth

# Onsets a microsecond after a frame's end, so that which row is two frames later hangs on no rounding.
EPSILON = 1e-6
ONSETS = st.lists(st.integers(10, 40), min_size=20, max_size=60).map(lambda gaps: np.cumsum(gaps) / FPS + EPSILON)


def case_of(onset: np.ndarray) -> Case:
    return made_up_case(made_up_truth(onset, np.arange(len(onset))))


def late_by(case: Case, track: Track, seconds: float) -> np.ndarray:
    """Onset errors of a track that says at t where the player was at t - seconds, from the definition.

    Between two systems the cursor is past the last note of the one: as late as that note.
    """
    truth = case.truth
    assert truth
    rows = track.row_at(truth.onset + metrics.HEARING_S)
    heard = np.clip(track.time_s[rows] - seconds, truth.onset[0], truth.onset[-1])
    at = np.searchsorted(truth.onset, heard, side="right") - 1
    end = np.array([truth.onset[truth.at == truth.at[i]].max() for i in at])
    return np.minimum(heard, end) - truth.onset


@given(ONSETS)
@settings(max_examples=15, deadline=None)
def test_the_oracle_makes_no_error(onset: np.ndarray) -> None:
    """Two frames late, which is what hearing takes, it is where the player is."""
    figures = metrics.evaluate(case_of(onset), baselines.oracle(case_of(onset), 2 - 2 * EPSILON * FPS))
    assert np.abs(figures.errors.seconds).max() < 2 * EPSILON
    assert np.abs(figures.errors.dx).max() < 1e-3
    assert figures.errors.page_ok.all()
    assert figures.errors.system_ok.all()
    assert (figures.followed, figures.r_on, figures.false_jumps) == (True, 1.0, 0)


@given(ONSETS, st.integers(0, 9))
@settings(max_examples=15, deadline=None)
def test_a_delayed_truth_is_late_by_exactly_that(onset: np.ndarray, delay: int) -> None:
    case = case_of(onset)
    track = baselines.oracle(case, delay)
    errors = metrics.evaluate(case, track).errors
    assert errors.seconds == pytest.approx(late_by(case, track, delay / FPS), abs=1e-9)
    inside = np.arange(len(onset)) % 8 > 0
    if delay >= 2:
        assert errors.seconds[inside] == pytest.approx(np.full(inside.sum(), 0.1 - delay / FPS), abs=2 * EPSILON)


def test_dx_is_in_strip_px() -> None:
    """20 points between notes at a staff space of 5 points are 28 px at 7 px a staff space."""
    case = case_of(1.0 + np.arange(20))
    track = baselines.oracle(case, 2)
    figures = metrics.evaluate(case, replace(track, x_pt=track.x_pt + 10))
    assert figures.errors.dx[1] == pytest.approx(14)
    assert figures.errors.seconds[1] == pytest.approx(0.5)


def test_a_wrong_page_is_counted_while_it_is_shown() -> None:
    """Also where no note is struck; the next note's page is right, from the note before it on."""
    case = case_of(1.0 + np.arange(20))
    track = baselines.oracle(case, 2)
    page = case.truth.page
    assert len(set(page)) == 1
    away = (track.time_s > 5.52) & (track.time_s < 8.03)
    figures = metrics.evaluate(case, replace(track, page=np.where(away, page[0] + 1, page[0])))
    assert figures.wrong_page_s == pytest.approx(2.5, abs=0.051)
    assert figures.playing_s == pytest.approx(19)
    summary = summarize([Result(case, track, figures)])
    assert summary["wrong_page_s"].mean == pytest.approx(figures.wrong_page_s / 19 * 3600)

    turned = replace(case, truth=replace(case.truth, page=np.where(np.arange(20) < 10, 1, 2)))
    early = replace(track, page=np.where(track.time_s < 10.2, 1, 2))
    assert metrics.wrong_page_s(turned.truth, early) == 0
    assert metrics.wrong_page_s(turned.truth, replace(early, page=np.where(track.time_s < 8.2, 1, 2))) > 1.5


def test_off_the_music_is_lost_and_counts_b() -> None:
    case = case_of(1.0 + np.arange(20))
    track = baselines.oracle(case, 2)
    gone = track.time_s > 6.05
    away = replace(track, top_pt=np.where(gone, 900.0, track.top_pt), bottom_pt=np.where(gone, 940.0, track.bottom_pt))
    figures = metrics.evaluate(case, away)
    assert (figures.reached, figures.followed) == (5, False)
    assert np.isinf(figures.errors.seconds[5:]).all()
    assert figures.dx[5:].tolist() == [TRACKING_WINDOW] * 15
    assert figures.dx_tracked == pytest.approx(np.zeros(5), abs=1e-6)
    assert metrics.within(figures.errors, 5.0) == 0.25
    assert metrics.median_seconds(figures.errors) == np.inf


def test_b_and_cm_are_the_tasks() -> None:
    """Nottingham's 50 px at 5 px a staff space are 70 strip px, and its cm are 5/7 of those of MSMD."""
    piano = case_of(1.0 + np.arange(20))
    tunes = replace(piano, task=NOTTINGHAM)
    track = baselines.oracle(piano, 2)
    shown = {}
    for points, px in ((40, 56.0), (60, 84.0)):
        ahead = replace(track, x_pt=track.x_pt + points)
        for case in (piano, tunes):
            figures = metrics.evaluate(case, ahead)
            shown[px, case.task.name] = figures.reached
            summary = summarize([Result(case, ahead, figures)])
            assert summary["dx_cm"].mean == pytest.approx(summary["dx_px"].mean * 2.54 / 72 * case.task.strip_px)
    assert shown[56.0, "nottingham"] == shown[56.0, "msmd"] == shown[84.0, "msmd"] > 10
    assert shown[84.0, "nottingham"] == 0
    assert tunes.lost_px == pytest.approx(70)


def repeating_case(told: bool = False) -> Case:
    """24 notes, one a second, the first system played twice."""
    notes = np.r_[np.arange(8), np.arange(24)]
    case = made_up_case(made_up_truth(1.0 + np.arange(32), notes))
    return replace(case, jumps=(Jump(9.0, "back"),)) if told else case


@pytest.mark.parametrize("told", [False, True])
def test_a_repeat_is_a_jump_and_no_loss(told: bool) -> None:
    case = repeating_case(told)
    assert case.truth
    assert metrics.jump_times(case.truth, case.staff_space, case.jumps).tolist() == [9.0]
    figures = metrics.evaluate(case, baselines.oracle(case, 2))
    assert figures.followed
    assert [(r.time_s, r.kind, r.seconds) for r in figures.recoveries] == [(9.0, "back" if told else "seen", 0.0)]


def test_of_two_visits_the_nearer_one_counts() -> None:
    case = repeating_case()
    track = baselines.oracle(case, 2)
    second = metrics.onset_errors(case.truth, track, case.staff_space)  # type: ignore[arg-type]
    assert np.abs(second.seconds).max() < 1e-9


def test_the_player_waits_where_he_is_told_to_have_stopped() -> None:
    case = replace(case_of(np.r_[np.arange(10), np.arange(10) + 14.0] + 1), jumps=(Jump(15.02, "stop"),))
    track = baselines.oracle(case)
    pause = (track.time_s > 10) & (track.time_s < 15)
    assert set(track.x_pt[pause].tolist()) == {70.0}
    assert metrics.evaluate(case, track).recoveries[0].seconds == pytest.approx(0.98)


def test_recovery_is_from_when_it_holds() -> None:
    case = repeating_case(told=True)
    track = baselines.oracle(case, 2)
    k = (track.time_s > 9) & (track.time_s < 13.05)
    assert case.truth
    last = case.truth.systems[2]
    lagging = replace(
        track,
        system=np.where(k, last.number, track.system),
        top_pt=np.where(k, last.top, track.top_pt),
        bottom_pt=np.where(k, last.bottom, track.bottom_pt),
    )
    figures = metrics.evaluate(case, lagging)
    assert figures.recoveries[0].seconds == 4.0
    never = metrics.evaluate(case, baselines.stand(case))
    assert never.recoveries[0].seconds == np.inf


def test_false_jumps_are_those_away_from_the_player() -> None:
    case = case_of(1.0 + np.arange(24))
    track = baselines.oracle(case, 2)
    assert case.truth
    lower = case.truth.systems[2]
    k = (track.time_s > 5) & (track.time_s < 8)
    hop = replace(track, system=np.where(k, 3, track.system), top_pt=np.where(k, lower.top, track.top_pt),
                  bottom_pt=np.where(k, lower.bottom, track.bottom_pt))  # fmt: skip
    figures = metrics.evaluate(case, hop)
    assert figures.false_jumps == 1
    assert figures.plain_s == pytest.approx(23.0)


def test_seconds_of_following_what_is_not_the_piece() -> None:
    assert metrics.seconds_following(baselines.track_off_piece("steady", 10.0)) == 10.0
    assert metrics.seconds_following(baselines.track_off_piece("stand", 10.0)) == 0.0
    with pytest.raises(ValueError, match="not the piece"):
        metrics.evaluate(made_up_case(None), baselines.track_off_piece("stand", 1.0))
