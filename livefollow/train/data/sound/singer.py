"""Singers, synthesized: harmonics under the formants of sung vowels, with glides, vibrato, breath and consonants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from livefollow.train.data.held_out import HELD_OUT_SINGER
from livefollow.train.data.sound.sampler import SamplerNote

Sound = npt.NDArray[np.float32]

CONTROL_HZ = 200.0  # of pitch, vowel and level
HARMONICS_TO_HZ, MOST_HARMONICS = 6000.0, 40
TILT_DB = -9.0  # an octave, of the voice before its formants
FORMANT_DB = 24.0  # of a formant above the valley beside it
# First four formants of a man's vowels, Hz.
VOWELS = (
    (730, 1090, 2440, 3200),
    (530, 1840, 2480, 3300),
    (270, 2290, 3010, 3500),
    (570, 840, 2410, 3100),
    (300, 870, 2240, 3000),
)
BANDWIDTH = 0.12  # of a formant's frequency
ATTACK_S, RELEASE_S = (0.03, 0.15), 0.09
GLIDE_S = 0.07  # from one note to the next
VIBRATO_AFTER_S = 0.25  # of a note
CONSONANT, CONSONANT_S = 0.4, (0.03, 0.1)  # probability, and length


@dataclass(frozen=True)
class Singer:
    """A singing voice.

    Attributes:
        compass: lowest and highest MIDI pitch.
        tract: × a man's formants.
        vibrato_hz: its rate.
        vibrato_cents: up and down at its fullest.
        breath: of noise, relative to the voice.
    """

    compass: tuple[int, int]
    tract: float
    vibrato_hz: float
    vibrato_cents: float
    breath: float


SINGERS = {
    "soprano": Singer((60, 84), 1.18, 5.8, 55.0, 0.02),
    "mezzo": Singer((55, 79), 1.14, 5.4, 40.0, 0.04),
    "alto": Singer((53, 76), 1.1, 5.1, 60.0, 0.03),
    "tenor": Singer((48, 72), 1.02, 5.6, 45.0, 0.02),
    "baritone": Singer((43, 67), 0.97, 5.2, 35.0, 0.03),
    "child": Singer((58, 79), 1.3, 5.0, 8.0, 0.08),
    "humming": Singer((45, 70), 0.8, 4.8, 12.0, 0.01),
}


def training_singers() -> list[str]:
    """The singers that may be learned from: never the held-out one."""
    return [name for name in SINGERS if name != HELD_OUT_SINGER]


def sing(notes: Sequence[SamplerNote], singer: Singer, sample_rate: int, rng: np.random.Generator) -> Sound:
    """Sing a tune.

    Args:
        notes: one at a time, by onset.
        singer: who.
        sample_rate: Hz.
        rng: draws vowels, attacks and consonants.

    Returns:
        (n,) float32 from second 0 to the last note's end; level as it comes, silence where no note is.
    """
    if not notes:
        return np.zeros(0, np.float32)
    seconds = notes[-1].onset + notes[-1].duration + RELEASE_S
    t = np.arange(int(seconds * CONTROL_HZ) + 1) / CONTROL_HZ
    pitch, level, vowels = _contours(notes, singer, t, rng)
    hz = 440.0 * 2 ** ((pitch - 69) / 12)
    n = round(seconds * sample_rate)
    at = np.arange(n) / sample_rate
    phase = 2 * np.pi * np.cumsum(np.interp(at, t, hz)) / sample_rate
    number = int(np.clip(HARMONICS_TO_HZ / hz[level > 0].min(initial=2000.0), 1, MOST_HARMONICS))
    sound = np.zeros(n)
    for k in range(1, number + 1):
        gain = level * _colour(k * hz, vowels, singer.tract) * (k * hz < HARMONICS_TO_HZ)
        sound += np.interp(at, t, gain) * np.sin(k * phase)
    loudest = float(np.abs(sound).max())
    sound += singer.breath * loudest * np.interp(at, t, level) * rng.standard_normal(n)
    _consonants(sound, 0.15 * loudest, notes, sample_rate, rng)
    return sound.astype(np.float32)


def _contours(
    notes: Sequence[SamplerNote], singer: Singer, t: npt.NDArray[np.float64], rng: np.random.Generator
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Pitch (MIDI), level and formants (k, 4) along t."""
    pitch, level = np.full(len(t), float(notes[0].pitch)), np.zeros(len(t))
    formants = np.tile(np.array(VOWELS[0], np.float64), (len(t), 1))
    for note in notes:
        since = t - note.onset
        during = since >= 0
        pitch[during] = note.pitch - 0.3 * rng.random() * np.exp(-since[during] / 0.05)
        fullness = np.clip((since - VIBRATO_AFTER_S) / 0.3, 0, 1)
        vibrato = np.sin(2 * np.pi * singer.vibrato_hz * since + rng.uniform(0, 6.3))
        pitch += during * fullness * vibrato * singer.vibrato_cents / 100
        formants[during] = VOWELS[int(rng.integers(len(VOWELS)))]
        rise = np.clip(since / rng.uniform(*ATTACK_S), 0, 1)
        fall = np.clip(1 + (note.duration - since) / RELEASE_S, 0, 1)
        level = np.maximum(level, during * rise * fall * (note.velocity / 127) ** 1.5)
    width = round(GLIDE_S * CONTROL_HZ)
    kernel = np.hanning(width + 2)[1:-1] / np.hanning(width + 2).sum()

    def smooth(curve: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        return np.convolve(np.pad(curve, (width // 2, width - 1 - width // 2), "edge"), kernel, "valid")

    return smooth(pitch), level, np.stack([smooth(f) for f in formants.T], axis=1)


def _colour(hz: npt.NDArray[np.float64], formants: npt.NDArray[np.float64], tract: float) -> npt.NDArray[np.float64]:
    """Amplitude of a harmonic at hz under the formants of its time."""
    centres = formants * tract
    peaks = FORMANT_DB / (1 + ((hz[:, None] - centres) / (BANDWIDTH * centres)) ** 2)
    tilt = TILT_DB * np.log2(np.maximum(hz, 50) / 200)
    return np.asarray(10 ** ((peaks.max(axis=1) + tilt) / 20))


def _consonants(
    voice: npt.NDArray[np.float64],
    level: float,
    notes: Sequence[SamplerNote],
    sample_rate: int,
    rng: np.random.Generator,
) -> None:
    """Add bursts of noise just before some notes."""
    for note in notes:
        if rng.random() < CONSONANT:
            length = round(rng.uniform(*CONSONANT_S) * sample_rate)
            start = max(0, round(note.onset * sample_rate) - length)
            burst = np.diff(rng.standard_normal(length + 1)) * np.hanning(length)
            voice[start : start + length] += level * burst[: len(voice) - start]
