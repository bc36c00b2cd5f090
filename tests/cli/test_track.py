"""`livefollow track` and `livefollow render` with an agent, from their arguments to what they write."""

import json
import subprocess
import sys
from pathlib import Path

import av
import numpy as np
import pytest
import soundfile

from livefollow.cli.film import LAYOUTS
from livefollow.cli.main import main
from livefollow.features.frames import frame_time_s
from livefollow.follow.track import load_track
from livefollow.networks.manifest import load_manifest
from livefollow.turning.view import Layout
from tests.broken import make_pdf
from tests.cases import DEMO

SECONDS = 4


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first seconds of the demo's recording."""
    with soundfile.SoundFile(DEMO / "performance.ogg") as file:
        rate = file.samplerate
        samples = file.read(SECONDS * rate)
    path = tmp_path_factory.mktemp("sound") / "short.wav"
    soundfile.write(path, samples, rate)
    return path


def run(*argv: object) -> int:
    return main([str(a) for a in argv])


def track(models: Path, sound: Path, csv: Path, *more: object, score: Path = DEMO / "score.pdf") -> int:
    return run(
        "track", "--score", score, "--audio", sound, "--csv", csv, "--models", models, "--provider", "cpu", *more
    )


def test_a_row_per_frame_and_a_line_of_json(
    models: Path, sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert track(models, sound, tmp_path / "a.csv") == 0
    said = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (said["frames"], said["pages"]) == (20 * SECONDS, 3)
    assert 0 < said["latency_ms"]["p50"] <= said["latency_ms"]["p95"] <= said["latency_ms"]["max"]
    assert said["real_time_factor"] > 0
    assert said["reading_s_per_page"] > 0
    assert said["networks"] == {"tiny-reader 0": "cpu", "tiny-listener 0": "cpu"}
    header = (tmp_path / "a.csv").read_text().splitlines()[0]
    assert header == "time_s,page,system,x_pt,top_pt,bottom_pt,strip_x,speed,confidence,state"
    found = load_track(tmp_path / "a.csv")
    np.testing.assert_allclose(found.time_s, [frame_time_s(i) for i in range(20 * SECONDS)], atol=1e-4)
    assert (found.page[0], found.system[0]) == (1, 1)
    assert track(models, sound, tmp_path / "b.csv", "--agent", "tiny") == 0
    assert (tmp_path / "b.csv").read_bytes() == (tmp_path / "a.csv").read_bytes()


def test_what_is_done_is_told_on_request(models: Path, sound: Path, tmp_path: Path) -> None:
    arguments = ["track", "-v", "--score", DEMO / "score.pdf", "--audio", sound, "--csv", tmp_path / "a.csv"]
    command = [sys.executable, "-m", "livefollow.cli.main", *map(str, arguments), "--models", str(models)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=True)
    assert "livefollow: 0:00.0 waiting, page 1, system 1" in done.stderr


def test_at_its_own_speed_the_track_is_the_same(models: Path, sound: Path, tmp_path: Path) -> None:
    assert track(models, sound, tmp_path / "fast.csv") == 0
    assert track(models, sound, tmp_path / "slow.csv", "--realtime") == 0
    fast, slow = load_track(tmp_path / "fast.csv"), load_track(tmp_path / "slow.csv")
    assert len(fast) == len(slow)
    np.testing.assert_allclose(slow.strip_x, fast.strip_x, atol=0.1)


def test_it_begins_where_the_player_says(models: Path, sound: Path, tmp_path: Path) -> None:
    assert track(models, sound, tmp_path / "a.csv", "--start", "3:200:100") == 0
    first = load_track(tmp_path / "a.csv")
    assert (first.page[0], first.system[0]) == (3, 1)
    assert first.x_pt[0] == pytest.approx(200, abs=30)


def test_what_cannot_be_followed_is_refused_with_its_code(
    models: Path, sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    csv = tmp_path / "a.csv"
    (tmp_path / "blank.pdf").write_bytes(make_pdf(content=b" "))
    (tmp_path / "tick.wav").write_bytes(b"")
    soundfile.write(tmp_path / "tick.wav", np.zeros(200), 22050)
    expected = [
        (track(models, sound, csv, score=tmp_path / "blank.pdf"), 4, "no staff systems"),
        (track(models, sound, csv, score=tmp_path / "none.pdf"), 4, "none.pdf"),
        (track(models, tmp_path / "none.wav", csv), 6, "no file"),
        (track(models, tmp_path / "tick.wav", csv), 6, "shorter than one frame"),
        (track(tmp_path, sound, csv), 5, "neither a manifest"),
        (
            track(models, sound, csv, "--agent", "beethoven"),
            5,
            f"there are: {', '.join(load_manifest(models).agents)}.",
        ),
        (track(models, sound, csv, "--start", "9:1:1"), 2, "page 9 has no staff system"),
        (track(models, sound, tmp_path / "no" / "a.csv"), 1, "no folder"),
    ]
    said = capsys.readouterr().err.splitlines()
    assert [code for code, _, _ in expected] == [code for _, code, _ in expected]
    for line, (_, _, words) in zip(said, expected, strict=True):
        assert line.startswith("livefollow: ")
        assert words in line
    assert not csv.exists()


def test_neither_score_nor_recording_is_written_over(
    models: Path, sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    page, played = folder / "1.pdf", tmp_path / "played.wav"
    page.write_bytes((DEMO / "score.pdf").read_bytes())
    played.write_bytes(sound.read_bytes())
    (tmp_path / "link.csv").symlink_to(page)
    for score, csv, words in (
        (page, page, "is the score itself"),
        (page, tmp_path / "link.csv", "is the score itself"),
        (folder, page, "is the score itself"),
        (folder, folder / "2.pdf", "is the score itself"),
        (folder, played, "is the recording itself"),
        (page, folder, "is a folder"),
        (page, tmp_path / ("a" * 300), "too long"),
    ):
        assert track(models, played, csv, score=score) == 1
        assert words in capsys.readouterr().err
    assert page.read_bytes() == (DEMO / "score.pdf").read_bytes()
    assert played.read_bytes() == sound.read_bytes()
    assert not (folder / "2.pdf").exists()


@pytest.mark.parametrize("start", ["1", "1:2", "a:b:c", "1:2:3:4", "1:nan:120", "1:70:inf", "1:1e999:120"])
def test_a_start_that_is_none(models: Path, sound: Path, start: str, tmp_path: Path) -> None:
    with pytest.raises(SystemExit) as ended:
        track(models, sound, tmp_path / "a.csv", "--start", start)
    assert ended.value.code == 2


def test_a_film_of_what_the_agent_follows(models: Path, sound: Path, tmp_path: Path) -> None:
    out = tmp_path / "film.mp4"
    assert run("render", "--score", DEMO / "score.pdf", "--audio", sound, "--out", out, "--models", models) == 0
    with av.open(str(out)) as film:
        assert film.streams.video[0].frames == 20 * SECONDS


def test_a_film_of_a_case_says_how_well_it_was_followed(
    models: Path, sound: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    case = tmp_path / "case"
    case.mkdir()
    for name in ("score.pdf", "meta.json"):
        (case / name).write_bytes((DEMO / name).read_bytes())
    (case / "performance.wav").write_bytes(sound.read_bytes())
    rows = (DEMO / "truth.csv").read_text().splitlines()
    (case / "truth.csv").write_text("\n".join(rows[:1] + [r for r in rows[1:] if float(r.split(",")[0]) < SECONDS]))
    assert run("render", "--case", case, "--out", tmp_path / "film.mp4", "--models", models) == 0
    assert capsys.readouterr().out.splitlines()[-1].startswith("case: R_on ")
    assert run("render", "--out", tmp_path / "film.mp4") == 2


def test_following_loads_neither_torch_nor_qt_nor_the_sound_card(models: Path, sound: Path, tmp_path: Path) -> None:
    argv = ["track", "--score", str(DEMO / "score.pdf"), "--audio", str(sound), "--csv", str(tmp_path / "a.csv")]
    code = (
        "import sys; from livefollow.cli.main import main\n"
        f"assert main({[*argv, '--models', str(models)]!r}) == 0\n"
        "print({'PyQt6', 'torch', 'matplotlib', 'sounddevice', 'onnx'} & {m.split('.')[0] for m in sys.modules})"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "set()"


def test_films_know_every_layout() -> None:
    assert set(LAYOUTS) == {layout.value for layout in Layout}
