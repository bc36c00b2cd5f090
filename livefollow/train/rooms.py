"""Simulated rooms: box-shaped ones by the image-source method, and sound played in them.

A response begins with the direct sound, so a room delays nothing: onsets stay where they were.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyroomacoustics  # type: ignore[import-not-found, import-untyped, unused-ignore]
import scipy.signal

Sound = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Room:
    """A box with a piano and a microphone in it; lengths in metres from one lower corner."""

    size: tuple[float, float, float]
    piano: tuple[float, float, float]
    microphone: tuple[float, float, float]
    rt60: float  # s for sound to fall by 60 dB
    max_order: int = 24  # wall reflections followed


def room_response(room: Room, sample_rate: int) -> Sound:
    """Impulse response from the piano to the microphone.

    Args:
        room: a box whose walls can reach its `rt60` (Sabine's formula needs absorption below 1).
        sample_rate: Hz.

    Returns:
        (n,) float32, the direct sound at index 0 with amplitude 1, cut where it has fallen by 60 dB.

    Raises:
        ValueError: the room is too large for so short an `rt60`, or piano or microphone stand outside.
    """
    absorption, _ = pyroomacoustics.inverse_sabine(room.rt60, room.size)
    box = pyroomacoustics.ShoeBox(
        room.size,
        fs=sample_rate,
        materials=pyroomacoustics.Material(absorption),
        max_order=room.max_order,
        air_absorption=True,
    )
    box.add_source(room.piano)
    box.add_microphone(room.microphone)
    box.compute_rir()
    response = np.asarray(box.rir[0][0], np.float64)
    # Arrivals are smeared over a short window around their time: cut at the first one's peak, which keeps it causal.
    distance = float(np.linalg.norm(np.subtract(room.piano, room.microphone)))
    window = pyroomacoustics.constants.get("frac_delay_length")
    expected = round(distance / box.c * sample_rate) + window // 2
    nearby = slice(max(0, expected - window // 4), expected + window // 4)
    direct = nearby.start + int(np.argmax(np.abs(response[nearby])))
    response = response[direct : direct + round(room.rt60 * sample_rate)] / response[direct]
    return np.asarray(response, np.float32)


def in_room(sound: Sound, response: Sound) -> Sound:
    """Sound as the microphone hears it: (n,) and (m,) samples in, (n + m − 1,) out; causal, nothing delayed."""
    return np.asarray(scipy.signal.fftconvolve(sound, response), np.float32)
