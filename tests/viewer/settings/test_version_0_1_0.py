"""Settings, and what is remembered of a score, are those that version 0.1.0 left; saving loses nothing of them."""

import json
import shutil
from pathlib import Path

import pytest

from livefollow.score.document import Document
from livefollow.viewer.settings.preferences import Preferences, open_preferences
from livefollow.viewer.settings.score_memory import OwnRepeat, Place, ScoreMemory, open_memory


@pytest.fixture
def left(data: Path, tmp_path: Path) -> Path:
    """The folder that 0.1.0 left, to be written to."""
    return Path(shutil.copytree(data / "version_0_1_0" / "window", tmp_path / "left"))


def test_all_settings_are_kept(left: Path) -> None:
    settings = open_preferences(left)
    assert settings.complaint == ""
    assert settings.values == Preferences(
        layout="two",
        look_ahead_s=2.5,
        turn_by_itself=False,
        play_repeats=False,
        highlight="line",
        highlight_colour="#0072b2",
        highlight_opacity=0.5,
        trim=False,
        paper="night",
        overview=True,
        statistics=True,
        device="Piano",
        language="de",
        full_screen=True,
        geometry="AdnQywAD",
        score_folder="/music",
        recording_folder="/music/takes",
        recent=("/music/a.pdf", "/music/ü.pdf"),
        next_at_end=False,
        setlist_shown=True,
        setlist=("/music/b.pdf", "/music/a.pdf"),
    )
    before = json.loads((left / "settings.json").read_text(encoding="utf-8"))
    settings.change(paper="sepia")
    settings.close()
    assert json.loads((left / "settings.json").read_text(encoding="utf-8")) == before | {"paper": "sepia"}


def test_a_score_is_as_it_was_left(data: Path, left: Path) -> None:
    here, there = Place(1, 100.5, 200.25), Place(1, 300, 420)
    with Document(data / "small.pdf") as document:
        memory = open_memory(document, left / "scores")
        memory.close()
        path = str(document.path)
    assert memory.complaint == ""
    assert memory.values == ScoreMemory(
        path=path, zoom=1.5, start=here, repeats=(OwnRepeat(here, there),), layout="single"
    )
