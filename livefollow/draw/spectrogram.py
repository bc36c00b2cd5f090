"""`livefollow frames`: the spectrogram of a recording, as the program hears it."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.audio.file import FileSource
from livefollow.constants import BANDS_PER_OCTAVE, FPS, N_BINS
from livefollow.errors import AudioError, LivefollowError
from livefollow.features.filterbank import band_frequencies
from livefollow.features.frames import bands_of, frames_of

ROW_S = 20  # seconds of sound in one row of the picture
MAX_ROWS = 90  # half an hour; a longer recording gets longer rows
FRAME_PX = 4  # width of a frame in a row of ROW_S
BIN_PX = 3  # height of a bin
LEFT, RIGHT, TOP, BOTTOM, GAP = 84, 24, 46, 34, 12
INK = (40, 40, 40)
PALE = (150, 150, 150)
FONT = cv2.FONT_HERSHEY_SIMPLEX

Image = npt.NDArray[np.uint8]


def write_frames(audio: Path, out: Path) -> str:
    """Draw all frames of a recording into `frames.png`.

    Args:
        audio: WAV, FLAC, OGG or MP3.
        out: folder for the picture, created if missing.

    Returns:
        A sentence about what was written.

    Raises:
        AudioError: the recording cannot be read or is shorter than a frame.
        LivefollowError: the picture cannot be written.
    """
    with FileSource(audio) as source:
        frames = list(frames_of(source))
        note = source.status.note
    if not frames:
        raise AudioError(f"{audio} is shorter than one frame ({1 / FPS:.2f} s)")
    spectrogram = bands_of(np.concatenate(frames))
    path = out / "frames.png"
    _, png = cv2.imencode(".png", draw_frames(spectrogram, audio.name))
    try:
        out.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png.tobytes())
    except OSError as error:
        raise LivefollowError(f"the picture cannot be written to {path}: {error.strerror}") from error
    sentence = f"{path}: {len(spectrogram)} frames of {N_BINS} bins, {len(spectrogram) / FPS:.1f} s of {audio.name}"
    return f"{sentence} ({note})." if note else f"{sentence}."


def draw_frames(frames: npt.NDArray[np.float32], title: str) -> Image:
    """Draw frames as rows of 20 s, time to the right, pitch upwards, loudness as colour.

    Args:
        frames: (n, 78) with n ≥ 1.
        title: heading of the picture.

    Returns:
        (height, width, 3) BGR.
    """
    row_frames = max(ROW_S * FPS, -(-len(frames) // MAX_ROWS))
    row_px = ROW_S * FPS * FRAME_PX
    rows = -(-len(frames) // row_frames)
    row_height = N_BINS * BIN_PX + BOTTOM + GAP
    image: Image = np.full((TOP + rows * row_height, LEFT + row_px + RIGHT, 3), 255, np.uint8)
    loudest = float(np.percentile(frames, 99.9)) or 1.0
    heading = (
        f"{len(frames) / FPS:.1f} s, {len(frames)} frames of {N_BINS} bins; dark 0, bright log10(1+x) >= {loudest:.2f}"
    )
    # OpenCV draws only ASCII letters.
    _text(image, f"{title.encode('ascii', 'replace').decode()}: {heading}", (LEFT, TOP - 22), 0.55)
    for row in range(rows):
        part = frames[row * row_frames : (row + 1) * row_frames]
        top = TOP + row * row_height
        _draw_row(image[top : top + row_height], _colours(part / loudest), round(row_px * len(part) / row_frames))
        _draw_axes(image[top : top + row_height], row * row_frames / FPS, row_frames / FPS, row_px)
    return image


def _colours(loudness: npt.NDArray[np.float32]) -> Image:
    """Turn (n, 78) values of 0 … 1 into a BGR picture (78, n), high notes at the top."""
    grey = np.clip(np.sqrt(loudness) * 255, 0, 255).astype(np.uint8)
    return np.asarray(cv2.applyColorMap(np.ascontiguousarray(grey.T[::-1]), cv2.COLORMAP_INFERNO), np.uint8)


def _draw_row(row: Image, picture: Image, width: int) -> None:
    interpolation = cv2.INTER_NEAREST if width >= picture.shape[1] else cv2.INTER_AREA
    row[: N_BINS * BIN_PX, LEFT : LEFT + width] = cv2.resize(
        picture, (width, N_BINS * BIN_PX), interpolation=interpolation
    )


def _draw_axes(row: Image, start_s: float, length_s: float, width: int) -> None:
    """Draw note names at the left and seconds below."""
    height = N_BINS * BIN_PX
    cv2.rectangle(row, (LEFT - 1, -1), (LEFT + width, height), PALE, 1)
    # The notes C, by which pianists find their way; the lowest band is C2.
    for octave, hz in enumerate(band_frequencies()[::BANDS_PER_OCTAVE], start=2):
        y = round(height - ((octave - 2) * BANDS_PER_OCTAVE + 0.5) * BIN_PX)
        cv2.line(row, (LEFT - 6, y), (LEFT - 1, y), INK, 1)
        _text(row, f"C{octave} {hz:.0f} Hz", (4, y + 4), 0.4)
    # Ticks a second apart, or wider where the rows hold minutes; every fifth one has a number.
    step = max(1, round(length_s / 25))
    first = -(-int(np.ceil(start_s)) // step) * step
    for second in range(first, int(start_s + length_s) + 1, step):
        x = LEFT + round((second - start_s) / length_s * width)
        numbered = second % (5 * step) == 0
        cv2.line(row, (x, height), (x, height + (8 if numbered else 4)), INK, 1)
        if numbered:
            _text(row, f"{second // 60}:{second % 60:02d}", (x - 14, height + 23), 0.45)


def _text(image: Image, text: str, at: tuple[int, int], scale: float) -> None:
    cv2.putText(image, text, at, FONT, scale, INK, 1, cv2.LINE_AA)
