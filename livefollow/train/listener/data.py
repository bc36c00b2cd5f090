"""Training data of the listener: crops of performances as a laptop on a piano hears them, with keys as labels.

Rooms, noise and microphones are drawn anew for every crop by worker processes, which are slower than the network. So
crops wait in a pool, from which each is used a few times, each time with another equaliser, until fresh ones push it
out (data echoing: Choi et al., "Faster neural network training with data echoing", 2019).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.signal
import soxr
from torch.utils.data import IterableDataset, get_worker_info

from livefollow.constants import FPS, LOWEST_PITCH, N_BINS, N_PITCHES, N_VIEWS, SAMPLE_RATE
from livefollow.features.frames import frame_end_sample
from livefollow.features.loudness import LevelNormalizer
from livefollow.train.data.performance.recordings import Recording, training_recordings, training_responses
from livefollow.train.data.sound.company import beside, draw_part, draw_soloist, play_part
from livefollow.train.data.sound.mixing import draw_scene, frames, mix
from livefollow.train.data.sound.noise import TRAINING, NoiseBank

CROP_FRAMES = 340  # 17 s
ROOM_S = 2.0  # rendered before a crop, for the room to fill
DELAY = 1  # frames: an onset is reported when the frame after its own has been heard
ALONE = 0.06  # share of crops with no piano in them: noise must not be heard as notes
ACCOMPANIED = 0.42  # share of crops with somebody beside the piano
PART_DB = (-20.0, 6.0)  # of a part over the piano
RETUNED, CENTS = 0.6, 22.0  # share of crops in another tuning, and standard deviation of it
MOST_CENTS = 55.0
TRANSPOSED, SEMITONES = 0.5, (-5, 7)  # share of crops played that much lower or higher: pianos of other sizes, keys
EQUALISERS = ((6, 8.0), (39, 5.0))  # knots over the bands, and dB up or down at each
LONGEST_HELD_S = 6.0  # a string is not heard much longer

BoolArray = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Crop:
    """T frames of sound and their labels.

    Attributes:
        frames: (T, 468) float16, as the app makes them.
        onsets: (T, 88) bool: struck, reported DELAY frames late.
        sounding: (T, 88) bool.
    """

    frames: npt.NDArray[np.float16]
    onsets: BoolArray
    sounding: BoolArray


class Crops(IterableDataset[Crop]):
    """An endless stream of crops; each worker draws its own."""

    def __init__(self, data: Path, corpus: Path, seed: int) -> None:
        """Find the training recordings and rooms.

        Raises:
            LivefollowError: there are none.
        """
        self.recordings = training_recordings(data)
        self._responses = training_responses(corpus)
        self._bank = NoiseBank(data / TRAINING.folder)
        self._seed = seed

    def __iter__(self) -> Iterator[Crop]:
        """Yield crops without end."""
        info = get_worker_info()
        rng = np.random.default_rng([self._seed, info.id if info else 0])
        seconds = np.array([r.seconds for r in self.recordings])
        shares = np.sqrt(seconds) / np.sqrt(seconds).sum()  # long pieces are not all there is
        while True:
            recording = self.recordings[int(rng.choice(len(shares), p=shares))]
            yield self._draw(recording, rng)

    def _draw(self, recording: Recording, rng: np.random.Generator) -> Crop:
        length_s = CROP_FRAMES / FPS
        cents = float(np.clip(rng.normal(0, CENTS), -MOST_CENTS, MOST_CENTS)) if rng.random() < RETUNED else 0.0
        semitones = int(rng.integers(*SEMITONES, endpoint=True)) if rng.random() < TRANSPOSED else 0
        speed = 2 ** (semitones / 12 + cents / 1200)  # at which the recording is played
        keys = at_speed(recording.played.keys, speed, semitones)
        first = int(rng.integers(0, max(1, round((recording.seconds / speed - length_s) * FPS) + 1)))
        start_s = frame_end_sample(first - 1) / SAMPLE_RATE if first else 0.0
        begin_s = max(0.0, start_s - ROOM_S)
        wanted = round((start_s - begin_s + length_s) * SAMPLE_RATE)
        dry = recording.sound(begin_s * speed, wanted / SAMPLE_RATE * speed)
        if speed != 1:
            dry = np.asarray(soxr.resample(dry, SAMPLE_RATE * speed, SAMPLE_RATE, "MQ"), np.float32)
        dry = np.pad(dry, (0, max(0, wanted - len(dry))))[:wanted]
        alone = rng.random() < ALONE
        if alone:
            dry = np.full_like(dry, 1e-4)
        if rng.random() < ACCOMPANIED:
            soloist = draw_soloist(rng)
            part = draw_part(keys, begin_s, wanted / SAMPLE_RATE, soloist, rng)
            dry = beside(dry, play_part(part, soloist, rng), float(rng.uniform(*PART_DB)))
        scene = draw_scene(self._responses, self._bank, rng)
        made = frames(mix(dry, scene, self._bank, rng))[-CROP_FRAMES:]
        onsets, sounding = key_targets(keys, first, CROP_FRAMES)
        return Crop(made.astype(np.float16), onsets & (not alone), sounding & (not alone))


class Pool:
    """Crops that are used several times; a fresh one replaces the oldest."""

    def __init__(self, crops: Iterator[Crop], size: int, fill: int) -> None:
        """Fetch the first `fill` crops.

        Args:
            crops: fresh ones.
            size: crops kept.
            fill: crops to begin with.
        """
        self._crops, self._size = crops, size
        self._kept = [next(crops) for _ in range(fill)]
        self._next = 0

    def refresh(self, count: int) -> None:
        """Fetch `count` fresh crops."""
        for _ in range(count):
            crop = next(self._crops)
            if len(self._kept) < self._size:
                self._kept.append(crop)
            else:
                self._kept[self._next] = crop
                self._next = (self._next + 1) % self._size

    def draw(
        self, count: int, rng: np.random.Generator
    ) -> tuple[npt.NDArray[np.float32], npt.NDArray[np.float32], npt.NDArray[np.float32]]:
        """Draw a batch: level-normalised frames (count, T, 468), onsets and sounding (count, T, 88)."""
        chosen = [self._kept[i] for i in rng.choice(len(self._kept), count, replace=False)]
        heard = np.stack([LevelNormalizer().push(recoloured(c.frames.astype(np.float32), rng)) for c in chosen])
        onsets = np.stack([c.onsets for c in chosen]).astype(np.float32)
        return heard, onsets, np.stack([c.sounding for c in chosen]).astype(np.float32)


def recoloured(made: npt.NDArray[np.float32], rng: np.random.Generator) -> npt.NDArray[np.float32]:
    """Apply a smooth random equaliser (microphones) and a ragged one (soundboards) to frames, (T, 468)."""
    gain_db = np.zeros(N_BINS)
    for knots, most_db in EQUALISERS:
        at = np.linspace(0, N_BINS - 1, knots)
        gain_db += np.interp(np.arange(N_BINS), at, rng.uniform(-most_db, most_db, knots))
    gain = 10 ** (gain_db / 20)
    magnitude = np.expm1(made * np.float32(np.log(10.0)))
    return np.log10(1 + magnitude * np.tile(gain.astype(np.float32), N_VIEWS))


def at_speed(keys: npt.NDArray[np.void], speed: float, semitones: int = 0) -> npt.NDArray[np.void]:
    """The keys of a recording that is played faster, and so higher, (m,) of `performance.KEY`.

    Args:
        keys: (n,), as played.
        speed: of the recording, times its own.
        semitones: that it is higher by; what no piano has the keys for is left out.
    """
    pitch = keys["pitch"].astype(int) + semitones
    there = (pitch >= LOWEST_PITCH) & (pitch < LOWEST_PITCH + N_PITCHES)
    faster = keys[there]
    faster["pitch"] = pitch[there]
    faster["onset_s"] /= speed
    faster["offset_s"] /= speed
    return faster


def key_targets(keys: npt.NDArray[np.void], first: int, count: int) -> tuple[BoolArray, BoolArray]:
    """Labels of frames first … first + count − 1: which keys are struck, and which sound.

    Args:
        keys: (n,) of `performance.KEY`.
        first: frame of the recording.
        count: frames.

    Returns:
        Onsets and sounding, (count, 88) each. An onset in frame i is set at i + DELAY; a string that still sounds when
        it is struck counts as struck again.
    """
    onsets, sounding = np.zeros((2, count, N_PITCHES), np.bool_)
    pitch = keys["pitch"].astype(int) - LOWEST_PITCH
    struck = np.floor(keys["onset_s"] * FPS).astype(int) + DELAY - first
    held = np.minimum(keys["offset_s"] - keys["onset_s"], LONGEST_HELD_S)
    let_go = np.maximum(struck + 1, np.floor((keys["onset_s"] + held) * FPS).astype(int) + DELAY - first)
    for p, a, b in zip(pitch, struck, let_go, strict=True):
        if 0 <= p < N_PITCHES and b > 0 and a < count:
            sounding[max(0, a) : b, p] = True
            if a >= 0:
                onsets[a, p] = True
    return onsets, sounding


def evaluation_frames(
    recording: Recording, response: npt.NDArray[np.float32] | None, longest_s: float
) -> tuple[npt.NDArray[np.float32], BoolArray, BoolArray]:
    """Frames of a recording's beginning in a room with a good microphone, and their labels.

    Args:
        recording: of an evaluation split.
        response: of the room, None for none.
        longest_s: of the recording.
    """
    heard = recording.sound(0.0, longest_s)
    if response is not None:
        heard = scipy.signal.oaconvolve(heard, response)[: len(heard)]
    made = frames(heard.astype(np.float32))
    onsets, sounding = key_targets(recording.played.keys, 0, len(made))
    return made, onsets, sounding
