"""What the policy sees."""

from __future__ import annotations

import numpy as np
import pytest

from livefollow.constants import N_PITCHES
from livefollow.follow.policy.observation import (
    COLUMN_PX,
    EVENTS,
    FACT,
    MARKS,
    N_COLUMNS,
    N_FRAMES,
    NOWHERE,
    ROWS,
    SCALARS,
    SIZE,
    Sight,
    observe,
    part_of,
)

MIDDLE = N_COLUMNS // 2


def sight(n: int = 1) -> Sight:
    """One event at 100 px, struck in the frame before the last; the localizer knows it."""
    onsets = np.zeros((n, N_FRAMES, N_PITCHES), np.float32)
    onsets[:, -2, 40] = 1
    sounding = np.zeros((n, N_PITCHES), np.float32)
    sounding[:, 40] = 1
    events = np.full((n, EVENTS), NOWHERE, np.float32)
    events[:, 0] = 100
    pitches = np.zeros((n, EVENTS, N_PITCHES), np.float32)
    pitches[:, 0, 40] = 1
    marks = np.full((n, MARKS), NOWHERE, np.float32)
    marks[:, 0] = 100 + 5 * COLUMN_PX
    facts = np.zeros(n, FACT)
    facts["guesses"], facts["masses"][:, 0] = 100, 0.8
    facts["place"], facts["tempo"], facts["moves"] = 100, 4, True
    facts["event"], facts["next"], facts["left"] = 100, 112, 4
    return Sight(onsets, sounding, events, pitches, marks, facts)


def seen(x: float, v: float = 3.0, pace: float = 3.0) -> tuple[dict[str, np.ndarray], dict[str, float]]:
    flat = observe(sight(), *(np.array([value], np.float32) for value in (x, v, pace)))[0]
    assert flat.shape == (SIZE,)
    assert flat.dtype == np.float32
    rows, scalars = np.split(flat, [len(ROWS) * N_COLUMNS])
    return (
        dict(zip(ROWS, rows.reshape(-1, N_COLUMNS), strict=True)),
        dict(zip(SCALARS, scalars.tolist(), strict=True)),
    )


def test_cursor_is_in_the_middle() -> None:
    rows, scalars = seen(100.0)
    assert rows["events"][MIDDLE] == pytest.approx(1)
    assert rows["events"].sum() == pytest.approx(1)
    assert rows["marks"].argmax() == MIDDLE + 5
    assert rows["posterior"][MIDDLE] == pytest.approx(0.8)
    assert rows["sounding"].argmax() == MIDDLE
    assert {scalars[name] for name in ("far", "near", "nearest", "exact", "event_near", "event_exact")} == {0}


def test_what_is_heard_is_where_it_is_printed_and_ages() -> None:
    """It was struck in the frame before the last."""
    rows, _ = seen(100.0 - 3 * COLUMN_PX)
    assert rows["heard_lately"].argmax() == MIDDLE + 3
    assert np.count_nonzero(rows["heard_lately"]) == 1
    assert not rows["heard_now"].any()
    assert not rows["heard_before"].any()


def test_places_between_columns_are_shared() -> None:
    rows, _ = seen(100.0 - COLUMN_PX / 4)
    assert rows["events"][MIDDLE : MIDDLE + 2] == pytest.approx([0.75, 0.25])


def test_distances_and_speeds() -> None:
    _, scalars = seen(92.0, v=3.0, pace=2.0)
    assert scalars["nearest"] == pytest.approx(np.tanh(1))
    assert scalars["next_near"] == pytest.approx(np.tanh(20 / 32))
    assert (scalars["speed"], scalars["pace"], scalars["tempo"]) == pytest.approx((3 / 8, 2 / 8, 4 / 8))
    assert scalars["tempo_less_speed"] == pytest.approx(2 * (4 - 3) / 8)
    assert scalars["needed"] == pytest.approx(20 / 4 / 8)  # 20 px in four frames
    assert scalars["needed_less_speed"] == pytest.approx(2 * (5 - 3) / 8)
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
        np.zeros((1, N_FRAMES, N_PITCHES), np.float32),
        np.zeros((1, N_PITCHES), np.float32),
        np.full((1, EVENTS), NOWHERE, np.float32),
        np.zeros((1, EVENTS, N_PITCHES), np.float32),
        np.full((1, MARKS), NOWHERE, np.float32),
        np.zeros(1, FACT),
    )
    zero = np.zeros(1, np.float32)
    assert np.isfinite(observe(nothing, zero, zero, zero)).all()
