"""The localizer's numbers are learned: scales, the objective, and a search that goes on where it was stopped."""

import json

import cma
import numpy as np
import pytest

from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.train.arguments import LocalizerSettings
from livefollow.train.common.checkpoint import TrainingError
from livefollow.train.localizer.numbers import numbers
from livefollow.train.localizer.objective import known_cases, loss_of
from livefollow.train.localizer.train import BEST_NUMBERS, TUNED, NumberSearch, Scale, settings_with

NAMES = ("transition.search_on", "decision.found", "hands.apart")
SETTINGS = LocalizerSettings(cases=(), cache=None, population=6)
PERFECT = {"within_0.5s": 1.0, "page_ok": 1.0, "R_on_piece": 1.0, "recovered_1s": 1.0, "false_jumps": 0.0}


def towards(wanted: dict[str, float]):
    """Measures how far settings are from some numbers."""

    def measure(settings):
        found = {name: getattr(getattr(settings, name.split(".")[0]), name.split(".")[1]) for name in wanted}
        return {"loss": float(sum(np.log(found[name] / value) ** 2 for name, value in wanted.items()))}

    return measure


def test_the_search_begins_with_the_programs_own_numbers():
    values = Scale(TUNED).values(np.zeros(len(TUNED)))
    assert settings_with(values) == DEFAULTS
    assert cma.__version__


def test_what_is_a_share_stays_one_however_far_the_search_goes():
    scale = Scale([number.name for number in numbers() if number.value > 0])
    for step in (-50.0, 50.0):
        for name, value in scale.values(np.full(len(scale.names), step)).items():
            unit = next(number.unit for number in numbers() if number.name == name)
            assert value > 0
            assert value <= 1 or not unit.startswith(("probability", "share"))


def test_an_unknown_number_is_named():
    with pytest.raises(TrainingError, match=r"no number transition\.hops"):
        Scale(["transition.hops"])


def test_no_cases_are_said():
    with pytest.raises(TrainingError, match="no cases in nothing"):
        known_cases((), None, None, 0.0)


def test_less_loss_is_better_play():
    assert loss_of(PERFECT) == 0
    for key, value in PERFECT.items():
        worse = {**PERFECT, key: abs(value - 0.1)}
        assert loss_of(worse) > 0


def test_finds_better_numbers_and_goes_on_where_it_was_stopped(tmp_path):
    scale = Scale(NAMES)
    measure = towards({"transition.search_on": 0.1, "decision.found": 5.0, "hands.apart": 0.2})
    first = NumberSearch(tmp_path, SETTINGS, scale)
    first.measured(first.best, measure)
    begun = first.best_loss
    for _ in range(4):
        first.generation(measure)
    again = NumberSearch(tmp_path, SETTINGS, scale)
    assert (again.evaluations, again.best, again.best_loss) == (25, first.best, first.best_loss)
    for _ in range(8):
        again.generation(measure)
    assert again.best_loss < first.best_loss < begun
    assert json.loads((tmp_path / BEST_NUMBERS).read_text()) == again.best
    rows = [json.loads(line) for line in (tmp_path / "figures.jsonl").read_text().splitlines()]
    assert [row["step"] for row in rows] == list(range(1, 74))
    assert {row["run"] for row in rows} == {1, 2}


def test_a_run_of_other_numbers_is_not_gone_on_with(tmp_path):
    NumberSearch(tmp_path, SETTINGS, Scale(NAMES)).generation(towards({"hands.apart": 0.2}))
    with pytest.raises(TrainingError, match="a run of other numbers"):
        NumberSearch(tmp_path, SETTINGS, Scale(NAMES[:2]))
