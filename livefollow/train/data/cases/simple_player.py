"""Play a score roughly as a person does: with changing tempo and loudness, and hands not quite together.

The score comes as noteheads; the result is keys pressed at seconds, and for every score onset the second at which it
was played.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from livefollow.train.data.engraving.lilypond_noteheads import Notehead
from livefollow.train.data.sound.sampler import SamplerNote

GRID = 1 / 8  # quarter notes between points of the tempo curve
LEAST_DURATION_S = 0.06
MOST_ASYNCHRONY_S = 0.03


@dataclass(frozen=True)
class SimpleStyle:
    """The style in which one piece is played."""

    beats_per_minute: float  # quarter notes
    phrases: Sequence[float]  # quarter notes at which phrases begin, and the piece's end: [0, ..., end]
    start: float = 0.72  # share of the tempo with which the first phrase sets off
    arch: float = 0.08  # by which the middle of a phrase is faster than its ends
    ritard: float = 0.22  # by which the last two beats of a phrase slow down
    final_ritard: float = 0.45  # the same at the end of the piece
    wander: float = 0.05  # standard deviation of the slow, aimless part of the log tempo
    asynchrony_s: float = 0.007  # standard deviation of each key about its onset
    melody_lead_s: float = 0.012  # by which the top note comes before the others
    velocity: float = 62.0  # of the accompaniment at a phrase's ends
    swell: float = 16.0  # velocity added in the middle of a phrase
    melody: float = 12.0  # velocity added to the top note
    pedal: float = 0.0  # quarter notes between changes of the pedal; 0: without pedal
    detached: float = 0.92  # share of its written value a note sounds without pedal
    pauses: Sequence[tuple[float, float]] = ()  # (quarter note before which the player waits, s)


@dataclass(frozen=True)
class Performance:
    """A performance: keys pressed, and when each score onset was played."""

    notes: list[SamplerNote]
    onsets: dict[Fraction, float]  # score onset in quarter notes → mean of its keys' times, s
    end: float  # s at which the last note's written value is over


def perform(
    noteheads: Sequence[Notehead], style: SimpleStyle, start_s: float, random: np.random.Generator
) -> Performance:
    """Play one score in a style.

    Args:
        noteheads: of one score; grace notes are left out.
        style: how.
        start_s: second of the first beat.
        random: decides all that is not in the style.

    Returns:
        The performance; its onsets rise with the score's.
    """
    chords = _chords(noteheads)
    seconds = _tempo_curve(style, start_s, random)
    notes: list[SamplerNote] = []
    onsets: dict[Fraction, float] = {}
    middles = np.array([seconds(float(onset)) for onset in sorted(chords)])
    gaps = np.diff(middles, prepend=-np.inf, append=np.inf)
    for i, (onset, chord) in enumerate(sorted(chords.items())):
        top = max(chord)
        scatter = random.normal(0, style.asynchrony_s, len(chord))
        if len(chord) > 1:
            scatter[-1] -= style.melody_lead_s
        # However fast the notes, none overtakes the next.
        reach = min(MOST_ASYNCHRONY_S, gaps[i] / 3, gaps[i + 1] / 3)
        times = dict(zip(sorted(chord), middles[i] + np.clip(scatter, -reach, reach), strict=True))
        onsets[onset] = float(np.mean(list(times.values())))
        for pitch, duration in chord.items():
            up = seconds(_key_up(float(onset), float(duration), style))
            velocity = _velocity(float(onset), pitch == top, style) + random.normal(0, 3)
            notes.append(
                SamplerNote(
                    onset=times[pitch],
                    duration=max(LEAST_DURATION_S, up - times[pitch]),
                    pitch=pitch,
                    velocity=int(np.clip(round(velocity), 15, 120)),
                )
            )
    return Performance(notes, onsets, seconds(style.phrases[-1]))


def _chords(noteheads: Sequence[Notehead]) -> dict[Fraction, dict[int, Fraction]]:
    """Map each onset to {pitch: duration} of its notes; tied noteheads lengthen the note they continue."""
    chords: dict[Fraction, dict[int, Fraction]] = defaultdict(dict)
    sounding: dict[int, Fraction] = {}  # pitch → onset of its latest strike
    for head in sorted(noteheads, key=lambda n: n.onset):
        if head.grace:
            continue
        if head.tied and head.pitch in sounding:
            struck = sounding[head.pitch]
            chords[struck][head.pitch] = max(chords[struck][head.pitch], head.onset + head.duration - struck)
        elif not head.tied:
            # Two voices on one key are one key.
            chords[head.onset][head.pitch] = max(chords[head.onset].get(head.pitch, head.duration), head.duration)
            sounding[head.pitch] = head.onset
    return dict(chords)


class _Clock:
    """Maps quarter notes to seconds."""

    def __init__(
        self, beats: npt.NDArray[Any], seconds: npt.NDArray[Any], pauses: Sequence[tuple[float, float]]
    ) -> None:
        self._beats, self._seconds, self._pauses = beats, seconds, pauses

    def __call__(self, beat: float) -> float:
        waited = sum(length for before, length in self._pauses if beat >= before)
        return float(np.interp(beat, self._beats, self._seconds)) + waited


def _tempo_curve(style: SimpleStyle, start_s: float, random: np.random.Generator) -> _Clock:
    end = style.phrases[-1]
    beats = np.arange(0, end + 8 + GRID, GRID)
    log_tempo = np.zeros(len(beats))
    for first, last in pairwise(style.phrases):
        inside = (beats >= first) & (beats < last)
        place = (beats[inside] - first) / (last - first)
        log_tempo[inside] += style.arch * np.sin(np.pi * place)
        slowing = style.final_ritard if last == end else style.ritard
        length = 4.0 if last == end else 2.0
        log_tempo[inside] -= slowing * np.clip(1 - (last - beats[inside]) / length, 0, 1) ** 1.5
    first_phrase = style.phrases[1]
    log_tempo += np.log(style.start) * np.clip(1 - beats / first_phrase, 0, 1)
    wander = np.zeros(len(beats))
    keep = np.exp(-GRID / 3)  # forgets within three beats
    for i in range(1, len(beats)):
        wander[i] = keep * wander[i - 1] + np.sqrt(1 - keep**2) * random.normal(0, style.wander)
    per_beat = 60 / (style.beats_per_minute * np.exp(log_tempo + wander))
    seconds = start_s + np.concatenate([[0], np.cumsum(per_beat[:-1] * GRID)])
    return _Clock(beats, seconds, style.pauses)


def _key_up(onset: float, duration: float, style: SimpleStyle) -> float:
    """Quarter note at which a note stops: where the pedal changes next, or where the key is let go."""
    up = onset + duration * style.detached
    if style.pedal:
        up = max(up, style.pedal * (np.floor(onset / style.pedal) + 1) - 0.02)
    for before, _ in style.pauses:
        if onset < before <= up:  # the hand lies still until the pause is over, the pedal does not
            up = before - 0.01
    return up


def _velocity(onset: float, is_top: bool, style: SimpleStyle) -> float:
    first = max(p for p in style.phrases[:-1] if p <= onset)
    last = min(p for p in style.phrases[1:] if p > onset)
    swell = style.swell * np.sin(np.pi * (onset - first) / (last - first))
    return float(style.velocity + swell + style.melody * is_top + 4 * (onset == round(onset)))
