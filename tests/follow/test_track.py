"""A track survives being written, and a broken one is refused."""

import errno
import gzip
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from livefollow.evaluate import baselines
from livefollow.evaluate.cases import Case
from livefollow.follow.track import Track, load_track
from livefollow.tables import CaseError


def test_it_comes_back_as_it_was_written(demo: Case, tmp_path: Path) -> None:
    track = baselines.oracle(demo)
    track.save(tmp_path / "t.csv")
    again = load_track(tmp_path / "t.csv")
    for field in fields(Track):
        a, b = getattr(track, field.name), getattr(again, field.name)
        if field.name == "state":
            assert a.tolist() == b.tolist()
        else:
            assert a == pytest.approx(b, abs=0.01)


def test_one_of_before_stays_where_it_cannot_be_written(
    demo: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "t.csv").write_text("as it was")

    def full(path: Path, data: bytes) -> int:
        with path.open("wb") as file:
            file.write(data[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        with pytest.raises(CaseError, match="No space left"):
            baselines.oracle(demo).save(tmp_path / "t.csv")
    assert [path.name for path in tmp_path.iterdir()] == ["t.csv"]
    assert (tmp_path / "t.csv").read_text() == "as it was"


def test_a_foreign_csv_needs_no_confidence(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("time_s,page,system,x_pt,top_pt,bottom_pt,state\n0.05,1,1,5,1,2,following\n")
    track = load_track(tmp_path / "t.csv")
    assert (track.confidence.tolist(), track.strip_x.tolist()) == ([1.0], [0.0])


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("x_pt", np.nan, "x_pt of row 4 is not a finite"),
        ("confidence", np.inf, "confidence of row 4"),
        ("time_s", -1.0, "time_s falls after row 3"),
        ("page", 0, "count from 1"),
        ("state", "asleep", "'asleep' is none of"),
    ],
)
def test_a_broken_track_is_refused(demo: Case, column: str, value: object, says: str) -> None:
    track = baselines.oracle(demo)
    broken = getattr(track, column).copy()
    broken[3] = value
    with pytest.raises(CaseError, match=says):
        replace(track, **{column: broken})


def test_an_empty_or_ragged_track_is_refused(demo: Case, tmp_path: Path) -> None:
    with pytest.raises(CaseError, match="no rows"):
        Track(**{field.name: np.array([]) for field in fields(Track)})
    with pytest.raises(CaseError, match="x_pt has the shape"):
        replace(baselines.oracle(demo), x_pt=np.zeros(2))
    (tmp_path / "t.csv").write_text("time_s,page,system,x_pt,top_pt,bottom_pt,state\n")
    with pytest.raises(CaseError, match=r"t.csv: The track has no rows"):
        load_track(tmp_path / "t.csv")
    with pytest.raises(CaseError, match="cannot be read"):
        load_track(tmp_path / "absent.csv")
    with pytest.raises(CaseError, match="cannot be written"):
        baselines.oracle(demo).save(tmp_path / "absent" / "t.csv")


def test_the_row_at_a_time_is_the_last_one_said(demo: Case) -> None:
    track = baselines.oracle(demo)
    assert track.row_at([0.0, 0.05, 0.0999, 0.1, 1e9]).tolist() == [0, 0, 0, 1, len(track) - 1]


def test_a_compressed_track_is_the_same(demo: Case, tmp_path: Path) -> None:
    track = baselines.oracle(demo)
    track.save(tmp_path / "track.csv")
    track.save(tmp_path / "track.csv.gz")
    plain, packed = tmp_path / "track.csv", tmp_path / "track.csv.gz"
    assert gzip.decompress(packed.read_bytes()) == plain.read_bytes()
    assert load_track(packed).x_pt.tolist() == load_track(plain).x_pt.tolist()
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(CaseError):
        load_track(packed)
