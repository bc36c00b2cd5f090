"""`livefollow evaluate` and `livefollow render` from their arguments to what they write."""

import argparse
import importlib.util
import json
import subprocess
import sys
from pathlib import Path

import pytest

from livefollow.cli import evaluate as command
from livefollow.errors import LivefollowError
from livefollow.evaluate import runners
from livefollow.evaluate.cases import load_case
from livefollow.evaluate.runners import CommandError, Program, follow_case, other_pieces, parse_command, write_noises
from tests.optional import needs_modules

# A follower that says where it is from the sound's length alone, and fails for what is called bad.
FOLLOWER = """
import sys, soundfile
score, audio, csv = sys.argv[1:]
if "bad" in score: sys.exit("no ear")
info = soundfile.info(audio)
with open(csv, "w") as out:
    out.write("time_s,page,system,x_pt,top_pt,bottom_pt,state\\n")
    for k in range(int(20 * info.frames / info.samplerate)):
        out.write(f"{(k + 1) / 20},1,1,{50 + k},100,140,following\\n")
"""


@pytest.fixture
def cases(case_folder: Path) -> Path:
    """Two cases, one of which the follower fails on."""
    bad = case_folder.parent / "bad"
    bad.mkdir()
    for path in case_folder.iterdir():
        (bad / path.name).write_bytes(path.read_bytes())
    (bad / "score.pdf").write_bytes(b"another score")
    return case_folder.parent


@pytest.fixture
def follower(tmp_path: Path) -> str:
    (tmp_path / "follower.py").write_text(FOLLOWER)
    return f"{sys.executable} {tmp_path / 'follower.py'} {{score}} {{audio}} {{csv}}"


def evaluate(*argv: object) -> int:
    parser = argparse.ArgumentParser()
    command.add_arguments(parser)
    return command.run(parser.parse_args([str(a) for a in argv]))


