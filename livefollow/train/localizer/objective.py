"""How good a localizer's numbers are: one figure of what becomes of cases with them, less is better."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from livefollow.evaluate.cases import find_cases, load_case
from livefollow.evaluate.metrics import evaluate, seconds_following
from livefollow.evaluate.summary import Result, summarize
from livefollow.follow.hmm.settings import Settings
from livefollow.train.common.checkpoint import TrainingError
from livefollow.train.localizer.heard import Known, beginning, follow, said_of

# What each figure of `summarize` adds, as far from `BEST` as it is: a page is wrong, the player is not found in time.
WEIGHTS = {
    "within_0.5s": 1.0,
    "page_ok": 1.0,
    "R_on_piece": 0.2,
    "recovered_1s": 0.2,
    "recovered_3s": 0.2,
    "false_jumps": 0.2,  # a minute
    "following": 1.0,  # of sound that is not the piece
}
BEST = {key: float(key not in ("false_jumps", "following")) for key in WEIGHTS}
UNKNOWN = 10.0  # a loss that nothing measured has


def known_cases(paths: Sequence[Path], models: Path | None, cache: Path, seconds: float) -> list[Known]:
    """Read cases, with what the networks say of them.

    Args:
        paths: folders of cases, or of folders of them.
        models: networks of one's own.
        cache: where what they say is kept.
        seconds: of each; 0: all of it.

    Raises:
        TrainingError: there are none.
    """
    cases = [load_case(folder) for folder in (find_cases(list(paths), "*") if paths else [])]
    if not cases:
        raise TrainingError(f"no cases in {', '.join(map(str, paths)) or 'nothing'}: livefollow data cases makes some")
    known = [Known(case, *said_of(case, models, cache)) for case in cases]
    return [beginning(one, seconds) for one in known] if seconds else known


def result_of(known: Known, settings: Settings) -> Result:
    """Follow one case."""
    track = follow(known.score, known.heard, settings)
    if known.case.truth is None:
        return Result(known.case, track, None, following_s=seconds_following(track))
    return Result(known.case, track, evaluate(known.case, track))


def figures_of(results: Sequence[Result]) -> dict[str, float]:
    """The figures of all cases that count, and their loss."""
    summary = summarize(results)
    figures = {key: summary[key].mean for key in WEIGHTS if key in summary}
    return {"loss": loss_of(figures), **figures}


def loss_of(figures: Mapping[str, float]) -> float:
    """What figures come to, 0 at best."""
    return sum(weight * abs(BEST[key] - figures[key]) for key, weight in WEIGHTS.items() if key in figures)
