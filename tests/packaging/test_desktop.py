"""The desktop finds the app, its icon, and what it can do."""

import configparser
import os
import subprocess
import tomllib
from pathlib import Path
from xml.etree import ElementTree

import pytest
from PyQt6.QtGui import QIcon
from pytestqt.qtbot import QtBot

import livefollow
from livefollow import app
from livefollow.cli.main import parse
from tests.optional import needs_program

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
PACKAGING = Path(__file__).parents[2] / "packaging"
DESKTOP = PACKAGING / f"{app.APP_ID}.desktop"
METAINFO = PACKAGING / f"{app.APP_ID}.metainfo.xml"


@pytest.mark.parametrize(
    "command", [["desktop-file-validate", DESKTOP], ["appstreamcli", "validate", "--no-net", METAINFO]]
)
def test_the_validators_are_content(command: list[str]) -> None:
    needs_program(command[0])
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_entry_starts_what_is_installed() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(DESKTOP, encoding="utf-8")
    program = entry["Desktop Entry"]["Exec"].split()[0]
    project = tomllib.loads((PACKAGING.parent / "pyproject.toml").read_text())
    assert program in project["project"]["scripts"]
    assert entry["Desktop Entry"]["Icon"] == app.APP_ID
    root = ElementTree.parse(METAINFO).getroot()
    assert root.findtext("id") == app.APP_ID
    assert root.findtext("project_license") == project["project"]["license"]
    release = root.find("releases/release")
    assert release is not None
    assert release.get("version") == livefollow.__version__


def test_the_desktop_hands_over_several_scores() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.read(DESKTOP, encoding="utf-8")
    _, *arguments = entry["Desktop Entry"]["Exec"].split()
    scores = ["one.pdf", "two.pdf"]
    given = [word for argument in arguments for word in (scores if argument == "%F" else [argument])]
    assert parse(given).files == [Path(name) for name in scores]


def test_the_icon_can_be_drawn(qtbot: QtBot) -> None:
    picture = QIcon(str(app.ICON)).pixmap(64, 64).toImage()
    assert len({picture.pixel(x, y) for x in range(64) for y in range(64)}) > 20
