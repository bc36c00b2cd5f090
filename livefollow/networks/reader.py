"""Reads a score, one system at a time: bands into events."""

from __future__ import annotations

import numpy as np

from livefollow.networks.runtime import Network
from livefollow.score.reading import Reading, decode_columns
from livefollow.score.strip import Strip


class Reader:
    """The network that reads. It sees a whole system at once: clef and key stand far left of what they change."""

    def __init__(self, network: Network) -> None:
        """Take the network.

        Args:
            network: of kind `reader`.
        """
        self.network = network

    def read(self, strip: Strip, index: int) -> Reading:
        """The events of one system.

        Args:
            strip: the score.
            index: of the placement.
        """
        place = strip.placements[index]
        ink = (255 - strip.bands_of(index)).astype(np.float32) / np.float32(255)  # 0 paper ... 1 black
        out = self.network.run({"bands": ink[None]})
        onset, pitches, beats, marks = (out[name][0] for name in ("onset", "pitches", "beats", "marks"))
        return decode_columns(onset, pitches, beats, marks, place.x0, index)
