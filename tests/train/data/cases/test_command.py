"""Cases from a dataset of drawn scores: staves, and where heads would stand on them."""

import argparse
import csv
import json
from dataclasses import replace
from itertools import pairwise

import cv2
import mido
import numpy as np
import pymupdf
import pytest
import soundfile

from livefollow.constants import BAND_HEIGHT, SAMPLE_RATE, STRIP_HEIGHT
from livefollow.errors import LivefollowError
from livefollow.evaluate.cases import load_case
from livefollow.train.data.cases import command as cases
from livefollow.train.data.cases.command import KINDS, LENGTH_S, WITH_SOLOISTS, add_arguments, run
from livefollow.train.data.cases.scanned_pages import DPI, Skew, scan
from livefollow.train.data.cases.truth import TruthRow
from livefollow.train.data.held_out import HELD_OUT_PIANO, HELD_OUT_ROOMS
from livefollow.train.data.score_look import HEAD, MARK, ScoreLook
from livefollow.train.data.sound.noise import HELD_OUT
from livefollow.train.data.sound.pianos import SCORE_PIANO
from tests.optional import needs_piano
from tests.pieces import etude

SPACE = 5.0
LEFT, RIGHT = 60.0, 540.0
QUARTERS = 16.0  # per system
BARS = 12


