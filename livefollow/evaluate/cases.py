"""Cases: a score, a recording of it, and the truth about where in the score the recording is."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from fnmatch import fnmatch
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from livefollow.constants import CM_PER_PX
from livefollow.evaluate.truth import Truth, load_truth
from livefollow.follow.paper.state import MSMD, TASKS, PaperTask
from livefollow.score.score import Score
from livefollow.tables import CaseError

AUDIO_SUFFIXES = (".ogg", ".flac", ".wav", ".mp3")
JUMP_KINDS = ("back", "skip", "stop")


@dataclass(frozen=True)
class Jump:
    """A place where the player stopped, went back or skipped."""

    time_s: float  # when playing resumes, seconds
    kind: str  # one of JUMP_KINDS


@dataclass(frozen=True, eq=False)
class Case:
    """One performance of one score.

    Attributes:
        name: of the folder.
        folder: where it lies.
        score: the PDF.
        audio: the recording.
        truth: None where the sound is not the piece, and nothing may move.
        staff_space: distance of two staff lines, points; 0 where there is no truth to measure with it.
        jumps: the player's, as the case tells them.
        task: of the paper: what counts as lost, and what a cm is; of piano music its MSMD.
    """

    name: str
    folder: Path
    score: Path
    audio: Path
    truth: Truth | None
    staff_space: float
    jumps: tuple[Jump, ...]
    task: PaperTask = MSMD

    @property
    def lost_px(self) -> float:
        """b of the paper's task, strip px."""
        return self.task.lost / self.task.strip_px

    @property
    def cm_per_px(self) -> float:
        """Cm of a strip px, as the paper converts the px of its task."""
        return CM_PER_PX * self.task.strip_px


def find_cases(paths: Iterable[Path], only: str = "*") -> list[Path]:
    """Find the folders of cases, sorted by name: each path is a case itself, or a folder of cases.

    Args:
        paths: folders.
        only: glob on the names.

    Raises:
        CaseError: a path is no folder, there is no case, or two have the same name.
    """
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            raise CaseError(f"{path} is no folder of cases.")
        inside = [path] if (path / "truth.csv").exists() else [p for p in path.iterdir() if (p / "truth.csv").exists()]
        found += [p.resolve() for p in inside if fnmatch(p.resolve().name, only)]
    found.sort(key=lambda p: p.name)
    if not found:
        where = ", ".join(map(str, paths))
        raise CaseError(f"No case called {only} in {where}; a case is a folder with score.pdf and truth.csv.")
    for a, b in pairwise(found):
        if a.name == b.name:
            raise CaseError(f"{a} and {b} have the same name.")
    return found


def load_case(folder: Path) -> Case:
    """Read a case; the recording is not opened, and the score only where nothing says how large its staves are.

    Raises:
        CaseError: a file is missing, cannot be read, or says what makes no sense.
        ScoreError: the score cannot be read, and is needed.
    """
    score = folder / "score.pdf"
    if not score.is_file():
        raise CaseError(f"{folder} has no score.pdf.")
    audio = [p for p in sorted(folder.glob("performance.*")) if p.suffix.lower() in AUDIO_SUFFIXES]
    if not audio:
        raise CaseError(f"{folder} has no performance{', performance'.join(AUDIO_SUFFIXES)}.")
    truth = load_truth(folder / "truth.csv")
    meta = _load_meta(folder / "meta.json")
    space = _number(folder, meta.get("staff_space_pt", 0), "staff_space_pt")
    if space <= 0:
        space = _measured_space(score) if truth else 0.0
    jumps = tuple(_jump(folder, entry) for entry in meta.get("jumps") or [])
    task = meta.get("task", MSMD.name)
    if task not in TASKS:
        raise CaseError(f"{folder}/meta.json: task is {task!r}, not one of {', '.join(TASKS)}.")
    return Case(folder.resolve().name, folder, score, audio[0], truth, space, jumps, TASKS[task])


def _measured_space(path: Path) -> float:
    """The distance of two staff lines in points, measured on the first page that has some."""
    with Score(path) as score:
        for page in score.read():
            if systems := score.systems[page.number]:
                return float(median(system.staff_space for system in systems))
    raise CaseError(f"{path} shows no staff systems: nothing can be measured in it.")


def _load_meta(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        meta = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise CaseError(f"{path} cannot be read as JSON: {error}.") from error
    if not isinstance(meta, dict) or not isinstance(meta.get("jumps") or [], list):
        raise CaseError(f"{path} must be an object, and its jumps a list.")
    return meta


def _jump(folder: Path, entry: object) -> Jump:
    if not isinstance(entry, dict) or "t" not in entry:
        raise CaseError(f"{folder}/meta.json: a jump needs t, the second when playing resumes, and its kind.")
    kind = str(entry.get("kind", "back"))
    if kind not in JUMP_KINDS:
        raise CaseError(f"{folder}/meta.json: the kind of a jump is {kind!r}, not one of {', '.join(JUMP_KINDS)}.")
    return Jump(_number(folder, entry["t"], "t of a jump"), kind)


def _number(folder: Path, value: object, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise CaseError(f"{folder}/meta.json: {name} is {value!r}, not a number.")
    return float(value)
