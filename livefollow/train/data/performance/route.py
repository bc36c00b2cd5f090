"""The route of a player through the printed music: repeats, stumbles, skips, pauses, hands separately.

Everything is decided in printed quarter notes; seconds come later, in `player`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from livefollow.train.data.notation.music import Music, Section
from livefollow.train.data.performance.passage import EPS, Passage
from livefollow.train.data.performance.rehearsal import Rehearsal, Rehearsing
from livefollow.train.data.performance.styles import Style

MOST_REPLAYED = 2.5  # times the music's length: then the player stops stumbling
BARS_IN_A_LINE = 5
REHEARSED = 1.5  # times the music's length that a rehearsal plays
TRY_AGAIN = 0.3  # probability that what went wrong goes wrong again
SLIPPED = 0.6  # probability that it was a wrong key that made the player stumble


def route(music: Music, style: Style, rng: np.random.Generator, longest: float | None = None) -> list[Passage]:
    """Draw the way through a piece.

    Args:
        music: the piece.
        style: how likely the player does what.
        rng: decides.
        longest: quarter notes of an excerpt, at bar lines, that is played instead of a longer piece.

    Returns:
        Passages in the order played, at least one; the first has no entry.
    """
    if style.rehearsal:
        return _rehearsal(music, style.rehearsal, rng, longest)
    sections = (music.with_repeats if rng.random() < style.repeats else music.straight) or [Section(0.0, music.end)]
    if longest is not None:
        sections = _excerpt(sections, music.bars, longest, rng)
    passages: list[Passage] = []
    most = MOST_REPLAYED * sum(s.end - s.start for s in sections)
    at = sections[0].start
    for section in sections:
        entry = _entry(at, section.start)
        for i, phrase in enumerate(_phrases_apart(section, music.bars, style, rng)):
            calm = sum(p.end - p.start for p in passages) > most
            walked = [phrase] if calm else _walk(phrase, music, style, rng)
            if not passages:
                entry = ""
            if i == 0:
                walked[0] = _with_entry(walked[0], entry, bool(entry))
            passages += walked
        at = section.end
    return passages


def _rehearsal(music: Music, how: Rehearsal, rng: np.random.Generator, longest: float | None) -> list[Passage]:
    """Attempts that are together about as long as `longest`, or as the piece played through some times."""
    onsets = sorted({n.onset for n in music.notes if not n.grace})
    left = longest or REHEARSED * music.end
    passages: list[Passage] = []
    for passage in Rehearsing(onsets, music.bars, how, rng):
        if passages and left < 0:
            break
        passages.append(passage)
        left -= (passage.end - passage.start) / passage.tempo
    return passages


def phrase_starts(bars: Sequence[float], end: float, rng: np.random.Generator) -> list[float]:
    """Draw where phrases of 2 to 8 bars begin: [0, …, end], quarter notes, rising."""
    starts = [0.0]
    i = 0
    while True:
        i += int(rng.choice((2, 4, 4, 8)))
        if i >= len(bars) or bars[i] >= end - EPS:
            return [*starts, max(end, starts[-1] + EPS)]
        if bars[i] > starts[-1] + EPS:
            starts.append(bars[i])


def _entry(at: float, start: float) -> str:
    if abs(start - at) <= EPS:
        return ""
    return "back" if start < at else "skip"


def _with_entry(passage: Passage, entry: str, repeat: bool) -> Passage:
    return replace(passage, entry=entry, repeat=repeat)


def _excerpt(
    sections: Sequence[Section], bars: Sequence[float], longest: float, rng: np.random.Generator
) -> list[Section]:
    """`longest` quarter notes from a bar on, in the order of play; everything where it is not longer."""
    total = sum(s.end - s.start for s in sections)
    if total <= longest:
        return list(sections)
    skipped = rng.uniform(0, total - longest) if rng.random() < 0.7 else 0.0
    cut = []
    for section in sections:
        length = section.end - section.start
        first = section.start + max(0.0, skipped)
        if skipped < length:
            first = max(section.start, _bar_of(bars, first)) if skipped > 0 else section.start
            last = min(section.end, first + longest)
            cut.append(Section(first, last))
            longest -= last - first
        skipped -= length
        if longest <= EPS:
            break
    return cut


def _phrases_apart(section: Section, bars: Sequence[float], style: Style, rng: np.random.Generator) -> list[Passage]:
    """The section in one passage or, hands separately, some phrases with each hand, then with both."""
    if style.hands_separately == 0:
        return [Passage(section.start, section.end)]
    inside = [b for b in bars if section.start - EPS <= b < section.end - EPS] or [section.start]
    starts = inside[:: int(rng.integers(4, 9))]
    passages: list[Passage] = []
    for start, end in zip([section.start, *starts[1:]], [*starts[1:], section.end], strict=True):
        if rng.random() < style.hands_separately:
            order = (0, 1) if rng.random() < 0.6 else (1, 0)
            first = Passage(start, end, hand=order[0], tempo=rng.uniform(0.8, 1.1))
            second = Passage(start, end, "back", False, rng.uniform(0.4, 3), rng.uniform(0.8, 1.1), order[1])
            passages += [first, second, Passage(start, end, "back", False, rng.uniform(0.4, 3))]
        else:
            passages.append(Passage(start, end))
    return passages


def _walk(passage: Passage, music: Music, style: Style, rng: np.random.Generator) -> list[Passage]:
    """A passage with its interruptions: what is played until each, and where it goes on."""
    onsets = sorted({n.onset for n in music.notes if passage.start - EPS <= n.onset < passage.end - EPS})
    bars = [b for b in music.bars if passage.start + EPS < b < passage.end - EPS]
    bars = [passage.start, *bars]
    chances = np.array([style.stumble, style.jump, style.skip, style.pause])
    if not onsets or not chances.any():
        return [passage]
    walked: list[Passage] = []
    here = passage
    most = MOST_REPLAYED * (passage.end - passage.start)
    bar = 0
    while True:
        event, bar = _next_event(bar, len(bars), chances, rng)
        if event is None or most < 0:
            return [*walked, here]
        bar_end = bars[bar + 1] if bar + 1 < len(bars) else passage.end
        candidates = [q for q in onsets if max(bars[bar], here.start) + EPS < q < bar_end - EPS]
        bar += 1
        if not candidates:
            continue
        q = float(rng.choice(candidates))
        walked.append(replace(here, end=q))
        most -= q - here.start
        here = replace(_go_on(event, q, bars, onsets, style, rng), end=passage.end, hand=passage.hand)
        while event == "stumble" and here.entry == "back" and rng.random() < TRY_AGAIN:
            walked.append(replace(here, end=q))
            most -= q - here.start
            here = replace(here, wait_s=rng.uniform(0.2, 2))
        bar = max(bisect_right(bars, here.start + EPS) - 1, 0)
        if event in ("stumble", "jump") and here.start < q:
            bar = min(bisect_right(bars, q), len(bars) - 1)  # what has been practised goes well


def _next_event(
    bar: int, n_bars: int, chances: np.ndarray[tuple[int], np.dtype[np.float64]], rng: np.random.Generator
) -> tuple[str | None, int]:
    """The first thing to happen from a bar on, and in which bar."""
    while bar < n_bars:
        hit = rng.random(len(chances)) < chances
        if hit.any():
            return ("stumble", "jump", "skip", "pause")[int(np.argmax(hit))], bar
        bar += 1
    return None, bar


def _go_on(
    event: str, q: float, bars: Sequence[float], onsets: Sequence[float], style: Style, rng: np.random.Generator
) -> Passage:
    """Where and how the player goes on after something happened just before the onset at q; its end is not set."""
    start = q
    wait, tempo = rng.uniform(0.3, 2.5), 1.0
    here = bisect_right(bars, q + EPS) - 1
    if event == "pause":
        wait = float(np.exp(rng.uniform(*np.log(style.pause_s))))
    elif event == "stumble":
        tempo = rng.uniform(0.7, 1.0)
        how = rng.random()
        if how < 0.2:  # only hesitates
            wait = rng.uniform(0.8, 3)
        elif how < 0.4:  # a note or two
            before = [o for o in onsets if o < q - EPS]
            start = before[-min(len(before), int(rng.integers(1, 4)))] if before else q
        elif how < 0.9:  # one bar, or two, that of the slip included
            start = bars[max(0, here - int(rng.integers(0, 3)))]
        else:  # a line
            start = bars[max(0, here - BARS_IN_A_LINE)]
    elif event == "jump":
        start = bars[0] if rng.random() < 0.15 else bars[max(0, here - int(rng.integers(1, 17)))]
        wait = rng.uniform(0.1, 3)
    elif here + 2 < len(bars):
        start = bars[min(len(bars) - 1, here + int(rng.integers(2, 13)))]
        wait = rng.uniform(0.1, 2)
    slipped = event == "stumble" and rng.random() < SLIPPED
    return Passage(start, start, _entry(q, start) or "stop", False, wait, tempo, slipped=slipped)


def _bar_of(bars: Sequence[float], q: float) -> float:
    i = bisect_right(bars, q + EPS) - 1
    return bars[i] if i >= 0 else q
