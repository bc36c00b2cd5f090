"""A recording is what was heard and where the player was, and is whole whatever happens."""

import gc
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest
import soundfile
from pytestqt.qtbot import QtBot

from livefollow.follow.position import Position
from livefollow.follow.track import load_track
from livefollow.viewer.practice import recorder as recorder_module
from livefollow.viewer.practice.playback import Replay, load_trace
from livefollow.viewer.practice.recorder import Recorder, RecordingError
from tests.viewer.practice.takes import RATE, TONE, play, position


def test_what_was_heard_and_where_the_player_was(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path / "new" / "folder", "Prélude: No. 1/2")
    play(recorder)
    recorder.close()
    (take,) = recorder.takes
    assert take.name.endswith("Prélude_ No. 1_2.wav")
    sound, rate = soundfile.read(take)
    assert rate == RATE
    np.testing.assert_allclose(sound, TONE, atol=2**-15)
    track = load_track(take.with_suffix(".csv"))
    np.testing.assert_allclose(track.time_s, np.arange(78) / 20)
    np.testing.assert_allclose(track.x_pt, 110 + track.time_s)
    assert recorder.seconds == pytest.approx(4)
    assert recorder.trouble == ""


def test_another_rate_is_another_file_and_so_is_too_much(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    recorder = Recorder(tmp_path, "a")
    play(recorder)
    play(recorder, 20.0, 2 * RATE)
    recorder.close()
    assert [soundfile.info(take).samplerate for take in recorder.takes] == [RATE, 2 * RATE]
    assert load_track(recorder.takes[1].with_suffix(".csv")).time_s[0] == pytest.approx(0)
    monkeypatch.setattr(recorder_module, "MOST_BYTES", 3 * RATE * 4)
    recorder = Recorder(tmp_path, "b")
    play(recorder)
    recorder.close()
    assert [round(soundfile.info(take).duration) for take in recorder.takes] == [3, 1]


def test_without_sound_there_are_no_files(tmp_path: Path) -> None:
    recorder = Recorder(tmp_path, "a")
    recorder.follow([position(0.0)])
    recorder.close()
    recorder.close()
    assert recorder.takes == []
    assert list(tmp_path.iterdir()) == []


def test_what_cannot_be_written_is_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(RecordingError, match="cannot be written to"):
        Recorder(tmp_path / "file", "a")
    recorder = Recorder(tmp_path, "a")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(recorder._take, "hear", full)
    play(recorder)
    recorder.close()
    assert "No space left on device" in recorder.trouble
    play(recorder)  # goes on as if nothing were


def test_a_disk_that_does_not_answer_ends_the_recording(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recorder_module, "WAITING", 10)
    recorder = Recorder(tmp_path, "a")
    monkeypatch.setattr(recorder._take, "hear", lambda *_: time.sleep(0.1))
    play(recorder)
    assert "too slow" in recorder.trouble
    recorder.close()


def test_killed_in_the_middle_both_files_are_whole(tmp_path: Path) -> None:
    program = f"""
import time
from pathlib import Path
from tests.viewer.practice.takes import Recorder, play
recorder = Recorder(Path({str(tmp_path)!r}), "killed")
play(recorder)
print("played", flush=True)
for i in range(10_000):
    time.sleep(0.01)
    play(recorder, 14 + 4 * i)
"""
    process = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=Path(__file__).parents[3])
    assert process.stdout
    assert process.stdout.readline() == b"played\n"
    time.sleep(2.5)  # more than one write to the disk
    process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()
    (sound,) = tmp_path.glob("*.wav")
    heard, _ = soundfile.read(sound)
    assert len(heard) > RATE
    np.testing.assert_allclose(heard[: len(TONE)], TONE[: len(heard)], atol=2**-15)
    track = load_track(sound.with_suffix(".csv"))
    assert track.time_s[0] == pytest.approx(0)


def test_it_is_played_again_as_it_was(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "sounddevice", None)
    recorder = Recorder(tmp_path, "a")
    play(recorder)
    recorder.close()
    track = load_trace(recorder.takes[0], pages=1)
    replay = Replay(recorder.takes[0], track, begins_s=5.0)
    seen: list[Position] = []
    replay.moved.connect(seen.extend)
    replay.start()
    qtbot.waitUntil(lambda: len(seen) > 10, timeout=20_000)
    assert all(p.time_s <= replay.seconds + 5 for p in seen)
    with qtbot.waitSignal(replay.ended, timeout=20_000):
        pass
    assert [p.time_s for p in seen] == (track.time_s + 5).tolist()


def test_what_cannot_be_replayed_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(RecordingError, match="no positions beside it"):
        load_trace(tmp_path / "a.wav", 3)
    (tmp_path / "a.csv").write_text("oh")
    with pytest.raises(RecordingError, match="cannot be read"):
        load_trace(tmp_path / "a.wav", 3)
    recorder = Recorder(tmp_path, "b")
    recorder.hear(TONE, RATE, 0.0)
    recorder.follow([position(1.0, page=4)])
    recorder.close()
    with pytest.raises(RecordingError, match="another score"):
        load_trace(recorder.takes[0], 3)


def test_on_a_full_disk_what_was_written_can_be_played(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="files cannot be limited here")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    recorder = Recorder(tmp_path, "a")
    resource.setrlimit(resource.RLIMIT_FSIZE, (3 * RATE * 4, before[1]))  # three seconds
    try:
        play(recorder)
        recorder.close()
        gc.collect()  # what is left of the recording must not complain (a warning is an error here)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert "cannot be written any more" in recorder.trouble
    (take,) = recorder.takes
    assert soundfile.info(take).duration == pytest.approx(3, abs=0.2)
