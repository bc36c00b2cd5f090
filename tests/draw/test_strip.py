"""`livefollow strip` on real files, as a user runs it."""

import json
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest

from livefollow.cli.main import main
from livefollow.constants import BAND_HEIGHT, STRIP_HEIGHT

FIELDS = {"page", "page_width", "page_height", "system", "left", "top", "right", "bottom", "staff_space", "staves"}


def strip(*arguments: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "livefollow.cli.main", "strip", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_pictures_and_systems_are_written(data: Path, tmp_path: Path) -> None:
    done = strip(data / "song.pdf", "--out", tmp_path / "new" / "folder")
    assert done.returncode == 0, done.stderr
    assert "2 pages, 6 staff systems" in done.stdout
    out = tmp_path / "new" / "folder"
    systems = json.loads((out / "systems.json").read_text())
    assert len(systems) == 6
    assert set(systems[0]) == FIELDS | {"strip_x0", "strip_x1"}
    truth = [t for page in json.loads((data / "song.systems.json").read_text()) for t in page]
    for row, true in zip(systems, truth, strict=True):
        assert row["top"] == pytest.approx(true["top"], abs=0.5 * row["staff_space"])
        assert len(row["staves"]) == 3
    image = cv2.imread(str(out / "strip.png"), cv2.IMREAD_GRAYSCALE)
    assert image.shape == (STRIP_HEIGHT, systems[-1]["strip_x1"])
    assert cv2.imread(str(out / "bands.png"), cv2.IMREAD_GRAYSCALE).shape == (2 * BAND_HEIGHT, image.shape[1])
    pages = sorted(out.glob("page-*.png"))
    assert len(pages) == 2
    assert np.ptp(cv2.imread(str(pages[0])), axis=2).max() > 100  # something is drawn in colour


def test_a_photo_opens_like_a_pdf(data: Path, tmp_path: Path) -> None:
    assert strip(data / "melody.pdf", "--out", tmp_path / "a").returncode == 0
    page = cv2.imread(str(tmp_path / "a" / "page-0001.png"), cv2.IMREAD_GRAYSCALE)
    photo = tmp_path / "photo.jpg"
    photo.write_bytes(cv2.imencode(".jpg", page)[1].tobytes())
    done = strip(photo, "--out", tmp_path / "b")
    assert done.returncode == 0, done.stderr
    assert "5 staff systems" in done.stdout


def test_a_score_without_music_is_no_error(tmp_path: Path) -> None:
    blank = tmp_path / "blank.png"
    blank.write_bytes(cv2.imencode(".png", np.full((900, 700), 255, np.uint8))[1].tobytes())
    done = strip(blank, "--out", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "0 staff systems" in done.stdout
    assert json.loads((tmp_path / "out" / "systems.json").read_text()) == []


@pytest.mark.parametrize("content", [b"", b"not a score", b"%PDF-1.7\n%%EOF"])
def test_bad_scores_end_with_a_sentence_and_exit_code_4(tmp_path: Path, content: bytes) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(content)
    done = strip(bad, "--out", tmp_path / "out")
    assert done.returncode == 4
    assert done.stderr.startswith("livefollow: ")
    assert "Traceback" not in done.stderr


def test_an_unwritable_folder_is_said(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("in the way")
    for out in (tmp_path / "file" / "out", tmp_path / "file"):
        assert main(["strip", str(data / "melody.pdf"), "--out", str(out)]) == 1
        assert "cannot be written" in capsys.readouterr().err
    assert (tmp_path / "file").read_text() == "in the way"
