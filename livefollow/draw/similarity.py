"""A picture of sound against score: where both agree, and the path that was followed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

from livefollow.constants import FPS
from livefollow.errors import LivefollowError
from livefollow.evaluate.similarity import NATS, Similarity, event_at

FloatArray = npt.NDArray[np.float32]
FAINT = 0.02  # lowest belief that is drawn
COLUMNS = 300  # of the picture in time
BESIDE = 12  # events drawn beside those that matter
SIZE = (9.0, 4.5)  # inches


def draw(
    found: Similarity, out: Path, truth: tuple[FloatArray, FloatArray] | None, span: tuple[float, float] | None = None
) -> None:
    """Draw the picture into a file.

    Args:
        found: similarities, beliefs and path.
        out: PNG.
        truth: from `true_events`.
        span: seconds of the recording.

    Raises:
        LivefollowError: it cannot be written.
    """
    from matplotlib.figure import Figure  # noqa: PLC0415  # an extra; its object interface needs no display

    frames, events = found.agreement.shape
    start, stop = span or (0.0, frames / FPS)
    first, last = max(0, round(start * FPS)), min(frames, round(stop * FPS))
    shown = event_at(found.model, found.shown)
    seconds = (np.arange(frames) + 1) / FPS
    matter = [shown[first:last]]
    if truth:
        matter.append(truth[1][(truth[0] >= start) & (truth[0] < stop)])
    low = max(0, int(min(m.min() for m in matter if len(m))) - BESIDE)
    high = min(events, int(max(m.max() for m in matter if len(m))) + BESIDE)
    box = (first / FPS, last / FPS, low - 0.5, high - 0.5)
    figure = Figure(figsize=SIZE, dpi=90, layout="constrained")
    axes = figure.subplots()
    wide = 1 + (last - first) // COLUMNS  # frames: a single one would not be visible
    agreement = np.pad(found.agreement[first:last, low:high], ((wide - 1, 0), (0, 0)))
    axes.imshow(
        sliding_window_view(agreement, wide, 0).max(-1).T.astype(np.float32),
        cmap="Greys",
        aspect="auto",
        origin="lower",
        extent=box,
        vmax=NATS,
        interpolation="nearest",
    )
    belief = np.clip(found.belief[first:last, low:high].T.astype(np.float32), 0, 1)
    red = np.zeros((*belief.shape, 4), np.float32)
    red[..., 0], red[..., 3] = 0.84, np.where(belief > FAINT, np.sqrt(belief), 0)
    axes.imshow(red, aspect="auto", origin="lower", extent=box, interpolation="nearest")
    if truth:
        jumps = np.abs(np.diff(truth[1])) > BESIDE
        at = np.where(np.append(jumps, False), np.nan, truth[1])
        axes.plot(truth[0], at, color="#009E73", lw=1.2, label="truth")
    axes.plot(seconds, np.where(found.following, shown, np.nan), color="#0072B2", lw=1.2, label="shown, following")
    axes.plot(seconds, np.where(found.following, np.nan, shown), color="#56B4E9", lw=1.2, ls=":", label="shown, not")
    axes.set(xlim=box[:2], ylim=box[2:], xlabel="recording, s", ylabel="event of the score")
    for system in np.flatnonzero(np.diff(found.model.system)):
        axes.axhline(system + 0.5, color="#bbbbbb", lw=0.5)
    axes.legend(loc="upper left", fontsize=8)
    try:
        figure.savefig(out, format="png", pil_kwargs={"optimize": True})
    except OSError as error:
        raise LivefollowError(f"{out} cannot be written: {error}.") from error
