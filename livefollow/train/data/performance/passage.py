"""A stretch of printed music that is played without interruption."""

from __future__ import annotations

from dataclasses import dataclass

EPS = 1e-6  # quarter notes; onsets come from fractions


@dataclass(frozen=True)
class Passage:
    """Printed music played through without interruption."""

    start: float  # quarter notes
    end: float
    entry: str = ""  # how it follows on the passage before: back, skip, stop, or nothing where it just goes on
    repeat: bool = False  # it follows a repeat mark, or leaves out a first ending
    wait_s: float = 0.0  # silence before it
    tempo: float = 1.0  # × the piece's
    hand: int | None = None  # only this one: 0 upper staff, 1 lower
    slipped: bool = False  # wrong keys were struck where the passage before broke off
