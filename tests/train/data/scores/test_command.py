import argparse
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from livefollow.cli.main import main
from livefollow.train.data.corpus.pieces import (
    SPLITS,
    TRANSPOSED,
    TUNES,
    CorpusError,
    Piece,
    find_pieces,
    is_added,
    work_of,
)
from livefollow.train.data.corpus.random_music import random_music
from livefollow.train.data.engraving.plan import check_looks, fonts_of, looks_of, musescore_fonts_of
from livefollow.train.data.engraving.verovio import FONTS
from livefollow.train.data.held_out import HELD_OUT_FONT
from livefollow.train.data.notation.music import Music
from livefollow.train.data.notation.notation import Notation
from livefollow.train.data.score_look import ScoreLook
from livefollow.train.data.scores import command as scores
from livefollow.train.data.scores import inspect as inspect_scores
from livefollow.train.data.scores.make_piece import PieceTask, make_piece, read_report
from tests.optional import needs_program

SOURCE = Path("piece.ly")


@pytest.fixture
def lilypond() -> None:
    needs_program("lilypond")


SCORE = r"""
\version "2.24.0"
\header { title = "%s" composer = "N. N." }
\score { \new PianoStaff <<
  \new Staff { \repeat unfold 8 { c''4 d'' e'' f'' } }
  \new Staff { \clef bass \repeat unfold 8 { c2 g } }
>> }
"""


def run(*arguments):
    parser = argparse.ArgumentParser()
    scores.add_arguments(parser)
    return scores.run(parser.parse_args([str(a) for a in arguments]))


@pytest.fixture
def own_corpus(tmp_path):
    folder = tmp_path / "corpus"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "good.ly").write_text(SCORE % "Good")
    (folder / "broken.ly").write_text('\\version "2.24.0"\n{ r1 }\n')
    return folder


@pytest.mark.usefixtures("lilypond")
def test_a_folder_of_lilypond_files_becomes_a_dataset(own_corpus, tmp_path, capsys):
    options = [
        "--corpus",
        own_corpus,
        "--data",
        tmp_path / "data",
        "--looks",
        "lilypond,verovio",
        "--random",
        1,
        "--jobs",
        1,
    ]
    assert run(*options) == 0
    root = tmp_path / "data" / "scores"
    piece = root / "train" / "sub__good"
    looks = sorted(p.stem for p in piece.glob("*.npz"))
    assert looks[0] == "lilypond"
    assert looks[1].startswith("verovio-")
    for name in looks:
        look = ScoreLook.load(piece / f"{name}.npz")
        assert len(look.heads) == 32 + 16
        assert (piece / f"{name}.pdf").is_file()
    music = Music.load(piece / "music.json")
    assert (len(music.notes), music.end, music.bars[:3]) == (48, 32, [0, 4, 8])
    assert (piece / "score.mid").read_bytes()[:4] == b"MThd"
    assert len(list((root / "random").iterdir())) == 1
    report = json.loads((root / "report.json").read_text())
    assert report["groups"]["train lilypond"]["aligned"] == 48
    # The plain look, and what depends on it; what Verovio makes of the random piece is not the matter here.
    failed = [name for names in report["failures"].values() for name in names if "random" not in name]
    assert len(failed) == 2
    assert "broken" in capsys.readouterr().out

    # Again: nothing is made anew, not even what failed; a file that is not whole is.
    before = {p: p.stat().st_mtime_ns for p in root.rglob("*.npz")}
    (piece / f"{looks[1]}.report.json").unlink()
    assert run(*options) == 0
    after = {p: p.stat().st_mtime_ns for p in root.rglob("*.npz")}
    assert [p.stem for p in after if after[p] != before[p]] == [looks[1]]

    drawn = tmp_path / "drawn"
    parser = argparse.ArgumentParser()
    inspect_scores.add_arguments(parser)
    assert inspect_scores.run(parser.parse_args([str(piece), "--look", "lilypond", "--out", str(drawn)])) == 0
    assert sorted(p.name for p in drawn.iterdir()) == ["sub__good.lilypond.bands.png", "sub__good.lilypond.page-1.png"]
    with pytest.raises(inspect_scores.NoSuchLookError):
        inspect_scores.run(parser.parse_args([str(piece), "--look", "none", "--out", str(drawn)]))


