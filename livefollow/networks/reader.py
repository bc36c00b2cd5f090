"""The reader: bands of a score to events, one system at a time; staves that are not the piano's as systems of one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from livefollow.constants import BAND_HEIGHT, COLUMN, N_PITCHES
from livefollow.networks.runtime import Network
from livefollow.networks.specs import KEY_CONSTANTS, NetworkSpec, shared
from livefollow.score.others import with_others
from livefollow.score.reading import BEAT_CLASSES, N_MARKS, Reading, decode_columns
from livefollow.score.strip import Strip

READER = NetworkSpec(
    "reader",
    inputs={"bands": (1, 2, BAND_HEIGHT, "width")},
    outputs={
        "onset": (1, "columns"),
        "pitches": (1, "columns", N_PITCHES),
        "beats": (1, "columns", len(BEAT_CLASSES)),
        "marks": (1, "columns", N_MARKS),
    },
    constants=shared("STAFF_SPACE", "BAND_MARGIN", "BAND_HEIGHT", "COLUMN", *KEY_CONSTANTS)
    | {"BEAT_CLASSES": list(BEAT_CLASSES)},
    sizes={"width": (192 * COLUMN, 173 * COLUMN)},  # px of a system
)


class Reader:
    """Runs the reader network on whole systems, because clef and key stand far left of what they change."""

    def __init__(self, network: Network) -> None:
        """Take a loaded network.

        Args:
            network: of kind `reader`.
        """
        self.network = network

    def read(self, strip: Strip, index: int) -> Reading:
        """Read the events of one system of a strip, with those of others where it has staves beside the piano's.

        Args:
            strip: the score.
            index: of the placement.
        """
        x0 = strip.placements[index].x0
        return self.read_staves(strip.bands_of(index), strip.other_bands_of(index), x0, index)

    def read_staves(
        self, bands: npt.NDArray[np.uint8], other_bands: Sequence[npt.NDArray[np.uint8]], x0: int, index: int
    ) -> Reading:
        """Read the events of one system from the bands of all its staves; any thread.

        Args:
            bands: of the piano's staves, as for `read_bands`.
            other_bands: of the others, two at a time.
            x0: strip x of their left end.
            index: of the system.
        """
        piano = self.read_bands(bands, x0, index)
        others = [self.read_bands(pair, x0, index) for pair in other_bands]
        return with_others(piano, others) if others else piano

    def read_bands(self, bands: npt.NDArray[np.uint8], x0: int, index: int) -> Reading:
        """Read the events of one system from its bands.

        Args:
            bands: (2, BAND_HEIGHT, width), white 255.
            x0: strip x of their left end.
            index: of the system.
        """
        ink = (255 - bands).astype(np.float32) / np.float32(255)  # 0 paper ... 1 black
        out = self.network.run({"bands": ink[None]})
        onset, pitches, beats, marks = (out[name][0] for name in READER.outputs)
        return decode_columns(onset, pitches, beats, marks, x0, index)
