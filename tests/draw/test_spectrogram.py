import cv2
import numpy as np
import pytest
import soundfile

from livefollow.cli.main import main
from livefollow.constants import N_BINS, SAMPLE_RATE
from livefollow.draw.spectrogram import BIN_PX, BOTTOM, FRAME_PX, GAP, LEFT, MAX_ROWS, TOP, draw_frames, write_frames
from livefollow.errors import AudioError, LivefollowError


def test_the_command_draws_a_recording(tmp_path, capsys):
    t = np.arange(25 * SAMPLE_RATE) / SAMPLE_RATE
    soundfile.write(tmp_path / "a.flac", 0.3 * np.sin(2 * np.pi * 440 * t), SAMPLE_RATE)
    assert main(["frames", str(tmp_path / "a.flac"), "--out", str(tmp_path / "new" / "folder")]) == 0
    path = tmp_path / "new" / "folder" / "frames.png"
    assert capsys.readouterr().out == f"{path}: 500 frames of 78 bins, 25.0 s of a.flac.\n"
    image = cv2.imread(str(path))
    row = N_BINS * BIN_PX + BOTTOM + GAP
    assert len(image) == TOP + 2 * row
    # A4 is band 33, counted from C2 at the bottom: its row is the brightest.
    grey = image[TOP : TOP + N_BINS * BIN_PX, LEFT + 100 * FRAME_PX].astype(int).sum(axis=1)
    assert N_BINS - 1 - int(np.argmax(grey)) // BIN_PX == 33


def test_hours_fit_into_one_picture_and_silence_is_drawn():
    image = draw_frames(np.zeros((3 * 3600 * 20, N_BINS), np.float32), "Prélude")
    assert len(image) == TOP + MAX_ROWS * (N_BINS * BIN_PX + BOTTOM + GAP)


def test_too_short_and_unwritable_are_errors(tmp_path):
    soundfile.write(tmp_path / "a.wav", np.zeros(1101), SAMPLE_RATE)
    with pytest.raises(AudioError, match="shorter than one frame"):
        write_frames(tmp_path / "a.wav", tmp_path)
    soundfile.write(tmp_path / "b.wav", np.zeros(5000), SAMPLE_RATE)
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(LivefollowError, match="cannot be written"):
        write_frames(tmp_path / "b.wav", tmp_path / "file")
