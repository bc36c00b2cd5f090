"""The policy's observation at each frame: one function for training, with hundreds of cursors, and for the app.

Everything is in music px (`ScoreTime`) about the cursor, on N_COLUMNS columns of COLUMN_PX, the cursor in their middle.
What has a place between two columns is shared by them, so nothing jumps when the cursor moves a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from livefollow.constants import FPS, N_PITCHES, TRACKING_WINDOW
from livefollow.follow.policy.score_time import BREAK_PX, LEAST, MOST, SPACING, ScoreTime
from livefollow.follow.position import Belief, Estimate, State
from livefollow.networks.specs import KEY_CONSTANTS, NetworkSpec, shared

FloatArray = npt.NDArray[np.float32]

HEARD = ((0, 1), (1, 3), (3, 8))  # frames ago, from and to before: onsets of a row are the strongest in these
N_FRAMES = HEARD[-1][1]  # newest frames that are seen
N_COLUMNS, COLUMN_PX = 48, 8.0  # +-192 music px: more than the tracking window
EVENTS = 32  # events about the cursor that are seen
MARKS = 12  # bar lines and repeat signs about the cursor
GUESSES = 6  # likeliest events of the localizer
FASTEST = 16.0  # px per frame
# Changes of the cursor's speed, px per frame. The paper's are -1, 0, +1, for speeds in whole px (section 2.2, where it
# says that finer ones are possible): with those a cursor cannot be on a note when it is struck.
ACTIONS = (
    *(-8.0, -6.0, -4.0, -3.0, -2.0, -1.5, -1.0, -0.5, -0.25, 0.0),
    *(0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0),
)

ROWS = ("events", "heard_now", "heard_lately", "heard_before", "sounding", "marks", "posterior")  # (N_COLUMNS,) each
SCALARS = (
    *("speed", "tempo", "tempo_less_speed", "pace", "needed", "needed_less_speed"),
    *("far", "near", "nearest", "exact"),
    *("event_near", "event_nearest", "event_exact"),
    *("next_near", "next_nearest", "next_exact"),
    *("left", "confidence", "phase", "silence"),
)
SIZE = len(ROWS) * N_COLUMNS + len(SCALARS)
NOWHERE = 1e6  # px: where there is nothing to see
SCALES = (float(TRACKING_WINDOW), 32.0, 8.0, 2.0)  # px of distances: far, near, nearest, exact
DISTANCES = {"place": slice(4), "event": slice(4, 7), "next": slice(7, 10)}  # of FACT: where in the scalars from far on
ACROSS = np.array([1 / scale for scale in (*SCALES, *SCALES[1:], *SCALES[1:])], np.float32)  # of these
SPEED = 8.0  # px per frame that are 1
PACE_FRAMES = 8  # over which the cursor's mean speed is taken
MOST_TOLD = 3.0  # seconds of silence, and times of an event
LONGEST = 20.0  # frames until the next onset: what is longer is as long

NEVER = 1e-3  # px per frame: no division by nothing

MOVING = (State.FOLLOWING, State.FINISHED)  # in all other states the cursor waits

# What the localizer knows after a frame; places are music px.
FACT = np.dtype(
    [
        ("place", "f4"),  # its estimate of the player's place
        ("tempo", "f4"),  # px per frame
        ("confidence", "f4"),
        ("event", "f4"),  # the event that they are on
        ("next", "f4"),  # the one after that
        ("left", "f4"),  # frames until that is expected
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


def observe(sight: Sight, x: FloatArray, v: FloatArray, pace: FloatArray) -> FloatArray:
    """Compute the observations of N cursors.

    Args:
        sight: the facts about each.
        x: (N,) music px.
        v: (N,) px per frame.
        pace: (N,) mean px per frame of the newest PACE_FRAMES.

    Returns:
        (N, SIZE): ROWS, then SCALARS.
    """
    n, known = len(x), sight.facts
    # What has a place, and how much of it there is in each row: events, bar lines, guesses.
    places = np.concatenate([sight.events, sight.marks, known["guesses"]], 1) - x[:, None]
    amounts = np.zeros((n, len(ROWS), places.shape[1]), np.float32)
    amounts[:, 0, :EVENTS] = 1
    amounts[:, 1:5, :EVENTS] = _agreement(sight)
    amounts[:, 5, EVENTS:-GUESSES] = 1
    amounts[:, 6, -GUESSES:] = known["masses"]
    seen = np.empty((n, SIZE), np.float32)
    seen[:, : -len(SCALARS)] = np.minimum(amounts @ _columns(places), 2).reshape(n, len(ROWS) * N_COLUMNS)
    scalars, tempo, left = seen[:, -len(SCALARS) :], known["tempo"], known["left"]
    needed = np.minimum(np.maximum((known["next"] - x) / np.maximum(left, 1), -FASTEST), FASTEST)
    speeds = (v, tempo, 2 * (tempo - v), pace, needed, 2 * (needed - v))
    for column, speed in enumerate(speeds):
        scalars[:, column] = speed
    scalars[:, : len(speeds)] /= SPEED
    distances = scalars[:, len(speeds) : -4]
    for name, columns in DISTANCES.items():
        distances[:, columns] = (known[name] - x)[:, None]
    np.tanh(distances * ACROSS, out=distances)
    scalars[:, -4] = left / LONGEST
    scalars[:, -3] = known["confidence"]
    scalars[:, -2] = np.minimum(known["phase"], MOST_TOLD) / MOST_TOLD
    scalars[:, -1] = np.minimum(known["silence"], MOST_TOLD) / MOST_TOLD
    return seen


def _agreement(sight: Sight) -> FloatArray:
    """(N, 4, EVENTS) how well what was struck now, lately, before, and what sounds, agrees with each event: F1."""
    heard = np.empty((len(sight.onsets), len(HEARD) + 1, N_PITCHES), np.float32)
    for row, (newest, oldest) in enumerate(HEARD):
        sight.onsets[:, N_FRAMES - oldest : N_FRAMES - newest].max(1, out=heard[:, row])
    heard[:, -1] = sight.sounding
    keys = sight.pitches.sum(-1) + np.float32(0.5)
    alike = heard @ sight.pitches.swapaxes(1, 2)
    return np.asarray(2 * alike / (heard.sum(-1)[:, :, None] + keys[:, None]))


def facts(belief: Belief, estimate: Estimate, time: ScoreTime) -> npt.NDArray[np.void]:
    """What the localizer knows after a frame, whatever the cursor does, as one FACT.

    Args:
        belief, estimate: the localizer's, of the same frame.
        time: the score time of its events.
    """
    known = np.zeros((), FACT)
    likely = belief.mass.argpartition(-GUESSES)[-GUESSES:]
    event = belief.first + likely - 1  # the localizer's first event is the silence before the piece
    at = np.minimum(np.maximum(event, 0), len(time.x) - 1)
    known["guesses"] = time.x[at] + np.where(event >= 0, np.minimum(belief.phase[likely], 1), 0) * time.gap[at]
    known["masses"] = belief.mass[likely]
    here, place, scale = time.played(estimate.x)
    begins, gap, tempo = float(time.x[here]), float(time.gap[here]), estimate.speed * scale
    inside = here + 1 - belief.first
    believed = 0 <= inside < len(belief.phase) and belief.mass[inside] > 0
    phase = float(belief.phase[inside]) if believed else (place - begins) / gap
    known["place"], known["tempo"], known["event"], known["next"] = place, tempo, begins, begins + gap
    known["left"] = min(max(1 - phase, 0.0) * gap / max(tempo, NEVER), LONGEST)
    known["confidence"], known["phase"], known["silence"] = estimate.confidence, phase, belief.silent / FPS
    known["moves"] = estimate.state in MOVING
    return known


def part_of(name: str) -> slice:
    """The slice of an observation that a row or scalar takes.

    Raises:
        ValueError: there is none of that name.
    """
    sizes = dict.fromkeys(ROWS, N_COLUMNS) | dict.fromkeys(SCALARS, 1)
    if name not in sizes:
        raise ValueError(f"{name} is none of what is seen: {', '.join(sizes)}")
    first = sum(list(sizes.values())[: list(sizes).index(name)])
    return slice(first, first + sizes[name])


def _constants() -> dict[str, Any]:
    """The numbers of this module, and of score time, that a policy depends on, as JSON has them."""
    return {
        "HEARD": [list(span) for span in HEARD],
        "N_COLUMNS": N_COLUMNS,
        "COLUMN_PX": COLUMN_PX,
        "EVENTS": EVENTS,
        "MARKS": MARKS,
        "GUESSES": GUESSES,
        "SPACING": SPACING,
        "FASTEST": FASTEST,
        "ACTIONS": list(ACTIONS),
        "ROWS": list(ROWS),
        "SCALARS": list(SCALARS),
        "SIZE": SIZE,
        "SCALES": list(SCALES),
        "SPEED": SPEED,
        "PACE_FRAMES": PACE_FRAMES,
        "LONGEST": LONGEST,
        "MOST_TOLD": MOST_TOLD,
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
)
