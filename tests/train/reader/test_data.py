from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from livefollow.constants import COLUMN, LOWEST_PITCH
from livefollow.errors import LivefollowError
from livefollow.score.reading import BEAT_CLASSES, decode_columns
from livefollow.train.reader.data import (
    HALF_PLACES,
    MARK,
    NO_BEATS,
    PLACES,
    Printed,
    beat_classes,
    open_systems,
    printed_systems,
    targets,
)
from livefollow.train.reader.metrics import compare
from tests.looks import a_look


def test_events_are_what_is_struck_together():
    first, second = printed_systems(a_look())
    assert first.x.tolist() == [30.5, 90.0]
    assert [sorted(p + LOWEST_PITCH) for p in first.pitches] == [[48, 50, 72], [71]]
    assert first.beats.tolist() == [1.5, 2.0]
    assert second.x.tolist() == [30.0]
    assert np.isnan(second.beats[0])
    assert first.marks.tolist() == [(120.0, 0)]
    assert second.marks.tolist() == [(190.0, 3)]


@given(st.data())
def test_targets_are_read_back(data):
    gaps = data.draw(st.lists(st.floats(2.6 * COLUMN, 60), min_size=1, max_size=12))
    x = (10 + np.cumsum(gaps)).astype(np.float32)
    classes = data.draw(st.lists(st.integers(0, len(BEAT_CLASSES) - 1), min_size=len(x), max_size=len(x)))
    pitches = [np.unique(data.draw(st.lists(st.integers(0, 87), min_size=1, max_size=6))).astype(np.int16) for _ in x]
    beats = np.array([2.0 ** BEAT_CLASSES[k] for k in classes], np.float32)
    heads = [np.unique(data.draw(st.lists(st.integers(0, 2 * PLACES - 1), min_size=1, max_size=6))) for _ in x]
    printed = Printed(x, beats, pitches, np.array([(x[-1] + 12, 2)], MARK), [h.astype(np.int16) for h in heads])
    width = (int(x[-1]) // COLUMN + 6) * COLUMN
    truth = targets(printed, width)
    one_hot = np.eye(len(BEAT_CLASSES), dtype=np.float32)[np.maximum(truth.beats, 0)]
    reading = decode_columns(truth.onset, truth.pitches, one_hot, truth.marks, 0.0, 0)
    counts = compare(reading, printed)
    figures = counts.figures()
    assert figures["event_f1"] == 1
    assert figures["beats_exact"] == 1
    assert figures["mark_f1"] == 1
    assert figures["off_px"] < 0.5
    assert figures["note_f1"] == 1
    for place, own in zip(x, heads, strict=True):
        nearest = truth.heads[int(place) // COLUMN - 1 : int(place) // COLUMN + 2].sum(0)
        assert np.flatnonzero(nearest > 0.9).tolist() == own.tolist()


def test_heads_stand_on_lines_and_spaces():
    first, second = printed_systems(a_look())
    middle, lower = HALF_PLACES, PLACES + HALF_PLACES
    assert [h.tolist() for h in first.heads] == [[middle, lower, lower + 1], [middle - 1]]
    assert [h.tolist() for h in second.heads] == [[lower - 4]]


def test_columns_without_events_have_no_note_value():
    printed, _ = printed_systems(a_look())
    truth = targets(printed, 200)
    assert set(np.flatnonzero(truth.beats != NO_BEATS)) == {7, 8, 22}  # 90 px: the middle of column 22
    assert truth.onset.sum() == pytest.approx(2)


def test_note_values_are_classed_by_ratio():
    beats = np.array([0.01, 1.0, 1.4, 1.9, 100, np.nan], np.float32)
    assert [BEAT_CLASSES[k] if k != NO_BEATS else None for k in beat_classes(beats)] == [-3, 0, 0.5, 1, 3, None]


def test_what_is_read_wrong_is_counted():
    printed, _ = printed_systems(a_look())
    truth = targets(printed, 200)
    one_hot = np.eye(len(BEAT_CLASSES), dtype=np.float32)[np.maximum(truth.beats, 0)]
    whole = compare(decode_columns(truth.onset, truth.pitches, one_hot, truth.marks, 0.0, 0), printed)
    assert whole.figures()["note_f1"] == 1
    other = replace(printed, pitches=[p + 1 for p in printed.pitches], beats=printed.beats * 8)
    wrong = compare(decode_columns(truth.onset, truth.pitches, one_hot, truth.marks, 0.0, 0), other)
    assert wrong.figures()["note_f1"] == 0
    assert wrong.figures()["event_f1"] == 1
    assert wrong.figures()["beats_near"] == 0
    assert (whole + wrong).figures()["note_f1"] == 0.5


def test_systems_are_mapped_into_memory(tmp_path):
    for split, piece in (("train", "a"), ("train", "b"), ("valid", "c")):
        (tmp_path / "scores" / split / piece).mkdir(parents=True)
        a_look(ord(piece)).save(tmp_path / "scores" / split / piece / "lilypond.npz")
    systems = open_systems(tmp_path, ["train"])
    assert systems.widths.tolist() == [200] * 4
    np.testing.assert_array_equal(systems.bands(3), a_look(ord("b")).bands[:, :, 200:])
    assert systems.printed(2).x.tolist() == [30.5, 90.0]
    assert [p.tolist() for p in systems.printed(1).pitches] == [[43 - LOWEST_PITCH]]
    every = [
        h.tolist() for look in (a_look(ord("a")), a_look(ord("b"))) for p in printed_systems(look) for h in p.heads
    ]
    assert [h.tolist() for k in range(4) for h in systems.printed(k).heads] == every
    with pytest.raises(LivefollowError, match="evaluation"):
        open_systems(tmp_path, ["valid"])
    assert len(open_systems(tmp_path, ["valid"], training=False)) == 2
    a_look().save(tmp_path / "scores" / "train" / "a" / "verovio-gootville.npz")
    with pytest.raises(LivefollowError, match="held out"):
        open_systems(tmp_path, ["train"])
    with pytest.raises(LivefollowError, match="run livefollow data scores"):
        open_systems(tmp_path, ["train"], "musescore")
