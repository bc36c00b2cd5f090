"""Learns the localizer's numbers: CMA-ES over what the sensitivity table says matters, on cached training cases.

    livefollow train localizer --cases CASES... --validate CASES... --cache DIR

Each number moves on a scale of its own, odds for what stays below one and ratios for the rest, so that one step size
does for all. Every evaluation is written down with its numbers; a run goes on from the last complete generation.
At the end the best numbers are measured on other pieces, beside those of the program.
"""

from __future__ import annotations

import json
import math
import pickle
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import repeat
from pathlib import Path
from typing import Any

import cma
import numpy as np

from livefollow.follow.hmm.settings import DEFAULTS, PROBABILITY, SHARE, Settings
from livefollow.progress import ProgressBar
from livefollow.storage import whole_file
from livefollow.train.arguments import LocalizerSettings
from livefollow.train.common.checkpoint import TrainingError, state_folder
from livefollow.train.common.figures import FIGURES, write_curves
from livefollow.train.localizer.heard import Known
from livefollow.train.localizer.numbers import numbers, with_number
from livefollow.train.localizer.objective import figures_of, known_cases, result_of

SEARCH = "search.pickle"  # of the state: CMA-ES, as it stood after the last generation
BEST_NUMBERS = "numbers.json"
LEAST, MOST = 1e-6, 1 - 1e-6  # of what stays below one
DIGITS = 3  # of a number that is written down
# Those that move frames or figures in docs/sensitivity.md, and those of who practises.
TUNED = (
    "observation.hit",
    "observation.wrong",
    "observation.stray",
    "observation.chord",
    "duration.timing",
    "duration.unplayed",
    "duration.tail_stays",
    "hands.apart",
    "hands.change",
    "transition.search_on",
    "transition.search_on_again",
    "transition.leave",
    "transition.leave_stopped",
    "transition.nearby",
    "transition.start_again",
    "transition.restarts",
    "ambiguity.copy_enters",
    "ambiguity.alike_shown",
    "decision.leap_mass",
    "decision.sure",
    "decision.sure_elsewhere",
    "decision.sure_start",
    "decision.found",
)


class Scale:
    """Numbers as coordinates of a search, which begins at 0 with the program's own."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take the names of numbers.

        Raises:
            TrainingError: no number is called so.
        """
        known = {number.name: number for number in numbers()}
        if unknown := [name for name in names if name not in known]:
            raise TrainingError(f"the localizer has no number {unknown[0]}: docs/sensitivity.md lists them")
        self.names = tuple(names)
        self._bounded = np.array([known[n].unit.startswith(PROBABILITY) or known[n].unit == SHARE for n in names])
        self._begin = np.array([known[n].value for n in names], float)

    def values(self, point: np.ndarray) -> dict[str, float]:
        """The numbers at a point, (n,)."""
        odds = np.log(self._begin / np.where(self._bounded, 1 - self._begin, 1)) + point
        values = np.where(self._bounded, 1 / (1 + np.exp(-odds)), np.exp(odds))
        values = np.where(self._bounded, np.clip(values, LEAST, MOST), values)
        return {name: float(f"{value:.{DIGITS}g}") for name, value in zip(self.names, values.tolist(), strict=True)}


def settings_with(values: dict[str, float]) -> Settings:
    """The program's settings with some numbers changed."""
    settings = DEFAULTS
    for name, value in values.items():
        settings = with_number(settings, name, value)
    return settings


class Cases:
    """Cases on which numbers are measured, in processes of their own."""

    def __init__(self, known: list[Known], jobs: int) -> None:
        """Start the processes; each keeps the cases."""
        self._known = known
        self._pool = ProcessPoolExecutor(jobs, initializer=_keep, initargs=(known,)) if jobs > 1 else None

    def figures(self, settings: Settings) -> dict[str, float]:
        """What becomes of all of them."""
        if self._pool:
            return figures_of(list(self._pool.map(_result, range(len(self._known)), repeat(settings))))
        return figures_of([result_of(one, settings) for one in self._known])

    def close(self) -> None:
        """End the processes."""
        if self._pool:
            self._pool.shutdown(cancel_futures=True)


_kept: list[Known] = []  # in each process


def _keep(known: list[Known]) -> None:
    _kept[:] = known


def _result(index: int, settings: Settings) -> Any:
    return result_of(_kept[index], settings)


