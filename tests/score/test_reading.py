"""Events that are rendered to columns come back from them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefollow.constants import COLUMN, N_PITCHES
from livefollow.score.reading import BEAT_CLASSES, FINAL, N_MARKS, REPEAT_END, Reading, concatenate, decode_columns

X0 = 480


def triangles(x: np.ndarray, columns: int) -> np.ndarray:
    """(C,) the mass that events at strip px `x` give to each column, as the reader is taught it."""
    centres = X0 + (np.arange(columns) + 0.5) * COLUMN
    return np.maximum(0, 1 - np.abs(x[:, None] - centres) / COLUMN).astype(np.float32)


def render(x: np.ndarray, keys: list[set[int]], classes: np.ndarray, columns: int) -> tuple[np.ndarray, ...]:
    """Onset, pitches and beats of a reader that is always right."""
    mass = triangles(x, columns)
    struck = np.zeros((len(x), N_PITCHES), np.float32)
    for row, pitches in zip(struck, keys, strict=True):
        row[list(pitches)] = 1
    beats = np.full((columns, len(BEAT_CLASSES)), 1 / len(BEAT_CLASSES), np.float32)
    for event, k in enumerate(classes):
        beats[mass[event] > 0] = np.eye(len(BEAT_CLASSES), dtype=np.float32)[k]
    return mass.sum(0), mass.T @ struck, beats


@st.composite
def events(draw: st.DrawFn) -> tuple[np.ndarray, list[set[int]], np.ndarray, int]:
    """Events at least 2.5 columns apart, with their pitches and beat classes, and a width that holds them."""
    gaps = draw(st.lists(st.floats(2.5, 30), min_size=0, max_size=20))
    x = X0 + COLUMN * (draw(st.floats(0.5, 5)) + np.cumsum([0, *gaps]))
    keys = [draw(st.sets(st.integers(0, N_PITCHES - 1), min_size=1, max_size=8)) for _ in x]
    classes = [draw(st.integers(0, len(BEAT_CLASSES) - 1)) for _ in x]
    return x, keys, np.array(classes), int((x[-1] - X0) / COLUMN) + 2


@given(events())
def test_what_is_rendered_is_read_back(piece: tuple[np.ndarray, list[set[int]], np.ndarray, int]) -> None:
    x, keys, classes, columns = piece
    onset, pitches, beats = render(x, keys, classes, columns)
    reading = decode_columns(onset, pitches, beats, np.zeros((columns, N_MARKS), np.float32), X0, 3)
    np.testing.assert_allclose(reading.x, x, atol=1e-2)
    np.testing.assert_allclose(reading.presence, 1, atol=1e-4)
    assert [set(np.flatnonzero(row > 0.5).tolist()) for row in reading.pitches] == keys
    np.testing.assert_allclose(reading.beats, 2.0 ** np.array(BEAT_CLASSES)[classes], rtol=1e-4)
    assert np.all(reading.system == 3)
    assert reading.end == X0 + COLUMN * columns
    assert len(reading.marks) == 0


@given(st.integers(0, 2**32 - 1), st.integers(1, 60))
def test_whatever_the_reader_says_the_events_are_in_order_and_within_bounds(seed: int, columns: int) -> None:
    rng = np.random.default_rng(seed)
    onset, pitches, marks = (rng.random((columns, n), np.float32) for n in (1, N_PITCHES, N_MARKS))
    beats = rng.dirichlet(np.ones(len(BEAT_CLASSES)), columns).astype(np.float32)
    reading = decode_columns(onset[:, 0], pitches, beats, marks, X0, 0)
    assert np.all(np.diff(reading.x) > 0)
    assert np.all((reading.x > X0) & (reading.x < X0 + columns * COLUMN))
    for probability in (reading.pitches, reading.presence, reading.marks["p"]):
        assert np.all((probability >= 0) & (probability <= 1))
    assert np.all((reading.beats >= 1 / 8) & (reading.beats <= 8))
    assert np.all(np.diff(reading.marks["x"]) >= 0)


def test_doubt_spread_over_three_columns_is_one_event_in_their_middle() -> None:
    onset = np.array([0, 0, 0.2, 0.5, 0.2, 0, 0], np.float32)
    reading = decode_columns(onset, onset[:, None].repeat(N_PITCHES, 1), *_nothing(7), X0, 0)
    assert reading.x.tolist() == pytest.approx([X0 + 3.5 * COLUMN], abs=0.5)
    assert reading.presence[0] == pytest.approx(0.9, abs=0.01)


def test_a_faint_heap_is_no_event() -> None:
    onset = np.array([0, 0.1, 0.15, 0.05, 0], np.float32)
    assert len(decode_columns(onset, np.zeros((5, N_PITCHES), np.float32), *_nothing(5), X0, 0)) == 0


def test_the_likelier_note_value_counts_more_than_the_mean() -> None:
    beats = np.zeros((3, len(BEAT_CLASSES)), np.float32)
    beats[:, BEAT_CLASSES.index(0)], beats[:, BEAT_CLASSES.index(2)] = 0.75, 0.25
    onset = np.array([0, 1, 0], np.float32)
    reading = decode_columns(onset, np.zeros((3, N_PITCHES), np.float32), beats, _nothing(3)[1], X0, 0)
    assert reading.beats[0] == pytest.approx(2 ** (2 * 0.1), rel=1e-5)  # squared: 9 to 1


def test_marks_are_read_per_kind() -> None:
    marks = np.zeros((10, N_MARKS), np.float32)
    marks[:, REPEAT_END] = triangles(np.array([X0 + 22.0]), 10)[0]
    marks[:, FINAL] = triangles(np.array([X0 + 18.0]), 10)[0]
    zeros = np.zeros((10, N_PITCHES), np.float32)
    found = decode_columns(zeros[:, 0], zeros, _nothing(10)[0], marks, X0, 0).marks
    assert [(m["kind"], float(m["x"])) for m in found] == [(FINAL, X0 + 18), (REPEAT_END, X0 + 22)]


def test_readings_are_joined_in_order() -> None:
    def part(x: float, system: int) -> Reading:
        x0 = COLUMN * (x // COLUMN)
        return decode_columns(
            np.array([0, 1, 0], np.float32), np.zeros((3, N_PITCHES), np.float32), *_nothing(3), x0, system
        )

    whole = concatenate([part(0, 0), part(100, 1)])
    assert whole.x.tolist() == [6, 106]
    assert whole.system.tolist() == [0, 1]
    assert whole.pitches.shape == (2, N_PITCHES)
    assert len(concatenate([])) == 0


def _nothing(columns: int) -> tuple[np.ndarray, np.ndarray]:
    """Beats and marks of a reader that has nothing to say."""
    beats = np.full((columns, len(BEAT_CLASSES)), 1 / len(BEAT_CLASSES), np.float32)
    return beats, np.zeros((columns, N_MARKS), np.float32)
