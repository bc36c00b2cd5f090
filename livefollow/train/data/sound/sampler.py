"""Render notes on a sampled piano to an array.

Offline and fast: every (sample, pitch) is decoded, resampled and kept once, a note is then one scaled addition. The
hammer's arrival in each sample is found and put on the note's onset, so that onsets are where the label says whatever
silence a sample begins with.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import scipy.signal
import soundfile
import soxr

from livefollow.train.data.sound.sfz import PianoError, Region, read_sfz

Sound = npt.NDArray[np.float32]

LONGEST_S = 14.0  # of a sample kept
ATTACK_LEVEL = 0.05  # of the first moments' peak: there the hammer has arrived
ATTACK_WITHIN_S = 0.25
RESTRIKE_RELEASE_S = 0.12  # a string struck again stops what it sounded
FADE_S = 0.02  # at the end of a sample that is cut
NOTE_FILE = re.compile(r"([A-G])(s|#|b)?(-?\d)v(\d+)\.(?:ogg|flac|wav)$", re.IGNORECASE)
SEMITONE = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
LAYERS = 16  # velocity layers of pianos given as note files


@dataclass(frozen=True)
class SamplerNote:
    """A key held down. With the pedal, the duration lasts until the damper falls."""

    onset: float  # s
    duration: float  # s
    pitch: int  # MIDI
    velocity: int  # 1..127


@dataclass
class _Voice:
    sound: Sound
    attack: int  # index of the hammer's arrival


class Sampler:
    """A sampled piano.

    Args:
        piano: an `.sfz` file, or a folder of samples named by note and velocity layer of 16 (`A0v9.ogg`).
        cache_bytes: memory kept for resampled sounds; the ones not used longest are dropped.

    Raises:
        PianoError: nothing playable there.
    """

    def __init__(self, piano: Path, cache_bytes: int = 768 * 2**20) -> None:
        """Read the mapping; samples are loaded when first played."""
        self.regions = _regions_of_files(piano) if piano.is_dir() else read_sfz(piano)
        self._cache_bytes = cache_bytes
        self._voices: OrderedDict[tuple[Region, int, int], _Voice] = OrderedDict()

    def render(self, notes: Iterable[SamplerNote], sample_rate: int) -> Sound:
        """Render notes to sound.

        Args:
            notes: in any order; onsets ≥ 0.
            sample_rate: of the result, Hz.

        Returns:
            Mono sound (n,) float32, unnormalised: one fortissimo note peaks near 1. It ends when the last note has.
            The hammer of each note arrives at sample `round(onset * sample_rate)`.
        """
        ordered = sorted(notes, key=lambda n: n.onset)
        ends = _string_ends(ordered)
        pieces = [self._sounded(n, end, sample_rate) for n, end in zip(ordered, ends, strict=True)]
        length = max((start + len(sound) for start, sound in pieces), default=0)
        mix = np.zeros(length, np.float32)
        for start, sound in pieces:
            first = max(0, -start)
            mix[start + first : start + len(sound)] += sound[first:]
        return mix

    def _sounded(self, note: SamplerNote, end: tuple[float, bool], sample_rate: int) -> tuple[int, Sound]:
        """Where a note's sound begins in the mix, and the sound."""
        region = self._region(note.pitch, note.velocity)
        voice = self._voice(region, note.pitch, sample_rate)
        up, restruck = end
        held = voice.attack + max(0, round((up - note.onset) * sample_rate))
        release = round((min(region.release, RESTRIKE_RELEASE_S) if restruck else region.release) * sample_rate)
        level = 1 - region.velocity_track * (1 - (note.velocity / 127) ** 2)
        sound = voice.sound[: held + release] * np.float32(level * 10 ** (region.volume / 20))
        if len(sound) > held:
            fall = np.arange(len(sound) - held, dtype=np.float32)
            sound[held:] *= np.exp(fall * np.float32(-np.log(1000) / max(release, 1)))
        return round(note.onset * sample_rate) - voice.attack, sound

    def _region(self, pitch: int, velocity: int) -> Region:
        """The region of a key and velocity, else the nearest one."""

        def distance(region: Region) -> tuple[int, int, int]:
            keys = max(region.lowest - pitch, pitch - region.highest, 0)
            velocities = max(region.softest - velocity, velocity - region.loudest, 0)
            return keys, velocities, abs(region.center - pitch)

        return min(self.regions, key=distance)

    def _voice(self, region: Region, pitch: int, sample_rate: int) -> _Voice:
        key = (region, pitch, sample_rate)
        if key in self._voices:
            self._voices.move_to_end(key)
            return self._voices[key]
        voice = self._voices[key] = _load(region, pitch, sample_rate)
        kept = sum(v.sound.nbytes for v in self._voices.values())
        while kept > self._cache_bytes and len(self._voices) > 1:
            kept -= self._voices.popitem(last=False)[1].sound.nbytes
        return voice