class NumberSearch:
    """One run of CMA-ES, in its folder."""

    def __init__(self, folder: Path, settings: LocalizerSettings, scale: Scale) -> None:
        """Go on from the last generation, or begin.

        Raises:
            TrainingError: the folder has a run of other numbers.
        """
        self._folder, self._scale = folder, scale
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / SEARCH
        self.best: dict[str, float] = scale.values(np.zeros(len(scale.names)))
        self.best_loss, self.evaluations, self._minutes, self._run = math.inf, 0, 0.0, 1
        if path.is_file():
            state = pickle.loads(path.read_bytes())
            if state["names"] != scale.names:
                raise TrainingError(f"{folder} has a run of other numbers: --state names another folder")
            self._strategy, self.best, self.best_loss = state["strategy"], state["best"], state["best_loss"]
            self.evaluations, self._minutes = state["evaluations"], state["minutes"]
            self._run = state["run"] + 1
        else:
            options = {"seed": settings.seed + 1, "verbose": -9}
            if settings.population:
                options["popsize"] = settings.population
            self._strategy = cma.CMAEvolutionStrategy(np.zeros(len(scale.names)), settings.sigma, options)
        self._began = time.monotonic()

    def minutes(self) -> float:
        """Of all runs together."""
        return self._minutes + (time.monotonic() - self._began) / 60

    def generation(self, measure: Any) -> None:
        """Measure one generation, learn from it, and keep all."""
        points = self._strategy.ask()
        losses = []
        for point in points:
            losses.append(self.measured(self._scale.values(point), measure))
        self._strategy.tell(points, losses)
        state = {
            "names": self._scale.names,
            "strategy": self._strategy,
            "best": self.best,
            "best_loss": self.best_loss,
            "evaluations": self.evaluations,
            "minutes": self.minutes(),
            "run": self._run,
        }
        with whole_file(self._folder / SEARCH) as temporary:
            temporary.write_bytes(pickle.dumps(state))

    def measured(self, values: dict[str, float], measure: Any) -> float:
        """Measure numbers and write down what they come to."""
        figures = measure(settings_with(values))
        self.evaluations += 1
        row = {"run": self._run, "step": self.evaluations, "minutes": round(self.minutes(), 3), **figures}
        with (self._folder / FIGURES).open("a", encoding="utf-8") as file:
            file.write(json.dumps({key: round(value, 5) for key, value in {**row, **values}.items()}) + "\n")
        if figures["loss"] < self.best_loss:
            self.best, self.best_loss = values, figures["loss"]
            with whole_file(self._folder / BEST_NUMBERS) as temporary:
                temporary.write_text(json.dumps(values, indent=1), encoding="utf-8")
        return float(figures["loss"])


def run(settings: LocalizerSettings) -> int:
    """NumberSearch, then measure the best numbers on other pieces.

    Raises:
        TrainingError: there are no cases, or the run cannot go on.
    """
    scale = Scale(settings.numbers.split(",") if settings.numbers else TUNED)
    known = partial(known_cases, models=settings.models, cache=settings.cache, seconds=settings.seconds)
    search = NumberSearch(state_folder(settings.state, settings.name), settings, scale)
    cases = Cases(known(settings.cases), settings.jobs)
    try:
        _search(search, cases, settings)
    finally:
        cases.close()
    if search.evaluations:
        print(f"curves: {write_curves(state_folder(settings.state, settings.name))}")
    _tell(search.best)
    if settings.validate:
        others = Cases(known(settings.validate), settings.jobs)
        try:
            for name, values in (("the program's numbers", {}), ("learned", search.best)):
                figures = others.figures(settings_with(values))
                print(f"{name}, other pieces: " + ", ".join(f"{key} {value:.4f}" for key, value in figures.items()))
        finally:
            others.close()
    return 0


def _search(search: NumberSearch, cases: Cases, settings: LocalizerSettings) -> None:
    if not search.evaluations:
        search.measured(search.best, cases.figures)
    with ProgressBar(total=settings.evaluations, unit="evaluation") as bar:
        bar.update(search.evaluations)
        while search.evaluations < settings.evaluations:
            if settings.minutes and search.minutes() > settings.minutes:
                break
            before = search.evaluations
            search.generation(cases.figures)
            bar.update(search.evaluations - before)


def _tell(best: dict[str, float]) -> None:
    """Say what to change in `follow/hmm/settings.py`."""
    defaults = {number.name: number.value for number in numbers()}
    for name, value in best.items():
        print(f"{name}: {defaults[name]:g} → {value:g}")
