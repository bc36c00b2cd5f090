"""The paper's observation: a window of the spectrogram and one of the sheet, each with its one-step difference.

Henkel et al., "Score following as a multi-modal reinforcement learning problem", TISMIR 2(1), 2019, sections 2.1 and
4.1. The same functions make the state in training and at run time.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from livefollow.constants import BAND_HEIGHT, N_BINS, STAFF_SPACE, STRIP_HEIGHT, TRACKING_WINDOW, WINDOW
from livefollow.networks.specs import BAND_CONSTANTS, NetworkSpec, shared
from livefollow.score.strip import Strip

ByteArray = npt.NDArray[np.uint8]
FloatArray = npt.NDArray[np.float32]

FRAMES = 40  # of the spectrogram's window: two seconds
ACTIONS = (-1, 0, 1)  # change of the cursor's speed, in steps of it (1 px per frame)


@dataclass(frozen=True)
class PaperTask:
    """One of the paper's two settings.

    Attributes:
        name: of the setting.
        height, width: of the sheet window, its own px.
        px: cursor px per px of the window.
        strip_px: cursor px per strip px.
        lost: b: a cursor that is further off, in cursor px, is lost.
        speed_step: px per frame by which an action changes the speed; other than 1 only in ablations, which no agent
            plays.
        difference: whether the state has the spectrogram's one-step difference; without it, in ablations, it is 0.
    """

    name: str
    height: int
    width: int
    px: int
    strip_px: float
    lost: float
    speed_step: float = 1.0
    difference: bool = True


NOTTINGHAM_SPACE = 5  # px between two staff lines of its sheet
NOTTINGHAM = PaperTask("nottingham", 40, 150, 1, NOTTINGHAM_SPACE / STAFF_SPACE, 50.0)
MSMD = PaperTask("msmd", STRIP_HEIGHT // 2, WINDOW // 2, 2, 1.0, float(TRACKING_WINDOW))
TASKS = {task.name: task for task in (NOTTINGHAM, MSMD)}


def _spec(task: PaperTask, *names: str) -> NetworkSpec:
    """The spec of a task's networks; `names` are further constants that they depend on."""
    own = {name.upper(): getattr(task, name) for name in ("height", "width", "px", "strip_px", "lost")}
    if task.px > 1:
        own["STEP"] = 1  # cursor px by which a window can move: networks that saw every second place only are refused
    return NetworkSpec(
        f"paper-{task.name}",
        inputs={"spectrogram": (1, 2, N_BINS, FRAMES), "sheet": (1, 2, task.height, task.width)},
        outputs={"logits": (1, len(ACTIONS)), "value": (1,)},
        constants=shared(*BAND_CONSTANTS, *names) | {"FRAMES": FRAMES, "ACTIONS": list(ACTIONS)} | own,
    )


PAPER: Mapping[str, NetworkSpec] = {  # by name of the task
    NOTTINGHAM.name: _spec(NOTTINGHAM, "STAFF_SPACE"),
    MSMD.name: _spec(MSMD, "STAFF_SPACE", "STRIP_HEIGHT"),
}


def sheet_of(task: PaperTask, strip: Strip) -> ByteArray:
    """The whole sheet that `window` cuts from, (height, W) uint8 ink: paper 0, black 255; W cursor px wide."""
    return narrow_sheet(strip.bands) if task == NOTTINGHAM else half_sheets(strip.image)


def narrow_sheet(bands: ByteArray) -> ByteArray:
    """Nottingham's sheet of single staves: the upper band at a staff space of 5 px, its 40 middle rows, inverted.

    Args:
        bands: (2, BAND_HEIGHT, W), `Strip.bands`.

    Returns:
        (40, round(W · 5/7)).
    """
    size = (max(1, round(bands.shape[2] * NOTTINGHAM.strip_px)), round(BAND_HEIGHT * NOTTINGHAM.strip_px))
    small = np.asarray(cv2.resize(bands[0], size, interpolation=cv2.INTER_AREA), np.uint8)
    top = (small.shape[0] - NOTTINGHAM.height) // 2
    return 255 - small[top : top + NOTTINGHAM.height]


