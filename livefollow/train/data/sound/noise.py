"""Noises in a room with a pianist: pages, pedal, speech, hum, hiss, other instruments, a metronome.

Speech and instruments are synthesized once and kept as clips; the rest is drawn when asked for.
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import scipy.fft
import scipy.signal
import soundfile
import soxr

from livefollow.constants import SAMPLE_RATE
from livefollow.errors import LivefollowError
from livefollow.train.data.sound.pianos import SOUND_FONTS, find_font, open_synth, play_events
from livefollow.train.data.sound.sampler import SamplerNote

Sound = npt.NDArray[np.float32]

SPEECH_CLIPS = 24
INSTRUMENT_CLIPS = 24
CLIP_S = 20.0


@dataclass(frozen=True)
class Cast:
    """The voices and instruments that noise clips are made of.

    Attributes:
        folder: of the clips, in the dataset.
        seed: of everything that is drawn.
        voices: espeak-ng's.
        sentences: that they say.
        programs: General MIDI.
    """

    folder: str
    seed: int
    voices: tuple[str, ...]
    sentences: tuple[str, ...]
    programs: tuple[int, ...]


SENTENCES = (
    "Once more from the beginning, please, and watch the left hand.",
    "That was lovely. Now a little slower, and count the rests aloud.",
    "One, two, three, four. And again, from the last line.",
    "Dinner is ready in ten minutes, are you coming down?",
    "Did you hear what happened in town today? I will tell you later.",
    "Noch einmal ab Takt zwölf, bitte, und nicht so laut.",
    "Encore une fois, plus doucement, et sans la pédale.",
    "Ancora una volta, piano, molto piano, e poi crescendo.",
    "The weather tomorrow will be mild, with some rain in the evening.",
)
# Violin, viola, cello, guitar, accordion, trumpet, saxophone, clarinet, flute, choir, voice, organ.
TRAINING = Cast(
    "noise",
    0,
    ("en", "en-us", "de", "fr", "it", "es", "en+f3", "de+f2", "en-us+m3", "fr+f4"),
    SENTENCES,
    (40, 41, 42, 24, 21, 56, 65, 71, 73, 52, 53, 19),
)
# Oboe, horn, trombone, harp, vibraphone, recorder: heard in evaluations, and never in training.
HELD_OUT = Cast(
    "noise_held_out",
    1,
    ("en-gb-scotland", "nl", "pl", "pt+f1", "sv", "en-gb-x-rp+f5", "da+m7"),
    (
        "Where did you put the other volume? I had it on the piano this morning.",
        "Take the second ending this time, and do not rush the upbeat.",
        "My grandmother used to play this one, every Sunday after lunch.",
        "Is anybody at the door? Somebody has been ringing for a while.",
        "Kunt u dat nog een keer spelen, alstublieft, vanaf het begin?",
        "Jeszcze raz od drugiej strony, trochę wolniej.",
    ),
    (68, 60, 57, 46, 11, 74),
)


@dataclass(frozen=True)
class Noise:
    """A kind of noise and how loud it is."""

    kind: str  # one of `KINDS`, or speech or instrument
    snr_db: float  # music's RMS over the noise's, where the noise sounds


class NoiseBank:
    """All kinds of noise. Clips are read once.

    Args:
        folder: written by `write_clips`.
    """

    def __init__(self, folder: Path) -> None:
        """Read the clips.

        Raises:
            LivefollowError: there are none.
        """
        self._clips: dict[str, list[Sound]] = {}
        for kind in ("speech", "instrument"):
            paths = sorted(folder.glob(f"{kind}-*.flac"))
            if not paths:
                raise LivefollowError(f"{folder} holds no clips of {kind}: run livefollow data performances")
            self._clips[kind] = [soundfile.read(path, dtype="float32")[0] for path in paths]

    def draw(self, rng: np.random.Generator) -> list[Noise]:
        """Draw the noises of a recording: mostly background alone, sometimes several."""
        kinds = ["background"] if rng.random() < 0.7 else []
        if rng.random() < SPOKEN:
            kinds.append("speech")
        if rng.random() < 0.45:
            kinds += rng.choice([*self._clips, *KINDS], int(rng.integers(1, 3)), replace=False).tolist()
        return [Noise(kind, float(rng.uniform(*SNR_DB.get(kind, (5, 30))))) for kind in dict.fromkeys(kinds)]

    def sound(self, kind: str, n: int, rng: np.random.Generator) -> Sound:
        """Draw noise of one kind: (n,) samples at 22.05 kHz, RMS 1 where it sounds.

        Raises:
            KeyError: no such kind.
        """
        made = self._clip(self._clips[kind], n, rng) if kind in self._clips else KINDS[kind](n, rng)
        loud = made[np.abs(made) > 1e-4 * np.abs(made).max(initial=0.0)]
        return np.asarray(made / np.sqrt(np.mean(loud**2)), np.float32) if len(loud) else made

    @staticmethod
    def _clip(clips: list[Sound], n: int, rng: np.random.Generator) -> Sound:
        """Clips with pauses between them."""
        sound = np.zeros(n, np.float32)
        at = int(rng.integers(0, max(1, n // 3)))
        while at < n:
            clip = clips[rng.integers(len(clips))]
            first = int(rng.integers(0, max(1, len(clip) // 2)))
            part = clip[first : first + int(rng.integers(SAMPLE_RATE, 12 * SAMPLE_RATE))][: n - at]
            sound[at : at + len(part)] = part * np.float32(10 ** (rng.uniform(-6, 0) / 20))
            at += len(part) + int(rng.exponential(8) * SAMPLE_RATE)
        return sound


def background(n: int, rng: np.random.Generator) -> Sound:
    """A room's steady noise: a spectrum that falls by 0 to 8 dB an octave."""
    size = scipy.fft.next_fast_len(n, real=True)
    spectrum = scipy.fft.rfft(rng.standard_normal(size, np.float32))
    hz = np.maximum(np.fft.rfftfreq(size, 1 / SAMPLE_RATE), 20)
    return np.asarray(scipy.fft.irfft(spectrum * hz ** -rng.uniform(0, 1.3), size)[:n], np.float32)


