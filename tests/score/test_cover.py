"""Scores are looked at from outside, one after the other, whatever they are."""

import os
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import cv2
import numpy as np
import pytest

from livefollow.errors import PasswordError, ScoreError
from livefollow.score import rasterizer_process
from livefollow.score.cover import COVER_PX, CoverReader, names_of
from livefollow.score.document import Document
from livefollow.score.rasterizer_process import ClosedError
from tests.blank_scores import write_score
from tests.encrypted import encrypt

DEMO = Path(__file__).parents[2] / "assets" / "demo" / "score.pdf"


def test_first_page_names_and_content(tmp_path: Path) -> None:
    path = write_score(tmp_path / "a.pdf", title="Für Elise\n(Bagatelle)", author="Beethoven")
    reader = CoverReader()
    for _ in range(2):  # the same child
        seen = reader.look(path)
    reader.stop()
    assert (seen.title, seen.author, seen.pages) == ("Für Elise (Bagatelle)", "Beethoven", 1)
    with Document(path) as document:
        assert seen.content_hash == document.content_hash
    cover = cv2.imdecode(np.frombuffer(seen.cover, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert cover.shape[0] == COVER_PX
    assert cover.shape[1] == pytest.approx(COVER_PX * 300 / 420, abs=1)
    assert cover.min() < 100
    assert np.median(cover) > 240


def test_bad_files_cost_only_themselves(tmp_path: Path) -> None:
    (tmp_path / "noise.pdf").write_bytes(os.urandom(5000))
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "cut.pdf").write_bytes(DEMO.read_bytes()[:400])
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe.pdf")
    reader = CoverReader()
    for name in ("noise.pdf", "empty.pdf", "cut.pdf", "folder", "pipe.pdf", "none.pdf"):
        with pytest.raises(ScoreError):
            reader.look(tmp_path / name)
    with pytest.raises(PasswordError):
        reader.look(encrypt(DEMO, tmp_path / "locked.pdf"))
    assert reader.look(DEMO).pages == 3
    reader.stop()


def test_a_look_ends_when_the_player_plays() -> None:
    reader = CoverReader()
    reader.look(DEMO)
    reader.stop()
    with pytest.raises(ClosedError):
        reader.look(DEMO)
    reader.resume()
    assert reader.look(DEMO).cover
    reader.stop()


def test_a_look_ends_while_its_child_still_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    starting = Event()

    def never_ready() -> list[str]:
        starting.set()
        return [sys.executable, "-c", "import time; time.sleep(60)"]

    monkeypatch.setattr(rasterizer_process, "command", never_ready)
    reader = CoverReader()
    with ThreadPoolExecutor() as pool:
        look = pool.submit(reader.look, DEMO)
        assert starting.wait(20)
        pool.submit(reader.stop).result(timeout=20)
        with pytest.raises(ClosedError):
            look.result(timeout=20)


def test_what_a_file_says_is_cleaned() -> None:
    assert names_of(b"a\x1b[31m\nb\0c\0d") == ("a [31m b", "c")
    assert names_of(b"\xff" * 900)[0] == "\ufffd" * 200
    assert names_of(b"") == ("", "")
