"""Tracks: the positions of a performance, one row per frame, as `livefollow track` writes them."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass, fields
from pathlib import Path

import numpy as np
import numpy.typing as npt

from livefollow.follow.position import Position, State
from livefollow.storage import whole_file
from livefollow.tables import GZIP, CaseError, FloatArray, IntArray, counts, numbers, read_columns

STATES = tuple(state.value for state in State)  # as a CSV has them
NEEDED = ("time_s", "page", "system", "x_pt", "top_pt", "bottom_pt", "state")
OPTIONAL = {"strip_x": 0.0, "speed": 0.0, "confidence": 1.0}  # what a foreign program's CSV may leave out
DECIMALS = {"time_s": 4, "x_pt": 3, "top_pt": 2, "bottom_pt": 2, "strip_x": 2, "speed": 3, "confidence": 4}


@dataclass(frozen=True, eq=False)
class Track:
    """Positions over time; row k is what was shown from time_s[k] on.

    Attributes:
        time_s: (n,) end of the frame in the audio, seconds, not falling; n >= 1.
        page, system: (n,) from 1, the system on its page.
        x_pt: (n,) points, origin top left.
        top_pt, bottom_pt: (n,) outer staff lines of the shown system, points.
        strip_x: (n,) strip px.
        speed: (n,) strip px per frame.
        confidence: (n,) 0 to 1.
        state: (n,) values of `State`.
    """

    time_s: FloatArray
    page: IntArray
    system: IntArray
    x_pt: FloatArray
    top_pt: FloatArray
    bottom_pt: FloatArray
    strip_x: FloatArray
    speed: FloatArray
    confidence: FloatArray
    state: npt.NDArray[np.str_]

    def __post_init__(self) -> None:
        validate_track(self)

    def __len__(self) -> int:
        return len(self.time_s)

    def row_at(self, time_s: npt.ArrayLike) -> IntArray:
        """Index of the row shown at a time, seconds: the last one not after it, or the first."""
        return np.maximum(0, np.searchsorted(self.time_s, time_s, side="right") - 1)

    def position(self, row: int) -> Position:
        """The position that was shown from the time of a row on."""
        values = {field.name: getattr(self, field.name)[row].item() for field in fields(self)}
        return Position(**values | {"state": State(values["state"])})

    def save(self, path: Path) -> None:
        """Write the track as CSV, compressed where the name ends in .gz; whole, or what was there before stays.

        Raises:
            CaseError: the file cannot be written.
        """
        names = [field.name for field in fields(self)]
        columns = [_written(name, getattr(self, name)) for name in names]
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(zip(*columns, strict=True))
        data = text.getvalue().encode()
        try:
            if path.exists() and not path.is_file():  # a pipe, a terminal
                path.write_bytes(data)
                return
            with whole_file(path.resolve()) as partial:
                partial.write_bytes(gzip.compress(data, mtime=0) if path.suffix == GZIP else data)
        except OSError as error:
            raise CaseError("{name} cannot be written: {reason}.", name=path, reason=error) from error


def load_track(path: Path) -> Track:
    """Read a track from its CSV; `strip_x`, `speed` and `confidence` may be missing.

    Raises:
        CaseError: the file cannot be read, or is no sound track: see `validate_track`.
    """
    cells = read_columns(path, NEEDED)
    n = len(cells["time_s"])
    columns = {name: numbers(path, name, cells[name]) for name in ("time_s", "x_pt", "top_pt", "bottom_pt")}
    for name, default in OPTIONAL.items():
        columns[name] = numbers(path, name, cells[name]) if name in cells else np.full(n, default)
    page, system = counts(path, "page", cells["page"]), counts(path, "system", cells["system"])
    try:
        return Track(**columns, page=page, system=system, state=np.array(cells["state"], np.str_))
    except CaseError as error:
        raise CaseError("{name}: {reason}", name=path, reason=error) from error


def validate_track(track: Track) -> None:
    """Refuse a track that no figure can be computed from.

    Raises:
        CaseError: it is empty, its columns differ in length, a number is not finite, time goes back, a page or system
            is below 1, or a state is unknown.
    """
    n = len(track.time_s)
    if n == 0:
        raise CaseError("The track has no rows.")
    for field in fields(track):
        column = getattr(track, field.name)
        if column.shape != (n,):
            raise CaseError(
                "The track has {count} times, but {column} has the shape {shape}.",
                count=n,
                column=field.name,
                shape=column.shape,
            )
        if field.name != "state" and not np.all(np.isfinite(column)):
            raise CaseError(
                "{column} of row {row} is not a finite number.",
                column=field.name,
                row=int(np.argmin(np.isfinite(column))) + 1,
            )
    falling = np.flatnonzero(np.diff(track.time_s) < 0)
    if len(falling):
        raise CaseError("time_s falls after row {row}; rows must be in order of time.", row=falling[0] + 1)
    if min(track.page.min(), track.system.min()) < 1:
        raise CaseError("Pages and systems count from 1.")
    unknown = set(track.state.tolist()) - set(STATES)
    if unknown:
        raise CaseError(
            "The state {state} is none of {states}.", state=repr(sorted(unknown)[0]), states=", ".join(STATES)
        )


def _written(name: str, column: npt.NDArray[np.generic]) -> list[str]:
    if name in DECIMALS:
        return [f"{value:.{DECIMALS[name]}f}" for value in column.tolist()]
    return [str(value) for value in column.tolist()]
