"""Who makes music with a pianist: instruments of General MIDI sound fonts and singers, with a part drawn to fit.

A part doubles the top of what the piano plays, answers it with notes of its chords, or goes its own way. Instruments of
one font and one singer are held out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from livefollow.constants import SAMPLE_RATE
from livefollow.train.data.held_out import HELD_OUT_FONT_OF_INSTRUMENTS, HELD_OUT_SINGER
from livefollow.train.data.sound.pianos import SOUND_FONTS, find_font, open_synth, play_events
from livefollow.train.data.sound.sampler import SamplerNote
from livefollow.train.data.sound.singer import SINGERS, sing, training_singers

Sound = npt.NDArray[np.float32]

# General MIDI program → lowest and highest MIDI pitch.
INSTRUMENTS = {
    40: (55, 93),  # violin
    41: (48, 84),  # viola
    42: (36, 74),  # cello
    43: (28, 55),  # double bass
    73: (60, 94),  # flute
    71: (50, 89),  # clarinet
    70: (35, 70),  # bassoon
    56: (55, 82),  # trumpet
    65: (50, 80),  # saxophone
    21: (53, 89),  # accordion
    24: (40, 79),  # guitar
    48: (36, 91),  # strings
    52: (48, 79),  # choir
    19: (36, 91),  # organ
}
FONTS = ("fluid_r3", "musescore")  # whose instruments may be learned from
SUNG = 0.35  # share of parts that are sung
TOGETHER_S = 0.06  # keys struck within are one chord
PHRASE_S, REST_S = (2.0, 9.0), (0.0, 4.0)
OUT_OF_TUNE = 0.12  # semitones, standard deviation
BREATH_S = 0.03  # between two notes at least


@dataclass(frozen=True)
class Soloist:
    """Who plays or sings a part.

    Attributes:
        font: of an instrument, one of `pianos.SOUND_FONTS`; empty for a singer.
        program: of an instrument, General MIDI.
        singer: one of `singer.SINGERS`; empty for an instrument.
    """

    font: str = ""
    program: int = 0
    singer: str = ""

    @property
    def name(self) -> str:
        """Font and program, or the singer's name."""
        return self.singer or f"{self.font} {self.program}"

    @property
    def compass(self) -> tuple[int, int]:
        """Lowest and highest MIDI pitch."""
        return SINGERS[self.singer].compass if self.singer else INSTRUMENTS[self.program]


def draw_soloist(rng: np.random.Generator) -> Soloist:
    """Somebody who may be learned from."""
    if rng.random() < SUNG:
        return Soloist(singer=str(rng.choice(training_singers())))
    return Soloist(str(rng.choice(FONTS)), int(rng.choice(list(INSTRUMENTS))))


def held_out_soloists() -> list[Soloist]:
    """Violin, flute, cello and clarinet of the held-out font, and the held-out singer: never for learning."""
    instruments = [Soloist(HELD_OUT_FONT_OF_INSTRUMENTS, program) for program in (40, 73, 42, 71)]
    return [*instruments, Soloist(singer=HELD_OUT_SINGER)]


def draw_part(
    keys: npt.NDArray[np.void], start_s: float, length_s: float, soloist: Soloist, rng: np.random.Generator
) -> list[SamplerNote]:
    """A part beside what a pianist plays.

    Args:
        keys: (n,) of `performance.KEY`, the pianist's, by onset.
        start_s: of the part, in the performance.
        length_s: of the part.
        soloist: who plays it.
        rng: decides.

    Returns:
        Notes, one at a time, by onset, in seconds after `start_s`.
    """
    way = rng.random()
    own = keys[(keys["onset_s"] >= start_s) & (keys["onset_s"] < start_s + length_s)]
    if way < 0.35 and len(own):
        tune = _doubled(own, start_s, rng)
    elif way < 0.7 and len(own):
        tune = _answered(own, start_s, length_s, rng)
    else:
        tune = _own_way(length_s, rng)
    return _in_compass(_phrased(tune, length_s, rng), soloist.compass, length_s)


def play_part(notes: Sequence[SamplerNote], soloist: Soloist, rng: np.random.Generator) -> Sound:
    """A part's sound, (n,) float32 at 22.05 kHz, dry, any level.

    Raises:
        PianoError: FluidSynth or the font is not installed.
    """
    if soloist.singer:
        return sing(notes, SINGERS[soloist.singer], SAMPLE_RATE, rng)
    synth = _synth(soloist.font)
    synth.program_select(0, 1, 0, soloist.program)
    synth.pitch_bend(0, round(float(np.clip(rng.normal(0, OUT_OF_TUNE), -0.5, 0.5)) / 2 * 8192))
    sound = play_events(synth, notes, SAMPLE_RATE)
    synth.system_reset()
    return sound


