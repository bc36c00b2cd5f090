"""Similarity matrix of sound and score, with the belief and the place that the localizer shows.

Frames run across, events of the score upwards. Dark is where an event explains what is heard better than music
that is not the score; red is where the localizer believes the player to be, blue what it shows, green the truth.
matplotlib, which the extra `report` brings, is loaded only to draw.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from livefollow.audio.file import FileSource
from livefollow.constants import FPS
from livefollow.errors import AudioError, LivefollowError
from livefollow.evaluate.truth import Truth
from livefollow.features.frames import frames_of
from livefollow.follow.hmm.localizer import Localizer
from livefollow.follow.hmm.score_model import ScoreModel
from livefollow.follow.hmm.tempo_filter import ATTACK
from livefollow.follow.position import State
from livefollow.networks.listener import Heard, Listener
from livefollow.score.reading import Reading
from livefollow.score.strip import Strip

MOST = 60_000_000  # frames × events that are kept
NATS = 12.0  # of agreement that are black

FloatArray = npt.NDArray[np.float32]


@dataclass(frozen=True, eq=False)
class Similarity:
    """T frames against E events; event 0 is the silence before the piece.

    Attributes:
        agreement: (T, E) nats by which each event, struck, explains a frame better than other music; 0 in silence.
        belief: (T, E) probability that the player is there.
        shown: (T,) strip px that is shown.
        following: (T,) whether the player is followed.
        model: of the score.
    """

    agreement: npt.NDArray[np.float16]
    belief: npt.NDArray[np.float16]
    shown: FloatArray
    following: npt.NDArray[np.bool_]
    model: ScoreModel


def hear_all(listener: Listener, audio: Path) -> Heard:
    """Run a listener on a whole recording.

    Raises:
        AudioError: it cannot be read, or is shorter than a frame.
    """
    with FileSource(audio) as source:
        said = [listener.push(frames) for frames in frames_of(source)]
    if not said:
        raise AudioError(f"{audio} is shorter than one frame ({1 / FPS:.2f} s).")
    return Heard(*(np.concatenate([getattr(s, f.name) for s in said]) for f in fields(Heard)))


def similarity(reading: Reading, heard: Heard) -> Similarity:
    """Follow a performance, and keep agreement and belief of every frame.

    Args:
        reading: the whole score.
        heard: T frames.

    Raises:
        LivefollowError: score and recording are too long to be drawn.
    """
    localizer = Localizer(reading)
    model, frames = localizer.model, len(heard.onsets)
    observation = model.settings.observation
    if len(model) * frames > MOST:
        raise LivefollowError(f"{len(model)} events and {frames} frames are too many for a picture.")
    agreement, belief = np.zeros((2, frames, len(model)), np.float16)
    shown, following = np.zeros(frames, np.float32), np.zeros(frames, np.bool_)
    for k in range(frames):
        onsets, level = heard.onsets[k], float(heard.loudness[k])
        estimate = localizer.step(onsets, heard.sounding[k], level)
        shown[k], following[k] = estimate.x, estimate.state is State.FOLLOWING
        evidence = model.emission(onsets)
        if evidence.heard >= observation.heard and level > observation.silence_db:
            better = np.log(evidence.events[ATTACK]) - np.log(evidence.others.max())
            agreement[k] = np.clip(better, 0, NATS)
        near = localizer.belief()
        belief[k] = localizer.elsewhere()
        inside = min(len(near.mass), len(model) - near.first)
        belief[k, near.first : near.first + inside] += near.mass[:inside]
    return Similarity(agreement, belief, shown, following, model)


def true_events(truth: Truth, model: ScoreModel, strip: Strip) -> tuple[FloatArray, FloatArray]:
    """The onsets of a truth: (n,) seconds, and (n,) events with fractions."""
    x = [strip.from_page(*at) for at in zip(truth.page.tolist(), truth.x.tolist(), truth.y.tolist(), strict=True)]
    return truth.onset.astype(np.float32), event_at(model, np.array(x, np.float32))


def event_at(model: ScoreModel, x: FloatArray) -> FloatArray:
    """The events at strip x, with fractions, (n,)."""
    places = model.places[1:] + 1e-3 * np.arange(len(model) - 1)  # rising strictly
    return np.interp(x, places, np.arange(1, len(model))).astype(np.float32)
