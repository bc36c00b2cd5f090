"""The demo that is shipped: its truth against its own score and recording."""

import csv
import json
from itertools import pairwise
from pathlib import Path

import numpy as np
import pymupdf
import pytest
import soundfile

from livefollow.train.data.engraving.vector_staves import vector_systems

DEMO = Path(__file__).parents[4] / "assets" / "demo"


@pytest.fixture(scope="module")
def rows():
    with (DEMO / "truth.csv").open() as file:
        return [{k: float(v) for k, v in row.items()} for row in csv.DictReader(file)]


@pytest.fixture(scope="module")
def systems():
    with pymupdf.open(DEMO / "score.pdf") as document:
        return [vector_systems(page) for page in document]


def test_every_row_lies_in_its_system(rows, systems):
    for row in rows:
        system = systems[int(row["page"]) - 1][int(row["system"]) - 1]
        space = system.staves[0].space
        assert (row["system_top_pt"], row["system_bottom_pt"]) == pytest.approx((system.top, system.bottom), abs=0.01)
        assert system.left + 5 * space < row["x_pt"] < system.right
        assert system.top - 6 * space < row["y_pt"] < system.bottom + 6 * space


def test_every_system_is_played_from_left_to_right(rows, systems):
    places = [(int(r["page"]), int(r["system"])) for r in rows]
    assert places == sorted(places)
    assert set(places) == {(p + 1, s + 1) for p, page in enumerate(systems) for s in range(len(page))}
    for before, after in pairwise(rows):
        assert before["onset_s"] < after["onset_s"]
        if (before["page"], before["system"]) == (after["page"], after["system"]):
            assert before["x_pt"] < after["x_pt"]


def test_number_of_onsets(rows):
    # Prelude: 16 a bar but for the last; minuet: counted in the print.
    assert sum(r["page"] < 3 for r in rows) == 34 * 16 + 1
    assert len({(r["page"], r["x_pt"], r["system"]) for r in rows}) == len(rows)


def test_meta(rows, systems):
    meta = json.loads((DEMO / "meta.json").read_text())
    spaces = [staff.space for page in systems for system in page for staff in system.staves]
    assert meta["staff_space_pt"] == pytest.approx(np.median(spaces), abs=1e-3)
    onsets = np.array([r["onset_s"] for r in rows])
    assert [jump["kind"] for jump in meta["jumps"]] == ["stop"] * len(meta["pauses"])
    for jump in meta["jumps"]:
        assert np.abs(onsets - jump["t"]).min() < 0.1
    for pause in meta["pauses"]:
        assert pause["duration_s"] > 3
        assert not np.any((onsets > pause["t"] + 0.1) & (onsets < pause["t"] + pause["duration_s"] - 0.1))


def test_no_timer_turns_its_pages(rows):
    """A cursor of constant speed from first onset to last is seconds off where it matters."""
    firsts = [next(i for i, r in enumerate(rows) if r["page"] == page) for page in (2, 3)]
    steady = np.linspace(rows[0]["onset_s"], rows[-1]["onset_s"], len(rows))
    assert min(abs(steady[i] - rows[i]["onset_s"]) for i in firsts) > 1.0


def test_recording(rows):
    sound, rate = soundfile.read(DEMO / "performance.ogg", dtype="float32")
    assert (sound.ndim, rate) == (1, 44_100)
    assert 0.3 < np.abs(sound).max() < 0.98
    assert len(sound) / rate > rows[-1]["onset_s"] + 2
    assert (DEMO / "performance.ogg").stat().st_size < 3_000_000


def test_onsets_are_heard_where_the_truth_says(rows):
    """The rise of the spectrum near each onset: its median offset is below a hundredth of a second."""
    sound, rate = soundfile.read(DEMO / "performance.ogg", dtype="float32")
    size, hop, lag = 512, 110, 3
    starts = np.arange(0, len(sound) - size, hop)
    blocks = np.lib.stride_tricks.sliding_window_view(sound, size)[::hop][: len(starts)]
    magnitude = np.log1p(1000 / size * np.abs(np.fft.rfft(blocks * np.hanning(size).astype(np.float32), axis=1)))
    rise = np.maximum(magnitude[lag:] - magnitude[:-lag], 0).sum(axis=1)
    times = (starts[lag:] + size / 2 - lag * hop / 2) / rate
    offsets = []
    for row in rows:
        near = np.flatnonzero(np.abs(times - row["onset_s"]) < 0.06)
        offsets.append(times[near[np.argmax(rise[near])]] - row["onset_s"])
    assert abs(np.median(offsets)) < 0.01


def test_the_score_names_no_machine():
    with pymupdf.open(DEMO / "score.pdf") as document:
        assert not any(page.get_links() for page in document)
        assert not any((document.metadata or {}).get(k) for k in ("author", "creator", "producer", "creationDate"))
