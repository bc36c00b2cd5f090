import argparse
import json
import re
import shutil
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest
import soundfile

from livefollow.constants import SAMPLE_RATE
from livefollow.errors import LivefollowError
from livefollow.train.data.held_out import HELD_OUT_PIANO, HELD_OUT_ROOMS
from livefollow.train.data.performance import command as performances
from livefollow.train.data.performance.command import LONGEST_S, add_arguments, plan, render, run
from livefollow.train.data.performance.recordings import (
    SIMULATED_ROOMS,
    HeldOutError,
    load_recording,
    recordings_of,
    training_recordings,
    training_responses,
)
from livefollow.train.data.performance.styles import PRESETS
from livefollow.train.data.sound import rooms
from livefollow.train.data.sound.pianos import SCORE_PIANO, training_pianos
from tests.pieces import etude


@pytest.fixture
def corpus(tmp_path):
    """A piano of one sample under two names, and rooms of one echo."""
    corpus = tmp_path / "corpus"
    t = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    tone = 0.5 * np.cos(2 * np.pi * 440 * t) * np.exp(-3 * t)
    for name in ("upright_kw", HELD_OUT_PIANO):
        (corpus / "pianos" / name).mkdir(parents=True)
        soundfile.write(corpus / "pianos" / name / "A4v9.wav", tone, SAMPLE_RATE)
    (corpus / "pianos/upright_kw/upright_kw.sfz").write_text("<region> sample=A4v9.wav pitch_keycenter=69")
    (corpus / "rooms").mkdir()
    response = np.zeros(SAMPLE_RATE // 4)
    response[[100, 2000]] = (0.9, 0.2)
    for name in ("Cellar", *HELD_OUT_ROOMS):
        soundfile.write(corpus / "rooms" / f"{name}.wav", response, SAMPLE_RATE)
    return corpus


@pytest.fixture
def data(tmp_path, monkeypatch):
    data = tmp_path / "data"
    for split, pieces in (("train", "abc"), ("test", "d")):
        for piece in pieces:
            (data / "scores" / split / piece).mkdir(parents=True)
            music = replace(etude(bars=10, seed=ord(piece)), name=piece)
            music.save(data / "scores" / split / piece / "music.json")
    monkeypatch.setattr(performances, "write_clips", lambda folder: None)
    return data


def make(corpus, data, *more):
    parser = argparse.ArgumentParser()
    add_arguments(parser)
    args = ["--corpus", str(corpus), "--data", str(data), "--pianos", "upright_kw", "--jobs", "1", "--exercises", "0"]
    return run(parser.parse_args([*args, *more]))


def test_renders_what_is_missing(corpus, data, capsys):
    assert make(corpus, data, "--per-piece", "2", "--limit", "2") == 0
    paths = sorted((data / "performances/train").glob("*/*.npz"))
    assert [p.parent.name for p in paths] == ["a", "a", "b", "b"]
    before = {p: p.stat().st_mtime_ns for p in paths}
    paths[0].unlink()  # its sound alone does not count
    make(corpus, data, "--per-piece", "2", "--limit", "2")
    assert sorted((data / "performances/train").glob("*/*.npz")) == paths
    assert [p for p in paths if p.stat().st_mtime_ns != before[p]] == paths[:1]
    report = json.loads((data / "performances/report.json").read_text())
    assert report["recordings"] == 4
    assert report["failures"] == {}
    assert report["minutes_by_piano"]["upright_kw"] == pytest.approx(report["minutes_by_split"]["train"])
    assert not [p for p in (data / "performances").rglob("*") if "partial" in p.name]
    assert capsys.readouterr().err == ""  # no bar where nobody watches


def test_exercises_are_played_too(corpus, data):
    make(corpus, data, "--exercises", "2", "--per-piece", "1", "--limit", "1", "--split", "train", "exercises")
    assert {r.piece for r in training_recordings(data)} == {"a", "exercise-0"}


def test_a_recording(corpus, data):
    make(corpus, data, "--per-piece", "1", "--limit", "1", "--styles", "stumbling")
    (recording,) = training_recordings(data)
    assert (recording.piece, recording.style, recording.piano) == ("a", "stumbling", "upright_kw")
    sound = recording.sound()
    assert len(sound) / SAMPLE_RATE == pytest.approx(recording.seconds)
    assert np.abs(sound).max() == pytest.approx(0.7, abs=0.01)
    assert np.array_equal(recording.sound(2.0, 1.5), sound[2 * SAMPLE_RATE : round(3.5 * SAMPLE_RATE)])
    assert len(recording.sound(recording.seconds + 5, 1)) == 0
    played = recording.played
    assert np.all(np.diff(played.onsets["onset_s"]) > 0)
    again = performances.play(
        performances.Music.load(data / "scores/train/a/music.json"),
        PRESETS["stumbling"],
        np.random.default_rng(recording.seed),
        LONGEST_S,
    )
    assert np.array_equal(played.onsets, again.onsets)
    assert played.jumps == again.jumps
    assert played.pauses == again.pauses


def test_the_plan_is_drawn_once(corpus, data):
    def drawn(**changes):
        arguments = {"styles": None, "pianos": None, "per_piece": 6, "seed": 0, **changes}
        return [(t.out.name, t.style, t.piano) for t in plan(data, corpus, "train", **arguments)]

    assert drawn() == drawn()
    assert drawn() != drawn(seed=1)
    assert set(drawn(per_piece=2)) < set(drawn())
    styles = [style for _, style, _ in drawn()]
    assert len(set(styles[:6])) == 6
    assert {piano for _, _, piano in drawn(per_piece=40)} == set(training_pianos())


def test_the_documentation_has_the_shares_and_rooms_of_the_code():
    weights, share = performances.WEIGHTS, dict.fromkeys(performances.WEIGHTS, 0.0)
    for drawn in permutations(weights, 3):
        chance, left = 1.0, 1.0
        for style in drawn:
            chance *= weights[style] / left
            left -= weights[style]
        for style in drawn:
            share[style] += chance / 3
    text = (Path(__file__).parents[4] / "docs" / "dataset_performances.md").read_text(encoding="utf-8")
    for style, weight in weights.items():
        (row,) = re.findall(rf"^\| `{style}` \| .* … .*", text, re.MULTILINE)
        assert row.split(" | ")[2:4] == [f"{weight:.2f}"[1:], f"{share[style]:.3f}"[1:]]
    assert f"{SIMULATED_ROOMS} simulated boxes" in text


def test_evaluation_is_played_on_the_held_out_piano(corpus, data):
    tasks = plan(data, corpus, "test", None, None, 3, 0)
    assert [(t.style, t.piano) for t in tasks] == [
        ("score", SCORE_PIANO),
        ("plain", HELD_OUT_PIANO),
        ("stumbling", HELD_OUT_PIANO),
    ]
    assert all(t.longest_s is None for t in tasks)


def test_failures_are_told(corpus, data):
    (data / "scores/train/b/music.json").write_text("{}")
    assert make(corpus, data, "--per-piece", "1") == 1
    report = json.loads((data / "performances/report.json").read_text())
    assert report["recordings"] == 2
    ((path, reason),) = report["failures"].items()
    assert path.startswith("performances/train/b/")
    assert "another version" in reason


def test_no_pieces(corpus, tmp_path):
    with pytest.raises(LivefollowError, match="livefollow data scores"):
        make(corpus, tmp_path)


# --- what is held out cannot be reached ---


def test_training_is_never_rendered_on_the_held_out_piano(corpus, data):
    with pytest.raises(HeldOutError, match=HELD_OUT_PIANO):
        plan(data, corpus, "train", None, [HELD_OUT_PIANO], 1, 0)
    assert HELD_OUT_PIANO not in {t.piano for t in plan(data, corpus, "train", None, None, 50, 0)}


@pytest.mark.parametrize("split", ["test", "valid", "nottingham-test", "nottingham-valid"])
def test_no_other_split_is_learned_from(corpus, data, split):
    with pytest.raises(HeldOutError, match=split):
        training_recordings(data, ("train", split))


@pytest.mark.parametrize("name", [None, "plain-1-fluid_r3.npz"])
def test_a_held_out_recording_put_among_the_others_is_refused(corpus, data, name):
    """Under its own name, or renamed."""
    task = replace(plan(data, corpus, "test", ["plain"], None, 1, 0)[0], corpus=corpus)
    assert not render(task).error
    assert recordings_of(data, "test")[0].piano == HELD_OUT_PIANO
    target = data / "performances/train/a" / (name or task.out.name)
    target.parent.mkdir(parents=True)
    shutil.copy(task.out, target)
    shutil.copy(task.out.with_suffix(".flac"), target.with_suffix(".flac"))
    with pytest.raises(HeldOutError, match=HELD_OUT_PIANO):
        training_recordings(data)


def test_a_recording_that_calls_itself_held_out_is_refused(corpus, data):
    make(corpus, data, "--per-piece", "1", "--limit", "1")
    (path,) = (data / "performances/train").glob("*/*.npz")
    path.rename(path.with_name(f"plain-1-{HELD_OUT_PIANO.upper()}.npz"))
    with pytest.raises(HeldOutError):
        training_recordings(data)


def test_held_out_rooms_are_refused(corpus, monkeypatch):
    monkeypatch.setattr(rooms, "simulated_responses", lambda *args: [])
    assert len(training_responses(corpus)) == 1
    for name in HELD_OUT_ROOMS:
        with pytest.raises(HeldOutError, match=name):
            training_responses(corpus, ["Cellar", name])


def test_other_versions_are_refused(tmp_path):
    np.savez(tmp_path / "x.npz", version=np.int32(0))
    with pytest.raises(ValueError, match="another version"):
        load_recording(tmp_path / "x.npz")
