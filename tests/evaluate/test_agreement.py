"""The outside scorer and ours must say the same of the same track."""

import csv
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from livefollow.evaluate import baselines, metrics
from livefollow.evaluate.cases import Case, find_cases, load_case
from livefollow.evaluate.summary import Result, summarize
from livefollow.follow.position import State
from livefollow.follow.track import Track, load_track
from tests.cases import DEMO, bench

# The outside scorer leaves its files to the garbage collector.
pytestmark = pytest.mark.filterwarnings("ignore::ResourceWarning", "ignore::pytest.PytestUnraisableExceptionWarning")

COLUMNS = ("time_s", "page", "system", "x_pt", "top_pt", "bottom_pt", "state")


@pytest.fixture(scope="module")
def scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("score_cases", bench() / "score_cases.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["score_cases"] = module  # its dataclasses look themselves up there
    spec.loader.exec_module(module)
    return module


def folders() -> list[Path]:
    return find_cases([bench() / "cases", DEMO])


def noisy(case: Case, seed: int) -> Track:
    """The truth with everything that can go wrong: jitter, leaps, a wrong page, a place beside every system."""
    rng = np.random.default_rng(seed)
    late = baselines.oracle(case, int(rng.integers(0, 12)))
    truth = case.truth
    assert truth
    n = len(late)
    walk = np.cumsum(rng.normal(0, 2, n))
    columns = {name: getattr(late, name).copy() for name in late.__dataclass_fields__}
    columns["x_pt"] = late.x_pt + walk + rng.normal(0, 4, n)
    for start in rng.integers(0, n, 4):
        piece = slice(start, start + int(rng.integers(10, 120)))
        other = truth.systems[int(rng.integers(len(truth.systems)))]
        columns["page"][piece], columns["system"][piece] = other.page, other.number
        columns["top_pt"][piece], columns["bottom_pt"][piece] = other.top - 3, other.bottom + rng.normal(0, 5)
        columns["state"][piece] = State.LOST
    gone = slice(n // 2, n // 2 + 30)
    columns["top_pt"][gone], columns["bottom_pt"][gone] = -50.0, -10.0
    return Track(**columns)


def as_rows(track: Track) -> list[dict[str, Any]]:
    columns = [getattr(track, name).tolist() for name in COLUMNS]
    return [dict(zip(COLUMNS, row, strict=True)) for row in zip(*columns, strict=True)]


def as_track(rows: list[dict[str, Any]]) -> Track:
    columns = {name: np.array([row[name] for row in rows]) for name in COLUMNS}
    zero = np.zeros(len(rows))
    return Track(**columns, strip_x=zero, speed=zero, confidence=zero + 1)


def compare(case: Case, track: Track, theirs: dict[str, Any]) -> None:
    ours = metrics.evaluate(case, track)
    assert theirs["onsets"] == ours.onsets
    assert theirs["followed"] == ours.followed
    shared = {
        "R_on": ours.r_on,
        "page_ok": float(ours.errors.page_ok.mean()),
        "system_ok": float(ours.errors.system_ok.mean()),
        "median_abs_s": metrics.median_seconds(ours.errors),
        "mean_abs_spaces": float(ours.dx.mean()) / 7,
    }
    for name, value in shared.items():
        assert theirs[name] == pytest.approx(value, abs=1e-6), name
    for limit in metrics.WITHIN_S:
        assert theirs["within"][str(limit)] == pytest.approx(metrics.within(ours.errors, limit), abs=1e-6)
    assert theirs.get("recover_s", []) == pytest.approx([r.seconds for r in ours.recoveries], abs=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_figures_of_noisy_tracks_agree(scorer: ModuleType, seed: int) -> None:
    for folder in folders():
        case = load_case(folder)
        track = noisy(case, seed)
        compare(case, track, scorer.score(folder, as_rows(track)))


@pytest.mark.parametrize("kind", ["stand", "steady"])
def test_figures_of_the_scorers_own_deaf_cursors_agree(scorer: ModuleType, kind: str) -> None:
    for folder in folders():
        case = load_case(folder)
        rows = scorer.null_rows(scorer.Truth(folder / "truth.csv"), kind)
        compare(case, as_track(rows), scorer.score(folder, rows))


@pytest.mark.parametrize("name", list(baselines.CURSORS))
def test_figures_of_our_own_cursors_agree(scorer: ModuleType, name: str) -> None:
    for folder in folders():
        case = load_case(folder)
        track = baselines.CURSORS[name](case)
        compare(case, track, scorer.score(folder, as_rows(track)))


def test_jumps_told_and_stops_agree(scorer: ModuleType, demo: Case, tmp_path: Path) -> None:
    for name in ("truth.csv", "score.pdf"):
        (tmp_path / name).write_bytes((demo.folder / name).read_bytes())
    (tmp_path / "performance.ogg").touch()
    jumps = [{"t": 56.122, "kind": "stop"}, {"t": 136.295, "kind": "skip"}]
    (tmp_path / "meta.json").write_text(json.dumps({"staff_space_pt": demo.staff_space, "jumps": jumps}))
    case = load_case(tmp_path)
    for seed in range(3):
        track = noisy(case, seed)
        compare(case, track, scorer.score(tmp_path, as_rows(track)))


def test_the_scorers_summary_of_steady_agrees(scorer: ModuleType, tmp_path: Path) -> None:
    """The script as it is run, with its own cursor at constant speed, beside our summary of the same rows."""
    folder = bench() / "cases"
    command = [sys.executable, str(bench() / "score_cases.py"), str(folder), "--null", "steady", "--out", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=120)
    theirs = json.loads(done.stdout.strip().splitlines()[-1])
    results = []
    for path in find_cases([folder]):
        case = load_case(path)
        track = as_track(scorer.null_rows(scorer.Truth(path / "truth.csv"), "steady"))
        results.append(Result(case, track, metrics.evaluate(case, track)))
    ours = summarize(results)
    for name, key in {"R_tue": "R_tue", "R_on": "R_on_piece", "within_0.5s": "within_0.5s", "within_1s": "within_1s",
                      "page_ok": "page_ok", "system_ok": "system_ok"}.items():  # fmt: skip
        assert theirs[name]["mean"] == pytest.approx(ours[key].mean, abs=1e-4)
        assert (theirs[name]["low"], theirs[name]["high"]) == pytest.approx((ours[key].low, ours[key].high), abs=1e-4)
    assert theirs["jumps_recovered_1s"] == pytest.approx(ours["recovered_1s"].mean, abs=1e-4)
    assert theirs["jumps_recovered_3s"] == pytest.approx(ours["recovered_3s"].mean, abs=1e-4)


def test_a_saved_track_is_what_the_scorer_reads(scorer: ModuleType, demo: Case, tmp_path: Path) -> None:
    track = noisy(demo, 0)
    track.save(tmp_path / "track.csv")
    compare(
        demo, load_track(tmp_path / "track.csv"), scorer.score(demo.folder, scorer.load_csv(tmp_path / "track.csv"))
    )
    with (tmp_path / "track.csv").open() as file:
        assert len(list(csv.DictReader(file))) == len(track)
