"""What networks of each kind take, give and depend on.

Reader and listener stand here; the policy and the paper's agents are known from when `follow.policy.observation` and
`follow.paper.state` are imported, as whoever runs or exports them does.
"""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from typing import Any

from livefollow import constants
from livefollow.features import loudness
from livefollow.score.reading import BEAT_CLASSES

Side = int | None  # of an array; None where it varies
BAND_CONSTANTS = ("SAMPLE_RATE", "FPS", "FRAME_SIZE", "BANDS_PER_OCTAVE", "FMIN", "FMAX", "N_BINS")
KEY_CONSTANTS = ("N_PITCHES", "LOWEST_PITCH")


@dataclass(frozen=True, eq=False)
class NetworkSpec:
    """A kind of network.

    Attributes:
        kind: its name, in manifests and files.
        inputs: shape of each but the states.
        outputs: their names, but the states'.
        constants: what must be the same when a network is trained and when it is used, as JSON has it.
        later: names of constants that older files do not carry; there they are taken on trust.
        streaming: whether it has states: further inputs, each with an output of its name and `_next`.
        example: size of a varying side in use.
    """

    kind: str
    inputs: Mapping[str, tuple[Side, ...]]
    outputs: Set[str]
    constants: Mapping[str, Any]
    later: tuple[str, ...] = ()
    streaming: bool = False
    example: int = 1


_SPECS: dict[str, NetworkSpec] = {}


def register(spec: NetworkSpec) -> NetworkSpec:
    """Make a kind known."""
    _SPECS[spec.kind] = spec
    return spec


def spec_of(kind: str) -> NetworkSpec:
    """The spec of a kind.

    Raises:
        KeyError: there is no such kind, or nobody has been imported who runs it.
    """
    return _SPECS[kind]


def constants_of(kind: str) -> dict[str, Any]:
    """The numbers that a network of a kind depends on, as its file carries them (JSON).

    Raises:
        KeyError: as for `spec_of`.
    """
    return dict(spec_of(kind).constants)


def shared(*names: str) -> dict[str, Any]:
    """Numbers of `livefollow.constants` by name."""
    return {name: getattr(constants, name) for name in names}


register(
    NetworkSpec(
        "reader",
        inputs={"bands": (1, 2, constants.BAND_HEIGHT, None)},
        outputs={"onset", "pitches", "beats", "marks"},
        constants=shared("STAFF_SPACE", "BAND_MARGIN", "BAND_HEIGHT", "COLUMN", *KEY_CONSTANTS)
        | {"BEAT_CLASSES": list(BEAT_CLASSES)},
        example=192 * constants.COLUMN,  # a system
    )
)
register(
    NetworkSpec(
        "listener",
        inputs={"frames": (1, None, constants.N_BINS)},
        outputs={"onsets", "sounding"},
        constants=shared(*BAND_CONSTANTS, *KEY_CONSTANTS)
        | {f"LEVEL_{name}": getattr(loudness, name) for name in ("RELEASE", "FLOOR", "GAIN")},
        streaming=True,
    )
)