def half_sheets(image: ByteArray) -> ByteArray:
    """MSMD's sheet of grand staves: the strip image at half resolution, inverted, at every strip px.

    Halved beforehand, a strip would show a cursor's move of one px only every second time. So column x is the mean of
    the strip's columns x and x + 1: the even columns are one half sheet, the odd ones the other, and a window is what
    it would be if it were cut out first and then halved, as in the paper's release.

    Args:
        image: (STRIP_HEIGHT, W), `Strip.image`.

    Returns:
        (80, W).
    """
    width = image.shape[1]
    padded = np.pad(image, ((0, 0), (0, 2)), mode="edge")
    out = np.empty((MSMD.height, width), np.uint8)
    for first in range(MSMD.px):
        columns = len(range(first, width, MSMD.px))
        if columns:
            part = padded[:, first : first + columns * MSMD.px]
            out[:, first :: MSMD.px] = cv2.resize(part, (columns, MSMD.height), interpolation=cv2.INTER_AREA)
    return 255 - out


def window_left(
    task: PaperTask, x: npt.NDArray[np.float64], sheet_width: npt.NDArray[np.int64]
) -> npt.NDArray[np.int64]:
    """Left end of the windows around cursors, cursor px; up to one window before or beyond the sheet.

    Args:
        task: gives the width.
        x: (n,) cursor px.
        sheet_width: (n,) of the sheets, cursor px.
    """
    across = task.width * task.px
    return np.clip(np.floor(x).astype(np.int64) - across // 2, -across, sheet_width)


def padded_sheet(task: PaperTask, sheet: ByteArray) -> ByteArray:
    """Pad a sheet with a window of white paper on both sides, so that every window lies in it."""
    across = task.width * task.px
    return np.pad(sheet, ((0, 0), (across, across)))


def window(task: PaperTask, padded: ByteArray, left: int) -> ByteArray:
    """Cut the window out of a padded sheet.

    Args:
        task: gives the size.
        padded: from `padded_sheet`.
        left: from `window_left`.

    Returns:
        (height, width).
    """
    across = task.width * task.px
    return padded[:, left + across : left + 2 * across : task.px]


def padded_frames(frames: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Pad frames (T, 78) with silence in front: the state at frame t takes rows t to t + FRAMES."""
    return np.concatenate([np.zeros((FRAMES, N_BINS), frames.dtype), frames])


def spectrogram_state(frames: npt.NDArray[Any]) -> FloatArray:
    """Compute the spectrogram's part of the state.

    Args:
        frames: (n, FRAMES + 1, 78), the oldest first.

    Returns:
        (n, 2, 78, FRAMES): the newest frames, and by how much each differs from the one before.
    """
    newest = frames.astype(np.float32).swapaxes(1, 2)
    out = np.empty((len(frames), 2, N_BINS, FRAMES), np.float32)
    out[:, 0] = newest[:, :, 1:]
    np.subtract(newest[:, :, 1:], newest[:, :, :-1], out=out[:, 1])
    return out


def sheet_state(now: ByteArray, before: ByteArray) -> FloatArray:
    """Compute the sheet's part of the state.

    Args:
        now: (n, height, width) the windows around the cursors.
        before: the same one step ago.

    Returns:
        (n, 2, height, width): ink 0 … 1, and its difference from one step ago.
    """
    out = np.empty((len(now), 2, *now.shape[1:]), np.float32)
    np.multiply(now, np.float32(1 / 255), out=out[:, 0])
    np.multiply(before, np.float32(-1 / 255), out=out[:, 1])
    out[:, 1] += out[:, 0]
    return out


def network_inputs(frames: npt.NDArray[Any], now: ByteArray, before: ByteArray) -> dict[str, FloatArray]:
    """The inputs of a network of the paper, by name; see `spectrogram_state` and `sheet_state`."""
    return {"spectrogram": spectrogram_state(frames), "sheet": sheet_state(now, before)}
