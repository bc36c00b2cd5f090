"""The cursors do what they are called."""

import numpy as np
import pytest

from livefollow.constants import FPS
from livefollow.evaluate import baselines
from livefollow.evaluate.cases import Case
from livefollow.follow.position import State
from livefollow.follow.track import Track
from tests.cases import made_up_case


@pytest.fixture(params=list(baselines.CURSORS))
def track(request: pytest.FixtureRequest, demo: Case) -> Track:
    return baselines.CURSORS[request.param](demo)


def test_one_row_per_frame_to_a_second_after_the_end(track: Track, demo: Case) -> None:
    assert demo.truth
    assert track.time_s == pytest.approx((np.arange(len(track)) + 1) / FPS)
    assert track.time_s[-1] == pytest.approx(demo.truth.onset[-1] + 1, abs=0.05)


def test_standing_is_standing(demo: Case) -> None:
    track = baselines.stand(demo)
    assert demo.truth
    assert set(track.x_pt.tolist()) == {float(demo.truth.x[0])}


def test_steady_is_steady(demo: Case) -> None:
    track = baselines.steady(demo)
    assert demo.truth
    playing = (track.time_s > demo.truth.onset[0] + 0.05) & (track.time_s < demo.truth.onset[-1])
    assert track.speed[playing] == pytest.approx(np.full(playing.sum(), np.median(track.speed)), rel=1e-6)
    assert (track.page[-1], track.x_pt[-1]) == (3, pytest.approx(demo.truth.x[-1]))


def test_the_timer_shows_whole_systems(demo: Case) -> None:
    track = baselines.timer(demo)
    assert demo.truth
    assert len(set(zip(track.page.tolist(), track.x_pt.tolist(), track.top_pt.tolist(), strict=True))) == len(
        demo.truth.systems
    )


def test_the_oracle_says_when_it_plays(demo: Case) -> None:
    track = baselines.oracle(demo)
    assert demo.truth
    assert (track.state[0], track.state[-1]) == (State.WAITING, State.FINISHED)
    played = (track.time_s >= demo.truth.onset[0]) & (track.time_s <= demo.truth.onset[-1])
    assert set(track.state[played].tolist()) == {State.FOLLOWING}


def test_where_the_sound_is_not_the_piece() -> None:
    for name in baselines.CURSORS:
        assert (State.FOLLOWING in baselines.track_off_piece(name, 3.0).state) == (name in baselines.WALKERS)
    with pytest.raises(ValueError, match="not the piece"):
        baselines.stand(made_up_case(None))
