"""A tempo filter at the beginning of a score, and what it hears."""

import numpy as np

from livefollow.follow.hmm.emission import Evidence
from livefollow.follow.hmm.settings import DEFAULTS
from livefollow.follow.hmm.tempo_filter import ATTACK, STALE, TempoFilter

EVENTS = 120


def evidence(struck=None):
    """A frame in which one event is heard, or nothing."""
    events = np.ones((3, EVENTS + 1), np.float32)
    events[ATTACK] = 0.1
    if struck is not None:
        events *= 1e-4
        events[ATTACK, struck] = 1
    both = np.array([[1], [0], [0]], np.float32) * np.ones(EVENTS + 1, np.float32)
    return Evidence(events, np.ones(3), 0.0, float(struck is not None), both)


def begun(beats):
    beats = np.concatenate([[np.inf], np.broadcast_to(beats, EVENTS)]).astype(float)
    near = TempoFilter(beats, np.full(EVENTS + 1, 0.95), DEFAULTS)
    near.seed(0, np.array([[0.0], [0.0], [1.0]]), STALE, near.tempo_prior(1.4, 0.7))
    return near
