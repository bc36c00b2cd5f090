"""What the policy sees."""

from __future__ import annotations

import numpy as np
import pytest

from livefollow.constants import N_PITCHES
from livefollow.follow.policy.observation import (
    AHEAD,
    BEHIND,
    EVENTS,
    FACT,
    HEARD,
    N_FRAMES,
    NOWHERE,
    ROWS,
    SCALARS,
    SIZE,
    Sight,
    observe,
    part_of,
    strongest,
)


def sight(n: int = 1) -> Sight:
    """The event at the cursor's first place is at 100 px, struck in the frame before the last; the next is at 112."""
    onsets = np.zeros((n, N_FRAMES, N_PITCHES), np.float32)
    onsets[:, -2, 40] = 1
    sounding = np.zeros((n, N_PITCHES), np.float32)
    sounding[:, 40] = 1
    events = np.full((n, EVENTS), NOWHERE, np.float32)
    events[:, : BEHIND - 1] = -NOWHERE
    events[:, BEHIND - 1 : BEHIND + 1] = 100, 112
    pitches = np.zeros((n, EVENTS, N_PITCHES), np.float32)
    pitches[:, BEHIND - 1, 40] = 1
    facts = np.zeros(n, FACT)
    facts["place"], facts["tempo"], facts["moves"] = 100, 4, True
    facts["event"], facts["next"], facts["left"] = 100, 112, 4
    return Sight(strongest(onsets, sounding), events, pitches, pitches.sum(-1), facts)


def seen(x: float, v: float = 3.0, pace: float = 3.0) -> tuple[dict[str, np.ndarray], dict[str, float]]:
    flat = observe(sight(), *(np.array([value], np.float32) for value in (x, v, pace)))[0]
    assert flat.shape == (SIZE,)
    assert flat.dtype == np.float32
    rows, scalars = np.split(flat, [len(ROWS) * EVENTS])
    return (
        dict(zip(ROWS, rows.reshape(-1, EVENTS), strict=True)),
        dict(zip(SCALARS, scalars.tolist(), strict=True)),
    )


def test_events_are_as_far_as_they_are() -> None:
    rows, scalars = seen(100.0)
    assert rows["distance"][: BEHIND - 1].tolist() == [-1] * (BEHIND - 1)
    assert rows["distance"][BEHIND - 1 : BEHIND + 1].tolist() == pytest.approx([0, np.tanh(12 / 32)])
    assert rows["distance"][BEHIND + 1 :].tolist() == [1] * (AHEAD - 1)
    assert {scalars[name] for name in ("far", "near", "nearest", "exact", "event_near", "event_exact")} == {0}


def test_what_is_heard_agrees_with_its_event_and_ages() -> None:
    """It was struck in the frame before the last, and sounds."""
    rows, _ = seen(100.0)
    for name in ("heard_lately", "sounding"):
        assert np.flatnonzero(rows[name]).tolist() == [BEHIND - 1]
        assert rows[name][BEHIND - 1] == pytest.approx(2 / 2.5)
    assert not rows["heard_now"].any()
    assert not rows["heard_before"].any()


def test_distances_and_speeds() -> None:
    _, scalars = seen(92.0, v=3.0, pace=2.0)
    assert scalars["nearest"] == pytest.approx(np.tanh(1))
    assert scalars["next_near"] == pytest.approx(np.tanh(20 / 32))
    assert (scalars["speed"], scalars["pace"], scalars["tempo"]) == pytest.approx((3 / 8, 2 / 8, 4 / 8))
    assert scalars["tempo_less_speed"] == pytest.approx(2 * (4 - 3) / 8)
    assert scalars["needed"] == pytest.approx(20 / 4 / 8)  # 20 px in four frames
    assert scalars["needed_less_speed"] == pytest.approx(2 * (5 - 3) / 8)
    assert scalars["place_landing"] == scalars["event_landing"] == pytest.approx(np.tanh((8 - 3) / 8))
    assert scalars["left"] == pytest.approx(4 / 20)


def test_many_are_as_each() -> None:
    x, v = np.array([90, 103], np.float32), np.array([2, 5], np.float32)
    pace = np.array([1, 7], np.float32)
    both = observe(sight(2), x, v, pace)
    for i in range(2):
        assert observe(sight(), x[i : i + 1], v[i : i + 1], pace[i : i + 1])[0] == pytest.approx(both[i], abs=1e-6)


def test_parts_are_found() -> None:
    parts = [part_of(name) for name in (*ROWS, *SCALARS)]
    assert [part.start for part in parts] == [0, *(part.stop for part in parts[:-1])]
    assert parts[-1].stop == SIZE
    with pytest.raises(ValueError, match="none of what is seen"):
        part_of("smell")


def test_nothing_to_see() -> None:
    nothing = Sight(
        np.zeros((1, len(HEARD) + 1, N_PITCHES), np.float32),
        np.full((1, EVENTS), NOWHERE, np.float32),
        np.zeros((1, EVENTS, N_PITCHES), np.float32),
        np.zeros((1, EVENTS), np.float32),
        np.zeros(1, FACT),
    )
    zero = np.zeros(1, np.float32)
    assert np.isfinite(observe(nothing, zero, zero, zero)).all()