def beside(piano: Sound, part: Sound, over_db: float) -> Sound:
    """Piano and part together.

    Args:
        piano: (n,).
        part: any length; cut, or silent at its end.
        over_db: RMS of the part over the piano's, each where it sounds.

    Returns:
        (n,), the piano at its level.
    """
    part = np.pad(part[: len(piano)], (0, max(0, len(piano) - len(part))))
    level = _loudness(part)
    if not level:
        return piano
    return np.asarray(piano + part * np.float32(_loudness(piano) / level * 10 ** (over_db / 20)), np.float32)


def _loudness(sound: Sound) -> float:
    loud = sound[np.abs(sound) > 1e-3 * np.abs(sound).max(initial=0.0)]
    return float(np.sqrt(np.mean(loud.astype(np.float64) ** 2))) if len(loud) else 0.0


@lru_cache(maxsize=len(SOUND_FONTS))
def _synth(font: str) -> Any:
    return open_synth(find_font(SOUND_FONTS[font]), SAMPLE_RATE, 0)


def _doubled(keys: npt.NDArray[np.void], start_s: float, rng: np.random.Generator) -> list[tuple[float, int, int]]:
    """The top notes, maybe in another octave: (s, pitch, velocity)."""
    tops: list[tuple[float, int, int]] = []
    up, late_s = int(rng.choice((-12, 0, 0, 12))), float(rng.normal(0, 0.02))
    velocity = int(rng.integers(50, 115))
    for key in keys:
        t, pitch = float(key["onset_s"]) - start_s + late_s, int(key["pitch"]) + up
        if tops and t - tops[-1][0] < TOGETHER_S:
            tops[-1] = tops[-1][0], max(tops[-1][1], pitch), velocity
        else:
            tops.append((max(0.0, t), pitch, velocity))
    return tops


def _answered(
    keys: npt.NDArray[np.void], start_s: float, length_s: float, rng: np.random.Generator
) -> list[tuple[float, int, int]]:
    """Notes of the chords that sound, in a rhythm of its own."""
    tune, t = [], 0.0
    velocity = int(rng.integers(50, 115))
    beat_s = float(rng.choice(np.diff(np.unique(np.round(keys["onset_s"], 2)), append=keys["onset_s"][0] + 0.5)[:20]))
    beat_s = float(np.clip(abs(beat_s), 0.15, 1.2))
    while t < length_s:
        near = keys["pitch"][np.abs(keys["onset_s"] - start_s - t) < 1.0]
        if len(near):
            tune.append((t, int(rng.choice(near)) + int(rng.choice((0, 0, 12, -12, 2, -1))), velocity))
        t += beat_s * float(rng.choice((1, 1, 2, 3, 4)))
    return tune


def _own_way(length_s: float, rng: np.random.Generator) -> list[tuple[float, int, int]]:
    """A tune that has nothing to do with the piano."""
    tune, t, pitch = [], 0.0, int(rng.integers(50, 80))
    beat_s = float(rng.uniform(0.12, 0.6))
    while t < length_s:
        tune.append((t, pitch, int(rng.integers(50, 115))))
        pitch = int(np.clip(pitch + rng.choice((-5, -3, -2, -1, 1, 2, 3, 5)), 40, 90))
        t += beat_s * float(rng.choice((1, 1, 1, 2, 4)))
    return tune


def _phrased(
    tune: list[tuple[float, int, int]], length_s: float, rng: np.random.Generator
) -> list[tuple[float, int, int]]:
    """Without the notes that fall into its rests."""
    kept, t = [], float(rng.uniform(0, 3))
    while t < length_s:
        end = t + float(rng.uniform(*PHRASE_S))
        kept += [note for note in tune if t <= note[0] < end]
        t = end + float(rng.uniform(*REST_S))
    return kept


def _in_compass(tune: list[tuple[float, int, int]], compass: tuple[int, int], length_s: float) -> list[SamplerNote]:
    """Legato notes, moved by octaves into a compass of more than one."""
    low, high = compass
    notes = []
    ends = [*(start for start, _, _ in tune), length_s][1:]
    for (t, pitch, velocity), until in zip(tune, ends, strict=True):
        moved = pitch + 12 * max(0, -(-(low - pitch) // 12)) - 12 * max(0, -(-(pitch - high) // 12))
        notes.append(SamplerNote(t, max(0.04, min(until - t, 3.0) - BREATH_S), moved, velocity))
    return notes
