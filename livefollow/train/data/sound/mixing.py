"""Mix dry sound into what a laptop on a piano hears: room, noise, microphone; and its frames.

Cheap enough to be drawn anew for every crop of every epoch, so no room or noise is ever learned by heart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.signal

from livefollow.constants import SAMPLE_RATE
from livefollow.features.frames import Framer
from livefollow.train.data.sound.microphones import MicrophoneModel, draw_microphone, record
from livefollow.train.data.sound.noise import Noise, NoiseBank
from livefollow.train.data.sound.rooms import DIRECT_S

Sound = npt.NDArray[np.float32]

DRY = 0.15  # probability of no room at all: close microphones, line inputs
WETNESS = (0.3, 2.8)  # of a response's reflections: the microphone comes nearer, or goes further away; log-uniform


@dataclass(frozen=True)
class Scene:
    """Everything between a performance and its recording: room, noises, microphone."""

    response: Sound | None  # (n,), the direct sound first
    noises: Sequence[Noise]
    microphone: MicrophoneModel


def draw_scene(responses: Sequence[Sound], bank: NoiseBank, rng: np.random.Generator) -> Scene:
    """Draw a room with randomly scaled reflections, noises and a microphone."""
    response = None
    if responses and rng.random() >= DRY:
        response = responses[int(rng.integers(len(responses)))].copy()
        response[round(DIRECT_S * SAMPLE_RATE) :] *= np.float32(np.exp(rng.uniform(*np.log(WETNESS))))
    return Scene(response, bank.draw(rng), draw_microphone(rng))


def mix(dry: Sound, scene: Scene, bank: NoiseBank | None, rng: np.random.Generator) -> Sound:
    """Record a performance in a scene.

    Args:
        dry: (n,) samples at 22.05 kHz, any level.
        scene: where and how.
        bank: makes the noises of the scene; not needed where there are none.
        rng: draws them.

    Returns:
        (n,) float32 in −1 … 1: what sounds after the end is cut; no onset is moved.
    """
    heard = dry
    if scene.response is not None:
        heard = np.asarray(scipy.signal.oaconvolve(dry, scene.response)[: len(dry)], np.float32)
    level = float(np.sqrt(np.mean(heard.astype(np.float64) ** 2))) if len(heard) else 0.0
    if bank is not None and level > 0:
        for noise in scene.noises:
            heard = heard + np.float32(level * 10 ** (-noise.snr_db / 20)) * bank.sound(noise.kind, len(heard), rng)
    return record(heard, scene.microphone, rng, SAMPLE_RATE)


def frames(samples: Sound) -> npt.NDArray[np.float32]:
    """Samples at 22.05 kHz to the frames that the app would make of them, (n,) → (k, 468)."""
    return Framer().push(samples)