def test_random_pieces_are_the_same_for_the_same_seed(tmp_path):
    def made(folder):
        task = PieceTask(random_pieces(1)[0], ["verovio-leipzig"], folder, 0, retry=False)
        make_piece(task)
        assert not task.missing()
        return ScoreLook.load(task.folder / "verovio-leipzig.npz")

    first, second = made(tmp_path / "a"), made(tmp_path / "b")
    for name, value in vars(first).items():
        np.testing.assert_array_equal(getattr(second, name), value)


def random_pieces(count):
    return [Piece("random", f"random-{k:06d}", "seed", notation=random_music(k, bars=8)) for k in range(count)]


def test_no_training_split_sees_the_held_out_font():
    assert HELD_OUT_FONT in FONTS
    for split in SPLITS:
        assert (HELD_OUT_FONT in fonts_of(split)) == (split in ("valid", "test"))
        assert "Gonville" not in musescore_fonts_of(split)  # MuseScore's name of the same design
    asked = ["lilypond", "lilypond-1", "verovio", "musescore", "verovio/musescore"]
    for split in SPLITS:
        for k in range(200):
            for path in (None, SOURCE):
                looks = looks_of(Piece(split, f"piece{k}", "", path=path), asked, seed=k)
                held_out = f"verovio-{HELD_OUT_FONT.lower()}" in looks
                assert not held_out or split in ("valid", "test")


def test_looks():
    with pytest.raises(CorpusError, match="finale"):
        check_looks(["lilypond", "verovio/finale"])
    piece = Piece("train", "piece", "", path=SOURCE)
    assert looks_of(piece, ["musescore", "lilypond-2", "lilypond"], 0) == ["lilypond", "lilypond-2", "musescore"]
    turns = {tuple(looks_of(Piece("train", f"{k}", "", path=SOURCE), ["lilypond-1/musescore"], 0)) for k in range(20)}
    assert turns == {("lilypond-1",), ("musescore",)}
    assert looks_of(Piece("test", "piece", "", path=SOURCE), ["musescore", "lilypond"], 0) == ["lilypond"]
    assert looks_of(Piece("nottingham-train", "piece", ""), ["musescore", "lilypond"], 0) == []
    fonts = {f"verovio-{font.lower()}" for font in FONTS if font != HELD_OUT_FONT}
    assert set(looks_of(Piece("nottingham-train", "piece", ""), ["verovio"], 0)) == fonts
    assert len(looks_of(Piece("nottingham-test", "piece", ""), ["verovio"], 0)) == 1
    tune = Piece("nottingham-valid", "piece", "")
    assert looks_of(tune, ["lilypond-1"], 0) == ["lilypond-1"]  # the paper's engraver, asked for by itself
    assert looks_of(tune, ["lilypond-1/musescore", "verovio-1"], 0) == []
    turns = {tuple(looks_of(Piece("random", f"{k}", ""), ["lilypond/lilypond-1/musescore"], 0)) for k in range(20)}
    assert turns == {("lilypond-1",), ("musescore",)}


def test_editions_of_held_out_pieces_are_left_out(tmp_path):
    for folder, names in (("mutopia", ("one", "two")), ("mutopia_more", ("one", "other"))):
        (tmp_path / folder).mkdir()
        for name in names:
            (tmp_path / folder / f"{name}.ly").write_text(SCORE % name.title())
    (tmp_path / "msmd_split.json").write_text(
        json.dumps({"train": {"two": "two.ly"}, "valid": {}, "test": {"one": "one.ly"}})
    )
    (tmp_path / "mutopia_more.json").write_text(json.dumps({"again": "one.ly", "other": "other.ly"}))
    pieces, left_out = find_pieces(tmp_path, 0, 0)
    assert [(p.split, p.name, is_added(p.source)) for p in pieces] == [
        ("train", "two", False),
        ("test", "one", False),
        ("train", "other", True),
    ]
    assert left_out == {"again": "same composer, title and opus as one"}
    assert work_of(tmp_path / "mutopia" / "one.ly") == ("nn", "one")
    assert work_of(tmp_path / "none.ly") == ("", "")


