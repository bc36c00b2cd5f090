"""The policy's observation at each frame: one function for training, with hundreds of cursors, and for the app.

Everything is in music px (`ScoreTime`) about the cursor, on N_COLUMNS columns of COLUMN_PX, the cursor in their middle.
What has a place between two columns is shared by them, so nothing jumps when the cursor moves a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS, TRACKING_WINDOW
from livefollow.follow.policy.score_time import BREAK_PX, LEAST, MOST, SPACING, ScoreTime
from livefollow.follow.position import Belief, Estimate, State
from livefollow.networks.specs import KEY_CONSTANTS, NetworkSpec, shared

FloatArray = npt.NDArray[np.float32]

N_FRAMES = 40  # newest frames that are seen, and of the cursor's trail
N_COLUMNS, COLUMN_PX = 64, 6.0  # +-192 music px: more than the tracking window
EVENTS = 40  # events about the cursor that are seen
MARKS = 12  # bar lines and repeat signs about the cursor
GUESSES = 6  # likeliest events of the localizer
FASTEST = 16  # px per frame
ACTIONS = (-1, 0, 1)  # change of the cursor's speed, px per frame

MAPS = ("agreement", "trail")  # (N_FRAMES, N_COLUMNS) each
ROWS = ("events", "marks", "sounding", "posterior")  # (N_COLUMNS,) each
SCALARS = ("speed", "tempo", "tempo_less_speed", "far", "near", "nearest", "confidence", "phase", "silence", "pace")
SIZE = (len(MAPS) * N_FRAMES + len(ROWS)) * N_COLUMNS + len(SCALARS)
NOWHERE = 1e6  # px: where there is nothing to see
FAR_PX, NEAR_PX, NEAREST_PX = (
    float(TRACKING_WINDOW),
    32.0,
    8.0,
)  # scales of the distance to where the player seems to be
SPEED = 8.0  # px per frame that are 1
PACE_FRAMES = 8  # over which the cursor's mean speed is taken

# Of the spec's constants, what files of the first policies do not carry: there it is taken on trust.
LATER = (
    *("FASTEST", "MAPS", "ROWS", "SCALARS", "SIZE", "FAR_PX", "NEAR_PX", "NEAREST_PX", "SPEED", "PACE_FRAMES"),
    *("LEAST", "MOST", "BREAK_PX"),  # of the map
)

MOVING = (State.FOLLOWING, State.FINISHED)  # in all other states the cursor waits

# What the localizer knows after a frame; places are music px.
FACT = np.dtype(
    [
        ("place", "f4"),  # its estimate of the player's place
        ("tempo", "f4"),  # px per frame
        ("confidence", "f4"),
        ("phase", "f4"),  # share of the event's time that is over
        ("silence", "f4"),  # seconds since an onset was heard clearly
        ("moves", "?"),  # whether the player goes on at all
        ("guesses", "f4", (GUESSES,)),  # likely places
        ("masses", "f4", (GUESSES,)),  # posterior probability of each
    ]
)


@dataclass(frozen=True, eq=False)
class Sight:
    """The facts that N cursors observe. Places are music px, NOWHERE for none.

    Attributes:
        onsets: (N, N_FRAMES, N_PITCHES) of the newest frames, the newest last; zeros before the first.
        sounding: (N, N_PITCHES) of the newest.
        events, pitches: (N, EVENTS) and (N, EVENTS, N_PITCHES) about each cursor, in any order.
        marks: (N, MARKS) bar lines and repeat signs about each.
        facts: (N,) of FACT.
    """

    onsets: FloatArray
    sounding: FloatArray
    events: FloatArray
    pitches: FloatArray
    marks: FloatArray
    facts: npt.NDArray[np.void]


def observe(sight: Sight, x: FloatArray, v: FloatArray, trail: FloatArray) -> FloatArray:
    """Compute the observations of N cursors.

    Args:
        sight: the facts about each.
        x: (N,) music px.
        v: (N,) px per frame.
        trail: (N, N_FRAMES) where they were after each of the newest frames, the newest last: `x` itself.

    Returns:
        (N, SIZE): MAPS, frame by frame, then ROWS, then SCALARS.
    """
    n, known = len(x), sight.facts
    events = _columns(sight.events - x[:, None])
    heard = sight.onsets.sum(-1)[:, :, None] + sight.pitches.sum(-1)[:, None, :] + np.float32(0.5)
    alike = 2 * sight.onsets @ sight.pitches.swapaxes(1, 2) / heard
    sounds = (sight.sounding[:, None] @ sight.pitches.swapaxes(1, 2))[:, 0] / (sight.pitches.sum(-1) + np.float32(0.5))
    rows = (
        events.sum(1),
        _columns(sight.marks - x[:, None]).sum(1),
        (sounds[:, None] @ events)[:, 0],
        (known["masses"][:, None] @ _columns(known["guesses"] - x[:, None]))[:, 0],
    )
    ahead = known["place"] - x
    pace = (trail[:, -1] - trail[:, -1 - PACE_FRAMES]) / PACE_FRAMES
    scalars = (
        v / SPEED,
        known["tempo"] / SPEED,
        (known["tempo"] - v) * (2 / SPEED),
        *(np.tanh(ahead / scale) for scale in (FAR_PX, NEAR_PX, NEAREST_PX)),
        known["confidence"],
        np.minimum(known["phase"], 3) / 3,
        np.minimum(known["silence"], 3) / 3,
        pace / SPEED,
    )
    seen = np.empty((n, SIZE), np.float32)
    width = N_FRAMES * N_COLUMNS
    seen[:, :width] = (alike @ events).reshape(n, width)
    seen[:, width : 2 * width] = _columns(trail - x[:, None]).reshape(n, width)
    seen[:, 2 * width : -len(SCALARS)] = np.minimum(np.concatenate(rows, 1), 2)
    seen[:, -len(SCALARS) :] = np.stack(scalars, 1)
    return seen


def facts(belief: Belief, estimate: Estimate, time: ScoreTime) -> npt.NDArray[np.void]:
    """What the localizer knows after a frame, whatever the cursor does, as one FACT.

    Args:
        belief, estimate: the localizer's, of the same frame.
        time: the score time of its events.
    """
    known = np.zeros((), FACT)
    likely = np.argsort(belief.mass)[-GUESSES:]
    event = belief.first + likely - 1  # the localizer's first event is the silence before the piece
    at = np.clip(event, 0, len(time.x) - 1)
    phase = belief.phase[likely]
    known["guesses"] = time.x[at] + np.where(event >= 0, np.minimum(phase, 1), 0) * time.gap[at]
    known["masses"] = belief.mass[likely]
    known["place"], known["tempo"] = time.from_strip(estimate.x), time.from_strip_speed(estimate.x, estimate.speed)
    known["confidence"], known["phase"], known["silence"] = estimate.confidence, phase[-1], belief.silent / FPS
    known["moves"] = estimate.state in MOVING
    return known


def part_of(name: str) -> slice:
    """The slice of an observation that a map, row or scalar takes.

    Raises:
        ValueError: there is none of that name.
    """
    sizes = dict.fromkeys(MAPS, N_FRAMES * N_COLUMNS) | dict.fromkeys(ROWS, N_COLUMNS) | dict.fromkeys(SCALARS, 1)
    if name not in sizes:
        raise ValueError(f"{name} is none of what is seen: {', '.join(sizes)}")
    first = sum(list(sizes.values())[: list(sizes).index(name)])
    return slice(first, first + sizes[name])


def _constants() -> dict[str, Any]:
    """The numbers of this module, and of score time, that a policy depends on, as JSON has them."""
    return {
        "N_FRAMES": N_FRAMES,
        "N_COLUMNS": N_COLUMNS,
        "COLUMN_PX": COLUMN_PX,
        "EVENTS": EVENTS,
        "MARKS": MARKS,
        "GUESSES": GUESSES,
        "SPACING": SPACING,
        "FASTEST": FASTEST,
        "MAPS": list(MAPS),
        "ROWS": list(ROWS),
        "SCALARS": list(SCALARS),
        "SIZE": SIZE,
        "FAR_PX": FAR_PX,
        "NEAR_PX": NEAR_PX,
        "NEAREST_PX": NEAREST_PX,
        "SPEED": SPEED,
        "PACE_FRAMES": PACE_FRAMES,
        "LEAST": LEAST,
        "MOST": MOST,
        "BREAK_PX": list(BREAK_PX),
    }


def _columns(ahead: FloatArray) -> FloatArray:
    """Convert (N, m) px ahead of the cursor to (N, m, N_COLUMNS) shares of the columns."""
    at = ahead * np.float32(1 / COLUMN_PX) + np.float32(N_COLUMNS / 2)
    away = np.abs(at[:, :, None] - np.arange(N_COLUMNS, dtype=np.float32))
    return np.maximum(np.float32(1) - away, np.float32(0))


POLICY = NetworkSpec(
    "policy",
    inputs={"observation": (1, SIZE)},
    outputs={"logits": (1, len(ACTIONS)), "value": (1,)},
    constants=shared("FPS", "STAFF_SPACE", "TRACKING_WINDOW", *KEY_CONSTANTS) | _constants(),
    later=LATER,
)
