"""Passes, stops, restarts and tempo of sessions that are known to the frame."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefollow.follow.position import State
from livefollow.practice.output import COLUMNS, csv_text
from livefollow.practice.passes import Leap, find_passes, find_stops, held_back
from livefollow.practice.report import make_report, practised_s, summarise, tempo_of
from tests.practice.sessions import Pianist, at, bar_map


def test_played_through_in_tempo() -> None:
    report = make_report(Pianist().play(1, 9, bpm=96).frames(), bar_map())
    assert report.times[:8].tolist() == [1] * 8
    assert not report.times[9:].any()
    assert report.tempo[:8] == pytest.approx(96, rel=0.05)
    assert np.isnan(report.tempo[8:]).all()
    assert report.hesitation[:8] == pytest.approx(0, abs=0.01)
    assert np.isnan(report.hesitation[9:]).all()
    assert (report.jumps, report.waits) == ((), ())
    assert report.seconds == pytest.approx(8 * 4 * 60 / 96, abs=0.2)


def test_a_restart_has_its_places() -> None:
    frames = Pianist().play(1, 6.5).go_back(5, 9).frames()
    report = make_report(frames, bar_map())
    (jump,) = report.jumps
    assert jump.kind is Leap.BACK
    assert jump.left == pytest.approx(at(6.5), abs=25)
    assert jump.came == pytest.approx(at(5), abs=25)
    assert report.times[:9].tolist() == [1, 1, 1, 1, 2, 2, 1, 1, 0]
    assert report.broken_off.tolist()[5] == 1
    assert report.hesitation[5] > 0.4
    assert report.hesitation[2] < 0.1


def test_corrections_and_excursions_of_the_follower_are_no_restarts() -> None:
    frames = Pianist().play(1, 4).play(3.9, 6).lose(14, 0.4).play(6.1, 9).frames()
    (one,) = find_passes(frames, bar_map())
    assert one.places(frames).max() <= at(9)
    report = make_report(frames, bar_map())
    assert report.jumps == ()
    assert report.times[13] == 0


def test_repeats_and_loops_are_no_restarts() -> None:
    frames = Pianist().play(1, 9).play(1, 9).frames()
    (jump,) = make_report(frames, bar_map(returns=((at(1), at(9)),))).jumps
    assert jump.kind is Leap.RETURN
    report = make_report(frames, bar_map())
    assert report.jumps[0].kind is Leap.BACK


def test_skipping_ahead() -> None:
    (jump,) = make_report(Pianist().play(1, 4).play(12, 16).frames(), bar_map()).jumps
    assert jump.kind is Leap.SKIP


def test_stops_are_before_the_bar_that_comes_next() -> None:
    frames = Pianist().play(1, 6.9).stop(3).play(7, 12).frames()
    bars = bar_map()
    frames = held_back(frames, bars)
    (stop,) = find_stops(frames, find_passes(frames, bars))
    assert stop.seconds == pytest.approx(3, abs=0.15)
    assert bars.next_bar(stop.x) == (6, True)
    report = make_report(frames, bars)
    assert report.jumps == ()
    assert report.stops.tolist()[6] == 1
    assert report.tempo[6] == pytest.approx(120, rel=0.05)
    assert np.isnan(report.tempo[5])  # a bar with a stop has none
    assert report.tempo[8] == pytest.approx(120, rel=0.05)


def test_a_moment_of_waiting_is_no_stop() -> None:
    frames = Pianist().play(1, 6).wait(0.3).play(6, 12).frames()
    assert make_report(frames, bar_map()).waits == ()


def test_what_is_doubtful_stays_grey() -> None:
    frames = Pianist().play(1, 5).play(5, 9, confidence=0.2).play(9, 13).frames()
    report = make_report(frames, bar_map())
    assert report.doubtful[5:8].all()
    assert np.isnan(report.hesitation[5:8]).all()
    assert np.isnan(report.tempo[5:8]).all()
    assert not report.doubtful[[0, 1, 2, 9, 10]].any()
    assert np.isfinite(report.hesitation[[1, 2, 9, 10]]).all()


def test_slow_bars_hesitate() -> None:
    frames = Pianist().play(1, 5, bpm=120).play(5, 6, bpm=60).play(6, 12, bpm=120).frames()
    report = make_report(frames, bar_map())
    assert report.hesitation[4] == pytest.approx(1, abs=0.1)
    assert np.nanmax(np.delete(report.hesitation, 4)) < 0.2
    assert report.tempo[4] == pytest.approx(60, rel=0.05)


def test_the_sentence() -> None:
    pianist = Pianist().play(1, 24)
    for _ in range(13):
        pianist.go_back(17, 20.9).stop(2.5).play(21, 24.9)
    report = make_report(pianist.frames(), bar_map())
    assert len(report.jumps) == 13
    summary = summarise(report)
    first, last, times = summary.passage or (0, 0, 0)
    assert (first, last) == (17, 24)
    assert 13 <= times <= 14
    assert summary.stops == (21, True, 13)
    nothing = summarise(make_report(Pianist().play(1, 12).frames(), bar_map()))
    assert (nothing.passage, nothing.stops) == (None, None)


def test_long_waits_are_not_practised() -> None:
    frames = Pianist().play(1, 5).wait(300).play(5, 9).frames()
    assert practised_s(frames) == pytest.approx(16 + 10, abs=0.3)
    lost = Pianist().play(1, 5).wait(60, State.LOST).frames()
    assert practised_s(lost) == pytest.approx(8, abs=0.3)


def test_nothing_played() -> None:
    waiting = Pianist().play(1, 1.2).wait(20, State.WAITING).frames()
    report = make_report(waiting, bar_map())
    assert not report.times.any()
    assert summarise(report).passage is None


@given(
    st.lists(st.tuples(st.integers(1, 20), st.integers(2, 4), st.sampled_from([72, 96, 120])), min_size=1, max_size=6)
)
def test_every_bar_that_is_reported_was_played(plan: list[tuple[int, int, int]]) -> None:
    pianist = Pianist()
    played = np.zeros(24, int)
    for first, length, bpm in plan:
        pianist.play(first, first + length, bpm=bpm)
        played[first - 1 : first - 1 + length] += 1
    bars = bar_map()
    report = make_report(pianist.frames(), bars)
    assert (report.times <= played).all()
    for one in report.passes:
        assert played[one.bar]
        assert not np.isfinite(tempo_of(one, bars)) or 60 <= tempo_of(one, bars) <= 135


def test_csv() -> None:
    text = csv_text(make_report(Pianist().play(1, 6.5).go_back(5, 9).frames(), bar_map()))
    rows = list(csv.DictReader(io.StringIO(text)))
    assert tuple(rows[0]) == COLUMNS
    assert [row["bar"] for row in rows][:3] == ["1", "2", "3"]
    assert (rows[4]["times"], rows[5]["broken_off"], rows[4]["restarts_here"]) == ("2", "1", "1")
    assert (rows[20]["tempo"], rows[20]["hesitation"]) == ("", "")