def test_a_program_is_measured_beside_the_deaf(
    cases: Path, follower: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert evaluate(cases, "--csv-from", follower, "--turns", "--jobs", 2, "--out", out) == 1
    said = capsys.readouterr().out
    assert "FAILED, counted as zero: command on bad: exit code 1: no ear" in said
    summary = json.loads((out / "summary.json").read_text())["followers"]
    expected = ["command", "command, another piece", "command, noise"]
    assert list(summary) == [*expected, "stand", "steady", "timer", "oracle-0", "oracle-1", "oracle-4"]
    assert summary["command"]["failed"] == {"bad": "exit code 1: no ear"}
    assert summary["oracle-1"]["figures"]["R_on"]["mean"] == 1.0
    assert [summary[name]["turns"]["pages"] for name in (*expected, "oracle-1")] == [2, 0, 0, 2]
    assert (out / "pieces" / "command" / "small.track.csv").is_file()
    assert (out / "pieces" / "oracle-1" / "bad.csv").read_text().startswith("onset_s,seconds,dx_px")
    assert len((out / "pieces.csv").read_text().splitlines()) == 1 + 2 * len(summary)


def test_where_nothing_can_be_written_nothing_is_measured_first(
    cases: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "out").write_text("a file of mine")
    with pytest.raises(LivefollowError, match="it is no folder"):
        evaluate(cases, "--out", tmp_path / "out")
    assert capsys.readouterr().out == ""
    assert (tmp_path / "out").read_text() == "a file of mine"


def test_the_deaf_alone(cases: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluate(cases, "--agent", "oracle-1", "--only", "small") == 0
    said = capsys.readouterr().out
    assert "oracle-1: R_on" in said
    assert "over " in said


def test_sound_that_is_not_the_piece(case_folder: Path, capsys: pytest.CaptureFixture[str], follower: str) -> None:
    header = (case_folder / "truth.csv").read_text().splitlines()[0]
    (case_folder / "truth.csv").write_text(header + "\n")
    assert evaluate(case_folder, "--csv-from", follower, "--own-sound-only", "--turns") == 0
    said = capsys.readouterr().out
    assert "followed 2.0 s of what is not the piece" in said
    assert next(line.split() for line in said.splitlines() if line.startswith("steady")) == ["steady", "2.0", "1.00"]


@needs_modules("matplotlib")
def test_a_report_is_one_page(cases: Path, tmp_path: Path) -> None:
    assert evaluate(cases, "--agent", "oracle-4", "--turns", "--report", tmp_path / "r") == 0
    page = (tmp_path / "r" / "report.html").read_text()
    assert page.count("<img") == 3
    assert "data:image/png;base64," in page
    assert "Page turns" in page
    assert "http" not in page


def test_a_report_without_matplotlib_says_how_to_get_it(cases: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)
    with pytest.raises(LivefollowError, match=r"report.* needs matplotlib: pip install 'livefollow\[report\]'"):
        evaluate(cases, "--agent", "oracle-4", "--report", cases / "r")


def test_no_such_agent(cases: Path, models: Path) -> None:
    with pytest.raises(CommandError, match=r"no agent beethoven; there are .*tiny, stand"):
        evaluate(cases, "--agent", "beethoven", "--models", models)


def test_an_agent_is_measured_as_a_program_on_its_piece_and_on_what_is_not(
    case_folder: Path, models: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert evaluate(case_folder, "--agent", "tiny", "--models", models, "--provider", "cpu", "--out", tmp_path) == 0
    summary = json.loads((tmp_path / "summary.json").read_text())["followers"]
    assert list(summary)[:2] == ["tiny", "tiny, noise"]
    assert [summary[name]["hears"] for name in ("tiny", "tiny, noise")] == [True, False]
    assert "tiny: R_on" in capsys.readouterr().out
    assert len((tmp_path / "pieces" / "tiny" / "small.track.csv").read_text().splitlines()) == 1 + 2 * 20


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("follow {score} {audio}", r"lacks \{csv\}"),
        ("follow {score} {audio} {csv} {wish}", "wish"),
        ("follow {score} {audio} {csv} '", "quotation"),
    ],
)
def test_a_command_that_cannot_be_filled_in(text: str, says: str) -> None:
    with pytest.raises(CommandError, match=says):
        parse_command(text)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("/nowhere/follower",), "does not start"),
        ((sys.executable, "-c", "pass"), "wrote no track"),
        ((sys.executable, "-c", "import time; time.sleep(9)"), "more than 0.2 s"),
        ((sys.executable, "-c", "open(r'{csv}', 'w').write('x')"), "lacks the columns"),
    ],
)
def test_a_program_may_fail_in_many_ways(case_folder: Path, words: tuple[str, ...], says: str) -> None:
    case = load_case(case_folder)
    result = follow_case(Program("p", words, case_folder, limit_s=0.2 if "sleep" in words[-1] else 20), case)
    assert says in result.error
    assert result.figures is None


def test_another_piece_has_another_score(cases: Path) -> None:
    loaded = [load_case(folder) for folder in sorted(cases.iterdir())]
    assert other_pieces(loaded) == {"bad": loaded[1].audio, "small": loaded[0].audio}
    assert other_pieces(loaded[:1]) == {}


def test_noise_is_as_long_as_the_music_and_the_same_again(cases: Path, tmp_path: Path) -> None:
    case = load_case(cases / "small")
    noise = write_noises([case], tmp_path / "n")["small"]
    assert runners.duration_s(noise) == pytest.approx(2.0, abs=1e-3)
    before = noise.read_bytes()
    assert write_noises([case], tmp_path / "n")["small"].read_bytes() == before


def test_evaluate_imports_neither_qt_nor_torch_and_its_arguments_nothing() -> None:
    code = (
        "import sys, livefollow.cli.evaluate, livefollow.cli.film\n"
        "light = {'numpy', 'cv2', 'av', 'soundfile'} & set(sys.modules)\n"
        "import livefollow.draw.film, livefollow.evaluate.report, livefollow.evaluate.runners\n"
        "print(light | ({'PyQt6', 'torch', 'matplotlib', 'sounddevice', 'onnxruntime'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
