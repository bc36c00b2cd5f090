"""Sound against score: the way is where both agree, and a picture shows it."""

from pathlib import Path

import cv2
import numpy as np
import pytest

from livefollow.cli.main import main
from livefollow.draw.similarity import draw
from livefollow.errors import LivefollowError
from livefollow.evaluate import similarity
from livefollow.networks.listener import Heard
from tests.performed import perform, tune
from tests.simulated import engraved


@pytest.fixture(scope="module")
def heard() -> tuple[Heard, np.ndarray, np.ndarray]:
    """A tune played from its first bar on, its onsets in seconds, and their strip px."""
    played = perform(tune(), [(0, 24)], [1.0], strength=0.5)
    return Heard(*played.frames), played.onset_s, played.x


def test_belief_and_agreement_lie_on_the_way(heard: tuple[Heard, np.ndarray, np.ndarray]) -> None:
    sound, onset_s, x = heard
    found = similarity.similarity(engraved(tune())[0], sound)
    assert found.agreement.shape == found.belief.shape == (len(sound.onsets), len(found.model))
    assert found.belief.astype(float).sum(1).max() <= 1.01
    event = np.round(similarity.event_at(found.model, x)).astype(int)
    frame = np.round(onset_s * 20).astype(int) + 1
    assert np.mean(found.belief[frame, event] > 0.5) > 0.9
    agreement = np.max([found.agreement[frame + k, event] for k in (-1, 0, 1)], 0)  # an onset may fall on an edge
    assert np.mean(agreement > 2) > 0.9
    assert found.following[frame[20:]].mean() > 0.95


def test_the_picture_of_a_span_is_another_than_that_of_all(
    heard: tuple[Heard, np.ndarray, np.ndarray], tmp_path: Path
) -> None:
    sound, onset_s, x = heard
    found = similarity.similarity(engraved(tune())[0], sound)
    truth = (onset_s, similarity.event_at(found.model, x))
    draw(found, tmp_path / "all.png", truth)
    draw(found, tmp_path / "part.png", None, (2.0, 5.0))
    whole, part = (np.asarray(cv2.imread(str(tmp_path / name))) for name in ("all.png", "part.png"))
    assert whole.shape == part.shape
    assert np.any(whole != part)
    with pytest.raises(LivefollowError, match="cannot be written"):
        draw(found, tmp_path / "nowhere" / "a.png", None)


def test_what_is_too_long_is_refused(
    heard: tuple[Heard, np.ndarray, np.ndarray], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(similarity, "MOST", 100)
    with pytest.raises(LivefollowError, match="too many for a picture"):
        similarity.similarity(engraved(tune())[0], heard[0])


def test_the_command_draws_a_case(models: Path, case_folder: Path, tmp_path: Path) -> None:
    out = tmp_path / "map.png"
    assert main(["map", "--case", str(case_folder), "--out", str(out), "--models", str(models)]) == 0
    assert np.asarray(cv2.imread(str(out))).ndim == 3
    assert main(["map", "--out", str(out), "--models", str(models)]) == 2
    with pytest.raises(SystemExit, match="2"):
        main(["map", "--case", str(case_folder), "--out", str(out), "--seconds", "5:2"])