def a_copy(root, name, source):
    """Of a held-out piece, in the train folder."""
    folder = root / "train" / name
    folder.mkdir(parents=True)
    notation = replace(random_pieces(1)[0].notation, source=source)
    for file in ("notation.json", "music.json", "lilypond.npz", "verovio-leland.npz"):
        notation.save(folder / file)
    return folder


def test_the_same_music_under_another_title_is_withdrawn(tmp_path, capsys):
    notation = random_pieces(1)[0].notation
    held_out = tmp_path / "test" / "kept"
    held_out.mkdir(parents=True)
    notation.save(held_out / "notation.json")
    # Neither is among the pieces of this run; MSMD's own part stays what it is.
    copy, own = a_copy(tmp_path, "copy", "mutopia_more/copy.ly"), a_copy(tmp_path, "own", "mutopia/own.ly")
    scores.withdraw_held_out([Piece("test", "kept", "")], tmp_path, 0)
    assert sorted(p.name for p in copy.iterdir()) == ["lilypond.report.json", "verovio-leland.report.json"]
    assert "same music as kept" in read_report(copy / "lilypond.report.json")["failed"]
    assert len(list(own.iterdir())) == 4
    assert Notation.load(held_out / "notation.json") == notation
    assert capsys.readouterr().err == "copy is withdrawn: the same music as kept, which is held out.\n"


def test_what_could_not_be_compared_is_said(tmp_path, capsys):
    copy = a_copy(tmp_path, "copy", "mutopia_more/copy.ly")
    scores.withdraw_held_out([Piece("test", "kept", ""), Piece("valid", "other", "")], tmp_path, 0)
    assert (copy / "notation.json").is_file()
    said = capsys.readouterr().err
    assert "WARNING: 2 held-out pieces" in said
    assert "kept, other" in said


def test_nothing_to_engrave_is_said(tmp_path):
    with pytest.raises(CorpusError, match="neither"):
        find_pieces(tmp_path, 0, 0)


def test_random_pieces_of_a_style(tmp_path):
    (tmp_path / "one.ly").write_text(SCORE % "One")
    old = [p.notation for p in find_pieces(tmp_path, 4, 0, {"old_clefs": 1.0})[0] if p.split == "random"]
    assert len(old) == 4
    assert {(clef.sign, clef.line) for piece in old for clef in piece.clefs} <= {("C", 1), ("C", 3), ("C", 4), ("F", 3)}
    assert scores.feature("old_clefs=0.85") == ("old_clefs", 0.85)
    assert scores.feature("size=4") == ("size", 4.0)
    for wrong in ("older=1", "chord", "chord=many", "chord=-1", "chord=nan", "old_clefs=2", "size=7"):
        with pytest.raises(argparse.ArgumentTypeError, match=r"number|there are"):
            scores.feature(wrong)


def crash(task):
    if task.piece.name == "random-000001":
        os.kill(os.getpid(), signal.SIGKILL)
    return make_piece(task)


def test_an_engraver_that_crashes_costs_one_piece(tmp_path, monkeypatch):
    monkeypatch.setattr(scores, "make_piece", crash)
    tasks = [PieceTask(p, ["verovio-leipzig"], tmp_path, 0, retry=False) for p in random_pieces(3)]
    for task in tasks:
        task.folder.mkdir(parents=True)
    scores._make_all(tasks, 2)
    failed = [t.piece.name for t in tasks if "failed" in read_report(t.folder / "verovio-leipzig.report.json")]
    assert failed == ["random-000001"]


def leave_a_mark(task):
    task.folder.mkdir(parents=True)
    return ""


