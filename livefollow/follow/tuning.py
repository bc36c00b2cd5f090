"""Whole semitones between what is heard and what is printed: pianos at 415 Hz, digital ones that transpose.

What is a fraction of a semitone is taken out of the frames (`features.tuning`). Which semitone fits the score is asked
only until the player has been followed for a while, and only while they are not: other localizers then hear the same,
moved. The one that finds the player goes on in the first one's place. Instruments are not tuned anew in the middle of a
session, so a player who is lost later is not looked for in another transposition. Part of the stepping thread.
"""

from __future__ import annotations

import copy
import logging
from dataclasses import replace

from livefollow.constants import FPS
from livefollow.follow.hmm.localizer import UNPROVEN, Localizer
from livefollow.follow.pitches import moved
from livefollow.follow.position import Estimate, State
from livefollow.networks.listener import FloatArray

logger = logging.getLogger(__name__)

SHIFTS = (-2, -1, 1, 2)  # semitones, beside the one in force
FAINT = 0.05  # an onset less probable than this is not looked at
HEARD = 0.3  # onsets in a frame from which on somebody seems to play
HOLDS = 8  # frames for which another shift must have found the player, and the one in force not
CONFIDENT = 0.5  # probability that the player is where the shift in force has found them
THERE = 0.3  # the same of another one, which has proven nothing yet
PROVEN = 36.0  # nats by which the score must explain what is heard better than other music does
SETTLED_FRAMES = 10 * FPS  # for which the player has been followed: the shift in force is theirs, for good
SEARCHED = (State.WAITING, State.LOST)

Row = tuple[FloatArray, FloatArray, float]  # onsets and sounding pitches of a frame, (88,) each, and its level, dB


class ShiftSearch:
    """Finds the shift that fits a score.

    Attributes:
        semitones: by which what is heard is to be moved up to be what is printed.
    """

    def __init__(self) -> None:
        """Take the instrument to be in tune."""
        self.semitones = 0
        self._others: dict[int, Localizer] = {}
        self._held: dict[int, int] = {}
        self._followed = 0  # frames, with the shift in force

    @property
    def settled(self) -> bool:
        """Whether the shift in force is known to be the right one."""
        return self._followed >= SETTLED_FRAMES

    def step(self, localizer: Localizer, row: Row) -> tuple[Localizer, Estimate]:
        """Hear a frame.

        Args:
            localizer: that hears with the shift in force.
            row: as it was heard, not moved.

        Returns:
            The localizer to go on with, of the same score model, and its estimate.
        """
        estimate = self._proven(localizer, _heard(localizer, row, self.semitones))
        if estimate.state is State.FOLLOWING and estimate.confidence >= CONFIDENT:
            self._followed += 1
        if self.settled or estimate.state not in SEARCHED:
            self.forget()
            return localizer, estimate
        onsets = row[0]
        if not self._others:
            if float(onsets[onsets >= FAINT].sum()) < HEARD:
                return localizer, estimate
            self._begin(localizer)
        return self._search(localizer, row, estimate)

    def forget(self) -> None:
        """What the other shifts have made of it counts no more: the player is found, or somebody said where."""
        self._others.clear()

    def _begin(self, localizer: Localizer) -> None:
        shared = {id(localizer.model): localizer.model}
        shifts = {0, *SHIFTS} - {self.semitones}
        self._others = {semitones: copy.deepcopy(localizer, dict(shared)) for semitones in sorted(shifts, key=abs)}
        self._held = dict.fromkeys(self._others, 0)

    def _search(self, localizer: Localizer, row: Row, estimate: Estimate) -> tuple[Localizer, Estimate]:
        found: list[tuple[float, int, Estimate]] = []
        for semitones, other in self._others.items():
            if other.model is not localizer.model:
                other.extend(localizer.model)
            there = _heard(other, row, semitones)
            sure = there.state not in SEARCHED and there.confidence >= THERE
            self._held[semitones] = self._held[semitones] + 1 if sure else 0
            if self._held[semitones] >= HOLDS:
                found.append((there.confidence, semitones, there))
        if not found:
            return localizer, estimate
        _, self.semitones, there = max(found, key=lambda each: each[0])
        logger.info("the instrument sounds %d semitones lower than it is printed", self.semitones)
        chosen = self._others[self.semitones]
        self._followed = 0
        self.forget()
        return chosen, self._proven(chosen, there)

    def _proven(self, localizer: Localizer, estimate: Estimate) -> Estimate:
        """The estimate, trusted little until it is proven that this is the piece, and not another one in another key.

        Broken chords fit other broken chords, and the more so the more keys are tried.
        """
        if not self.semitones or self.settled or localizer.evidence >= PROVEN:
            return estimate
        return replace(estimate, confidence=min(estimate.confidence, UNPROVEN))


def _heard(localizer: Localizer, row: Row, semitones: int) -> Estimate:
    onsets, sounding, level = row
    return localizer.step(moved(onsets, semitones), moved(sounding, semitones), level)
