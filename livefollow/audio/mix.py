"""Mixing channels to mono: their mean, unless they cancel out or some of them are dead.

A balanced microphone in a stereo input sends the same sound twice, once inverted: the mean is silence. A cable that is
half plugged in leaves a channel dead: the mean is 6 dB too low. Both are detected from the sound so far, and the mix
fades over. Decisions are made at fixed numbers of samples, so the result does not depend on block sizes.

Runs on the thread that reads the source; `note` may be read from any thread.
"""

from __future__ import annotations

import logging

import numpy as np
import numpy.typing as npt

from livefollow.audio.ring import Rows
from livefollow.errors import NOTHING, Message

BLOCK_S = 0.05  # of sound between two decisions
FADE_S = 0.1  # from one mix to the next, without a click
MEMORY_S = 1.0  # after which earlier sound counts 1/e
EVIDENCE_S = 0.5  # of sound for which another mix must have been better
# A channel is inverted below this correlation with the loudest one, if its relative power is at least AUDIBLE.
CANCELLED = -0.999  # two microphones in a room never reach this: one decision is enough
OPPOSED = -0.95  # single piano notes reach -0.85 in ordinary recordings
UNTURNED = 0.0  # above this correlation it is no longer inverted
AUDIBLE = 1 / 16
# Power of a channel relative to the loudest one's.
DEAD, ALIVE = 1e-4, 1e-3
# A block with less of the loudest block's power is a rest: noise and hum say nothing about the channels.
REST = 1e-4
LOUDEST_FALL_S = 20.0  # in which the loudest block's power falls to 1/e

CANCEL_NOTE = Message(
    "the channels cancel each other out, as a balanced microphone's do in a stereo input: their difference is heard"
)

log = logging.getLogger(__name__)

Matrix = npt.NDArray[np.float64]


class Mixer:
    """Mixes a stream of native rows to mono.

    Attributes:
        note: a sentence for the player while channels are inverted, else empty.
    """

    def __init__(self, rate: int, channels: int) -> None:
        """Begin with the mean.

        Args:
            rate: native rate, Hz.
            channels: native channels.
        """
        self.note = NOTHING
        self._channels = channels
        self._block = max(1, round(BLOCK_S * rate))
        self._fade = max(1, round(FADE_S * rate))
        self._weights = self._before = np.full(channels, 1.0 / channels)
        self._faded = self._fade  # samples since the weights changed
        self._plain = True  # the weights are the mean's
        self._signs, self._alive = np.ones(channels), np.ones(channels, bool)
        self._filled = 0  # samples in `_inside`
        self._inside: Matrix = np.zeros((channels, channels))  # products of channels, summed over this block
        self._heard: Matrix = np.zeros((channels, channels))  # and over the blocks before
        self._loudest = 0.0
        self._better_s = 0.0  # seconds for which another mix would have been better

    def push(self, rows: Rows) -> npt.NDArray[np.float32]:
        """Mix finite rows, (n, channels), to (n,)."""
        if self._channels == 1:
            return rows[:, 0].copy()
        mono = np.empty(len(rows), np.float32)
        at = 0
        while at < len(rows):
            part = rows[at : at + self._block - self._filled]
            mono[at : at + len(part)] = self._mixed(part)
            wide = part.astype(np.float64)
            self._inside += wide.T @ wide
            self._filled += len(part)
            at += len(part)
            if self._filled == self._block:
                self._decide(self._inside / self._block)
                self._inside = np.zeros_like(self._inside)
                self._filled = 0
        return mono

    def _mixed(self, rows: Rows) -> npt.NDArray[np.float64]:
        """Return the present mix of rows within a block."""
        if self._faded < self._fade:
            to = np.minimum(1.0, (self._faded + np.arange(1, len(rows) + 1)) / self._fade)[:, None]
            self._faded += len(rows)
            return np.sum(rows * (self._before + (self._weights - self._before) * to), axis=1)
        if self._plain:
            # In double, because the mean of float32 rows depends on their memory layout.
            return np.asarray(rows.mean(axis=1, dtype=np.float64))
        return np.sum(rows * self._weights, axis=1)

    def _decide(self, products: Matrix) -> None:
        """Decide at the end of a block, from its mean products of channels, (channels, channels)."""
        power = float(products.trace())
        self._loudest = max(power, self._loudest * float(np.exp(-BLOCK_S / LOUDEST_FALL_S)))
        if power <= REST * self._loudest:
            return
        self._heard = self._heard * np.exp(-BLOCK_S / MEMORY_S) + products
        signs, alive, cancelled = self._best()
        if np.array_equal(signs, self._signs) and np.array_equal(alive, self._alive):
            self._better_s = 0.0
            return
        self._better_s += BLOCK_S
        if cancelled or self._better_s >= EVIDENCE_S:
            self._change(signs, alive)

    def _best(self) -> tuple[Matrix, npt.NDArray[np.bool_], bool]:
        """Return the signs that channels should have, which are alive, and whether one cancels the loudest."""
        powers = self._heard.diagonal()
        loudest = int(powers.argmax())
        alive = powers > np.where(self._alive, DEAD, ALIVE) * powers[loudest]
        geometric = np.sqrt(powers * powers[loudest])
        correlation = np.divide(self._heard[loudest], geometric, out=np.zeros_like(powers), where=geometric > 0.0)
        # Relative to the loudest, which may be another one than before.
        turned = alive & (self._signs != self._signs[loudest]) & (correlation < UNTURNED)
        turned |= (correlation < OPPOSED) & (powers > AUDIBLE * powers[loudest])
        signs = np.where(turned, -self._signs[loudest], self._signs[loudest])
        cancelled = bool(((correlation < CANCELLED) & turned).any())
        return (signs if turned.any() else np.ones_like(signs)), alive, cancelled

    def _change(self, signs: Matrix, alive: npt.NDArray[np.bool_]) -> None:
        """Fade over to another mix."""
        if self._faded < self._fade:  # the last change is not over yet
            return
        self._signs, self._alive, self._better_s = signs, alive, 0.0
        self._before, self._faded = self._weights, 0
        self._weights = np.where(alive, signs, 0.0) / alive.sum()
        self._plain = bool(alive.all() and (signs > 0.0).all())
        note = CANCEL_NOTE if (signs < 0.0).any() else NOTHING
        if note and not self.note:
            log.warning("%s", note)
        self.note = note
