"""`livefollow paper table4`: sixteen pieces in four simulated conditions, and a user's own recordings."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
import soundfile

from livefollow.cli.main import main
from livefollow.constants import BAND_HEIGHT, SAMPLE_RATE, STRIP_HEIGHT
from livefollow.train.data.notation.music import Music, Note
from livefollow.train.data.score_look import HEAD, MARK, ScoreLook
from livefollow.train.study import performances
from livefollow.train.study.performances import PIECES, SIMULATED

QUARTERS = 12


class Tones:
    """A piano that hums each key."""

    def render(self, notes, sample_rate, tuning_hz):
        length = max(note.onset + note.duration for note in notes) + 1
        out = np.zeros(round(length * sample_rate), np.float32)
        for note in notes:
            time_s = np.arange(round(0.4 * sample_rate)) / sample_rate
            hz = 440 * 2 ** ((note.pitch - 69) / 12)
            at = round(note.onset * sample_rate)
            part = out[at : at + len(time_s)]
            part += (0.2 * np.exp(-4 * time_s) * np.sin(2 * np.pi * hz * time_s))[: len(part)].astype(np.float32)
        return out


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    rng = np.random.default_rng(0)
    for name in PIECES:
        folder = tmp_path / "data" / "scores" / "test" / name
        folder.mkdir(parents=True)
        notes = [Note(float(q), 1.0, int(rng.integers(50, 80)), 0) for q in range(QUARTERS)]
        Music(name, "test", "CC0", notes, [0.0], [(0.0, 120.0)]).save(folder / "music.json")
        heads = np.zeros(QUARTERS, HEAD)
        heads["x"], heads["onset"] = 100 + 30 * np.arange(QUARTERS), np.arange(QUARTERS)
        heads["page"] = heads["system"] = 1
        bands = np.full((2, BAND_HEIGHT, 600), 255, np.uint8)
        image = np.full((STRIP_HEIGHT, 600), 255, np.uint8)
        systems, prefixes = np.array([[1, 1, 0, 600]], np.int32), np.zeros((1, 2), np.float32)
        ScoreLook(bands, image, systems, heads, np.empty(0, MARK), prefixes).save(folder / "lilypond.npz")
    monkeypatch.setattr(performances, "open_piano", lambda *_: Tones())
    monkeypatch.setattr(performances, "measured_response", lambda *_: np.array([1, 0, 0.3], np.float32))
    return tmp_path / "data"


def table(data: Path, out: Path, *more: str) -> list[dict[str, str]]:
    command = ["paper", "table4", "--data", str(data), "--corpus", str(data), "--out", str(out)]
    assert main([*command, *more]) == 0
    with (out / "table.csv").open() as file:
        return list(csv.DictReader(file))


def test_pieces_in_four_conditions(data: Path, tmp_path: Path) -> None:
    rows = table(data, tmp_path / "one", "--limit", "3")
    conditions = list(dict.fromkeys(row["condition"] for row in rows))
    assert conditions == [f"{c.name} (simulated, nobody played them)" for c in SIMULATED]
    assert {row["pieces"] for row in rows} == {"3"}
    by_row = {(row["condition"], row["row"]): row for row in rows}
    for condition in conditions:
        assert float(by_row[condition, "oracle"]["R_on"]) == 1
        assert float(by_row[condition, "MIDI-ODTW"]["R_on"]) > 0.9
    assert float(by_row[conditions[0], "MIDI-ODTW"]["dx_cm"]) <= 0.02
    assert float(by_row[conditions[1], "MIDI-ODTW"]["dx_cm"]) > 0  # another tempo than the score's
    table(data, tmp_path / "two", "--limit", "3")
    assert (tmp_path / "one" / "pieces.csv").read_bytes() == (tmp_path / "two" / "pieces.csv").read_bytes()


def test_recordings_fill_rows_of_their_own(data: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    room = tmp_path / "recordings" / "room"
    room.mkdir(parents=True)
    for name in PIECES[:2]:
        soundfile.write(room / f"{name}.wav", np.random.default_rng(0).normal(0, 0.1, 8 * SAMPLE_RATE), SAMPLE_RATE)
        lines = ["quarter,onset_s", *(f"{q},{0.5 + 0.6 * q}" for q in range(QUARTERS))]
        (room / f"{name}.csv").write_text("\n".join(lines) + "\n")
    rows = table(data, tmp_path / "out", "--limit", "2", "--recordings", str(room.parent))
    own = [row for row in rows if row["condition"] == "room"]
    assert own[0]["row"] == "oracle"
    assert own[0]["pieces"] == "2"
    (room / f"{PIECES[0]}.csv").write_text("quarter,onset_s\n0.25,1\n0.75,2\n")
    command = ["paper", "table4", "--data", str(data), "--corpus", str(data), "--limit", "1"]
    assert main([*command, "--recordings", str(room.parent)]) != 0
    assert "no two onsets of the piece" in capsys.readouterr().err


def test_pieces_that_are_missing_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["paper", "table4", "--data", str(tmp_path), "--corpus", str(tmp_path)]) != 0
    assert PIECES[0] in capsys.readouterr().err


def test_the_pieces_are_all_held_out(corpus: Path) -> None:
    assert len(set(PIECES)) == 16
    assert set(PIECES) <= json.loads((corpus / "msmd_split.json").read_text())["test"].keys()
