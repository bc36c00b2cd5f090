"""Cases and tracks that version 0.1.0 wrote are read, written and measured as they were then."""

import csv
import shlex
import shutil
import sys
from pathlib import Path

import pytest

from livefollow.cli.main import main
from livefollow.evaluate.cases import load_case
from livefollow.evaluate.metrics import evaluate
from livefollow.follow.position import State
from livefollow.follow.track import load_track
from tests.cases import DEMO

COPIES = "import shutil, sys; shutil.copy(sys.argv[1], sys.argv[4])"  # a program that has followed already


@pytest.fixture
def track(data: Path) -> Path:
    return data / "version_0_1_0" / "evaluation" / "track.csv"


@pytest.fixture
def case(data: Path, tmp_path: Path) -> Path:
    """The beginning of the demo, whose score and sound need not be kept twice."""
    folder = shutil.copytree(data / "version_0_1_0" / "evaluation" / "case", tmp_path / "case")
    for name in ("score.pdf", "performance.ogg"):
        shutil.copy(DEMO / name, folder / name)
    return folder


def test_a_track_is_read_and_written_as_it_was(track: Path, tmp_path: Path) -> None:
    loaded = load_track(track)
    assert set(loaded.state.tolist()) >= {State.WAITING, State.FOLLOWING}
    loaded.save(tmp_path / "track.csv")
    assert (tmp_path / "track.csv").read_bytes() == track.read_bytes()


def test_a_case_is_read(case: Path, track: Path) -> None:
    loaded = load_case(case)
    assert loaded.truth is not None
    figures = evaluate(loaded, load_track(track))
    assert figures.followed
    assert figures.onsets == len(loaded.truth.onset)


def test_figures_are_those_of_then(case: Path, track: Path, tmp_path: Path, data: Path) -> None:
    """Of a track and of the cursors that cannot hear, to the last digit written."""
    program = shlex.join([sys.executable, "-c", COPIES, str(track)]) + " {score} {audio} {csv}"
    out = tmp_path / "out"
    told = ["evaluate", str(case), "--csv-from", program, "--own-sound-only", "--turns", "--out", str(out)]
    assert main(told) == 0
    then, now = (rows(p) for p in (data / "version_0_1_0" / "evaluation" / "pieces.csv", out / "pieces.csv"))
    assert [{name: row[name] for name in then[0]} for row in now] == then


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="") as file:
        return list(csv.DictReader(file))
