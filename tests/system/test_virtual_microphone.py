"""The whole app on a real sound device: a recording is played into a virtual microphone, and followed by device."""

import csv
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from livefollow.evaluate.cases import load_case
from livefollow.evaluate.metrics import onset_errors
from livefollow.follow.track import Track
from tests.optional import needs_program
from tests.system.sound_server import NEEDED, NoServerError, SoundServer

REPOSITORY = Path(__file__).parents[2]
DEMO = REPOSITORY / "assets" / "demo"
PLAYED_S = 20.0
BEFORE_S = 3.0  # of nothing before it is played
START_S = 90.0  # that a busy machine may take until it listens
DEVICE = "default"  # ALSA's, which the server's plug-in is made to be


@pytest.fixture
def server(tmp_path: Path) -> Iterator[SoundServer]:
    needs_program(*NEEDED)
    try:
        server = SoundServer(tmp_path)
    except NoServerError as error:
        pytest.skip(f"no sound server: {error}")
    try:
        listed = subprocess.run(
            [sys.executable, "-m", "livefollow.cli.main", "--list-devices"],
            env=server.env,
            capture_output=True,
            check=False,
        )
        if b"default" not in listed.stdout:
            pytest.skip("no sound server: ALSA has no plug-in for PulseAudio (libasound2-plugins)")
        yield server
    finally:
        server.stop()


def read_trace(path: Path) -> dict[str, np.ndarray]:
    with path.open(newline="") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([row[name] for row in rows]) for name in rows[0]}


def test_what_is_played_into_the_microphone_is_followed(server: SoundServer, tmp_path: Path) -> None:
    sound, rate = soundfile.read(DEMO / "performance.ogg", frames=round(PLAYED_S * 44_100))
    soundfile.write(tmp_path / "piano.wav", sound, rate)
    trace = tmp_path / "trace.csv"
    arguments = ("--score", str(DEMO / "score.pdf"), "--device", DEVICE)
    app = subprocess.Popen(
        [sys.executable, "-m", "tests.system.app_with_trace", str(BEFORE_S + PLAYED_S + 2), str(trace), *arguments],
        env=server.env,
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
    )
    killer = threading.Timer(START_S + PLAYED_S + 20, app.kill)
    killer.start()
    try:
        assert app.stdout
        assert app.stdout.readline().startswith("listening"), "it does not hear the microphone"
        time.sleep(BEFORE_S)
        player = server.play(tmp_path / "piano.wav")
        played_at = time.time()
        assert player.wait(60) == 0
        lost = app.stdout.readline().split()
        assert app.wait(60) == 0
    finally:
        killer.cancel()
        app.kill()
        app.wait()
        app.stdout.close()
    assert lost[:1] == ["lost"]
    rows = read_trace(trace)
    wall, heard = rows["wall_s"].astype(float), rows["time_s"].astype(float)
    # The window has a position a little after the sound: the least delay is the best guess at when the sound began.
    begun = float(np.min(wall - heard)) - played_at
    seconds, page_ok = judge(rows, begun)
    player_late_s = -float(np.median(seconds))  # a busy machine may take its time until the player plays
    print(f"played after {player_late_s:.2f} s; ", end="")
    assert -0.5 < player_late_s < 5
    seconds, page_ok = judge(rows, begun - player_late_s)
    good = float(np.mean(np.abs(seconds) <= 0.5))
    print(f"onset error, median {np.median(np.abs(seconds)):.3f} s; page right {page_ok.mean():.1%}")
    if lost[1] != "0" and good < 0.9:
        pytest.skip(f"the machine is too busy for sound in real time: the input lost something {lost[1]} times")
    assert good >= 0.9
    assert page_ok.mean() >= 0.99
    assert set(rows["state"][heard + begun < -0.2]) <= {"waiting"}


def judge(rows: dict[str, np.ndarray], begun: float) -> tuple[np.ndarray, np.ndarray]:
    """Per onset that was played, seconds that the cursor is ahead and whether the page is right.

    Args:
        rows: of the trace.
        begun: second of the recording at which the app's time is 0.
    """
    track = Track(
        time_s=rows["time_s"].astype(float) + begun,
        page=rows["page"].astype(int),
        system=rows["system"].astype(int),
        **{n: rows[n].astype(float) for n in ("x_pt", "top_pt", "bottom_pt", "strip_x", "speed", "confidence")},
        state=rows["state"],
    )
    case = load_case(DEMO)
    assert case.truth is not None
    errors = onset_errors(case.truth, track, case.staff_space)
    sounded = errors.onset < PLAYED_S - 0.5
    return errors.seconds[sounded], errors.page_ok[sounded]