def hum(n: int, rng: np.random.Generator) -> Sound:
    """Mains hum: 50 or 60 Hz with overtones."""
    mains = int(rng.choice((50, 60)))
    t = np.arange(SAMPLE_RATE // 10) / SAMPLE_RATE  # whole periods of both
    partials = [rng.random() / k * np.sin(2 * np.pi * mains * k * t + rng.uniform(0, 6.3)) for k in range(1, 9)]
    return np.resize(np.sum(partials, axis=0).astype(np.float32), n)


def metronome(n: int, rng: np.random.Generator) -> Sound:
    """Clicks of one pitch, every fourth maybe of another, at a tempo that need not be the music's."""
    period = 60 / rng.uniform(50, 160)
    low, high = rng.uniform(700, 1500), rng.uniform(1500, 2500)
    accented = rng.random() < 0.5
    times = np.arange(rng.uniform(0, period), n / SAMPLE_RATE, period)
    return _bursts(n, [(t, _click(high if accented and i % 4 == 0 else low)) for i, t in enumerate(times)])


def pages(n: int, rng: np.random.Generator) -> Sound:
    """A page turned now and then: rustling of half a second to a second."""
    times = np.arange(rng.uniform(0, 10), n / SAMPLE_RATE, rng.uniform(8, 25))
    return _bursts(n, [(t, _rustle(rng)) for t in times])


def pedal(n: int, rng: np.random.Generator) -> Sound:
    """The pedal's thumps, every second or so."""
    times = np.cumsum(rng.uniform(0.6, 3.0, max(1, int(n / SAMPLE_RATE))))
    return _bursts(n, [(t, _thump(rng)) for t in times])


KINDS: dict[str, Callable[[int, np.random.Generator], Sound]] = {
    "background": background,
    "hum": hum,
    "metronome": metronome,
    "pages": pages,
    "pedal": pedal,
}
SNR_DB = {"background": (3, 50), "hum": (12, 40), "speech": (-3, 22), "instrument": (-6, 20)}
SPOKEN = 0.1  # share of recordings beside a television, or people who talk


def write_clips(data: Path, cast: Cast = TRAINING) -> Path:
    """Synthesize the clips of speech and instruments; those already there are kept.

    Args:
        data: the dataset.
        cast: who is heard.

    Returns:
        The folder of `speech-00.flac` … and `instrument-00.flac` ….

    Raises:
        LivefollowError: espeak-ng, FluidSynth or the sound font is missing.
    """
    folder = data / cast.folder
    folder.mkdir(parents=True, exist_ok=True)
    for kind, make, number in (("speech", _speech, SPEECH_CLIPS), ("instrument", _melody, INSTRUMENT_CLIPS)):
        for i in range(number):
            path = folder / f"{kind}-{i:02d}.flac"
            if not path.exists():
                sound = make(cast, np.random.default_rng([cast.seed, i, len(kind)]), i)
                half = path.with_suffix(".part")
                soundfile.write(half, 0.7 * sound / np.abs(sound).max(), SAMPLE_RATE, format="FLAC")
                half.replace(path)
    return folder


def _speech(cast: Cast, rng: np.random.Generator, i: int) -> Sound:
    if shutil.which("espeak-ng") is None:
        raise LivefollowError("espeak-ng is not installed (Debian: apt install espeak-ng)")
    words = " ".join(rng.permutation(cast.sentences)[:4])
    with tempfile.TemporaryDirectory() as scratch:
        path = Path(scratch) / "speech.wav"
        name = cast.voices[i % len(cast.voices)]
        voice = ["-v", name, "-s", str(rng.integers(120, 210)), "-p", str(rng.integers(25, 80))]
        done = subprocess.run(["espeak-ng", *voice, "-w", str(path), words], capture_output=True, check=False)
        if done.returncode:
            raise LivefollowError(f"espeak-ng failed: {done.stderr.decode(errors='replace').strip()}")
        sound, rate = soundfile.read(path, dtype="float32")
    return np.asarray(soxr.resample(sound, rate, SAMPLE_RATE), np.float32)


def _melody(cast: Cast, rng: np.random.Generator, i: int) -> Sound:
    notes, t, pitch = [], 0.0, int(rng.integers(55, 72))
    while t < CLIP_S:
        length = float(rng.choice((0.2, 0.4, 0.4, 0.8, 1.6)))
        pitch = int(np.clip(pitch + rng.choice((-4, -2, -1, 1, 2, 3)), 48, 84))
        notes.append(SamplerNote(t, 0.95 * length, pitch, int(rng.integers(60, 110))))
        t += length
    synth = open_synth(find_font(SOUND_FONTS["fluid_r3"]), SAMPLE_RATE, cast.programs[i % len(cast.programs)])
    sound = play_events(synth, notes, SAMPLE_RATE)
    synth.delete()
    return sound


def _bursts(n: int, bursts: list[tuple[float, Sound]]) -> Sound:
    sound = np.zeros(n, np.float32)
    for t, burst in bursts:
        at = round(t * SAMPLE_RATE)
        if at < n:
            sound[at : at + len(burst)] += burst[: n - at]
    return sound


def _click(hz: float) -> Sound:
    t = np.arange(round(0.03 * SAMPLE_RATE)) / SAMPLE_RATE
    return np.asarray(np.sin(2 * np.pi * hz * t) * np.exp(-t / 0.006), np.float32)


def _thump(rng: np.random.Generator) -> Sound:
    t = np.arange(round(0.25 * SAMPLE_RATE)) / SAMPLE_RATE
    body = np.sin(2 * np.pi * rng.uniform(45, 110) * t) * np.exp(-t / 0.05)
    knock = rng.standard_normal(len(t)) * np.exp(-t / 0.008) * 0.3
    return np.asarray(body + knock, np.float32)


def _rustle(rng: np.random.Generator) -> Sound:
    n = round(rng.uniform(0.4, 1.1) * SAMPLE_RATE)
    bumps = np.interp(np.arange(n), np.linspace(0, n, 14), [0, *rng.random(12) ** 2, 0])
    band = scipy.signal.butter(
        2, (rng.uniform(300, 900), rng.uniform(4000, 9000)), "band", fs=SAMPLE_RATE, output="sos"
    )
    return np.asarray(scipy.signal.sosfilt(band, rng.standard_normal(n)) * bumps, np.float32)
