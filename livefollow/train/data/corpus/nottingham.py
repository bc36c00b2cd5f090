"""Read the Nottingham tunes: ABC to `Notation`, without copies of a tune, and a split.

What these folk tunes use of ABC is read: one voice, lengths, accidentals, ties, tuplets, repeats and endings, changes
of key, meter and unit within a tune. Chord names are not part of the melody and are dropped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import numpy as np

from livefollow.errors import LivefollowError
from livefollow.train.data.notation.notation import (
    Clef,
    Notation,
    WrittenNote,
    fifths_alters,
    melody_figures,
    shared_share,
    value_of,
)
from livefollow.train.data.notation.repeats import Ending, Repeats, passes_of

LICENCE = "GPL-3.0 (Nottingham Music Database, cleaned by Jukedeck)"
SPLIT_SIZES = {"train": 187, "valid": 63, "test": 46}  # the paper's
SPLIT_SEED = 2019
SAME_TUNE = 0.5  # share of figures that two copies or variants of a tune have in common
TEMPO = 120.0  # quarter notes a minute; the tunes name none

TOKEN = re.compile(
    r'"[^"]*"|\[[KMLP]:[^\]]*\]|(?P<bar>(?::*\|[\]|]?:*|::|:))\s*(?P<ending>\[?\d+(?:[,-]\d+)*(?=[^/\d]))?|\[(?P<ending2>\d+)'
    r"|\((?P<tuplet>\d)(?::(?P<into>\d?))?(?::(?P<count>\d?))?"
    r"|(?P<accidental>\^{1,2}|_{1,2}|=)?(?P<pitch>[A-Ga-gxz])(?P<octave>[,']*)(?P<length>\d*/*\d*)(?P<tie>-?)"
)
FIFTHS = {"C": 0, "G": 1, "D": 2, "A": 3, "E": 4, "B": 5, "F#": 6, "F": -1, "Bb": -2, "Eb": -3, "Ab": -4}
ALTERS = {"^": 1, "^^": 2, "_": -1, "__": -2, "=": 0}
TUPLETS = {2: 3, 3: 2, 4: 3, 6: 2}  # p notes in the time of q


class AbcError(LivefollowError):
    """A tune cannot be read; the message says why."""


@dataclass
class _State:
    unit: Fraction = Fraction(1, 2)  # quarter notes
    fifths: int = 0
    at: Fraction = Fraction(0)
    notes: list[WrittenNote] = field(default_factory=list)
    bars: list[Fraction] = field(default_factory=lambda: [Fraction(0)])
    times: list[tuple[Fraction, int, int]] = field(default_factory=list)
    keys: list[tuple[Fraction, int]] = field(default_factory=list)
    starts: list[Fraction] = field(default_factory=list)
    ends: list[Fraction] = field(default_factory=list)
    endings: list[tuple[Fraction, str]] = field(default_factory=list)
    measure: dict[int, int] = field(default_factory=dict)  # accidentals of the bar
    tie: bool = False
    tuplet: tuple[int, Fraction] = (0, Fraction(1))  # notes left, factor


def read_tunes(folder: Path) -> tuple[list[Notation], dict[str, str]]:
    """Read all tunes of a folder of `.abc` files, including copies.

    Returns:
        The tunes, and the cause of each that could not be read by its name.
    """
    tunes, failed = [], {}
    for path in sorted(folder.glob("*.abc")):
        blocks = re.split(r"^X:", path.read_text(encoding="utf-8", errors="replace"), flags=re.MULTILINE)[1:]
        for block in blocks:
            number = re.match(r"\s*(\d*)", block)
            name = f"{path.stem}-{number[1] if number else ''}"
            try:
                tunes.append(read_tune("X:" + block, name, f"{path.name} X:{number[1] if number else ''}"))
            except (AbcError, ValueError) as error:
                failed[name] = str(error)
    return tunes, failed


def read_tune(text: str, name: str, source: str) -> Notation:
    """Read one tune.

    Args:
        text: ABC with its fields.
        name: of the piece.
        source: for the record.

    Raises:
        AbcError: it has no notes, or values that this reader does not know.
    """
    state = _State()
    body = False
    unit_given = False
    for raw in text.splitlines():
        line = raw.split("%")[0].strip().rstrip("\\")
        if re.match(r"[A-Za-z]:", line):
            unit_given |= line[0] == "L"
            _field(state, line[0], line[2:].strip(), unit_given=unit_given)
            body |= line[0] == "K"
        elif body:
            _music(state, line)
    if not state.notes:
        raise AbcError("no notes")
    end = state.at
    bars = sorted({b for b in state.bars if b < end})
    repeats = Repeats(
        sorted({s for s in state.starts if s < end}),
        sorted({e for e in state.ends if 0 < e <= end}),
        _endings(state, [*bars, end]),
    )
    return Notation(
        name,
        source,
        LICENCE,
        1,
        state.notes,
        end,
        bars,
        state.times or [(Fraction(0), 4, 4)],
        state.keys or [(Fraction(0), 0)],
        [Clef(Fraction(0), 0, "G", 2)],
        [(Fraction(0), TEMPO)],
        repeats=repeats,
    )


def without_copies(tunes: list[Notation]) -> tuple[list[Notation], dict[str, str]]:
    """Drop copies and variants of tunes; returns the kept tunes, and for each dropped name the kept one."""
    kept: list[tuple[Notation, set[tuple[int, ...]]]] = []
    copies: dict[str, str] = {}
    for tune in tunes:
        figures = melody_figures(tune)
        original = next((k.name for k, other in kept if shared_share(figures, other) >= SAME_TUNE), None)
        if original or not figures:
            copies[tune.name] = original or "too short"
        else:
            kept.append((tune, figures))
    return [tune for tune, _ in kept], copies


def split_tunes(tunes: list[Notation]) -> dict[str, list[Notation]]:
    """Draw as many tunes per split as in the paper, with SPLIT_SEED, from the tunes in the order of their names."""
    ordered = sorted(tunes, key=lambda t: t.name)
    drawn = np.random.default_rng(SPLIT_SEED).permutation(len(ordered))
    splits, first = {}, 0
    for split, size in SPLIT_SIZES.items():
        splits[split] = [ordered[i] for i in drawn[first : first + size]]
        first += size
    return splits


def _field(state: _State, kind: str, value: str, *, unit_given: bool) -> None:
    if kind == "L":
        state.unit = 4 * Fraction(value)
    elif kind == "M":
        meter = {"C": "4/4", "C|": "2/2"}.get(value, value)
        beats, beat_type = (int(n) for n in meter.split("/"))
        state.times.append((state.at, beats, beat_type))
        if not unit_given:
            state.unit = Fraction(1, 2) if beats / beat_type >= 0.75 else Fraction(1, 4)
    elif kind == "K":
        match = re.match(r"([A-G][#b]?)\s*(m(?!aj)|min)?", value)
        if not match or match[1] not in FIFTHS:
            raise AbcError(f"key {value}")
        state.fifths = FIFTHS[match[1]] - (3 if match[2] else 0)
        state.measure.clear()
        if not state.keys or state.keys[-1][1] != state.fifths:
            state.keys.append((state.at, state.fifths))


def _music(state: _State, line: str) -> None:
    for match in TOKEN.finditer(line):
        if match["bar"]:
            _bar(state, match["bar"], match["ending"] or "")
        elif match["ending2"]:
            state.endings.append((state.at, match["ending2"]))
        elif match["tuplet"]:
            notes = int(match["tuplet"])
            into = int(match["into"] or TUPLETS.get(notes, 2))
            state.tuplet = (int(match["count"] or notes), Fraction(into, notes))
        elif match["pitch"]:
            _note(state, match)


def _bar(state: _State, bar: str, ending: str) -> None:
    state.measure.clear()
    if state.at not in state.bars:
        state.bars.append(state.at)
    if bar.startswith(":") and state.at > 0:
        state.ends.append(state.at)
    if bar.endswith(":") and (len(bar) > 1 or not bar.startswith(":")):
        state.starts.append(state.at)
    if ending:
        state.endings.append((state.at, ending.lstrip("[")))
    elif len(bar) > 1 and state.endings and state.endings[-1][1]:
        state.endings.append((state.at, ""))  # a double bar ends a bracket


def _note(state: _State, match: re.Match[str]) -> None:
    left, factor = state.tuplet
    length = match["length"]
    whole, slashes, part = re.match(r"(\d*)(/*)(\d*)", length).groups()  # type: ignore[union-attr]
    share = Fraction(int(whole or 1), int(part) if part else 2 ** len(slashes))
    written = state.unit * share
    scale = factor if left else Fraction(1)
    state.tuplet = (left - 1, factor) if left > 1 else (0, Fraction(1))
    duration = written * scale
    if match["pitch"] in "xz":
        state.at += duration
        state.tie = False
        return
    letter = match["pitch"]
    step = "CDEFGAB".index(letter.upper()) + 7 * letter.islower()
    step += 7 * (match["octave"].count("'") - match["octave"].count(","))
    if match["accidental"]:
        state.measure[step] = ALTERS[match["accidental"]]
    alter = state.measure.get(step, fifths_alters(state.fifths).get(step % 7, 0))
    previous = state.notes[-1] if state.notes else None
    tied = (
        state.tie and previous is not None and (previous.step, previous.onset + previous.duration) == (step, state.at)
    )
    if tied and previous and not match["accidental"]:
        alter = previous.alter
    for value, joined in _values(written, tied=tied):
        log, dots, _ = value_of(value) or (2, 0, 1)
        state.notes.append(WrittenNote(state.at, value * scale, step, alter, 0, 0, log, dots, scale, tied=joined))
        state.at += value * scale
    state.tie = bool(match["tie"])


def _values(written: Fraction, *, tied: bool) -> list[tuple[Fraction, bool]]:
    """Split a duration into note values to be tied together."""
    values: list[tuple[Fraction, bool]] = []
    while written > 0:
        fitting = (Fraction(4, 2**k) * longer for k in range(8) for longer in (Fraction(3, 2), Fraction(1)))
        value = written if value_of(written) else next((v for v in fitting if v <= written), None)
        if value is None:
            raise AbcError("a note value shorter than a 128th")
        values.append((value, tied or bool(values)))
        written -= value
    return values


def _endings(state: _State, bars: list[Fraction]) -> list[Ending]:
    """Find the brackets: the first ends where the repeat does, the last after as many bars, or at a double bar."""
    marks = sorted(set(state.endings), key=lambda e: e[0])
    endings: list[Ending] = []
    for (start, text), following in pairwise([*marks, (bars[-1], "")]):
        if not text or not passes_of(text):
            continue
        end = next((e for e in state.ends if e > start and e <= following[0]), following[0])
        if endings and endings[-1].end == start:  # the last ending: one as long as the first, up to a bar
            length = endings[-1].end - endings[-1].start
            end = min(end, next((b for b in bars if b >= start + length), end))
        endings.append(Ending(start, end, passes_of(text)))
    return [e for e in endings if e.end > e.start and (1 not in e.passes or e.end in state.ends)]
