"""`Music`: a piece independent of its engravings and performances; a dataset keeps it once per piece.

Times are quarter notes as printed, from the beginning of the piece: a repeated bar has one time, and `Section`s say in
which order the printed music is played.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

VERSION = 1


@dataclass(frozen=True)
class Note:
    """One note to be struck; tied noteheads are merged into it."""

    onset: float  # quarter notes, as printed
    duration: float  # quarter notes, ties included; of a grace note what is printed
    pitch: int  # MIDI
    hand: int  # 0 upper staff, 1 lower; of others, which of their staves
    grace: float = 0.0  # quarter notes before the onset (negative) for grace notes
    ornament: str = ""  # trill, mordent, prall, turn, arpeggio, or nothing


@dataclass(frozen=True)
class Section:
    """A stretch of printed music that is played through; a repeat is two sections with the same start."""

    start: float  # quarter notes
    end: float


@dataclass(frozen=True)
class Music:
    """A piece of music.

    Attributes:
        name: unique in a dataset.
        source: file it was made from, relative to its corpus, or the generator and its seed.
        licence: of the source.
        notes: by onset, grace (earliest first), pitch.
        bars: onset of each bar, quarter notes.
        tempo: (onset, quarter notes per minute), at least one, the first at onset 0.
        with_repeats: the order of play with all repeats taken.
        straight: the order of play with no repeat taken (second endings only).
        others: the notes of those who play or sing beside the piano, as `notes`.
    """

    name: str
    source: str
    licence: str
    notes: list[Note]
    bars: list[float]
    tempo: list[tuple[float, float]]
    with_repeats: list[Section] = field(default_factory=list)
    straight: list[Section] = field(default_factory=list)
    others: list[Note] = field(default_factory=list)

    @property
    def end(self) -> float:
        """The quarter note at which the last note ends."""
        return max((n.onset + n.duration for n in self.notes), default=0.0)

    def save(self, path: Path) -> None:
        """Write as JSON."""
        path.write_text(json.dumps({"version": VERSION, **asdict(self)}) + "\n", encoding="utf-8")

    @classmethod
    def load(cls, path: Path) -> Music:
        """Read what `save` wrote.

        Raises:
            ValueError: it is of another version.
        """
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if data.pop("version", None) != VERSION:
            raise ValueError(f"{path} was written by another version: make the dataset again")
        data["notes"] = [Note(**n) for n in data["notes"]]
        data["others"] = [Note(**n) for n in data.get("others", [])]
        data["tempo"] = [(float(a), float(b)) for a, b in data["tempo"]]
        for key in ("with_repeats", "straight"):
            data[key] = [Section(**s) for s in data[key]]
        return cls(**data)
