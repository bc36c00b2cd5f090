"""A recording is loaded with the positions beside it, also one that version 0.1.0 made."""

from pathlib import Path

import numpy as np
import pytest

from livefollow.follow.position import State
from livefollow.viewer.practice.playback import duration, load_trace


def test_a_recording_of_version_0_1_0_is_replayed(data: Path) -> None:
    take = data / "version_0_1_0" / "window" / "take.wav"
    track = load_trace(take, pages=1)
    assert duration(take) == 1.0
    assert track.time_s == pytest.approx(np.arange(1, 21) / 20)
    assert track.strip_x == pytest.approx(100.0 + 10 * np.arange(20))
    assert set(track.page.tolist()) == {1}
    assert [State(state) for state in track.state] == [State.WAITING, *[State.FOLLOWING] * 19]
