"""Settings come back, whatever happened to their file."""

import json
from pathlib import Path
from typing import Any

import pytest

from livefollow.viewer.settings.preferences import Preferences, open_preferences


def test_what_was_changed_comes_back(tmp_path: Path) -> None:
    settings = open_preferences(tmp_path)
    assert settings.values == Preferences()
    assert not any(tmp_path.iterdir())
    assert settings.change(look_ahead_s=3, highlight_colour="#ABCDEF", recent=["/späte/Sonate.pdf"]).look_ahead_s == 3
    settings.change(look_ahead_s=2.5)
    settings.close()
    again = open_preferences(tmp_path)
    assert again.values == Preferences(look_ahead_s=2.5, highlight_colour="#abcdef", recent=("/späte/Sonate.pdf",))
    assert again.complaint == ""
    assert "/späte/Sonate.pdf" in settings.path.read_text(encoding="utf-8")


def test_what_is_unknown_or_chosen_by_another_window_stays(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"of a later version": [1, 2], "device": "Piano"}')
    first, second = open_preferences(tmp_path), open_preferences(tmp_path)
    first.change(paper="night")
    first.close()
    second.change(layout="two")
    second.close()
    said = json.loads((tmp_path / "settings.json").read_text())
    assert said == {"of a later version": [1, 2], "device": "Piano", "paper": "night", "layout": "two"}


def test_two_windows_that_write_at_once_lose_nothing(tmp_path: Path) -> None:
    first, second = open_preferences(tmp_path), open_preferences(tmp_path)
    for number in range(1, 41):
        first.change(look_ahead_s=number / 10)
        second.change(highlight_opacity=number / 100 + 0.1)
    first.change(paper="night")
    second.change(layout="two")
    first.close()
    second.close()
    said = json.loads((tmp_path / "settings.json").read_text())
    assert said == {"look_ahead_s": 4.0, "highlight_opacity": 0.5, "paper": "night", "layout": "two"}


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\xff\0", "[" * 100_000, '{"paper": "night"'])
def test_a_damaged_file_is_kept_and_said(tmp_path: Path, text: str) -> None:
    (tmp_path / "settings.json").write_bytes(text.encode("latin-1"))
    settings = open_preferences(tmp_path)
    assert settings.values == Preferences()
    (kept,) = tmp_path.glob("settings.broken-*.json")
    assert kept.read_bytes() == text.encode("latin-1")
    assert kept.name in settings.complaint
    settings.change(paper="sepia")
    settings.close()
    assert open_preferences(tmp_path).values.paper == "sepia"


def test_a_file_that_is_damaged_meanwhile_loses_nothing(tmp_path: Path) -> None:
    (tmp_path / "settings.json").write_text('{"paper": "night", "of a later version": 1}')
    settings = open_preferences(tmp_path)
    settings.path.write_text('{"paper": "ni')
    settings.change(layout="two")
    settings.close()
    said = json.loads(settings.path.read_text())
    assert said == {"paper": "night", "of a later version": 1, "layout": "two"}
    assert len(list(tmp_path.glob("settings.broken-*.json"))) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("layout", "sideways"),
        ("look_ahead_s", 1e9),
        ("look_ahead_s", float("nan")),
        ("look_ahead_s", float("inf")),
        pytest.param("look_ahead_s", 10**400, id="beyond all floats"),
        ("look_ahead_s", True),
        ("highlight_colour", "red"),
        ("overview", 1),
        ("recent", "abc"),
        ("recent", [1]),
        ("device", None),
    ],
)
def test_a_value_that_may_not_be_leaves_the_others_alone(
    tmp_path: Path, name: str, value: Any, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "settings.json").write_text(json.dumps({"paper": "night", name: value}))
    settings = open_preferences(tmp_path)
    assert settings.values == Preferences(paper="night")
    assert name in caplog.text
    with pytest.raises(ValueError, match="is"):
        settings.change(**{name: value})
    with pytest.raises(TypeError, match="no volume"):
        settings.change(volume=11)


def test_a_folder_that_cannot_be_written_is_no_reason_to_stop(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").write_text("")
    settings = open_preferences(tmp_path / "file")
    settings.change(paper="sepia")
    settings.close()
    assert settings.values.paper == "sepia"
    assert "cannot be written" in caplog.text


def test_file_names_that_are_no_text_come_back(tmp_path: Path) -> None:
    settings = open_preferences(tmp_path)
    settings.change(recent=["/\udce4.pdf"])
    settings.close()
    assert open_preferences(tmp_path).values.recent == ("/\udce4.pdf",)


def test_every_default_may_be(tmp_path: Path) -> None:
    settings = open_preferences(tmp_path)
    settings.change(**vars(Preferences()))
    settings.close()
    assert not settings.path.exists()