def _string_ends(notes: list[SamplerNote]) -> list[tuple[float, bool]]:
    """For notes in order of onset: when each stops, and whether because its key was struck again."""
    ends: list[tuple[float, bool]] = []
    next_strike: dict[int, float] = {}
    for note in reversed(notes):
        up = note.onset + note.duration
        again = next_strike.get(note.pitch, np.inf)
        ends.append((again, True) if again < up else (up, False))
        next_strike[note.pitch] = note.onset
    return ends[::-1]


def _load(region: Region, pitch: int, sample_rate: int) -> _Voice:
    try:
        with soundfile.SoundFile(region.sample) as file:
            file.seek(region.offset)
            raw: npt.NDArray[Any] = file.read(round(LONGEST_S * file.samplerate), dtype="float32", always_2d=True)
            rate = file.samplerate
    except (soundfile.SoundFileError, OSError) as error:
        raise PianoError(f"{region.sample.name}: {error}") from None
    mono = raw.mean(axis=1)
    if region.lowpass and region.lowpass < rate / 2:
        sections = scipy.signal.butter(2, region.lowpass, fs=rate, output="sos")
        mono = scipy.signal.sosfilt(sections, mono).astype(np.float32)
    # Read as if recorded at another rate, the sample sounds at another pitch.
    sound = soxr.resample(mono, rate * 2 ** ((pitch - region.center + region.tune) / 12), sample_rate)
    sound = np.asarray(sound, np.float32)
    fade = min(len(sound), round(FADE_S * sample_rate))
    sound[len(sound) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    start = np.abs(sound[: round(ATTACK_WITHIN_S * sample_rate)])
    attack = int(np.argmax(start >= ATTACK_LEVEL * start.max())) if start.any() else 0
    return _Voice(sound, attack)


def _regions_of_files(folder: Path) -> list[Region]:
    """Regions of a folder of note files: each layer sounds for its share of the velocities, each file nearby keys.

    The layers were recorded at their own levels, so velocity scales them only gently.
    """
    found: list[tuple[int, int, Path]] = []
    for path in sorted(folder.iterdir()):
        match = NOTE_FILE.match(path.name)
        if match:
            sharp = {"s": 1, "#": 1, "b": -1}.get((match[2] or "").lower(), 0)
            found.append((12 * (int(match[3]) + 1) + SEMITONE[match[1].upper()] + sharp, int(match[4]), path))
    if not found:
        raise PianoError(f"{folder.name}: no samples named like A0v9.ogg")
    layers = sorted({layer for _, layer, _ in found})
    bounds = [0, *((a + b) * 127 // (2 * LAYERS) for a, b in pairwise(layers)), 127]
    return [
        Region(
            sample=path,
            lowest=pitch,
            highest=pitch,
            softest=bounds[layers.index(layer)] + 1,
            loudest=bounds[layers.index(layer) + 1],
            center=pitch,
            tune=0.0,
            volume=0.0,
            velocity_track=0.6,
            lowpass=None,
            release=0.3,
            offset=0,
        )
        for pitch, layer, path in found
    ]
