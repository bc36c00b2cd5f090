"""The policy's observation at each frame: one function for training, with hundreds of cursors, and for the app.

The events about the cursor in their order: how far each is, and how well what is heard agrees with it; and what the
localizer knows, seen from the cursor. All distances are music px (`ScoreTime`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import numpy.typing as npt

from livefollow.constants import N_PITCHES, TRACKING_WINDOW
from livefollow.follow.policy.score_time import BREAK_PX, LEAST, MOST, SPACING, ScoreTime
from livefollow.follow.position import Estimate, State
from livefollow.networks.specs import KEY_CONSTANTS, NetworkSpec, shared

if TYPE_CHECKING:
    from livefollow.follow.hmm.localizer import Localizer

FloatArray = npt.NDArray[np.float32]

HEARD = ((0, 1), (1, 3), (3, 8))  # frames ago, from and to before: onsets of a row are the strongest in these
N_FRAMES = HEARD[-1][1]  # newest frames that are seen
_OLDEST = [N_FRAMES - oldest for _, oldest in reversed(HEARD)]  # the first frame of each row, the oldest row first
BEHIND, AHEAD = 6, 14  # events before the cursor, and from it on, that are seen
EVENTS = BEHIND + AHEAD
FASTEST = 24.0  # px per frame
# Changes of the cursor's speed, px per frame. The paper's are -1, 0, +1, for speeds in whole px (section 2.2, where it
# says that finer ones are possible): with those a cursor cannot be on a note when it is struck.
FASTER = (0.25, 0.5, 1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 12.0)
ACTIONS = (*(-change for change in reversed(FASTER)), 0.0, *FASTER)

ROWS = ("distance", "heard_now", "heard_lately", "heard_before", "sounding")  # (EVENTS,) each
SCALARS = (
    *("speed", "tempo", "tempo_less_speed", "pace", "needed", "needed_less_speed"),
    *("far", "near", "nearest", "exact"),
    *("event_near", "event_nearest", "event_exact"),
    *("next_near", "next_nearest", "next_exact"),
    *("place_landing", "place_landing_exact", "event_landing", "event_landing_exact"),
    *("left", "confidence", "phase", "silence"),
)
SIZE = len(ROWS) * EVENTS + len(SCALARS)
NOWHERE = 1e6  # px: as far is what is not there; before the first event it is negative
SCALES = (float(TRACKING_WINDOW), 32.0, 8.0, 2.0)  # px of distances: far, near, nearest, exact
# The scalars from far to event_landing_exact: of what, whether less the cursor's speed (how much faster it must be to
# land there with this frame), and across which px.
_PLACE, _EVENT, _NEXT = range(3)
_DISTANCES = (
    *((_PLACE, 0, px) for px in SCALES),
    *((_EVENT, 0, px) for px in SCALES[1:]),
    *((_NEXT, 0, px) for px in SCALES[1:]),
    *((_PLACE, 1, px) for px in SCALES[2:]),
    *((_EVENT, 1, px) for px in SCALES[2:]),
)
SPEED = 8.0  # px per frame that are 1
PACE_FRAMES = 8  # over which the cursor's mean speed is taken
MOST_TOLD = 3.0  # seconds of silence, and times of an event
LONGEST = 20.0  # frames until the next onset: what is longer is as long

NEVER = 1e-3  # px per frame: no division by nothing

MOVING = (State.FOLLOWING,)  # in all other states the cursor waits

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
    ]
)

NAMES = FACT.names or ()


@dataclass(frozen=True, eq=False)
class Sight:
    """The facts that N cursors observe. Places are music px, NOWHERE for none.

    Attributes:
        heard: (N, len(HEARD) + 1, N_PITCHES), see `strongest`.
        events, pitches: (N, EVENTS) and (N, EVENTS, N_PITCHES), BEHIND each cursor, and AHEAD from it on.
        notes: (N, EVENTS) sums of those pitches.
        facts: (N,) of FACT.
    """

    heard: FloatArray
    events: FloatArray
    pitches: FloatArray
    notes: FloatArray
    facts: npt.NDArray[np.void]


def strongest(onsets: FloatArray, sounding: FloatArray) -> FloatArray:
    """Sum up what is heard.

    Args:
        onsets: (N, N_FRAMES, N_PITCHES) of the newest frames, the newest last; zeros before the first.
        sounding: (N, N_PITCHES) of the newest.

    Returns:
        (N, len(HEARD) + 1, N_PITCHES): what was struck now, lately and before, and what sounds.
    """
    heard = np.empty((len(onsets), len(HEARD) + 1, N_PITCHES), np.float32)
    np.maximum.reduceat(onsets, _OLDEST, 1, out=heard[:, len(HEARD) - 1 :: -1])
    heard[:, -1] = sounding
    return heard


def observe(sight: Sight, x: FloatArray, v: FloatArray, pace: FloatArray) -> FloatArray:
    """Compute the observations of N cursors. In the app N is 1, and a call of NumPy is what costs time.

    Args:
        sight: the facts about each.
        x: (N,) music px.
        v: (N,) px per frame.
        pace: (N,) mean px per frame of the newest PACE_FRAMES.

    Returns:
        (N, SIZE): ROWS, then SCALARS.
    """
    n, known = len(x), sight.facts
    seen = np.empty((n, SIZE), np.float32)
    rows = seen[:, : len(ROWS) * EVENTS].reshape(n, len(ROWS), EVENTS)
    distance = np.subtract(sight.events, x[:, None], out=rows[:, 0])
    distance /= np.float32(SCALES[1])
    np.tanh(distance, out=distance)
    # How well what was struck now, lately, before, and what sounds, agrees with each event: F1.
    alike = sight.heard @ sight.pitches.swapaxes(1, 2)
    alike *= 2
    notes = np.add.reduce(sight.heard, -1)[:, :, None] + (sight.notes + np.float32(0.5))[:, None]
    np.divide(alike, notes, out=rows[:, 1:])
    scalars = seen[:, len(ROWS) * EVENTS :]
    if n == 1:  # plain numbers: with one cursor, NumPy would cost ten times as much
        scalars[0] = _told(known.item(), x.item(), v.item(), pace.item(), _PLAIN)
    else:
        for column, values in enumerate(_told([known[name] for name in NAMES], x, v, pace, _ARRAYS)):
            scalars[:, column] = values
    return seen


class _Arithmetic(NamedTuple):
    """Functions of numbers, or of arrays of them."""

    tanh: Callable[[Any], Any]
    least: Callable[[Any, Any], Any]
    most: Callable[[Any, Any], Any]


_PLAIN, _ARRAYS = _Arithmetic(math.tanh, min, max), _Arithmetic(np.tanh, np.minimum, np.maximum)


def _told(known: Sequence[Any], x: Any, v: Any, pace: Any, do: _Arithmetic) -> tuple[Any, ...]:
    """SCALARS of a fact, in the order of FACT, and a cursor: numbers, or arrays of them."""
    place, tempo, confidence, event, then, left, phase, silence, _ = known
    ahead = place - x, event - x, then - x
    needed = do.least(do.most(ahead[_NEXT] / do.most(left, 1), -FASTEST), FASTEST)
    return (
        *(speed / SPEED for speed in (v, tempo, 2 * (tempo - v), pace, needed, 2 * (needed - v))),
        *(do.tanh((ahead[of] - landing * v) / px) for of, landing, px in _DISTANCES),
        *(left / LONGEST, confidence, do.least(phase, MOST_TOLD) / MOST_TOLD, do.least(silence, MOST_TOLD) / MOST_TOLD),
    )


def facts(localizer: Localizer, estimate: Estimate, time: ScoreTime) -> npt.NDArray[np.void]:
    """What a localizer knows after a frame, whatever the cursor does, as (1,) of FACT.

    Args:
        localizer: after the frame.
        estimate: its estimate.
        time: the score time of its events.
    """
    event, place, scale = time.played(estimate.x)
    begins, gap = time.span(event)
    tempo, phase = estimate.speed * scale, localizer.phase
    left = min(max(1 - phase, 0.0) * gap / max(tempo, NEVER), LONGEST)
    sure, moves = estimate.confidence, estimate.state in MOVING
    return np.array([(place, tempo, sure, begins, begins + gap, left, phase, localizer.silence_s, moves)], FACT)


def part_of(name: str) -> slice:
    """The slice of an observation that a row or scalar takes.

    Raises:
        ValueError: there is none of that name.
    """
    sizes = dict.fromkeys(ROWS, EVENTS) | dict.fromkeys(SCALARS, 1)
    if name not in sizes:
        raise ValueError(f"{name} is none of what is seen: {', '.join(sizes)}")
    first = sum(list(sizes.values())[: list(sizes).index(name)])
    return slice(first, first + sizes[name])


def _constants() -> dict[str, Any]:
    """The numbers of this module, and of score time, that a policy depends on, as JSON has them."""
    return {
        "HEARD": [list(span) for span in HEARD],
        "BEHIND": BEHIND,
        "AHEAD": AHEAD,
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


POLICY = NetworkSpec(
    "policy",
    inputs={"observation": (1, SIZE)},
    outputs={"logits": (1, len(ACTIONS)), "value": (1,)},
    constants=shared("FPS", "STAFF_SPACE", "TRACKING_WINDOW", *KEY_CONSTANTS) | _constants(),
)
