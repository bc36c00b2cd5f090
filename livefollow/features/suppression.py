"""Detect a noise suppression, of the system or of the microphone, that swallows held notes.

A piano's note that is held falls by some decibels in a third of a second; a gate that takes it for noise lets it
fall to its floor. Judged are onsets after which nothing is struck for a while, by their level 0.25 to 0.4 s later. In
clean recordings, staccato included, at most one in six of them falls by FALL_DB; behind a gate more than half do. A
suppressor that only thins the sound between the notes is not detected, and does no harm.
"""

from __future__ import annotations

from collections import deque

import numpy as np
import numpy.typing as npt

RISE_DB = 6.0  # of the mean magnitude within two frames that is an onset
AUDIBLE_DB = -10.0  # of the mean magnitude: 20 log10, as `features` scales it; softer onsets are not judged
AFTER = slice(5, 8)  # frames after the onset whose loudest is judged
ALONE = 8  # frames until the next onset at least
APART = 2  # frames in which rises are one onset
FALL_DB = 15.0
JUDGED, NEEDED = 30, 15  # newest onsets that are judged, and how many there must be
SHARE = 0.4  # of them that fall so far


class SuppressionWatch:
    """Watches the frames of one stream; for one thread.

    Attributes:
        suspects: whether held notes seem to be swallowed.
    """

    def __init__(self) -> None:
        """Start before the first frame."""
        self.suspects = False
        self._loudness: deque[float] = deque(maxlen=3)
        self._falls: deque[bool] = deque(maxlen=JUDGED)
        self._note: list[float] = []  # dB since the newest onset, from it on; empty where it is judged, or none was

    def push(self, frames: npt.NDArray[np.float32]) -> None:
        """Add frames, (k, 78), log10(1 + magnitude)."""
        if not len(frames):
            return
        magnitude = np.expm1(frames.astype(np.float64) * np.log(10.0)).mean(axis=1)
        for loudness in (20 * np.log10(magnitude + 1e-5)).tolist():
            self._hear(loudness)

    def _hear(self, loudness: float) -> None:
        before = list(self._loudness)[-2:]
        self._loudness.append(loudness)
        struck = bool(before) and loudness - min(before) >= RISE_DB and loudness >= AUDIBLE_DB
        if struck and (not self._note or len(self._note) > APART):
            self._note = [loudness]
        elif self._note:
            self._note.append(loudness)
        if len(self._note) > ALONE:
            self._falls.append(max(self._note[:2]) - max(self._note[AFTER]) > FALL_DB)
            self._note = []
            self.suspects = len(self._falls) >= NEEDED and sum(self._falls) >= SHARE * len(self._falls)
