"""Four seconds of a tone, recorded while the player is followed."""

import numpy as np

from livefollow.follow.position import Position, State
from livefollow.viewer.practice.recorder import Recorder

RATE = 8000


TONE = np.sin(np.arange(4 * RATE) / 5).astype(np.float32)[:, None] * np.array([[0.5, -0.25]], np.float32)


def position(time_s: float, page: int = 1) -> Position:
    return Position(
        time_s=time_s,
        page=page,
        system=2,
        x_pt=100 + time_s,
        top_pt=50.0,
        bottom_pt=90.0,
        strip_x=10 * time_s,
        speed=1.5,
        confidence=0.9,
        state=State.FOLLOWING,
    )


def play(recorder: Recorder, begun_s: float = 10.0, rate: int = RATE) -> None:
    """Four seconds, and a position for every frame, some from before the first sample."""
    for i in range(80):
        recorder.hear(TONE[i * RATE // 20 : (i + 1) * RATE // 20], rate, begun_s + i / 20)
        recorder.follow([position(begun_s + (i - 2) / 20)])
