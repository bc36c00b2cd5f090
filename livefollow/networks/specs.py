"""`NetworkSpec`: what the networks of a kind take, give and depend on.

Each kind's spec stands beside the code that computes its inputs, and is passed to the code that loads, exports, checks
or imitates such a network: `READER` in `networks.reader`, `LISTENER` in `networks.listener`, `POLICY` in
`follow.policy.observation`, `PAPER` in `follow.paper.state`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from livefollow import constants

FloatArray = npt.NDArray[np.float32]
Side = int | str  # of an array; a name where it varies

BAND_CONSTANTS = ("SAMPLE_RATE", "FPS", "FRAME_SIZE", "BANDS_PER_OCTAVE", "FMIN", "FMAX", "N_BINS")
KEY_CONSTANTS = ("N_PITCHES", "LOWEST_PITCH")
NEXT = "_next"  # what the name of a state's output has after that of its input


@dataclass(frozen=True, eq=False)
class NetworkSpec:
    """A kind of network.

    Attributes:
        kind: its name, in manifests and files.
        inputs: shape of each but the states, in the order in which the network takes them.
        outputs: likewise, in the order in which it gives them.
        constants: numbers that must be the same in training and in use, as JSON has them.
        optional: shapes of further inputs, which a network of this kind takes or does not.
        optional_constants: as `constants`, of networks that take any of `optional`.
        sizes: of each side that varies, the sizes it is tested with; the first is usual.
        streaming: whether it has states: further inputs that the network names itself, of a fixed shape, zero before
            the first run, and with an output of its name and NEXT.
    """

    kind: str
    inputs: Mapping[str, tuple[Side, ...]]
    outputs: Mapping[str, tuple[Side, ...]]
    constants: Mapping[str, Any]
    sizes: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    streaming: bool = False
    optional: Mapping[str, tuple[Side, ...]] = field(default_factory=dict)
    optional_constants: Mapping[str, Any] = field(default_factory=dict)

    @property
    def all_inputs(self) -> dict[str, tuple[Side, ...]]:
        """Shape of each input but the states, the optional ones last."""
        return {**self.inputs, **self.optional}

    def constants_of(self, names: Collection[str]) -> dict[str, Any]:
        """The numbers that matter to a network that takes the inputs `names`."""
        return {**self.constants, **(self.optional_constants if self.optional.keys() & set(names) else {})}

    def example(self, turn: int = 0, rng: np.random.Generator | None = None) -> dict[str, FloatArray]:
        """Example inputs of one run, the optional ones among them, without the states.

        Args:
            turn: index of the sizes, modulo their number.
            rng: draws what is in them, 0 ... 1; zeros by default.
        """
        out = {}
        for name, sides in self.all_inputs.items():
            shape = [side if isinstance(side, int) else self._size(side, turn) for side in sides]
            out[name] = rng.random(shape, np.float32) if rng else np.zeros(shape, np.float32)
        return out

    def varying(self) -> dict[str, dict[int, str]]:
        """The sides that vary, by name of input or output and index of the axis."""
        shapes = {**self.all_inputs, **self.outputs}
        sides = {
            name: {k: side for k, side in enumerate(shape) if isinstance(side, str)} for name, shape in shapes.items()
        }
        return {name: axes for name, axes in sides.items() if axes}

    def _size(self, side: str, turn: int) -> int:
        return self.sizes[side][turn % len(self.sizes[side])]


def shared(*names: str) -> dict[str, Any]:
    """Look up numbers of `livefollow.constants` by name."""
    return {name: getattr(constants, name) for name in names}
