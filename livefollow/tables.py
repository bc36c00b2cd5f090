"""Reads CSV files as columns of numbers, with checks."""

from __future__ import annotations

import csv
import gzip
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO, cast

import numpy as np
import numpy.typing as npt

from livefollow.errors import LivefollowError

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
GZIP = ".gz"


class CaseError(LivefollowError):
    """A case, its truth or a track is malformed; the message says which file, which row and why."""


def open_text(path: Path) -> TextIO:
    """Open a CSV to read it, compressed where its name ends in .gz.

    Raises:
        OSError: it cannot be opened.
    """
    if path.suffix == GZIP:
        return cast(TextIO, gzip.open(path, "rt", newline="", encoding="utf-8-sig"))
    return path.open(newline="", encoding="utf-8-sig")


def read_columns(path: Path, columns: Sequence[str]) -> dict[str, list[str]]:
    """Read the cells of a CSV with a header, column by column.

    Args:
        path: the file, compressed where its name ends in .gz; further columns are read too.
        columns: names of required columns.

    Raises:
        CaseError: the file cannot be read, lacks a column, or has a row of another length.
    """
    try:
        with open_text(path) as file:
            rows = list(csv.reader(file))
    except (OSError, EOFError, zlib.error, UnicodeDecodeError, csv.Error) as error:
        raise CaseError("{name} cannot be read as CSV: {reason}.", name=path, reason=error) from error
    if not rows:
        raise CaseError("{name} is empty; it must start with the names of its columns.", name=path)
    header, cells = [name.strip() for name in rows[0]], [row for row in rows[1:] if row]
    missing = [name for name in columns if name not in header]
    if missing:
        raise CaseError("{name} lacks the columns {names}.", name=path, names=", ".join(missing))
    for i, row in enumerate(cells, 1):
        if len(row) != len(header):
            raise CaseError(
                "{name}: row {row} has {count} cells instead of {needed}.",
                name=path,
                row=i,
                count=len(row),
                needed=len(header),
            )
    return {name: [row[k] for row in cells] for k, name in enumerate(header)}


def numbers(path: Path, name: str, cells: Sequence[str]) -> FloatArray:
    """Parse a column as numbers.

    Raises:
        CaseError: a cell is not a finite number.
    """
    out = np.empty(len(cells))
    for i, cell in enumerate(cells):
        try:
            out[i] = float(cell)
        except ValueError:
            out[i] = np.nan
        if not np.isfinite(out[i]):
            raise CaseError(
                "{name}: {column} of row {row} is {cell}, not a finite number.",
                name=path,
                column=name,
                row=i + 1,
                cell=repr(cell),
            )
    return out


def counts(path: Path, name: str, cells: Sequence[str]) -> IntArray:
    """Parse a column as whole numbers from 1.

    Raises:
        CaseError: a cell is something else.
    """
    values = numbers(path, name, cells)
    wrong = np.flatnonzero((values < 1) | (values != np.round(values)))
    if len(wrong):
        raise CaseError(
            "{name}: {column} of row {row} is {cell}; pages and systems count from 1.",
            name=path,
            column=name,
            row=wrong[0] + 1,
            cell=cells[wrong[0]],
        )
    return values.astype(np.int64)
