"""What the policy sees."""

from __future__ import annotations

import numpy as np
import pytest

from livefollow.constants import N_PITCHES
from livefollow.follow.policy.observation import (
    COLUMN_PX,
    EVENTS,
    FACT,
    MAPS,
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
    return Sight(onsets, sounding, events, pitches, marks, facts)


def seen(x: float, v: float = 3.0) -> tuple[dict[str, np.ndarray], dict[str, np.ndarray], dict[str, float]]:
    trail = x - v * np.arange(N_FRAMES - 1, -1, -1, dtype=np.float32)[None]
    flat = observe(sight(), np.array([x], np.float32), np.array([v], np.float32), trail)[0]
    assert flat.shape == (SIZE,)
    assert flat.dtype == np.float32
    maps, rows, scalars = np.split(flat, np.cumsum([len(MAPS) * N_FRAMES * N_COLUMNS, len(ROWS) * N_COLUMNS]))
    return (
        dict(zip(MAPS, maps.reshape(-1, N_FRAMES, N_COLUMNS), strict=True)),
        dict(zip(ROWS, rows.reshape(-1, N_COLUMNS), strict=True)),
        dict(zip(SCALARS, scalars.tolist(), strict=True)),
    )


def test_cursor_is_in_the_middle() -> None:
    maps, rows, scalars = seen(100.0)
    assert rows["events"][MIDDLE] == pytest.approx(1)
    assert rows["events"].sum() == pytest.approx(1)
    assert rows["marks"].argmax() == MIDDLE + 5
    assert rows["posterior"][MIDDLE] == pytest.approx(0.8)
    assert rows["sounding"].argmax() == MIDDLE
    assert maps["trail"][-1].argmax() == MIDDLE
    assert scalars["far"] == scalars["near"] == scalars["nearest"] == 0


def test_what_is_heard_is_where_it_is_printed() -> None:
    maps, _, _ = seen(100.0 - 3 * COLUMN_PX)
    assert maps["agreement"].argmax() == (N_FRAMES - 2) * N_COLUMNS + MIDDLE + 3
    assert np.count_nonzero(maps["agreement"]) == 1


def test_places_between_columns_are_shared() -> None:
    _, rows, _ = seen(100.0 - COLUMN_PX / 4)
    assert rows["events"][MIDDLE : MIDDLE + 2] == pytest.approx([0.75, 0.25])


def test_trail_and_speeds() -> None:
    maps, _, scalars = seen(100.0, v=COLUMN_PX / 2)
    assert maps["trail"][-1 - 6].argmax() == MIDDLE - 3
    assert scalars["pace"] == pytest.approx(scalars["speed"])
    assert scalars["tempo_less_speed"] == pytest.approx(4 * (scalars["tempo"] - scalars["speed"]) / 2)


def test_many_are_as_each() -> None:
    x, v = np.array([90, 103], np.float32), np.array([2, 5], np.float32)
    trail = np.stack([np.linspace(0, 90, N_FRAMES), np.linspace(50, 103, N_FRAMES)]).astype(np.float32)
    both = observe(sight(2), x, v, trail)
    for i in range(2):
        assert observe(sight(), x[i : i + 1], v[i : i + 1], trail[i : i + 1])[0] == pytest.approx(both[i], abs=1e-6)


def test_parts_are_found() -> None:
    parts = [part_of(name) for name in (*MAPS, *ROWS, *SCALARS)]
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
    assert np.isfinite(observe(nothing, zero, zero, np.zeros((1, N_FRAMES), np.float32))).all()
