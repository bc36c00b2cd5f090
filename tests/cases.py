"""Cases to measure on: small made-up ones, the demo, and the public ones where they are at hand."""

import json
import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from livefollow.evaluate.cases import Case, load_case
from livefollow.evaluate.truth import Truth
from livefollow.tables import FloatArray

ROOT = Path(__file__).parents[1]
DEMO = ROOT / "assets" / "demo"
SPACE = 5.0  # points between two staff lines of the made-up scores


def bench() -> Path:
    """The outside scorer and its cases (LIVEFOLLOW_BENCH, else `../shared/bench`); tests skip without it."""
    path = Path(os.environ.get("LIVEFOLLOW_BENCH", ROOT.parent / "shared" / "bench"))
    if not (path / "score_cases.py").is_file():
        pytest.skip("no outside scorer: set LIVEFOLLOW_BENCH to a folder with score_cases.py and cases/")
    return path


def made_up_truth(onset: FloatArray, notes: FloatArray, per_system: int = 8, per_page: int = 3) -> Truth:
    """A truth on regular pages: note number k is the k-th of the score, 20 points apart, `per_system` in a system."""
    number = np.asarray(notes, np.int64)
    line, page = number // per_system, number // (per_system * per_page)
    top = 100.0 + 100 * (line % per_page)
    x = 50.0 + 20 * (number % per_system)
    return Truth(np.asarray(onset, np.float64), page + 1, line % per_page + 1, x, top + 10, top, top + 40)


def made_up_case(truth: Truth | None, folder: Path = Path("made-up")) -> Case:
    """A case around a truth, without files."""
    return Case(folder.name, folder, folder / "score.pdf", folder / "performance.wav", truth, SPACE, ())


@pytest.fixture(scope="session")
def demo() -> Case:
    """The demo score and recording."""
    return load_case(DEMO)


@pytest.fixture
def case_folder(tmp_path: Path) -> Path:
    """A case on disk: six notes on two pages, and two seconds of a soft noise."""
    folder = tmp_path / "cases" / "small"
    folder.mkdir(parents=True)
    (folder / "score.pdf").write_bytes((ROOT / "tests" / "data" / "piano.pdf").read_bytes())
    rows = ["onset_s,page,system,x_pt,y_pt,system_top_pt,system_bottom_pt"]
    rows += [f"{0.2 + 0.3 * k:.3f},{1 + k // 3},1,{50 + 20 * (k % 3)},110,100,140" for k in range(6)]
    (folder / "truth.csv").write_text("\n".join(rows) + "\n")
    (folder / "meta.json").write_text(json.dumps({"staff_space_pt": SPACE, "jumps": []}))
    noise = np.random.default_rng(0).normal(0, 0.05, 2 * 22050)
    soundfile.write(folder / "performance.wav", noise, 22050)
    return folder
