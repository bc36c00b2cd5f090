"""Derive the order of play from repeat signs and endings."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

Span = tuple[Fraction, Fraction]


@dataclass(frozen=True)
class Ending:
    """A bracket of a first, second, ... ending."""

    start: Fraction
    end: Fraction
    passes: tuple[int, ...]


@dataclass(frozen=True)
class Repeats:
    """The repeat signs of a piece, quarter notes as printed.

    Attributes:
        starts: onsets of signs that begin a repeat; the beginning of the piece needs none.
        ends: onsets of signs that end one.
        endings: brackets.
        parts: onsets at which something new begins (a movement): no repeat goes back beyond.
    """

    starts: list[Fraction] = field(default_factory=list)
    ends: list[Fraction] = field(default_factory=list)
    endings: list[Ending] = field(default_factory=list)
    parts: list[Fraction] = field(default_factory=list)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Repeats:
        """Build from the output of `json.dumps(asdict(repeats), default=str)`."""
        starts, ends, parts = ([Fraction(t) for t in data[key]] for key in ("starts", "ends", "parts"))
        return cls(
            starts,
            ends,
            [Ending(Fraction(e["start"]), Fraction(e["end"]), tuple(e["passes"])) for e in data["endings"]],
            parts,
        )


def passes_of(text: str) -> tuple[int, ...]:
    """Parse the passes that a bracket's text names, as in `1.–3.` and `1, 2`; empty where it names none."""
    passes: list[int] = []
    for match in re.finditer(r"(\d+)(?:\D{0,2}[-–]\D{0,2}(\d+))?", text):
        first, last = int(match[1]), int(match[2] or match[1])
        passes += range(first, min(last, first + 20) + 1)
    return tuple(passes)


def play_order(repeats: Repeats, end: Fraction) -> tuple[list[Span], list[Span]]:
    """Order the printed stretches as they are played.

    Args:
        repeats: the signs.
        end: of the piece.

    Returns:
        With all repeats taken, and with none (last endings only); stretches that follow on each other are one.
    """
    groups = _groups(repeats.endings)
    inside = [(g[0].start, g[-1].end) for g in groups]
    events: list[tuple[Fraction, list[Ending]]] = [(g[0].start, g) for g in groups]
    events += [(e, []) for e in set(repeats.ends) if not any(a < e <= b for a, b in inside)]
    begins = sorted({Fraction(0), *repeats.starts, *repeats.parts})
    full: list[Span] = []
    straight: list[Span] = []
    position = Fraction(0)
    for at, group in sorted(events, key=lambda e: e[0]):
        begin = max([b for b in begins if b < at] + [position if full else Fraction(0)])
        if at <= position:
            continue
        straight.append((position, at))
        full.append((position, at))
        if not group:
            full.append((begin, at))
            position = at
            continue
        passes = sorted({p for ending in group for p in ending.passes})
        for i, number in enumerate(passes):
            if i:
                full.append((begin, at))
            full += [(e.start, e.end) for e in group if number in e.passes][:1]
        position = group[-1].end
        straight.append((group[-1].start, position))
    for order in (full, straight):
        order.append((position, end))
    return _merged(full), _merged(straight)


def _groups(endings: list[Ending]) -> list[list[Ending]]:
    """Group the brackets of one repeat; passes that are not named are counted."""
    groups: list[list[Ending]] = []
    for ending in sorted(set(endings), key=lambda e: (e.start, e.end)):
        last = groups[-1][-1] if groups else None
        first_again = bool(last and ending.passes and min(ending.passes) <= max(last.passes))
        if last and last.end == ending.start and not first_again:
            passes = ending.passes or (max(last.passes) + 1,)
            groups[-1].append(Ending(ending.start, ending.end, passes))
        elif not last or ending.start >= last.end:
            groups.append([Ending(ending.start, ending.end, ending.passes or (1,))])
    return groups


def _merged(order: list[Span]) -> list[Span]:
    """Drop empty stretches and join those that follow each other."""
    joined: list[Span] = []
    for start, end in order:
        if end <= start:
            continue
        if joined and joined[-1][1] == start:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def snapped(endings: list[Ending], bars: list[Fraction]) -> list[Ending]:
    """Cut endings at the last bar line within them, and where the next one begins.

    Args:
        endings: whose ends may be late by a note.
        bars: onsets of bar lines.
    """
    ordered = sorted(set(endings), key=lambda e: (e.start, e.end))
    out = []
    for ending in ordered:
        latest = min([ending.end, *(e.start for e in ordered if e.start > ending.start)])
        inside = [b for b in bars if ending.start < b <= latest]
        if inside:
            out.append(Ending(ending.start, max(inside), ending.passes))
    return out


def is_start(glyph: str) -> bool:
    """Whether a bar line of this LilyPond glyph begins a repeat."""
    return len(glyph) > 1 and glyph.endswith(":")


def is_end(glyph: str) -> bool:
    """Whether a bar line of this LilyPond glyph ends a repeat."""
    return len(glyph) > 1 and glyph.startswith(":")
