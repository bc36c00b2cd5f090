"""The listener: frames to struck and sounding keys, with a state from frame to frame."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from livefollow.constants import FRAME_WIDTH, N_BINS, N_PITCHES
from livefollow.features import loudness
from livefollow.features.loudness import LevelNormalizer
from livefollow.networks.runtime import Network, states_of
from livefollow.networks.specs import BAND_CONSTANTS, KEY_CONSTANTS, NEXT, NetworkSpec, shared

FloatArray = npt.NDArray[np.float32]

LISTENER = NetworkSpec(
    "listener",
    inputs={"frames": (1, "frames", N_BINS)},
    outputs={"onsets": (1, "frames", N_PITCHES), "sounding": (1, "frames", N_PITCHES)},
    constants=shared(*BAND_CONSTANTS, *KEY_CONSTANTS)
    | {f"LEVEL_{name}": getattr(loudness, name) for name in ("RELEASE", "FLOOR", "GAIN")},
    sizes={"frames": (1, 7, 60, 1)},  # that wait together
    streaming=True,
    # A longer view of each frame and short ones: networks of version 0.1 had none.
    optional={"views": (1, "frames", FRAME_WIDTH - N_BINS)},
    optional_constants=shared("LONG_SIZE", "SHORT_SIZE", "SHORT_VIEWS"),
)


@dataclass(frozen=True, eq=False)
class Heard:
    """The listener's outputs for k frames.

    Attributes:
        onsets: (k, 88) probability that the key is struck, reported one frame after it was.
        sounding: (k, 88) probability that it sounds, likewise.
        loudness: (k,) dB, of the frame itself.
    """

    onsets: FloatArray
    sounding: FloatArray
    loudness: FloatArray


class Listener:
    """Runs the listener network on one stream of frames; for one thread."""

    def __init__(self, network: Network) -> None:
        """Start with the state of silence.

        Args:
            network: of kind `listener`.
        """
        self.network = network
        self._views = network.takes("views")
        self.forget()

    def forget(self) -> None:
        """Reset the state: the frames before the next one are missing."""
        self._level = LevelNormalizer()
        self._states = states_of(self.network)

    def push(self, frames: FloatArray) -> Heard:
        """Process the next frames of the stream, however many, in one run.

        Args:
            frames: (k, 468) from `features`.
        """
        if not len(frames):
            nothing = np.empty((0, N_PITCHES), np.float32)
            return Heard(nothing, nothing, np.empty(0, np.float32))
        level = self._level.push(frames)
        bands, views = level[None, :, :N_BINS], level[None, :, N_BINS:]
        seen = {"frames": bands, "views": views} if self._views else {"frames": bands}
        out = self.network.run({**seen, **self._states})
        self._states = {name: out[f"{name}{NEXT}"] for name in self._states}
        return Heard(out["onsets"][0], out["sounding"][0], self._level.loudness)