def place(onset, pitch):
    """Page and system from 1, x and y of a head."""
    system = int(onset // QUARTERS)
    top = 120 + 160 * (system % 2)
    return 1 + system // 2, 1 + system % 2, LEFT + 40 + (onset % QUARTERS) * 25, top + (100 - pitch)


def draw_score(path):
    with pymupdf.open() as document:
        for _ in range(2):
            page = document.new_page(width=595, height=842)
            for top in (120, 280):
                for staff in (top, top + 50):
                    for line in range(5):
                        page.draw_line((LEFT, staff + line * SPACE), (RIGHT, staff + line * SPACE), width=0.4)
                page.draw_line((LEFT, top), (LEFT, top + 70), width=0.6)
        document.save(path)


@pytest.fixture
def dataset(tmp_path, monkeypatch):
    """Six pieces of twelve bars, of which each has one look; a corpus; clips of noise."""
    return made_up_dataset(tmp_path, monkeypatch)


@pytest.fixture(scope="module")
def every_kind(tmp_path_factory):
    """A case of each kind."""
    needs_piano(SCORE_PIANO)
    folder = tmp_path_factory.mktemp("every_kind")
    with pytest.MonkeyPatch.context() as patch:
        return make(made_up_dataset(folder, patch), folder / "cases")


def made_up_dataset(tmp_path, monkeypatch):
    for i in range(6):
        folder = tmp_path / "data" / "scores" / "test" / f"piece{i}"
        folder.mkdir(parents=True)
        music = replace(etude(BARS, seed=i), name=f"piece{i}")
        music.save(folder / "music.json")
        draw_score(folder / "plain.pdf")
        heads = np.zeros(len(music.notes), HEAD)
        for head, note in zip(heads, music.notes, strict=True):
            for name in ("onset", "pitch", "duration", "grace"):
                head[name] = getattr(note, name)
            head["page"], head["system"], head["x_pt"], head["y_pt"] = place(note.onset, note.pitch)
        look = ScoreLook(
            np.full((2, BAND_HEIGHT, 8), 255, np.uint8),
            np.full((STRIP_HEIGHT, 8), 255, np.uint8),
            np.zeros((1, 4), np.int32),
            heads,
            np.zeros(0, MARK),
            np.zeros((1, 2), np.float32),
        )
        look.save(folder / "plain.npz")
    corpus = tmp_path / "corpus"
    (corpus / "pianos" / HELD_OUT_PIANO).mkdir(parents=True)
    t = np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE
    tone = 0.5 * np.cos(2 * np.pi * 440 * t) * np.exp(-3 * t)
    soundfile.write(corpus / "pianos" / HELD_OUT_PIANO / "A4v9.wav", tone, SAMPLE_RATE)
    (corpus / "rooms").mkdir()
    response = np.zeros(SAMPLE_RATE // 4)
    response[[100, 2000]] = (0.9, 0.2)
    for name in HELD_OUT_ROOMS:
        soundfile.write(corpus / "rooms" / f"{name}.wav", response, SAMPLE_RATE)
    clips = tmp_path / "data" / HELD_OUT.folder
    clips.mkdir()
    for kind in ("speech", "instrument"):
        soundfile.write(clips / f"{kind}-00.flac", np.tile(tone, 4), SAMPLE_RATE)
    monkeypatch.setattr(cases, "write_clips", lambda data, cast: data / cast.folder)
    for kind in ("long", "long_stops", "rehearsal_book", "cold_start"):
        monkeypatch.setitem(KINDS, kind, replace(KINDS[kind], pages=3))
    return tmp_path


def make(dataset, out, *more):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    folders = ["--corpus", str(dataset / "corpus"), "--data", str(dataset / "data"), "--out", str(out)]
    assert run(parser.parse_args([*folders, "--per-kind", "1", *more])) == 0
    return sorted(out.iterdir())


def read(folder):
    with (folder / "truth.csv").open() as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    return rows, json.loads((folder / "meta.json").read_text())


def test_every_kind(every_kind):
    assert [f.name for f in every_kind] == sorted(f"{kind}_00" for kind in KINDS if kind not in WITH_SOLOISTS)
    for folder in every_kind:
        if KINDS[folder.name[:-3]].instead:
            continue
        assert sorted(p.name for p in folder.iterdir()) == [
            "meta.json",
            "performance.mid",
            "performance.ogg",
            "score.mid",
            "score.pdf",
            "truth.csv",
        ]
        rows, meta = read(folder)
        assert len(rows) == meta["onsets"] > 10
        times = [row["onset_s"] for row in rows]
        assert np.all(np.diff(times) > 0)
        sound, rate = soundfile.read(folder / "performance.ogg")
        assert (sound.ndim, rate) == (1, SAMPLE_RATE)
        assert len(sound) / rate > times[-1]
        assert 0.4 < np.abs(sound).max() < 0.8
        assert meta["staff_space_pt"] == pytest.approx(SPACE)
        assert meta["piano"] == (SCORE_PIANO if meta["kind"] == "score" else HELD_OUT_PIANO)
        with pymupdf.open(folder / "score.pdf") as document:
            assert all(1 <= row["page"] <= len(document) for row in rows)
        assert all(any(abs(jump["t"] - t) < 0.002 for t in times) for jump in meta["jumps"])
        # x rises but at line breaks, and where the player jumps.
        jumps = [*(jump["t"] for jump in meta["jumps"]), *meta["repeats"]]
        for before, after in pairwise(rows):
            same = (before["page"], before["system"]) == (after["page"], after["system"])
            if same and not any(abs(after["onset_s"] - t) < 0.002 for t in jumps):
                assert after["x_pt"] > before["x_pt"]


def test_what_the_kinds_promise(every_kind):
    folders = {f.name[:-3]: read(f) for f in every_kind}
    for kind, jump in (("stops", "stop"), ("jumps_back", "back"), ("skips", "skip")):
        assert jump in {j["kind"] for j in folders[kind][1]["jumps"]}
    assert folders["plain"][1]["jumps"] == []
    assert len(folders["repeats"][1]["repeats"]) == 2
    assert folders["stops"][1]["pauses"]
    rows, meta = folders["long"]
    assert {row["page"] for row in rows} == {1, 2, 3, 4}
    assert meta["origin"].count("seed") == 2


def test_score_is_exact(dataset, tmp_path):
    needs_piano(SCORE_PIANO)
    (folder,) = make(dataset, tmp_path / "cases", "--kinds", "score")
    rows, _ = read(folder)
    played = mido.MidiFile(folder / "performance.mid").length
    eighths = np.diff([row["onset_s"] for row in rows[:20]]) * 84 / 30
    assert eighths == pytest.approx(np.round(eighths), abs=0.01)
    quarters = 48 - 4  # the first ending is left out
    assert played - rows[0]["onset_s"] == pytest.approx(24 * 60 / 84 + (quarters - 24) * 60 / 100, abs=0.3)


def test_every_piece(dataset, tmp_path):
    longer = replace(etude(100, seed=1), name="piece0")  # than drawn cases may be
    assert longer.end * 60 / np.mean([mark for _, mark in longer.tempo]) > LENGTH_S[1]
    longer.save(dataset / "data/scores/test/piece0/music.json")
    out = tmp_path / "cases"
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    folders = ["--corpus", str(dataset / "corpus"), "--data", str(dataset / "data"), "--out", str(out)]
    assert run(parser.parse_args([*folders, "--every-piece", "--kinds", "plain"])) == 0
    assert sorted(f.name for f in out.iterdir()) == [f"plain_piece{i}" for i in range(6)]


def test_what_is_not_the_piece(dataset, tmp_path):
    kinds = ["another_piece", "only_noise", "only_speech"]
    folders = make(dataset, tmp_path / "cases", "--kinds", *kinds)
    assert [f.name[:-3] for f in folders] == kinds
    for folder in folders:
        rows, meta = read(folder)
        assert rows == meta["jumps"] == meta["pauses"] == []
        assert meta["onsets"] == 0
        assert not (folder / "performance.mid").exists()
        assert load_case(folder).truth is None
        assert soundfile.info(folder / "performance.ogg").duration > 10
    heard = read(folders[0])[1]["heard_instead"]
    assert heard.startswith("piece")
    assert heard not in read(folders[0])[1]["origin"]


def test_truth_is_where_the_heads_are(dataset, tmp_path):
    (folder,) = make(dataset, tmp_path / "cases", "--kinds", "plain")
    rows, _ = read(folder)
    printed = {round(place(q / 2, 60)[2]) for q in range(2 * 4 * BARS)}
    for row in rows:
        assert round(row["x_pt"]) in printed
        top = 120 + 160 * (row["system"] - 1)
        assert (row["system_top_pt"], row["system_bottom_pt"]) == (
            pytest.approx(top, abs=0.1),
            pytest.approx(top + 70, abs=0.1),
        )


def test_midi(dataset, tmp_path):
    (folder,) = make(dataset, tmp_path / "cases", "--kinds", "plain")
    rows, _ = read(folder)
    played = mido.MidiFile(folder / "performance.mid")
    t, strikes, open_keys = 0.0, [], 0
    for message in played:
        t += message.time
        open_keys += {"note_on": 1, "note_off": -1}.get(message.type, 0)
        if message.type == "note_on":
            strikes.append(t)
    assert open_keys == 0
    assert strikes[0] == pytest.approx(rows[0]["onset_s"], abs=0.06)
    assert len(strikes) > len(rows)
    score = mido.MidiFile(folder / "score.mid")
    assert score.length == pytest.approx(24 * 60 / 84 + 24 * 60 / 100, abs=0.1)


def test_the_same_seed_makes_the_same_and_what_is_there_is_kept(dataset, tmp_path):
    one, two = (make(dataset, tmp_path / name, "--kinds", "scanned", "noisy") for name in ("one", "two"))
    for a, b in zip(one, two, strict=True):
        for name in ("score.pdf", "truth.csv", "meta.json", "score.mid", "performance.mid"):
            assert (a / name).read_bytes() == (b / name).read_bytes()
        # An Ogg stream has a serial number drawn by lot.
        assert np.array_equal(*(soundfile.read(f / "performance.ogg")[0] for f in (a, b)))
    before = [(f / "meta.json").stat().st_mtime_ns for f in one]
    make(dataset, tmp_path / "one", "--kinds", "scanned", "noisy")
    assert before == [(f / "meta.json").stat().st_mtime_ns for f in one]
    other = make(dataset, tmp_path / "other", "--kinds", "scanned", "--seed", "1")
    assert read(other[0]) != read(one[1])


def test_a_scan_moves_points_as_it_says(tmp_path):
    with pymupdf.open() as document:
        page = document.new_page(width=400, height=500)
        for x, y in ((50, 60), (350, 60), (200, 440)):
            page.draw_circle((x, y), 4, fill=(0, 0, 0))
        document.save(tmp_path / "dots.pdf")
    (skew,) = scan(tmp_path / "dots.pdf", tmp_path / "scan.pdf", np.random.default_rng(1))
    with pymupdf.open(tmp_path / "scan.pdf") as document:
        assert tuple(document[0].rect) == (0, 0, 400, 500)
        pixels = document[0].get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY)
    grey = np.frombuffer(pixels.samples, np.uint8).reshape(pixels.height, pixels.width)
    for x, y in ((50, 60), (350, 60), (200, 440)):
        there = skew(x, y)
        assert 0.1 < np.hypot(there[0] - x, there[1] - y) < 20
        px, py = (round(v * DPI / 72) for v in there)
        dark = cv2.moments((grey[py - 30 : py + 30, px - 30 : px + 30] < 128).astype(np.uint8), binaryImage=True)
        middle = dark["m10"] / dark["m00"] - 30, dark["m01"] / dark["m00"] - 30
        assert middle == pytest.approx((0, 0), abs=2)


def test_a_row_on_a_skewed_page():
    quarter = Skew(np.array([[0.0, -1.0, 100.0], [1.0, 0.0, 0.0]]))
    row = TruthRow(1.0, 1, 1, 10.0, 20.0, 15.0, 40.0).moved(quarter)
    assert (row.x_pt, row.y_pt) == (80.0, 10.0)


def test_too_few_scores(dataset, tmp_path, capsys):
    make(dataset, tmp_path / "cases", "--kinds", "long", "--per-kind", "9")
    assert "no more scores for long: 3 of 9" in capsys.readouterr().err


def test_a_head_outside_its_system_is_refused(dataset, tmp_path, capsys):
    for path in (dataset / "data/scores/test").glob("*/plain.npz"):
        look = ScoreLook.load(path)
        look.heads["system"] = 5
        look.save(path)
    (tmp_path / "cases").mkdir()
    make(dataset, tmp_path / "cases", "--kinds", "plain")
    assert "heads in system 5" in capsys.readouterr().err


def test_no_scores(dataset, tmp_path):
    with pytest.raises(LivefollowError, match="livefollow data scores"):
        make(dataset, tmp_path / "cases", "--split", "valid")


def test_a_reprise_is_bound_again_and_one_of_its_lines_cannot_be_read(dataset, tmp_path):
    (folder,) = make(dataset, tmp_path / "cases", "--kinds", "reprise")
    rows, meta = read(folder)
    with pymupdf.open(folder / "score.pdf") as document:
        assert len(document) == 6
        first, again = document[0], document[meta["unreadable"]["page"] - 1]
        assert again.number >= 4
        assert len(again.get_drawings()) > len(first.get_drawings())
    assert {1, 2, 5, 6} <= {row["page"] for row in rows}
    assert [row["page"] for row in rows] == sorted(row["page"] for row in rows)


def test_one_piece_of_a_book_is_played_and_all_are_in_its_midi(dataset, tmp_path):
    (folder,) = make(dataset, tmp_path / "cases", "--kinds", "cold_start")
    rows, _ = read(folder)
    assert len({(row["page"] - 1) // 2 for row in rows}) == 1
    played, printed = (mido.MidiFile(folder / name).length for name in ("performance.mid", "score.mid"))
    assert played < printed
