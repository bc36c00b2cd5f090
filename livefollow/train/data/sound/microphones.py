"""Microphones and what laptops do to their sound: equaliser, band limits, gain, clipping, automatic gain, suppression.

None of them moves an onset: filters are of minimum phase, gains follow what has been heard.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import scipy.signal

Sound = npt.NDArray[np.float32]

EQUALISER_HZ = (63, 125, 250, 500, 1000, 2000, 4000, 8000)
TAPS = 512  # of the filters
AGC_BLOCK_S = 0.01
AGC_TARGET_DB = -20.0  # RMS relative to full scale
AGC_MOST_DB = 30.0
GATE_WINDOW = 512  # samples of the noise suppressor's spectra
GATE_FLOOR_PERCENTILE = 5  # of a bin's smoothed magnitude: what is always there is noise
GATE_RANGE = 3.5  # × that: where the gate is open
SETTLING = 12  # spectra after which the smoothed magnitude means something


@dataclass(frozen=True)
class MicrophoneModel:
    """A microphone with the electronics behind it."""

    equaliser_db: tuple[float, ...] = (0.0,) * len(EQUALISER_HZ)  # gains at `EQUALISER_HZ`
    low_cut_hz: float = 20.0
    high_cut_hz: float = 11_000.0
    gain_db: float = 0.0  # RMS of the music relative to −20 dB of full scale
    hiss_db: float = -80.0  # its own noise, relative to full scale
    drive: float = 0.0  # soft clipping; 0: none, only what exceeds full scale is cut
    agc_s: float = 0.0  # seconds in which automatic gain recovers; 0: none
    suppression_db: float = 0.0  # by which a spectral gate attenuates what it takes for noise


def draw_microphone(rng: np.random.Generator) -> MicrophoneModel:
    """Draw a microphone: anything between a studio's and an old laptop's."""
    laptop = rng.random() < 0.4
    tilt = rng.normal(0, 1.5) * np.linspace(-1, 1, len(EQUALISER_HZ))
    gains = tilt + rng.normal(0, 4.0 if laptop else 2.0, len(EQUALISER_HZ))
    return MicrophoneModel(
        equaliser_db=tuple(gains.tolist()),
        low_cut_hz=float(rng.uniform(80, 220) if laptop else rng.uniform(20, 80)),
        high_cut_hz=float(rng.uniform(3500, 8000) if laptop and rng.random() < 0.5 else 11_000),
        gain_db=float(rng.uniform(-40, 6)),  # a soft passage is recorded at the gain of a loud one
        hiss_db=float(rng.uniform(-80, -55) if laptop else rng.uniform(-95, -70)),
        drive=float(rng.uniform(0.5, 3)) if rng.random() < 0.2 else 0.0,
        agc_s=float(rng.uniform(0.3, 4)) if rng.random() < (0.5 if laptop else 0.1) else 0.0,
        suppression_db=float(rng.uniform(6, 18)) if laptop and rng.random() < 0.35 else 0.0,
    )


def record(sound: Sound, microphone: MicrophoneModel, rng: np.random.Generator, sample_rate: int) -> Sound:
    """Record sound with a microphone.

    Args:
        sound: (n,), any level.
        microphone: which.
        rng: draws its hiss.
        sample_rate: Hz.

    Returns:
        (n,) float32 in −1 … 1; onsets where they were.
    """
    fir = _filter(microphone, sample_rate)
    heard = np.asarray(scipy.signal.oaconvolve(sound, fir)[: len(sound)], np.float32)
    level = float(np.sqrt(np.mean(heard.astype(np.float64) ** 2)))
    heard *= np.float32(10 ** ((microphone.gain_db + AGC_TARGET_DB) / 20) / max(level, 1e-9))
    heard += np.float32(10 ** (microphone.hiss_db / 20)) * rng.standard_normal(len(heard), np.float32)
    if microphone.suppression_db:
        heard = suppress_noise(heard, microphone.suppression_db)
    if microphone.agc_s:
        heard = level_out(heard, microphone.agc_s, sample_rate)
    if microphone.drive:
        heard = np.tanh(microphone.drive * heard) / np.float32(max(1.0, microphone.drive))
    return np.clip(heard, -1, 1)


def _filter(microphone: MicrophoneModel, sample_rate: int) -> Sound:
    """Minimum-phase response of equaliser and band limits, (TAPS,)."""
    hz = np.linspace(0, sample_rate / 2, TAPS + 1)
    gain_db = np.interp(np.log(np.maximum(hz, 1)), np.log(EQUALISER_HZ), microphone.equaliser_db)
    # Slopes of two poles below, of four above.
    gain_db -= 10 * np.log10(1 + (microphone.low_cut_hz / np.maximum(hz, 1)) ** 4)
    gain_db -= 10 * np.log10(1 + (hz / microphone.high_cut_hz) ** 8)
    # The cepstrum of a minimum-phase filter is causal.
    cepstrum = np.fft.irfft(np.maximum(gain_db, -60) * np.log(10) / 20)
    cepstrum[1:TAPS] *= 2
    cepstrum[TAPS + 1 :] = 0
    return np.fft.irfft(np.exp(np.fft.rfft(cepstrum)))[:TAPS].astype(np.float32)


def level_out(sound: Sound, recovery_s: float, sample_rate: int) -> Sound:
    """Automatic gain: soft passages are raised within `recovery_s`, loud ones lowered at once, (n,) → (n,)."""
    block = round(AGC_BLOCK_S * sample_rate)
    n = -(-len(sound) // block)
    padded = np.pad(sound, (0, n * block - len(sound))).reshape(n, block)
    level = np.sqrt(np.mean(padded**2, axis=1, dtype=np.float64)) + 1e-9
    target = np.clip(AGC_TARGET_DB - 20 * np.log10(level), -AGC_MOST_DB, AGC_MOST_DB)
    keep = float(np.exp(-AGC_BLOCK_S / recovery_s))
    gains = np.empty(n + 1)
    gain = gains[0] = float(target[: max(1, n // 10)].min(initial=0.0))
    for i, wanted in enumerate(target):
        gain = max(wanted, gain - 6.0) if wanted < gain else keep * gain + (1 - keep) * wanted
        gains[i + 1] = gain
    # A block's gain is known when it is over.
    curve = np.interp(np.arange(len(sound)), np.arange(n + 1) * block, gains)
    return np.asarray(sound * 10 ** (curve / 20), np.float32)


def suppress_noise(sound: Sound, most_db: float) -> Sound:
    """A spectral gate, as laptops have: bins near the quietest heard in them are attenuated, (n,) → (n,)."""
    if len(sound) < 2 * SETTLING * GATE_WINDOW:
        return sound
    hop = GATE_WINDOW // 2
    # Squared, windows half overlapping add up to 1.
    window = np.sin(np.pi * (np.arange(GATE_WINDOW, dtype=np.float32) + 0.5) / GATE_WINDOW)
    n = -(-len(sound) // hop) + 1
    padded = np.pad(sound, (hop, (n + 1) * hop - hop - len(sound)))
    spectra = np.fft.rfft(np.lib.stride_tricks.sliding_window_view(padded, GATE_WINDOW)[::hop] * window, axis=1)
    magnitude = np.abs(spectra)
    smooth = scipy.signal.lfilter([0.2], [1, -0.8], magnitude, axis=0)
    floor = np.percentile(smooth[SETTLING:], GATE_FLOOR_PERCENTILE, axis=0)
    open_ = np.clip((magnitude / (GATE_RANGE * floor + 1e-9)) ** 2, 0, 1)
    # It opens a window early, lest it cut the hammer's blow off, and closes slowly.
    open_[:-1] = np.maximum(open_[:-1], open_[1:])
    slow = scipy.signal.lfilter([0.4], [1, -0.6], open_, axis=0)
    gain = 10 ** (-most_db / 20 * (1 - np.maximum(open_, slow)))
    pieces = np.fft.irfft(spectra * gain, axis=1).astype(np.float32) * window
    heard = np.zeros((n + 1, hop), np.float32)
    heard[:-1] += pieces[:, :hop]
    heard[1:] += pieces[:, hop:]
    return heard.ravel()[hop : hop + len(sound)]
