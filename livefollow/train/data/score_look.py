"""The scores of a dataset on disk: one look of a piece as the reader sees it, with its truth.

A *look* is one engraving of a piece: `DATA/scores/SPLIT/PIECE/LOOK.pdf` and `LOOK.npz` (a `ScoreLook`), beside the
piece's `music.json` (`Music`), `notation.json` (`Notation`) and `score.mid`. See docs/dataset.md.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from livefollow.constants import BAND_HEIGHT, STRIP_HEIGHT
from livefollow.storage import whole_file

VERSION = 1

BAR_LINE, REPEAT_START, REPEAT_END, FINAL = range(4)  # kinds of marks

# One entry per printed notehead, in the order of strip x; tied and grace heads are among them.
HEAD = np.dtype(
    [
        ("x", "f4"),  # middle of the head, strip px
        ("staff", "i1"),  # band: 0 upper, 1 lower; -1 on a staff that is not the piano's
        ("row", "f4"),  # middle of the head, px from the band's upper edge; outside [0, BAND_HEIGHT) where cut off
        ("pitch", "i2"),  # MIDI
        ("onset", "f8"),  # quarter notes from the piece's beginning, as printed
        ("grace", "f4"),  # quarter notes before the onset (negative) for grace notes, else 0
        ("duration", "f8"),  # quarter notes, of this head alone
        ("tied", "?"),  # continues a tied note: no new sound
        ("cue", "?"),  # printed small and no grace note
        ("page", "i2"),  # from 1
        ("system", "i2"),  # on its page, from 1
        ("x_pt", "f4"),  # middle of the head, points from the page's top left
        ("y_pt", "f4"),
    ]
)
MARK = np.dtype([("x", "f4"), ("kind", "i1")])  # middle of the bar line, strip px; a repeat of both kinds is two marks


@dataclass(frozen=True, eq=False)
class ScoreLook:
    """One look of a piece with its truth, W strip px wide.

    Attributes:
        bands: (2, BAND_HEIGHT, W) uint8, `Strip.bands`.
        image: (STRIP_HEIGHT, W) uint8, `Strip.image`.
        systems: (n, 4) int32: page and system on its page (from 1), strip x0 and x1.
        heads: (m,) HEAD, by strip x.
        marks: (k,) MARK, by strip x.
        prefixes: (n, 2) float32, per system strip x0, x1 of clef, key and time signature at its begin; x0 = x1
            where there are none.
        others: (o,) HEAD, by strip x, on the staves of those who play or sing beside the piano.
    """

    bands: npt.NDArray[np.uint8]
    image: npt.NDArray[np.uint8]
    systems: npt.NDArray[np.int32]
    heads: npt.NDArray[Any]
    marks: npt.NDArray[Any]
    prefixes: npt.NDArray[np.float32]
    others: npt.NDArray[Any] = field(default_factory=lambda: np.empty(0, HEAD))

    def validate(self) -> None:
        """Check shapes and types.

        Raises:
            ValueError: something is not as documented.
        """
        width = self.bands.shape[-1]
        if self.bands.shape != (2, BAND_HEIGHT, width) or self.image.shape != (STRIP_HEIGHT, width):
            raise ValueError(f"bands {self.bands.shape} and image {self.image.shape} do not fit together")
        if self.heads.dtype != HEAD or self.others.dtype != HEAD or self.marks.dtype != MARK:
            raise ValueError("heads or marks have other fields")
        if self.systems.shape != (len(self.systems), 4) or self.prefixes.shape != (len(self.systems), 2):
            raise ValueError(f"systems {self.systems.shape} and prefixes {self.prefixes.shape} do not fit together")

    def save(self, path: Path) -> None:
        """Write as compressed npz; the file appears only when it is whole.

        Raises:
            ValueError: something is not as documented.
        """
        self.validate()
        with whole_file(path) as partial, partial.open("wb") as file:
            np.savez_compressed(file, version=np.int32(VERSION), **vars(self))

    @classmethod
    def load(cls, path: Path) -> ScoreLook:
        """Read what `save` wrote.

        Raises:
            OSError: it cannot be read.
            ValueError: it is of another version, or no such file at all.
        """
        with np.load(path, allow_pickle=False) as data:
            if int(data["version"]) != VERSION:
                raise ValueError(f"{path} was written by another version: make the dataset again")
            look = cls(**{name: data[name] for name in data.files if name != "version"})
        look.validate()
        return look
