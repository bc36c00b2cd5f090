"""Rooms, measured and simulated (boxes, by image sources and rays), and sound played in them.

A response begins with the direct sound, so a room delays nothing: onsets stay where they were. Some measured rooms are
held out: what is learned is judged in rooms that nothing was learned from.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyroomacoustics  # type: ignore[import-not-found, import-untyped, unused-ignore]
import scipy.signal
import soundfile
import soxr

from livefollow.errors import LivefollowError
from livefollow.train.data.held_out import HELD_OUT_ROOMS

Sound = npt.NDArray[np.float32]

DIRECT_LEVEL = 0.25  # of the peak: what first reaches it is the direct sound, if weaker than a reflection
LONGEST_S = 3.0  # of a response kept
FLOOR_DB = -60.0  # below its beginning, a response is over
EAR = 0.12  # radius that rays must come within, of the mean side of a room
DIRECT_S = 0.0025  # of a response that counts as direct sound
NEAREST_M, FARTHEST_M = 0.5, 9.0  # from a simulated piano to its microphone
RT60_S = (0.15, 4.0)  # of simulated rooms, log-uniform
LENGTH_M, WIDTH_M = (2.5, 30.0), (2.2, 20.0)  # of simulated rooms, log-uniform
MIRRORED = 6  # reflections of simulated rooms that are followed exactly; rays tell what comes after
SCATTERED = (0.05, 0.4)  # share of sound that the walls of a simulated room scatter
LEAST_DIRECT_DB = -4.0  # energy of the direct sound over that of all reflections


@dataclass(frozen=True)
class Room:
    """A box with a piano and a microphone in it; lengths in metres from one lower corner."""

    size: tuple[float, float, float]
    piano: tuple[float, float, float]
    microphone: tuple[float, float, float]
    rt60: float  # s for sound to fall by 60 dB
    max_order: int = 24  # wall reflections followed
    scattered: float | None = None  # by the walls, 0 ... 1: rays carry the later reflections; None: there are none


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
    traced = room.scattered is not None
    box = pyroomacoustics.ShoeBox(
        room.size,
        fs=sample_rate,
        materials=pyroomacoustics.Material(absorption, room.scattered),
        max_order=room.max_order,
        ray_tracing=traced,
        air_absorption=True,
    )
    if traced:
        # The larger the ear, the fewer rays must be followed for enough of them to meet it.
        box.set_ray_tracing(receiver_radius=EAR * float(np.prod(room.size)) ** (1 / 3))
        pyroomacoustics.random.seed(0)  # the same room has the same response
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
    """Convolve sound with a room's response: (n,) and (m,) samples in, (n + m − 1,) out; no delay."""
    return np.asarray(scipy.signal.fftconvolve(sound, response), np.float32)


def room_names(corpus: Path) -> list[str]:
    """The measured rooms in a corpus, held-out ones included, in order of name."""
    return sorted(path.stem for path in (corpus / "rooms").glob("*.wav"))


def training_rooms(corpus: Path) -> list[str]:
    """The measured rooms that may be learned from: none of `HELD_OUT_ROOMS`."""
    return [name for name in room_names(corpus) if not is_held_out(name)]


def is_held_out(name: str) -> bool:
    """Whether a name, of a room or of a file, stands for a held-out room, in whatever case it is written."""
    return any(room.lower() in name.lower() for room in HELD_OUT_ROOMS)


def measured_response(corpus: Path, name: str, sample_rate: int) -> Sound:
    """Read the response of a measured room.

    Args:
        corpus: folder with `rooms/` in it.
        name: one of `room_names()`.
        sample_rate: Hz.

    Returns:
        (n,) float32 of energy 1, the direct sound at index 0; its first channel, others hear it from elsewhere.

    Raises:
        LivefollowError: no such room.
    """
    path = corpus / "rooms" / f"{name}.wav"
    try:
        channels, rate = soundfile.read(path, dtype="float32", always_2d=True)
    except (soundfile.SoundFileError, OSError):
        raise LivefollowError(f"the room {name} cannot be read from {path.parent}") from None
    response = np.asarray(soxr.resample(channels[:, 0], rate, sample_rate), np.float32)
    return _whole(response[direct_sound(response, sample_rate) :], sample_rate)


def direct_sound(response: Sound, sample_rate: int) -> int:
    """Index of a response's direct sound: its first peak that is not small, (n,) → int."""
    level = np.abs(response)
    first = int(np.argmax(level >= DIRECT_LEVEL * level.max()))
    return first + int(np.argmax(level[first : first + max(1, round(0.0005 * sample_rate))]))


def simulated_responses(number: int, seed: int, sample_rate: int) -> list[Sound]:
    """Draw boxes with a piano and a microphone in them, from a booth to a church.

    Args:
        number: of rooms.
        seed: the same draws the same.
        sample_rate: Hz.

    Returns:
        Responses, (n,) float32 of energy 1 each, the direct sound at index 0.
    """
    rng = np.random.default_rng(seed)
    responses: list[Sound] = []
    while len(responses) < number:
        length = float(np.exp(rng.uniform(*np.log(LENGTH_M))))
        width = float(np.exp(rng.uniform(*np.log(WIDTH_M))))
        size = (length, width, float(rng.uniform(2.3, 3 + length / 4)))
        piano, microphone = _place(size, rng), _place(size, rng)
        if not NEAREST_M < np.linalg.norm(np.subtract(piano, microphone)) < FARTHEST_M:
            continue
        rt60 = float(np.exp(rng.uniform(*np.log(RT60_S))))
        place = Room(size, piano, microphone, rt60, MIRRORED, float(rng.uniform(*SCATTERED)))
        try:
            responses.append(_whole(room_response(place, sample_rate), sample_rate))
        except ValueError:  # walls that swallow more than all
            continue
    return responses


def _place(size: tuple[float, float, float], rng: np.random.Generator) -> tuple[float, float, float]:
    """A point away from the walls."""
    x, y, z = (float(rng.uniform(0.4, length - 0.4)) for length in size)
    return x, y, z


def _whole(response: Sound, sample_rate: int) -> Sound:
    """Normalise a response: energy 1, its inaudible end cut, its microphone brought near.

    Halls are measured from afar, where the direct sound drowns and an onset is what comes tens of milliseconds later.
    Who follows a pianist listens from a few metres: reflections are weakened to what they are there.
    """
    response = response[: round(LONGEST_S * sample_rate)].copy()
    direct, reflected = np.split(response, [round(DIRECT_S * sample_rate)])
    energies = [float(np.sum(part.astype(np.float64) ** 2)) for part in (direct, reflected)]
    most = energies[0] / 10 ** (LEAST_DIRECT_DB / 10)
    if energies[1] > most:
        reflected *= np.float32(np.sqrt(most / energies[1]))
    left = np.cumsum(response[::-1].astype(np.float64) ** 2)[::-1]
    response = response[: int(np.sum(left > left[0] * 10 ** (FLOOR_DB / 10)))]
    fade = min(len(response) // 4, round(0.05 * sample_rate))
    response[len(response) - fade :] *= np.linspace(1, 0, fade, dtype=np.float32)
    return np.asarray(response / np.sqrt(np.sum(response.astype(np.float64) ** 2)), np.float32)
