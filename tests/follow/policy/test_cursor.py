"""The cursor that the policy moves: when it waits, and when it is corrected."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pytest

from livefollow.constants import N_PITCHES
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.hmm.score_model import ScoreModel
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.follow.policy.cursor import PolicyCursor
from livefollow.follow.policy.motion import FAR, RESUMED, STOOD
from livefollow.follow.policy.observation import ACTIONS
from livefollow.follow.policy.score_time import ScoreTime
from livefollow.follow.position import Estimate, State
from livefollow.networks.runtime import Network
from tests.pieces import etude
from tests.simulated import engraved

SILENCE = np.zeros(N_PITCHES, np.float32)
READING, _ = engraved(etude())
MUSIC = ScoreTime(READING)


class Steady:
    """A policy that never changes its speed."""

    def run(self, inputs: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
        assert inputs["observation"].shape[0] == 1
        return {"logits": (np.array([ACTIONS]) == 0).astype(np.float32)}


class Told:
    """A localizer that says what it is told."""

    def __init__(self) -> None:
        self.model = ScoreModel(READING, DEFAULTS)

        self.phase = self.silence_s = 0.0


def cursor(*, corrected: bool = True) -> PolicyCursor:
    return PolicyCursor(cast(Network, Steady()), corrected=corrected)


def moved(
    on: PolicyCursor, x: float, state: State = State.FOLLOWING, *, speed: float = 0.0, confidence: float = 1.0
) -> Estimate:
    """After a frame in which the localizer says that the player is at strip x."""
    localizer: Any = told
    return on.follow(cast(Localizer, localizer), Estimate(x, speed, confidence, state), SILENCE, SILENCE)


told = Told()


def place(event: int) -> float:
    return float(READING.x[event])


def test_stands_where_the_localizer_expects_the_player_until_he_begins() -> None:
    on = cursor()
    assert moved(on, place(0), State.WAITING).x == pytest.approx(place(0))
    assert moved(on, place(20), State.FOLLOWING).x == pytest.approx(place(20))
    assert on.corrections == 0


def test_goes_on_as_fast_as_the_player_was() -> None:
    on = cursor()
    _, scale = MUSIC.printed(float(MUSIC.x[20]))
    first = moved(on, place(20), speed=3 * scale)
    then = moved(on, place(20), speed=3 * scale)
    assert then.x - first.x == pytest.approx(3 * scale)
    assert then.speed == pytest.approx(3 * scale)


@pytest.mark.parametrize("state", [State.HOLDING, State.LOST, State.WAITING])
def test_waits_with_the_player(state: State) -> None:
    on = cursor(corrected=False)
    moved(on, place(20), speed=3.0)
    before = moved(on, place(20), speed=3.0)
    waits = [moved(on, place(20), state) for _ in range(5)]
    assert {e.x for e in waits} == {before.x}
    assert waits[-1].speed == 0
    assert waits[-1].state is state
    assert moved(on, place(20), speed=3.0).x > before.x


def test_is_corrected_once_it_has_held() -> None:
    on = cursor()
    moved(on, place(10))
    far, frames = FAR[-1]
    elsewhere = next(i for i in range(10, len(READING)) if MUSIC.x[i] - MUSIC.x[10] > far)
    for _ in range(frames - 1):
        assert moved(on, place(elsewhere)).x == pytest.approx(place(10))
    assert moved(on, place(elsewhere)).x == pytest.approx(place(elsewhere))
    assert on.corrections == 1


def test_is_not_corrected_by_a_moment_nor_by_doubt() -> None:
    on = cursor()
    moved(on, place(10))
    for _ in range(3):
        for _ in range(FAR[-1][1] - 1):
            moved(on, place(60))
        moved(on, place(10))
    for _ in range(50):
        moved(on, place(60), confidence=0.1)
    assert on.corrections == 0


def test_is_where_the_lost_player_is_found() -> None:
    on = cursor()
    moved(on, place(60))
    for _ in range(10):
        moved(on, place(60), State.LOST)
    assert moved(on, place(5)).x == pytest.approx(place(5))
    assert on.corrections == 1


def test_who_plays_again_what_he_held_is_where_he_plays_it() -> None:
    on = cursor()
    moved(on, place(20), speed=4.0)
    while MUSIC.from_strip(moved(on, place(20), speed=4.0).x) - MUSIC.x[20] <= RESUMED:
        pass
    moved(on, place(20), State.HOLDING)
    assert moved(on, place(20)).x == pytest.approx(place(20))
    assert on.corrections == 1


def test_who_goes_on_is_shown_there_which_is_no_correction() -> None:
    on = cursor()
    moved(on, place(20), speed=3.0)
    moved(on, place(20), speed=3.0)
    moved(on, place(20), State.HOLDING)
    assert moved(on, place(20) + 1).x == pytest.approx(place(20) + 1)
    assert on.corrections == 0


def test_who_reads_slowly_is_at_the_next_note_at_once() -> None:
    on = cursor()
    for _ in range(STOOD + 2):
        moved(on, place(20))
    assert moved(on, place(21)).x == pytest.approx(place(21))
    assert moved(on, place(22)).x < place(22)  # who goes on is walked after
    assert on.corrections == 0


def test_alone_it_is_never_corrected() -> None:
    on = cursor(corrected=False)
    moved(on, place(10))
    for _ in range(100):
        assert moved(on, place(60)).x == pytest.approx(place(10))


def test_the_hand_puts_it_elsewhere() -> None:
    on = cursor(corrected=False)
    moved(on, place(10))
    on.forget()
    assert moved(on, place(30), State.WAITING).x == pytest.approx(place(30))
    assert on.corrections == 0


def test_stays_in_the_score() -> None:
    on = cursor(corrected=False)
    last = len(READING) - 1
    _, scale = MUSIC.printed(float(MUSIC.x[last]))
    moved(on, place(last), speed=9 * scale)
    for _ in range(200):
        shown = moved(on, place(last), speed=9 * scale)
    assert place(last) < shown.x <= place(last) + 40


def test_a_player_heard_on_the_next_system_is_shown_there_by_a_cursor_that_is_nearly() -> None:
    first = int(np.flatnonzero(np.diff(READING.system))[0]) + 1
    on = cursor()
    _, scale = MUSIC.printed(float(MUSIC.x[first - 1]))
    end = float(MUSIC.x[first]) - 4.0  # music px: not on the next system yet
    moved(on, MUSIC.printed(end)[0], speed=0.1 * scale)
    assert moved(on, MUSIC.printed(end)[0], speed=0.1 * scale).x < place(first)
    assert moved(on, place(first), speed=0.1 * scale).x == pytest.approx(place(first))


def test_a_cursor_that_is_not_nearly_there_stays_on_its_system() -> None:
    first = int(np.flatnonzero(np.diff(READING.system))[0]) + 1
    on = cursor(corrected=False)
    moved(on, place(first - 2))
    assert moved(on, place(first)).x == pytest.approx(place(first - 2))