def test_runs_beside_each_other_keep_what_they_are_making(tmp_path):
    corpus, workshop = tmp_path / "corpus", tmp_path / "data" / "scores" / ".partial"
    (workshop / "at work").mkdir(parents=True)
    (workshop / "left").mkdir()
    corpus.mkdir()
    (corpus / "msmd_split.json").write_text(json.dumps({"train": {}, "valid": {}, "test": {}}))
    two_days_ago = time.time() - 2 * 86_400
    os.utime(workshop / "left", (two_days_ago, two_days_ago))
    run("--corpus", corpus, "--data", tmp_path / "data", "--random", 0)
    assert [path.name for path in workshop.iterdir()] == ["at work"]


def test_processes_are_replaced_and_the_work_goes_on(tmp_path, monkeypatch):
    monkeypatch.setattr(scores, "make_piece", leave_a_mark)
    monkeypatch.setattr(scores, "TASKS_PER_PROCESS", 2)
    tasks = [PieceTask(p, ["verovio-leipzig"], tmp_path, 0, retry=False) for p in random_pieces(5)]
    scores._make_all(tasks, 1)
    assert all(task.folder.is_dir() for task in tasks)


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C of a console")
def test_ctrl_c_stops_cleanly_and_the_next_run_goes_on(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    (corpus / "msmd_split.json").write_text(json.dumps({"train": {}, "valid": {}, "test": {}}))
    program = (
        "import argparse, signal, sys; from livefollow.train.data.scores import command as scores\n"
        "if __name__ == '__main__':\n"
        # A test run in the background of a shell may have been told to ignore Ctrl-C.
        "    signal.signal(signal.SIGINT, signal.default_int_handler)\n"
        "    parser = argparse.ArgumentParser(); scores.add_arguments(parser)\n"
        "    sys.exit(scores.run(parser.parse_args()))\n"
    )
    (tmp_path / "program.py").write_text(program)
    options = ["--corpus", corpus, "--data", tmp_path / "data", "--random", "60", "--jobs", "2", "--looks", "verovio"]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, str(tmp_path / "program.py"), *map(str, options)],
        stderr=subprocess.PIPE,
        env=environment,
        start_new_session=True,
    )
    root = tmp_path / "data" / "scores"
    until = time.monotonic() + 30
    while not list(root.glob("random/*/*.report.json")) and time.monotonic() < until:
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=20)
    assert process.returncode == 130, errors.decode()
    assert b"Traceback" not in errors
    made = list(root.glob("random/*/*.report.json"))
    assert 0 < len(made) < 60
    # A random piece may be refused by the checks of its heads; to be interrupted is no failure.
    failures = {read_report(path).get("failed", "") for path in made}
    assert failures <= {"", "x does not rise with time"}
    for path in root.glob("random/*/*.npz"):
        ScoreLook.load(path)


def test_tunes_to_learn_from_in_other_keys_and_layouts(corpus):
    pieces, _ = find_pieces(corpus, 0, 0)
    tunes = {p.name: p for p in pieces if p.split == TUNES}
    moved = [p for p in pieces if p.split == TRANSPOSED]
    assert len(tunes) < len(moved) <= 2 * len(tunes)
    for piece in moved:
        original = tunes[piece.name.rsplit("-", 1)[0]]
        assert {b.pitch - a.pitch for a, b in zip(original.notation.notes, piece.notation.notes, strict=True)} in (
            {2},
            {-2},
        )
    looks = looks_of(moved[0], ["verovio", "verovio-1"], 0)
    assert looks == looks_of(next(iter(tunes.values())), ["verovio", "verovio-1"], 0)
    assert {look.removesuffix("-1") for look in looks} == {f"verovio-{f.lower()}" for f in fonts_of(TRANSPOSED)}
    assert len(looks) == 2 * len(fonts_of(TRANSPOSED))
    check_looks(["verovio-3"])


def test_where_there_is_nothing_to_engrave_a_report_says_so(corpus, tmp_path):
    made = ["data", "scores", "--corpus", str(corpus), "--data", str(tmp_path), "--random", "0", "--limit", "1"]
    assert main([*made, "--looks", "lilypond", "--splits", "nottingham-test"]) == 0  # tunes have looks of Verovio alone
    assert (tmp_path / "scores" / "report.json").is_file()
